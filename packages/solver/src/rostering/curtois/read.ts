import { refuse, refusing, shortened, whole, type Read } from "../../reading.ts";
import type { CurtoisCover, CurtoisPerson, CurtoisRequest, CurtoisRoster, CurtoisShift, Rows } from "./model.ts";

const LINES_MAX = 200_000;
const DAYS_MAX = 400;
const SHIFTS_MAX = 64;
const STAFF_MAX = 500;
const MINUTES_MAX = 1_000_000;
const WEIGHT_MAX = 1_000_000;

/** Reads a roster of schedulingbenchmarks.org: sections of lines of commas. */
export function readCurtois(text: string): Read<CurtoisRoster> {
  return refusing(() => {
    const sections = sectionsOf(text);
    const rows = (name: string) => sections.get(name) ?? refuse(`there is no section ${name}`);
    const optional = (name: string) => sections.get(name) ?? [];
    const [horizon] = rows("SECTION_HORIZON");
    const days = whole(horizon?.cells[0] ?? "", 1, DAYS_MAX, `line ${horizon?.line ?? 1}: the days`);
    const shifts = shiftsOf(atMost(rows("SECTION_SHIFTS"), SHIFTS_MAX, "shifts"));
    const shiftAt = placesOf(shifts, "shift");
    const off = atMost(optional("SECTION_DAYS_OFF"), STAFF_MAX, "lines of days off");
    const daysOff = new Map(
      off.map(({ cells: [id = "", ...list], line }) => [
        id,
        list.map((day) => whole(day, 0, days - 1, `line ${line}: day`)),
      ]),
    );
    const staff = atMost(rows("SECTION_STAFF"), STAFF_MAX, "people").map((row) => personOf(row, shiftAt, daysOff));
    const personAt = placesOf(staff, "employee");
    for (const { cells, line } of off) personAt(cells[0]!, line);
    const requestOf = ({ cells: [person = "", day = "", shift = "", weight = ""], line }: Row): CurtoisRequest => ({
      person: personAt(person, line),
      day: whole(day, 0, days - 1, `line ${line}: day`),
      shift: shiftAt(shift, line),
      weight: whole(weight, 0, WEIGHT_MAX, `line ${line}: weight`),
    });
    const coverOf = ({ cells: [day = "", shift = "", need = "", under = "", over = ""], line }: Row): CurtoisCover => ({
      day: whole(day, 0, days - 1, `line ${line}: day`),
      shift: shiftAt(shift, line),
      need: whole(need, 0, STAFF_MAX, `line ${line}: requirement`),
      underWeight: whole(under, 0, WEIGHT_MAX, `line ${line}: weight for under`),
      overWeight: whole(over, 0, WEIGHT_MAX, `line ${line}: weight for over`),
    });
    return {
      days,
      shifts,
      staff,
      onRequests: optional("SECTION_SHIFT_ON_REQUESTS").map(requestOf),
      offRequests: optional("SECTION_SHIFT_OFF_REQUESTS").map(requestOf),
      cover: rows("SECTION_COVER").map(coverOf),
    };
  });
}

/** Reads rows of a roster: CSV, the days' numbers in the head, one line for each employee, a shift or nothing for each day. */
export function readCurtoisRows({ days, shifts, staff }: CurtoisRoster, text: string): Read<Rows> {
  return refusing(() => {
    const [head, ...lines] = rowsOf(text);
    const isHead = head !== undefined && head.cells.length === days + 1 && head.cells[0] === "employee";
    if (!isHead) return refuse(`line 1: the head is "employee,0,1,…,${days - 1}"`);
    const shiftAt = placesOf(shifts, "shift");
    const personAt = placesOf(staff, "employee");
    const rows = new Uint8Array(staff.length * days);
    const seen = new Set<number>();
    for (const { cells, line } of lines) {
      const person = personAt(cells[0]!, line);
      if (seen.has(person)) refuse(`line ${line}: employee "${cells[0]}" is there twice`);
      seen.add(person);
      if (cells.length !== days + 1) refuse(`line ${line}: ${days} days are wanted, not ${cells.length - 1}`);
      for (let day = 0; day < days; day++) {
        const id = cells[day + 1]!;
        rows[person * days + day] = id === "" ? 0 : shiftAt(id, line) + 1;
      }
    }
    const missing = staff.find((_, person) => !seen.has(person));
    return missing === undefined ? rows : refuse(`employee "${missing.id}" has no line`);
  });
}

/** Writes rows as CSV. */
export function printCurtoisRows({ days, shifts, staff }: CurtoisRoster, rows: Rows): string {
  const head = ["employee", ...Array.from({ length: days }, (_, day) => `${day}`)];
  const lines = staff.map(({ id }, person) => [
    id,
    ...Array.from(rows.subarray(person * days, (person + 1) * days), (value) =>
      value === 0 ? "" : shifts[value - 1]!.id,
    ),
  ]);
  return [head, ...lines].map((cells) => `${cells.join(",")}\n`).join("");
}

type Row = { readonly cells: readonly string[]; readonly line: number };

function rowsOf(text: string): Row[] {
  const lines = text.replace(/^\uFEFF/, "").split(/\r?\n/);
  if (lines.length > LINES_MAX) refuse(`at most ${LINES_MAX} lines, not ${lines.length}`);
  return lines
    .map((line, i) => ({ cells: line.split(",").map((cell) => cell.trim()), line: i + 1 }))
    .filter(({ cells }) => (cells.length > 1 || cells[0] !== "") && !cells[0]!.startsWith("#"));
}

function sectionsOf(text: string): Map<string, Row[]> {
  const sections = new Map<string, Row[]>();
  let section: Row[] | null = null;
  for (const row of rowsOf(text)) {
    const name = row.cells[0]!;
    if (name.startsWith("SECTION_")) {
      if (sections.has(name)) refuse(`line ${row.line}: the section ${shortened(name)} is there twice`);
      section = [];
      sections.set(name, section);
    } else if (section === null) refuse(`line ${row.line}: "${shortened(name)}" stands before the first section`);
    else section.push(row);
  }
  return sections;
}

function shiftsOf(rows: readonly Row[]): CurtoisShift[] {
  if (rows.length === 0) refuse("there is no shift");
  const placeOf = placesOf(
    rows.map(({ cells: [id = ""] }) => ({ id })),
    "shift",
  );
  return rows.map(({ cells: [id = "", minutes = "", after = ""], line }) => ({
    id,
    minutes: whole(minutes, 1, MINUTES_MAX, `line ${line}: minutes`),
    notBefore: after === "" ? [] : after.split("|").map((each) => placeOf(each, line)),
  }));
}

function personOf(
  { cells, line }: Row,
  shiftAt: (id: string, line: number) => number,
  daysOff: ReadonlyMap<string, readonly number[]>,
): CurtoisPerson {
  const [id = "", most = "", ...numbers] = cells;
  const number = (i: number, what: string) => whole(numbers[i] ?? "", 0, MINUTES_MAX, `line ${line}: ${what}`);
  const shiftsMost = new Map(
    most.split("|").map((each) => {
      const [shift = "", count = ""] = each.split("=");
      return [shiftAt(shift, line), whole(count, 0, MINUTES_MAX, `line ${line}: most shifts`)];
    }),
  );
  return {
    id,
    shiftsMost: Array.from({ length: Math.max(...shiftsMost.keys()) + 1 }, (_, shift) => shiftsMost.get(shift) ?? 0),
    minutesMost: number(0, "most minutes"),
    minutesLeast: number(1, "least minutes"),
    inRowMost: number(2, "most shifts in a row"),
    inRowLeast: number(3, "least shifts in a row"),
    offInRowLeast: number(4, "least days off in a row"),
    weekendsMost: number(5, "most weekends"),
    daysOff: daysOff.get(id) ?? [],
  };
}

/** The place of an id; one that is not there is refused with the line that names it. */
function placesOf(things: readonly { readonly id: string }[], what: string) {
  const places = new Map(things.map(({ id }, place) => [id, place]));
  if (places.size < things.length) refuse(`a${what === "employee" ? "n" : ""} ${what} is there twice`);
  return (id: string, line: number): number =>
    places.get(id) ?? refuse(`line ${line}: there is no ${what} "${shortened(id)}"`);
}

const atMost = (rows: readonly Row[], most: number, what: string): readonly Row[] =>
  rows.length <= most ? rows : refuse(`at most ${most} ${what}, not ${rows.length}`);
