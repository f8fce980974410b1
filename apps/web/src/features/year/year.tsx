import { useMemo, type ReactNode } from "react";
import type { YearShape } from "@hourwright/timeline";
import type { YearState } from "../../data/years.ts";
import { useLanguage } from "../../messages/index.tsx";
import { Button } from "../../ui/button.tsx";
import { Icon } from "../../ui/icon.tsx";
import { Legend } from "./legend.tsx";
import type { YearContents } from "./picture.ts";
import { Stage } from "./stage.tsx";

const WEEKEND: ReadonlySet<number> = new Set([6, 7]);

/** The home page: twelve months of everyone shown. */
export function Year(props: {
  readonly shape: YearShape;
  readonly status: YearState["status"];
  /** Stands over the grid until the year is there. */
  readonly notReady: ReactNode;
  readonly contents: YearContents;
  readonly now: { readonly day: number; readonly minute: number } | null;
  readonly pastBefore: number;
  readonly selected: number;
  readonly focusRequest: number;
  readonly theme: string;
  /** Whether only some people and calendars are shown. */
  readonly isFiltered: boolean;
  readonly onSelect: (day: number) => void;
  readonly onOpen: (day: number) => void;
  readonly onShowEveryone: () => void;
  readonly onImport: () => void;
  readonly onKeys: () => void;
}) {
  const { shape, status, contents, now } = props;
  const emptiness = useEmptiness(props);
  const names = useCellNames(shape, contents, now?.day ?? null, status === "ready");
  return (
    <>
      <Stage
        shape={shape}
        contents={contents}
        weekend={WEEKEND}
        names={names}
        now={now}
        pastBefore={props.pastBefore}
        selected={props.selected}
        focusRequest={props.focusRequest}
        theme={props.theme}
        isBusy={status === "loading"}
        message={status === "ready" ? emptiness : props.notReady}
        onSelect={props.onSelect}
        onOpen={props.onOpen}
      />
      <Legend onKeys={props.onKeys} />
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

/** What each cell is called: date, number of events, and every conflict by its word; the date alone until that is known. */
function useCellNames(
  shape: YearShape,
  { days }: YearContents,
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
        }),
      ),
    [shape, days, today, isKnown, words, format],
  );
}
