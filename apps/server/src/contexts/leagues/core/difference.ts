import { findingKey } from "./judge.ts";
import type { Finding } from "./rules.ts";

/** What holds in one season and not in another, both ways; units and points are the difference. */
export type Difference = { readonly broken: readonly Finding[]; readonly mended: readonly Finding[] };

export function differenceOf(before: readonly Finding[], after: readonly Finding[]): Difference {
  const [was, is] = [grouped(before), grouped(after)];
  return { broken: more(is, was), mended: more(was, is) };
}

type Group = { readonly finding: Finding; readonly units: number; readonly points: number };

/** Of one key the worst stands for all; what counts is all of them. */
function grouped(findings: readonly Finding[]): ReadonlyMap<string, Group> {
  const groups = new Map<string, Group>();
  for (const finding of findings) {
    const key = findingKey(finding);
    const group = groups.get(key);
    const worst = group === undefined || finding.units > group.finding.units ? finding : group.finding;
    groups.set(key, {
      finding: worst,
      units: (group?.units ?? 0) + finding.units,
      points: (group?.points ?? 0) + finding.points,
    });
  }
  return groups;
}

/** The dearest first. */
const more = (groups: ReadonlyMap<string, Group>, than: ReadonlyMap<string, Group>): Finding[] =>
  Array.from(groups)
    .flatMap(([key, { finding, units, points }]) => {
      const other = than.get(key);
      const [moreUnits, morePoints] = [units - (other?.units ?? 0), points - (other?.points ?? 0)];
      return moreUnits > 0 ? [{ ...finding, units: moreUnits, points: morePoints }] : [];
    })
    .sort((a, b) => Number(b.hard) - Number(a.hard) || b.points - a.points);
