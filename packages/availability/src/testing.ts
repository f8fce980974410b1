// Arbitraries, and the slow obvious models that judge the fast code: minute by minute, clocks by Temporal. For tests.

import fc from "fast-check";
import { DAY_MS, HOUR_MS, MINUTE_MS, findZone, normalise, type Interval, type Zone } from "@hourwright/time";
import type { Layer, LayerDecision, Opening, Week } from "./layers.ts";
import type { Booked, Limits, Role, Slot, SlotQuestion, SlotRules, SubjectTime, TakenTime } from "./question.ts";

/** Days on which, or near which, the clocks of a zone change, and one where they never do. */
const CLOCKS: readonly (readonly [zone: string, day: string])[] = [
  ["Europe/Berlin", "2027-03-27"],
  ["Europe/Berlin", "2027-10-30"],
  ["America/New_York", "2027-03-13"],
  ["America/New_York", "2027-11-06"],
  ["Australia/Lord_Howe", "2027-04-03"], // Back by half an hour.
  ["Australia/Lord_Howe", "2027-10-02"],
  ["America/Sao_Paulo", "2018-11-03"], // Midnight was skipped.
  ["America/Sao_Paulo", "2019-02-16"], // Put back at midnight: the last hour of the day twice.
  ["Asia/Kolkata", "2027-03-01"],
];

export type Scene = { readonly question: SlotQuestion; readonly window: Interval };

const SUBJECTS = 4;
const WAYS: Readonly<Record<string, number | null>> = { "a b": 20, "b a": 35, "a c": null, "b c": 5, "c a": 15 };

/** A small organisation on some days with a change of clocks among them, in minutes. */
export function anyScene(days: number): fc.Arbitrary<Scene> {
  return fc.constantFrom(...CLOCKS).chain(([zone, day]) => {
    const startMs = Temporal.PlainDate.from(day).toZonedDateTime(zone).epochMilliseconds;
    const window = { startMs, endMs: startMs + days * DAY_MS };
    return anyQuestion(zone, window, days).map((question) => ({ question, window }));
  });
}

function anyQuestion(zone: string, window: Interval, days: number): fc.Arbitrary<SlotQuestion> {
  const minute = fc.integer({ min: -6 * 12, max: (days * 24 + 6) * 12 }).map((fives) => fives * 5);
  const stretch = (lengths: fc.Arbitrary<number>): fc.Arbitrary<Interval> =>
    fc.tuple(minute, lengths, fc.integer({ min: -1, max: 1 })).map(([from, length, more]) => {
      const startMs = window.startMs + (from + more) * MINUTE_MS;
      return { startMs, endMs: startMs + length * MINUTE_MS };
    });
  const bars = fc.array(
    fc.tuple(stretch(fc.integer({ min: 30, max: 300 })), fc.nat({ max: SUBJECTS - 1 }), fc.boolean()),
    {
      maxLength: 3,
    },
  );
  return fc
    .record({
      rules: anyRules(zone, window, days, stretch),
      subjects: fc.array(anySubject(days, stretch), { minLength: SUBJECTS, maxLength: SUBJECTS }),
      nowMs: fc.integer({ min: -24 * 60, max: 12 * 60 }).map((from) => window.startMs + from * MINUTE_MS + 1_234),
      booked: fc.array(
        fc.tuple(stretch(fc.constant(30)), fc.boolean()).map(([time, byCustomer]): Booked => ({ ...time, byCustomer })),
        { maxLength: 6 },
      ),
      sessions: fc.array(
        fc.tuple(stretch(fc.constant(60)), fc.nat({ max: 3 })).map(([time, placesLeft]) => ({ ...time, placesLeft })),
        { maxLength: 3 },
      ),
      knowsWays: fc.boolean(),
      bars: fc.option(bars, { freq: 3 }),
    })
    .map(({ knowsWays, bars: barred, ...rest }): SlotQuestion => ({
      ...rest,
      ...(knowsWays ? { wayMinutes: (from: string, to: string) => WAYS[`${from} ${to}`] ?? null } : {}),
      ...(barred === null ? {} : { objections: objectionsBy(barred) }),
    }));
}

function objectionsBy(bars: readonly (readonly [Interval, number, boolean])[]): SlotQuestion["objections"] & object {
  return (subject, startMs, endMs) =>
    bars.flatMap(([time, who, isFixed], i) =>
      who === subject && time.startMs < endMs && startMs < time.endMs
        ? [{ ruleId: `rule ${i}`, sentence: "It is not allowed.", relaxation: isFixed ? null : "It were allowed." }]
        : [],
    );
}

type Stretch = (lengths: fc.Arbitrary<number>) => fc.Arbitrary<Interval>;

const site = fc.constantFrom(null, "a", "b", "c");
const anyLength = fc.constantFrom(5, 15, 20, 30, 45, 60, 90);
const anyBuffer = fc.constantFrom(0, 0, 5, 10, 30);

function anySubject(days: number, stretch: Stretch): fc.Arbitrary<SubjectTime> {
  const open = fc.array(stretch(fc.integer({ min: 40, max: 700 })), { minLength: 2 * days, maxLength: 4 * days });
  const taken = fc.array(fc.tuple(stretch(fc.integer({ min: 5, max: 120 })), anyBuffer, anyBuffer, site), {
    maxLength: 4 * days,
  });
  return fc.record({
    open: fc.oneof({ weight: 4, arbitrary: open.map(normalise) }, { weight: 1, arbitrary: fc.constant(null) }),
    taken: taken.map((list) => list.map(takenOf).toSorted((a, b) => a.startMs - b.startMs)),
  });
}

function takenOf([{ startMs, endMs }, before, after, where]: readonly [
  Interval,
  number,
  number,
  string | null,
]): TakenTime {
  return {
    startMs,
    endMs,
    guardStartMs: startMs - before * MINUTE_MS,
    guardEndMs: endMs + after * MINUTE_MS,
    site: where,
  };
}

function seldom<T>(arbitrary: fc.Arbitrary<T>): fc.Arbitrary<T | null> {
  return fc.oneof({ weight: 3, arbitrary: fc.constant(null) }, { weight: 1, arbitrary });
}

function anyRules(zone: string, window: Interval, days: number, stretch: Stretch): fc.Arbitrary<SlotRules> {
  const role: fc.Arbitrary<Role> = fc.record({
    anyOf: fc.array(fc.nat({ max: SUBJECTS - 1 }), { minLength: 1, maxLength: SUBJECTS }),
    count: fc.constantFrom(1, 1, 1, 2),
  });
  const limits: fc.Arbitrary<Limits> = fc.record({
    perDay: seldom(fc.nat({ max: 4 })),
    perWeek: seldom(fc.integer({ min: 1, max: 6 })),
    perCustomer: seldom(fc.record({ count: fc.nat({ max: 2 }), days: fc.integer({ min: 1, max: 4 }) })),
  });
  return fc.record({
    lengthMinutes: anyLength,
    bufferBeforeMinutes: anyBuffer,
    bufferAfterMinutes: anyBuffer,
    noticeMinutes: fc.constantFrom(0, 0, 17, 120, 1_440),
    bookable: seldom(
      fc.oneof(
        fc.nat({ max: 2 * days }).map((count) => ({ kind: "days" as const, days: count })),
        fc
          .nat({ max: 24 * days })
          .map((hours) => ({ kind: "until" as const, endMs: window.startMs + hours * HOUR_MS })),
      ),
    ),
    raster: fc.record({
      everyMinutes: fc.constantFrom(5, 10, 15, 20, 25, 30, 60, 50),
      from: fc.constantFrom("midnight", "opening"),
    }),
    zone: fc.constant(findZone(zone)!),
    hours: seldom(fc.array(stretch(fc.integer({ min: 120, max: 1_440 })), { maxLength: 4 * days }).map(normalise)),
    limits,
    roles: fc.array(role, { maxLength: 3 }),
    places: fc.constantFrom(1, 1, 8),
    site,
  });
}

/** Every minute of the window tried by itself. */
export function obviousSlots(question: SlotQuestion, window: Interval): Slot[] {
  const slots: Slot[] = [];
  for (let ms = Math.ceil(window.startMs / MINUTE_MS) * MINUTE_MS; ms < window.endMs; ms += MINUTE_MS) {
    const slot = obviousSlot(question, ms);
    if (slot !== null) slots.push(slot);
  }
  return slots;
}

/** What is offered at one start. */
export function obviousSlot(question: SlotQuestion, startMs: number): Slot | null {
  const { rules, nowMs } = question;
  if (startMs < nowMs + rules.noticeMinutes * MINUTE_MS || !isBookableYet(question, startMs)) return null;
  if (isCustomerDone(question, startMs)) return null;
  const sessions = question.sessions.filter((each) => each.startMs === startMs && each.placesLeft > 0);
  const most = Math.max(...sessions.map(({ placesLeft }) => placesLeft));
  const ends = sessions.filter(({ placesLeft }) => placesLeft === most).map(({ endMs }) => endMs);
  if (sessions.length > 0) return { startMs, endMs: Math.min(...ends), placesLeft: most };
  if (!isObviouslyOnRaster(question, startMs) || isFull(question, startMs)) return null;
  const endMs = startMs + rules.lengthMinutes * MINUTE_MS;
  if (rules.hours !== null && !isOpenThrough(rules.hours, startMs, endMs)) return null;
  const able = new Set(question.subjects.keys().filter((subject) => obviouslyCan(question, subject, startMs)));
  return obviousSeatings(rules.roles, able).length === 0 ? null : { startMs, endMs, placesLeft: rules.places };
}

function wallAt({ rules }: SlotQuestion, ms: number): Temporal.ZonedDateTime {
  return Temporal.Instant.fromEpochMilliseconds(ms).toZonedDateTimeISO(rules.zone.id);
}

function isBookableYet(question: SlotQuestion, startMs: number): boolean {
  const { bookable, zone } = question.rules;
  if (bookable === null) return true;
  if (bookable.kind === "until") return startMs < bookable.endMs;
  const last = wallAt(question, question.nowMs).toPlainDate().add({ days: bookable.days });
  return startMs < last.add({ days: 1 }).toZonedDateTime(zone.id).epochMilliseconds;
}

function isCustomerDone(question: SlotQuestion, startMs: number): boolean {
  const { perCustomer } = question.rules.limits;
  if (perCustomer === null) return false;
  const { count, days } = perCustomer;
  const day = wallAt(question, startMs).toPlainDate();
  const own = question.booked.filter(({ byCustomer }) => byCustomer);
  return Array.from({ length: days }, (_, i) => day.subtract({ days: i })).some((first) => {
    const within = own.filter((each) => {
      const since = first.until(wallAt(question, each.startMs).toPlainDate(), { largestUnit: "days" }).days;
      return since >= 0 && since < days;
    });
    return within.length >= count;
  });
}

function isFull(question: SlotQuestion, startMs: number): boolean {
  const { perDay, perWeek } = question.rules.limits;
  const dayOf = (ms: number) => wallAt(question, ms).toPlainDate();
  const mondayOf = (ms: number) => dayOf(ms).subtract({ days: dayOf(ms).dayOfWeek - 1 });
  const inDay = question.booked.filter((each) => dayOf(each.startMs).equals(dayOf(startMs)));
  const inWeek = question.booked.filter((each) => mondayOf(each.startMs).equals(mondayOf(startMs)));
  return (perDay !== null && inDay.length >= perDay) || (perWeek !== null && inWeek.length >= perWeek);
}

function isObviouslyOnRaster(question: SlotQuestion, startMs: number): boolean {
  const { raster, hours, roles } = question.rules;
  const opens = roles.map(({ anyOf }) => anyOf.flatMap((subject) => [question.subjects[subject]!.open ?? []]));
  const hasHours = roles.map(({ anyOf }) => anyOf.some((subject) => question.subjects[subject]!.open !== null));
  const lists = hours !== null ? [hours] : opens[hasHours.indexOf(true)];
  if (raster.from === "midnight" || lists === undefined) {
    const { hour, minute, second } = wallAt(question, startMs);
    return second === 0 && (hour * 60 + minute) % raster.everyMinutes === 0;
  }
  return lists.some((list) => {
    if (!isOpenAt(list, startMs)) return false;
    let openedMs = startMs;
    while (isOpenAt(list, openedMs - MINUTE_MS)) openedMs -= MINUTE_MS;
    return ((startMs - openedMs) / MINUTE_MS) % raster.everyMinutes === 0;
  });
}

const isOpenAt = (list: readonly Interval[], ms: number) =>
  list.some(({ startMs, endMs }) => startMs <= ms && ms < endMs);

function isOpenThrough(list: readonly Interval[], startMs: number, endMs: number): boolean {
  for (let ms = startMs; ms < endMs; ms += MINUTE_MS) if (!isOpenAt(list, ms)) return false;
  return true;
}

/** Whether one subject could at a start, asked of every minute. */
export function obviouslyCan(question: SlotQuestion, subject: number, startMs: number): boolean {
  const { rules, wayMinutes, objections } = question;
  const { open, taken } = question.subjects[subject]!;
  const endMs = startMs + rules.lengthMinutes * MINUTE_MS;
  if (open !== null && !isOpenThrough(open, startMs, endMs)) return false;
  const [guardMs, guardEndMs] = [rules.bufferBeforeMinutes, rules.bufferAfterMinutes].map((each) => each * MINUTE_MS);
  for (let ms = startMs - guardMs!; ms < endMs + guardEndMs!; ms += MINUTE_MS) {
    if (taken.some((each) => each.guardStartMs <= ms && ms < each.guardEndMs)) return false;
  }
  const isTooFar = taken.some((each) => {
    if (rules.site === null || each.site === null || rules.site === each.site) return false;
    const from = wayMinutes?.(each.site, rules.site) ?? 0;
    const to = wayMinutes?.(rules.site, each.site) ?? 0;
    return each.endMs <= startMs ? startMs - each.endMs < from * MINUTE_MS : each.startMs - endMs < to * MINUTE_MS;
  });
  return !isTooFar && (objections?.(subject, startMs, endMs) ?? []).length === 0;
}

/** Every way to give each role its subjects, one subject in one role. */
export function obviousSeatings(roles: readonly Role[], able: ReadonlySet<number>): number[][][] {
  const [first, ...others] = roles;
  if (first === undefined) return [[]];
  const here = [...new Set(first.anyOf)].filter((subject) => able.has(subject));
  return choices(here, first.count).flatMap((chosen) => {
    const left = new Set([...able].filter((subject) => !chosen.includes(subject)));
    return obviousSeatings(others, left).map((rest) => [chosen, ...rest]);
  });
}

function choices(list: readonly number[], count: number): number[][] {
  if (count === 0) return [[]];
  return list.flatMap((each, i) => choices(list.slice(i + 1), count - 1).map((rest) => [each, ...rest]));
}

export type LayerScene = { readonly layers: readonly Layer[]; readonly zone: Zone; readonly window: Interval };

/** Layers of all kinds about some days with a change of clocks among them. */
export function anyLayers(days: number): fc.Arbitrary<LayerScene> {
  return fc.constantFrom(...CLOCKS).chain(([id, date]) => {
    const zone = findZone(id)!;
    const startMs = Temporal.PlainDate.from(date).toZonedDateTime(id).epochMilliseconds;
    const firstDay = Temporal.PlainDate.from("1970-01-01").until(date).days;
    const window = { startMs: startMs + 1_234, endMs: startMs + days * DAY_MS + 777_000 };
    const day = fc.integer({ min: -3, max: days + 2 }).map((after) => firstDay + after);
    return fc.array(anyLayer(day, startMs, days), { maxLength: 7 }).map((layers) => ({ layers, zone, window }));
  });
}

function anyLayer(day: fc.Arbitrary<number>, startMs: number, days: number): fc.Arbitrary<Layer> {
  const opening: fc.Arbitrary<Opening> = fc
    .tuple(fc.nat({ max: 95 }), fc.integer({ min: 1, max: 90 }))
    .map(([from, length]) => ({ fromMinute: from * 15, toMinute: from * 15 + length * 15 }));
  const openings = fc.array(opening, { maxLength: 3 });
  const week: fc.Arbitrary<Week> = fc.array(openings, { minLength: 7, maxLength: 7 });
  const reason = fc.constantFrom("opening hours", "summer", "stocktaking");
  return fc.oneof(
    fc.record({
      kind: fc.constant("weekly" as const),
      weeks: fc.array(week, { minLength: 1, maxLength: 3 }),
      anchorDay: day,
      fromDay: seldom(day),
      toDay: seldom(day),
      reason,
    }),
    fc.record({
      kind: fc.constantFrom("override" as const, "extra" as const),
      fromDay: day,
      toDay: day,
      openings,
      reason,
    }),
    fc.record({
      kind: fc.constant("holiday" as const),
      day,
      part: fc.option(opening),
      name: fc.constant("Founding Day"),
      region: fc.constantFrom("Bavaria", null),
    }),
    fc
      .tuple(fc.integer({ min: -200, max: days * 96 }), fc.integer({ min: 1, max: 200 }), reason)
      .map(([from, length, why]): Layer => ({
        kind: "off",
        startMs: startMs + from * 15 * MINUTE_MS,
        endMs: startMs + (from + length) * 15 * MINUTE_MS,
        reason: why,
      })),
  );
}

/** Which layer decides a moment, by asking Temporal of every day near it and every layer in turn. */
export function obviousDecision({ layers, zone }: LayerScene, ms: number): LayerDecision {
  const today = Temporal.Instant.fromEpochMilliseconds(ms).toZonedDateTimeISO(zone.id).toPlainDate();
  const at = (date: Temporal.PlainDate, minutes: number) =>
    date.toPlainDateTime().add({ minutes }).toZonedDateTime(zone.id).epochMilliseconds;
  const holds = (date: Temporal.PlainDate, { fromMinute, toMinute }: Opening) =>
    at(date, fromMinute) <= ms && ms < at(date, toMinute);
  const epochDay = (date: Temporal.PlainDate) => Temporal.PlainDate.from("1970-01-01").until(date).days;
  const dateOf = (day: number) => Temporal.PlainDate.from("1970-01-01").add({ days: day });
  const mondayOf = (date: Temporal.PlainDate) => date.subtract({ days: date.dayOfWeek - 1 });

  const isOff = (layer: Layer) =>
    (layer.kind === "off" && layer.startMs <= ms && ms < layer.endMs) ||
    (layer.kind === "holiday" && layer.part !== null && holds(dateOf(layer.day), layer.part));
  const speaksOf = (layer: Layer, date: Temporal.PlainDate) => {
    const day = epochDay(date);
    if (layer.kind === "weekly") return day >= (layer.fromDay ?? -Infinity) && day <= (layer.toDay ?? Infinity);
    if (layer.kind === "override") return day >= layer.fromDay && day <= layer.toDay;
    return layer.kind === "holiday" && layer.part === null && layer.day === day;
  };
  const opens = (layer: Layer, date: Temporal.PlainDate) => {
    if (layer.kind === "override" || layer.kind === "extra")
      return layer.openings.some((opening) => holds(date, opening));
    if (layer.kind !== "weekly") return false;
    const weeks = mondayOf(dateOf(layer.anchorDay)).until(mondayOf(date)).days / 7;
    const count = layer.weeks.length;
    return layer.weeks[((weeks % count) + count) % count]![date.dayOfWeek - 1]!.some((each) => holds(date, each));
  };

  const dates = [-3, -2, -1, 0, 1].map((days) => today.add({ days }));
  const deciders = dates.map((date) => layers.findIndex((layer) => speaksOf(layer, date)));
  const openers = dates.flatMap((date, i) => {
    const until = deciders[i] === -1 ? layers.length : deciders[i]!;
    const isInRange = (layer: Layer) =>
      layer.kind === "extra" && epochDay(date) >= layer.fromDay && epochDay(date) <= layer.toDay;
    return layers.flatMap((layer, index) => {
      const counts = index === until || (index < until && isInRange(layer));
      return counts && opens(layer, date) ? [index] : [];
    });
  });
  const off = layers.findIndex(isOff);
  const standing = openers.filter((layer) => off === -1 || layer < off);
  if (standing.length > 0) return { isOpen: true, layer: Math.min(...standing) };
  if (openers.length > 0) return { isOpen: false, layer: off };
  const closers = [off, deciders[3]!].filter((layer) => layer >= 0);
  return { isOpen: false, layer: closers.length > 0 ? Math.min(...closers) : null };
}
