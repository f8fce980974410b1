import { seededRandom, wholeBetween, type Random } from "@hourwright/std";

const SEED = 20270318;
const DAYS = 364;
/** One in so many is a bar of one to four whole days. */
const BAR_EVERY = 25;
const TITLES = [
  "Spring course",
  "Boat check",
  "Fire drill",
  "Board",
  "Term of exams",
  "Open day for schools nearby",
  "Paint hall 3",
];

/** An .ics file of events all over a year: most at a quarter of an hour of the day, some of whole days. */
export function manyEvents(events: number, year: number): string {
  const random = seededRandom(SEED);
  return calendar(events, (i) => {
    const title = `${TITLES[wholeBetween(random, 0, TITLES.length - 1)]!} ${i}`;
    if (i % BAR_EVERY !== 0) return `${timed(random, dayOf(random, year, DAYS), 45)}SUMMARY:${title}\r\n`;
    const from = dayOf(random, year, DAYS - 4);
    const to = from.add({ days: wholeBetween(random, 1, 4) });
    return `DTSTART;VALUE=DATE:${print(from)}\r\nDTEND;VALUE=DATE:${print(to)}\r\nSUMMARY:${title}\r\n`;
  });
}

const WEEKS = 50;

/** An .ics file of weekly series of fifty dates each, `occurrences` in all. */
export function manyOccurrences(occurrences: number, year: number): string {
  const random = seededRandom(SEED);
  return calendar(
    occurrences / WEEKS,
    (i) => `${timed(random, dayOf(random, year, 7), 15)}RRULE:FREQ=WEEKLY;COUNT=${WEEKS}\r\nSUMMARY:Lesson ${i}\r\n`,
  );
}

function calendar(events: number, linesOf: (i: number) => string): string {
  const parts = ["BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:-//Hourwright//bench//EN\r\n"];
  for (let i = 0; i < events; i++) {
    parts.push(
      `BEGIN:VEVENT\r\nUID:year-${events}-${i}@hourwright.example\r\nDTSTAMP:20260101T000000Z\r\n${linesOf(i)}END:VEVENT\r\n`,
    );
  }
  return `${parts.join("")}END:VCALENDAR\r\n`;
}

function timed(random: Random, day: Temporal.PlainDate, minutes: number): string {
  const time = `${pad(wholeBetween(random, 7, 18))}${pad(wholeBetween(random, 0, 3) * 15)}00`;
  return `DTSTART;TZID=Europe/Prague:${print(day)}T${time}\r\nDURATION:PT${minutes}M\r\n`;
}

function dayOf(random: Random, year: number, days: number): Temporal.PlainDate {
  return Temporal.PlainDate.from({ year, month: 1, day: 1 }).add({ days: wholeBetween(random, 0, days - 1) });
}

const print = (day: Temporal.PlainDate): string => day.toString().replaceAll("-", "");
const pad = (value: number): string => String(value).padStart(2, "0");
