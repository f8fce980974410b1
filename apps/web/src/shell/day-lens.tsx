import type { Me } from "../data/api.ts";
import type { Directory } from "../data/session.ts";
import type { ShownYear } from "../data/use-year.ts";
import Week, { type WeekProps } from "../features/week/week.tsx";
import { usePainted } from "../ui/after-paint.ts";
import type { Address } from "./address.ts";
import { useWeekWork, type WeekWork } from "./use-week-work.ts";

const NO_ZONES: readonly string[] = [];

/** What the week of the page is given as well, and what the day is read from. */
export type DayLensProps = Omit<
  WeekProps,
  keyof WeekWork | "place" | "isLens" | "hasEvents" | "notReady" | "focusRequest" | "cameFrom"
> & {
  readonly me: Me;
  readonly address: Address;
  readonly shown: ShownYear;
  readonly directory: Directory;
};

/**
 * The minutes of one day in the inspector, without what the year beside it says already. It reads its day itself, since it
 * follows the year; the hours come first and their events with the next frame: both at once would hold up a zoom.
 */
export default function DayLens(props: DayLensProps) {
  const { me, address, shown, directory, ...shared } = props;
  const week = useWeekWork(me, address, "day", shown, props.day, directory);
  return (
    <Week
      {...shared}
      {...week}
      zones={NO_ZONES}
      place="day"
      isLens
      hasEvents={usePainted()}
      notReady={null}
      focusRequest={null}
      cameFrom={null}
    />
  );
}
