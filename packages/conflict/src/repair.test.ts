// Rules RP* are in ../SPEC.md.
import assert from "node:assert/strict";
import { describe, test } from "node:test";
import fc from "fast-check";
import { detect, type Found } from "./detect.ts";
import { movesOf, suggestRepairs, type Repair } from "./repair.ts";
import { ATTENDS, indexBySubject, NEEDS, OWN, takingsOf, type TakingRow } from "./schedule.ts";

const at = (text: string): number => Temporal.ZonedDateTime.from(`2027-03-${text}[Europe/Prague]`).epochMilliseconds;
const row = (occurrence: number, subject: number, from: string, to: string): TakingRow => ({
  occurrence,
  event: occurrence,
  subject,
  startMs: at(from),
  endMs: at(to),
  how: OWN,
});

const call = row(0, 0, "25T15:30", "25T16:15");
const slots = row(1, 0, "25T16:00", "25T17:00");

function repairsOf(
  rows: readonly TakingRow[],
  nowMs = at("18T13:24"),
  movable: (occurrence: number) => boolean = () => true,
): { found: Found; repairs: Repair[] } {
  const index = indexBySubject(takingsOf(rows));
  const found = detect(index, -Infinity, Infinity).found[0]!;
  const rowsOf = (occurrence: number) => rows.flatMap((each, i) => (each.occurrence === occurrence ? [i] : []));
  const repairs = suggestRepairs(
    found,
    {
      index,
      rowsOf,
      titleOf: (occurrence) => ["Supplier call", "Road-test slots"][occurrence] ?? `thing ${occurrence}`,
      isMovable: movable,
      zone: "Europe/Prague",
      nowMs,
    },
    5,
  );
  return { found, repairs };
}

/** What is left when a repair is applied to a copy: the conflicts as texts. */
function after(rows: readonly TakingRow[], repair: Repair): string[] {
  const moved = rows.map((each) => ({ ...each, ...repair.moves.find((move) => move.occurrence === each.occurrence) }));
  return conflictsOf(moved);
}
const conflictsOf = (rows: readonly TakingRow[]): string[] =>
  detect(indexBySubject(takingsOf(rows)), -Infinity, Infinity).found.map(
    ({ kind, first, second, subjects }) =>
      `${kind} ${[first, second].sort((a, b) => a - b).join("+")} ${subjects.join(",")}`,
  );

describe("suggestRepairs", () => {
  test("[RP4] offers the near move first, in words a person would use", () => {
    const { repairs } = repairsOf([call, slots]);
    assert.equal(repairs[0]!.what, "Move “Road-test slots” to Thu 25 Mar, 16:15");
    assert.equal(repairs[0]!.why, "The time is free. Same day, 15 min later.");
    assert.deepEqual(after([call, slots], repairs[0]!), []);
  });

  test("[RP3] offers to end the first one earlier when most of it is left", () => {
    const { repairs } = repairsOf([call, slots]);
    assert.ok(repairs.some(({ what }) => what === "End “Supplier call” 15 min earlier"));
  });

  test("[RP2] moves nothing into the past, and leaves alone what may not be moved", () => {
    const { repairs } = repairsOf([call, slots], at("25T16:30"), (occurrence) => occurrence === 1);
    assert.ok(repairs.length > 0);
    for (const { moves } of repairs) {
      for (const move of moves) {
        assert.equal(move.occurrence, 1);
        assert.ok(move.startMs >= at("25T16:30"));
      }
    }
    assert.deepEqual(repairsOf([call, slots], at("18T13:24"), () => false).repairs, []);
  });

  test("[RP1] passes over times that a third thing has", () => {
    const lunch = row(2, 0, "25T16:15", "25T20:00");
    const { repairs } = repairsOf([call, slots, lunch]);
    for (const { moves } of repairs)
      for (const move of moves) assert.ok(move.endMs <= lunch.startMs || move.startMs >= lunch.endMs);
  });

  test("[RP1] a repair removes its conflict and makes no new one, in any busy week", () => {
    const quarter = (n: number): number => at("22T07:00") + n * 900_000;
    const week = fc.array(
      fc.record({ start: fc.nat({ max: 200 }), length: fc.integer({ min: 1, max: 12 }), subject: fc.nat({ max: 2 }) }),
      { minLength: 2, maxLength: 30 },
    );
    fc.assert(
      fc.property(week, (things) => {
        const rows = things.map(({ start, length, subject }, i) => ({
          occurrence: i,
          event: i,
          subject,
          startMs: quarter(start),
          endMs: quarter(start + length),
          how: OWN,
        }));
        const before = conflictsOf(rows);
        fc.pre(before.length > 0);
        const { found, repairs } = repairsOf(rows);
        const gone = `${found.kind} ${[found.first, found.second].sort((a, b) => a - b).join("+")} ${found.subjects.join(",")}`;
        for (const repair of repairs) {
          const left = after(rows, repair);
          assert.ok(!left.includes(gone), `${repair.what} leaves ${gone}`);
          for (const conflict of left) assert.ok(before.includes(conflict), `${repair.what} makes ${conflict}`);
        }
      }),
    );
  });
});

describe("movesOf", () => {
  /** The moves of the first row among the others, as texts. */
  function moves(rows: readonly TakingRow[], most: number, nowMs = at("18T13:24")): Repair[] {
    const facts = {
      index: indexBySubject(takingsOf(rows)),
      rowsOf: (occurrence: number) => rows.flatMap((each, i) => (each.occurrence === occurrence ? [i] : [])),
      titleOf: () => "It",
      isMovable: () => true,
      zone: "Europe/Prague",
      nowMs,
    };
    return movesOf(0, facts, most);
  }
  const whats = (repairs: readonly Repair[]) => repairs.map(({ what }) => what.replace("Move “It” to ", ""));
  const meeting = row(0, 0, "22T10:00", "22T11:00"); // A Monday.
  const other = row(1, 0, "22T10:30", "22T11:30");

  test("[RP5] offers choices that differ: near on its day, the same hour of another day, the other side, further days", () => {
    assert.deepEqual(whats(moves([meeting, other], 5)), [
      "Mon 22 Mar, 09:30",
      "Mon 22 Mar, 11:30",
      "Tue 23 Mar, 10:00",
      "Wed 24 Mar, 10:00",
      "Thu 25 Mar, 10:00",
    ]);
    assert.deepEqual(whats(moves([meeting, other], 2)), ["Mon 22 Mar, 09:30", "Tue 23 Mar, 10:00"]);
  });

  test("[RP5] says how far each is, and whether the hour stays", () => {
    assert.deepEqual(
      moves([meeting, other], 4).map(({ why }) => why),
      [
        "The time is free. Same day, 30 min earlier.",
        "The time is free. Same day, 1 h 30 min later.",
        "The time is free. One day later, at the same time.",
        "The time is free. 2 days later, at the same time.",
      ],
    );
  });

  test("[RP5] prefers the same hour two days later to another hour on the next day", () => {
    const tuesday = row(2, 0, "23T08:00", "23T12:00");
    assert.deepEqual(whats(moves([meeting, other, tuesday], 2)), ["Mon 22 Mar, 09:30", "Wed 24 Mar, 10:00"]);
  });

  test("[RP5] keeps an odd or a late hour on another day, though nothing else is tried at night", () => {
    const concert = row(0, 0, "26T20:10", "26T23:40");
    assert.deepEqual(whats(moves([concert, row(1, 0, "26T07:00", "26T23:59")], 1)), ["Mon 29 Mar, 20:10"]);
  });

  test("[RP5] keeps the wall time over the clock change", () => {
    const saturday = row(0, 0, "27T10:00", "27T11:00");
    const [move] = moves([saturday, row(1, 0, "27T07:00", "27T20:00")], 1);
    assert.equal(move!.what, "Move “It” to Sun 28 Mar, 10:00");
    assert.equal(move!.moves[0]!.startMs, at("28T10:00"));
  });

  test("[RP6] what is long goes no further than is known to be free", () => {
    const fortnight = row(0, 0, "01T08:00", "14T08:00");
    for (const { moves: made } of moves([fortnight, row(1, 0, "01T07:00", "02T07:00")], 20, at("01T00:00")))
      assert.ok(made[0]!.endMs <= at("16T08:00"));
  });

  describe("[RP7] with open time", () => {
    const day = (date: number, from: string, to: string) => ({
      startMs: at(`${date}T${from}`),
      endMs: at(`${date}T${to}`),
    });
    /** Works from nine to five, on Monday 22 and Tuesday 23 and from Thursday 25 on: Wednesday is a holiday. */
    const week = [22, 23, 25, 26, 29, 30, 31].map((date) => day(date, "09:00", "17:00"));

    function movesWithin(rows: readonly TakingRow[], openTime: ReadonlyMap<number, typeof week>, most = 20): string[] {
      const index = indexBySubject(takingsOf(rows));
      const rowsOf = (occurrence: number) => rows.flatMap((each, i) => (each.occurrence === occurrence ? [i] : []));
      const shared = { titleOf: () => "It", isMovable: () => true, zone: "Europe/Prague", nowMs: at("18T13:24") };
      return whats(movesOf(0, { index, rowsOf, openTime, ...shared }, most));
    }

    test("nobody is moved out of their hours, or onto a day that is closed for them", () => {
      const early = row(0, 0, "22T09:00", "22T10:00");
      const offered = movesWithin([early, row(1, 0, "22T09:30", "22T10:30")], new Map([[0, week]]));
      assert.deepEqual(offered.slice(0, 3), ["Mon 22 Mar, 10:30", "Tue 23 Mar, 09:00", "Thu 25 Mar, 09:00"]);
      assert.ok(
        offered.every((text) => !text.includes("24 Mar") && !/0[78]:/.test(text)),
        offered.join(),
      );
    });

    test("everybody has a say, who is not known has none", () => {
      const rows = [
        row(0, 0, "22T10:00", "22T11:00"),
        row(0, 1, "22T10:00", "22T11:00"),
        row(1, 0, "22T10:30", "22T11:30"),
      ];
      const mondays = [day(22, "10:00", "12:00"), day(29, "10:00", "12:00")];
      assert.deepEqual(movesWithin(rows, new Map([[1, mondays]])), ["Mon 29 Mar, 10:00"]);
      assert.deepEqual(movesWithin(rows, new Map([[7, mondays]]), 1), ["Mon 22 Mar, 09:30"]);
    });

    test("a class in the evening stays on days that are worked, and may stay in the evening", () => {
      const evening = row(0, 0, "23T18:00", "23T19:00");
      const offered = movesWithin([evening, row(1, 0, "23T18:30", "23T19:30")], new Map([[0, week]]));
      assert.deepEqual(offered.slice(0, 2), ["Tue 23 Mar, 17:30", "Thu 25 Mar, 18:00"]);
      assert.ok(
        offered.every((text) => !text.includes("24 Mar")),
        offered.join(),
      );
    });

    test("what lies on a day off may lie on another", () => {
      const match = row(0, 0, "27T10:00", "27T11:00");
      const offered = movesWithin([match, row(1, 0, "27T07:00", "27T20:00")], new Map([[0, week]]), 1);
      assert.deepEqual(offered, ["Sun 28 Mar, 10:00"]);
    });
  });

  test("[RP5] says who is free, for one, two and many, people and things", () => {
    const taking = (subject: number, how = OWN) => ({ ...row(0, subject, "22T10:00", "22T11:00"), how });
    const cases: [rows: TakingRow[], sentence: string][] = [
      [[taking(0)], "The time is free."],
      [[taking(0), taking(1, ATTENDS)], "Both people are free."],
      [[taking(0), taking(1, ATTENDS), taking(2, ATTENDS)], "All 3 people are free."],
      [[taking(0, NEEDS)], "What it needs is free."],
      [[taking(0, NEEDS), taking(1, NEEDS)], "What it needs is free."],
      [[taking(0), taking(1, NEEDS)], "The time is free, and so is what it needs."],
      [[taking(0), taking(1), taking(2, NEEDS), taking(3, NEEDS)], "Both people are free, and so is what it needs."],
      [[taking(0), taking(0, ATTENDS)], "The time is free."],
    ];
    for (const [rows, sentence] of cases) assert.equal(moves(rows, 1)[0]!.why, `${sentence} Same day, 15 min earlier.`);
  });

  test("[RP1] [RP2] [RP5] every time is free, to come, on a day and side of its own, and best first, in any busy week", () => {
    const quarter = (n: number): number => at("22T07:00") + n * 900_000;
    const week = fc.array(fc.record({ start: fc.nat({ max: 600 }), length: fc.integer({ min: 1, max: 20 }) }), {
      minLength: 2,
      maxLength: 40,
    });
    fc.assert(
      fc.property(week, fc.nat({ max: 600 }), (things, now) => {
        const rows = things.map(({ start, length }, i) => {
          return {
            occurrence: i,
            event: i,
            subject: 0,
            startMs: quarter(start),
            endMs: quarter(start + length),
            how: OWN,
          };
        });
        const [mine, ...rest] = rows as [TakingRow, ...TakingRow[]];
        const offered = moves(rows, 6, quarter(now));
        const kinds = offered.map(({ moves: [move] }) => {
          const day = Temporal.Instant.fromEpochMilliseconds(move!.startMs)
            .toZonedDateTimeISO("Europe/Prague")
            .toPlainDate();
          assert.ok(move!.startMs >= quarter(now) && move!.endMs - move!.startMs === mine.endMs - mine.startMs);
          assert.ok(rest.every((each) => each.endMs <= move!.startMs || each.startMs >= move!.endMs));
          return `${day.toString()} ${move!.startMs < mine.startMs}`;
        });
        assert.equal(new Set(kinds).size, kinds.length);
        const ranks = offered.map(({ confidence }) => confidence);
        assert.deepEqual(
          ranks,
          ranks.toSorted((a, b) => b - a),
        );
      }),
    );
  });
});
