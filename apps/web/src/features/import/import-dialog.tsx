import { useEffect, useRef, useState } from "react";
import { FileTrigger } from "react-aria-components/FileTrigger";
import { ProgressBar } from "react-aria-components/ProgressBar";
import type { Me } from "../../data/api.ts";
import {
  acceptFile,
  cancelFile,
  destinationId,
  FILE_MEGABYTES_MAX,
  FILES_MAX,
  leaveCalendar,
  previewFile,
  rememberImport,
  type FileImport,
} from "../../data/imports.ts";
import { sentenceOf } from "../../data/api.ts";
import { noticeSignedOut, type Directory } from "../../data/session.ts";
import { mayWriteInto } from "../../data/rights.ts";
import { catchUp } from "../../data/changes.ts";
import { zoneNames } from "../../data/zones.ts";
import { useLanguage } from "../../messages/index.tsx";
import { Button } from "../../ui/button.tsx";
import { Choice, FieldRow, Refusal, TextInput } from "../../ui/field.tsx";
import { Icon } from "../../ui/icon.tsx";
import { Modal, ModalActions } from "../../ui/modal.tsx";
import styles from "./import-dialog.module.css";
import { useImportWords } from "./use-import-words.ts";
import type { ImportWords } from "./words-en.ts";

const NEW = "new";
const NOBODY = "nobody";

/**
 * Import in three beats: which calendar and zone, asked once for all files; a preview of what was found and what is
 * wrong, line by line; then the import, one undoable step.
 */
export default function ImportDialog(props: {
  readonly me: Me;
  readonly directory: Directory;
  readonly files: readonly File[];
  readonly onClose: () => void;
}) {
  const { me, directory, onClose } = props;
  const { words } = useLanguage();
  const text = useImportWords();
  const [imports, setImports] = useState<readonly FileImport[]>(() => chosen(props.files, text));
  const [leftOut, setLeftOut] = useState(props.files.length > FILES_MAX);
  const [step, setStep] = useState<"choose" | "preview" | "working">("choose");
  const [destination, setDestination] = useState({ calendarId: "", newName: "", owner: me.personId, zone: "" });
  const [refused, setRefused] = useState<string | null>(null);
  const leaving = useRef(new AbortController());
  const made = useRef<string | null>(null);
  useEffect(() => () => leaving.current.abort(), []);

  const calendars = [...directory.calendars.values()].filter(mayWriteInto);
  const newName = destination.newName || (imports[0] === undefined ? "" : withoutEnding(imports[0].file.name));
  // Offered is where the same file went before: importing it twice changes nothing there.
  const chosenId = destination.calendarId || (calendars.find(({ name }) => name === newName)?.id ?? NEW);
  const isNew = chosenId === NEW;
  const zoneOfCalendar = directory.calendars.get(chosenId)?.zone ?? me.organisation.zone;
  const tellOf = (file: File) => (change: Partial<FileImport>) =>
    setImports((list) => list.map((item) => (item.file === file ? { ...item, ...change } : item)));
  const unread = imports.filter(({ state }) => state === "chosen");

  const addFiles = (files: readonly File[]) => {
    setLeftOut(imports.length + files.length > FILES_MAX);
    setImports((list) => [...list, ...chosen(files, text)].slice(0, FILES_MAX));
  };

  const preview = async () => {
    setRefused(null);
    setStep("preview");
    try {
      const target = isNew
        ? { newName, ownerSubjectId: destination.owner === NOBODY ? null : destination.owner }
        : { calendarId: chosenId };
      const calendarId = await destinationId(target);
      if (isNew) made.current = calendarId;
      setDestination((before) => ({ ...before, calendarId }));
      const zone = destination.zone === "" ? null : destination.zone;
      for (const { file } of unread)
        await previewFile(file, calendarId, zone, tellOf(file), text, leaving.current.signal);
    } catch (error) {
      noticeSignedOut(error);
      setRefused(sentenceOf(error, words.failures.network));
      setStep("choose");
    }
  };

  const accept = async () => {
    setStep("working");
    const requestIds: string[] = [];
    let [events, asked, answered] = [0, 0, 0];
    for (const { file, job, state } of imports) {
      if (state !== "waiting" || job === null) continue;
      if (newIn(job) === 0) {
        void cancelFile(job);
        continue;
      }
      asked++;
      const done = await acceptFile(job, tellOf(file), text, leaving.current.signal);
      if (done === null) continue;
      if (done.requestId !== null) requestIds.push(done.requestId);
      answered++;
      events += done.created + done.updated;
    }
    rememberImport(requestIds, text.done(events, requestIds.length));
    await catchUp();
    if (answered === asked) onClose();
    else setStep("preview"); // What is not done stays, with its reason.
  };

  const close = () => {
    leaving.current.abort();
    const undone = imports.flatMap(({ job, state }) =>
      job !== null && state !== "done" && job.state !== "failed" && job.state !== "cancelled" ? [job] : [],
    );
    void Promise.all(undone.map(cancelFile)).then(() => {
      if (made.current !== null && step !== "working" && !imports.some(({ state }) => state === "done"))
        leaveCalendar(made.current);
    });
    onClose();
  };

  const fresh = imports.reduce((sum, { job, state }) => sum + (state === "waiting" ? newIn(job) : 0), 0);
  const isReading = step === "preview" && imports.some(({ state }) => state === "uploading" || state === "reading");
  const isLost = step === "preview" && !isReading && unread.length > 0; // The server was away when it was their turn.
  return (
    <Modal title={text.title} isDismissable={false} onClose={close}>
      {imports.length === 0 && <p className={styles.quiet}>{text.hint}</p>}
      {leftOut && <Refusal>{text.tooMany(FILES_MAX)}</Refusal>}
      <ul className={styles.files}>
        {imports.map((item) => (
          <FileRow
            key={item.id}
            item={item}
            {...(step === "choose"
              ? { onRemove: () => setImports((list) => list.filter((other) => other !== item)) }
              : {})}
          />
        ))}
      </ul>
      {step === "choose" && (
        <>
          <FileTrigger
            acceptedFileTypes={[".ics", ".ical", "text/calendar"]}
            allowsMultiple
            onSelect={(list) => addFiles([...(list ?? [])])}
          >
            <Button>
              <Icon name="file" /> {text.choose}
            </Button>
          </FileTrigger>
          <Choice
            label={text.calendar}
            value={chosenId}
            options={[
              { value: NEW, label: text.newCalendar },
              ...calendars.map(({ id, name }) => ({ value: id, label: name })),
            ]}
            onChange={(calendarId) => setDestination((before) => ({ ...before, calendarId }))}
          />
          {isNew && (
            <FieldRow>
              <TextInput
                label={text.newName}
                value={newName}
                maxLength={200}
                onChange={(name) => setDestination((before) => ({ ...before, newName: name }))}
              />
              <Choice
                label={text.whose}
                value={destination.owner}
                options={[
                  { value: me.personId, label: me.name },
                  ...[...directory.people, ...directory.things]
                    .filter(({ id }) => id !== me.personId)
                    .map(({ id, name }) => ({ value: id, label: name })),
                  { value: NOBODY, label: text.nobody },
                ]}
                onChange={(owner) => setDestination((before) => ({ ...before, owner }))}
              />
            </FieldRow>
          )}
          <Choice
            label={text.zone}
            value={destination.zone}
            options={[
              { value: "", label: text.zoneOfCalendar(zoneOfCalendar) },
              ...zoneNames().map((zone) => ({ value: zone, label: zone.replaceAll("_", " ") })),
            ]}
            onChange={(zone) => setDestination((before) => ({ ...before, zone }))}
          />
        </>
      )}
      {refused !== null && <Refusal>{refused}</Refusal>}
      <ModalActions>
        <Button kind="quiet" onPress={close}>
          {words.actions.cancel}
        </Button>
        {step === "choose" ? (
          <Button
            kind="primary"
            isDisabled={unread.length === 0 || (isNew && newName.trim() === "")}
            onPress={() => void preview()}
          >
            {text.preview}
          </Button>
        ) : isLost ? (
          <Button kind="primary" onPress={() => void preview()}>
            {words.actions.retry}
          </Button>
        ) : (
          <Button
            kind="primary"
            isDisabled={isReading || fresh === 0 || step === "working"}
            onPress={() => void accept()}
          >
            {isReading
              ? text.reading
              : step === "working"
                ? text.working
                : fresh === 0
                  ? text.nothingNew
                  : text.accept(fresh)}
          </Button>
        )}
      </ModalActions>
    </Modal>
  );
}

function FileRow({ item, onRemove }: { item: FileImport; onRemove?: () => void }) {
  const { format } = useLanguage();
  const text = useImportWords();
  const { file, state, progress, job, sentence } = item;
  const isMoving = state === "uploading" || state === "reading" || state === "working";
  return (
    <li className={styles.file}>
      <div className={styles.name}>
        <Icon name="file" />
        <b>{file.name}</b>
        <span className={styles.quiet}>{format.bytes(file.size)}</span>
        {onRemove !== undefined && (
          <Button kind="quiet" size="small" aria-label={text.remove(file.name)} onPress={onRemove}>
            <Icon name="close" size={13} />
          </Button>
        )}
      </div>
      {isMoving && (
        <ProgressBar
          className={styles.progress!}
          aria-label={state === "working" ? text.working : text.reading}
          value={progress * 100}
          isIndeterminate={state === "uploading"}
        >
          <i style={{ width: `${Math.round(progress * 100)}%` }} />
        </ProgressBar>
      )}
      {sentence !== null && (
        <p className={state === "failed" ? styles.failed : styles.quiet} role="alert">
          {sentence}
        </p>
      )}
      {job?.result !== null && job?.result !== undefined && state !== "reading" && <Found result={job.result} />}
    </li>
  );
}

const PROBLEMS_SHOWN = 50;

function Found({ result }: { result: NonNullable<NonNullable<FileImport["job"]>["result"]> }) {
  const text = useImportWords();
  const counts = [
    text.found(result.found),
    text.created(result.created),
    ...(result.updated > 0 ? [text.updated(result.updated)] : []),
    text.unchanged(result.unchanged),
  ];
  const more = result.problemCount - Math.min(PROBLEMS_SHOWN, result.problems.length);
  return (
    <>
      <p className={styles.counts}>{counts.join(" · ")}</p>
      {result.unclaimed > 0 && <p className={styles.quiet}>{text.unclaimed(result.unclaimed)}</p>}
      {result.problems.length > 0 && (
        <details className={styles.problems}>
          <summary>{text.problems(result.problemCount)}</summary>
          <ul>
            {result.problems.slice(0, PROBLEMS_SHOWN).map(({ line, column, message, code }) => (
              <li key={`${line} ${column} ${code}`}>
                <span>{text.line(line, column)}</span> {message}
              </li>
            ))}
            {more > 0 && <li>{text.moreProblems(more)}</li>}
          </ul>
        </details>
      )}
    </>
  );
}

const MEGABYTE = 1_048_576;

let nextId = 1;

function chosen(files: readonly File[], words: ImportWords): FileImport[] {
  return files.slice(0, FILES_MAX).map((file) => {
    const isTooLarge = file.size > FILE_MEGABYTES_MAX * MEGABYTE;
    return {
      id: nextId++,
      file,
      state: isTooLarge ? "failed" : "chosen",
      progress: 0,
      job: null,
      sentence: isTooLarge ? words.tooLarge(FILE_MEGABYTES_MAX) : null,
    };
  });
}

function newIn(job: FileImport["job"]): number {
  return (job?.result?.created ?? 0) + (job?.result?.updated ?? 0);
}

function withoutEnding(name: string): string {
  return name.replace(/\.(ics|ical)$/i, "");
}
