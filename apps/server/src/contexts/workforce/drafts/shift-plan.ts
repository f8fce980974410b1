import type { Entry } from "@hourwright/roster";
import { shiftFaults, type Break, type Shift } from "@hourwright/schedule";
import type { Wrong } from "../../../platform/sheets/sheet.ts";
import { faultOf, wrongLine, type Fault } from "../../../platform/sheets/wrong.ts";
import { dayOf } from "../contracts/terms.ts";
import { clockOf, minuteOf } from "../hours/decide.ts";
import type { FileShift } from "./shift-file.ts";

// Pure: what the shifts of a file come to, beside who is here and what stands.

export type KnownStaff = {
  readonly people: readonly {
    readonly id: string;
    readonly name: string;
    readonly email: string | null;
    readonly retired: boolean;
  }[];
  /** Numbers that a directory has given people. */
  readonly numbers: ReadonlyMap<string, string>;
  readonly skills: readonly { readonly id: string; readonly name: string }[];
  /** Why somebody cannot be planned by who asks; null when they can. */
  readonly whyNot: (personId: string) => Fault | null;
};

/** A shift with who works it. */
export type NamedShift = {
  readonly from: FileShift;
  readonly personId: string | null;
  readonly day: number;
  readonly shift: Shift;
  readonly skillId: string | null;
};

/** Says of each shift who it is of and with which skill; and what stands against it, by line. */
export function namedShifts(
  shifts: readonly FileShift[],
  { people, numbers, skills, whyNot }: KnownStaff,
): { readonly named: readonly NamedShift[]; readonly wrong: readonly Wrong[] } {
  const byEmail = new Map(people.flatMap((each) => (each.email === null ? [] : [[each.email, each] as const])));
  const byId = new Map(people.map((each) => [each.id, each]));
  const byName = Map.groupBy(people, ({ name }) => name.toLowerCase());
  const bySkill = new Map(skills.map(({ id, name }) => [name.toLowerCase(), id]));
  const wrong: Wrong[] = [];
  const personOf = (text: string): string | { readonly why: Fault } => {
    const numbered = byId.get(numbers.get(text) ?? "");
    const alike = (byName.get(text.toLowerCase()) ?? []).filter(({ retired }) => !retired);
    const found =
      byEmail.get(text.toLowerCase()) ??
      numbered ??
      (alike.length === 1 ? alike[0] : byName.get(text.toLowerCase())?.[0]);
    if (alike.length > 1 && found === alike[0]) return { why: faultOf("alike", { name: text, count: alike.length }) };
    if (found === undefined) return { why: faultOf("nobody-here", { cell: text }) };
    if (found.retired) return { why: faultOf("retired", { name: found.name }) };
    const why = whyNot(found.id);
    return why === null ? found.id : { why };
  };
  const known = new Map<string, ReturnType<typeof personOf>>();
  const named = shifts.flatMap((from): NamedShift[] => {
    const { line, column } = from;
    const say = (where: string, why: Fault) => {
      wrong.push(why(line, column === "" ? where : column));
      return [];
    };
    const person = from.person === null ? null : (known.get(from.person) ?? personOf(from.person));
    if (from.person !== null && person !== null) known.set(from.person, person);
    if (person !== null && typeof person !== "string") return say("person", person.why);
    const skillId = from.skill === null ? null : (bySkill.get(from.skill.toLowerCase()) ?? null);
    if (from.skill !== null && skillId === null) return say("skill", faultOf("no-skill", { name: from.skill }));
    const shift = shiftOf(from);
    const [fault] = shiftFaults(shift);
    return fault === undefined
      ? [{ from, personId: person, day: dayOf(from.day), shift, skillId }]
      : say("from", faultOf("shift", { sentence: fault.sentence }));
  });
  return { named, wrong: [...wrong, ...meetings(named)] };
}

/** A break is in the middle of its shift, to the quarter hour before it: files say how long it is, and not when. */
function shiftOf({ name, starts, minutes, breakMinutes, site }: FileShift): Shift {
  const fromMinute = minuteOf(starts);
  const middle = fromMinute + Math.max(0, Math.floor((minutes - breakMinutes) / 2 / 15) * 15);
  const pause: Break = { fromMinute: middle, toMinute: middle + breakMinutes, isPaid: false };
  return {
    name,
    kind: "work",
    fromMinute,
    toMinute: fromMinute + minutes,
    breaks: breakMinutes === 0 ? [] : [pause],
    site,
  };
}

const DAY_MINUTES = 1_440;
const beginsAt = ({ day, shift }: Pick<NamedShift, "day" | "shift">): number => day * DAY_MINUTES + shift.fromMinute;
const endsAt = ({ day, shift }: Pick<NamedShift, "day" | "shift">): number => day * DAY_MINUTES + shift.toMinute;

/** One person by two names may have shifts that meet. */
function meetings(named: readonly NamedShift[]): Wrong[] {
  const own = Map.groupBy(
    named.filter(({ personId }) => personId !== null),
    ({ personId }) => personId!,
  );
  return [...own.values()].flatMap((shifts) => {
    const inOrder = shifts.toSorted((one, other) => beginsAt(one) - beginsAt(other));
    return inOrder.flatMap((each, at) => {
      const last = inOrder[at - 1];
      if (
        last === undefined ||
        endsAt(last) <= beginsAt(each) ||
        last.from.person?.toLowerCase() === each.from.person?.toLowerCase()
      )
        return [];
      return [wrongLine(each.from.line, each.from.column, "same-person", { other: last.from.line })];
    });
  });
}

/** What a line comes to: `stands` are shifts that it is in the place of. */
export type PlannedShift = NamedShift & { readonly stands: readonly Pick<NamedShift, "day" | "shift">[] };

/**
 * Beside what stands already: a shift of the same times that stands is left as it is; others of the person that it meets do not take place
 * in the draft. `standing` are the shifts of each person by day.
 */
export function plannedBeside(
  named: readonly NamedShift[],
  standing: ReadonlyMap<string, readonly Pick<NamedShift, "day" | "shift">[]>,
): { readonly planned: readonly PlannedShift[]; readonly unchanged: number } {
  const planned = named.flatMap((each): PlannedShift[] => {
    const own = each.personId === null ? [] : (standing.get(each.personId) ?? []);
    if (own.some((other) => isSame(each, other))) return [];
    return [
      { ...each, stands: own.filter((other) => beginsAt(other) < endsAt(each) && beginsAt(each) < endsAt(other)) },
    ];
  });
  return { planned, unchanged: named.length - planned.length };
}

const isSame = (one: NamedShift, other: Pick<NamedShift, "day" | "shift">): boolean =>
  beginsAt(one) === beginsAt(other) &&
  endsAt(one) === endsAt(other) &&
  one.skillId === null &&
  (one.shift.site === null || one.shift.site === other.shift.site);

/** The shifts of a draft that they are: one that is in the place of others drops each of those once. */
export function entriesOf(planned: readonly PlannedShift[], newId: () => string): Entry[] {
  const dropped = new Set<string>();
  return planned.flatMap(({ personId, day, shift, skillId, stands }): Entry[] => {
    const drops = stands.flatMap((other): Entry[] => {
      const key = `${personId} ${beginsAt(other)}`;
      if (dropped.has(key)) return [];
      dropped.add(key);
      return [
        { id: newId(), kind: "drop", personId: personId!, of: { day: other.day, fromMinute: other.shift.fromMinute } },
      ];
    });
    return [...drops, { id: newId(), kind: "add", personId, day, shift, skillId }];
  });
}

/** `07:00–15:00` */
export const timesText = ({ shift: { fromMinute, toMinute } }: Pick<NamedShift, "shift">): string =>
  `${clockOf(fromMinute % DAY_MINUTES)}–${clockOf(toMinute % DAY_MINUTES)}`;
