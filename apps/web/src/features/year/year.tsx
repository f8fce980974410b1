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
  readonly state: YearState;
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
  readonly onRetry: () => void;
  readonly onShowEveryone: () => void;
  readonly onImport: () => void;
  readonly onKeys: () => void;
}) {
  const { shape, contents, now } = props;
  const message = useMessage(props);
  const names = useCellNames(shape, contents, now?.day ?? null);
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
        message={message}
        onSelect={props.onSelect}
        onOpen={props.onOpen}
      />
      <Legend onKeys={props.onKeys} />
    </>
  );
}

/** What stands over the grid: that it loads, that it failed, that it is empty. Null when there is something to see. */
function useMessage(props: {
  readonly shape: YearShape;
  readonly state: YearState;
  readonly contents: YearContents;
  readonly isFiltered: boolean;
  readonly onRetry: () => void;
  readonly onShowEveryone: () => void;
  readonly onImport: () => void;
}): ReactNode {
  const { shape, state, contents, isFiltered } = props;
  const { words } = useLanguage();
  switch (state.status) {
    case "loading":
      return <output>{words.year.loading(shape.year)}</output>;
    case "failed":
      return (
        <>
          <p role="alert">{state.isOffline ? words.failures.network : state.sentence || words.year.failed}</p>
          <Button onPress={props.onRetry}>{words.actions.retry}</Button>
        </>
      );
    case "ready":
      if (contents.days.some(({ entries }) => entries.length > 0)) return null;
      if (!isFiltered)
        return (
          <>
            <p>{words.year.empty}</p>
            <Button onPress={props.onImport}>
              <Icon name="upload" /> {words.header.importFiles}
            </Button>
          </>
        );
      return (
        <>
          <p>{words.year.nobody}</p>
          <Button onPress={props.onShowEveryone}>{words.who.all}</Button>
        </>
      );
  }
}

/** What each cell is called: date, number of events, and every conflict by its word. */
function useCellNames(shape: YearShape, { days }: YearContents, today: number | null): readonly string[] {
  const { words, format } = useLanguage();
  return useMemo(
    () =>
      days.map(({ entries, clashes }, day) =>
        words.year.cell({
          date: format.day(shape.firstEpochDay + day),
          isToday: day === today,
          events: entries.length,
          conflicts: [...new Set(clashes.map(({ conflict }) => words.conflict.cellKind(conflict.kind)))],
        }),
      ),
    [shape, days, today, words, format],
  );
}
