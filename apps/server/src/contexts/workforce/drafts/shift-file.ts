import { limits } from "@hourwright/contract";
import type { Row, Wrong } from "../../../platform/sheets/sheet.ts";
import { faultOf, wrongLine, type Fault } from "../../../platform/sheets/wrong.ts";
import { clockOf } from "../hours/decide.ts";
import { cut, DAY_MINUTES, dayOf, minuteOf, type Read } from "../staff/cells.ts";

// Pure: the shifts that a file has, a row for each, or people down and days across.

/** One shift as a file says it. `person` null: of nobody yet. */
export type FileShift = {
  readonly line: number;
  /** The column it was read from, for who looks for it. */
  readonly column: string;
  readonly person: string | null;
  readonly day: string;
  readonly starts: string;
  readonly minutes: number;
  readonly breakMinutes: number;
  readonly name: string;
  readonly site: string | null;
  readonly skill: string | null;
};

type Found = { readonly shifts: readonly FileShift[]; readonly wrong: readonly Wrong[] };

/** How columns are called: in English, then German, French and Spanish; upper and lower case are alike. */
const COLUMNS = {
  person: [
    "person",
    "name",
    "email",
    "e-mail",
    "mail",
    "employee number",
    "mitarbeiter",
    "personalnummer",
    "nom",
    "nombre",
  ],
  day: ["day", "date", "tag", "datum", "jour", "día", "fecha"],
  from: ["from", "start", "begin", "von", "beginn", "de", "début", "desde", "inicio"],
  to: ["to", "until", "end", "bis", "ende", "à", "fin", "hasta"],
  break: ["break", "break minutes", "pause", "pausen", "pausa", "descanso"],
  shift: ["shift", "dienst", "schicht", "service", "turno"],
  site: ["site", "ort", "standort", "lieu", "lugar"],
  skill: ["skill", "qualifikation", "fähigkeit", "compétence", "habilidad"],
} as const;
type Column = keyof typeof COLUMNS;
const NEEDED = ["person", "day", "from", "to"] as const;

const columnOf = (cell: string): Column | null => {
  const name = cell.trim().toLowerCase();
  return (Object.keys(COLUMNS) as Column[]).find((each) => (COLUMNS[each] as readonly string[]).includes(name)) ?? null;
};

const TEXT_MAX = 200;
/** What a row under which the meaning of codes stands begins with. */
const LEGEND: ReadonlySet<string> = new Set(["legend", "legende", "légende", "leyenda"]);

/**
 * The shifts of a file, and what is wrong with it, by line. Whether it has a row for each shift or days across is read from its first row.
 * Two shifts of one person that overlap are wrong: the second line is told. O(n log n); no more than `DRAFT_ITEMS_MAX` shifts.
 */
export function shiftsIn(rows: readonly Row[]): Found {
  const [header, ...rest] = rows;
  if (header === undefined) return { shifts: [], wrong: [wrongLine(1, "", "empty", {})] };
  const isGrid = header.cells.slice(1).some((cell) => "value" in dayOf(cell.trim()));
  const found = isGrid ? gridIn(header, rest) : listIn(header, rest);
  if (found.shifts.length > limits.DRAFT_ITEMS_MAX)
    return { shifts: [], wrong: [wrongLine(1, "", "shifts", { most: limits.DRAFT_ITEMS_MAX })] };
  return { shifts: found.shifts, wrong: [...found.wrong, ...tooFar(found.shifts), ...overlapping(found.shifts)] };
}

function listIn(header: Row, rows: readonly Row[]): Found {
  const columns = header.cells.map(columnOf);
  const wrong = wrongHeader(header, columns);
  if (wrong.length > 0) return { shifts: [], wrong };
  const shifts = rows.flatMap((row) => shiftIn(row, columns, wrong) ?? []);
  return { shifts, wrong };
}

function wrongHeader({ line, cells }: Row, columns: readonly (Column | null)[]): Wrong[] {
  const missing = NEEDED.filter((column) => !columns.includes(column)).map((column) =>
    wrongLine(line, column, "no-column-or-days", { column }),
  );
  const twice = columns.find((column, at) => column !== null && columns.indexOf(column) !== at) ?? null;
  const unknown = cells.filter((cell, at) => columns[at] === null && cell.trim() !== "");
  return [
    ...missing,
    ...(twice === null ? [] : [wrongLine(line, twice, "column-twice", { column: twice })]),
    ...unknown.map((cell) => {
      const column = cell.slice(0, 100);
      return wrongLine(line, column, "unknown-column", { column, columns: Object.keys(COLUMNS) });
    }),
  ];
}

function shiftIn({ line, cells }: Row, columns: readonly (Column | null)[], wrong: Wrong[]): FileShift | null {
  const before = wrong.length;
  const cell = (column: Column): string => cells[columns.indexOf(column)]?.trim() ?? "";
  const read = <Value>(column: Column, reader: (text: string) => Read<Value>): Value | null => {
    const found = reader(cell(column));
    if ("value" in found) return found.value;
    wrong.push(found.why(line, column));
    return null;
  };
  if (cells.length > columns.length)
    wrong.push(wrongLine(line, "", "fields", { fields: cells.length, most: columns.length }));
  const [person, name, site, skill] = (["person", "shift", "site", "skill"] as const).map((column) =>
    read(column, textOf),
  );
  const day = read("day", dayOf);
  const [from, to] = [read("from", timeOf), read("to", timeOf)];
  const breakMinutes = read("break", breakOf);
  const times = from === null || to === null ? null : timesOf(from, to);
  if (times !== null && "why" in times) wrong.push(times.why(line, "to"));
  if (wrong.length > before || day === null || times === null || "why" in times) return null;
  if (breakMinutes! >= times.value.minutes) {
    wrong.push(wrongLine(line, "break", "break-long", {}));
    return null;
  }
  return {
    line,
    column: "",
    person: person!,
    day,
    ...times.value,
    breakMinutes: breakMinutes!,
    name: name ?? "",
    site: site!,
    skill: skill!,
  };
}

/** An empty cell is null. */
function textOf(text: string): Read<string | null> {
  if (text.length > TEXT_MAX) return { why: faultOf("long", { most: TEXT_MAX }) };
  if (text.includes("\0") || !text.isWellFormed()) return { why: faultOf("characters", {}) };
  return { value: text === "" ? null : text };
}

function timeOf(text: string): Read<number> {
  const minute = minuteOf(text);
  return minute === null ? { why: faultOf("no-time", cut(text)) } : { value: minute };
}

type Times = { readonly starts: string; readonly minutes: number };

/** One that ends before it begins, or when it begins, ends on the next day. */
function timesOf(from: number, to: number): Read<Times> {
  if (from === DAY_MINUTES) return { why: faultOf("shift-begins", {}) };
  return { value: { starts: clockOf(from), minutes: to > from ? to - from : to + DAY_MINUTES - from } };
}

/** `30`, `30 min`, `0:30`, or nothing. */
function breakOf(text: string): Read<number> {
  const clock = /^(\d{1,2}):([0-5]\d)$/.exec(text);
  const minutes = clock === null ? /^(\d{1,4})\s*(?:min|m|')?$/i.exec(text) : null;
  if (text === "" || text === "-") return { value: 0 };
  if (clock !== null) return { value: Number(clock[1]) * 60 + Number(clock[2]) };
  return minutes === null ? { why: faultOf("no-break", cut(text)) } : { value: Number(minutes[1]) };
}

/** What a cell of a grid means: times, or a code of the legend. */
type Meaning = Pick<FileShift, "starts" | "minutes" | "breakMinutes" | "name" | "site" | "skill">;

function gridIn(header: Row, rows: readonly Row[]): Found {
  const wrong: Wrong[] = [];
  const days = header.cells.slice(1).map((cell) => gridDayOf(header.line, cell, wrong));
  wrong.push(...daysTwice(header.line, days));
  const legendAt = rows.findIndex(({ cells }) => LEGEND.has((cells[0] ?? "").trim().toLowerCase().replace(/:$/, "")));
  const legend = legendIn(legendAt === -1 ? [] : rows.slice(legendAt + 1), wrong);
  if (days.filter((day) => day !== null).length > limits.DRAFT_DAYS_MAX)
    wrong.push(wrongLine(header.line, "", "draft-days", { most: limits.DRAFT_DAYS_MAX }));
  if (wrong.length > 0) return { shifts: [], wrong };
  const shifts: FileShift[] = [];
  for (const row of legendAt === -1 ? rows : rows.slice(0, legendAt)) {
    shifts.push(...personIn(row, days, legend, wrong));
    if (shifts.length > limits.DRAFT_ITEMS_MAX) break;
  }
  return { shifts, wrong };
}

function gridDayOf(line: number, cell: string, wrong: Wrong[]): string | null {
  // “Mon 2027-03-01”, “Mo, 01.03.2027”: the name of the day says nothing more.
  const text = cell.trim().replace(/^\p{L}+\.?,?\s+/u, "");
  if (text === "") return null;
  const day = dayOf(text);
  if ("value" in day) return day.value;
  wrong.push(day.why(line, cell.slice(0, 100)));
  return null;
}

const daysTwice = (line: number, days: readonly (string | null)[]): Wrong[] =>
  days.flatMap((day, at) =>
    day !== null && days.indexOf(day) !== at ? [wrongLine(line, day, "day-twice", { day })] : [],
  );

/** Rows of a code, its times, minutes of break, site and skill. */
function legendIn(rows: readonly Row[], wrong: Wrong[]): ReadonlyMap<string, readonly Meaning[]> {
  const legend = new Map<string, readonly Meaning[]>();
  for (const { line, cells } of rows) {
    const [code = "", times = "", pause = "", site = "", skill = ""] = cells.map((cell) => cell.trim());
    const say = (column: string, why: Fault) => void wrong.push(why(line, column));
    const [breakMinutes, where, what] = [breakOf(pause), textOf(site), textOf(skill)];
    for (const [column, found] of [
      ["break", breakMinutes],
      ["site", where],
      ["skill", what],
    ] as const)
      if ("why" in found) say(column, found.why);
    if (code === "" || code.length > TEXT_MAX) say("code", faultOf("code-length", { most: TEXT_MAX }));
    if (legend.has(code.toLowerCase())) say("code", faultOf("code-twice", cut(code)));
    const read = times === "" || times === "-" ? { value: [] } : meaningsOf(times);
    if ("why" in read) say("times", read.why);
    else if ("value" in breakMinutes && "value" in where && "value" in what)
      legend.set(
        code.toLowerCase(),
        read.value.map((each) => ({
          ...each,
          breakMinutes: breakMinutes.value || each.breakMinutes,
          name: code,
          site: where.value,
          skill: what.value,
        })),
      );
    const isTooLong = (legend.get(code.toLowerCase()) ?? []).some((each) => each.breakMinutes >= each.minutes);
    if (isTooLong) say("break", faultOf("break-long", {}));
  }
  return legend;
}

const SHIFTS_OF_A_CELL_MAX = 8;

function personIn(
  { line, cells }: Row,
  days: readonly (string | null)[],
  legend: ReadonlyMap<string, readonly Meaning[]>,
  wrong: Wrong[],
): FileShift[] {
  const person = textOf((cells[0] ?? "").trim());
  if ("why" in person) {
    wrong.push(person.why(line, "person"));
    return [];
  }
  return cells.slice(1).flatMap((cell, at): FileShift[] => {
    const text = cell.trim();
    const day = days[at] ?? null;
    if (text === "" || text === "-" || text === "–") return [];
    if (day === null) {
      wrong.push(wrongLine(line, `${at + 2}`, "no-day-above", {}));
      return [];
    }
    const known = legend.get(text.toLowerCase());
    const read = known === undefined ? meaningsOf(text, legend) : { value: known };
    if ("value" in read) return read.value.map((each) => ({ line, column: day, person: person.value, day, ...each }));
    wrong.push(read.why(line, day));
    return [];
  });
}

/** `07:00-15:00`, `07:00-15:00 (30)` with half an hour of break, or a code; several by commas or lines. */
function meaningsOf(
  text: string,
  legend: ReadonlyMap<string, readonly Meaning[]> = new Map(),
): Read<readonly Meaning[]> {
  const parts = text.split(/\s*[,;\n]\s*/);
  if (parts.length > SHIFTS_OF_A_CELL_MAX) return { why: faultOf("day-shifts", { most: SHIFTS_OF_A_CELL_MAX }) };
  const value: Meaning[] = [];
  for (const part of parts) {
    const known = legend.get(part.toLowerCase());
    if (known !== undefined) {
      value.push(...known);
      continue;
    }
    const written = /^([^-–—(/]+?)\s*[-–—]\s*([^-–—(/]+?)\s*(?:\((\d{1,4})\)|\/\s*(\d{1,4}))?$/.exec(part);
    const [from, to] = [minuteOf(written?.[1] ?? ""), minuteOf(written?.[2] ?? "")];
    if (from === null || to === null) return { why: faultOf("no-span-or-code", cut(part)) };
    const times = timesOf(from, to);
    if ("why" in times) return times;
    const breakMinutes = Number(written![3] ?? written![4] ?? 0);
    if (breakMinutes >= times.value.minutes) return { why: faultOf("break-long", {}) };
    value.push({ ...times.value, breakMinutes, name: "", site: null, skill: null });
  }
  return { value };
}

/** Shifts that no draft holds together with the first one: what stands is read of all days between. */
function tooFar(shifts: readonly FileShift[]): Wrong[] {
  const first = shifts.reduce((min, { day }) => (day < min ? day : min), shifts[0]?.day ?? "");
  if (first === "") return [];
  const end = Temporal.PlainDate.from(first).add({ days: limits.DRAFT_DAYS_MAX }).toString();
  return shifts
    .filter(({ day }) => day >= end)
    .map(({ line, day }) => wrongLine(line, "day", "far-days", { day, first, most: limits.DRAFT_DAYS_MAX }));
}

/** Shifts of one person that meet another of theirs: by what the file calls them. */
function overlapping(shifts: readonly FileShift[]): Wrong[] {
  const byPerson = Map.groupBy(
    shifts.filter(({ person }) => person !== null),
    ({ person }) => person!.toLowerCase(),
  );
  return [...byPerson.values()].flatMap((own) => {
    const placed = own
      .map((shift) => ({ shift, from: minuteAt(shift) }))
      .toSorted((one, other) => one.from - other.from);
    return placed.flatMap(({ shift, from }, at) => {
      const last = placed[at - 1];
      if (last === undefined || last.from + last.shift.minutes <= from) return [];
      const [first, second] = [last.shift, shift].toSorted((one, other) => one.line - other.line);
      const { day, starts, line: other } = first!;
      return [wrongLine(second!.line, second!.column, "overlaps", { day, starts, other })];
    });
  });
}

/** Minutes of the clock since a fixed day: enough to tell whether two shifts of one person meet. */
const minuteAt = ({ day, starts }: FileShift): number =>
  Temporal.PlainDate.from(day).since("1970-01-01").days * DAY_MINUTES + minuteOf(starts)!;
