import { isoDay, objectionText, shiftTold, type ObjectionFacts, type Shift } from "@hourwright/schedule";
import { hasSkill, type Entry, type Objection } from "./draft.ts";
import { judged, nobodyCalled, resultFor, type BrokenRule, type Evaluation } from "./evaluate.ts";

/** Something that could be done instead: checked, nothing speaks against it and it breaks no rule anew [DR8]. */
export type Alternative = {
  readonly label: string;
  readonly facts: ObjectionFacts;
  readonly entry: Entry & { readonly kind: "add" };
  readonly note: string;
  readonly noteFacts: ObjectionFacts;
};

export type WhyNot = {
  readonly objections: readonly Objection[];
  readonly broken: readonly BrokenRule[];
  readonly alternatives: readonly Alternative[];
};

export const ALTERNATIVES_MAX = 6;
const PEOPLE_OFFERED_MAX = 3;
/** People who are looked at, those with the fewest hours first. */
const PEOPLE_TRIED_MAX = 60;
/** Other beginnings that are tried, nearest first: by half hours, up to ten hours away. */
const START_STEP_MINUTES = 30;
const START_STEPS_MAX = 20;

/** The entries once one is put in place of one of its id, at the end where there is none. */
export function put(entries: readonly Entry[], entry: Entry): Entry[] {
  const at = entries.findIndex(({ id }) => id === entry.id);
  return at === -1 ? [...entries, entry] : entries.with(at, entry);
}

/**
 * What speaks against an entry and which rules it breaks anew, beside the draft as it is; and, where anything does, what could be
 * done instead: at another time, by somebody else, or by nobody yet. O(alternatives × one edit).
 */
export function whyNot(before: Evaluation, entry: Entry): WhyNot {
  const { objections, broken } = tried(before, entry);
  if (entry.kind === "drop" || (objections.length === 0 && broken.length === 0))
    return { objections, broken, alternatives: [] };
  const alternatives = [...otherStart(before, entry), ...otherPeople(before, entry), ...nobodyYet(entry)];
  return { objections, broken, alternatives: alternatives.slice(0, ALTERNATIVES_MAX) };
}

/** What an entry brings that was not there before, with the entry's own objections. O(one or two people). */
export function tried(before: Evaluation, entry: Entry): Pick<WhyNot, "objections" | "broken"> {
  const was = before.entries.find(({ id }) => id === entry.id);
  const people = new Set([was?.personId ?? null, entry.personId]);
  const objections: Objection[] = [];
  const broken: BrokenRule[] = [];
  for (const personId of people) {
    if (personId === null) continue;
    const own = before.byPerson.get(personId) ?? [];
    const isTheirs = entry.personId === personId;
    const now = isTheirs ? put(own, entry) : own.filter(({ id }) => id !== entry.id);
    const result = judged(before.ground, personId, now);
    if (result === null) {
      if (isTheirs) objections.push(nobodyCalled(entry.id, personId));
      continue;
    }
    const known = resultFor(before, personId)!;
    const [said, brokenBefore] = [new Set(known.objections.map(objectionKey)), new Set(known.broken.map(brokenKey))];
    objections.push(...result.objections.filter((each) => each.entryId === entry.id || !said.has(objectionKey(each))));
    broken.push(...result.broken.filter((each) => !brokenBefore.has(brokenKey(each))));
  }
  return { objections, broken };
}

const objectionKey = ({ entryId, sentence }: Objection): string => `${entryId} ${sentence}`;
const brokenKey = ({ sentence }: BrokenRule): string => sentence;

const isFine = (before: Evaluation, entry: Entry): boolean => {
  const { objections, broken } = tried(before, entry);
  return objections.length === 0 && broken.length === 0;
};

type Add = Entry & { readonly kind: "add" };

function otherStart(before: Evaluation, entry: Add): Alternative[] {
  if (entry.personId === null) return [];
  for (let step = 1; step <= START_STEPS_MAX; step++)
    for (const by of [step * START_STEP_MINUTES, -step * START_STEP_MINUTES]) {
      const shift = movedBy(entry.shift, by);
      if (shift === null) continue;
      const moved = { ...entry, shift };
      if (!isFine(before, moved)) continue;
      const note = { kind: "keeps-rules", shift: shiftTold(shift), day: isoDay(entry.day) } as const;
      return [alternative({ kind: "start-instead", fromMinute: shift.fromMinute }, moved, note)];
    }
  return [];
}

const alternative = (facts: ObjectionFacts, entry: Add, noteFacts: ObjectionFacts): Alternative => ({
  label: objectionText(facts),
  facts,
  entry,
  note: objectionText(noteFacts),
  noteFacts,
});

/** The same shift earlier or later on its day; null where it would begin on another. */
export function movedBy(shift: Shift, minutes: number): Shift | null {
  const fromMinute = shift.fromMinute + minutes;
  if (fromMinute < 0 || fromMinute >= 1_440) return null;
  const breaks = shift.breaks.map((pause) => ({
    ...pause,
    fromMinute: pause.fromMinute + minutes,
    toMinute: pause.toMinute + minutes,
  }));
  return { ...shift, fromMinute, toMinute: shift.toMinute + minutes, breaks };
}

/** Those with the fewest hours beside their contract first, of equal ones by name. */
function otherPeople(before: Evaluation, entry: Add): Alternative[] {
  const { question } = before.ground;
  const able = question.people
    .filter(({ personId }) => personId !== entry.personId)
    .filter((person) => entry.skillId === null || hasSkill(person, entry.skillId, null, entry.day))
    .map((person) => ({ person, result: resultFor(before, person.personId)! }))
    .sort(
      (one, other) =>
        one.result.plannedMinutes -
          one.result.nominalMinutes -
          (other.result.plannedMinutes - other.result.nominalMinutes) ||
        one.person.name.localeCompare(other.person.name, "en"),
    );
  const found: Alternative[] = [];
  for (const { person, result } of able.slice(0, PEOPLE_TRIED_MAX)) {
    if (found.length === PEOPLE_OFFERED_MAX) break;
    const given = { ...entry, personId: person.personId };
    if (!isFine(before, given)) continue;
    const skill = entry.skillId === null ? null : question.skillName(entry.skillId);
    const hours = { kind: "hours-planned", minutes: result.plannedMinutes, of: result.nominalMinutes, skill } as const;
    found.push(alternative({ kind: "give-to", name: person.name }, given, hours));
  }
  return found;
}

function nobodyYet(entry: Add): Alternative[] {
  if (entry.personId === null) return [];
  const open = { ...entry, personId: null };
  return [alternative({ kind: "leave-open" }, open, { kind: "can-ask" })];
}
