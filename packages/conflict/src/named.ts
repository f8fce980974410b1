import { indexBySubject, takingsOf, type BySubject } from "./schedule.ts";

/** One subject taken for one date of one thing, by names: as calendars and tables have it. */
export type NamedTaking = {
  /** One and the same thing has one name (UID and recurrence id), in however many calendars it lies. */
  readonly thing: string;
  readonly subject: string;
  /** Epoch milliseconds, half-open, of positive length. */
  readonly startMs: number;
  readonly endMs: number;
  /** A mask of `OWN`, `ATTENDS`, `NEEDS`. */
  readonly how: number;
};

/** A schedule whose numbers lead back to the names. */
export type NamedSchedule = {
  readonly index: BySubject;
  readonly subjects: readonly string[];
  /** For each occurrence: the place of its first taking in the list that was given. */
  readonly firsts: readonly number[];
  /** Every row of an occurrence: whom and what it takes. */
  readonly rowsOf: (occurrence: number) => readonly number[];
};

/**
 * Numbers the names. A thing at one time is one occurrence, whoever it takes; a thing that stands at two times (copies
 * that differ) is two occurrences of one event, which never conflict with each other. `first` are subjects that come first,
 * whether anything takes them or not. O(n log n).
 */
export function scheduleOf(takings: readonly NamedTaking[], first: readonly string[] = []): NamedSchedule {
  const events = new Numbering();
  const occurrences = new Numbering();
  const subjects = new Numbering();
  for (const name of first) subjects.of(name);
  const firsts: number[] = [];
  const rowsByOccurrence: number[][] = [];
  const rows = takings.map(({ thing, subject, startMs, endMs, how }, row) => {
    const occurrence = occurrences.of(`${thing}\n${startMs}\n${endMs}`);
    if (occurrence === firsts.length) {
      firsts.push(row);
      rowsByOccurrence.push([]);
    }
    rowsByOccurrence[occurrence]!.push(row);
    return { occurrence, event: events.of(thing), subject: subjects.of(subject), startMs, endMs, how };
  });
  return {
    index: indexBySubject(takingsOf(rows)),
    subjects: subjects.names,
    firsts,
    rowsOf: (occurrence) => rowsByOccurrence[occurrence] ?? [],
  };
}

/** Gives each name the next number, from 0. */
class Numbering {
  readonly names: string[] = [];
  readonly #numbers = new Map<string, number>();

  of(name: string): number {
    const known = this.#numbers.get(name);
    if (known !== undefined) return known;
    this.#numbers.set(name, this.names.length);
    return this.names.push(name) - 1;
  }
}
