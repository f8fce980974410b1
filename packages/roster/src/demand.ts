import { exactly, type Opening } from "@hourwright/availability";
import { weekdayOf, type Interval, type Zone } from "@hourwright/time";

/** How many people are needed from one minute of a day on to another, which may lie after midnight. */
export type DemandStretch = Opening & { readonly minimum: number; readonly ideal: number };

/**
 * How many people a site needs. Days since 1970-01-01; `toDay` is the first on which it holds no more, null: until further
 * notice. `dates`: days on which it holds in place of all others of its row that do not name the day.
 */
export type Demand = {
  readonly id: string;
  readonly name: string;
  readonly site: string;
  readonly skillId: string | null;
  readonly levelMin: number | null;
  readonly weekdays: readonly number[];
  readonly onHolidays: boolean;
  readonly dates: readonly number[];
  readonly fromDay: number;
  readonly toDay: number | null;
  readonly stretches: readonly DemandStretch[];
};

/** What is counted together: who is at a site and has a skill at a level, or everybody there. */
export type Row = {
  readonly key: string;
  readonly siteKey: string;
  readonly site: string;
  readonly skillId: string | null;
  readonly levelMin: number | null;
  readonly demands: readonly Demand[];
};

export const DEMAND_MINUTES_MAX = 1_440;
/** Rows with a skill that one site may have: who counts for which is weighed for every set of them. */
export const SKILL_ROWS_OF_A_SITE_MAX = 8;

/** Sites are the same whatever the case of their names. */
export const siteKeyOf = (site: string | null): string => (site ?? "").trim().toLowerCase();

/** Everything that is wrong with a demand, as sentences; none when it is in order [DM1] to [DM3]. O(stretches²). */
export function demandFaults({ weekdays, onHolidays, dates, fromDay, toDay, stretches }: Omit<Demand, "id">): string[] {
  if (toDay !== null && toDay <= fromDay) return ["It ends before it begins."];
  if (weekdays.length === 0 && dates.length === 0 && !onHolidays)
    return ["It holds on no day: name weekdays or dates."];
  if (stretches.length === 0) return ["It needs nobody: give a time and how many people."];
  return stretches.flatMap((stretch, i) => {
    const { fromMinute, toMinute, minimum, ideal } = stretch;
    const called = `From ${clock(fromMinute)} to ${clock(toMinute)}`;
    if (fromMinute < 0 || fromMinute >= 1_440) return [`${called} it begins on another day.`];
    if (toMinute <= fromMinute || toMinute - fromMinute > DEMAND_MINUTES_MAX)
      return [`${called} it has no length of at most a day.`];
    if (ideal < minimum) return [`${called} fewer are wished for than are needed.`];
    const other = stretches.slice(0, i).find((each) => each.fromMinute < toMinute && fromMinute < each.toMinute);
    return other === undefined ? [] : [`${called} it overlaps what is needed from ${clock(other.fromMinute)} on.`];
  });
}

const clock = (minute: number): string =>
  `${String(Math.floor(minute / 60) % 24).padStart(2, "0")}:${String(minute % 60).padStart(2, "0")}`;

/** Demands by what they count, sites by name, everybody at a site before those with a skill [DM4]. O(demands log demands). */
export function rowsOf(demands: readonly Demand[]): Row[] {
  const byKey = Map.groupBy(demands, keyOf);
  const rows = Array.from(byKey, ([key, own]): Row => {
    const { site, skillId, levelMin } = own[0]!;
    return { key, siteKey: siteKeyOf(site), site, skillId, levelMin, demands: own };
  });
  return rows.sort(
    (one, other) =>
      compareText(one.siteKey, other.siteKey) ||
      compareText(one.skillId ?? "", other.skillId ?? "") ||
      (other.levelMin ?? 0) - (one.levelMin ?? 0),
  );
}

const compareText = (one: string, other: string): number => (one < other ? -1 : one > other ? 1 : 0);

const keyOf = ({ site, skillId, levelMin }: Demand): string =>
  JSON.stringify([siteKeyOf(site), skillId, levelMin ?? 0]);

/** Sites that have more rows with a skill than can be weighed. */
export function crowdedSites(rows: readonly Row[]): string[] {
  const bySite = Map.groupBy(
    rows.filter(({ skillId }) => skillId !== null),
    ({ siteKey }) => siteKey,
  );
  return Array.from(bySite.values()).flatMap((own) => (own.length > SKILL_ROWS_OF_A_SITE_MAX ? [own[0]!.site] : []));
}

/** The demands of a row that hold on a day [DM5]: those that name it; else on a holiday those for holidays; else those of the weekday. */
export function demandsOn({ demands }: Pick<Row, "demands">, day: number, isHoliday: boolean): Demand[] {
  const holding = demands.filter(({ fromDay, toDay }) => fromDay <= day && (toDay === null || day < toDay));
  const named = holding.filter(({ dates }) => dates.includes(day));
  if (named.length > 0) return named;
  if (isHoliday) return holding.filter(({ onHolidays }) => onHolidays);
  const weekday = weekdayOf(day);
  return holding.filter(({ weekdays }) => weekdays.includes(weekday));
}

/** What a row needs from when to when, in exact time, of the stretches that begin on a day [DM6]. What the clocks skip is left out. */
export function neededOn(
  row: Pick<Row, "demands">,
  day: number,
  { zone, isHoliday }: { readonly zone: Zone; readonly isHoliday: (day: number) => boolean },
): (Interval & { readonly minimum: number; readonly ideal: number })[] {
  return demandsOn(row, day, isHoliday(day)).flatMap(({ stretches }) =>
    stretches.flatMap((stretch) => {
      const exact = exactly(stretch, day, zone);
      return exact === null ? [] : [{ ...exact, minimum: stretch.minimum, ideal: stretch.ideal }];
    }),
  );
}

/** The skill that a row asks for, without its level; empty where everybody counts. */
export const skillOfRow = ({ skillId }: Row, skillName: (id: string) => string): string =>
  skillId === null ? "" : skillName(skillId);
