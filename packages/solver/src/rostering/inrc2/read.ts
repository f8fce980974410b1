import { refuse, refusing, shortened, whole, type Read } from "../../reading.ts";
import {
  shiftOf,
  skillOf,
  valueOf,
  type Inrc2Contract,
  type Inrc2History,
  type Inrc2Person,
  type Inrc2Range,
  type Inrc2Request,
  type Inrc2Roster,
  type Inrc2Shift,
} from "./model.ts";

const WEEKS_MAX = 52;
const THINGS_MAX = 500;
const VALUES_MAX = 255;
const NUMBER_MAX = 1_000_000;
const LINES_MAX = 200_000;
const WEEKDAYS = ["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"] as const;
const ANY = "Any";
const NONE = "None";

/** The texts of a roster: scenario, history, and the data of each week in order, each with the name that a refusal gives it. */
export type Inrc2Texts = {
  readonly scenario: Named;
  readonly history: Named;
  readonly weeks: readonly Named[];
};
export type Named = { readonly name: string; readonly text: string };

/** Reads a scenario with its history and weeks, the horizon as a whole. */
export function readInrc2({ scenario, history, weeks }: Inrc2Texts): Read<Inrc2Roster> {
  return refusing(() => {
    const bare = inFile(scenario, scenarioOf);
    if (weeks.length !== bare.weeks) refuse(`the scenario has ${bare.weeks} weeks, not ${weeks.length}`);
    const names = namesOf(bare);
    const before = inFile(history, (lines) => historiesOf(lines, names));
    const people = bare.people.map((person, i): Inrc2Person => {
      const known = before.get(i) ?? refuse(`${history.name}: "${person.id}" has no history`);
      return { ...person, history: known };
    });
    const size = weeks.length * 7 * bare.shifts.length * bare.skills.length;
    const roster = { ...bare, people, least: new Int32Array(size), best: new Int32Array(size) };
    const requests = weeks.flatMap((week, i) => inFile(week, (lines) => readWeek(lines, roster, names, i * 7)));
    return { ...roster, requests };
  });
}

/** Reads a solution: a block for each week, as the competition has one file for each, all of them in one text. */
export function readInrc2Rows(roster: Inrc2Roster, text: string): Read<Uint8Array> {
  return refusing(() => {
    const names = namesOf(roster);
    const days = roster.weeks * 7;
    const rows = new Uint8Array(roster.people.length * days);
    let week: number | null = null;
    for (const [i, { words, line }] of linesOf(text).entries()) {
      const [first = "", second = "", third = "", fourth = ""] = words;
      if (first === "SOLUTION" || first === "ASSIGNMENTS") continue;
      if (words.length === 2 && second === roster.name) {
        week = whole(first, 0, roster.weeks - 1, `line ${line}: the week`);
        continue;
      }
      if (week === null || words.length !== 4)
        return refuse(`line ${line}: ${i === 0 ? "SOLUTION" : "nurse, day, shift and skill"} is wanted`);
      const person = names.person(first, line);
      const cell = person * days + week * 7 + weekdayOf(second, line);
      if (rows[cell] !== 0) refuse(`line ${line}: "${first}" has two assignments on one day`);
      rows[cell] = valueOf(roster, names.shift(third, line), names.skill(fourth, line));
    }
    return rows;
  });
}

/** Writes rows as the competition has them, one block for each week. */
export function printInrc2Rows(roster: Inrc2Roster, rows: Uint8Array): string {
  const days = roster.weeks * 7;
  const blocks = Array.from({ length: roster.weeks }, (_, week) => {
    const lines = roster.people.flatMap(({ id }, person) =>
      WEEKDAYS.flatMap((weekday, day) => {
        const value = rows[person * days + week * 7 + day]!;
        const shift = shiftOf(roster, value);
        return shift === null
          ? []
          : [`${id} ${weekday} ${roster.shifts[shift]!.id} ${roster.skills[skillOf(roster, value)]}\n`];
      }),
    );
    return `SOLUTION\n${week} ${roster.name}\n\nASSIGNMENTS = ${lines.length}\n${lines.join("")}`;
  });
  return blocks.join("\n");
}

type Line = { readonly words: readonly string[]; readonly line: number };

function linesOf(text: string): Line[] {
  const lines = text.replace(/^\uFEFF/, "").split(/\r?\n/);
  if (lines.length > LINES_MAX) refuse(`at most ${LINES_MAX} lines, not ${lines.length}`);
  return lines
    .map((each, i) => ({ words: each.trim().split(/\s+/), line: i + 1 }))
    .filter(({ words }) => words[0] !== "");
}

/** What is refused in a file is told with its name. */
function inFile<T>({ name, text }: Named, read: (lines: readonly Line[]) => T): T {
  const result = refusing(() => read(linesOf(text)));
  return result.refused === undefined ? result.read : refuse(`${name}: ${result.refused.replace(/\.$/, "")}`);
}

type Lookup = (id: string, line: number) => number;
type Names = { readonly person: Lookup; readonly shift: Lookup; readonly skill: Lookup };
type Bare = Pick<Inrc2Roster, "name" | "weeks" | "skills" | "shifts" | "contracts"> & {
  readonly people: readonly Omit<Inrc2Person, "history">[];
};

const namesOf = ({ people, shifts, skills }: Bare): Names => ({
  person: lookupOf(
    people.map(({ id }) => id),
    "nurse",
  ),
  shift: lookupOf(
    shifts.map(({ id }) => id),
    "shift type",
  ),
  skill: lookupOf(skills, "skill"),
});

function lookupOf(ids: readonly string[], what: string): Lookup {
  const places = new Map(ids.map((id, place) => [id, place]));
  if (places.size < ids.length) refuse(`there are two of one ${what}`);
  return (id, line) => places.get(id) ?? refuse(`line ${line}: there is no ${what} "${shortened(id)}"`);
}

function scenarioOf(lines: readonly Line[]): Bare {
  const head = (key: string): string =>
    lines.find(({ words }) => words[0] === key && words[1] === "=")?.words[2] ?? refuse(`there is no ${key}`);
  const skills = sectionOf(lines, "SKILLS").map(({ words }) => words[0]!);
  const skill = lookupOf(skills, "skill");
  const shiftRows = sectionOf(lines, "SHIFT_TYPES");
  const shift = lookupOf(
    shiftRows.map(({ words }) => words[0]!),
    "shift type",
  );
  const forbidden = successionsOf(lines, shiftRows.length, shift);
  const shifts = shiftRows.map(({ words: [id = "", range = ""], line }, i): Inrc2Shift => {
    return { id, inRow: rangeOf(range, line), notBefore: forbidden.get(i) ?? [] };
  });
  if (shifts.length * skills.length >= VALUES_MAX) refuse(`at most ${VALUES_MAX - 1} shifts × skills`);
  const contracts = sectionOf(lines, "CONTRACTS").map(contractOf);
  const contract = lookupOf(
    contracts.map(({ id }) => id),
    "contract",
  );
  const people = sectionOf(lines, "NURSES").map(({ words: [id = "", contractId = "", count = "", ...list], line }) => {
    const known = whole(count, 0, skills.length, `line ${line}: number of skills`);
    if (list.length !== known) refuse(`line ${line}: ${known} skills are wanted, not ${list.length}`);
    return { id, contract: contract(contractId, line), skills: list.map((each) => skill(each, line)) };
  });
  return {
    name: head("SCENARIO"),
    weeks: whole(head("WEEKS"), 1, WEEKS_MAX, "WEEKS"),
    skills,
    shifts,
    contracts,
    people,
  };
}

/** The lines that belong to `TITLE = count`. */
function sectionOf(lines: readonly Line[], title: string): readonly Line[] {
  const at = lines.findIndex(({ words }) => words[0] === title && words[1] === "=");
  if (at === -1) return refuse(`there is no section ${title}`);
  const count = whole(lines[at]!.words[2] ?? "", 0, THINGS_MAX, `line ${lines[at]!.line}: ${title}`);
  const section = lines.slice(at + 1, at + 1 + count);
  return section.length === count && section.every(({ words }) => words[1] !== "=")
    ? section
    : refuse(`line ${lines[at]!.line}: the section ${title} has fewer than ${count} lines`);
}

/** The lines after a title without a count. */
function linesAfter(lines: readonly Line[], title: string, until: (line: Line) => boolean): readonly Line[] {
  const at = lines.findIndex(({ words }) => words[0] === title);
  if (at === -1) return refuse(`there is no section ${title}`);
  const end = lines.findIndex((line, i) => i > at && until(line));
  return lines.slice(at + 1, end === -1 ? lines.length : end);
}

function successionsOf(lines: readonly Line[], shifts: number, shift: Lookup): ReadonlyMap<number, readonly number[]> {
  const rows = linesAfter(lines, "FORBIDDEN_SHIFT_TYPES_SUCCESSIONS", ({ words }) => words[1] === "=").slice(0, shifts);
  return new Map(
    rows.map(({ words: [before = "", count = "", ...after], line }) => {
      const known = whole(count, 0, shifts, `line ${line}: number of successions`);
      if (after.length !== known) refuse(`line ${line}: ${known} shift types are wanted, not ${after.length}`);
      return [shift(before, line), after.map((each) => shift(each, line))];
    }),
  );
}

function contractOf({ words, line }: Line): Inrc2Contract {
  const [id = "", assignments = "", work = "", off = "", weekends = "", isWhole = ""] = words;
  return {
    id,
    assignments: rangeOf(assignments, line),
    workInRow: rangeOf(work, line),
    offInRow: rangeOf(off, line),
    weekendsMost: whole(weekends, 0, NUMBER_MAX, `line ${line}: most weekends`),
    hasWholeWeekends: whole(isWhole, 0, 1, `line ${line}: whole weekends`) === 1,
  };
}

function rangeOf(text: string, line: number): Inrc2Range {
  const [, least = "", most = ""] = /^\((\d+),(\d+)\)$/.exec(text) ?? [];
  if (least === "") return refuse(`line ${line}: a range is written (2,5), not "${shortened(text)}"`);
  return {
    least: whole(least, 0, NUMBER_MAX, `line ${line}: a range`),
    most: whole(most, 0, NUMBER_MAX, `line ${line}: a range`),
  };
}

function historiesOf(lines: readonly Line[], { person, shift }: Names): ReadonlyMap<number, Inrc2History> {
  const rows = linesAfter(lines, "NURSE_HISTORY", () => false);
  return new Map(
    rows.map(({ words: [id = "", ...rest], line }) => {
      const number = (i: number) => whole(rest[i] ?? "", 0, NUMBER_MAX, `line ${line}: number ${i + 1}`);
      const last = rest[2] ?? "";
      return [
        person(id, line),
        {
          assignments: number(0),
          weekends: number(1),
          lastShift: last === NONE ? null : shift(last, line),
          shiftInRow: number(3),
          workInRow: number(4),
          offInRow: number(5),
        },
      ];
    }),
  );
}

type Demand = Pick<Inrc2Roster, "shifts" | "skills" | "least" | "best">;

/** Writes a week's demand down, and returns its requests. */
function readWeek(lines: readonly Line[], roster: Demand, names: Names, firstDay: number): Inrc2Request[] {
  const { shifts, skills, least, best } = roster;
  const isRequests = ({ words }: Line) => words[0] === "SHIFT_OFF_REQUESTS";
  for (const { words, line } of linesAfter(lines, "REQUIREMENTS", isRequests)) {
    const [shift, skill] = [names.shift(words[0] ?? "", line), names.skill(words[1] ?? "", line)];
    if (words.length !== 9) refuse(`line ${line}: seven ranges are wanted, not ${words.length - 2}`);
    for (let day = 0; day < 7; day++) {
      const at = ((firstDay + day) * shifts.length + shift) * skills.length + skill;
      const range = rangeOf(words[2 + day]!, line);
      least[at] = range.least;
      best[at] = range.most;
    }
  }
  const requests = lines.some(isRequests) ? linesAfter(lines, "SHIFT_OFF_REQUESTS", () => false) : [];
  return requests.map(({ words: [person = "", shift = "", weekday = ""], line }) => ({
    person: names.person(person, line),
    shift: shift === ANY ? null : names.shift(shift, line),
    day: firstDay + weekdayOf(weekday, line),
  }));
}

function weekdayOf(text: string, line: number): number {
  const weekday = WEEKDAYS.findIndex((name) => name === text);
  return weekday === -1 ? refuse(`line ${line}: there is no weekday "${shortened(text)}"`) : weekday;
}
