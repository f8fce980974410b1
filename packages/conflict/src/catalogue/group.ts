import type { Interval } from "@hourwright/time";
import { within } from "../open-time.ts";
import type { Setting } from "./check.ts";
import type { Breach, Share, World } from "./constraint.ts";
import { dayOf, meeting, startOfDay, stretchOf, type Line, type Taken } from "./line.ts";

// What judges a group as one: each stretch of some weeks is a place, and everybody's share of it is compared with the average.

/** Over how many weeks a setting compares: 1 to 4. */
export const weeksOf = ({ values }: Pick<Setting, "values">): number => Math.round(values["weeks"]!);

/** How much above the average it lets somebody have, in units. */
export const aboveOf = ({ constraint, values }: Pick<Setting, "constraint" | "values">): number =>
  values["above"]! * constraint.compares!.scale;

/** The stretches of so many weeks that begin in a part, as the zone has them. */
export function stretchesIn({ startMs, endMs }: Interval, weeks: number, { zone, firstWeekday }: World): Interval[] {
  const stretches: Interval[] = [];
  let day = stretchOf(dayOf(startMs, zone), weeks, firstWeekday);
  for (; startOfDay(day, zone) < endMs; day += 7 * weeks) {
    const stretch = { startMs: startOfDay(day, zone), endMs: startOfDay(day + 7 * weeks, zone) };
    if (stretch.startMs >= startMs) stretches.push(stretch);
  }
  return stretches;
}

/** The stretch of so many weeks in which an instant lies. */
export function stretchAt(ms: number, weeks: number, { zone, firstWeekday }: World): Interval {
  const day = stretchOf(dayOf(ms, zone), weeks, firstWeekday);
  return { startMs: startOfDay(day, zone), endMs: startOfDay(day + 7 * weeks, zone) };
}

/** Whether somebody could have a share of a stretch: else they have their holidays, and are not counted in the average. */
export const isThere = ({ subject: { open } }: Pick<Line, "subject">, stretch: Interval): boolean =>
  open === null || within(open, stretch).length > 0;

/** What somebody has of a stretch, and whether they are counted. */
export type Member = { readonly subject: number; readonly isThere: boolean; readonly share: Share };

export const memberOf = (
  { constraint, collection }: Pick<Setting, "constraint" | "collection">,
  subject: number,
  line: Line,
  stretch: Interval,
) => ({
  subject,
  isThere: isThere(line, stretch),
  share: constraint.compares!.shareOf(meeting(lyingIn(line.taken, collection), stretch), stretch),
});

/** What of some takings lies in a collection; all of them where none is meant. */
export const lyingIn = <One extends Pick<Taken, "traits">>(
  taken: readonly One[],
  collection: number | undefined,
): readonly One[] =>
  collection === undefined ? taken : taken.filter(({ traits }) => traits.collections.includes(collection));

/** The average of those who are counted; null where nobody is. O(members). */
export function meanOf(members: readonly Pick<Member, "isThere" | "share">[]): number | null {
  let [sum, count] = [0, 0];
  for (const { isThere: counts, share } of members) {
    if (!counts) continue;
    sum += share.amount;
    count += 1;
  }
  return count === 0 ? null : sum / count;
}

/** Sums of fractions end a little beside whole numbers. */
const DUST = 1e-6;

/** By how many whole units somebody has too much beside an average. */
export const unitsAbove = (amount: number, mean: number | null, above: number): number =>
  mean === null ? 0 : Math.max(0, Math.ceil(amount - mean - above - DUST));

/** Who of a group has too much of a stretch. */
export function breachesAmong(
  { constraint, name, values }: Pick<Setting, "constraint" | "name" | "values">,
  members: readonly Member[],
  stretch: Interval,
): Breach[] {
  const { scale } = constraint.compares!;
  const [mean, above] = [meanOf(members), aboveOf({ constraint, values })];
  const counted = members.filter((member) => member.isThere);
  const least = counted.reduce<Member | null>(
    (low, each) => (low === null || each.share.amount < low.share.amount ? each : low),
    null,
  );
  return members.flatMap(({ subject, share: { amount, occurrences } }) => {
    const units = unitsAbove(amount, mean, above);
    if (units === 0) return [];
    return {
      constraint: constraint.id,
      ...(name === undefined ? {} : { setting: name }),
      subject,
      occurrences,
      ...stretch,
      units,
      excess: amount - mean! - above,
      facts: {
        own: amount / scale,
        mean: mean! / scale,
        above: above / scale,
        least: least!.share.amount / scale,
        people: counted.length,
        weeks: weeksOf({ values }),
      },
      others: least!.subject === subject ? [] : [least!.subject],
    };
  });
}
