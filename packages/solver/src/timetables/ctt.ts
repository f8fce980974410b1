import { refuse, refusing, whole, type Read } from "../reading.ts";
import type { Course, Curriculum, Lecture, Room, Timetable } from "./timetable.ts";

const LINES_MAX = 200_000;
const LECTURES_MAX = 20_000;
const ROOMS_MAX = 1_000;
/** A day's periods are the bits of a number. */
const PERIODS_PER_DAY_MAX = 16;
const DAYS_MAX = 366;

/** Reads a problem of the competition (`.ctt`): a head of seven lines, then courses, rooms, curricula and periods that are not available. */
export function readCtt(text: string): Read<Timetable> {
  return refusing(() => {
    const lines = linesOf(text);
    const head = new Map(
      lines
        .filter(({ words }) => words[0]!.endsWith(":") && words.length === 2)
        .map(({ words }) => [words[0], words[1]!]),
    );
    const number = (key: string, max: number) => whole(head.get(key) ?? "", 1, max, key);
    const [days, periodsPerDay] = [number("Days:", DAYS_MAX), number("Periods_per_day:", PERIODS_PER_DAY_MAX)];
    const rows = sectionOf(lines, "ROOMS:", number("Rooms:", ROOMS_MAX));
    const rooms = rows.map(({ words: [id = "", seats = ""], line }): Room => {
      return { id, seats: whole(seats, 0, 1e6, `line ${line}: seats`) };
    });
    const bare = sectionOf(lines, "COURSES:", number("Courses:", LECTURES_MAX)).map(courseOf);
    const places = placesOf(bare.map(({ id }) => id));
    const course = (id: string, line: number) => places.get(id) ?? refuse(`line ${line}: there is no course "${id}"`);
    const curricula = sectionOf(
      lines,
      "CURRICULA:",
      whole(head.get("Curricula:") ?? "", 0, LINES_MAX, "Curricula:"),
    ).map(({ words: [id = "", , ...members], line }): Curriculum => ({
      id,
      courses: members.map((each) => course(each, line)),
    }));
    const count = whole(head.get("Constraints:") ?? "", 0, LINES_MAX, "Constraints:");
    const unavailable = new Map<number, number[]>();
    for (const { words, line } of sectionOf(lines, "UNAVAILABILITY_CONSTRAINTS:", count)) {
      const day = whole(words[1] ?? "", 0, days - 1, `line ${line}: day`);
      const period = whole(words[2] ?? "", 0, periodsPerDay - 1, `line ${line}: period`);
      const place = course(words[0]!, line);
      unavailable.set(place, [...(unavailable.get(place) ?? []), day * periodsPerDay + period]);
    }
    const courses = bare.map((each, place): Course => ({ ...each, unavailable: unavailable.get(place) ?? [] }));
    const lectures = courses.reduce((sum, each) => sum + each.lectures, 0);
    if (lectures > LECTURES_MAX) refuse(`at most ${LECTURES_MAX} lectures, not ${lectures}`);
    const full = courses.find((each) => new Set(each.unavailable).size === days * periodsPerDay);
    if (full !== undefined) refuse(`course "${full.id}" is available in no period`);
    return { name: head.get("Name:") ?? "", days, periodsPerDay, courses, rooms, curricula };
  });
}

function courseOf({ words, line }: Line): Omit<Course, "unavailable"> {
  const [id = "", teacher = "", lectures = "", daysLeast = "", students = ""] = words;
  return {
    id,
    teacher,
    lectures: whole(lectures, 1, LECTURES_MAX, `line ${line}: lectures`),
    daysLeast: whole(daysLeast, 0, DAYS_MAX, `line ${line}: days`),
    students: whole(students, 0, 1e6, `line ${line}: students`),
  };
}

/** Writes a solution as the competition wants it: course, room, day and period of the day, a line each lecture. */
export function printSolution({ courses, rooms, periodsPerDay }: Timetable, lectures: readonly Lecture[]): string {
  return lectures
    .map(({ course, room, period }) => {
      const [day, ofDay] = [Math.floor(period / periodsPerDay), period % periodsPerDay];
      return `${courses[course]!.id} ${rooms[room]!.id} ${day} ${ofDay}\n`;
    })
    .join("");
}

/** Reads a solution in the competition's format. It may break every rule; only names and numbers must be there. */
export function readSolution(timetable: Timetable, text: string): Read<Lecture[]> {
  const { courses, rooms, days, periodsPerDay } = timetable;
  return refusing(() => {
    const courseAt = placesOf(courses.map(({ id }) => id));
    const roomAt = placesOf(rooms.map(({ id }) => id));
    return linesOf(text).map(({ words: [course = "", room = "", day = "", period = ""], line }) => ({
      course: courseAt.get(course) ?? refuse(`line ${line}: there is no course "${course}"`),
      room: roomAt.get(room) ?? refuse(`line ${line}: there is no room "${room}"`),
      period:
        whole(day, 0, days - 1, `line ${line}: day`) * periodsPerDay +
        whole(period, 0, periodsPerDay - 1, `line ${line}: period`),
    }));
  });
}

type Line = { readonly words: readonly string[]; readonly line: number };

function linesOf(text: string): Line[] {
  const lines = text.split(/\r?\n/);
  if (lines.length > LINES_MAX) refuse(`at most ${LINES_MAX} lines, not ${lines.length}`);
  return lines
    .map((each, i) => ({ words: each.trim().split(/\s+/), line: i + 1 }))
    .filter(({ words }) => words[0] !== "");
}

function sectionOf(lines: readonly Line[], title: string, count: number): readonly Line[] {
  const at = lines.findIndex(({ words }) => words.length === 1 && words[0] === title);
  if (at === -1) return count === 0 ? [] : refuse(`there is no section ${title}`);
  const section = lines.slice(at + 1, at + 1 + count);
  const isCut = section.length < count || section.some(({ words }) => words[0] === "END." || words[0]!.endsWith(":"));
  return isCut ? refuse(`the section ${title} has fewer than ${count} lines`) : section;
}

function placesOf(ids: readonly string[]): Map<string, number> {
  const places = new Map(ids.map((id, place) => [id, place]));
  return places.size === ids.length ? places : refuse("a course or room is there twice");
}
