import { useMemo, type ReactNode } from "react";
import type { Interval } from "@hourwright/time";
import { rowOfDay, type Foreseen, type Ghost, type Layer, type YearShape, type Zoom } from "@hourwright/timeline";
import type { YearState } from "../../data/years.ts";
import { useLanguage } from "../../messages/index.tsx";
import { Button } from "../../ui/button.tsx";
import { Icon } from "../../ui/icon.tsx";
import { Legend } from "./legend.tsx";
import type { YearLoad } from "./load.ts";
import type { YearContents } from "./picture.ts";
import { Stage, type StageProps, type Stretch } from "./stage.tsx";

/** How closely the year is looked at; `month` and `day` look at the selected day's. */
export type YearZoom = "density" | "year" | "month" | "day";

/** The home page: twelve months of everyone shown. */
export function Year(
  props: Pick<StageProps, "onSelect" | "onOpen" | "onZoom" | "mayDrag" | "onDrag" | "onDrop"> & {
    readonly shape: YearShape;
    readonly status: YearState["status"];
    /** Stands over the grid until the year is there. */
    readonly notReady: ReactNode;
    readonly contents: YearContents;
    readonly load: YearLoad;
    readonly layers: readonly Layer[];
    readonly zoom: YearZoom;
    readonly weekend: ReadonlySet<number>;
    readonly now: { readonly day: number; readonly minute: number } | null;
    readonly pastBefore: number;
    readonly selected: number;
    readonly selection: Stretch;
    readonly ghosts: readonly Ghost[];
    /** How days would look if what is carried were let go; null when nothing is. */
    readonly foreseen: Foreseen | null;
    readonly focusRequest: number;
    readonly theme: string;
    /** Whether only some people and calendars are shown. */
    readonly isFiltered: boolean;
    readonly onLayer: (layer: Layer) => void;
    readonly onShowEveryone: () => void;
    readonly onImport: () => void;
    readonly onKeys: () => void;
  },
) {
  const { shape, status, contents, load, now, selected } = props;
  const emptiness = useEmptiness(props);
  const names = useCellNames(shape, contents, load, now?.day ?? null, status === "ready");
  const lensRow = props.zoom === "month" || props.zoom === "day" ? rowOfDay(shape, selected) : null;
  const step = props.zoom === "density" ? "density" : "year";
  const zoom = useMemo<Zoom>(() => (lensRow === null ? { step } : { step: "lens", row: lensRow }), [step, lensRow]);
  return (
    <>
      <Stage
        shape={shape}
        contents={contents}
        load={load}
        layers={props.layers}
        zoom={zoom}
        weekend={props.weekend}
        names={names}
        now={now}
        pastBefore={props.pastBefore}
        selected={selected}
        selection={props.selection}
        ghosts={props.ghosts}
        foreseen={props.foreseen}
        focusRequest={props.focusRequest}
        theme={props.theme}
        isBusy={status === "loading"}
        message={status === "ready" ? emptiness : props.notReady}
        onSelect={props.onSelect}
        onOpen={props.onOpen}
        onZoom={props.onZoom}
        mayDrag={props.mayDrag}
        onDrag={props.onDrag}
        onDrop={props.onDrop}
      />
      <Legend layers={props.layers} hasLoad={load.load !== null} onLayer={props.onLayer} onKeys={props.onKeys} />
    </>
  );
}

/** What stands over the grid of a year in which nothing is to be seen. Null when there is something. */
function useEmptiness(props: {
  readonly contents: YearContents;
  readonly isFiltered: boolean;
  readonly onShowEveryone: () => void;
  readonly onImport: () => void;
}): ReactNode {
  const { contents, isFiltered, onShowEveryone, onImport } = props;
  const { words } = useLanguage();
  if (contents.days.some(({ entries }) => entries.length > 0)) return null;
  return isFiltered ? (
    <>
      <p>{words.year.nobody}</p>
      <Button onPress={onShowEveryone}>{words.who.all}</Button>
    </>
  ) : (
    <>
      <p>{words.year.empty}</p>
      <Button onPress={onImport}>
        <Icon name="upload" /> {words.header.importFiles}
      </Button>
    </>
  );
}

const NO_STRETCHES: readonly Interval[] = [];

/** What each cell is called: date, events, every conflict by its word, load, focus time; the date alone until these are known. */
function useCellNames(
  shape: YearShape,
  { days }: YearContents,
  { ribbons, focusOfDay }: YearLoad,
  today: number | null,
  isKnown: boolean,
): readonly string[] {
  const { words, format } = useLanguage();
  return useMemo(
    () =>
      days.map(({ entries, clashes }, day) =>
        words.year.cell({
          date: format.day(shape.firstEpochDay + day),
          isToday: day === today,
          events: isKnown ? entries.length : null,
          conflicts: [...new Set(clashes.map(({ conflict }) => words.conflict.cellKind(conflict.kind)))],
          load: ribbons[day]?.part ?? null,
          focus: (focusOfDay[day] ?? NO_STRETCHES).map(({ startMs, endMs }) => [startMs, endMs] as const),
        }),
      ),
    [shape, days, ribbons, focusOfDay, today, isKnown, words, format],
  );
}
