import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { printInrc2Rows, readInrc2, readInrc2Rows, scoreInrc2, type Inrc2Texts } from "./index.ts";

const SCENARIO = `SCENARIO = tiny

WEEKS = 1

SKILLS = 2
Nurse
Head

SHIFT_TYPES = 2
Early (1,3)
Night (2,4)

FORBIDDEN_SHIFT_TYPES_SUCCESSIONS
Early 0
Night 1 Early

CONTRACTS = 1
Full (2,4) (2,3) (2,3) 0 1

NURSES = 1
Ana Full 1 Nurse
`;
const HISTORY = `HISTORY
0 tiny

NURSE_HISTORY
Ana 1 0 Night 1 4 0
`;
const WEEK = `WEEK_DATA
tiny

REQUIREMENTS
Early Nurse (0,0) (0,1) (0,0) (0,0) (0,0) (0,0) (0,0)
Early Head (0,0) (0,0) (0,0) (0,0) (0,0) (0,0) (0,0)
Night Nurse (0,0) (0,0) (0,0) (1,1) (0,0) (0,0) (0,0)
Night Head (0,0) (0,0) (0,0) (0,0) (0,0) (0,0) (0,0)

SHIFT_OFF_REQUESTS = 1
Ana Any Wed
`;

const textsOf = (scenario = SCENARIO, history = HISTORY, week = WEEK): Inrc2Texts => ({
  scenario: { name: "Sc-tiny.txt", text: scenario },
  history: { name: "H0-tiny-0.txt", text: history },
  weeks: [{ name: "WD-tiny-0.txt", text: week }],
});

const roster = readInrc2(textsOf()).read!;

/** A row as letters from Monday: Early as a nurse, Night as a nurse, Night as a head, a dot for a day off. */
const rowOf = (line: string): Uint8Array =>
  Uint8Array.from([...line], (letter) => [0, 1, 3, 4][".ENH".indexOf(letter)]!);

describe("rosters of the second competition", () => {
  test("cost by constraint what the rules of the competition say, with what was before the first day (SV25)", () => {
    const cases: readonly (readonly [string, Record<string, number>])[] = [
      // The night before went on for one day of two, work for four of three.
      [".......", { leastCover: 1, bestCover: 60, shiftInRow: 15, offInRow: 120, assignments: 20 }],
      ["..NN...", { shiftInRow: 15, bestCover: 30, requests: 10 }],
      [".E.N...", { shiftInRow: 30, workInRow: 60, offInRow: 60 }],
      ["N..N...", { workInRow: 60, bestCover: 30, shiftInRow: 15 }],
      ["E..NN..", { successions: 1, shiftInRow: 15, workInRow: 30, bestCover: 30 }],
      ["...NNN.", { shiftInRow: 15, bestCover: 30, wholeWeekends: 30, weekends: 30 }],
      ["..NH...", { leastCover: 1, skills: 1, bestCover: 60, shiftInRow: 15, requests: 10 }],
      [
        ".NNNNNN",
        { shiftInRow: 45, workInRow: 90, offInRow: 30, bestCover: 30, requests: 10, assignments: 60, weekends: 30 },
      ],
    ];
    for (const [line, costs] of cases) {
      const found = Object.entries(scoreInrc2(roster, rowOf(line))).filter(([, cost]) => cost > 0);
      assert.deepEqual(Object.fromEntries(found), costs, line);
    }
  });

  test("are written week by week as the competition has solutions, and read as they were written (SV24)", () => {
    const row = rowOf("..NH...");
    const text = printInrc2Rows(roster, row);
    assert.equal(text, "SOLUTION\n0 tiny\n\nASSIGNMENTS = 2\nAna Wed Night Nurse\nAna Thu Night Head\n");
    assert.deepEqual(readInrc2Rows(roster, text).read, row);
  });

  test("are refused with the file and the line that cannot be read (SV24)", () => {
    const refused = (texts: Inrc2Texts) => readInrc2(texts).refused;
    assert.equal(
      refused(textsOf(SCENARIO.replace("(1,3)", "1-3"))),
      'Sc-tiny.txt: line 10: a range is written (2,5), not "1-3".',
    );
    assert.equal(
      refused(textsOf(SCENARIO.replace("NURSES = 1", "NURSES = 2"))),
      "Sc-tiny.txt: line 20: the section NURSES has fewer than 2 lines.",
    );
    assert.equal(
      refused(textsOf(SCENARIO, HISTORY.replace("Ana", "Ben"))),
      'H0-tiny-0.txt: line 5: there is no nurse "Ben".',
    );
    assert.equal(
      refused(textsOf(SCENARIO, "HISTORY\n0 tiny\n\nNURSE_HISTORY\n")),
      'H0-tiny-0.txt: "Ana" has no history.',
    );
    assert.equal(
      refused(textsOf(SCENARIO, HISTORY, WEEK.replace("Ana Any Wed", "Ana Any Midweek"))),
      'WD-tiny-0.txt: line 11: there is no weekday "Midweek".',
    );
    assert.equal(refused({ ...textsOf(), weeks: [] }), "the scenario has 1 weeks, not 0.");
    assert.equal(readInrc2Rows(roster, "Ana Mon Early Nurse\n").refused, "line 1: SOLUTION is wanted.");
  });
});
