import { exactly, ofTurn, type Opening } from "@hourwright/availability";
import { assert } from "@hourwright/std";
import { DAY_MS, MINUTE_MS, subtract, type Interval, type Zone } from "@hourwright/time";
import { ABSENCES, ADJUSTMENTS_MAX, type Adjustment, type Deviation } from "./adjustment.ts";
import { CONTRACTS_MAX, contractOn, type Contract, type Shift } from "./contract.ts";

/** A public holiday, or (`part`) a part of its day; of a region, or (null) named by the organisation for everybody. */
export type Holiday = {
  readonly day: number;
  readonly part: Opening | null;
  readonly name: string;
  readonly region: string | null;
};

/** What a schedule is made of. The window is of whole days, half-open. Of adjustments, later ones come later. */
export type ScheduleQuestion = {
  readonly zone: Zone;
  readonly contracts: readonly Contract[];
  readonly holidays: readonly Holiday[];
  readonly adjustments: readonly Adjustment[];
  readonly fromDay: number;
  readonly toDay: number;
};

/** A shift of a day in exact time, and where it comes from: the contract, or (also) an adjustment. */
export type PlacedShift = Interval & {
  readonly day: number;
  readonly shift: Shift;
  readonly contract: Contract | null;
  readonly adjustment: Adjustment | null;
};

export type Why =
  | { readonly kind: "no-contract" }
  | { readonly kind: "free"; readonly contract: Contract }
  | { readonly kind: "shift" }
  | { readonly kind: "activated"; readonly adjustment: Adjustment }
  | { readonly kind: "holiday"; readonly holiday: Holiday }
  | { readonly kind: "absence"; readonly adjustment: Adjustment }
  | { readonly kind: "removed"; readonly adjustment: Adjustment };

export type StretchKind = "work" | "break" | "on-call" | "absence" | "holiday" | "off";

/**
 * A stretch of one kind for one reason. `day`: of the shift that it is, or was without the reason; else the one on which it
 * begins. `shift`: which it is, or which was replaced; null where there was none. `isPaid`: every minute or none.
 */
export type Stretch = Interval & {
  readonly kind: StretchKind;
  readonly isPaid: boolean;
  readonly day: number;
  readonly shift: PlacedShift | null;
  readonly why: Why;
};

/** `stretches` fill the window without gaps. `pending`: what would be otherwise if all that is asked for were approved. */
export type Unified = {
  readonly zone: Zone;
  readonly fromDay: number;
  readonly toDay: number;
  readonly stretches: readonly Stretch[];
  readonly pending: readonly Stretch[];
};

export const UNIFIED_DAYS_MAX = 800;
export const HOLIDAYS_MAX = 20_000;

/** So many days after its own a shift may still go on: nights reach into the next two, and clocks that are put back into one more. */
export const REACH_DAYS = 3;

/**
 * The schedule of one person [US1] to [US12]: every minute of the window once, with its reason. What is not approved
 * counts for nothing but `pending`. Linear in days, shifts, adjustments and days of absence, but for sorting the edges.
 */
export function unify(question: ScheduleQuestion): Unified {
  checkQuestion(question);
  const { zone, fromDay, toDay, adjustments } = question;
  const approved = adjustments.filter(({ approval }) => approval !== null);
  const stretches = merged(question, approved);
  const hasPending = approved.length < adjustments.length;
  const pending = hasPending ? merged(question, adjustments).filter(isPending) : [];
  return { zone, fromDay, toDay, stretches, pending };
}

/** Elapsed minutes. */
export const minutesOf = ({ startMs, endMs }: Interval): number => (endMs - startMs) / MINUTE_MS;

/** The stretch of a moment; null outside of the window. O(log stretches). */
export function stretchAt({ stretches }: Pick<Unified, "stretches">, ms: number): Stretch | null {
  let [low, high] = [0, stretches.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if (stretches[middle]!.endMs <= ms) low = middle + 1;
    else high = middle;
  }
  const found = stretches[low];
  return found !== undefined && found.startMs <= ms ? found : null;
}

/** Where an adjustment stands behind a stretch, which. */
export function adjustmentOf({ why, shift }: Pick<Stretch, "why" | "shift">): Adjustment | null {
  switch (why.kind) {
    case "activated":
    case "absence":
    case "removed":
      return why.adjustment;
    case "shift":
      return shift?.adjustment ?? null;
    default:
      return null;
  }
}

const isPending = (stretch: Stretch): boolean => adjustmentOf(stretch)?.approval === null;

function checkQuestion({ contracts, holidays, adjustments, fromDay, toDay }: ScheduleQuestion): void {
  assert(fromDay < toDay && toDay - fromDay <= UNIFIED_DAYS_MAX, `1 to ${UNIFIED_DAYS_MAX} days: ${fromDay} ${toDay}`);
  assert(contracts.length <= CONTRACTS_MAX, `at most ${CONTRACTS_MAX} contracts: ${contracts.length}`);
  assert(holidays.length <= HOLIDAYS_MAX, `at most ${HOLIDAYS_MAX} holidays: ${holidays.length}`);
  assert(adjustments.length <= ADJUSTMENTS_MAX, `at most ${ADJUSTMENTS_MAX} adjustments: ${adjustments.length}`);
}

// The order in which reasons have the say [US3]: the least number wins. What became of a shift counts before what a day is.
const STANDS = 0;
const SHIFT_HOLIDAY = 2;
const SHIFT_SICK = 4;
const SHIFT_AWAY = 6;
const DAY_HOLIDAY = 8;
const DAY_SICK = 9;
const DAY_AWAY = 10;
const REMOVED = 11;
const FREE = 13;

/** A stretch that may hold, and how strongly; of equal rank the first in order. */
type Item = Stretch & { readonly rank: number; order: number };

type Scene = {
  readonly question: ScheduleQuestion;
  readonly contractOf: (day: number) => Contract | null;
  readonly holidays: ReadonlyMap<number, readonly Holiday[]>;
  readonly absences: ReadonlyMap<number, readonly Absence[]>;
  readonly activations: readonly (Interval & { readonly why: Why })[];
};

type Absence = {
  readonly deviation: Extract<Deviation, { kind: "absence" }>;
  readonly why: Why;
  readonly isSick: boolean;
};

function merged(question: ScheduleQuestion, adjustments: readonly Adjustment[]): Stretch[] {
  const { zone, fromDay, toDay } = question;
  const contractOf = remembered((day) => contractOn(question.contracts, day));
  const scene: Scene = {
    question,
    contractOf,
    holidays: holidaysByDay(question, contractOf),
    absences: absencesByDay(question, adjustments),
    activations: activationsOf(adjustments),
  };
  const window = { startMs: zone.toEpochMs(fromDay * DAY_MS), endMs: zone.toEpochMs(toDay * DAY_MS) };
  const shifts = shiftsOf(scene, adjustments).filter(
    ({ startMs, endMs }) => startMs < window.endMs && endMs > window.startMs,
  );
  const items = [...shifts.flatMap((shift) => itemsOfShift(scene, shift)), ...itemsOfDays(scene)];
  return swept(items, window);
}

// Shifts

/** A shift that is placed, and what took it away, if anything did. */
type Standing = PlacedShift & { removedBy: Why | null };

/** All shifts near the window, in order of their beginning: those of the contract, changed by adjustments in their order. */
function shiftsOf(scene: Scene, adjustments: readonly Adjustment[]): Standing[] {
  const { zone, fromDay, toDay } = scene.question;
  const byDay = new Map<number, Standing[]>();
  const onDay = (day: number): Standing[] => {
    let shifts = byDay.get(day);
    if (shifts === undefined) byDay.set(day, (shifts = contractShifts(scene, day)));
    return shifts;
  };
  for (let day = fromDay - REACH_DAYS; day < toDay + 1; day++) onDay(day);
  for (const adjustment of adjustments) {
    const { what } = adjustment;
    if (what.kind === "absence" || what.kind === "activation") continue;
    const removed = "of" in what ? standingOf(scene, onDay(what.of.day), what.of.fromMinute) : null;
    if ("of" in what && removed === null) continue;
    if (removed !== null) removed.removedBy = { kind: "removed", adjustment };
    if (what.kind === "given" || what.kind === "cancelled") continue;
    const exact = exactly(what.shift, what.day, zone);
    if (exact === null) continue;
    const contract = removed?.contract ?? null;
    onDay(what.day).push({ ...exact, day: what.day, shift: what.shift, contract, adjustment, removedBy: null });
  }
  return [...byDay.values()].flat().sort((one, other) => one.startMs - other.startMs);
}

function contractShifts({ question, contractOf }: Scene, day: number): Standing[] {
  const contract = contractOf(day);
  if (contract === null) return [];
  return ofTurn(contract.turns.weeks, contract.turns.anchorDay, day).flatMap((shift) => {
    const exact = exactly(shift, day, question.zone);
    return exact === null ? [] : [{ ...exact, day, shift, contract, adjustment: null, removedBy: null }];
  });
}

/** The shift that begins at a minute of a day and stands; those of a public holiday do not. */
function standingOf(scene: Scene, shifts: readonly Standing[], fromMinute: number): Standing | null {
  const isMeant = (one: Standing) =>
    one.removedBy === null && one.shift.fromMinute === fromMinute && wholeHolidayOf(scene, one) === null;
  return shifts.findLast(isMeant) ?? null;
}

const isOfContract = ({ adjustment }: PlacedShift): boolean => adjustment === null;

const keepsHolidays = (shift: PlacedShift): boolean => isOfContract(shift) && shift.contract!.holidays !== "worked";

function wholeHolidayOf({ holidays }: Scene, shift: PlacedShift): Holiday | null {
  if (!keepsHolidays(shift)) return null;
  return holidays.get(shift.day)?.find(({ part }) => part === null) ?? null;
}

function itemsOfShift(scene: Scene, placed: Standing): Item[] {
  const parts = partsOf(scene, placed);
  const states = statesOf(scene, placed);
  if (states.length === 1) return parts.map((part) => itemOf(placed, part, part, states[0]!)); // Nothing cuts most shifts.
  return states.flatMap((state) =>
    parts.flatMap((part) => cutTo([part], state).map((cut) => itemOf(placed, cut, part, state))),
  );
}

function itemOf(placed: PlacedShift, { startMs, endMs }: Interval, part: Part, state: State): Item {
  const isStanding = state.rank === STANDS;
  return {
    startMs,
    endMs,
    kind: isStanding ? part.kind : state.kind,
    isPaid: part.isPaid && state.isPaid,
    day: placed.day,
    shift: placed,
    why: isStanding ? part.why : state.why,
    rank: state.rank + (isOfContract(placed) ? 1 : 0),
    order: 0,
  };
}

type Part = Interval & { readonly kind: StretchKind; readonly isPaid: boolean; readonly why: Why };

const SHIFT: Why = { kind: "shift" };

/** A shift in breaks and the rest, in order; of a shift on call what was called to work is work. */
function partsOf({ question: { zone }, activations }: Scene, placed: PlacedShift): Part[] {
  const { shift } = placed;
  const breaks: Part[] = [];
  let rest: Interval[] = [{ startMs: placed.startMs, endMs: placed.endMs }];
  for (const { fromMinute, toMinute, isPaid } of shift.breaks) {
    const startMs = zone.toEpochMs(placed.day * DAY_MS + fromMinute * MINUTE_MS);
    const pause = { startMs, endMs: startMs + (toMinute - fromMinute) * MINUTE_MS };
    const own = cutTo(rest, pause);
    breaks.push(...own.map((each): Part => ({ ...each, kind: "break", isPaid, why: SHIFT })));
    rest = subtract(rest, own);
  }
  if (shift.kind !== "on-call")
    return [...breaks, ...rest.map((each): Part => ({ ...each, kind: "work", isPaid: true, why: SHIFT }))];
  const worked: Part[] = [];
  for (const activation of activationsIn(activations, placed)) {
    const own = cutTo(rest, activation);
    worked.push(...own.map((each): Part => ({ ...each, kind: "work", isPaid: true, why: activation.why })));
    rest = subtract(rest, own);
  }
  return [...breaks, ...worked, ...rest.map((each): Part => ({ ...each, kind: "on-call", isPaid: false, why: SHIFT }))];
}

const cutTo = (list: readonly Interval[], { startMs, endMs }: Interval): Interval[] =>
  list.flatMap((each) => {
    const cut = { startMs: Math.max(each.startMs, startMs), endMs: Math.min(each.endMs, endMs) };
    return cut.startMs < cut.endMs ? [cut] : [];
  });

type State = Interval & {
  readonly rank: number;
  readonly kind: StretchKind;
  readonly isPaid: boolean;
  readonly why: Why;
};

/** What became of a shift, part by part [US4] to [US8]. */
function statesOf(scene: Scene, placed: Standing): State[] {
  const { startMs, endMs, removedBy } = placed;
  if (removedBy !== null) return [{ startMs, endMs, rank: REMOVED, kind: "off", isPaid: false, why: removedBy }];
  const holiday = wholeHolidayOf(scene, placed);
  if (holiday !== null) return [{ startMs, endMs, ...holidayState(placed, holiday) }];
  const cuts = cutsOf(scene, placed);
  const standing = { rank: STANDS, kind: "work", isPaid: true, why: SHIFT } as const;
  if (cuts.length === 0) return [{ startMs, endMs, ...standing }];
  const states: State[] = [];
  let rest: Interval[] = [{ startMs, endMs }];
  for (const cut of cuts) {
    const own = cutTo(rest, cut);
    states.push(...own.map((each) => ({ ...cut, ...each })));
    rest = subtract(rest, own);
  }
  states.push(...rest.map((each): State => ({ ...each, ...standing })));
  return states;
}

function holidayState({ contract }: PlacedShift, holiday: Holiday) {
  const isPaid = contract?.holidays === "paid";
  return { rank: SHIFT_HOLIDAY, kind: "holiday", isPaid, why: { kind: "holiday", holiday } } as const;
}

/** What cuts a shift, the strongest first: parts of holidays, illness, other absences. */
function cutsOf(scene: Scene, placed: Standing): State[] {
  const { question, holidays, absences } = scene;
  const cuts: State[] = [];
  if (keepsHolidays(placed) && holidays.size > 0) {
    for (let day = placed.day - REACH_DAYS; day <= placed.day + REACH_DAYS; day++) {
      for (const holiday of holidays.get(day) ?? []) {
        const exact = holiday.part === null ? null : exactly(holiday.part, day, question.zone);
        if (exact !== null) cuts.push({ ...exact, ...holidayState(placed, holiday) });
      }
    }
  }
  const near = absences.get(placed.day) ?? [];
  const what = placed.adjustment?.what;
  const interrupts = what !== undefined && "interrupts" in what && what.interrupts;
  for (const { deviation, why, isSick } of sickFirst(near)) {
    if (interrupts && !isSick) continue;
    const { span, type } = deviation;
    const isWhole = "fromDay" in span;
    if (isWhole && !(span.fromDay <= placed.day && placed.day < span.toDay)) continue;
    const { startMs, endMs } = isWhole ? placed : span;
    const rank = isSick ? SHIFT_SICK : SHIFT_AWAY;
    cuts.push({ startMs, endMs, rank, kind: "absence", isPaid: ABSENCES[type].isPaid, why });
  }
  return cuts;
}

const sickFirst = (absences: readonly Absence[]): readonly Absence[] =>
  absences.length < 2
    ? absences
    : [...absences.filter(({ isSick }) => isSick), ...absences.filter(({ isSick }) => !isSick)];

// Days

const NO_CONTRACT: Why = { kind: "no-contract" };

/** What each day of the window is where there is no shift. */
function itemsOfDays({ question, contractOf, holidays, absences }: Scene): Item[] {
  const { zone, fromDay, toDay } = question;
  const freeOf = new Map<Contract, Why>();
  const items: Item[] = [];
  for (let day = fromDay; day < toDay; day++) {
    const span = { startMs: zone.toEpochMs(day * DAY_MS), endMs: zone.toEpochMs((day + 1) * DAY_MS) };
    const add = (rank: number, kind: StretchKind, why: Why, within: Interval) => {
      const [startMs, endMs] = [Math.max(span.startMs, within.startMs), Math.min(span.endMs, within.endMs)];
      if (startMs < endMs) items.push({ startMs, endMs, kind, isPaid: false, day, shift: null, why, rank, order: 0 });
    };
    const contract = contractOf(day);
    if (contract === null) {
      add(FREE, "off", NO_CONTRACT, span);
      continue;
    }
    let why = freeOf.get(contract);
    if (why === undefined) freeOf.set(contract, (why = { kind: "free", contract }));
    add(FREE, "off", why, span);
    for (const holiday of holidays.get(day) ?? []) {
      const exact = holiday.part === null ? span : exactly(holiday.part, day, zone);
      if (exact !== null) add(DAY_HOLIDAY, "holiday", { kind: "holiday", holiday }, exact);
    }
    for (const absence of absences.get(day) ?? []) {
      const { span: away } = absence.deviation;
      const rank = absence.isSick ? DAY_SICK : DAY_AWAY;
      if (!("fromDay" in away)) add(rank, "absence", absence.why, away);
      else if (away.fromDay <= day && day < away.toDay) add(rank, "absence", absence.why, span);
    }
  }
  return items;
}

/** The holidays of each day that count there: of the region of the contract, and those the organisation has named; whole days first. */
function holidaysByDay(
  { holidays, fromDay, toDay, adjustments }: ScheduleQuestion,
  contractOf: Scene["contractOf"],
): Map<number, Holiday[]> {
  const byDay = new Map<number, Holiday[]>();
  const isFar = adjustments.some(({ what }) => "of" in what);
  const counts = ({ day, region }: Holiday) => {
    if (!isFar && (day < fromDay - 2 * REACH_DAYS || day > toDay + REACH_DAYS)) return false;
    const contract = contractOf(day);
    return contract !== null && (region === null || region === contract.region);
  };
  const all = holidays.filter(counts);
  for (const holiday of [...all.filter(({ part }) => part === null), ...all.filter(({ part }) => part !== null)]) {
    const own = byDay.get(holiday.day);
    if (own === undefined) byDay.set(holiday.day, [holiday]);
    else own.push(holiday);
  }
  return byDay;
}

/** The absences that may touch what begins on each day near the window. */
function absencesByDay(
  { zone, fromDay, toDay }: ScheduleQuestion,
  adjustments: readonly Adjustment[],
): Map<number, Absence[]> {
  const byDay = new Map<number, Absence[]>();
  for (const adjustment of adjustments) {
    const { what } = adjustment;
    if (what.kind !== "absence") continue;
    const { span, type } = what;
    const isWhole = "fromDay" in span;
    const first = isWhole ? span.fromDay : Math.floor(zone.toLocalMs(span.startMs) / DAY_MS) - REACH_DAYS;
    const last = isWhole ? span.toDay - 1 : Math.floor(zone.toLocalMs(span.endMs) / DAY_MS) + 1;
    const absence: Absence = { deviation: what, why: { kind: "absence", adjustment }, isSick: type === "sick" };
    for (let day = Math.max(first, fromDay - REACH_DAYS); day <= Math.min(last, toDay); day++) {
      const own = byDay.get(day);
      if (own === undefined) byDay.set(day, [absence]);
      else own.push(absence);
    }
  }
  return byDay;
}

function activationsOf(adjustments: readonly Adjustment[]): Scene["activations"] {
  return adjustments
    .flatMap((adjustment) =>
      adjustment.what.kind === "activation"
        ? [{ ...adjustment.what.time, why: { kind: "activated", adjustment } as const }]
        : [],
    )
    .sort((one, other) => one.startMs - other.startMs);
}

/** Those that touch a shift. An activation is no longer than a day, so that those before need not all be looked at. */
function activationsIn(activations: Scene["activations"], { startMs, endMs }: Interval): Scene["activations"] {
  let [low, high] = [0, activations.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if (activations[middle]!.startMs < startMs - DAY_MS) low = middle + 1;
    else high = middle;
  }
  const near = [];
  for (let i = low; i < activations.length && activations[i]!.startMs < endMs; i++) near.push(activations[i]!);
  return near;
}

// The sweep

/** At every moment the strongest item, neighbours alike joined. Few items hold at once, so that it is linear but for the sorting. */
function swept(items: readonly Item[], window: Interval): Stretch[] {
  for (const [i, item] of items.entries()) item.order = i;
  const sorted = items.toSorted((one, other) => one.startMs - other.startMs);
  const stretches: Stretch[] = [];
  const active: Item[] = [];
  let [atMs, next] = [window.startMs, 0];
  while (atMs < window.endMs) {
    while (next < sorted.length && sorted[next]!.startMs <= atMs) active.push(sorted[next++]!);
    let untilMs = Math.min(sorted[next]?.startMs ?? window.endMs, window.endMs);
    let best: Item | null = null;
    let kept = 0;
    for (const item of active) {
      if (item.endMs <= atMs) continue;
      active[kept++] = item;
      if (item.endMs < untilMs) untilMs = item.endMs;
      if (best === null || isStronger(item, best)) best = item;
    }
    active.length = kept;
    assert(best !== null, `every day says something: ${atMs}`);
    join(stretches, best, atMs, untilMs);
    atMs = untilMs;
  }
  return stretches;
}

const isStronger = (one: Item, other: Item): boolean =>
  one.rank === other.rank ? one.order < other.order : one.rank < other.rank;

function join(stretches: Stretch[], { kind, isPaid, day, shift, why }: Item, startMs: number, endMs: number): void {
  const before = stretches.at(-1);
  const isSame =
    before?.endMs === startMs &&
    before.kind === kind &&
    before.isPaid === isPaid &&
    before.shift === shift &&
    isSameReason(before.why, why);
  if (isSame) stretches[stretches.length - 1] = { ...before, endMs };
  else stretches.push({ startMs, endMs, kind, isPaid, day, shift, why });
}

function isSameReason(one: Why, other: Why): boolean {
  if (one === other) return true;
  return one.kind === "holiday" && other.kind === "holiday" && one.holiday === other.holiday;
}

function remembered<Value>(of: (day: number) => Value): (day: number) => Value {
  const known = new Map<number, Value>();
  return (day) => {
    if (!known.has(day)) known.set(day, of(day));
    return known.get(day)!;
  };
}
