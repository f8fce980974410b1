/* oxlint-disable jsx-a11y/prefer-tag-over-role -- A table laid out over a canvas would need another display, and with it
   browsers drop the roles of its tags; roles that are written down stay. */
import { memo, useEffect, useMemo, useRef, type ClipboardEvent, type KeyboardEvent, type RefObject } from "react";
import { blockOf, teamExtent, type TeamScale } from "@hourwright/timeline/team";
import { useStore, type Store } from "../../data/store.ts";
import { useLanguage } from "../../messages/index.tsx";
import { useAfterPaint } from "../../ui/after-paint.ts";
import type { DraftByPerson, TeamLine, TeamModel } from "./model.ts";
import { cellName, lineName, type Objections } from "./names.ts";
import type { CellPlace, TeamState } from "./state.ts";
import styles from "./team.module.css";
import { useTeamWords } from "./use-team-words.ts";

/**
 * The roster for those who do not see the canvas, or explore it by touch: a grid with the lines that are seen, exactly over
 * what is drawn, with one tab stop. Every cell's name is complete.
 */
export const Mirror = memo(function Mirror(props: {
  readonly ref: RefObject<HTMLDivElement | null>;
  readonly model: TeamModel;
  readonly draft: DraftByPerson;
  readonly objections: Objections;
  readonly scale: TeamScale;
  /** Lines that are in the page: those seen, and that of the cursor. */
  readonly from: number;
  readonly to: number;
  readonly state: Store<TeamState>;
  /** Rises when the cursor's cell should take the focus. */
  readonly focusRequest: number;
  readonly isBusy: boolean;
  readonly onKeyDown: (event: KeyboardEvent) => void;
  readonly onCopy: (event: ClipboardEvent) => void;
  readonly onCut: (event: ClipboardEvent) => void;
  readonly onPaste: (event: ClipboardEvent) => void;
  readonly onFocus: () => void;
  readonly onBlur: () => void;
}) {
  const { ref, model, scale, from, to, focusRequest } = props;
  const selection = useAfterPaint(useStore(props.state, (now) => now.selection));
  const cursor = within(model, selection.head);
  const block = blockOf(selection);
  const words = useTeamWords();
  const { format } = useLanguage();
  const hadFocus = useRef(false);
  const days = model.window.days;
  useEffect(() => {
    const grid = ref.current;
    if (grid === null) return;
    if (focusRequest > 0 || hadFocus.current || grid.contains(document.activeElement)) {
      const cell = grid.querySelector<HTMLElement>('[tabindex="0"]');
      if (cell !== null && cell !== document.activeElement) cell.focus({ preventScroll: true });
    }
    // The focus follows the cursor, and requests of it.
    // oxlint-disable-next-line react/exhaustive-effect-dependencies
  }, [ref, focusRequest, cursor.line, cursor.day]);
  const { fromDay } = model.window;
  const dayNames = useMemo(
    () => Array.from({ length: days }, (_, day) => format.day(fromDay + day)),
    [format, fromDay, days],
  );
  const lines: number[] = [0];
  for (let line = Math.max(1, from); line < Math.min(to, model.lines.length); line++) lines.push(line);
  if (!lines.includes(cursor.line) && cursor.line < model.lines.length) lines.push(cursor.line);
  const { width, height } = teamExtent(scale);
  return (
    <div
      ref={ref}
      role="grid"
      tabIndex={-1}
      aria-label={words.grid(
        words.people(model.lines.length - 1),
        format.dayRange(model.window.fromDay, model.window.fromDay + days - 1),
      )}
      aria-rowcount={model.lines.length + 1 + model.coverage.length}
      aria-colcount={days + 2}
      aria-multiselectable
      aria-busy={props.isBusy}
      className={styles.mirror}
      style={{ width, height }}
      onKeyDown={props.onKeyDown}
      onCopy={props.onCopy}
      onCut={props.onCut}
      onPaste={props.onPaste}
      onFocus={() => {
        hadFocus.current = true;
        props.onFocus();
      }}
      onBlur={(event) => {
        if (event.currentTarget.contains(event.relatedTarget)) return;
        hadFocus.current = false;
        props.onBlur();
      }}
    >
      <MirrorHead model={model} scale={scale} />
      {lines.map((line) => (
        <MirrorLine
          key={model.lines[line]!.personId ?? "open"}
          index={line}
          line={model.lines[line]!}
          model={model}
          draft={draftOf(props.draft, model.lines[line]!)}
          objections={props.objections}
          scale={scale}
          dayNames={dayNames}
          cursorDay={cursor.line === line ? cursor.day : null}
          selectedFrom={line >= block.fromLine && line < block.toLine ? block.fromDay : 0}
          selectedTo={line >= block.fromLine && line < block.toLine ? block.toDay : 0}
        />
      ))}
      {model.coverage.map((row, index) => (
        <div
          key={`${row.site} ${row.name} ${row.levelMin}`}
          role="row"
          aria-rowindex={model.lines.length + 2 + index}
          style={{ top: height - scale.foot, height: 1 }}
        >
          <div role="rowheader" aria-colindex={1}>
            {words.coverage.row(words.coverage.name(row.site, row.name, row.levelMin))}
          </div>
          {row.days.slice(0, days).map((told, day) => (
            <div role="gridcell" key={told.day} aria-colindex={day + 2}>
              {told.level === "none"
                ? words.cell.nothing
                : words.coverage.cell(told.have, told.need, words.legend.levels[told.level])}
            </div>
          ))}
        </div>
      ))}
    </div>
  );
});

/** The cursor, where the lines and days that are shown have become fewer. */
const within = ({ lines, window }: TeamModel, { line, day }: CellPlace): CellPlace => ({
  line: Math.min(line, lines.length - 1),
  day: Math.min(day, window.days - 1),
});

/** Of the whole draft only what this line shows: another line's edit renders this one not again. */
const kept = new WeakMap<object, DraftByPerson>();
const NO_DRAFT: DraftByPerson = new Map();

function draftOf(draft: DraftByPerson, { personId }: TeamLine): DraftByPerson {
  const own = draft.get(personId ?? "");
  if (own === undefined) return NO_DRAFT;
  let only = kept.get(own);
  if (only === undefined) kept.set(own, (only = new Map([[personId ?? "", own]])));
  return only;
}

const MirrorHead = memo(function MirrorHead({
  model,
  scale,
}: {
  readonly model: TeamModel;
  readonly scale: TeamScale;
}) {
  const words = useTeamWords();
  const { format } = useLanguage();
  return (
    <div role="row" aria-rowindex={1} style={{ top: 0, height: scale.head }}>
      <div role="columnheader" aria-colindex={1} style={{ left: 0, width: scale.names }}>
        {words.people(model.lines.length - 1)}
      </div>
      {Array.from({ length: model.window.days }, (_, day) => (
        <div
          key={day}
          role="columnheader"
          aria-colindex={day + 2}
          style={{ left: scale.names + scale.edges[day]!, width: scale.edges[day + 1]! - scale.edges[day]! }}
        >
          {format.day(model.window.fromDay + day)}
          {model.holidays[day] === null ? "" : `, ${model.holidays[day]}`}
        </div>
      ))}
      <div role="columnheader" aria-colindex={model.window.days + 2}>
        {words.hours}
      </div>
    </div>
  );
});

const MirrorLine = memo(
  function MirrorLine(props: {
    readonly index: number;
    readonly line: TeamLine;
    readonly model: TeamModel;
    readonly draft: DraftByPerson;
    readonly objections: Objections;
    readonly scale: TeamScale;
    readonly dayNames: readonly string[];
    readonly cursorDay: number | null;
    readonly selectedFrom: number;
    readonly selectedTo: number;
  }) {
    const { index, line, model, draft, objections, scale, cursorDay, selectedFrom, selectedTo } = props;
    const words = useTeamWords();
    const { dayNames } = props;
    const names = useMemo(
      () => line.cells.map((_, day) => cellName({ model, draft, objections }, line, day, words, dayNames[day] ?? "")),
      [model, draft, objections, line, words, dayNames],
    );
    const top = index === 0 ? scale.head : scale.head + scale.openLine + (index - 1) * scale.line;
    const name = lineName(model, draft, line, words);
    return (
      <div role="row" aria-rowindex={index + 2} style={{ top, height: index === 0 ? scale.openLine : scale.line }}>
        <div role="rowheader" aria-colindex={1} style={{ left: 0, width: scale.names }}>
          {name}
        </div>
        {names.map((each, day) => (
          <div
            key={dayNames[day]}
            role="gridcell"
            aria-colindex={day + 2}
            aria-label={each}
            aria-selected={day >= selectedFrom && day < selectedTo}
            tabIndex={cursorDay === day ? 0 : -1}
            style={{ left: scale.names + scale.edges[day]!, width: scale.edges[day + 1]! - scale.edges[day]! }}
          />
        ))}
      </div>
    );
  },
  (before, after) =>
    before.index === after.index &&
    before.line === after.line &&
    before.draft === after.draft &&
    before.objections === after.objections &&
    before.scale === after.scale &&
    before.dayNames === after.dayNames &&
    before.cursorDay === after.cursorDay &&
    before.selectedFrom === after.selectedFrom &&
    before.selectedTo === after.selectedTo,
);
