import type { CalendarObject } from "@hourwright/ical";
import { DAY_MS } from "@hourwright/time";
import { derive, type Derived, type DeriveFacts } from "./derive.ts";

/** What is kept beside an object, and when it is to be derived again; null when nothing of it lies further ahead. */
export type KeptDates = Derived & { readonly deriveAgainMs: number | null };

/** Series are derived again once their horizon has come nearer by so much: a day would touch everything daily. */
const SLACK_MS = 14 * DAY_MS;
/** What recurs so often that its span is short is derived again at least so much later. */
const AGAIN_MS_MIN = DAY_MS;

/**
 * Derives an object for keeping. `facts` holds the span of an ordinary series as of `nowMs`. One that begins beyond it
 * gets as long a span from its start on, so that the far future can be taken as well; one that recurs too often to be
 * kept whole is kept from yesterday on. Pure.
 */
export function deriveAhead(object: CalendarObject, facts: DeriveFacts, nowMs: number): KeptDates {
  const toMs = Math.max(facts.toMs, startOf(object) + (facts.toMs - nowMs));
  const whole = derive(object, { ...facts, toMs });
  if (!whole.isRecurring) return { ...whole, deriveAgainMs: null };
  const isShort = whole.problem !== null;
  const kept = isShort ? derive(object, { ...facts, toMs, fromMs: Math.max(facts.fromMs, nowMs - DAY_MS) }) : whole;
  return { ...kept, deriveAgainMs: againMs(kept, nowMs, isShort) };
}

function startOf({ master, overrides }: CalendarObject): number {
  const view = master ?? overrides[0];
  return view === undefined ? -Infinity : view.start.localMs; // A day more or less does not matter.
}

function againMs({ derivedToMs, endsMs, unkeepable }: Derived, nowMs: number, isShort: boolean): number | null {
  if (unkeepable !== null || (endsMs !== null && endsMs <= derivedToMs!)) return null; // Too dear to try again and again.
  return isShort ? Math.max(nowMs + AGAIN_MS_MIN, nowMs + Math.round((derivedToMs! - nowMs) / 2)) : nowMs + SLACK_MS;
}
