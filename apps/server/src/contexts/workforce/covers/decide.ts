import { isRefused, refuseWork, type Refused } from "@hourwright/contract";
import { MINUTE_MS } from "@hourwright/time";
import type { Asked, Call, CoverState } from "./model.ts";

// Pure: what becomes of a call, by answers and by time. Whether somebody still could is judged outside, when it is their turn.

type Over = Refused<"workforce/cover-over">;
type NotAsked = Refused<"workforce/not-asked">;

/** What time has made of a call: answers that are late, the shift that began, nobody who is left. */
export function advanced<C extends Call>(call: C, nowMs: number): C {
  if (call.state !== "asking") return call;
  if (nowMs >= call.startsMs) return ended(call, "over", nowMs);
  const people = call.people.map((each): Asked =>
    each.state === "asked" && each.untilMs! <= nowMs ? { ...each, state: "late" } : each,
  );
  const isLeft = people.some(({ state }) => state === "asked" || state === "waiting");
  return isLeft ? { ...call, people } : ended({ ...call, people }, "nobody", nowMs);
}

/** Whose turn it is now. */
export function inTurn({ state, how, people }: Call): readonly string[] {
  if (state !== "asking") return [];
  const waiting = people.filter((each) => each.state === "waiting").map(({ personId }) => personId);
  if (how === "at-once") return waiting;
  return people.some((each) => each.state === "asked") ? [] : waiting.slice(0, 1);
}

/** Asks somebody. They have until their time is over, or the shift begins. */
export function asking<C extends Call>(call: C, personId: string, nowMs: number): C {
  const untilMs = Math.min(nowMs + call.minutesEach * MINUTE_MS, call.startsMs);
  return changed(call, personId, (each) => ({ ...each, state: "asked", askedMs: nowMs, untilMs }));
}

/** Leaves somebody out who cannot, whether they were asked or not. */
export function leftOut<C extends Call>(call: C, personId: string, why: string): C {
  if (call.state !== "asking") return call;
  return changed(call, personId, (each) => ({ ...each, state: "cannot", why }));
}

/**
 * What somebody says. Who is late may still say yes while nobody has, and who said no may think again. The first yes ends the call, and the
 * same said twice changes nothing.
 */
export function answered<C extends Call>(
  call: C,
  personId: string,
  says: "yes" | "no",
  nowMs: number,
): C | Over | NotAsked {
  const own = call.people.find((each) => each.personId === personId);
  if (own === undefined || own.state === "waiting") return refuseWork("not-asked", "turn", {});
  if (own.state === says) return call;
  const over = overOf(call, nowMs);
  if (over !== null) return over;
  const said = changed(call, personId, (each): Asked => ({ ...each, state: says, answeredMs: nowMs, why: "" }));
  return says === "yes" ? ended(said, "covered", nowMs) : said;
}

/** Asks nobody any more. */
export function cancelled<C extends Call>(call: C, nowMs: number): C | Over {
  if (call.state === "cancelled") return call;
  return overOf(call, nowMs) ?? ended(call, "cancelled", nowMs);
}

/** When a call is to be looked at again; null when never. */
export function dueOf({ state, startsMs, people }: Call): number | null {
  if (state !== "asking") return null;
  return Math.min(startsMs, ...people.flatMap((each) => (each.state === "asked" ? [each.untilMs!] : [])));
}

function overOf({ state, startsMs }: Call, nowMs: number): Over | null {
  const now = state === "asking" && nowMs >= startsMs ? "over" : state;
  return now === "asking" ? null : refuseWork("cover-over", "state", { state: now }, { state: now });
}

/** Who has not answered need not any more. */
function ended<C extends Call>(call: C, state: CoverState, nowMs: number): C {
  const people = call.people.map((each): Asked =>
    each.state === "waiting" || each.state === "asked" || each.state === "late"
      ? { ...each, state: "not-needed" }
      : each,
  );
  return { ...call, state, endedMs: nowMs, people };
}

const changed = <C extends Call>(call: C, personId: string, change: (own: Asked) => Asked): C => ({
  ...call,
  people: call.people.map((each) => (each.personId === personId ? change(each) : each)),
});

/** Who is told what of a change of a call, but who made it. */
export function newsOf(
  before: Call | null,
  after: Call,
  calledBy: string,
): readonly { readonly personId: string; readonly kind: "cover" | "cover-over" | "cover-covered" | "cover-nobody" }[] {
  const was = new Map(before?.people.map((each) => [each.personId, each.state]));
  const asked = after.people
    .filter(({ personId, state }) => state === "asked" && was.get(personId) !== "asked")
    .map(({ personId }) => ({ personId, kind: "cover" as const }));
  if (after.state === "asking" || before?.state !== "asking") return asked;
  const isUnasked = after.state === "covered" || after.state === "cancelled";
  const unasked = after.people
    .filter(
      ({ personId, askedMs, state }) => isUnasked && state === "not-needed" && askedMs !== null && was.has(personId),
    )
    .map(({ personId }) => ({ personId, kind: "cover-over" as const }));
  const end = { covered: "cover-covered", nobody: "cover-nobody", over: "cover-nobody", cancelled: null } as const;
  const kind = end[after.state];
  return [...asked, ...unasked, ...(kind === null ? [] : [{ personId: calledBy, kind }])];
}

/** Of a refusal: that the shift cannot be theirs, since something is in the way. */
export const isInTheWay = (answer: unknown): answer is Refused =>
  isRefused(answer) && ["workforce/adjustment-refused", "claims/taken"].includes(answer.refused.code);
