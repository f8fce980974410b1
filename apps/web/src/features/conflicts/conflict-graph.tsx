import { useMemo, useState, type KeyboardEvent } from "react";
import { dayNumber } from "@hourwright/time";
import type { WallClock } from "@hourwright/timeline";
import { useConflictGraph, type ConflictGraph as Graph } from "../../data/conflict-graph.ts";
import type { Clash } from "../../data/entries.ts";
import { printTimesIn } from "../../data/printed-times.ts";
import { instantOfWall, parseInstant, wallMs } from "../../data/wall-clock.ts";
import type { GraphWords } from "./graph-words-en.ts";
import { useGraphWords } from "./use-graph-words.ts";
import { useLanguage } from "../../messages/index.tsx";
import { Button } from "../../ui/button.tsx";
import { Glyph, glyphOf } from "../../ui/glyph.tsx";
import { STACKED, useMedia } from "../../ui/use-media.ts";
import { groupsOf, type Group, type Link } from "./graph-layout.ts";
import styles from "./conflict-graph.module.css";

const DAY_MS = 86_400_000;

type Edge = Graph["edges"][number];

/** The conflicts of a year as a graph that reads as time, and as a table: on a phone as a table alone. */
export default function ConflictGraph(props: {
  readonly year: number;
  readonly clock: WallClock;
  readonly zone: string;
  readonly clashes: readonly Clash[];
  readonly lookedAt: string | null;
  readonly onLookAt: (clash: Clash) => void;
}) {
  const { year, clock, zone, clashes, lookedAt, onLookAt } = props;
  const { words } = useLanguage();
  const text = useGraphWords();
  const isStacked = useMedia(STACKED);
  const at = (of: number) => instantOfWall(clock, dayNumber(of, 1, 1) * DAY_MS);
  const state = useConflictGraph(at(year), at(year + 1), words.failures.network);
  const graph = state.status === "ready" ? state.graph : null;
  const groups = useMemo(() => (graph === null ? [] : groupsOf(graph)), [graph]);
  const [pointed, setPointed] = useState<Edge | null>(null);
  if (state.status === "loading") return <p className={styles.none}>{text.loading}</p>;
  if (state.status === "failed")
    return (
      <div className={styles.none}>
        <p>{state.sentence}</p>
        <Button onPress={state.retry}>{words.actions.retry}</Button>
      </div>
    );
  if (groups.length === 0) return <p className={styles.none}>{words.conflict.none}</p>;
  const open = ({ conflictIds }: Edge) => {
    const clash = clashes.find(({ conflict }) => conflictIds.includes(conflict.id));
    if (clash !== undefined) onLookAt(clash);
  };
  const isOpen = ({ conflictIds }: Edge): boolean => lookedAt !== null && conflictIds.includes(lookedAt);
  return (
    <div className={styles.graph}>
      {state.graph.isCut && <p className={styles.cut}>{text.cut}</p>}
      {!isStacked && (
        <>
          <p className={styles.legend}>
            {(["none", "some", "most"] as const).map((level) => (
              <span key={level}>
                <i data-flexibility={level} /> {text.flexibility[level]}
              </span>
            ))}
            <span>{text.keys}</span>
          </p>
          <div className={styles.groups} role="group" aria-label={text.label}>
            {groups.map((group, index) => (
              <GroupFigure
                key={group.key}
                group={group}
                isFirst={index === 0}
                clock={clock}
                zone={zone}
                pointed={pointed}
                isOpen={isOpen}
                onPoint={setPointed}
                onOpen={open}
              />
            ))}
          </div>
        </>
      )}
      {isStacked ? (
        <GraphTable groups={groups} zone={zone} onOpen={open} />
      ) : (
        <details className={styles.details}>
          <summary>{text.asTable}</summary>
          <GraphTable groups={groups} zone={zone} onOpen={open} />
        </details>
      )}
    </div>
  );
}

const ROW_PX = 30;

/** What hangs together: a row for each thing, and a link for each clash, which says more while it is pointed at. */
function GroupFigure(props: {
  readonly group: Group;
  readonly isFirst: boolean;
  readonly clock: WallClock;
  readonly zone: string;
  readonly pointed: Edge | null;
  readonly isOpen: (edge: Edge) => boolean;
  readonly onPoint: (edge: Edge | null) => void;
  readonly onOpen: (edge: Edge) => void;
}) {
  const { group, isFirst, clock, zone, pointed, isOpen, onPoint, onOpen } = props;
  const language = useLanguage();
  const { format, words } = language;
  const graph = useGraphWords();
  const sentenceOf = useSentence(group, zone);
  const [first, last] = [group.startMs, group.endMs - 1].map((ms) => Math.floor(wallMs(clock, ms) / DAY_MS));
  const day = first === last ? format.dayShort(first!) : format.dayRange(first!, last!, "short");
  const shown = group.links.find(({ edge }) => edge === pointed) ?? group.links[0];
  return (
    <figure className={styles.group} aria-label={day}>
      <figcaption>
        <b>{day}</b>
        <span>{format.timeRange(group.startMs, group.endMs)}</span>
      </figcaption>
      <div className={styles.rows} style={{ height: group.bars.length * ROW_PX }}>
        {group.bars.map(({ node, row, from, to }) => (
          <span
            key={node.id}
            className={styles.bar}
            data-flexibility={levelOf(node.flexibility)}
            style={{ top: row * ROW_PX + 3, insetInlineStart: percent(from), width: percent(to - from) }}
          >
            <span dir="auto">{node.title}</span>
          </span>
        ))}
        {group.links.map((link, index) => (
          <button
            key={`${link.edge.from} ${link.edge.to}`}
            type="button"
            className={styles.link}
            data-link
            onKeyDown={walk}
            data-severity={link.edge.severity}
            data-kept={link.edge.isKept || undefined}
            aria-current={isOpen(link.edge) || undefined}
            aria-label={sentenceOf(link)}
            tabIndex={isFirst && index === 0 ? 0 : -1}
            style={frameOf(link)}
            onPointerEnter={() => onPoint(link.edge)}
            onFocus={() => onPoint(link.edge)}
            onClick={() => onOpen(link.edge)}
          >
            <Glyph kind={glyphOf(link.edge.kinds[0]!)} size={10} />
          </button>
        ))}
      </div>
      {shown !== undefined && (
        <p className={styles.card} data-severity={shown.edge.severity}>
          <Glyph kind={glyphOf(shown.edge.kinds[0]!)} />
          <span>
            <b>{headingOf(shown.edge, words, graph)}</b> {shown.edge.subjects.join(", ")}
          </span>
        </p>
      )}
    </figure>
  );
}

/** Every clash in words: the same as the figures, to be read. */
function GraphTable(props: {
  readonly groups: readonly Group[];
  readonly zone: string;
  readonly onOpen: (edge: Edge) => void;
}) {
  const { groups, zone, onOpen } = props;
  const language = useLanguage();
  const { words } = language;
  const graph = useGraphWords();
  const { columns } = graph;
  return (
    <table className={styles.table}>
      <thead>
        <tr>
          <th scope="col">{columns.when}</th>
          <th scope="col">{columns.what}</th>
          <th scope="col">{columns.kind}</th>
          <th scope="col">{columns.who}</th>
        </tr>
      </thead>
      <tbody>
        {groups.flatMap(({ bars, links }) =>
          links.map(({ edge, rows }) => (
            <tr key={`${edge.from} ${edge.to}`}>
              <td>{whenOf(edge, zone, language)}</td>
              <td>
                <button type="button" onClick={() => onOpen(edge)}>
                  {graph.both(bars[rows[0]]!.node.title, bars[rows[1]]!.node.title)}
                </button>
              </td>
              <td>{headingOf(edge, words, graph)}</td>
              <td>{edge.subjects.join(", ")}</td>
            </tr>
          )),
        )}
      </tbody>
    </table>
  );
}

type Language = ReturnType<typeof useLanguage>;

function useSentence({ bars }: Group, zone: string): (link: Link) => string {
  const language = useLanguage();
  const { words } = language;
  const graph = useGraphWords();
  return ({ edge, rows }) => {
    const both = graph.both(bars[rows[0]]!.node.title, bars[rows[1]]!.node.title);
    return [headingOf(edge, words, graph), both, whenOf(edge, zone, language), edge.subjects.join(", ")].join(". ");
  };
}

function headingOf({ kinds, severity, isKept }: Edge, words: Language["words"], graph: GraphWords): string {
  const names = [...new Set(kinds.map((kind) => words.conflict.kind(kind)))].join(", ");
  return isKept ? graph.kept(names) : graph.heading(names, words.conflict.severity[severity]);
}

function whenOf({ start, end }: Edge, zone: string, language: Language): string {
  const [startMs, endMs] = [parseInstant(start), parseInstant(end)];
  return startMs === null || endMs === null ? "" : printTimesIn({ allDay: false, startMs, endMs }, zone, language);
}

function frameOf({ rows, from, to }: Link) {
  const [top, bottom] = rows;
  return {
    top: top * ROW_PX + 3,
    height: (bottom - top + 1) * ROW_PX - 6,
    insetInlineStart: percent(from),
    width: percent(to - from),
  };
}

const percent = (part: number): string => `${Math.round(part * 10_000) / 100}%`;

const levelOf = (flexibility: number): "none" | "some" | "most" =>
  flexibility === 0 ? "none" : flexibility < 1 ? "some" : "most";

/** Arrows go from clash to clash, Home and End to the first and the last; one of them is reached by Tab. */
function walk(event: KeyboardEvent<HTMLElement>): void {
  const all = [...(event.currentTarget.closest("[role=group]")?.querySelectorAll<HTMLElement>("[data-link]") ?? [])];
  const now = all.indexOf(document.activeElement as HTMLElement);
  if (now === -1) return;
  const to = {
    ArrowRight: now + 1,
    ArrowDown: now + 1,
    ArrowLeft: now - 1,
    ArrowUp: now - 1,
    Home: 0,
    End: all.length - 1,
  }[event.key];
  if (to === undefined) return;
  event.preventDefault();
  event.stopPropagation();
  const next = all[to];
  if (next === undefined) return;
  for (const each of all) each.tabIndex = each === next ? 0 : -1;
  next.focus();
}
