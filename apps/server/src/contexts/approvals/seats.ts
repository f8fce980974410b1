import type { Answer, Approval, Escalation, Facts, Place, Waiting, Who } from "./model.ts";

// Pure: who is asked in a step, and for whom they stand in.

/** One place in a step: whose it is, and who fills it. */
export type Seat = {
  /** Whose answer is wanted. */
  readonly forId: string;
  /** Who may answer for them now: themselves, and whoever stands in. None where an answer was given. */
  readonly askedIds: readonly string[];
  readonly by: Place;
  readonly answer: Answer | null;
};

/** Deputies of deputies are followed so far. */
export const DEPUTY_CHAIN_MAX = 5;

export const stepOf = (approval: Approval): number => approval.passed.length;

const isSelf = ({ requestedBy, concerns }: Approval, id: string): boolean => id === requestedBy || id === concerns;

/** The places of the step at which it waits, those that were answered too. */
export function seatsOf(approval: Waiting, facts: Facts): Seat[] {
  const { policy, escalations } = approval;
  const step = policy.steps[stepOf(approval)]!;
  const named = placesOf(approval, facts, namedBy(approval, facts, step.who), "step");
  const handedOn = Array.from({ length: escalations }, (_, i) => escalatedTo(approval, facts, i + 1)).flat();
  const places = [...named, ...placesOf(approval, facts, handedOn, "escalation")];
  const seats = onePerPerson([...answered(approval), ...places]);
  if (canBeReached(seats, step.quorum)) return seats;
  const more = onePerPerson([...seats, ...placesOf(approval, facts, rulers(facts), "too-few")]);
  if (canBeReached(more, step.quorum) || policy.selfApproval !== "only") return more;
  return onePerPerson([...more, ...selfPlace(approval, facts)]);
}

/** Whether enough have agreed, or still can. Those to whom it was handed on decide apart from these. */
export function canBeReached(seats: readonly Seat[], quorum: number): boolean {
  const own = seats.filter(({ by }) => by !== "escalation");
  return yesIn(own) + mostAnswers(own, peopleAsked(seats)) >= quorum;
}

export const yesIn = (seats: readonly Seat[]): number => seats.filter(({ answer }) => answer?.says === "yes").length;

/** How many open places can be filled at once: each person counts once, whomever they stand in for. O(places × people). */
function mostAnswers(seats: readonly Seat[], people: ReadonlySet<string>): number {
  const takenBy = new Map<string, Seat>();
  const fill = (seat: Seat, tried: Set<string>): boolean =>
    seat.askedIds.some((id) => {
      if (!people.has(id) || tried.has(id)) return false;
      tried.add(id);
      const other = takenBy.get(id);
      if (other !== undefined && !fill(other, tried)) return false;
      takenBy.set(id, seat);
      return true;
    });
  return seats.filter((seat) => fill(seat, new Set())).length;
}

/** Who may still answer. */
export const peopleAsked = (seats: readonly Seat[]): ReadonlySet<string> => {
  const answered = new Set(seats.flatMap(({ answer }) => answer?.personId ?? []));
  return new Set(seats.flatMap(({ askedIds }) => askedIds).filter((id) => !answered.has(id)));
};

/** Which place somebody's answer takes: their own, else the one that the fewest others could fill; null when they are not asked. */
export function seatFor(seats: readonly Seat[], personId: string): Seat | null {
  if (!peopleAsked(seats).has(personId)) return null;
  const open = seats.filter(({ askedIds }) => askedIds.includes(personId));
  const own = open.find(({ forId }) => forId === personId);
  return own ?? open.toSorted((a, b) => a.askedIds.length - b.askedIds.length)[0] ?? null;
}

/** Whoever is named, those too who may not approve it themselves. */
export function namedBy(approval: Approval, facts: Facts, who: readonly (Who | Escalation)[]): string[] {
  return [...new Set(who.flatMap((each) => whoIs(approval, facts, each, 0)))];
}

function escalatedTo(approval: Waiting, facts: Facts, time: number): string[] {
  const { atDeadline } = approval.policy.steps[stepOf(approval)]!;
  if (atDeadline.kind !== "escalate") return [];
  const ids = atDeadline.to.flatMap((each) => whoIs(approval, facts, each, time));
  return ids.length > 0 ? [...new Set(ids)] : rulers(facts);
}

function whoIs(approval: Approval, facts: Facts, who: Who | Escalation, time: number): readonly string[] {
  if (who.kind === "people") return who.ids;
  if (who.kind === "role") return facts.byRole.get(who.role) ?? [];
  const levels = levelsThatCan(approval, facts);
  if (who.kind === "managers") return levels[who.level] ?? [];
  return levels[highestLevel(approval) + time] ?? [];
}

/** Managers by level, without the levels at which nobody can answer: a manager's own request goes to who manages them. */
function levelsThatCan(approval: Approval, facts: Facts): (readonly string[])[] {
  const mayAnswer = (id: string) => approval.policy.selfApproval === "allowed" || !isSelf(approval, id);
  return facts.levels.filter((level) => level.some((id) => mayAnswer(id) && standsFor(approval, facts, id).length > 0));
}

/** The highest level of managers that a step asks by itself; -1 where it asks none. */
function highestLevel(approval: Approval): number {
  const { who } = approval.policy.steps[stepOf(approval)]!;
  return Math.max(-1, ...who.map((each) => (each.kind === "managers" ? each.level : -1)));
}

/** Whether handing it on once more asks somebody new. */
export function canBeHandedOn(approval: Waiting, facts: Facts): boolean {
  const { atDeadline } = approval.policy.steps[stepOf(approval)]!;
  if (atDeadline.kind !== "escalate") return false;
  if (approval.escalations === 0) return true;
  const goesUp = atDeadline.to.some(({ kind }) => kind === "above");
  return goesUp && highestLevel(approval) + approval.escalations < levelsThatCan(approval, facts).length;
}

/** Who runs the organisation. */
const rulers = ({ byRole }: Facts): string[] => [
  ...(byRole.get("owner") ?? []),
  ...(byRole.get("administrator") ?? []),
];

function placesOf(approval: Approval, facts: Facts, ids: readonly string[], by: Seat["by"]): Seat[] {
  const isAllowed = approval.policy.selfApproval === "allowed";
  return ids
    .filter((id) => isAllowed || !isSelf(approval, id))
    .map((forId) => ({ forId, askedIds: standsFor(approval, facts, forId), by, answer: null }))
    .filter(({ askedIds }) => askedIds.length > 0);
}

/** Whom it concerns, where nobody else can answer and they could as anybody could. */
function selfPlace(approval: Approval, facts: Facts): Seat[] {
  const can = new Set([...rulers(facts), ...namedBy(approval, facts, approval.policy.steps[stepOf(approval)]!.who)]);
  const own = [...new Set([approval.requestedBy, approval.concerns])].filter(
    (id) => can.has(id) && facts.people.get(id)?.isHere === true,
  );
  return own.map((id) => ({ forId: id, askedIds: [id], by: "too-few", answer: null }));
}

/**
 * Who may answer for somebody: themselves while they are here; while they are away or have left also the first of their deputies, and
 * of these deputies' own, who is here and not away. Nobody for who left and named nobody.
 */
function standsFor(approval: Approval, facts: Facts, id: string): string[] {
  const person = facts.people.get(id);
  if (person === undefined) return [];
  const own = person.isHere ? [id] : [];
  if (person.isHere && !person.isAway) return own;
  const deputy = deputyOf(approval, facts, id);
  return deputy === null ? own : [...own, deputy];
}

function deputyOf(approval: Approval, { people }: Facts, id: string): string | null {
  const seen = new Set([id]);
  let round = [id];
  let second: string | null = null;
  for (let depth = 0; depth < DEPUTY_CHAIN_MAX && round.length > 0; depth++) {
    const next = round.flatMap((each) => people.get(each)?.deputies ?? []).filter((each) => !seen.has(each));
    for (const each of next) seen.add(each);
    const able = next.filter((each) => mayStandIn(approval, each) && people.get(each)?.isHere === true);
    const present = able.find((each) => people.get(each)?.isAway !== true);
    if (present !== undefined) return present;
    second ??= able[0] ?? null;
    round = next;
  }
  return second;
}

const mayStandIn = (approval: Approval, id: string): boolean =>
  approval.policy.selfApproval === "allowed" || !isSelf(approval, id);

/** Places in which somebody has answered: they stay, whatever became of who answered. */
function answered(approval: Waiting): Seat[] {
  const step = stepOf(approval);
  return approval.answers
    .filter((answer) => answer.step === step)
    .map((answer) => ({ forId: answer.forId, askedIds: [], by: answer.by, answer }));
}

/** Each place once: the first counts. */
function onePerPerson(seats: readonly Seat[]): Seat[] {
  const places = new Map<string, Seat>();
  for (const seat of seats) if (!places.has(seat.forId)) places.set(seat.forId, seat);
  return [...places.values()];
}
