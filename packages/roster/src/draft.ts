import { exactly } from "@hourwright/availability";
import {
  absenceTold,
  contractOn,
  isoDay,
  objectionText,
  shiftFaults,
  shiftTold,
  type AbsenceTold,
  type Adjustment,
  type ObjectionFacts,
  type PlacedShift,
  type ScheduleQuestion,
  type Shift,
  type ShiftKey,
  type Stretch,
} from "@hourwright/schedule";
import { overlaps, type Interval } from "@hourwright/time";

/** What a draft says beside what stands: a shift more, of somebody or of nobody yet, or a standing shift less. */
export type Entry =
  | {
      readonly id: string;
      readonly kind: "add";
      readonly personId: string | null;
      readonly day: number;
      readonly shift: Shift;
      readonly skillId: string | null;
    }
  | { readonly id: string; readonly kind: "drop"; readonly personId: string; readonly of: ShiftKey };

export const ENTRIES_MAX = 20_000;

/** A skill of somebody from a day on, until a day, both included; null: it does not end. */
export type PersonSkill = {
  readonly skillId: string;
  readonly level: number;
  readonly fromDay: number;
  readonly untilDay: number | null;
};

/** Whose schedule it is; the window of the question does not matter. */
export type Person = Omit<ScheduleQuestion, "fromDay" | "toDay"> & {
  readonly personId: string;
  readonly name: string;
  readonly skills: readonly PersonSkill[];
};

export type Objection = {
  readonly entryId: string;
  readonly personId: string | null;
  readonly code: "shift" | "no-contract" | "no-such-shift" | "over-absence" | "over-shift" | "skill" | "nobody";
  readonly facts: ObjectionFacts;
  /** In English. */
  readonly sentence: string;
};

export const dayOfEntry = (entry: Entry): number => (entry.kind === "add" ? entry.day : entry.of.day);

/** Who would publish it stands here until somebody does. */
const DRAFTED = { by: "the draft", onDay: 0 };

/** Entries of one person as approved adjustments, what is dropped first: so there is room for what comes [DR2]. */
export function adjustmentsOf(entries: readonly Entry[], approval: Adjustment["approval"] = DRAFTED): Adjustment[] {
  const drops = entries.flatMap((entry): Adjustment[] =>
    entry.kind === "drop" ? [{ id: entry.id, approval, what: { kind: "cancelled", of: entry.of } }] : [],
  );
  const adds = entries.flatMap((entry): Adjustment[] => {
    if (entry.kind === "drop") return [];
    const { id, day, shift } = entry;
    return [{ id, approval, what: { kind: "rostered", day, shift, from: null, interrupts: false } }];
  });
  return [...drops, ...adds];
}

/** A person with the entries of a draft beside what is approved; what is only asked for stays behind [DR1] [DR2]. */
export function withEntries(person: Person, entries: readonly Entry[]): Person {
  if (entries.length === 0) return person;
  const approved = person.adjustments.filter(({ approval }) => approval !== null);
  return { ...person, adjustments: [...approved, ...adjustmentsOf(entries)] };
}

/** A shift that stands in some of its time, and when. */
export type Standing = { readonly placed: PlacedShift; readonly spans: readonly Interval[] };

/** The shifts that stand, in order of their first moment. */
export function standingIn(stretches: readonly Stretch[]): Standing[] {
  const found = new Map<PlacedShift, Interval[]>();
  for (const { why, shift, startMs, endMs } of stretches) {
    if (shift === null || (why.kind !== "shift" && why.kind !== "activated")) continue;
    const spans = found.get(shift);
    if (spans === undefined) found.set(shift, [{ startMs, endMs }]);
    else if (spans.at(-1)!.endMs === startMs) spans[spans.length - 1] = { startMs: spans.at(-1)!.startMs, endMs };
    else spans.push({ startMs, endMs });
  }
  return Array.from(found, ([placed, spans]) => ({ placed, spans }));
}

const isCalled =
  ({ day, fromMinute }: ShiftKey) =>
  ({ placed }: Standing): boolean =>
    placed.day === day && placed.shift.fromMinute === fromMinute;

/**
 * What speaks against the entries of one person, one after the other, drops first [DR3]. `stretches`: their schedule without the
 * draft, three days around it too. Of the shifts that one meets the first `MET_MAX` are told, so that what is told stays linear in entries.
 * O(entries × shifts near them).
 */
export function objectionsOf(
  person: Person,
  stretches: readonly Stretch[],
  entries: readonly Entry[],
  skillName: (id: string) => string,
): Objection[] {
  const objections: Objection[] = [];
  const byDay = Map.groupBy(standingIn(stretches), ({ placed }) => placed.day);
  const absences = absencesOf(person);
  const { name } = person;
  const object = ({ id: entryId }: Entry, code: Objection["code"], facts: ObjectionFacts): void =>
    void objections.push({ entryId, personId: person.personId, code, facts, sentence: objectionText(facts) });

  for (const entry of entries) {
    if (entry.kind !== "drop") continue;
    const { of } = entry;
    const own = byDay.get(of.day) ?? [];
    const meant = own.findLast(isCalled(of));
    if (meant === undefined) {
      const begins = { fromMinute: of.fromMinute, day: isoDay(of.day) };
      object(entry, "no-such-shift", { kind: "their-shift-missing", name, ...begins });
      continue;
    }
    byDay.set(
      of.day,
      own.filter((each) => each !== meant),
    );
  }

  const coming = new Map<number, Coming[]>();
  for (const entry of entries) {
    if (entry.kind !== "add") continue;
    const { day, shift, skillId } = entry;
    const [wrong] = shiftFaults(shift);
    if (wrong !== undefined) {
      const about = wrong.code === "break" ? "break" : "shift";
      object(entry, "shift", { kind: "shift-fault", about, sentence: wrong.sentence });
      continue;
    }
    const placed = { shift: shiftTold(shift), day: isoDay(day) };
    if (contractOn(person.contracts, day) === null) {
      object(entry, "no-contract", { kind: "their-contract-missing", name, day: placed.day });
      continue;
    }
    const exact = exactly(shift, day, person.zone);
    if (exact === null) {
      object(entry, "shift", { kind: "clocks-skip", ...placed });
      continue;
    }
    for (const other of metBy(byDay, coming, exact, day))
      object(entry, "over-shift", { kind: "their-shifts-overlap", name, other, ...placed });
    for (const { absence, isOver } of absences)
      if (isOver(exact, day)) object(entry, "over-absence", { kind: "their-absence", name, absence, ...placed });
    if (skillId !== null && !hasSkill(person, skillId, null, day))
      object(entry, "skill", { kind: "their-skill-missing", name, skill: skillName(skillId), day: placed.day });
    const ofDay = coming.get(day);
    if (ofDay === undefined) coming.set(day, [{ ...exact, day, shift }]);
    else ofDay.push({ ...exact, day, shift });
  }
  return objections;
}

/** A shift of the draft that comes before in it. */
type Coming = Interval & { readonly day: number; readonly shift: Shift };

/** Shifts that are told of those which one meets. */
const MET_MAX = 3;

/**
 * What a shift meets first: of what stands on the days around, and of the draft. Nights reach into the next days, and clocks are put
 * back.
 */
function metBy(
  byDay: ReadonlyMap<number, readonly Standing[]>,
  coming: ReadonlyMap<number, readonly Coming[]>,
  exact: Interval,
  day: number,
): Met[] {
  const met: Met[] = [];
  for (let each = day - 3; each <= day + 3; each++)
    for (const { placed, spans } of byDay.get(each) ?? []) {
      if (met.length === MET_MAX) return met;
      if (spans.some((span) => overlaps(span, exact)))
        met.push({ shift: shiftTold(placed.shift), day: isoDay(placed.day), isOfContract: placed.adjustment === null });
    }
  for (let each = day - 3; each <= day + 3; each++)
    for (const other of coming.get(each) ?? []) {
      if (met.length === MET_MAX) return met;
      if (overlaps(other, exact))
        met.push({ shift: shiftTold(other.shift), day: isoDay(other.day), isOfContract: false });
    }
  return met;
}

type Met = (ObjectionFacts & { readonly kind: "their-shifts-overlap" })["other"];

export type Away = { readonly absence: AbsenceTold; readonly isOver: (exact: Interval, day: number) => boolean };

/** Absences that are approved: of whole days by the day a shift begins on, of exact time by the clock. */
export function absencesOf({ adjustments }: Person): Away[] {
  return adjustments.flatMap((adjustment): Away[] => {
    const { approval, what } = adjustment;
    if (approval === null || what.kind !== "absence") return [];
    const { span } = what;
    const isOver = (exact: Interval, day: number) =>
      "fromDay" in span ? span.fromDay <= day && day < span.toDay : overlaps(span, exact);
    return [{ absence: absenceTold(adjustment)!, isOver }];
  });
}

/** Whether somebody has a skill on a day, at a level at least. */
export function hasSkill({ skills }: Pick<Person, "skills">, skillId: string, levelMin: number | null, day: number) {
  return skills.some(
    (each) =>
      each.skillId === skillId &&
      each.level >= (levelMin ?? 0) &&
      each.fromDay <= day &&
      (each.untilDay === null || day <= each.untilDay),
  );
}
