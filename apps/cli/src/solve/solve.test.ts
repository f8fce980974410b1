import assert from "node:assert/strict";
import { execFileSync, spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, test } from "node:test";
import { fileURLToPath } from "node:url";
import { deflateRawSync, gzipSync } from "node:zlib";
import { processPorts } from "./process-ports.ts";
import { solve } from "./solve.ts";

type Files = Readonly<Record<string, string | Uint8Array>>;

type World = {
  readonly isTerminal?: boolean;
  /** The turn at which somebody presses Ctrl-C. */
  readonly stopAtTurn?: number;
  readonly readOnly?: boolean;
  /** Writing fails, though it had looked possible. */
  readonly isFull?: boolean;
};

/** Runs the command over files that exist only here; what it writes is among the answers. A question about the time takes 1 ms. */
async function run(args: readonly string[], files: Files = {}, world: World = {}) {
  let out = "";
  let err = "";
  let nowMs = 0;
  let turns = 0;
  const stop = { aborted: false, status: 130, [Symbol.dispose]() {} };
  const written = new Map<string, string>();
  const failure = (code: string, message: string) => Object.assign(new Error(message), { code });
  const status = await solve(args, {
    out: (text) => (out += text),
    err: (text) => (err += text),
    read: async (path) => {
      const file = files[path];
      if (file === undefined) throw failure("ENOENT", "no such file");
      return typeof file === "string" ? new TextEncoder().encode(file) : file;
    },
    checkWritable: async () => {
      if (world.readOnly === true) throw failure("EROFS", "read-only file system");
    },
    write: async (path, text) => {
      if (world.isFull === true) throw failure("ENOSPC", "no space left");
      written.set(path, text);
    },
    nowMs: () => (nowMs += 1),
    openStop: () => stop,
    turn: async () => void (stop.aborted = ++turns === world.stopAtTurn || stop.aborted),
    isTerminal: { out: world.isTerminal === true, err: world.isTerminal === true },
  });
  return { status, out, err, written };
}

/** Two courses of one curriculum on two days of two periods, with one room. */
const TIMETABLE = `Name: Tiny
Courses: 2
Rooms: 1
Days: 2
Periods_per_day: 2
Curricula: 1
Constraints: 1

COURSES:
a t1 2 2 10
b t2 2 2 10

ROOMS:
hall 20

CURRICULA:
q 2 a b

UNAVAILABILITY_CONSTRAINTS:
a 0 0

END.
`;

const CONSTRAINTS = "lectures conflicts availability occupancy capacity days compactness stability".split(" ");

describe("hourwright solve timetable", () => {
  test("writes a lecture a line, and says what it costs", async () => {
    const { status, out, err, written } = await run(
      ["timetable", "tiny.ctt", "--seed", "1", "--seconds", "0.5", "--out", "tiny.sol"],
      { "tiny.ctt": TIMETABLE },
    );
    assert.equal(status, 0);
    assert.equal(out, "");
    assert.match(err, /^Tiny: 0 hard rules broken, 0 points \(capacity 0, days 0, compactness 0, stability 0\) after/);
    const lines = written.get("tiny.sol")!.trimEnd().split("\n").sort();
    assert.equal(lines.length, 4);
    for (const line of lines) assert.match(line, /^[ab] hall [01] [01]$/);
    assert.ok(lines.includes("a hall 0 1"));
  });

  test("prints the plan when no file is named, the same for the same seed and steps", async () => {
    const args = ["timetable", "tiny.ctt", "--seed", "7", "--steps", "500"];
    const first = await run(args, { "tiny.ctt": TIMETABLE });
    assert.match(first.out, /^(?:[ab] hall [01] [01]\n){4}$/);
    assert.deepEqual(await run(args, { "tiny.ctt": TIMETABLE }), first);
  });

  test("answers in JSON, and with status 1 when a hard rule cannot be kept", async () => {
    const full = TIMETABLE.replace("b t2 2 2", "b t2 3 2");
    const { status, out } = await run(["timetable", "full.ctt", "--steps", "500", "--json"], { "full.ctt": full });
    const { byConstraint, ...answer } = JSON.parse(out) as { byConstraint: Record<string, number> };
    assert.equal(status, 1);
    const { movesPerSecond, seconds, ...found } = answer as { movesPerSecond: number; seconds: number };
    assert.deepEqual(found, { cost: 0, feasible: false, steps: 500, stoppedEarly: false, seed: 1 });
    assert.equal(movesPerSecond, Math.round(500 / seconds));
    assert.ok(byConstraint["lectures"]! + byConstraint["conflicts"]! + byConstraint["occupancy"]! > 0);
  });

  test("judges a solution that is given", async () => {
    const check = (solution: string) =>
      run(["timetable", "tiny.ctt", "--check", "a.sol", "--json"], { "tiny.ctt": TIMETABLE, "a.sol": solution });
    const kept = await check("a hall 0 1\na hall 1 0\nb hall 0 0\nb hall 1 1\n");
    assert.equal(kept.status, 0);
    assert.deepEqual(JSON.parse(kept.out), {
      cost: 0,
      feasible: true,
      byConstraint: Object.fromEntries(CONSTRAINTS.map((name) => [name, 0])),
    });
    const broken = await check("a hall 0 0\na hall 0 0\n");
    assert.equal(broken.status, 1);
    assert.match(broken.err, /^Tiny: [1-9]\d* hard rules broken/);
    const unread = await check("a attic 0 0\n");
    assert.deepEqual([unread.status, unread.out], [2, ""]);
    assert.match(unread.err, /^tiny.ctt: the solution, line 1: there is no room "attic"/);
  });
});

/** Two people on two days of one shift, of whom one is wanted each day. */
const ROSTER = `SECTION_HORIZON
2
SECTION_SHIFTS
D,480,
SECTION_STAFF
A,D=2,960,0,2,1,1,0
B,D=2,960,0,2,1,1,0
SECTION_DAYS_OFF
A,0
SECTION_SHIFT_ON_REQUESTS
A,1,D,3
SECTION_COVER
0,D,1,100,1
1,D,1,100,1
`;

describe("hourwright solve roster", () => {
  test("writes a line for each employee, and says what it costs", async () => {
    const args = ["roster", "tiny.txt", "--steps", "20000", "--out", "tiny.csv"];
    const first = await run(args, { "tiny.txt": ROSTER });
    assert.equal(first.status, 0);
    assert.equal(first.out, "");
    assert.match(first.err, /^2 people, 2 days: all hard rules kept, 0 points after \d+ steps\.\n$/);
    assert.equal(first.written.get("tiny.csv"), "employee,0,1\nA,,D\nB,D,\n");
    assert.deepEqual(await run(args, { "tiny.txt": ROSTER }), first);
  });

  test("answers in JSON with the cost of every constraint, moves and seconds", async () => {
    const { status, out } = await run(["roster", "tiny.txt", "--seconds", "0.5", "--seed", "4", "--json"], {
      "tiny.txt": ROSTER,
    });
    assert.equal(status, 0);
    const { byConstraint, steps, movesPerSecond, seconds, ...answer } = JSON.parse(out) as Record<string, number>;
    assert.deepEqual(answer, { cost: 0, feasible: true, stoppedEarly: false, seed: 4 });
    assert.equal(Object.keys(byConstraint!).length, 12);
    assert.ok(steps! > 0 && movesPerSecond! > 0 && seconds! <= 0.55);
  });

  test("judges rows that are given, with status 1 when they break a hard rule", async () => {
    const check = (rows: string) =>
      run(["roster", "tiny.txt", "--check", "rows.csv", "--json"], { "tiny.txt": ROSTER, "rows.csv": rows });
    const kept = await check("employee,0,1\nA,,\nB,D,D\n");
    assert.equal(kept.status, 0);
    assert.equal((JSON.parse(kept.out) as { cost: number }).cost, 3);
    const broken = await check("employee,0,1\nA,D,D\nB,,\n");
    assert.equal(broken.status, 1);
    const { cost, feasible, byConstraint } = JSON.parse(broken.out) as Record<string, unknown>;
    assert.deepEqual([cost, feasible, (byConstraint as Record<string, number>)["daysOff"]], [0, false, 1]);
    assert.match(broken.err, /hard rules broken, 0 points \(daysOff 1\)/);
    const unread = await check("employee,0,1\nC,,\n");
    assert.deepEqual([unread.status, unread.out], [2, ""]);
    assert.match(unread.err, /^tiny.txt: the solution, line 2: there is no employee "C"\.\n$/);
  });

  test("names file and line of what cannot be read", async () => {
    const pointer = await run(["roster", "a.xml"], { "a.xml": "version https://git-lfs.github.com/spec/v1\noid x\n" });
    assert.deepEqual([pointer.status, pointer.out], [2, ""]);
    assert.match(pointer.err, /^a.xml: line 1: this only points to a file of Git LFS/);
    const xml = await run(["roster", "a.xml"], { "a.xml": "<SchedulingPeriod>\n<StartDate>now</StartDate>" });
    assert.match(xml.err, /^a.xml: line 1: <SchedulingPeriod> is not closed\.\n$/);
    assert.match((await run(["roster", "none.txt"])).err, /^none.txt: cannot be read: no such file/);
  });

  test("plans the weeks of a folder with the history that is named", async () => {
    const files = {
      "dir/n1/Sc-n1.txt":
        "SCENARIO = n1\n\nWEEKS = 1\n\nSKILLS = 1\nNurse\n\nSHIFT_TYPES = 1\nDay (1,7)\n\nFORBIDDEN_SHIFT_TYPES_SUCCESSIONS\nDay 0\n\nCONTRACTS = 1\nFull (1,7) (1,7) (1,7) 1 0\n\nNURSES = 1\nAna Full 1 Nurse\n",
      "dir/n1/H0-n1-0.txt": "HISTORY\n0 n1\n\nNURSE_HISTORY\nAna 0 0 None 0 0 1\n",
      "dir/n1/WD-n1-3.txt":
        "WEEK_DATA\nn1\n\nREQUIREMENTS\nDay Nurse (0,0) (1,1) (0,0) (0,0) (0,0) (0,0) (0,0)\n\nSHIFT_OFF_REQUESTS = 0\n",
    };
    const args = ["roster", "dir/n1", "--history", "0", "--weeks", "3", "--steps", "5000"];
    const { status, err, out } = await run(args, files);
    assert.equal(status, 0, err);
    assert.match(out, /^SOLUTION\n0 n1\n\nASSIGNMENTS = \d+\n(?:Ana \w+ Day Nurse\n)*Ana Tue Day Nurse\n/);
    const missing = await run(["roster", "dir/n1", "--weeks", "3"], files);
    assert.match(missing.err, /^dir\/n1: a folder needs --history 0 and --weeks/);
    const lost = await run(["roster", "dir/n1", "--history", "2", "--weeks", "3"], files);
    assert.match(lost.err, /^dir\/n1: H0-n1-2.txt cannot be read: no such file/);
    const wrong = await run(["timetable", "a.ctt", "--weeks", "3"]);
    assert.match(wrong.err, /--history and --weeks are of a roster's folder/);
  });
});

/** Four teams; the first wants to be at home in the first slot, and must not be away in the last. */
const SEASON = `<?xml version="1.0" encoding="UTF-8"?>
<Instance>
  <MetaData><InstanceName>Tiny</InstanceName></MetaData>
  <Structure>
    <Format leagueIds="0">
      <numberRoundRobin>2</numberRoundRobin><compactness>C</compactness><gameMode>P</gameMode>
    </Format>
  </Structure>
  <Resources>
    <Teams>${[0, 1, 2, 3].map((id) => `<team id="${id}" league="0" name="Team ${id}"/>`).join("")}</Teams>
    <Slots>${[0, 1, 2, 3, 4, 5].map((id) => `<slot id="${id}" name="Slot ${id}"/>`).join("")}</Slots>
  </Resources>
  <Constraints>
    <CapacityConstraints>
      <CA1 teams="0" max="0" mode="A" slots="0" type="SOFT" penalty="5"/>
      <CA1 teams="0" max="0" mode="A" slots="5" type="HARD" penalty="1"/>
    </CapacityConstraints>
  </Constraints>
</Instance>
`;

describe("hourwright solve season", () => {
  test("writes the timetable of the competition, and says what it costs, the same for the same seed and steps", async () => {
    const args = ["season", "tiny.xml", "--steps", "2000", "--out", "found.xml"];
    const first = await run(args, { "tiny.xml": SEASON });
    assert.equal(first.status, 0);
    assert.equal(first.out, "");
    assert.match(first.err, /^Tiny: 0 hard rules broken, 0 points after \d+ steps\.\n$/);
    const xml = first.written.get("found.xml")!;
    assert.match(xml, /<ObjectiveValue infeasibility="0" objective="0"\/>/);
    assert.equal(xml.match(/<ScheduledMatch home="\d" away="\d" slot="\d"\/>/g)?.length, 12);
    assert.deepEqual(await run(args, { "tiny.xml": SEASON }), first);
    assert.deepEqual(await run(args, { "tiny.xml": gzipSync(SEASON) }), first);
  });

  test("answers in JSON with what is broken, points by constraint, moves and seconds", async () => {
    const { status, out } = await run(["season", "tiny.xml", "--seconds", "0.5", "--seed", "4", "--json"], {
      "tiny.xml": SEASON,
    });
    assert.equal(status, 0);
    const { steps, movesPerSecond, seconds, ...answer } = JSON.parse(out) as Record<string, number>;
    assert.deepEqual(answer, {
      cost: 0,
      feasible: true,
      infeasibility: 0,
      byConstraint: {},
      stoppedEarly: false,
      seed: 4,
    });
    assert.ok(steps! > 0 && movesPerSecond! > 0 && seconds! <= 0.55);
  });

  test("judges a timetable that is given, with status 1 when it breaks a hard rule", async () => {
    const { written } = await run(["season", "tiny.xml", "--steps", "2000", "--out", "found.xml"], {
      "tiny.xml": SEASON,
    });
    const check = (solution: string) =>
      run(["season", "tiny.xml", "--check", "found.xml", "--json"], { "tiny.xml": SEASON, "found.xml": solution });
    const found = written.get("found.xml")!;
    assert.equal((await check(found)).status, 0);
    const mirrored = found.replaceAll(/home="(\d)" away="(\d)"/g, 'home="$2" away="$1"');
    const broken = await check(mirrored);
    assert.equal(broken.status, 1);
    assert.deepEqual(JSON.parse(broken.out), {
      cost: 5,
      feasible: false,
      infeasibility: 1,
      byConstraint: { CA1: 5, "CA1 hard": 1 },
    });
    const unread = await check(found.replace("<ScheduledMatch", "<Match"));
    assert.deepEqual([unread.status, unread.out], [2, ""]);
    assert.match(unread.err, /^tiny.xml: the solution, a season has 12 matches, not 11\.\n$/);
  });

  test("names file and line of what cannot be read", async () => {
    const wrong = await run(["season", "a.xml"], { "a.xml": SEASON.replace('teams="0"', 'teams="4"') });
    assert.deepEqual([wrong.status, wrong.out], [2, ""]);
    assert.match(wrong.err, /^a.xml: line 15: CA1: teams names what there is not: 4\.\n$/);
    const packed = await run(["season", "a.xml.gz"], { "a.xml.gz": gzipSync(SEASON).subarray(0, 90) });
    assert.match(packed.err, /^a.xml.gz: this cannot be unpacked/);
  });
});

describe("hourwright solve meetings", () => {
  const sheets = {
    Days: [
      ["Day", "Start", "End", "Lunch hour start time"],
      ["Mon 2027-01-04", "08:00", "14:00", "12:00"],
    ],
    Rooms: [
      ["Name", "Capacity"],
      ["Hall", 10],
      ["Den", 2],
    ],
    Persons: [["Full name"], ["Ana & Co"], ["Ben"], ["Cleo"]],
    Meetings: [
      ["Topic", "Duration", "Required attendance list", "Preferred attendance list"],
      ["Plan", 60, "Ana &amp; Co, Ben", "Cleo"],
      ["Review", 30, "Ben", ""],
      ["Lunch talk", 240, "Cleo", "Ana &amp; Co"],
    ],
  };

  test("reads a spreadsheet and gives every meeting a time and a room", async () => {
    const { status, out, err } = await run(["meetings", "m.xlsx", "--steps", "5000"], {
      "m.xlsx": spreadsheet(sheets),
    });
    assert.equal(status, 0);
    assert.match(err, /^3 meetings: 0 hard points, \d+ soft points after 5000 steps/);
    const [head, ...lines] = out.trimEnd().split("\n");
    assert.equal(head, "Meeting\tDay\tStart\tMinutes\tRoom");
    assert.equal(lines.length, 3);
    assert.match(lines[0]!, /^Plan\tMon 2027-01-04\t\d\d:\d\d\t60\tHall$/);
    assert.match(lines[1]!, /^Review\tMon 2027-01-04\t\d\d:\d\d\t30\t(?:Hall|Den)$/);
    for (const line of lines) assert.doesNotMatch(line, /\t12:/); // Nothing begins at lunch.
  });

  const broken: [name: string, file: string | Uint8Array, sentence: RegExp][] = [
    ["no ZIP", "Plan;60", /no ZIP/],
    ["no sheet of rooms", spreadsheet({ Days: sheets.Days, Persons: sheets.Persons }), /no sheet "Rooms"/],
    [
      "a guest nobody knows",
      spreadsheet({ ...sheets, Persons: [["Full name"], ["Ben"], ["Cleo"]] }),
      /who is not among/,
    ],
    [
      "a time that is none",
      spreadsheet({ ...sheets, Days: [sheets.Days[0]!, ["Mon", "8", "14", "12"]] }),
      /no time such as 08:00/,
    ],
    [
      "too small rooms",
      spreadsheet({
        ...sheets,
        Rooms: [
          ["Name", "Capacity"],
          ["Den", 2],
        ],
      }),
      /"Plan" has 3 people; the largest room has 2/,
    ],
    ["a cut file", spreadsheet(sheets).subarray(40), /m\.xlsx: /],
    ["rows that never end", zip([["xl/sharedStrings.xml", "<si>".repeat(1_000_000)]]), /a <si> in it is never closed/],
    ["more rows than are read", withDays("<row/>".repeat(100_001)), /more than 100000 <row>/],
    ["a sheet that unpacks without end", withDays(" ".repeat(50_000_001)), /more than 50000000 bytes/],
    [
      "more seats than there can be",
      spreadsheet({
        ...sheets,
        Rooms: [
          ["Name", "Capacity"],
          ["Hall", 1e15],
        ],
      }),
      /Capacity: "1000000000000000\.0" is no whole number up to 1000000/,
    ],
    [
      "more rooms than can be planned",
      spreadsheet({ ...sheets, Rooms: [["Name", "Capacity"], ...Array.from({ length: 90_000 }, (_, i) => [i, 10])] }),
      /more than 5000000 slots/,
    ],
  ];
  for (const [name, file, sentence] of broken) {
    test(`refuses a file with ${name}`, async () => {
      const { status, out, err } = await run(["meetings", "m.xlsx", "--steps", "10"], { "m.xlsx": file });
      assert.deepEqual({ status, out }, { status: 2, out: "" });
      assert.match(err, sentence);
    });
  }
});

describe("hourwright solve", () => {
  const wrong: [name: string, args: string[], sentence: RegExp][] = [
    ["nothing to solve", [], /timetable, meetings, roster or season/],
    ["a kind nobody knows", ["sudoku", "a"], /timetable, meetings, roster or season/],
    ["no file", ["timetable"], /Name one file/],
    ["two files", ["timetable", "a", "b"], /Name one file/],
    ["a seed that is none", ["timetable", "a", "--seed", "x"], /--seed: "x"/],
    ["half a seed", ["timetable", "a", "--seed", "1.5"], /--seed: "1.5"/],
    ["no time at all", ["timetable", "a", "--seconds", "0"], /--seconds: "0"/],
    ["endless time", ["timetable", "a", "--seconds", "1e9"], /--seconds: "1e9"/],
    ["no steps", ["timetable", "a", "--steps", "0"], /--steps: "0"/],
    ["an option nobody knows", ["timetable", "a", "--fast"], /--fast/],
    ["a file that is not there", ["timetable", "missing.ctt"], /missing.ctt: cannot be read: no such file/],
  ];
  for (const [name, args, sentence] of wrong) {
    test(`ends with status 2 and a sentence for ${name}`, async () => {
      const { status, err } = await run(args);
      assert.equal(status, 2);
      assert.match(err, sentence);
    });
  }

  test("refuses a timetable that is none", async () => {
    const { status, err } = await run(["timetable", "a.ctt"], { "a.ctt": "once upon a time" });
    assert.equal(status, 2);
    assert.match(err, /^a.ctt: Days: is a whole number/);
  });
});

describe("hourwright solve, as it goes on", () => {
  const args = ["timetable", "tiny.ctt", "--seconds", "100", "--out", "tiny.sol"];
  const files = { "tiny.ctt": TIMETABLE };

  test("gives and writes the best so far when it is stopped, says so, and ends with status 130", async () => {
    const { status, err, written } = await run(args, files, { stopAtTurn: 3 });
    assert.equal(status, 130);
    assert.match(err, /^Tiny: .* after \d+ steps, stopped early\.$/m);
    assert.match(written.get("tiny.sol")!, /^(?:[ab] hall [01] [01]\n){4}$/);
    const json = await run(["timetable", "tiny.ctt", "--seconds", "100", "--json"], files, { stopAtTurn: 1 });
    const answer = JSON.parse(json.out) as { stoppedEarly: boolean; seconds: number };
    assert.ok(answer.stoppedEarly && answer.seconds < 1);
  });

  test("is never longer than the seconds allow, though the plan is not constructed by then", async () => {
    const { status, written } = await run(["timetable", "tiny.ctt", "--seconds", "0.01", "--out", "a"], files);
    assert.ok(status <= 1);
    assert.equal(written.get("a")!.split("\n").length, 5);
  });

  test("shows how far it is where somebody watches, on a line that is emptied in the end", async () => {
    const { err } = await run(["timetable", "tiny.ctt", "--seconds", "3"], files, { isTerminal: true });
    const lines = err.split("\r\u001B[K");
    assert.ok(lines.length >= 5, err);
    assert.match(lines[1]!, /^\d+ %, \d+ steps: \d+ hard, \d+ soft points$/);
    assert.match(lines.at(-1)!, /^Tiny: 0 hard rules/);
    assert.doesNotMatch((await run(["timetable", "tiny.ctt", "--seconds", "3"], files)).err, /%/);
  });

  test("never begins when the plan could not be written, and names that file", async () => {
    const { status, err } = await run(["timetable", "missing.ctt", "--out", "x/a.sol"], {}, { readOnly: true });
    assert.deepEqual([status, err], [2, "x/a.sol: cannot be written: read-only file system\n"]);
  });

  test("prints the plan when it cannot be written after all", async () => {
    const { status, out, err } = await run(args.with(3, "0.5"), files, { isFull: true });
    assert.equal(status, 2);
    assert.match(err, /^tiny.sol: cannot be written, so the plan is printed: no space left$/m);
    assert.match(out, /^(?:[ab] hall [01] [01]\n){4}$/);
  });

  test("names the solution that cannot be read, not the problem", async () => {
    const { err } = await run(["timetable", "tiny.ctt", "--check", "gone.sol"], files);
    assert.equal(err, "gone.sol: cannot be read: no such file\n");
  });

  test("prints no control characters of a file's names to a terminal, and keeps them in what is written", async () => {
    const odd = TIMETABLE.replace("Tiny", "T\u001B[2J").replaceAll("hall", "h\u001B]0;\u0007");
    const name = ["timetable", "o\u001Bdd.ctt", "--steps", "100"];
    const shown = await run(name, { "o\u001Bdd.ctt": odd }, { isTerminal: true });
    assert.match(shown.out, /^(?:[ab] h\uFFFD\]0;\uFFFD [01] [01]\n){4}$/);
    assert.ok(!shown.err.replaceAll("\r\u001B[K", "").includes("\u001B"));
    assert.ok((await run(name, { "o\u001Bdd.ctt": odd })).out.includes(" h\u001B]0;\u0007 "));
    assert.equal((await run(name)).err, "o\uFFFDdd.ctt: cannot be read: no such file\n");
  });

  test("is stopped by a signal to its process, which ends with status 130 and a whole plan", async (t) => {
    const folder = mkdtempSync(join(tmpdir(), "solve-"));
    t.after(() => rmSync(folder, { recursive: true }));
    const [fifo, out] = [join(folder, "tiny.ctt"), join(folder, "tiny.sol")];
    execFileSync("sh", ["-c", `mkfifo "$0"`, fifo]);
    const main = fileURLToPath(new URL("../main.ts", import.meta.url));
    const child = spawn(process.execPath, [main, "solve", "timetable", fifo, "--out", out], { stdio: "ignore" });
    t.after(() => child.kill("SIGKILL"));
    const ended = once(child, "exit");
    await writeFile(fifo, TIMETABLE); // Goes through when the command reads: from then on it listens.
    child.kill("SIGINT");
    assert.deepEqual(await ended, [130, null]);
    assert.match(readFileSync(out, "utf8"), /^(?:[ab] hall [01] [01]\n){4}$/);
  });

  test("finds by itself what can be written: a file, a new one in a folder, but no folder", async (t) => {
    const folder = mkdtempSync(join(tmpdir(), "solve-"));
    t.after(() => rmSync(folder, { recursive: true }));
    const { checkWritable } = processPorts({ out() {}, err() {}, read: () => Promise.reject(new Error("unused")) });
    writeFileSync(join(folder, "kept"), "kept");
    await checkWritable(join(folder, "kept"));
    await checkWritable(join(folder, "new"));
    assert.deepEqual(readdirSync(folder), ["kept"]);
    assert.equal(readFileSync(join(folder, "kept"), "utf8"), "kept");
    await assert.rejects(checkWritable(folder), { code: "EISDIR" });
    await assert.rejects(checkWritable(join(folder, "none", "new")), { code: "ENOENT" });
  });
});

/** A spreadsheet of words and numbers as others write them: shared words, a file each sheet, deflated. Words are XML already. */
function spreadsheet(sheets: Readonly<Record<string, readonly (readonly (string | number)[])[]>>): Uint8Array {
  const words: string[] = [];
  const cell = (value: string | number, reference: string): string => {
    if (typeof value === "number") return `<c r="${reference}" t="n"><v>${value}.0</v></c>`;
    words.push(value.replace(/&(?!amp;)/, "&amp;"));
    return `<c r="${reference}" s="1" t="s"><v>${words.length - 1}</v></c>`;
  };
  const files: [string, string][] = Object.values(sheets).map((rows, sheet) => [
    `xl/worksheets/sheet${sheet + 1}.xml`,
    `<worksheet><sheetData>${rows
      .map((row, r) => `<row r="${r + 1}">${row.map((value, c) => cell(value, `${"ABCD"[c]}${r + 1}`)).join("")}</row>`)
      .join("")}<row r="99"/></sheetData></worksheet>`,
  ]);
  const names = Object.keys(sheets);
  const tags = names.map((name, i) => `<sheet name="${name}" r:id="rId${i + 1}" sheetId="${i + 1}"/>`);
  const targets = names.map((_, i) => `<Relationship Id="rId${i + 1}" Target="worksheets/sheet${i + 1}.xml"/>`);
  files.push(
    ["xl/workbook.xml", `<workbook><sheets>${tags.join("")}</sheets></workbook>`],
    ["xl/_rels/workbook.xml.rels", `<Relationships>${targets.join("")}</Relationships>`],
    ["xl/sharedStrings.xml", `<sst>${words.map((word) => `<si><t>${word}</t></si>`).join("")}</sst>`],
  );
  return zip(files);
}

/** A spreadsheet whose sheet of days is this text. */
function withDays(text: string): Uint8Array {
  return zip([
    ["xl/workbook.xml", '<sheets><sheet name="Days" r:id="a"/></sheets>'],
    ["xl/_rels/workbook.xml.rels", '<Relationship Id="a" Target="days.xml"/>'],
    ["xl/days.xml", text],
  ]);
}

function zip(files: readonly (readonly [path: string, text: string])[]): Uint8Array {
  const parts: Buffer[] = [];
  const directory: Buffer[] = [];
  let offset = 0;
  for (const [path, text] of files) {
    const [name, body] = [Buffer.from(path), deflateRawSync(text)];
    const local = Buffer.alloc(30);
    local.writeUInt32LE(0x04034b50, 0);
    local.writeUInt16LE(name.length, 26);
    const entry = Buffer.alloc(46);
    entry.writeUInt32LE(0x02014b50, 0);
    entry.writeUInt16LE(8, 10);
    entry.writeUInt32LE(body.length, 20);
    entry.writeUInt16LE(name.length, 28);
    entry.writeUInt32LE(offset, 42);
    directory.push(entry, name);
    parts.push(local, name, body);
    offset += local.length + name.length + body.length;
  }
  const end = Buffer.alloc(22);
  end.writeUInt32LE(0x06054b50, 0);
  end.writeUInt16LE(files.length, 10);
  end.writeUInt32LE(offset, 16);
  return Buffer.concat([...parts, ...directory, end]);
}
