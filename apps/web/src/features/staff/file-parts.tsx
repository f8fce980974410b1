import { useState, type ReactNode, type RefObject } from "react";
import { wordsOfLine, type Answer } from "../../data/api.ts";
import { DropCurtain, useDroppedFiles } from "../../shell/dropped-files.tsx";
import { Section } from "../../shell/section.tsx";
import section from "../../shell/section.module.css";
import { Button } from "../../ui/button.tsx";
import { Icon } from "../../ui/icon.tsx";
import styles from "./file.module.css";
import { useFileWords } from "./use-file-words.ts";
import { Wide } from "./wide.tsx";

// What both files are shown by: that of staff and that of shifts.

export const FILE_BYTES_MAX = 5_242_880;
/** Lines drawn at once: of more the rest comes when it is asked for. */
const LINES_FIRST = 100;

/** A section that takes a file, by a button or dropped anywhere; `input` is the field, for who opens the choice again. */
export function FileSection(props: {
  readonly input: RefObject<HTMLInputElement | null>;
  readonly title: string;
  readonly intro: string;
  /** What the field is called. */
  readonly label: string;
  readonly columns: string;
  readonly isEmpty: boolean;
  readonly isBusy: boolean;
  readonly onFile: (file: File) => void;
  readonly children: ReactNode;
}) {
  const { input, title, intro, label, columns, isEmpty, isBusy, onFile, children } = props;
  const text = useFileWords();
  const isDragging = useDroppedFiles(([file]) => {
    if (file !== undefined && !isBusy) onFile(file);
  });
  return (
    <Section
      title={title}
      intro={intro}
      action={
        <Button kind={isEmpty ? "primary" : "plain"} isDisabled={isBusy} onPress={() => input.current?.click()}>
          <Icon name="upload" /> {isEmpty ? text.choose : text.another}
        </Button>
      }
    >
      {isDragging && <DropCurtain />}
      <input
        ref={input}
        type="file"
        accept=".csv,.tsv,.txt,.xlsx,text/csv"
        aria-label={label}
        hidden
        onChange={({ target }) => {
          const [file] = target.files ?? [];
          target.value = ""; // The same file may be chosen again once it was put right.
          if (file !== undefined) onFile(file);
        }}
      />
      {isEmpty && <p className={section.empty}>{text.drop}</p>}
      {children}
      <details className={styles.columns}>
        <summary>{text.columns}</summary>
        <p>{columns}</p>
      </details>
    </Section>
  );
}

/** `part`: from 0 to 1; left out where it is not known. */
export function Progress({ label, part }: { readonly label: string; readonly part?: number }) {
  return (
    <div className={styles.progress}>
      <progress aria-label={label} {...(part === undefined ? {} : { value: part })} />
      <output>{label}</output>
    </div>
  );
}

type Problem = Answer<"customers.import">["problems"][number];

/** What is wrong, by line. */
export function Problems({ problems }: { readonly problems: readonly Problem[] }) {
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
          {problems.map((problem) => (
            <tr key={`${problem.line} ${problem.column} ${problem.why}`}>
              <th scope="row">{problem.line}</th>
              <td>{text.names[problem.column] ?? problem.column}</td>
              <td>{wordsOfLine(problem)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </Wide>
  );
}

/** What would be new, or is, by line: `heads` beside the number of the line, and a row of cells for each. `all`: with what is not told. */
export function Lines<Line extends { readonly line: number }>(props: {
  readonly label: string;
  readonly heads: readonly string[];
  readonly lines: readonly Line[];
  readonly all: number;
  readonly keyOf: (line: Line) => string;
  readonly children: (line: Line) => ReactNode;
}) {
  const { label, heads, lines, all, keyOf, children } = props;
  const text = useFileWords();
  const [isAll, setAll] = useState(false);
  const shown = isAll ? lines : lines.slice(0, LINES_FIRST);
  return (
    <>
      <Wide label={label}>
        <table className={styles.table} aria-label={label}>
          <thead>
            <tr>
              <th scope="col">{text.line}</th>
              {heads.map((head) => (
                <th key={head} scope="col">
                  {head}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {shown.map((line) => (
              <tr key={keyOf(line)}>
                <th scope="row">{line.line}</th>
                {children(line)}
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
