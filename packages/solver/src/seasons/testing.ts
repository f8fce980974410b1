import * as fc from "fast-check";
import type { Season, SeasonConstraint } from "./season.ts";

/** Small seasons with constraints of all nine kinds, also such as cannot be kept. */
export const anySmallSeason: fc.Arbitrary<Season> = fc
  .record({ half: fc.integer({ min: 2, max: 4 }), isPhased: fc.boolean() })
  .chain(({ half, isPhased }) => {
    const teams = 2 * half;
    const slots = 2 * (teams - 1);
    return fc.array(anyConstraint(teams, slots), { maxLength: 25 }).map((constraints) => ({
      name: "any",
      teams: Array.from({ length: teams }, (_, team) => `Team ${team}`),
      slots: Array.from({ length: slots }, (_, slot) => `Slot ${slot}`),
      isPhased,
      constraints,
    }));
  });

function anyConstraint(teams: number, slots: number): fc.Arbitrary<SeasonConstraint> {
  const ids = (size: number, minLength = 1) => fc.uniqueArray(fc.nat(size - 1), { minLength, maxLength: size });
  const ruled = { isHard: fc.boolean(), penalty: fc.integer({ min: 1, max: 10 }), line: fc.constant(1) };
  const venue = fc.constantFrom("H", "A", "HA");
  const range = fc.tuple(fc.nat(4), fc.nat(4)).map(([min, more]) => ({ min, max: min + more }));
  const counted = { ...ruled, teams: ids(teams), slots: ids(slots), venue, range };
  const meeting = fc
    .tuple(fc.nat(teams - 1), fc.integer({ min: 1, max: teams - 1 }))
    .map(([home, step]) => ({ home, away: (home + step) % teams }));
  const breaks = { ...ruled, teams: ids(teams), slots: ids(slots), venue, most: fc.nat(4) };
  return fc.oneof(
    fc.record({ ...counted, kind: fc.constant("CA1") }),
    fc.record({ ...counted, kind: fc.constant("CA2"), others: ids(teams) }),
    fc.record({
      ...ruled,
      kind: fc.constant("CA3"),
      teams: ids(teams),
      others: ids(teams),
      inRow: fc.integer({ min: 1, max: slots }),
      venue,
      range,
    }),
    fc.record({ ...counted, kind: fc.constant("CA4"), others: ids(teams), isEach: fc.boolean() }),
    fc.record({
      ...ruled,
      kind: fc.constant("GA1"),
      meetings: fc.array(meeting, { maxLength: 6 }),
      slots: ids(slots),
      range,
    }),
    fc.record({ ...breaks, kind: fc.constant("BR1") }),
    fc.record({ ...breaks, kind: fc.constant("BR2") }),
    fc.record({ ...ruled, kind: fc.constant("FA2"), teams: ids(teams, 2), slots: ids(slots), most: fc.nat(3) }),
    fc.record({ ...ruled, kind: fc.constant("SE1"), teams: ids(teams, 2), least: fc.nat(6) }),
  );
}
