import { refuse, refusing, shortened, whole, type Read } from "../../reading.ts";
import { childOf, escaped, listOf, readXml, type Element } from "../../xml.ts";
import {
  BOUNDS,
  type Bound,
  type BoundName,
  type Inrc1Contract,
  type Inrc1Pattern,
  type Inrc1Person,
  type Inrc1Request,
  type Inrc1Roster,
} from "./model.ts";

const DAYS_MAX = 400;
const SHIFTS_MAX = 63;
const PEOPLE_MAX = 500;
const NUMBER_MAX = 1_000_000;
const PATTERN_ENTRIES_MAX = 7;
const WEEKDAYS = ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"] as const;
/** First weekday and length of the weekends that contracts know. */
const WEEKENDS: ReadonlyMap<string, readonly [number, number]> = new Map([
  ["SaturdaySunday", [5, 2]],
  ["FridaySaturdaySunday", [4, 3]],
  ["SaturdaySundayMonday", [5, 3]],
  ["FridaySaturdaySundayMonday", [4, 4]],
]);

/** Reads a scheduling period of the competition (XML). */
export function readInrc1(text: string): Read<Inrc1Roster> {
  return refusing(() => {
    const root = readXml(text);
    if (root.name !== "SchedulingPeriod") refuse(`line ${root.line}: <SchedulingPeriod> is wanted, not <${root.name}>`);
    const first = dateOf(childOf(root, "StartDate"));
    const days = first.until(dateOf(childOf(root, "EndDate"))).days + 1;
    if (days < 1 || days > DAYS_MAX) refuse(`line ${root.line}: a period has 1 to ${DAYS_MAX} days, not ${days}`);
    const shifts = listOf(root, "ShiftTypes", "Shift").map((shift) => ({
      id: idOf(shift),
      skills: listOf(shift, "Skills", "Skill").map((skill) => skill.text),
    }));
    if (shifts.length === 0 || shifts.length > SHIFTS_MAX)
      refuse(`line ${root.line}: 1 to ${SHIFTS_MAX} shift types are wanted, not ${shifts.length}`);
    const shiftAt = placesOf(shifts, "shift type");
    const patternElements = listOf(root, "Patterns", "Pattern");
    const patternAt = placesOf(
      patternElements.map((pattern) => ({ id: idOf(pattern) })),
      "pattern",
    );
    const contracts = listOf(root, "Contracts", "Contract").map((contract) => contractOf(contract, patternAt));
    const contractAt = placesOf(contracts, "contract");
    const people = listOf(root, "Employees", "Employee").map((person) => personOf(person, contractAt));
    if (people.length === 0 || people.length > PEOPLE_MAX)
      refuse(`line ${root.line}: 1 to ${PEOPLE_MAX} employees are wanted, not ${people.length}`);
    const period: Period = { first, days, shiftAt, personAt: placesOf(people, "employee") };
    return {
      id: root.attributes.get("ID") ?? "",
      firstDate: first.toString(),
      days,
      firstWeekday: first.dayOfWeek - 1,
      shifts,
      patterns: patternElements.map((pattern) => patternOf(pattern, shiftAt)),
      contracts,
      people,
      demand: demandOf(root, shifts.length, period),
      requests: requestsOf(root, period),
    };
  });
}

/** Reads a solution of the competition: one assignment for each day worked; null stands nowhere else. */
export function readInrc1Rows(roster: Inrc1Roster, text: string): Read<Uint8Array> {
  return refusing(() => {
    const root = readXml(text);
    if (root.name !== "Solution") refuse(`line ${root.line}: <Solution> is wanted, not <${root.name}>`);
    const period: Period = {
      first: Temporal.PlainDate.from(roster.firstDate),
      days: roster.days,
      shiftAt: placesOf(roster.shifts, "shift type"),
      personAt: placesOf(roster.people, "employee"),
    };
    const rows = new Uint8Array(roster.people.length * roster.days);
    for (const assignment of root.children) {
      if (assignment.name !== "Assignment") continue;
      const [person, shift] = [childOf(assignment, "Employee"), childOf(assignment, "ShiftType")];
      const cell = period.personAt(person) * roster.days + dayOf(childOf(assignment, "Date"), period);
      if (rows[cell] !== 0)
        refuse(`line ${assignment.line}: employee "${shortened(person.text)}" has two assignments on one day`);
      rows[cell] = period.shiftAt(shift) + 1;
    }
    return rows;
  });
}

/** Writes rows as the competition wants them. */
export function printInrc1Rows(roster: Inrc1Roster, rows: Uint8Array, penalty: number): string {
  const first = Temporal.PlainDate.from(roster.firstDate);
  const dates = Array.from({ length: roster.days }, (_, day) => first.add({ days: day }).toString());
  const assignments = [...rows].flatMap((value, cell) => {
    if (value === 0) return [];
    const person = roster.people[Math.floor(cell / roster.days)]!;
    const date = dates[cell % roster.days]!;
    return [
      `  <Assignment><Date>${date}</Date><Employee>${escaped(person.id)}</Employee><ShiftType>${escaped(roster.shifts[value - 1]!.id)}</ShiftType></Assignment>\n`,
    ];
  });
  return [
    '<?xml version="1.0" encoding="UTF-8"?>\n<Solution>\n',
    `  <SchedulingPeriodID>${escaped(roster.id)}</SchedulingPeriodID>\n`,
    `  <Competitor>Hourwright</Competitor>\n`,
    `  <SoftConstraintsPenalty>${penalty}</SoftConstraintsPenalty>\n`,
    ...assignments,
    "</Solution>\n",
  ].join("");
}

type Places = (element: Element) => number;

type Period = {
  readonly first: Temporal.PlainDate;
  readonly days: number;
  readonly shiftAt: Places;
  readonly personAt: Places;
};

const idOf = (element: Element): string =>
  element.attributes.get("ID") ?? refuse(`line ${element.line}: <${element.name}> has no ID`);

/** The place of what an element's text names. */
function placesOf(things: readonly { readonly id: string }[], what: string): Places {
  const places = new Map(things.map(({ id }, place) => [id, place]));
  if (places.size < things.length) refuse(`there are two of one ${what}`);
  return ({ text, line }) => places.get(text) ?? refuse(`line ${line}: there is no ${what} "${shortened(text)}"`);
}

function dateOf({ text, line, name }: Element): Temporal.PlainDate {
  if (/^\d{4}-\d\d-\d\d$/.test(text)) {
    try {
      return Temporal.PlainDate.from(text);
    } catch {
      // Falls through to the sentence for every date that is none.
    }
  }
  return refuse(`line ${line}: <${name}> is a date such as 2010-01-31, not "${shortened(text)}"`);
}

function dayOf(element: Element, { first, days }: Period): number {
  const day = first.until(dateOf(element)).days;
  return day >= 0 && day < days ? day : refuse(`line ${element.line}: ${element.text} is not within the period`);
}

const numberOf = (text: string, { line, name }: Element): number =>
  whole(text, 0, NUMBER_MAX, `line ${line}: <${name}>`);

const weightOf = (element: Element): number => numberOf(element.attributes.get("weight") ?? "1", element);

function contractOf(element: Element, patternAt: Places): Inrc1Contract {
  const bounds = BOUNDS.map((name): [BoundName, Bound] => [name, boundOf(element, name)]);
  const weekend = element.children.find(({ name }) => name === "WeekendDefinition");
  const [weekendStart, weekendDays] =
    WEEKENDS.get(weekend?.text ?? "SaturdaySunday") ??
    refuse(`line ${weekend!.line}: there is no weekend "${shortened(weekend!.text)}"`);
  const weightIfTrue = (name: string): number => {
    const rule = element.children.find((child) => child.name === name);
    return rule === undefined || !isTrue(rule.text) ? 0 : weightOf(rule);
  };
  return {
    id: idOf(element),
    bounds: Object.fromEntries(bounds) as Readonly<Record<BoundName, Bound>>,
    weekendStart,
    weekendDays,
    completeWeekends: weightIfTrue("CompleteWeekends"),
    identicalWeekends: weightIfTrue("IdenticalShiftTypesDuringWeekend"),
    alternativeSkill: weightIfTrue("AlternativeSkillCategory"),
    patterns: listOf(element, "UnwantedPatterns", "Pattern").map(patternAt),
  };
}

const isTrue = (text: string | undefined): boolean => text === "true" || text === "1";

function boundOf(contract: Element, name: BoundName): Bound {
  const bound = contract.children.find((child) => child.name === name);
  if (bound === undefined || !isTrue(bound.attributes.get("on") ?? "1")) return null;
  const weight = weightOf(bound);
  return weight === 0 ? null : { value: numberOf(bound.text, bound), weight };
}

function personOf(element: Element, contractAt: Places): Inrc1Person {
  return {
    id: idOf(element),
    contract: contractAt(childOf(element, "ContractID")),
    skills: listOf(element, "Skills", "Skill").map((skill) => skill.text),
  };
}

function patternOf(element: Element, shiftAt: Places): Inrc1Pattern {
  const entries = [...listOf(element, "PatternEntries", "PatternEntry")].sort((a, b) => indexOf(a) - indexOf(b));
  if (entries.length === 0 || entries.length > PATTERN_ENTRIES_MAX)
    refuse(`line ${element.line}: a pattern has 1 to ${PATTERN_ENTRIES_MAX} entries, not ${entries.length}`);
  const day = childOf(entries[0]!, "Day");
  return {
    weight: weightOf(element),
    weekday: day.text === "Any" ? null : weekdayOf(day),
    entries: entries.map((entry) => {
      const shift = childOf(entry, "ShiftType");
      if (shift.text === "None") return "off";
      return shift.text === "Any" ? "any" : shiftAt(shift) + 1;
    }),
  };
}

const indexOf = (entry: Element): number => numberOf(entry.attributes.get("index") ?? "", entry);

function weekdayOf({ text, line }: Element): number {
  const weekday = WEEKDAYS.findIndex((name) => name === text);
  return weekday === -1 ? refuse(`line ${line}: there is no weekday "${shortened(text)}"`) : weekday;
}

/** A date's own demand replaces that of its weekday. */
function demandOf(root: Element, shifts: number, period: Period): Int32Array {
  const demand = new Int32Array(period.days * shifts);
  const put = (cover: Element, days: readonly number[]) => {
    const shift = period.shiftAt(childOf(cover, "Shift"));
    const preferred = childOf(cover, "Preferred");
    const people = whole(preferred.text, 0, PEOPLE_MAX, `line ${preferred.line}: <Preferred>`);
    for (const day of days) demand[day * shifts + shift] = people;
  };
  const firstWeekday = period.first.dayOfWeek - 1;
  for (const cover of listOf(root, "CoverRequirements", "DayOfWeekCover")) {
    const weekday = weekdayOf(childOf(cover, "Day"));
    const days = [...Array(period.days).keys()].filter((day) => (firstWeekday + day) % 7 === weekday);
    for (const each of cover.children) if (each.name === "Cover") put(each, days);
  }
  for (const cover of listOf(root, "CoverRequirements", "DateSpecificCover")) {
    const day = dayOf(childOf(cover, "Date"), period);
    for (const each of cover.children) if (each.name === "Cover") put(each, [day]);
  }
  return demand;
}

const REQUESTS = [
  { list: "DayOffRequests", name: "DayOff", isOn: false, isShift: false },
  { list: "DayOnRequests", name: "DayOn", isOn: true, isShift: false },
  { list: "ShiftOffRequests", name: "ShiftOff", isOn: false, isShift: true },
  { list: "ShiftOnRequests", name: "ShiftOn", isOn: true, isShift: true },
] as const;

const requestsOf = (root: Element, period: Period): Inrc1Request[] =>
  REQUESTS.flatMap(({ list, name, isOn, isShift }) =>
    listOf(root, list, name).map((request) => ({
      isOn,
      person: period.personAt(childOf(request, "EmployeeID")),
      day: dayOf(childOf(request, "Date"), period),
      shift: isShift ? period.shiftAt(childOf(request, "ShiftTypeID")) : null,
      weight: weightOf(request),
    })),
  );
