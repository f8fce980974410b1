import { PLAIN, type Change, type Taken, type Traits } from "@hourwright/conflict";
import type { Interval } from "@hourwright/time";
import type { Unit } from "../../../platform/db/database.ts";
import { claimsInWindow, openTimeText, takenAlongText } from "../../claims/public.ts";
import { type Broken, type Judge, type LineChange, openTimeFrom, takenFrom } from "../../claims/pure.ts";
import { howOf, keyOfDate, situationFrom, type CommitmentDate, type Situation } from "../situation.ts";
import { bookFor, type Book, type RuleFacts } from "./book.ts";
import { asksForPlaces, reachMsOf } from "./decide.ts";
import { rulesBrokenBy, type NumberedChange } from "./broken.ts";
import { numbersOfCollections, siteOn, traitsOfTakers } from "./scene.ts";
import { rulesOf } from "./store.ts";

const STANDING_READ_MAX = 100_000;

/**
 * Judges a write by the rules of the organisation, under its locks: the one way in which they are asked before something
 * stands. Null while there are none, so that a write pays for one look at an empty table.
 */
export async function judgeFor(unit: Unit, facts: RuleFacts): Promise<Judge | null> {
  const rules = await rulesOf(unit);
  if (rules.length === 0) return null;
  return async (change) => {
    const taken = [...new Set([...change.gone, ...change.come].map(({ subjectId }) => subjectId))];
    if (taken.length === 0) return [];
    const { fromMs, toMs } = around(change, reachMsOf(rules));
    const book = await bookFor(unit, taken, facts, { fromMs, toMs }, rules);
    // With whom a rule compares them is read, too, and not locked: see ADR 17.
    const ids = [...new Set([...taken, ...book.holders.map(({ id }) => id)])];
    const reading = asksForPlaces(book)
      ? takenAlongText(unit, ids, fromMs, toMs, STANDING_READ_MAX).then((text) => takenFrom([text]))
      : claimsInWindow(unit, ids, fromMs, toMs, { withPending: false, limit: STANDING_READ_MAX });
    const [standing, openTime] = await Promise.all([reading, openTimeText(unit, ids, fromMs, toMs)]);
    return judged(change, situationFrom(standing, ids), book, openTimeFrom([openTime]), unit.nowMs);
  };
}

/** What a change would break, or break more than before. Others' things are not named: whoever writes may not know them. */
export const judged = (
  change: LineChange,
  situation: Situation,
  book: Book,
  openTime: ReadonlyMap<string, readonly Interval[]>,
  nowMs: number,
): Broken[] => rulesBrokenBy(numbered(change, situation, book), situation, book, openTime, nowMs);

/** A change in the numbers of a situation; dates that it does not hold yet get numbers of their own. */
function numbered(
  { gone, come, collections }: LineChange,
  { subjects, dates, index, rowsOf }: Situation,
  book: Book,
): NumberedChange {
  const siteOf = siteOn(subjects, book);
  const numbers = new Map(dates.map((date, number) => [keyOfDate(date), number]));
  const numberOf = (date: CommitmentDate): number => {
    const key = keyOfDate(date);
    const known = numbers.get(key) ?? numbers.size;
    numbers.set(key, known);
    return known;
  };
  const lines = new Map(subjects.map((id, number) => [id, number]));
  const titles = new Map<number, string>();
  const lyingIn = (side: "was" | "will") => (id: string) =>
    numbersOfCollections(collections.get(id)?.[side] ?? [], book);
  const left = traitsOfDates(
    gone.map((claim) => ({
      id: claim.commitment,
      date: placeOf(claim.commitment, claim),
      subject: lines.get(claim.subjectId)!,
      how: howOf(claim),
    })),
    siteOf,
    lyingIn("was"),
  );
  const arrived = traitsOfDates(
    come.map((stretch) => ({
      id: stretch.id,
      date: placeOf(stretch.id, stretch),
      subject: lines.get(stretch.subjectId)!,
      how: howOf(stretch),
    })),
    siteOf,
    lyingIn("will"),
  );
  const eventOf = (occurrence: number): number => {
    const [row] = rowsOf(occurrence);
    return row === undefined ? -1 - occurrence : index.takings.event[row]!;
  };
  const leaving = gone.map((claim): Change => {
    const occurrence = numberOf(claim);
    const { startMs, endMs } = claim;
    const traits = left(placeOf(claim.commitment, claim));
    const taken: Taken = { occurrence, event: eventOf(occurrence), how: howOf(claim), startMs, endMs, traits };
    return { subject: lines.get(claim.subjectId)!, gone: taken, come: null };
  });
  const coming = come.map((stretch): Change => {
    const { startMs, endMs, source, id } = stretch;
    const occurrence = numberOf({ source, commitment: id, occurrence: stretch.occurrence, startMs, endMs });
    titles.set(occurrence, stretch.label);
    const taken: Taken = {
      occurrence,
      event: eventOf(occurrence),
      how: howOf(stretch),
      startMs,
      endMs,
      traits: arrived(placeOf(id, stretch)),
    };
    return { subject: lines.get(stretch.subjectId)!, gone: null, come: taken };
  });
  return {
    changes: [...leaving, ...coming],
    fresh: coming.filter((_, i) => come[i]!.isNew),
    titleOf: (occurrence) => titles.get(occurrence) ?? null,
  };
}

/** A date as it was, or as it will be: a change names all whom it takes. */
const placeOf = (id: string, { occurrence, startMs }: { readonly occurrence: string; readonly startMs: number }) =>
  `${id} ${occurrence} ${startMs}`;

function traitsOfDates(
  takes: readonly { readonly id: string; readonly date: string; readonly subject: number; readonly how: number }[],
  siteOf: (subject: number) => number | null,
  lyingIn: (id: string) => readonly number[],
): (date: string) => Traits {
  const traits = new Map(
    Array.from(
      Map.groupBy(takes, ({ date }) => date),
      ([date, own]) => [date, traitsOfTakers(own, siteOf, lyingIn(own[0]!.id))],
    ),
  );
  return (date) => traits.get(date) ?? PLAIN;
}

function around({ gone, come }: LineChange, reachMs: number): { fromMs: number; toMs: number } {
  let [fromMs, toMs] = [Infinity, -Infinity];
  for (const { startMs, endMs } of [...gone, ...come]) {
    fromMs = Math.min(fromMs, startMs);
    toMs = Math.max(toMs, endMs);
  }
  return { fromMs: fromMs - reachMs, toMs: toMs + reachMs };
}
