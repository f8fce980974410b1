import { oneOf, seededRandom, wholeBetween, type Random } from "@hourwright/std";
import { fileToJCal, fold, parse, print, type ParsedFile } from "@hourwright/ical";
import type { Result } from "./report.ts";
import { beside, collectGarbage, rounded, timed, type Side, type Times } from "./time-report.ts";

/** What we use of ical.js: a file as text to jCal and back. */
export type IcalJs = { parse(text: string): unknown; stringify(jcal: unknown): string };

const SEED = 20270320;
const MEGABYTE = 1_000_000;
const SMALL_BYTES = 10 * MEGABYTE;
const LARGE_BYTES = 100 * MEGABYTE;

/** A calendar file of 10 MB, beside the library that most programs in JavaScript read theirs with; and one of 100 MB. */
export function icalResults(icalJs: IcalJs, say: (text: string) => void): Result[] {
  say("iCalendar: 10 MB parsed and printed, 100 MB parsed …");
  const bytes = calendarFile(SMALL_BYTES);
  const text = new TextDecoder().decode(bytes);
  const oddlyFolded = new TextEncoder().encode(text.replaceAll("\r\n ", "").replace(/(.{60})(?=.)/g, "$1\r\n "));
  const [own, ownJCal, theirs] = timed([
    side(() => parse(bytes)),
    side(() => fileToJCal(parse(bytes).nodes)),
    side(() => icalJs.parse(text)),
  ]) as [Times, Times, Times];
  const tree = parse(bytes);
  const oddTree = parse(oddlyFolded);
  const jcal = icalJs.parse(text);
  const [ownPrint, ownFolded, theirPrint] = timed([
    side(() => print(tree.nodes)),
    side(() => print(oddTree.nodes)),
    side(() => icalJs.stringify(jcal)),
  ]) as [Times, Times, Times];
  return [
    beside("10 MB of .ics parsed to a tree", own.askMs, "ical.js", theirs.askMs, 3),
    beside("10 MB of .ics parsed to jCal, every value decoded", ownJCal.askMs, "ical.js", theirs.askMs, 1),
    beside("10 MB of .ics printed", ownPrint.askMs, "ical.js", theirPrint.askMs, 1.5),
    beside("10 MB of .ics printed, every long line folded anew", ownFolded.askMs, "ical.js", theirPrint.askMs, 1.5),
    ...largeFile(bytes),
  ];
}

function side(work: () => unknown): Side<null> {
  return { read: () => [null], ask: () => [work()] };
}

/** Ten times as much should cost ten times as much, and no more memory than a few copies of the file. */
function largeFile(small: Uint8Array): Result[] {
  const large = calendarFile(LARGE_BYTES);
  const [few, many] = timed([side(() => parse(small)), side(() => parse(large))]) as [Times, Times];
  const factor = (many.askMs / few.askMs) * (small.length / large.length);
  collectGarbage();
  const before = process.memoryUsage();
  const file = parse(large);
  const after = process.memoryUsage();
  const copies = (after.heapUsed + after.external - before.heapUsed - before.external + large.length) / large.length;
  const what = `100 MB of .ics (${componentsIn(file)} events)`;
  const alone = { peer: null, peerValue: null, ratio: null } as const;
  return [
    {
      what: `${what}: time by the megabyte, beside 10 MB`,
      value: rounded(factor),
      unit: "×",
      ...alone,
      promise: "linear: ≤ 2 ×",
      kept: factor <= 2,
    },
    {
      what: `${what}: memory with the file`,
      value: rounded(copies),
      unit: "× the file",
      ...alone,
      promise: "≤ 6 × the file",
      kept: copies <= 6,
    },
  ];
}

function componentsIn({ nodes }: ParsedFile): number {
  const [calendar] = nodes;
  return calendar?.kind === "component" ? calendar.children.filter(({ kind }) => kind === "component").length : 0;
}

/** A file as programs export it: people, alarms, texts of many lengths and alphabets, rules, and lines of their own. */
function calendarFile(size: number): Uint8Array {
  const random = seededRandom(SEED);
  const out = Buffer.allocUnsafe(size + 100_000);
  const head = "BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:-//Example//Bench//EN\r\n";
  let length = out.write(head);
  for (let i = 0; length < size; i++) {
    for (const line of eventLines(random, i)) length += foldedInto(out, length, line);
  }
  length += out.write("END:VCALENDAR\r\n", length);
  return new Uint8Array(out.buffer, out.byteOffset, length);
}

function foldedInto(out: Buffer, at: number, line: string): number {
  if (line.length <= 25) return out.write(`${line}\r\n`, at); // No character has more than three bytes here.
  const folded = fold(new TextEncoder().encode(line));
  out.set(folded, at);
  return folded.length;
}

const WORDS =
  "quarterly planning review with the team über budget and naïve forecasts for next year přestávka reserved please bring 会議 notes see agenda".split(
    " ",
  );
const PEOPLE = ["Ana", "Ben", "Carla", "Dmitri", "Eva", "Farid", "Grete", "Hugo"] as const;
const RULES = [
  "FREQ=WEEKLY;BYDAY=MO,WE;UNTIL=20271231T000000Z",
  "FREQ=DAILY;COUNT=20",
  "FREQ=MONTHLY;BYDAY=-1FR",
] as const;

function eventLines(random: Random, number: number): string[] {
  const two = (least: number, most: number) => String(wholeBetween(random, least, most)).padStart(2, "0");
  const text = (least: number, most: number) =>
    Array.from({ length: wholeBetween(random, least, most) }, () => oneOf(random, WORDS)).join(" ");
  const time = `2027${two(1, 12)}${two(1, 28)}T${two(8, 16)}`;
  const attendees = Array.from({ length: wholeBetween(random, 1, 4) }, () => {
    const name = oneOf(random, PEOPLE);
    return `ATTENDEE;CN=${name};ROLE=REQ-PARTICIPANT;PARTSTAT=ACCEPTED;RSVP=TRUE:mailto:${name.toLowerCase()}@bench.example`;
  });
  return [
    "BEGIN:VEVENT",
    `UID:${number}-${wholeBetween(random, 1, 1_000_000_000)}@bench.example`,
    "DTSTAMP:20270101T000000Z",
    `DTSTART;TZID=Europe/Berlin:${time}0000`,
    `DTEND;TZID=Europe/Berlin:${time}3000`,
    `SUMMARY:${text(3, 7)}`,
    `DESCRIPTION:${text(5, 45)}\\n${text(3, 12)}\\, ${text(1, 5)}`,
    `LOCATION:Room ${wholeBetween(random, 1, 40)}`,
    ...(wholeBetween(random, 1, 3) === 1 ? [`RRULE:${oneOf(random, RULES)}`] : []),
    'ORGANIZER;CN="Lead, The":mailto:lead@bench.example',
    ...attendees,
    "STATUS:CONFIRMED",
    `SEQUENCE:${wholeBetween(random, 0, 4)}`,
    "CATEGORIES:Work,Planning",
    "X-MICROSOFT-CDO-BUSYSTATUS:BUSY",
    "BEGIN:VALARM",
    "ACTION:DISPLAY",
    "TRIGGER:-PT15M",
    "DESCRIPTION:Reminder",
    "END:VALARM",
    "END:VEVENT",
  ];
}
