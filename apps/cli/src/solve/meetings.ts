import { explainScore, solveInSlices } from "@hourwright/solver";
import { meetingProblem, meetsOf, planRefusal, type Meeting, type MeetingPlan } from "@hourwright/solver/meetings";
import { Refusal, stoppedText, watched, type Planned, type Run } from "./planned.ts";
import { readSheets } from "./xlsx.ts";

const GRAIN_MINUTES = 15;
const LUNCH_MINUTES = 60;
/** Seats of a room, minutes of a meeting. */
const NUMBER_MAX = 1_000_000;
const GRAINS_A_DAY_MAX = (24 * 60) / GRAIN_MINUTES;

/** A day of the spreadsheet: its name, and the minute at which each of its grains begins (lunch has none). */
type Day = { readonly name: string; readonly minutes: readonly number[] };

/** Meetings from a spreadsheet with the sheets Days, Rooms, Persons and Meetings, as OptaPlanner's example has them. */
export async function solveMeetings(file: Uint8Array, { question, budget, stop, io }: Run): Promise<Planned> {
  const { plan, days } = readMeetings(file);
  const refusal = planRefusal(plan);
  if (refusal !== null) throw new Refusal(refusal);
  const problem = meetingProblem(plan);
  const slices = solveInSlices(problem, { seed: question.seed, budget, signal: stop });
  const { values, score, steps, stopped } = await watched(slices, io);
  const parts = explainScore(problem, values);
  const times = days.flatMap(({ name, minutes }) => minutes.map((minute) => `${name}\t${clock(minute)}`));
  const lines = meetsOf(plan, values).map(({ grain, room }, meeting) => {
    const { name, grains } = plan.meetings[meeting]!;
    return `${name}\t${times[grain]}\t${grains * GRAIN_MINUTES}\t${plan.rooms[room]!.name}\n`;
  });
  return {
    text: `Meeting\tDay\tStart\tMinutes\tRoom\n${lines.join("")}`,
    summary: `${plan.meetings.length} meetings: ${score.hard} hard points, ${score.soft} soft points after ${steps} steps${stoppedText(stopped)}.`,
    cost: score.soft,
    byConstraint: Object.fromEntries(parts.map(({ name, points }) => [name, points])),
    isFeasible: score.hard === 0,
    steps,
    stopped,
  };
}

/** The plan of a spreadsheet, and when its grains are. */
export function readMeetings(file: Uint8Array): { plan: MeetingPlan; days: readonly Day[] } {
  const sheets = readSheets(file, ["Days", "Rooms", "Persons", "Meetings"]);
  const rows = (name: string) => tableOf(sheets.get(name)!);
  const days = rows("Days").map(dayOf);
  const rooms = rows("Rooms").map((row) => ({ name: row.get("Name") ?? "", seats: numberOf(row, "Capacity") }));
  const people = rows("Persons").map((row) => row.get("Full name") ?? "");
  const places = new Map(people.map((name, place) => [name, place]));
  const meetings = rows("Meetings").map((row) => meetingOf(row, places));
  return { plan: { rooms, people, dayGrains: days.map(({ minutes }) => minutes.length), meetings }, days };
}

type Row = ReadonlyMap<string, string>;

/** Rows below the head, each cell by its column's name; rows without a first cell are left out. */
function tableOf([head = [], ...rows]: readonly (readonly string[])[]): Row[] {
  return rows.filter(([first = ""]) => first !== "").map((row) => new Map(head.map((name, i) => [name, row[i] ?? ""])));
}

function dayOf(row: Row): Day {
  const [from, to, lunch] = [minutesOf(row, "Start"), minutesOf(row, "End"), minutesOf(row, "Lunch hour start time")];
  const minutes = Array.from({ length: GRAINS_A_DAY_MAX }, (_, i) => from + i * GRAIN_MINUTES).filter(
    (minute) => minute + GRAIN_MINUTES <= to && (minute < lunch || minute >= lunch + LUNCH_MINUTES),
  );
  return { name: row.get("Day") ?? "", minutes };
}

function meetingOf(row: Row, places: ReadonlyMap<string, number>): Meeting {
  const name = row.get("Topic") ?? "";
  const peopleOf = (column: string): number[] =>
    (row.get(column) ?? "")
      .split(", ")
      .filter((person) => person !== "")
      .map((person) => places.get(person) ?? refuse(`"${name}" invites "${person}", who is not among the persons.`));
  const required = [...new Set(peopleOf("Required attendance list"))];
  const preferred = [...new Set(peopleOf("Preferred attendance list"))].filter((person) => !required.includes(person));
  return { name, grains: Math.ceil(numberOf(row, "Duration") / GRAIN_MINUTES), required, preferred };
}

function numberOf(row: Row, column: string): number {
  const value = Number(row.get(column) || Number.NaN);
  return Number.isInteger(value) && value >= 0 && value <= NUMBER_MAX
    ? value
    : refuse(`${column}: "${row.get(column)}" is no whole number up to ${NUMBER_MAX}.`);
}

function minutesOf(row: Row, column: string): number {
  const [, hours, minutes] = /^(\d\d):(\d\d)$/.exec(row.get(column) ?? "") ?? [];
  if (hours === undefined || minutes === undefined)
    return refuse(`${column}: "${row.get(column)}" is no time such as 08:00.`);
  return Number(hours) * 60 + Number(minutes);
}

const clock = (minute: number): string =>
  `${String(Math.floor(minute / 60)).padStart(2, "0")}:${String(minute % 60).padStart(2, "0")}`;

function refuse(sentence: string): never {
  throw new Refusal(sentence);
}
