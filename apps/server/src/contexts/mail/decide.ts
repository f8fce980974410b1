import { MINUTE_MS } from "@hourwright/time";
import {
  ATTEMPTS_MAX,
  NEWS_LATE_MS,
  RETRY_MS,
  RETRY_MS_MAX,
  type Facts,
  type Message,
  type News,
  type Outcome,
  type Said,
} from "./model.ts";

// Pure: what there is to say of a booking, when, and what becomes of a message. Nothing is remembered of what happened in between:
// what was told last is compared with what is, so that whatever was done and undone meanwhile is one message or none.

/** What news says to who was told `told` last; null where that still holds. */
export function newsBetween(told: Facts | null, now: Facts): News | null {
  const [was, is] = [told === null ? null : asTold(told.state), asTold(now.state)];
  if (is === "cancelled" || is === "declined") return was === is ? null : is;
  if (told === null || was === "cancelled" || was === "declined") return is;
  const isMoved = told.startMs !== now.startMs || told.endMs !== now.endMs;
  if (was === "requested" && is === "confirmed") return "approved";
  if (isMoved) return "moved";
  if (was !== is) return is;
  const [offeredBefore, offered] = [told.offered ?? [], now.offered ?? []];
  if (offered.length > 0 && String(offeredBefore) !== String(offered)) return "offered";
  if (String(told.subjectIds) === String(now.subjectIds) && offeredBefore.length > 0 && offered.length === 0)
    return "kept";
  return String(told.subjectIds) === String(now.subjectIds) ? null : "changed";
}

type Told = "requested" | "confirmed" | "cancelled" | "declined";

/** What became of a confirmed booking afterwards is told to nobody. What is only held is asked for. */
function asTold(state: Facts["state"]): Told {
  if (state === "held") return "requested";
  return state === "no-show" || state === "completed" ? "confirmed" : state;
}

/** Half-open: at the instant at which it begins nobody is told anything of it any more. */
const hasBegun = ({ startMs }: Pick<Facts, "startMs">, nowMs: number): boolean => nowMs >= startMs;

/** Of a reminder: when it is due. Whole days go by the calendar of the zone, as people count them (RFC 5545 §3.3.6). */
export function reminderMs(startMs: number, minutes: number, zone: string): number {
  if (minutes % DAY_MINUTES !== 0) return startMs - minutes * MINUTE_MS;
  const start = Temporal.Instant.fromEpochMilliseconds(startMs).toZonedDateTimeISO(zone);
  return start.subtract({ days: minutes / DAY_MINUTES }).epochMilliseconds;
}
const DAY_MINUTES = 1_440;

/** The reminders that a booking should have from a change of it on: none for what would be due before. */
export function remindersOf(
  { state, startMs }: Pick<Facts, "state" | "startMs">,
  wanted: { readonly minutes: readonly number[]; readonly zone: string; readonly changedMs: number },
): { readonly minutes: number; readonly dueMs: number }[] {
  if (state !== "confirmed") return [];
  return [...new Set(wanted.minutes)]
    .map((minutes) => ({ minutes, dueMs: reminderMs(startMs, minutes, wanted.zone) }))
    .filter(({ dueMs }) => dueMs > wanted.changedMs);
}

/** What becomes of a message that is due. */
export type Turn =
  | { readonly kind: "say"; readonly said: Said }
  /** There is nothing left to say. */
  | { readonly kind: "withdraw" }
  /** It is over, or waited too long. */
  | { readonly kind: "late" }
  /** It may have arrived, and says what no longer holds: that is told by another message, under another Message-ID. */
  | { readonly kind: "replace" };

/** The question after a visit: when it is asked, and whether it was answered before. */
export type Question = { readonly askedMs: number; readonly isRated: boolean };

/**
 * `told`: what the booking's customer was told last; `now`: null where the booking or its customer is gone; `question`: null where
 * nothing is asked of it, as of whom nobody came.
 */
export function turnOf(
  message: Pick<Message, "minutes" | "isOffer" | "isRating" | "startsMs" | "madeMs" | "said" | "mayBeHere">,
  {
    told,
    now,
    question,
    zone,
    nowMs,
  }: {
    readonly told: Facts | null;
    readonly now: Facts | null;
    readonly question: Question | null;
    readonly zone: string;
    readonly nowMs: number;
  },
): Turn {
  if (now === null) return { kind: "withdraw" };
  // An offer that was taken, passed or is over is told to nobody; the same says the same however often it is sent.
  if (message.isOffer)
    return now.state === "held" ? { kind: "say", said: { ...factsIn(now), says: "offer" } } : { kind: "withdraw" };
  if (message.isRating) return turnOfQuestion(now, question, nowMs);
  if (message.minutes !== null) return turnOfReminder(message, message.minutes, now, zone, nowMs);
  const { mayBeHere, said } = message;
  if (mayBeHere && said !== null && !isSame(said, now)) return { kind: "replace" };
  const says = newsBetween(told, now);
  if (says === null) return { kind: "withdraw" };
  if (hasBegun(now, nowMs) || nowMs - message.madeMs > NEWS_LATE_MS) return { kind: "late" };
  return { kind: "say", said: { ...factsIn(now), says } };
}

/** Who has answered is not asked, nor who was not there; two days later nobody remembers. */
function turnOfQuestion(now: Facts, question: Question | null, nowMs: number): Turn {
  if (question === null || question.isRated || nowMs < question.askedMs) return { kind: "withdraw" };
  if (nowMs - question.askedMs > NEWS_LATE_MS) return { kind: "late" };
  return { kind: "say", said: { ...factsIn(now), says: "rating" } };
}

/** What a change of a booking means for the question that waits: that it waits, that it is withdrawn, or nothing, as its time has come. */
export function questionAfter(question: Question | null, nowMs: number): "wait" | "withdraw" | "leave" {
  if (question === null || question.isRated) return "withdraw";
  return question.askedMs > nowMs ? "wait" : "leave";
}

function turnOfReminder(
  { startsMs }: Pick<Message, "startsMs">,
  minutes: number,
  now: Facts,
  zone: string,
  nowMs: number,
): Turn {
  const isOther = now.startMs !== startsMs || (now.offered ?? []).length > 0;
  if (now.state !== "confirmed" || isOther) return { kind: "withdraw" };
  // Later than half of its time before, it would say what another reminder or the day itself says.
  const dueMs = reminderMs(startsMs, minutes, zone);
  if (nowMs >= dueMs + (startsMs - dueMs) / 2) return { kind: "late" };
  return { kind: "say", said: { ...factsIn(now), says: "reminder" } };
}

const factsIn = ({ state, startMs, endMs, subjectIds, offered }: Facts): Facts => ({
  state,
  startMs,
  endMs,
  subjectIds,
  ...(offered === undefined || offered.length === 0 ? {} : { offered }),
});

const isSame = (a: Facts, b: Facts): boolean =>
  asTold(a.state) === asTold(b.state) &&
  a.startMs === b.startMs &&
  a.endMs === b.endMs &&
  String(a.subjectIds) === String(b.subjectIds) &&
  String(a.offered ?? []) === String(b.offered ?? []);

/** What an attempt makes of its message. `attempts`: with this one. That nobody is there counts against no message: it ends by its age. */
export function afterAttempt(outcome: Outcome, attempts: number, nowMs: number): AfterAttempt {
  if (outcome.kind === "accepted") return { state: "sent", attempts, dueMs: nowMs, mayBeHere: false, reason: "" };
  const { reason } = outcome;
  if (outcome.kind === "unreachable")
    return { state: "waiting", attempts: attempts - 1, dueMs: nowMs + RETRY_MS, mayBeHere: false, reason };
  const mayBeHere = outcome.kind === "unanswered";
  const isGivenUp = attempts >= ATTEMPTS_MAX || (outcome.kind === "refused" && outcome.isFinal);
  const state = isGivenUp ? "failed" : "waiting";
  return { state, attempts, dueMs: nowMs + retryMs(attempts), mayBeHere, reason };
}

export type AfterAttempt = Pick<Message, "attempts" | "dueMs" | "mayBeHere" | "reason"> & {
  readonly state: "sent" | "waiting" | "failed";
};

/** 30 s, 1 min, 2 min … at most an hour. */
export const retryMs = (attempts: number): number => Math.min(RETRY_MS * 2 ** (attempts - 1), RETRY_MS_MAX);
