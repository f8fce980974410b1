// Rules RP* are in ../SPEC.md.
import assert from "node:assert/strict";
import { describe, test } from "node:test";
import fc from "fast-check";
import { mayBeMade, rowsAfter, type Change, type Parts, type RepairFacts } from "./change.ts";
import { detect } from "./detect.ts";
import type { Way } from "./kinds.ts";
import { suggestRepairs, type Repair } from "./repair.ts";
import { ATTENDS, indexBySubject, NEEDS, OWN, takingsOf, type TakingRow } from "./schedule.ts";
import { detectSlowly, takingRows } from "./testing.ts";

const ZONE = "Europe/Prague";
const at = (time: string): number => Temporal.ZonedDateTime.from(`2027-03-22T${time}[${ZONE}]`).epochMilliseconds;
const NAMES = ["Ana", "Ben", "Eva", "Van 1", "Van 2", "Van 3"];
const [ANA, BEN, EVA, VAN_1, VAN_2, VAN_3] = [0, 1, 2, 3, 4, 5] as const;

const row = (occurrence: number, subject: number, from: string, to: string, how = OWN): TakingRow => ({
  occurrence,
  event: occurrence,
  subject,
  startMs: at(from),
  endMs: at(to),
  how,
});

type More = Partial<Omit<RepairFacts, "partsOf">> & { readonly parts?: Partial<Parts> };

function factsOf(rows: readonly TakingRow[], { parts = {}, ...more }: More = {}): RepairFacts {
  return {
    index: indexBySubject(takingsOf(rows)),
    rowsOf: (occurrence) => rows.flatMap((each, i) => (each.occurrence === occurrence ? [i] : [])),
    titleOf: (occurrence) => ["Trip", "Tour", "Fair"][occurrence]!,
    isMovable: () => true,
    zone: ZONE,
    nowMs: at("00:00"),
    partsOf: () => ({ invited: new Set(), optional: new Set(), hasLink: false, maySplit: false, ...parts }),
    standInsOf: (subject) => (subject >= VAN_1 ? [VAN_1, VAN_2, VAN_3] : [BEN, EVA]).filter((each) => each !== subject),
    nameOf: (subject) => NAMES[subject]!,
    ...more,
  };
}

/** What is offered of one way for the first conflict. */
function offered(way: Way, rows: readonly TakingRow[], more: More = {}): string[] {
  const facts = factsOf(rows, more);
  const [found] = detect(facts.index, -Infinity, Infinity).found;
  const repairs = suggestRepairs(found!, facts, 20).filter((repair) => repair.way === way);
  for (const repair of repairs) assert.deepEqual(left(rows, repair), [], repair.what);
  return repairs.map(({ what }) => what);
}

/** Conflicts of what a repair changes, once it is made. */
const left = (rows: readonly TakingRow[], { changes }: Repair): string[] => {
  const { found } = detect(indexBySubject(takingsOf(rowsAfter(rows, changes))), -Infinity, Infinity);
  const changed = new Set(changes.map(({ occurrence }) => occurrence));
  return found.filter(({ first, second }) => changed.has(first) || changed.has(second)).map(({ kind }) => kind);
};

describe("[RP9] others instead", () => {
  const trips = [row(0, VAN_1, "10:00", "12:00", NEEDS), row(1, VAN_1, "11:00", "13:00", NEEDS)];
  const invited = { parts: { invited: new Set([VAN_1]) } };

  test("a thing that is free then, in the words of who reads it", () => {
    assert.deepEqual(offered("instead", trips, invited), [
      "Use “Van 2” instead of “Van 1” for “Tour”",
      "Use “Van 2” instead of “Van 1” for “Trip”",
      "Use “Van 3” instead of “Van 1” for “Tour”",
    ]);
  });

  test("none that is taken, none of what is not invited, none of what may not be changed", () => {
    const busy = row(2, VAN_2, "09:00", "14:00", NEEDS);
    assert.deepEqual(offered("instead", [...trips, busy], invited), [
      "Use “Van 3” instead of “Van 1” for “Tour”",
      "Use “Van 3” instead of “Van 1” for “Trip”",
    ]);
    assert.deepEqual(offered("instead", trips), []);
    assert.deepEqual(offered("instead", trips, { ...invited, isMovable: () => false }), []);
    const bars = { ...invited, areBarred: () => true };
    assert.deepEqual(offered("instead", trips, bars), []);
  });

  test("somebody who is at work then, where whom they stand in for is", () => {
    const lessons = [row(0, ANA, "10:00", "12:00", ATTENDS), row(1, ANA, "11:00", "12:00", ATTENDS)];
    const day = [{ startMs: at("08:00"), endMs: at("16:00") }];
    const evening = [{ startMs: at("16:00"), endMs: at("20:00") }];
    const parts = { invited: new Set<number>([ANA]) };
    const openTime = new Map([
      [ANA, day],
      [BEN, evening],
      [EVA, day],
    ]);
    assert.deepEqual(offered("instead", lessons, { parts, openTime }), [
      "Let Eva come to “Tour” instead of Ana",
      "Let Eva come to “Trip” instead of Ana",
    ]);
    const late = new Map([
      [ANA, evening],
      [BEN, evening],
    ]);
    assert.equal(offered("instead", lessons, { parts, openTime: late }).length, 3);
  });
});

test("[RP10] who need not come is left out, and nobody else", () => {
  const meetings = [
    row(0, ANA, "10:00", "12:00"),
    row(1, ANA, "11:00", "12:00", ATTENDS),
    row(1, BEN, "11:00", "12:00"),
  ];
  const parts = { invited: new Set<number>([ANA]), optional: new Set<number>([ANA]) };
  assert.deepEqual(offered("leave-out", meetings, { parts }), ["Leave Ana out of “Tour”"]);
  assert.deepEqual(offered("leave-out", meetings, { parts: { ...parts, optional: new Set() } }), []);
});

test("[RP11] a meeting of several with a link gives its room back", () => {
  const meetings = [
    row(0, VAN_1, "10:00", "12:00", NEEDS),
    row(1, VAN_1, "11:00", "12:00", NEEDS),
    row(1, ANA, "11:00", "12:00"),
    row(1, BEN, "11:00", "12:00", ATTENDS),
  ];
  const parts = { invited: new Set<number>([VAN_1]), hasLink: true };
  assert.deepEqual(offered("remote", meetings, { parts }), ["Hold “Tour” remotely, without Van 1"]);
  assert.deepEqual(offered("remote", meetings, { parts: { ...parts, hasLink: false } }), []);
});

describe("[RP12] two parts", () => {
  const parts = { maySplit: true };

  test("are half an hour at least, and as long together", () => {
    const report = row(0, ANA, "09:00", "12:00");
    assert.deepEqual(offered("split", [report, row(1, ANA, "10:00", "10:30")], { parts }), [
      "Split “Trip”: 09:00–10:00 and 10:30–12:30",
    ]);
    assert.deepEqual(offered("split", [report, row(1, ANA, "09:15", "10:30")], { parts }), []);
    assert.deepEqual(offered("split", [report, row(1, ANA, "11:45", "12:30")], { parts }), []);
    assert.deepEqual(offered("split", [report, row(1, ANA, "10:00", "10:30")]), []);
  });

  test("go round what stands behind, and are of nobody beside one", () => {
    const rows = [row(0, ANA, "09:00", "12:00"), row(1, ANA, "10:00", "10:30"), row(2, ANA, "12:15", "13:00")];
    assert.deepEqual(offered("split", rows, { parts }), ["Split “Trip”: 09:00–10:00 and 13:00–15:00"]);
    assert.deepEqual(offered("split", [...rows, row(0, BEN, "09:00", "12:00", ATTENDS)], { parts }), []);
  });
});

describe("[RP13] chains", () => {
  const full = [
    row(0, ANA, "10:00", "11:30"),
    row(1, ANA, "10:30", "11:30"),
    row(2, ANA, "00:15", "09:30"),
    row(3, ANA, "12:00", "23:45"),
  ];
  const titleOf = (occurrence: number) => `T${occurrence}`;
  const stays = (occurrence: number) => occurrence < 2;

  test("are offered where neither of the two has a free time of its own that day", () => {
    const chain = ["Move “T1” to Mon 22 Mar, 11:00 and “T0” to Mon 22 Mar, 09:30"];
    assert.deepEqual(offered("chain", full, { titleOf, isMovable: stays }), chain);
    const roomy = full.slice(0, 3);
    assert.deepEqual(offered("chain", roomy, { titleOf, isMovable: stays }), []);
  });

  test("move nothing that may not be moved", () => {
    assert.deepEqual(offered("chain", full, { titleOf, isMovable: (occurrence) => occurrence === 1 }), []);
  });
});

test("[RP14] of one way no more than three are offered, of the best", () => {
  const rows = [row(0, VAN_1, "10:00", "12:00", NEEDS), row(1, VAN_1, "11:00", "13:00", NEEDS)];
  const facts = factsOf(rows, { parts: { invited: new Set([VAN_1]) } });
  const repairs = suggestRepairs(detect(facts.index, -Infinity, Infinity).found[0]!, facts, 5);
  const ofWay = Map.groupBy(repairs, ({ way }) => way);
  assert.equal(repairs.length, 5);
  assert.deepEqual([ofWay.get("instead")?.length, ofWay.get("move")?.length], [3, 2]);
});

test("[RP1] what may be made together is what makes no new conflict, by brute force over any changes", () => {
  const swaps = fc.array(
    fc.record({ subject: fc.nat(4), by: fc.option(fc.integer({ min: 0, max: 6 }), { nil: null }) }),
    { maxLength: 2 },
  );
  const change = fc.record({
    occurrence: fc.nat(4),
    startMs: fc.integer({ min: 0, max: 60 }),
    lengthMs: fc.integer({ min: 1, max: 12 }),
    swaps,
    restMs: fc.option(fc.integer({ min: 13, max: 30 }), { nil: null }),
    staysThen: fc.boolean(),
  });
  fc.assert(
    fc.property(
      takingRows,
      fc.uniqueArray(change, { selector: (each) => each.occurrence, maxLength: 3 }),
      (rows, some) => {
        // Each row its own event, so that copies of one event do not hide what meets.
        const own = rows.map((each) => ({ ...each, event: each.occurrence }));
        const facts = { ...factsOf(own), nowMs: -Infinity };
        const changes = some.flatMap(({ occurrence, lengthMs, restMs, staysThen, ...rest }): Change[] => {
          const taken = own.filter((each) => each.occurrence === occurrence);
          const [now] = taken;
          if (now === undefined) return [];
          const subjects = new Set(taken.map(({ subject }) => subject));
          const apart = rest.swaps.filter(
            ({ subject, by }, i, all) =>
              subjects.has(subject) &&
              (by === null || !subjects.has(by)) &&
              all.findIndex((each) => each.subject === subject || (by !== null && each.by === by)) === i,
          );
          const span = staysThen
            ? { startMs: now.startMs, endMs: now.endMs }
            : { startMs: rest.startMs, endMs: rest.startMs + lengthMs };
          const part = restMs === null ? null : { startMs: span.endMs + restMs, endMs: span.endMs + restMs + 3 };
          return [{ occurrence, ...span, swaps: apart, rest: part, isRemote: false }];
        });
        const [before, after] = [own, rowsAfter(own, changes)].map(takenTwice);
        const unmoved = new Set(
          changes.flatMap(({ occurrence, startMs, endMs }) => {
            const now = own.find((each) => each.occurrence === occurrence)!;
            return now.startMs === startMs && now.endMs === endMs ? [occurrence] : [];
          }),
        );
        const changed = new Set(changes.flatMap(({ occurrence }) => [occurrence, -1 - occurrence]));
        // A clash that stood may stand on where neither side is at another time for that subject.
        const made = [...after!].filter(([key, sides]) => {
          if (!sides.some((side) => changed.has(side))) return false;
          return !before!.has(key) || !sides.every((side) => !changed.has(side) || unmoved.has(side));
        });
        assert.equal(mayBeMade(changes, facts), made.length === 0, JSON.stringify(made));
      },
    ),
    { numRuns: 500 },
  );
});

/** Who is taken by which two things at once: "subject first second", with the two. */
function takenTwice(rows: readonly TakingRow[]): Map<string, readonly [number, number]> {
  const found = new Map<string, readonly [number, number]>();
  for (const text of detectSlowly(rows, -Infinity, Infinity)) {
    const [, first, second, , , subjects] = text.split(" ");
    for (const subject of subjects!.split(","))
      found.set(`${subject} ${first!} ${second!}`, [Number(first), Number(second)]);
  }
  return found;
}
