import { useRef, useState } from "react";
import { sendStaffFile, type StaffFile } from "../../data/staff.ts";
import { useOfficeLanguage } from "../../messages/office.ts";
import { DropCurtain, useDroppedFiles } from "../../shell/dropped-files.tsx";
import { Section } from "../../shell/section.tsx";
import section from "../../shell/section.module.css";
import { walk } from "../../shell/use-address.ts";
import { Button } from "../../ui/button.tsx";
import { Refusal } from "../../ui/field.tsx";
import { Icon } from "../../ui/icon.tsx";
import styles from "./file.module.css";
import { useFileWords } from "./use-file-words.ts";
import { Wide } from "./wide.tsx";

const BYTES_MAX = 5_242_880;
/** Lines drawn at once: of more the rest comes when it is asked for. */
const LINES_FIRST = 100;

/** What became of the file that was chosen: it is kept until another one is chosen, whatever fails. */
type State = {
  readonly file: File | null;
  readonly step: "nothing" | "reading" | "read" | "writing" | "written";
  readonly answer: StaffFile | null;
  readonly refused: string | null;
};

const NOTHING: State = { file: null, step: "nothing", answer: null, refused: null };

/** A file is looked at first; what would be new stands line by line, and what is wrong; then it is written. */
export function FilePart() {
  const { words, format } = useOfficeLanguage();
  const text = useFileWords();
  const input = useRef<HTMLInputElement>(null);
  const [state, setState] = useState<State>(NOTHING);
  const isBusy = state.step === "reading" || state.step === "writing";
  const told = { said: text.done, offline: words.failures.network };
  const look = async (file: File) => {
    if (file.size > BYTES_MAX) return setState({ ...NOTHING, refused: text.tooBig(format.bytes(BYTES_MAX)) });
    setState({ file, step: "reading", answer: null, refused: null });
    const { answer, refused } = await sendStaffFile(file, true, told);
    setState({ file, step: answer === null ? "nothing" : "read", answer, refused });
  };
  const write = async (file: File) => {
    setState((before) => ({ ...before, step: "writing", refused: null }));
    const { answer, refused } = await sendStaffFile(file, false, told);
    // Where nobody answered, what was looked at still stands, and may be sent again: what is there already stays.
    if (answer === null) setState((before) => ({ ...before, step: "read", refused }));
    else setState({ file, step: "written", answer, refused: null });
  };
  const isDragging = useDroppedFiles(([file]) => {
    if (file !== undefined && !isBusy) void look(file);
  });
  return (
    <Section
      title={text.title}
      intro={text.intro}
      action={
        <Button
          kind={state.file === null ? "primary" : "plain"}
          isDisabled={isBusy}
          onPress={() => input.current?.click()}
        >
          <Icon name="upload" /> {state.file === null ? text.choose : text.another}
        </Button>
      }
    >
      {isDragging && <DropCurtain />}
      <input
        ref={input}
        type="file"
        accept=".csv,.tsv,.txt,.xlsx,text/csv"
        aria-label={text.file}
        hidden
        onChange={({ target }) => {
          const [file] = target.files ?? [];
          target.value = ""; // The same file may be chosen again once it was put right.
          if (file !== undefined) void look(file);
        }}
      />
      {state.file === null && <p className={section.empty}>{text.drop}</p>}
      {isBusy && (
        <Progress
          label={state.step === "reading" ? text.reading(state.file!.name) : text.writing(state.answer!.rows)}
        />
      )}
      {state.refused !== null && (
        <Refusal>
          <p>{state.refused}</p>
          {state.file !== null && state.step === "nothing" && (
            <Button onPress={() => void look(state.file!)}>{text.retry}</Button>
          )}
        </Refusal>
      )}
      {state.answer !== null && state.file !== null && (
        <Told
          key={state.step === "written" ? "written" : "read"}
          file={state.file}
          answer={state.answer}
          isWritten={state.step === "written"}
          isBusy={isBusy}
          onWrite={() => void write(state.file!)}
          onAgain={() => input.current?.click()}
        />
      )}
      <details className={styles.columns}>
        <summary>{text.columns}</summary>
        <p>{text.columnsText}</p>
      </details>
    </Section>
  );
}

function Progress({ label }: { readonly label: string }) {
  return (
    <div className={styles.progress}>
      <progress aria-label={label} />
      <output>{label}</output>
    </div>
  );
}

function Told(props: {
  readonly file: File;
  readonly answer: StaffFile;
  readonly isWritten: boolean;
  readonly isBusy: boolean;
  readonly onWrite: () => void;
  readonly onAgain: () => void;
}) {
  const { file, answer, isWritten, isBusy, onWrite, onAgain } = props;
  const text = useFileWords();
  const { rows, created, updated, unchanged, problems, lines } = answer;
  const fresh = created + updated;
  return (
    <>
      <div className={styles.counts} role="status">
        <b>{isWritten ? text.doneTitle : text.found(file.name, rows)}</b>
        <span>{text.counts.created(created)}</span>
        <span>{text.counts.updated(updated)}</span>
        <span>{text.counts.unchanged(unchanged)}</span>
        {problems.length > 0 && <span data-tone="bad">{text.counts.wrong(problems.length)}</span>}
      </div>
      {problems.length > 0 && (
        <>
          <Refusal>
            <p>{isWritten ? text.stopped(fresh) : text.wrongText}</p>
          </Refusal>
          <Problems problems={problems} />
          <div>
            <Button isDisabled={isBusy} onPress={isWritten ? onWrite : onAgain}>
              {isWritten ? text.sendAgain : text.again}
            </Button>
          </div>
        </>
      )}
      {problems.length === 0 && fresh === 0 && <p className={section.empty}>{text.nothing}</p>}
      {lines.length > 0 && <Lines lines={lines} all={fresh} />}
      <div className={section.actions}>
        {isWritten ? (
          <Button kind="primary" onPress={() => walk("/staff")}>
            {text.toPeople}
          </Button>
        ) : (
          problems.length === 0 &&
          fresh > 0 && (
            <Button kind="primary" isPending={isBusy} onPress={onWrite}>
              {text.write(fresh)}
            </Button>
          )
        )}
      </div>
    </>
  );
}

function Problems({ problems }: { readonly problems: StaffFile["problems"] }) {
  const text = useFileWords();
  return (
    <Wide label={text.wrongTitle}>
      <table className={styles.table} aria-label={text.wrongTitle}>
        <thead>
          <tr>
            <th scope="col">{text.line}</th>
            <th scope="col">{text.column}</th>
            <th scope="col">{text.why}</th>
          </tr>
        </thead>
        <tbody>
          {problems.map(({ line, column, why }) => (
            <tr key={`${line} ${column} ${why}`}>
              <th scope="row">{line}</th>
              <td>{text.names[column] ?? column}</td>
              <td>{why}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </Wide>
  );
}

function Lines({ lines, all }: { readonly lines: StaffFile["lines"]; readonly all: number }) {
  const text = useFileWords();
  const [isAll, setAll] = useState(false);
  const shown = isAll ? lines : lines.slice(0, LINES_FIRST);
  return (
    <>
      <Wide label={text.changes}>
        <table className={styles.table} aria-label={text.changes}>
          <thead>
            <tr>
              <th scope="col">{text.line}</th>
              <th scope="col">{text.person}</th>
              <th scope="col">{text.changes}</th>
            </tr>
          </thead>
          <tbody>
            {shown.map(({ line, name, what, changes }) => (
              <tr key={line}>
                <th scope="row">{line}</th>
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
              </tr>
            ))}
          </tbody>
        </table>
      </Wide>
      {shown.length < lines.length && <Button onPress={() => setAll(true)}>{text.more(lines.length)}</Button>}
      {isAll && lines.length < all && <p className={section.quiet}>{text.toldFirst(lines.length)}</p>}
    </>
  );
}
