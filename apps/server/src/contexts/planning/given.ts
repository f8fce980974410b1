import {
  ATTENDS,
  dayAndSpanText,
  detect,
  indexBySubject,
  kinds,
  lengthText,
  NEEDS,
  OWN,
  spanText,
  suggestRepairs,
  takingsOf,
  type TakingRow,
} from "@hourwright/conflict";
import { zonedText, type ShownConflict } from "./conflicts.ts";

/** An event as a request gives it: nothing of it is stored. */
export type GivenEvent = {
  readonly id?: string | undefined;
  readonly uid?: string | undefined;
  readonly title?: string | undefined;
  readonly start: string;
  readonly end: string;
  readonly attendees?: readonly string[] | undefined;
  readonly resources?: readonly string[] | undefined;
  readonly calendar?: string | undefined;
};

/** Conflicts among given events: those of one calendar overlap each other, attendees and resources are told by their text. */
export function conflictsAmong(
  events: readonly GivenEvent[],
  fromMs: number,
  toMs: number,
  zone: string,
  nowMs: number,
): ShownConflict[] {
  const subjects: string[] = [];
  const numbers = new Map<string, number>();
  const numberOf = (kind: string, name: string): number => {
    const key = `${kind} ${name}`;
    if (!numbers.has(key)) numbers.set(key, subjects.push(name) - 1);
    return numbers.get(key)!;
  };
  const spans = events.map(({ start, end }) => ({
    startMs: Temporal.Instant.from(start).epochMilliseconds,
    endMs: Temporal.Instant.from(end).epochMilliseconds,
  }));
  const events_ = new Map<string, number>();
  const rows: TakingRow[] = [];
  const rowsOf: number[][] = events.map(() => []);
  events.forEach((event, occurrence) => {
    const span = spans[occurrence]!;
    if (span.endMs <= span.startMs) return;
    const same = `${event.uid ?? event.id ?? `#${occurrence}`} ${span.startMs}`;
    if (!events_.has(same)) events_.set(same, events_.size);
    const take = (subject: number, how: number) => {
      rowsOf[occurrence]!.push(rows.length);
      rows.push({ occurrence, event: events_.get(same)!, subject, ...span, how });
    };
    take(numberOf("person", event.calendar ?? "You"), OWN);
    for (const attendee of new Set(event.attendees)) take(numberOf("attendee", attendee.toLowerCase()), ATTENDS);
    for (const resource of new Set(event.resources)) take(numberOf("resource", resource), NEEDS);
  });
  const index = indexBySubject(takingsOf(rows));
  const titleOf = (occurrence: number) => events[occurrence]!.title ?? "Untitled";
  const idOf = (occurrence: number) => events[occurrence]!.id ?? events[occurrence]!.uid ?? `#${occurrence}`;
  return detect(index, fromMs, toMs).found.map((found, i) => {
    const told = (occurrence: number) => ({
      title: titleOf(occurrence),
      time: spanText(spans[occurrence]!.startMs, spans[occurrence]!.endMs, zone),
    });
    const names = found.subjects.map((subject) => subjects[subject]!);
    const repairs =
      i < 200
        ? suggestRepairs(
            found,
            { index, rowsOf: (occurrence) => rowsOf[occurrence]!, titleOf, isMovable: () => true, zone, nowMs },
            5,
          )
        : [];
    return {
      id: `given_${i}`,
      kind: found.kind,
      start: zonedText(found.startMs, zone),
      end: zonedText(found.endMs, zone),
      severity: kinds[found.kind].severity,
      subjects: names,
      subjectIds: [],
      explanation: kinds[found.kind].explain({
        subjects: names,
        first: told(found.first),
        second: told(found.second),
        shared: dayAndSpanText(found.startMs, found.endMs, zone),
        length: lengthText(found.endMs - found.startMs),
      }),
      events: [found.first, found.second].map((occurrence) => ({
        eventId: idOf(occurrence),
        recurrenceId: null,
        uid: events[occurrence]!.uid ?? idOf(occurrence),
        start: zonedText(spans[occurrence]!.startMs, zone),
        end: zonedText(spans[occurrence]!.endMs, zone),
        calendar: events[occurrence]!.calendar ?? "You",
        calendarId: null,
        summary: titleOf(occurrence),
      })),
      repairs: repairs.map((repair, rank) => ({
        id: `given_${i}_${rank}`,
        what: repair.what,
        why: repair.why,
        confidence: repair.confidence,
        moves: repair.moves.map((move) => ({
          eventId: idOf(move.occurrence),
          uid: events[move.occurrence]!.uid ?? idOf(move.occurrence),
          recurrenceId: null,
          start: zonedText(move.startMs, zone),
          end: zonedText(move.endMs, zone),
        })),
      })),
    };
  });
}
