// Arbitraries, builders, and the slow obvious model that judges the merge: minute by minute, clocks by Temporal. For tests.

import fc from "fast-check";
import { DAY_MS, MINUTE_MS, findZone, weekdayOf, startOfWeek, type Zone } from "@hourwright/time";
import { ABSENCES, type Adjustment, type Deviation } from "./adjustment.ts";
import type { Break, Contract, Shift } from "./contract.ts";
import type { Holiday, ScheduleQuestion, Stretch } from "./unify.ts";

/** Days since 1970-01-01 of a date. */
export const dayOf = (text: string): number =>
  Temporal.PlainDate.from("1970-01-01").until(text, { largestUnit: "day" }).days;

const at = (text: string): number => {
  const [hours, minutes] = text.split(":").map(Number) as [number, number];
  return hours * 60 + minutes;
};

/** A shift from "06:00" to "14:00"; beyond midnight "30:00". */
export function shift(name: string, from: string, to: string, more: Partial<Shift> = {}): Shift {
  return { name, fromMinute: at(from), toMinute: at(to), kind: "work", breaks: [], site: null, ...more };
}

export const pause = (from: string, to: string, isPaid = false): Break => ({
  fromMinute: at(from),
  toMinute: at(to),
  isPaid,
});

/** Monday to Friday nine to five, 40 hours, from 2027 on. */
export function contract(more: Partial<Contract> = {}): Contract {
  const day = [shift("day shift", "09:00", "17:00")];
  return {
    id: "c1",
    fromDay: dayOf("2027-01-01"),
    toDay: null,
    nominal: { minutes: 2_400, per: "week" },
    partPermille: 1_000,
    turns: { weeks: [[day, day, day, day, day, [], []]], anchorDay: dayOf("2027-01-04") },
    site: null,
    region: "DE-BY",
    holidays: "paid",
    cost: null,
    rules: [],
    ...more,
  };
}

/** Approved by Ana on 1 March 2027. */
export const approved = (id: string, what: Deviation): Adjustment => ({
  id,
  approval: { by: "Ana", onDay: dayOf("2027-03-01") },
  what,
});

// Any schedule

const CLOCKS: readonly (readonly [zone: string, day: string])[] = [
  ["Europe/Berlin", "2027-03-27"],
  ["Europe/Berlin", "2027-10-30"],
  ["America/New_York", "2027-03-13"],
  ["America/New_York", "2027-11-06"],
  ["Australia/Lord_Howe", "2027-04-03"], // Back by half an hour.
  ["America/Sao_Paulo", "2018-11-03"], // Midnight was skipped.
  ["America/Sao_Paulo", "2019-02-16"], // Put back at midnight.
  ["Asia/Kolkata", "2027-02-27"], // Over the end of a month.
];

const DAYS = 4;

/** Some days around a change of clocks, with contracts that may leave gaps, and adjustments nobody has checked. */
export const anySchedule: fc.Arbitrary<ScheduleQuestion> = fc.constantFrom(...CLOCKS).chain(([id, date]) => {
  const [zone, first] = [findZone(id)!, dayOf(date) - 1];
  return fc.record({
    zone: fc.constant(zone),
    contracts: anyContracts(first),
    holidays: fc.array(anyHoliday(first), { maxLength: 2 }),
    adjustments: fc.array(anyDeviation(first, zone), { maxLength: 5 }).chain((all) =>
      fc.array(fc.boolean(), { minLength: all.length, maxLength: all.length }).map((pending) =>
        all.map((what, i): Adjustment => {
          const approval = pending[i] === true ? { by: "Ana", onDay: first } : null;
          return { id: `a${i}`, approval: i % 3 === 2 ? approval : { by: "Ana", onDay: first }, what };
        }),
      ),
    ),
    fromDay: fc.constant(first),
    toDay: fc.constant(first + DAYS),
  });
});

const STARTS = ["00:00", "02:30", "06:00", "14:00", "17:20", "22:00", "23:45"];

export const anyShift: fc.Arbitrary<Shift> = fc
  .record({
    from: fc.constantFrom(...STARTS),
    length: fc.constantFrom(7, 60, 240, 480, 605, 1_440),
    kind: fc.constantFrom("work", "duty", "on-call"),
    breaks: fc.array(fc.record({ from: fc.nat({ max: 300 }), length: fc.constantFrom(15, 45), isPaid: fc.boolean() }), {
      maxLength: 2,
    }),
  })
  .map(({ from, length, kind, breaks }) => {
    const fromMinute = at(from);
    const toMinute = fromMinute + length;
    const within = breaks.flatMap((one): Break[] => {
      const [begin, end] = [fromMinute + one.from, fromMinute + one.from + one.length];
      return end <= toMinute ? [{ fromMinute: begin, toMinute: end, isPaid: one.isPaid }] : [];
    });
    return { name: `shift ${from}`, fromMinute, toMinute, kind, breaks: within, site: null };
  });

function anyContracts(first: number): fc.Arbitrary<Contract[]> {
  const anyDay = fc.oneof(
    { weight: 1, arbitrary: fc.constant([]) },
    { weight: 3, arbitrary: anyShift.map((one) => [one]) },
  );
  const anyWeek = fc.array(fc.oneof(anyDay, fc.tuple(anyShift, anyShift)), { minLength: 7, maxLength: 7 });
  return fc
    .array(
      fc.record({
        weeks: fc.array(anyWeek, { minLength: 1, maxLength: 2 }),
        length: fc.integer({ min: 1, max: DAYS + 6 }),
        gap: fc.nat({ max: 1 }),
        region: fc.constantFrom("A", "B", null),
        holidays: fc.constantFrom("paid", "unpaid", "worked"),
      }),
      { minLength: 1, maxLength: 3 },
    )
    .map((versions) => {
      let from = first - 4;
      return versions.map(({ weeks, length, gap, region, holidays }, i) => {
        const fromDay = from + gap;
        from = fromDay + length;
        const turns = { weeks, anchorDay: first - 11 };
        return contract({ id: `c${i}`, fromDay, toDay: from, turns, region, holidays });
      });
    });
}

const anyHoliday = (first: number): fc.Arbitrary<Holiday> =>
  fc.record({
    day: fc.integer({ min: first - 1, max: first + DAYS }),
    part: fc.constantFrom(null, null, { fromMinute: 840, toMinute: 1_440 }),
    name: fc.constantFrom("Founding Day", "Eve"),
    region: fc.constantFrom("A", "B", null),
  });

export function anyDeviation(first: number, zone: Zone): fc.Arbitrary<Deviation> {
  const day = fc.integer({ min: first - 1, max: first + DAYS });
  const of = fc.record({ day, fromMinute: fc.constantFrom(...STARTS.map(at)) });
  const time = fc.tuple(fc.nat({ max: DAYS * 1_440 }), fc.constantFrom(1, 90, 700, 1_440)).map(([from, length]) => {
    const startMs = zone.toEpochMs(first * DAY_MS) + from * MINUTE_MS;
    return { startMs, endMs: startMs + length * MINUTE_MS };
  });
  const days = fc
    .tuple(day, fc.integer({ min: 1, max: 3 }))
    .map(([fromDay, count]) => ({ fromDay, toDay: fromDay + count }));
  const type = fc.constantFrom("leave", "sick", "unpaid", "training");
  return fc.oneof(
    fc.record({ kind: fc.constant("absence"), type, span: fc.oneof(days, time) }),
    fc.record({ kind: fc.constant("change"), of, day, shift: anyShift }),
    fc.record({ kind: fc.constant("given"), of, to: fc.constant("Ben") }),
    fc.record({ kind: fc.constant("cancelled"), of }),
    fc.record({
      kind: fc.constantFrom("extra", "overtime", "taken", "cover", "rostered"),
      day,
      shift: anyShift,
      from: fc.constantFrom(null, "Ben"),
      interrupts: fc.boolean(),
    }),
    fc.record({ kind: fc.constant("activation"), time }),
  );
}

// The obvious model

type Own = {
  readonly day: number;
  readonly shift: Shift;
  readonly startMs: number;
  readonly endMs: number;
  readonly version: Contract | null;
  readonly adjustment: Adjustment | null;
  removed: Adjustment | null;
};

const wall = (day: number, minute: number, zone: Zone): number =>
  Temporal.PlainDate.from("1970-01-01")
    .add({ days: day })
    .toPlainDateTime()
    .add({ minutes: minute })
    .toZonedDateTime(zone.id).epochMilliseconds;

/** One line for each minute: what, paid or not, the shift, why, and by which adjustment. All adjustments count. */
export function obviousMinutes(question: ScheduleQuestion): string[] {
  const { zone, fromDay, toDay } = question;
  const own = obviousShifts(question);
  const lines: string[] = [];
  for (let day = fromDay; day < toDay; day++) {
    const [startMs, endMs] = [wall(day, 0, zone), wall(day + 1, 0, zone)];
    for (let ms = startMs; ms < endMs; ms += MINUTE_MS) lines.push(obviousMinute(question, own, day, ms));
  }
  return lines;
}

/** The same lines of stretches. */
export const linesOf = (stretches: readonly Stretch[]): string[] =>
  stretches.flatMap(({ startMs, endMs, kind, isPaid, shift: placed, why }) => {
    const by =
      why.kind === "shift"
        ? (placed!.adjustment?.id ?? "-")
        : why.kind === "holiday"
          ? why.holiday.name
          : "adjustment" in why
            ? why.adjustment.id
            : "-";
    const line = lineOf(kind, isPaid, placed === null ? "-" : `${placed.day} ${placed.shift.name}`, why.kind, by);
    return Array.from({ length: (endMs - startMs) / MINUTE_MS }, () => line);
  });

const lineOf = (...words: readonly (string | boolean)[]): string => words.join(" | ");

function obviousShifts({ contracts, adjustments, zone, fromDay, toDay, holidays }: ScheduleQuestion): Own[] {
  const own: Own[] = [];
  const place = (day: number, one: Shift, version: Contract | null, adjustment: Adjustment | null) => {
    const [startMs, endMs] = [wall(day, one.fromMinute, zone), wall(day, one.toMinute, zone)];
    if (startMs < endMs) own.push({ day, shift: one, startMs, endMs, version, adjustment, removed: null });
  };
  for (let day = fromDay - 6; day < toDay + 6; day++) {
    const version = contracts.find((each) => each.fromDay <= day && day < (each.toDay ?? Infinity));
    if (version === undefined) continue;
    const { weeks, anchorDay } = version.turns;
    const since = (startOfWeek(day, 1) - startOfWeek(anchorDay, 1)) / 7;
    const week = weeks[((since % weeks.length) + weeks.length) % weeks.length]!;
    for (const one of week[weekdayOf(day) - 1]!) place(day, one, version, null);
  }
  for (const adjustment of adjustments) {
    const { what } = adjustment;
    if (what.kind === "absence" || what.kind === "activation") continue;
    let version: Contract | null = null;
    if ("of" in what) {
      const isMeant = (one: Own) =>
        one.day === what.of.day &&
        one.shift.fromMinute === what.of.fromMinute &&
        one.removed === null &&
        !(
          one.adjustment === null &&
          isKept(one, contracts, holidays, ({ day, part }) => part === null && day === one.day)
        );
      const meant = own.findLast(isMeant);
      if (meant === undefined) continue;
      meant.removed = adjustment;
      version = meant.version;
    }
    if (what.kind !== "given" && what.kind !== "cancelled") place(what.day, what.shift, version, adjustment);
  }
  return own.sort((one, other) => one.startMs - other.startMs);
}

/** Whether a holiday that somebody asks for takes a shift of the contract. */
function isKept(
  one: Own,
  contracts: readonly Contract[],
  holidays: readonly Holiday[],
  asked: (holiday: Holiday) => boolean,
): Holiday | undefined {
  if (one.adjustment !== null || one.version!.holidays === "worked") return undefined;
  return counting(contracts, holidays).find(asked);
}

const counting = (contracts: readonly Contract[], holidays: readonly Holiday[]): Holiday[] =>
  holidays.filter(({ day, region }) => {
    const version = contracts.find((each) => each.fromDay <= day && day < (each.toDay ?? Infinity));
    return version !== undefined && (region === null || region === version.region);
  });

function obviousMinute(question: ScheduleQuestion, all: readonly Own[], day: number, ms: number): string {
  const { contracts, holidays, adjustments, zone } = question;
  const here = ({ startMs, endMs }: { readonly startMs: number; readonly endMs: number }) =>
    startMs <= ms && ms < endMs;
  const isIn = ({ part, day: of }: Holiday) =>
    part !== null && here({ startMs: wall(of, part.fromMinute, zone), endMs: wall(of, part.toMinute, zone) });
  const now = all.filter(here);
  const own = [
    ...now.filter(({ adjustment }) => adjustment !== null),
    ...now.filter(({ adjustment }) => adjustment === null),
  ];
  const absent = (of: number, isSick: boolean) =>
    adjustments.find(({ what }) => {
      if (what.kind !== "absence" || (what.type === "sick") !== isSick) return false;
      return "fromDay" in what.span ? what.span.fromDay <= of && of < what.span.toDay : here(what.span);
    });
  const holidayOf = (one: Own) =>
    isKept(one, contracts, holidays, (each) => each.part === null && each.day === one.day) ??
    isKept(one, contracts, holidays, isIn);
  const interrupts = ({ adjustment }: Own) =>
    adjustment !== null && "interrupts" in adjustment.what && adjustment.what.interrupts;
  const named = (one: Own) => `${one.day} ${one.shift.name}`;
  const present = own.filter(({ removed }) => removed === null);

  const states = present.map((one) => {
    const holiday = holidayOf(one);
    const sick = absent(one.day, true);
    const away = interrupts(one) ? undefined : absent(one.day, false);
    return { one, holiday, away: holiday === undefined ? (sick ?? away) : undefined, isSick: sick !== undefined };
  });
  const standing = states.find(({ holiday, away }) => holiday === undefined && away === undefined);
  if (standing !== undefined) {
    const { one } = standing;
    const part = obviousPart(question, one, ms);
    return lineOf(
      part.kind,
      part.isPaid,
      named(one),
      part.by === null ? "shift" : "activated",
      part.by ?? one.adjustment?.id ?? "-",
    );
  }
  const off = states.find(({ holiday }) => holiday !== undefined);
  if (off !== undefined) {
    const isPaid = obviousPart(question, off.one, ms).isPaid && off.one.version!.holidays === "paid";
    return lineOf("holiday", isPaid, named(off.one), "holiday", off.holiday!.name);
  }
  const gone = states.find(({ isSick }) => isSick) ?? states[0];
  if (gone?.away?.what.kind === "absence") {
    const isPaid = obviousPart(question, gone.one, ms).isPaid && ABSENCES[gone.away.what.type].isPaid;
    return lineOf("absence", isPaid, named(gone.one), "absence", gone.away.id);
  }
  const version = contracts.find((each) => each.fromDay <= day && day < (each.toDay ?? Infinity));
  if (version !== undefined) {
    const close = counting(contracts, holidays).filter((each) => each.day === day);
    const holiday = close.find(({ part }) => part === null) ?? close.find(isIn);
    if (holiday !== undefined) return lineOf("holiday", false, "-", "holiday", holiday.name);
    const away = absent(day, true) ?? absent(day, false);
    if (away !== undefined) return lineOf("absence", false, "-", "absence", away.id);
  }
  const [removed] = own;
  if (removed !== undefined) return lineOf("off", false, named(removed), "removed", removed.removed!.id);
  return lineOf("off", false, "-", version === undefined ? "no-contract" : "free", "-");
}

function obviousPart({ zone, adjustments }: ScheduleQuestion, { shift: one, day }: Own, ms: number) {
  for (const { fromMinute, toMinute, isPaid } of one.breaks) {
    const startMs = wall(day, fromMinute, zone);
    if (startMs <= ms && ms < startMs + (toMinute - fromMinute) * MINUTE_MS) return { kind: "break", isPaid, by: null };
  }
  if (one.kind !== "on-call") return { kind: "work", isPaid: true, by: null };
  const called = adjustments
    .filter(({ what }) => what.kind === "activation" && what.time.startMs <= ms && ms < what.time.endMs)
    .toSorted((a, b) => startOf(a) - startOf(b))[0];
  return called === undefined
    ? { kind: "on-call", isPaid: false, by: null }
    : { kind: "work", isPaid: true, by: called.id };
}

const startOf = ({ what }: Adjustment): number => (what.kind === "activation" ? what.time.startMs : 0);
