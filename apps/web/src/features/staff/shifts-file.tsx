import { useRef, useState } from "react";
import { draftFromFile, lookAtShifts, type ShiftFile } from "../../data/staff.ts";
import { dayOfText } from "../../data/roster.ts";
import { useOfficeLanguage } from "../../messages/office.ts";
import section from "../../shell/section.module.css";
import { wrongWith } from "../../shell/section.tsx";
import { walk } from "../../shell/use-address.ts";
import { Button } from "../../ui/button.tsx";
import { Refusal, TextInput } from "../../ui/field.tsx";
import styles from "./file.module.css";
import { FILE_BYTES_MAX, FileSection, Lines, Problems, Progress } from "./file-parts.tsx";
import { useFileWords } from "./use-file-words.ts";

const NAME_MAX = 100;

type State = {
  readonly file: File | null;
  readonly isBusy: boolean;
  readonly answer: ShiftFile | null;
  readonly refused: string | null;
};

const NOTHING: State = { file: null, isBusy: false, answer: null, refused: null };

/** Shifts of a file are looked at first, then made a draft of, which Team shows. */
export function ShiftsPart() {
  const { words, format } = useOfficeLanguage();
  const text = useFileWords();
  const input = useRef<HTMLInputElement>(null);
  const choose = () => input.current?.click();
  const [state, setState] = useState<State>(NOTHING);
  const { file, isBusy, answer, refused } = state;
  const offline = words.failures.network;
  const look = async (chosen: File) => {
    if (chosen.size > FILE_BYTES_MAX)
      return setState({ ...NOTHING, refused: text.tooBig(format.bytes(FILE_BYTES_MAX)) });
    setState({ ...NOTHING, file: chosen, isBusy: true });
    setState({ file: chosen, isBusy: false, ...(await lookAtShifts(chosen, offline)) });
  };
  const make = async (chosen: File, name: string) => {
    setState((before) => ({ ...before, isBusy: true, refused: null }));
    const made = await draftFromFile(chosen, name, { said: text.shifts.made(name), offline });
    setState((before) => ({
      ...before,
      isBusy: false,
      answer: made.answer ?? before.answer,
      refused: made.refused,
    }));
  };
  return (
    <FileSection
      input={input}
      title={text.shifts.title}
      intro={text.shifts.intro}
      label={text.shifts.file}
      columns={text.shifts.columnsText}
      isEmpty={file === null}
      isBusy={isBusy}
      onFile={(chosen) => void look(chosen)}
    >
      {isBusy && answer === null && <Progress label={text.reading(file!.name)} />}
      {refused !== null && (
        <Refusal>
          <p>{refused}</p>
          {file !== null && answer === null && <Button onPress={() => void look(file)}>{text.retry}</Button>}
        </Refusal>
      )}
      {file !== null && answer !== null && (
        <Found
          key={`${file.name} ${file.lastModified} ${answer.draft === null}`}
          file={file}
          answer={answer}
          isBusy={isBusy}
          onChoose={choose}
          onMake={(name) => void make(file, name)}
        />
      )}
    </FileSection>
  );
}

function Found(props: {
  readonly file: File;
  readonly answer: ShiftFile;
  readonly isBusy: boolean;
  readonly onChoose: () => void;
  readonly onMake: (name: string) => void;
}) {
  const { file, answer, isBusy, onChoose, onMake } = props;
  const { format } = useOfficeLanguage();
  const all = useFileWords();
  const text = all.shifts;
  const { shifts, added, replacing, unchanged, lines, problems, draft } = answer;
  return (
    <>
      <div className={styles.counts} role="status">
        <b>{draft === null ? all.found(file.name, shifts) : text.made(draft.name)}</b>
        <span>{text.counts.added(added)}</span>
        {replacing > 0 && <span>{text.counts.replacing(replacing)}</span>}
        <span>{text.counts.unchanged(unchanged)}</span>
        {problems.length > 0 && <span data-tone="bad">{all.counts.wrong(problems.length)}</span>}
      </div>
      {problems.length > 0 && (
        <>
          <Refusal>
            <p>{text.wrongText}</p>
          </Refusal>
          <Problems problems={problems} />
          <div>
            <Button onPress={onChoose}>{all.again}</Button>
          </div>
        </>
      )}
      {problems.length === 0 && added === 0 && (
        <p className={section.empty}>{shifts === 0 ? all.noLines : text.nothing}</p>
      )}
      {problems.length === 0 && added > 0 && draft === null && (
        <NameForm suggested={nameOf(file)} added={added} isBusy={isBusy} onMake={onMake} />
      )}
      {draft !== null && (
        <div className={section.actions}>
          <Button kind="primary" onPress={() => walk(`/team/${draft.from}?draft=${draft.id}`)}>
            {text.toDraft}
          </Button>
        </div>
      )}
      {lines.length > 0 && (
        <Lines
          label={text.changes}
          heads={text.heads}
          lines={lines}
          all={added}
          keyOf={({ line, day, times }) => `${line} ${day} ${times}`}
        >
          {({ personId, name, day, times, instead }) => (
            <>
              <td>{personId === null ? <i>{text.open}</i> : name}</td>
              <td>{format.dayShort(dayOfText(day) ?? 0)}</td>
              <td>{times}</td>
              <td>{instead.join(", ")}</td>
            </>
          )}
        </Lines>
      )}
    </>
  );
}

/** What a draft of the file is called when nobody says anything else: as the file, without how it ends. */
const nameOf = (file: File): string => file.name.replace(/\.\w{1,5}$/, "").slice(0, NAME_MAX);

function NameForm(props: {
  readonly suggested: string;
  readonly added: number;
  readonly isBusy: boolean;
  readonly onMake: (name: string) => void;
}) {
  const { suggested, added, isBusy, onMake } = props;
  const { shifts: text } = useFileWords();
  const [name, setName] = useState(suggested);
  const isNamed = name.trim() !== "";
  return (
    <form
      className={styles.make}
      onSubmit={(event) => {
        event.preventDefault();
        if (isNamed) onMake(name.trim());
      }}
    >
      <TextInput
        label={text.name}
        value={name}
        maxLength={NAME_MAX}
        onChange={setName}
        {...wrongWith(null, [], isNamed ? null : text.nameNeeded)}
      />
      <Button kind="primary" type="submit" isPending={isBusy}>
        {text.make(added)}
      </Button>
    </form>
  );
}
