import type { Approval, Facts, Passed, Step } from "./model.ts";
import { seatsOf, stepOf, yesIn, type Seat } from "./seats.ts";

/** One step as it stands: who is asked, for whom they stand in, who has answered, until when, and what happens then. */
export type StepView = {
  readonly step: Step;
  readonly state: "passed" | "waiting" | "ended" | "ahead";
  readonly passed: Passed | null;
  readonly yes: number;
  readonly seats: readonly (Seat & { readonly isAway: boolean; readonly hasLeft: boolean })[];
  readonly dueMs: number | null;
};

/** Each step at the instant of the facts: for those ahead, who would be asked now. Pure; O(steps × places × people). */
export function whoWaitsForWhom(approval: Approval, facts: Facts): StepView[] {
  const at = stepOf(approval);
  return approval.policy.steps.map((step, n) => {
    const passed = approval.passed[n] ?? null;
    const isWaiting = approval.state === "waiting" && n === at;
    const state = passed !== null ? "passed" : isWaiting ? "waiting" : n === at ? "ended" : "ahead";
    const isOver = state === "passed" || state === "ended" || approval.state !== "waiting";
    const seats = isOver ? answeredIn(approval, n) : seatsAt(approval, n, facts);
    return {
      step,
      state,
      passed,
      yes: yesIn(seats),
      seats: seats.map((seat) => {
        const person = facts.people.get(seat.forId);
        return { ...seat, isAway: person?.isAway === true, hasLeft: person?.isHere !== true };
      }),
      dueMs: approval.state === "waiting" && isWaiting ? approval.dueMs : null,
    };
  });
}

function seatsAt(approval: Approval, n: number, facts: Facts): Seat[] {
  if (approval.state !== "waiting") return [];
  if (n === stepOf(approval)) return seatsOf(approval, facts);
  const passed = approval.policy.steps.slice(0, n).map((): Passed => ({ how: "quorum", atMs: facts.atMs }));
  return seatsOf({ ...approval, passed, escalations: 0 }, facts);
}

const answeredIn = ({ answers }: Approval, n: number): Seat[] =>
  answers
    .filter(({ step }) => step === n)
    .map((answer) => ({ forId: answer.forId, askedIds: [], by: answer.by, answer }));

/** The same in a sentence. `nameOf`: what people are called; `timeOf`: an instant as it is told. */
export function sentenceOf(
  { step, state, passed, yes, seats, dueMs }: StepView,
  nameOf: (id: string) => string,
  timeOf: (ms: number) => string,
): string {
  const told = seats.map((seat) => seatWords(seat, nameOf));
  if (state === "passed") return `Passed ${howWords[passed!.how]}${told.length === 0 ? "" : `: ${listed(told)}`}.`;
  if (state === "ended") return told.length === 0 ? "Ended without an answer." : `Ended: ${listed(told)}.`;
  if (state === "ahead" && seats.length === 0) return "Was not reached.";
  const of = `${yes} of ${step.quorum} said yes`;
  const until = dueMs === null ? "" : ` Until ${timeOf(dueMs)}; then ${deadlineWords[step.atDeadline.kind]}.`;
  const whom = seats.length === 0 ? "Nobody can be asked" : listed(told);
  return state === "ahead" ? `Then asks ${whom}.` : `${whom}; ${of}.${until}`;
}

const howWords: Readonly<Record<Passed["how"], string>> = {
  quorum: "by enough of those asked",
  escalation: "by whom it was handed on to",
  deadline: "because its time ran out",
};

const deadlineWords: Readonly<Record<Step["atDeadline"]["kind"], string>> = {
  approve: "it counts as approved",
  decline: "it is declined",
  lapse: "it lapses",
  escalate: "it is handed on",
};

function seatWords(
  { forId, askedIds, by, answer, isAway, hasLeft }: StepView["seats"][number],
  nameOf: (id: string) => string,
): string {
  if (answer !== null) {
    const place = answer.personId === forId ? "" : ` for ${nameOf(forId)}`;
    return `${nameOf(answer.personId)} said ${answer.says}${place}`;
  }
  const why = by === "escalation" ? " (handed on)" : by === "too-few" ? " (too few others can)" : "";
  const others = askedIds.filter((id) => id !== forId).map(nameOf);
  if (others.length === 0) return `${nameOf(forId)}${isAway ? " (away)" : ""}${why}`;
  return `${listed(others)} for ${nameOf(forId)} (${hasLeft ? "has left" : "away"})${why}`;
}

const listed = (texts: readonly string[]): string => new Intl.ListFormat("en").format(texts);
