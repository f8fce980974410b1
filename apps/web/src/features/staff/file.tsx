import { useEffect, useRef, useState, type ReactNode } from "react";
import { isOffline, sentenceOf, wordsOfFailure, type Job } from "../../data/api.ts";
import { readAgain } from "../../data/freshness.ts";
import { remember } from "../../data/history.ts";
import { isOver, useJob } from "../../data/jobs.ts";
import { changeOrSay } from "../../data/office.ts";
import { lookAtStaff, startStaffFile, type StaffFile } from "../../data/staff.ts";
import { useOfficeLanguage } from "../../messages/office.ts";
import section from "../../shell/section.module.css";
import { walk } from "../../shell/use-address.ts";
import { Button } from "../../ui/button.tsx";
import { Refusal } from "../../ui/field.tsx";
import { printStaff } from "./address.ts";
import styles from "./file.module.css";
import { FILE_BYTES_MAX, FileSection, Lines, Problems, Progress } from "./file-parts.tsx";
import { useFileWords } from "./use-file-words.ts";

/** What became of the file that was chosen: it is kept until another one is chosen, whatever fails. */
type State = {
  readonly file: File | null;
  readonly step: "nothing" | "reading" | "read" | "sending" | "sent";
  readonly answer: StaffFile | null;
  readonly refused: string | null;
};

const NOTHING: State = { file: null, step: "nothing", answer: null, refused: null };

/** A file is looked at first; what would be new stands line by line, and what is wrong; then a job writes it, at an address of its own. */
export function FilePart({ jobId }: { readonly jobId: string | null }) {
  const { words, format } = useOfficeLanguage();
  const text = useFileWords();
  const input = useRef<HTMLInputElement>(null);
  const choose = () => input.current?.click();
  const [state, setState] = useState<State>(NOTHING);
  const isBusy = state.step === "reading" || state.step === "sending";
  const offline = words.failures.network;
  const look = async (file: File) => {
    if (jobId !== null) walk(printStaff("file"));
    if (file.size > FILE_BYTES_MAX) return setState({ ...NOTHING, refused: text.tooBig(format.bytes(FILE_BYTES_MAX)) });
    setState({ file, step: "reading", answer: null, refused: null });
    const { answer, refused } = await lookAtStaff(file, offline);
    setState({ file, step: answer === null ? "nothing" : "read", answer, refused });
  };
  const write = async (file: File) => {
    setState((before) => ({ ...before, step: "sending", refused: null }));
    const { answer: job, refused } = await startStaffFile(file, offline);
    // Where nobody answered, what was looked at still stands, and may be sent again: what is there already stays.
    setState((before) => ({ ...before, step: job === null ? "read" : "sent", refused }));
    if (job !== null) walk(printStaff("file", job.id));
  };
  const { file, answer, refused, step } = state;
  return (
    <FileSection
      input={input}
      title={text.title}
      intro={text.intro}
      label={text.file}
      columns={text.columnsText}
      isEmpty={file === null && jobId === null}
      isBusy={isBusy}
      onFile={(chosen) => void look(chosen)}
    >
      {step === "reading" && <Progress label={text.reading(file!.name)} />}
      {refused !== null && (
        <Refusal>
          <p>{refused}</p>
          {file !== null && step === "nothing" && <Button onPress={() => void look(file)}>{text.retry}</Button>}
        </Refusal>
      )}
      {jobId !== null && (
        <Taking
          key={jobId}
          id={jobId}
          isOwn={step === "sent"}
          onAgain={file === null ? choose : () => void write(file)}
          again={file === null ? text.again : text.sendAgain}
        />
      )}
      {jobId === null && answer !== null && file !== null && (
        <Told title={text.found(file.name, answer.rows)} changes={text.changes} answer={answer}>
          {answer.problems.length > 0 ? (
            <Stopped sentence={text.wrongText} answer={answer} again={text.again} onAgain={choose} />
          ) : (
            answer.created + answer.updated > 0 && (
              <div className={section.actions}>
                <Button kind="primary" isPending={isBusy} onPress={() => void write(file)}>
                  {text.write(answer.created + answer.updated)}
                </Button>
              </div>
            )
          )}
        </Told>
      )}
    </FileSection>
  );
}

/** A file that a job takes in, however often the page is opened meanwhile. `isOwn`: this page has sent it. */
function Taking(props: {
  readonly id: string;
  readonly isOwn: boolean;
  readonly again: string;
  readonly onAgain: () => void;
}) {
  const { id, isOwn, again, onAgain } = props;
  const { words } = useOfficeLanguage();
  const text = useFileWords();
  const { job, isAway, failed } = useJob(id);
  const [isSeen, setSeen] = useState(isOwn);
  if (job !== null && !isOver(job) && !isSeen) setSeen(true);
  // Who opens the page later reads what it did, and is offered to undo it by their history alone.
  useEffect(() => {
    if (!isSeen || job === null || !isOver(job)) return;
    readAgain();
    const count = job.staff === null ? 0 : job.staff.created + job.staff.updated;
    if (count === 0 && job.state !== "cancelled") return;
    const summary = count === 0 ? text.cancelledDone : text.done(count);
    remember({ requestIds: [job.requestId], summary }, `${summary}.`);
  }, [isSeen, job, text]);
  if (failed !== null)
    return (
      <Refusal>
        <p>{isOffline(failed) ? words.failures.network : sentenceOf(failed, words.settings.failed)}</p>
      </Refusal>
    );
  if (job === null || !isOver(job)) return <UnderWay job={job} isAway={isAway} />;
  if (job.staff === null)
    return (
      <>
        <Refusal>
          <p>{job.state === "cancelled" ? text.cancelled : wordsOfFailure(job) || words.settings.failed}</p>
        </Refusal>
        <div>
          <Button onPress={onAgain}>{again}</Button>
        </div>
      </>
    );
  const { staff } = job;
  return (
    <Told title={text.doneTitle} changes={text.changed} answer={staff}>
      {staff.problems.length > 0 && (
        <Stopped
          sentence={text.stopped(staff.created + staff.updated)}
          answer={staff}
          again={again}
          onAgain={onAgain}
        />
      )}
      <div className={section.actions}>
        <Button kind="primary" onPress={() => walk("/staff")}>
          {text.toPeople}
        </Button>
      </div>
    </Told>
  );
}

function UnderWay({ job, isAway }: { readonly job: Job | null; readonly isAway: boolean }) {
  const { words } = useOfficeLanguage();
  const text = useFileWords();
  const [isStopping, setStopping] = useState(false);
  const { done, of } = job?.steps ?? { done: 0, of: 0 };
  const stop = async ({ id }: Job) => {
    setStopping(true);
    const offline = words.failures.network;
    const { refused } = await changeOrSay("jobs.cancel", { params: { id } }, { said: null, offline });
    if (refused !== null) setStopping(false);
  };
  return (
    <>
      {of === 0 ? <Progress label={text.starting} /> : <Progress label={text.taken(done, of)} part={done / of} />}
      <p className={section.quiet}>{isAway ? text.away : text.goesOn}</p>
      <div>
        <Button isDisabled={job === null} isPending={isStopping} onPress={() => job !== null && void stop(job)}>
          {text.stop}
        </Button>
      </div>
    </>
  );
}

function Stopped(props: {
  readonly sentence: string;
  readonly answer: StaffFile;
  readonly again: string;
  readonly onAgain: () => void;
}) {
  const { sentence, answer, again, onAgain } = props;
  return (
    <>
      <Refusal>
        <p>{sentence}</p>
      </Refusal>
      <Problems problems={answer.problems} />
      <div>
        <Button onPress={onAgain}>{again}</Button>
      </div>
    </>
  );
}

/** What a file changes, or has changed; `children` say what is wrong, and what may be done. */
function Told(props: {
  readonly title: string;
  readonly changes: string;
  readonly answer: StaffFile;
  readonly children: ReactNode;
}) {
  const { title, changes: label, answer, children } = props;
  const text = useFileWords();
  const { created, updated, unchanged, problems, lines } = answer;
  const fresh = created + updated;
  return (
    <>
      <div className={styles.counts} role="status">
        <b>{title}</b>
        <span>{text.counts.created(created)}</span>
        <span>{text.counts.updated(updated)}</span>
        <span>{text.counts.unchanged(unchanged)}</span>
        {problems.length > 0 && <span data-tone="bad">{text.counts.wrong(problems.length)}</span>}
      </div>
      {problems.length === 0 && fresh === 0 && (
        <p className={section.empty}>{unchanged === 0 ? text.noLines : text.nothing}</p>
      )}
      {children}
      {lines.length > 0 && (
        <Lines label={label} heads={[text.person, label]} lines={lines} all={fresh} keyOf={({ line }) => String(line)}>
          {({ name, what, changes }) => (
            <>
              <td>
                {name}{" "}
                <span className={section.mark} data-tone={what === "created" ? "good" : undefined}>
                  {text.what[what]}
                </span>
              </td>
              <td>
                <ul className={styles.changes}>
                  {changes.map(({ column, before, after }) => (
                    <li key={column}>{text.change(text.names[column] ?? column, before, after)}</li>
                  ))}
                </ul>
              </td>
            </>
          )}
        </Lines>
      )}
    </>
  );
}
