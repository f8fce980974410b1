import { NONE, isAllowed, openKey, type Choice, type PlannedPerson, type Scene } from "./scene.ts";
import { seatsOf, type Seats } from "./seats.ts";
import type { ConstraintName, Counted, PlanScore, PlanWish } from "./model.ts";
import { FAIR_KINDS, NO_COUNTS, type FairCounts, type FairKind } from "./fairness.ts";
import { isSameShift, type Templates } from "./templates.ts";

/**
 * What each unit costs usually. A shift of eight hours below the minimum is 48,000 points, which nothing else outweighs by itself; the
 * hours of contracts count by their square, so that they are shared, as do nights and weekends.
 */
const PRICES = {
  minimum: 100,
  ideal: 20,
  over: 40,
  open: 150,
  hoursOver: 30,
  hoursUnder: 6,
  nights: 400,
  weekends: 600,
  holidays: 1_500,
  unpopular: 300,
  wishes: 800,
  changes: 300,
  /** Who has a contract has its shifts: that somewhere else somebody is too many is no reason to drop one, that somebody is missing is. */
  changesStanding: 25_000,
  /** With as few changes as possible: what is below an ideal is no reason, what is below a minimum is. */
  changesFew: 20_000,
} as const;

/** Who has been here for less time than this of full time is told as if they had: a share of nothing is nothing. */
const FULL_YEARS_MIN = 0.05;
const YEAR_DAYS = 365;

type Wished = { readonly wish: PlanWish; readonly person: number; readonly at: number };

/** One person's cell is to be another value. */
export type Put = { readonly person: number; readonly at: number; readonly value: number };

/** A plan with its points kept, put by put. */
export type Board = {
  readonly scene: Scene;
  readonly rows: readonly Int16Array[];
  readonly seats: readonly Seats[];
  /** Cells that may be something else, each person × days + day. */
  readonly cells: Int32Array;
  points(): number;
  /** The points more that a row would have with a value in a cell, its coverage not among them. */
  rowDelta(person: number, at: number, value: number): number;
  /** Puts some cells, each once; the points that come of it. Nothing is checked. */
  put(puts: readonly Put[]): number;
  isAllowedFor(person: number): boolean;
  isOption(person: number, at: number, value: number): boolean;
  choiceAt(person: number, at: number, value: number): Choice;
  /** How often everybody together has worked at times that are shared out, the rolling year and the plan. */
  totals(): readonly number[];
  /** Shares these out from now on. */
  shareOut(totals: readonly number[]): void;
  counted(): Counted;
  score(): PlanScore;
  moved(): number;
  wishesRefused(): PlanWish[];
  load(rows: readonly Int16Array[]): void;
};

export function openBoard(scene: Scene): Board {
  const { question, people, days, ground } = scene;
  const { fromDay } = ground.question;
  const { weights, asFewChangesAsPossible } = question;
  const seats = ground.sites.map((_, site) =>
    seatsOf(scene, site, {
      minimum: (PRICES.minimum * weights.minimum) / 100,
      ideal: (PRICES.ideal * weights.ideal) / 100,
      over: (PRICES.over * weights.over) / 100,
    }),
  );
  const rows = people.map(() => new Int16Array(days));
  const tables = tablesOf(scene);
  const wished = wishesOf(scene);
  const byPerson = people.map((_, person) => wished.filter((each) => each.person === person));
  let fair = sharesOf(scene, pastTotals(scene));
  const rowPoints = new Float64Array(people.length);
  const openPrice = (PRICES.open * weights.open) / 100;
  const openGiven = new Map([...scene.open.keys()].map((key) => [key, 0]));
  let sum = 0;

  const changedShifts = changesBetween(scene.templates);
  const changePoints = (person: number, at: number, value: number): number => {
    const { base, origins } = people[person]!;
    if (base[at] === value) return 0;
    const isStanding = origins[at]![0]?.kind === "standing";
    const usual = isStanding ? PRICES.changesStanding : base[at] === NONE ? 0 : PRICES.changes;
    const price = asFewChangesAsPossible ? Math.max(PRICES.changesFew, usual) : usual;
    return (price * changedShifts(base[at]!, value) * weights.changes) / 100;
  };

  /** Points of one row, without coverage. */
  function pointsOfRow(person: number): number {
    const own = people[person]!;
    const row = rows[person]!;
    const table = tables.get(own.zone.id)!;
    let { plannedMinutes: minutes } = own.result;
    let { nights, weekends, holidays, unpopular } = own.fixedCounts;
    let [points, lastWeekend] = [0, -1];
    for (let at = 0; at < days; at++) {
      const value = row[at]!;
      if (value !== own.base[at]) points += changePoints(person, at, value);
      if (value === NONE) continue;
      const cell = value * days + at;
      minutes += table.minutes[cell]!;
      const flags = table.flags[cell]!;
      if (flags === 0) continue;
      nights += flags & 3;
      holidays += (flags >> 2) & 3;
      unpopular += (flags >> 4) & 3;
      if ((flags & WEEKEND) !== 0) {
        const weekend = table.weekends[at]!;
        if (weekend !== lastWeekend && !own.fixedWeekends.has(weekend)) weekends++;
        lastWeekend = weekend;
      }
    }
    points += hoursPoints(minutes - own.result.nominalMinutes) * (weights.hours / 100);
    const share = fair[person]!;
    const off =
      PRICES.nights * squareOff(nights + share.past.nights, share.nights, share.years) +
      PRICES.weekends * squareOff(weekends + share.past.weekends, share.weekends, share.years) +
      PRICES.holidays * squareOff(holidays + share.past.holidays, share.holidays, share.years) +
      PRICES.unpopular * squareOff(unpopular + share.past.unpopular, share.unpopular, share.years);
    points += off * (weights.fairness / 100);
    for (const each of byPerson[person]!)
      if (isRefused(scene, each, row)) points += (PRICES.wishes * each.wish.weight * weights.wishes) / 100;
    return points;
  }

  function changeOpen(value: number, at: number, by: number): number {
    if (openGiven.size === 0 || value === NONE) return 0;
    const key = openKey(value, fromDay + at);
    const given = openGiven.get(key);
    if (given === undefined) return 0;
    const wanted = scene.open.get(key)!.length;
    openGiven.set(key, given + by);
    const was = Math.max(0, wanted - given);
    const now = Math.max(0, wanted - given - by);
    return (now - was) * openPrice * minutesOfValue(value);
  }
  const minutesOfValue = (value: number): number => {
    const [shift] = scene.templates.list[value - 1]!.shifts;
    return shift!.toMinute - shift!.fromMinute;
  };

  /** What is new to the draft fills an open shift: who has had the same all along does not. */
  const fillsOpen = (person: number, at: number, value: number): boolean => value !== people[person]!.base[at];

  const board: Board = {
    scene,
    rows,
    seats,
    cells: cellsOf(people, days),
    points: () => sum,
    rowDelta(person, at, value) {
      const row = rows[person]!;
      const was = row[at]!;
      row[at] = value;
      const now = pointsOfRow(person);
      row[at] = was;
      return now - rowPoints[person]!;
    },
    put(puts) {
      let delta = 0;
      for (const { person, at, value } of puts) {
        const row = rows[person]!;
        const was = row[at]!;
        if (was === value) continue;
        const own = people[person]!;
        if (was !== NONE) {
          const { site } = board.choiceAt(person, at, was);
          if (site !== -1) {
            const before = seats[site]!.points();
            seats[site]!.add(board.choiceAt(person, at, was), own.skills[site]![at]!, -1);
            delta += seats[site]!.points() - before;
          }
          if (fillsOpen(person, at, was)) delta += changeOpen(was, at, -1);
        }
        row[at] = value;
        if (value !== NONE) {
          const { site } = board.choiceAt(person, at, value);
          if (site !== -1) {
            const before = seats[site]!.points();
            seats[site]!.add(board.choiceAt(person, at, value), own.skills[site]![at]!, 1);
            delta += seats[site]!.points() - before;
          }
          if (fillsOpen(person, at, value)) delta += changeOpen(value, at, 1);
        }
      }
      for (const { person } of puts) {
        const now = pointsOfRow(person);
        delta += now - rowPoints[person]!;
        rowPoints[person] = now;
      }
      sum += delta;
      return delta;
    },
    isAllowedFor: (person) => isAllowed(people[person]!, rows[person]!, scene.choice, fromDay),
    isOption: (person, at, value) => value === NONE || people[person]!.options[at]!.includes(value),
    choiceAt: (person, at, value) => scene.choice(value, fromDay + at, people[person]!.zone)!,
    totals() {
      const past = pastTotals(scene);
      const now = people.map((_, person) => countsOfRow(board, person));
      return FAIR_KINDS.map((kind, k) => now.reduce((all, each) => all + each[kind], past[k]!));
    },
    shareOut(totals) {
      fair = sharesOf(scene, totals);
      for (const person of people.keys()) {
        const points = pointsOfRow(person);
        sum += points - rowPoints[person]!;
        rowPoints[person] = points;
      }
    },
    counted: () => countedOf(board, { wished, fair, openGiven, changePoints, changedShifts }),
    score: () => scoreOf(board.counted()),
    moved: () => {
      let moved = 0;
      for (const [person, own] of people.entries())
        for (let at = 0; at < days; at++) moved += changedShifts(own.base[at]!, rows[person]![at]!);
      return moved;
    },
    wishesRefused: () => wished.filter((each) => isRefused(scene, each, rows[each.person]!)).map(({ wish }) => wish),
    load(next) {
      for (const [person, row] of next.entries())
        for (let at = 0; at < days; at++)
          if (rows[person]![at] !== row[at]) board.put([{ person, at, value: row[at]! }]);
    },
  };

  for (const each of seats) sum += each.points();
  for (const [key, own] of scene.open) sum += own.length * openPrice * minutesOfValue(Number(key.split(" ")[0]));
  for (const person of people.keys()) sum += rowPoints[person] = pointsOfRow(person);
  return board;
}

/** How many shifts of a day are others: those that go, or those that come where they are more. */
function changesBetween({ list }: Templates): (was: number, now: number) => number {
  const shiftsOf = (value: number) => (value === NONE ? [] : list[value - 1]!.shifts);
  const isSplit = Uint8Array.from({ length: list.length + 1 }, (_, value) => Number(shiftsOf(value).length > 1));
  return (was, now) => {
    if (was === now) return 0;
    if (isSplit[was] === 0 && isSplit[now] === 0) return 1;
    const [before, after] = [shiftsOf(was), shiftsOf(now)];
    const stay = before.filter((shift) => after.some((other) => isSameShift(shift, other))).length;
    return Math.max(1, before.length - stay, after.length - stay);
  };
}

const hoursPoints = (minutes: number): number => {
  const hours = minutes / 60;
  return (hours > 0 ? PRICES.hoursOver : PRICES.hoursUnder) * hours * hours;
};

const squareOff = (count: number, share: number, years: number): number => ((count - share) * (count - share)) / years;

function isRefused({ people, templates }: Scene, { wish, person, at }: Wished, row: Int16Array): boolean {
  const value = row[at]!;
  const own = people[person]!;
  if (wish.want === "off") return value !== NONE || own.fixedDays.has(wish.day);
  if (value === NONE) return true;
  const { shifts } = templates.list[value - 1]!;
  return wish.fromMinute !== null && shifts.every(({ fromMinute }) => fromMinute !== wish.fromMinute);
}

function wishesOf({ question, people, ground, days }: Scene): Wished[] {
  const at = new Map(people.map(({ id }, person) => [id, person]));
  return question.wishes.flatMap((wish) => {
    const person = at.get(wish.personId);
    const day = wish.day - ground.question.fromDay;
    return person === undefined || day < 0 || day >= days ? [] : [{ wish, person, at: day }];
  });
}

function cellsOf(people: readonly PlannedPerson[], days: number): Int32Array {
  const cells: number[] = [];
  for (const [person, { options }] of people.entries())
    for (let at = 0; at < days; at++) if (options[at]!.length > 0) cells.push(person * days + at);
  return Int32Array.from(cells);
}

/** By value × days + day: what is paid, and as what how many shifts count, two bits each: nights, holidays, unpopular; and whether it is a weekend. */
type Table = { readonly minutes: Float64Array; readonly flags: Uint8Array; readonly weekends: Float64Array };

const WEEKEND = 64;

/** A table for each of the clocks that people live by. */
function tablesOf({ people, templates, days, ground, choice }: Scene): ReadonlyMap<string, Table> {
  const values = templates.list.length + 1;
  const tables = new Map<string, Table>();
  for (const { zone } of people) {
    if (tables.has(zone.id)) continue;
    const table = {
      minutes: new Float64Array(values * days),
      flags: new Uint8Array(values * days),
      weekends: new Float64Array(days),
    };
    for (let value = 1; value < values; value++)
      for (let at = 0; at < days; at++) {
        const found = choice(value, ground.question.fromDay + at, zone);
        if (found === null) continue;
        const { paidMinutes, nights, holidays, unpopular, weekend } = found;
        table.minutes[value * days + at] = paidMinutes;
        table.flags[value * days + at] = nights | (holidays << 2) | (unpopular << 4) | (weekend === -1 ? 0 : WEEKEND);
        if (weekend !== -1) table.weekends[at] = weekend;
      }
    tables.set(zone.id, table);
  }
  return tables;
}

/** What somebody's share is of what is shared out, counted over the rolling year, and how much of it they were here. */
type Share = Readonly<Record<FairKind, number>> & {
  readonly past: Readonly<Record<FairKind, number>>;
  readonly years: number;
};

/** How often everybody has worked so before the draft. */
const pastTotals = ({ people, question }: Scene): number[] =>
  FAIR_KINDS.map((kind) => people.reduce((sum, { id }) => sum + (question.past.get(id)?.[kind] ?? 0), 0));

/** Shares of all that is worked, by time with a contract and part time [PL6]. */
function sharesOf({ people, question }: Scene, totals: readonly number[]): Share[] {
  const past = people.map(({ id }) => question.past.get(id) ?? { ...NO_COUNTS, fullDays: 0 });
  const all = past.reduce((sum, { fullDays }) => sum + fullDays, 0);
  return past.map((each) => {
    const part = all === 0 ? 1 / people.length : each.fullDays / all;
    const [nights, weekends, holidays, unpopular] = totals.map((total) => total * part) as [
      number,
      number,
      number,
      number,
    ];
    const years = Math.max(FULL_YEARS_MIN, all === 0 ? 1 : each.fullDays / YEAR_DAYS);
    return { nights, weekends, holidays, unpopular, past: each, years };
  });
}

/** How often a row is worked so, with what stays. */
function countsOfRow({ scene, rows, choiceAt }: Board, person: number): FairCounts {
  const { fixedCounts, fixedWeekends } = scene.people[person]!;
  let { nights, holidays, unpopular } = fixedCounts;
  const weekends = new Set(fixedWeekends);
  for (const [at, value] of rows[person]!.entries()) {
    if (value === NONE) continue;
    const choice = choiceAt(person, at, value);
    nights += choice.nights;
    holidays += choice.holidays;
    unpopular += choice.unpopular;
    if (choice.weekend !== -1) weekends.add(choice.weekend);
  }
  return { nights, weekends: weekends.size, holidays, unpopular };
}

type Counting = {
  readonly wished: readonly Wished[];
  readonly fair: readonly Share[];
  readonly openGiven: ReadonlyMap<string, number>;
  readonly changePoints: (person: number, at: number, value: number) => number;
  readonly changedShifts: (was: number, now: number) => number;
};

/** Each constraint by itself, counted from the beginning. */
function countedOf(board: Board, { wished, fair, openGiven, changePoints, changedShifts }: Counting): Counted {
  const { scene, rows, seats } = board;
  const { people, days, question } = scene;
  const { weights } = question;
  const counted: Record<ConstraintName, { units: number; points: number }> = {
    minimum: { units: 0, points: 0 },
    ideal: { units: 0, points: 0 },
    over: { units: 0, points: 0 },
    open: { units: 0, points: 0 },
    hours: { units: 0, points: 0 },
    nights: { units: 0, points: 0 },
    weekends: { units: 0, points: 0 },
    holidays: { units: 0, points: 0 },
    unpopular: { units: 0, points: 0 },
    wishes: { units: 0, points: 0 },
    changes: { units: 0, points: 0 },
  };
  const count = (name: ConstraintName, units: number, points: number): void => {
    counted[name].units += units;
    counted[name].points += points;
  };
  for (const each of seats) {
    const shortage = each.shortage();
    for (const name of ["minimum", "ideal", "over"] as const)
      count(name, shortage[name], (shortage[name] * PRICES[name] * weights[name]) / 100);
  }
  for (const [key, own] of scene.open) {
    const left = Math.max(0, own.length - openGiven.get(key)!);
    const { fromMinute, toMinute } = own[0]!.shift;
    count("open", left, (left * PRICES.open * weights.open * (toMinute - fromMinute)) / 100);
  }
  for (const [person, own] of people.entries()) {
    let minutes = own.result.plannedMinutes;
    const counts = countsOfRow(board, person);
    for (let at = 0; at < days; at++) {
      const value = rows[person]![at]!;
      if (value !== own.base[at])
        count("changes", changedShifts(own.base[at]!, value), changePoints(person, at, value));
      if (value !== NONE) minutes += board.choiceAt(person, at, value).paidMinutes;
    }
    const off = minutes - own.result.nominalMinutes;
    count("hours", Math.abs(off), (hoursPoints(off) * weights.hours) / 100);
    const share = fair[person]!;
    for (const kind of FAIR_KINDS) {
      const all = counts[kind] + share.past[kind];
      const points = (PRICES[kind] * squareOff(all, share[kind], share.years) * weights.fairness) / 100;
      count(kind, Math.abs(all - share[kind]), points);
    }
  }
  for (const each of wished)
    if (isRefused(scene, each, rows[each.person]!))
      count("wishes", 1, (PRICES.wishes * each.wish.weight * weights.wishes) / 100);
  return counted;
}

/** Points of everything but minima, and the person-minutes below these. */
const scoreOf = (counted: Counted): PlanScore => {
  let soft = 0;
  for (const [name, { points }] of Object.entries(counted)) if (name !== "minimum") soft += points;
  return { hard: Math.round(counted.minimum.units), soft: Math.round(soft) };
};
