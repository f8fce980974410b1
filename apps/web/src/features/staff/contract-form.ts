import { dayOfText, textOfDay } from "../../data/roster.ts";
import type { Call } from "@hourwright/client";
import type { ProblemBody } from "../../data/api.ts";
import type { Contract } from "../../data/staff.ts";

// Pure: a version of a contract as it is typed, and as it is asked for.

export type BreakForm = { readonly starts: string; readonly minutes: string; readonly isPaid: boolean };
export type ShiftForm = {
  readonly weekday: number;
  readonly name: string;
  readonly kind: "work" | "duty" | "on-call";
  readonly starts: string;
  readonly ends: string;
  readonly breaks: readonly BreakForm[];
  readonly site: string;
};
export type ContractForm = {
  readonly from: string;
  readonly until: string;
  readonly hours: string;
  readonly per: "week" | "month" | "year";
  readonly part: string;
  readonly weeks: readonly (readonly ShiftForm[])[];
  readonly anchor: string;
  readonly site: string;
  readonly region: string;
  readonly holidays: "paid" | "unpaid" | "worked";
  readonly ruleSetId: string;
  readonly cost: string;
  readonly currency: string;
};

export type ContractBody = Call<"contracts.create">["body"];

export const WEEKS_MAX = 53;
export const SHIFTS_OF_A_WEEK_MAX = 84;
export const BREAKS_MAX = 12;
const DAY_MINUTES = 1_440;
const WEEK_DAYS = 7;

export const NEW_SHIFT: Omit<ShiftForm, "weekday"> = {
  name: "",
  kind: "work",
  starts: "08:00",
  ends: "16:00",
  breaks: [],
  site: "",
};

/** A form for a version from a day on: as the last version is, or empty. */
export function formOf(last: Contract | null, from: string): ContractForm {
  if (last === null)
    return {
      from,
      until: "",
      hours: "40",
      per: "week",
      part: "100",
      weeks: [[]],
      anchor: from,
      site: "",
      region: "",
      holidays: "paid",
      ruleSetId: "",
      cost: "",
      currency: "EUR",
    };
  return {
    from,
    until: "",
    hours: hoursText(last.nominal.minutes),
    per: last.nominal.per,
    part: String((last.partPermille ?? 1_000) / 10),
    weeks: last.weeks.map((week) => week.map(shiftForm)),
    anchor: last.anchor,
    site: last.site ?? "",
    region: last.region ?? "",
    holidays: last.holidays ?? "paid",
    ruleSetId: last.ruleSetId ?? "",
    cost: last.cost === null ? "" : String(last.cost.minorUnits / 10 ** digitsOf(last.cost.currency)),
    currency: last.cost?.currency ?? "EUR",
  };
}

type Shift = Contract["weeks"][number][number];

function shiftForm({ weekday, name = "", kind = "work", starts, minutes, breaks = [], site }: Shift): ShiftForm {
  return {
    weekday,
    name,
    kind,
    starts,
    ends: timeText(minuteOf(starts)! + minutes),
    breaks: breaks.map((each) => ({
      starts: each.starts,
      minutes: String(each.minutes),
      isPaid: each.isPaid ?? false,
    })),
    site: site ?? "",
  };
}

/** `26:15` is 02:15 on the next day. */
export const timeText = (minute: number): string => {
  const within = ((minute % DAY_MINUTES) + DAY_MINUTES) % DAY_MINUTES;
  return `${String(Math.floor(within / 60)).padStart(2, "0")}:${String(within % 60).padStart(2, "0")}`;
};

export function minuteOf(time: string): number | null {
  const [, hour, minute] = /^([01]\d|2[0-3]):([0-5]\d)$/.exec(time) ?? [];
  return hour === undefined ? null : Number(hour) * 60 + Number(minute);
}

/** From one time of the clock to another, minutes: over midnight where the second is not later. */
export function minutesBetween(starts: string, ends: string): number | null {
  const [from, to] = [minuteOf(starts), minuteOf(ends)];
  if (from === null || to === null) return null;
  return to > from ? to - from : to - from + DAY_MINUTES;
}

const hoursText = (minutes: number): string =>
  minutes % 60 === 0
    ? String(minutes / 60)
    : `${String(Math.floor(minutes / 60))}:${String(minutes % 60).padStart(2, "0")}`;

/** “38.5”, “38,5” or “38:30” as minutes; null for anything else. */
export function minutesOfHours(text: string): number | null {
  const [, hours, minutes] = /^(\d{1,4}):([0-5]\d)$/.exec(text.trim()) ?? [];
  if (hours !== undefined) return Number(hours) * 60 + Number(minutes);
  if (!/^\d{1,4}([.,]\d{1,2})?$/.test(text.trim())) return null;
  return Math.round(Number(text.trim().replace(",", ".")) * 60);
}

/** Decimal places of a currency's smallest unit; two where it is not known. */
function digitsOf(currency: string): number {
  try {
    const format = new Intl.NumberFormat("en", { style: "currency", currency });
    return format.resolvedOptions().maximumFractionDigits ?? 2;
  } catch {
    return 2;
  }
}

export type ContractFault =
  | { readonly at: "from" | "hours" | "part" | "cost" | "currency" | "anchor" }
  | { readonly at: "times"; readonly week: number; readonly shift: number }
  | { readonly at: "break"; readonly week: number; readonly shift: number; readonly pause: number };

/** What is wrong with what is typed; none: it can be sent. What only the server knows it says. */
export function faultsOf(form: ContractForm): readonly ContractFault[] {
  const faults: ContractFault[] = [];
  if (dayOfText(form.from) === null) faults.push({ at: "from" });
  if (minutesOfHours(form.hours) === null) faults.push({ at: "hours" });
  if (permilleOf(form.part) === null) faults.push({ at: "part" });
  if (dayOfText(form.anchor) === null) faults.push({ at: "anchor" });
  if (form.cost.trim() !== "") {
    if (!/^[A-Z]{3}$/.test(form.currency)) faults.push({ at: "currency" });
    if (amountOf(form.cost, form.currency) === null) faults.push({ at: "cost" });
  }
  for (const [week, shifts] of form.weeks.entries())
    for (const [shift, { starts, ends, breaks }] of shifts.entries()) {
      if (minutesBetween(starts, ends) === null) faults.push({ at: "times", week, shift });
      for (const [pause, { starts: at, minutes }] of breaks.entries())
        if (minuteOf(at) === null || wholeOf(minutes) === null) faults.push({ at: "break", week, shift, pause });
    }
  return faults;
}

function permilleOf(text: string): number | null {
  if (!/^\d{1,3}([.,]\d)?$/.test(text.trim())) return null;
  const permille = Math.round(Number(text.trim().replace(",", ".")) * 10);
  return permille >= 1 && permille <= 1_000 ? permille : null;
}

function amountOf(text: string, currency: string): number | null {
  if (!/^\d{1,7}([.,]\d{1,3})?$/.test(text.trim())) return null;
  return Math.round(Number(text.trim().replace(",", ".")) * 10 ** digitsOf(currency));
}

function wholeOf(text: string): number | null {
  const minutes = /^\d{1,4}$/.test(text.trim()) ? Number(text.trim()) : 0;
  return minutes >= 1 && minutes <= DAY_MINUTES ? minutes : null;
}

/** What is asked for; call it only where `faultsOf` finds nothing. `withCost`: whoever may not know what an hour costs leaves it as it was. */
export function bodyOf(personId: string, form: ContractForm, withCost: boolean): ContractBody {
  return {
    personId,
    from: form.from,
    until: form.until === "" ? null : form.until,
    nominal: { minutes: minutesOfHours(form.hours)!, per: form.per },
    partPermille: permilleOf(form.part)!,
    weeks: form.weeks.map((shifts) =>
      shifts.map(({ weekday, name, kind, starts, ends, breaks, site }) => ({
        weekday,
        name: name.trim(),
        kind,
        starts,
        minutes: minutesBetween(starts, ends)!,
        breaks: breaks.map((each) => ({ starts: each.starts, minutes: wholeOf(each.minutes)!, isPaid: each.isPaid })),
        site: site.trim() === "" ? null : site.trim(),
      })),
    ),
    anchor: form.anchor,
    site: form.site.trim() === "" ? null : form.site.trim(),
    region: form.region.trim() === "" ? null : form.region.trim().toUpperCase(),
    holidays: form.holidays,
    ruleSetId: form.ruleSetId === "" ? null : form.ruleSetId,
    ...(withCost && {
      cost:
        form.cost.trim() === "" ? null : { minorUnits: amountOf(form.cost, form.currency)!, currency: form.currency },
    }),
  };
}

/** Work of a week without unpaid breaks and without calls, minutes. */
export function paidMinutes(week: readonly ShiftForm[]): number {
  return week.reduce((sum, { kind, starts, ends, breaks }) => {
    if (kind === "on-call") return sum;
    const unpaid = breaks.reduce((all, each) => all + (each.isPaid ? 0 : (wholeOf(each.minutes) ?? 0)), 0);
    return sum + (minutesBetween(starts, ends) ?? 0) - unpaid;
  }, 0);
}

/** The first day on which another version may begin: today, or the day after the last one began. */
export function firstFrom(last: Contract | null, today: string): string {
  if (last === null || last.from < today) return today;
  return textOfDay(dayOfText(last.from)! + 1);
}

const FRIDAY = 5;

/** The week with the shifts of a day on each day after it until Friday, or Sunday for one of the weekend. */
export function copiedOn(week: readonly ShiftForm[], weekday: number): readonly ShiftForm[] {
  const last = weekday < FRIDAY ? FRIDAY : WEEK_DAYS;
  const kept = week.filter((shift) => shift.weekday <= weekday || shift.weekday > last);
  const ofDay = week.filter((shift) => shift.weekday === weekday);
  const copies = Array.from({ length: last - weekday }, (_, i) =>
    ofDay.map((shift) => ({ ...shift, weekday: weekday + 1 + i })),
  ).flat();
  return [...kept, ...copies].toSorted((a, b) => a.weekday - b.weekday).slice(0, SHIFTS_OF_A_WEEK_MAX);
}

export type RefusedAt = "from" | "until" | "hours" | "part" | "region" | "cost" | "rules" | "pattern" | "rest";

const AT_OF_FAULT: Readonly<Record<string, RefusedAt>> = {
  overlap: "from",
  days: "until",
  nominal: "hours",
  "part-time": "part",
  cost: "cost",
  pattern: "pattern",
  shift: "pattern",
  "shift-overlap": "pattern",
  break: "pattern",
  rule: "rules",
};
const AT_OF_CODE: Readonly<Record<string, RefusedAt>> = {
  "workforce/contracts-overlap": "from",
  "workforce/rules-contradict": "rules",
};
const AT_OF_FIELD: Readonly<Record<string, RefusedAt>> = {
  from: "from",
  until: "until",
  nominal: "hours",
  partPermille: "part",
  region: "region",
  cost: "cost",
  weeks: "pattern",
};

/** At which field the server's refusal is shown. */
export function placeOfRefusal(problem: ProblemBody | null): RefusedAt {
  if (problem === null) return "rest";
  const [fault] = (problem["faults"] ?? []) as readonly { readonly code: string }[];
  const field = /^body\.(\w+)/.exec(problem.detail)?.[1] ?? "";
  return AT_OF_FAULT[fault?.code ?? ""] ?? AT_OF_CODE[problem.code] ?? AT_OF_FIELD[field] ?? "rest";
}
