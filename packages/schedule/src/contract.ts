import { WEEKS_MAX, type Opening } from "@hourwright/availability";
import { ruleFaults, type Rule } from "./rule.ts";
import { dayText, minuteText, quoted } from "./text.ts";

/** Within a shift, told by the wall like the shift. It is as long as it is written, also when the clocks change [CV6]. */
export type Break = Opening & { readonly isPaid: boolean };

/**
 * A shift as it is written down: minutes after midnight of the day it begins on. `work`: at work, and may be booked.
 * `duty`: at work and taken. `on-call`: at home, ready. `site`: null where the contract's counts.
 */
export type Shift = Opening & {
  readonly name: string;
  readonly kind: "work" | "duty" | "on-call";
  readonly breaks: readonly Break[];
  readonly site: string | null;
};

/** Weeks of Monday to Sunday that take turns, the first of them in the week of `anchorDay`. */
export type Turns = { readonly weeks: readonly (readonly (readonly Shift[])[])[]; readonly anchorDay: number };

/** Smallest units of a currency (ISO 4217), an hour. */
export type HourlyCost = { readonly minorUnits: number; readonly currency: string };

/**
 * What holds of one person from a day on to before another (null: until further notice); days since 1970-01-01.
 * `partPermille`: of full time, 1 to 1,000. `region`: whose public holidays count; null for none but named days.
 * `holidays`: whether a public holiday's shifts are off and paid, off and unpaid, or worked all the same.
 */
export type Contract = {
  readonly id: string;
  readonly fromDay: number;
  readonly toDay: number | null;
  readonly nominal: { readonly minutes: number; readonly per: "week" | "month" | "year" };
  readonly partPermille: number;
  readonly turns: Turns;
  readonly site: string | null;
  readonly region: string | null;
  readonly holidays: "paid" | "unpaid" | "worked";
  readonly cost: HourlyCost | null;
  readonly rules: readonly Rule[];
};

export const CONTRACTS_MAX = 200;
export const SHIFTS_PER_DAY_MAX = 12;
export const BREAKS_MAX = 12;
export const SHIFT_MINUTES_MAX = 1_440;
export const NAME_CHARACTERS_MAX = 200;
export const COST_MAX = 100_000_000;
const NOMINAL_MINUTES_MAX = { week: 7 * 1_440, month: 31 * 1_440, year: 366 * 1_440 };
const FULL_TIME_PERMILLE = 1_000;

export type ContractFault = {
  readonly code:
    | "overlap"
    | "days"
    | "nominal"
    | "part-time"
    | "cost"
    | "pattern"
    | "shift"
    | "shift-overlap"
    | "break"
    | "rule"
    | "too-many"
    | "same-id";
  readonly sentence: string;
};

/** Everything that is wrong with the versions of one person, none when they are in order [CV1] to [CV8]. O(versions log versions + shifts). */
export function contractFaults(versions: readonly Contract[]): ContractFault[] {
  if (versions.length > CONTRACTS_MAX)
    return [fault("too-many", `There may be ${CONTRACTS_MAX} versions, and there are ${versions.length}.`)];
  const twice = versions.filter(({ id }, i) => versions.findIndex((other) => other.id === id) < i);
  return [
    ...versions.flatMap(faultsOf),
    ...twice.map(({ id }) => fault("same-id", `Two versions are called ${quoted(id)}.`)),
    ...overlapsOf(versions),
  ];
}

/**
 * The versions once `next` holds from its first day on: the one that held until then ends the day before, those that
 * began later are refused, and what was before stays as it is, by identity [CV2].
 */
export function changedFrom(
  versions: readonly Contract[],
  next: Contract,
): { readonly versions: readonly Contract[] } | { readonly refused: readonly ContractFault[] } {
  const later = versions.filter(({ fromDay }) => fromDay >= next.fromDay);
  const refused = later.map((other) =>
    fault(
      "overlap",
      `${capital(spanText(other))} begins when ${spanText(next)} is to hold: a change begins after all versions there are.`,
    ),
  );
  if (refused.length > 0) return { refused };
  const before = versions.map((version) =>
    version.toDay === null || version.toDay > next.fromDay ? { ...version, toDay: next.fromDay } : version,
  );
  const changed = [...before, next];
  const faults = contractFaults(changed);
  return faults.length > 0 ? { refused: faults } : { versions: changed };
}

/** The version that holds on a day; null when none does. */
export function contractOn(versions: readonly Contract[], day: number): Contract | null {
  return versions.find(({ fromDay, toDay }) => fromDay <= day && (toDay === null || day < toDay)) ?? null;
}

/** What is wrong with a shift by itself [CV4] [CV5]. */
export function shiftFaults(shift: Shift): ContractFault[] {
  const { fromMinute, toMinute, name, breaks } = shift;
  const called = () => shiftText(shift);
  const bounds = { name: name.length > NAME_CHARACTERS_MAX, breaks: breaks.length > BREAKS_MAX };
  if (bounds.name) return [fault("shift", `A name has at most ${NAME_CHARACTERS_MAX} characters.`)];
  if (bounds.breaks) return [fault("break", `${called()} has more than ${BREAKS_MAX} breaks.`)];
  if (!isMinute(fromMinute) || fromMinute >= 1_440)
    return [fault("shift", `${called()} begins at a whole minute of its day, 0 to 1,439.`)];
  if (!isMinute(toMinute) || toMinute <= fromMinute) return [fault("shift", `${called()} has no length.`)];
  if (toMinute - fromMinute > SHIFT_MINUTES_MAX) return [fault("shift", `${called()} is longer than a day.`)];
  return breakFaults(shift);
}

function breakFaults(shift: Shift): ContractFault[] {
  const { fromMinute, toMinute, breaks } = shift;
  const faults: ContractFault[] = [];
  for (const [i, pause] of breaks.entries()) {
    const text = () => `The break from ${minuteText(pause.fromMinute)} to ${minuteText(pause.toMinute)}`;
    const isWhole = isMinute(pause.fromMinute) && isMinute(pause.toMinute) && pause.fromMinute < pause.toMinute;
    if (!isWhole) faults.push(fault("break", `${text()} has no length of whole minutes.`));
    else if (pause.fromMinute < fromMinute || pause.toMinute > toMinute)
      faults.push(fault("break", `${text()} is outside of ${shiftText(shift)}.`));
    else if (breaks.slice(0, i).some((other) => isMeeting(other, pause)))
      faults.push(fault("break", `${text()} overlaps another break.`));
  }
  return faults;
}

/** "early shift (06:00–14:00)" */
export function shiftText({ name, fromMinute, toMinute }: Pick<Shift, "name" | "fromMinute" | "toMinute">): string {
  return `${name === "" ? "shift" : name} (${minuteText(fromMinute)}–${minuteText(toMinute)})`;
}

const fault = (code: ContractFault["code"], sentence: string): ContractFault => ({ code, sentence });

const isMinute = (value: number): boolean => Number.isSafeInteger(value) && value >= 0;

const isMeeting = (one: Opening, other: Opening): boolean =>
  one.fromMinute < other.toMinute && other.fromMinute < one.toMinute;

const spanText = ({ id, fromDay, toDay }: Pick<Contract, "id" | "fromDay" | "toDay">): string =>
  `version ${quoted(id)} (from ${dayText(fromDay)}${toDay === null ? "" : ` to before ${dayText(toDay)}`})`;

const capital = (text: string): string => text.slice(0, 1).toUpperCase() + text.slice(1);

function overlapsOf(versions: readonly Contract[]): ContractFault[] {
  const sorted = versions.toSorted((one, other) => one.fromDay - other.fromDay);
  return sorted.slice(1).flatMap((version, i) => {
    const before = sorted[i]!;
    const isApart = before.toDay !== null && before.toDay <= version.fromDay;
    return isApart ? [] : [fault("overlap", `${capital(spanText(before))} and ${spanText(version)} overlap.`)];
  });
}

function faultsOf(version: Contract): ContractFault[] {
  const { fromDay, toDay, nominal, partPermille, cost, rules, turns } = version;
  const called = `Version ${quoted(version.id)}`;
  const faults: ContractFault[] = [];
  if (!Number.isSafeInteger(fromDay) || (toDay !== null && (!Number.isSafeInteger(toDay) || toDay <= fromDay)))
    faults.push(fault("days", `${called} ends before it begins.`));
  if (!isMinute(nominal.minutes) || nominal.minutes > NOMINAL_MINUTES_MAX[nominal.per])
    faults.push(fault("nominal", `${called} has hours between none and all of a ${nominal.per}, in whole minutes.`));
  if (!Number.isSafeInteger(partPermille) || partPermille < 1 || partPermille > FULL_TIME_PERMILLE)
    faults.push(fault("part-time", `${called} is 1 to 1,000 thousandths of full time.`));
  if (cost !== null && (!isMinute(cost.minorUnits) || cost.minorUnits > COST_MAX || !/^[A-Z]{3}$/.test(cost.currency)))
    faults.push(fault("cost", `${called} costs a whole amount of a currency of three letters an hour.`));
  return [
    ...faults,
    ...turnFaults(turns, `version ${quoted(version.id)}`),
    ...ruleFaults(rules).map((sentence) => fault("rule", `${called}: ${sentence}`)),
  ];
}

function turnFaults({ weeks, anchorDay }: Turns, called: string): ContractFault[] {
  if (weeks.length === 0 || weeks.length > WEEKS_MAX)
    return [fault("pattern", `The pattern of ${called} has 1 to ${WEEKS_MAX} weeks, not ${weeks.length}.`)];
  if (!Number.isSafeInteger(anchorDay)) return [fault("pattern", `The pattern of ${called} begins on a day.`)];
  const week = weeks.findIndex((days) => days.length !== 7);
  if (week !== -1) return [fault("pattern", `Week ${week + 1} of ${called} does not have seven days.`)];
  const crowded = weeks.some((days) => days.some((shifts) => shifts.length > SHIFTS_PER_DAY_MAX));
  if (crowded) return [fault("pattern", `A day of ${called} has more than ${SHIFTS_PER_DAY_MAX} shifts.`)];
  const faults = weeks.flatMap((days) => days.flatMap((shifts) => shifts.flatMap(shiftFaults)));
  return faults.length > 0 ? faults : meetingsOf({ weeks, anchorDay });
}

/** Shifts of a turn that overlap, the last of its nights with the first of its days among them. */
function meetingsOf({ weeks }: Turns): ContractFault[] {
  const turnMinutes = weeks.length * 7 * 1_440;
  const all = weeks
    .flatMap((days, week) =>
      days.flatMap((shifts, day) =>
        shifts.map((shift) => ({ shift, week, day, at: (week * 7 + day) * 1_440 + shift.fromMinute })),
      ),
    )
    .toSorted((one, other) => one.at - other.at);
  return all.flatMap((one, i) => {
    const other = all[i + 1] ?? all[0]!;
    const otherAt = other.at + (i + 1 < all.length ? 0 : turnMinutes);
    if (one.at + one.shift.toMinute - one.shift.fromMinute <= otherAt) return [];
    const where = `week ${one.week + 1}, ${WEEKDAYS[one.day]}`;
    return [fault("shift-overlap", `${shiftText(one.shift)} and ${shiftText(other.shift)} overlap (${where}).`)];
  });
}

const WEEKDAYS = ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"];
