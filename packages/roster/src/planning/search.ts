import { oneOf, seededRandom, wholeBetween, type Random } from "@hourwright/std";
import { openBoard, type Board, type Put } from "./board.ts";
import type { PlanOptions, PlanSlice } from "./model.ts";
import { NONE, type Scene } from "./scene.ts";

/** The best rows that were found, and after how many steps it ended. */
export type Found = { readonly board: Board; readonly steps: number; readonly totals: readonly number[] };

/** Steps between two looks at the budget: 10 to 30 ms, beside which counting the score anew is little. */
const SLICE_STEPS = 4_096;

/**
 * The rows as the draft has them where they may stay; then shifts given one by one where most are missing, to whoever is best placed;
 * then annealing in legs, each twice as long as the one before and from the best so far. Temperatures follow from steps alone: so a run
 * that was ended by the clock is repeated by its steps [PL8]. A slice is what happens between two looks at the budget.
 */
export function* searchRows(
  scene: Scene,
  { seed, budget, signal = { aborted: false } }: PlanOptions,
): Generator<PlanSlice, Found> {
  const board = openBoard(scene);
  const random = seededRandom(seed);
  beginAsItIs(board);
  let steps = 0;
  const best = bestOf(board);
  const isOver = (): boolean => signal.aborted || steps >= budget.stepsMax || budget.spent(steps) >= 1;
  const told = (): PlanSlice => ({ steps, spent: budget.spent(steps), score: best.score(), moved: best.moved() });
  let untilTold = SLICE_STEPS;
  for (const count of construct(board)) {
    steps += count;
    best.look();
    untilTold -= count;
    if (untilTold > 0) continue;
    untilTold = SLICE_STEPS;
    yield told();
    if (isOver()) break;
  }
  // From now on it is known about how much there is to be shared out.
  best.restore();
  const totals = board.totals();
  board.shareOut(totals);
  best.begin();
  const walk = walkOf(board, random, best);
  for (let leg = 0; !isOver() && board.cells.length > 0; leg++) {
    best.restore();
    const length = legSteps(board, leg);
    for (let done = 0; done < length && !isOver();) {
      const count = Math.min(SLICE_STEPS, length - done, budget.stepsMax - steps);
      walk(count, temperatureAt(leg, done / length));
      done += count;
      steps += count;
      yield told();
    }
  }
  best.restore();
  return { board, steps, totals };
}

/** What may not stay goes; where the rest of somebody's row breaks rules, all goes that may. */
function beginAsItIs(board: Board): void {
  const { people, days } = board.scene;
  for (const [person, { base, options }] of people.entries()) {
    const puts: Put[] = [];
    for (let at = 0; at < days; at++)
      if (base[at] !== NONE && options[at]!.includes(base[at]!)) puts.push({ person, at, value: base[at]! });
    if (puts.length === 0) continue;
    board.put(puts);
    if (board.isAllowedFor(person)) continue;
    board.put(puts.map((each) => ({ ...each, value: NONE })));
    for (const each of puts) {
      board.put([each]);
      if (!board.isAllowedFor(person)) board.put([{ ...each, value: NONE }]);
    }
  }
}

type Best = {
  /** What is now is the best so far. */
  begin(): void;
  /** Keeps what is better than anything before; told of it before the next step that makes it worse. */
  look(): void;
  restore(): void;
  score(): PlanSlice["score"];
  moved(): number;
};

function bestOf(board: Board): Best {
  let points = board.points();
  let rows = board.rows.map((row) => row.slice());
  let [score, moved] = [board.score(), board.moved()];
  let isTold = true;
  const begin = (): void => {
    points = board.points();
    rows = board.rows.map((row) => row.slice());
    isTold = false;
  };
  const tell = (): void => {
    if (isTold) return;
    isTold = true;
    const now = board.rows.map((row) => row.slice());
    board.load(rows);
    [score, moved] = [board.score(), board.moved()];
    board.load(now);
  };
  return {
    begin,
    look() {
      if (board.points() < points - LEAST_GAIN) begin();
    },
    restore: () => board.load(rows),
    score() {
      tell();
      return score;
    },
    moved() {
      tell();
      return moved;
    },
  };
}

/** Sums of points are not exact: less than this is nothing. */
const LEAST_GAIN = 1e-3;

// Construction

/** Gives shifts site by site and day by day as long as that pays; says how many were weighed. */
function* construct(board: Board): Generator<number> {
  const { scene } = board;
  for (const site of scene.ground.sites.keys()) for (let at = 0; at < scene.days; at++) yield fillDay(board, site, at);
}

/** Somebody who may have something on a day at a site. */
type Offer = { readonly value: number; readonly skills: number; readonly people: number[] };

function fillDay(board: Board, site: number, at: number): number {
  const offers = offersOn(board, site, at);
  let weighed = 0;
  while (offers.length > 0) {
    const gains = offers.map(({ value, skills, people }) => {
      weighed++;
      return board.seats[site]!.delta(board.choiceAt(people[0]!, at, value), skills, 1);
    });
    let best = 0;
    for (let i = 1; i < gains.length; i++) if (gains[i]! < gains[best]!) best = i;
    if (gains[best]! >= 0) break;
    const offer = offers[best]!;
    weighed += offer.people.length;
    const person = giveTo(board, offer, at, gains[best]!);
    if (person === null) offers.splice(best, 1);
    else for (const each of offers) remove(each.people, person);
    for (let i = offers.length - 1; i >= 0; i--) if (offers[i]!.people.length === 0) offers.splice(i, 1);
  }
  return weighed;
}

function remove(people: number[], person: number): void {
  const at = people.indexOf(person);
  if (at !== -1) people.splice(at, 1);
}

function offersOn({ scene, rows }: Board, site: number, at: number): Offer[] {
  const offers = new Map<string, Offer>();
  for (const [person, { options, skills, sites }] of scene.people.entries()) {
    if (!sites.has(site) || rows[person]![at] !== NONE) continue;
    for (const value of options[at]!) {
      if (scene.templates.list[value - 1]!.site !== site) continue;
      const own = skills[site]![at]!;
      const key = `${value} ${own}`;
      const known = offers.get(key);
      if (known === undefined) offers.set(key, { value, skills: own, people: [person] });
      else known.people.push(person);
    }
  }
  // Of equal gain whoever has fewer skills: the others may be needed for them.
  return [...offers.values()].sort(
    (one, other) => bitsOf(one.skills) - bitsOf(other.skills) || one.value - other.value,
  );
}

function bitsOf(set: number): number {
  let bits = 0;
  for (let rest = set; rest > 0; rest >>= 1) bits += rest & 1;
  return bits;
}

/** Gives a shift to whom it costs least, of those whose rules it keeps; null where it pays for nobody. */
function giveTo(board: Board, { value, people }: Offer, at: number, gain: number): number | null {
  const ranked = people
    .map((person) => ({ person, cost: board.rowDelta(person, at, value) }))
    .sort((one, other) => one.cost - other.cost || one.person - other.person);
  for (const { person, cost } of ranked) {
    if (cost + gain >= 0) return null;
    board.put([{ person, at, value }]);
    if (board.isAllowedFor(person)) return person;
    board.put([{ person, at, value: NONE }]);
  }
  return null;
}

// Annealing

/**
 * Points: a fifth of a shift below its minimum at first, an hour or two of somebody's balance at last. Later legs begin less warm. Of ten
 * settings tried at 30 and 105 people these cost the least, by a tenth beside a third of the warmth.
 */
const HOT = 10_000;
const HOT_LATER = 5_000;
const COLD = 300;

const temperatureAt = (leg: number, share: number): number => {
  const hot = leg === 0 ? HOT : HOT_LATER;
  return hot * (COLD / hot) ** share;
};

const LEG_STEPS_PER_CELL = 20;
const LEG_DOUBLINGS_MAX = 12;

const legSteps = ({ cells }: Board, leg: number): number =>
  Math.max(SLICE_STEPS, LEG_STEPS_PER_CELL * cells.length) * 2 ** Math.min(leg, LEG_DOUBLINGS_MAX);

/** Moves as shares of all, in order. */
const SHARES = { exchange: 0.3, give: 0.55, within: 0.7, blocks: 0.85 } as const;
/** Days that two people exchange at most. */
const BLOCK_DAYS_MAX = 7;
/** Some cells are settled at once, each way they may be weighed: one way in so many steps, three cells where there are no more ways than this. */
const STEPS_OF_A_WAY = 4;
const WAYS_MAX = 400;
/** How far apart they are at most. */
const NEAR_DAYS = 3;
/** Short segments are looked up again after so many steps. */
const SHORT_AGAIN_STEPS = 4_096;

function walkOf(board: Board, random: Random, best: Best): (steps: number, temperature: number) => void {
  const { scene, rows, cells } = board;
  const { people, days } = scene;
  const peers = peersOf(scene);
  let short: Short[] = [];
  let untilShort = 0;
  let untilSettled = 0;

  const anyCell = (): { person: number; at: number } => {
    const cell = cells[Math.floor(random() * cells.length)]!;
    return { person: Math.floor(cell / days), at: cell % days };
  };
  const peerOf = (person: number): number => oneOf(random, peers[person]!);
  const isOpen = (person: number, at: number): boolean => people[person]!.options[at]!.length > 0;

  /** Two people exchange what they have on some days. */
  const exchanged = (person: number, other: number, from: number, to: number): Put[] => {
    const puts: Put[] = [];
    if (person === other) return puts;
    for (let at = from; at < to; at++) {
      const [one, two] = [rows[person]![at]!, rows[other]![at]!];
      if (one === two || !isOpen(person, at) || !isOpen(other, at)) continue;
      if (!board.isOption(person, at, two) || !board.isOption(other, at, one)) continue;
      puts.push({ person, at, value: two }, { person: other, at, value: one });
    }
    return puts;
  };
  const given = (): Put[] => {
    const { person, at } = anyCell();
    const options = people[person]!.options[at]!;
    const was = rows[person]![at]!;
    // Half of what is there goes; what is not there comes.
    const value = was !== NONE && random() < 0.5 ? NONE : options[Math.floor(random() * options.length)]!;
    return value === was ? [] : [{ person, at, value }];
  };
  /** A shift goes to another day of the same row, or two days change places. */
  const within = (): Put[] => {
    const { person, at } = anyCell();
    const other = Math.min(days - 1, Math.max(0, at + wholeBetween(random, -BLOCK_DAYS_MAX, BLOCK_DAYS_MAX)));
    const [one, two] = [rows[person]![at]!, rows[person]![other]!];
    if (one === two || !isOpen(person, other)) return [];
    if (!board.isOption(person, at, two) || !board.isOption(person, other, one)) return [];
    return [
      { person, at, value: two },
      { person, at: other, value: one },
    ];
  };
  /** Somebody gets a shift where one is missing; what they have beside it makes room where it is in the way. */
  const mended = (): Put[] => {
    if (short.length === 0) return given();
    const { at, site } = oneOf(random, short);
    const { able } = peersAt(site);
    if (able.length === 0) return [];
    const person = oneOf(random, able);
    const options = people[person]!.options[at]!;
    if (options.length === 0) return [];
    const value = options[Math.floor(random() * options.length)]!;
    if (value === rows[person]![at]) return [];
    const puts: Put[] = [{ person, at, value }];
    const beside = at + (random() < 0.5 ? -1 : 1);
    if (random() < 0.5 && beside >= 0 && beside < days && rows[person]![beside] !== NONE && isOpen(person, beside)) {
      const other = peerOf(person);
      const theirs = rows[person]![beside]!;
      puts.push({ person, at: beside, value: NONE });
      if (
        other !== person &&
        rows[other]![beside] === NONE &&
        board.isOption(other, beside, theirs) &&
        isOpen(other, beside)
      )
        puts.push({ person: other, at: beside, value: theirs });
    }
    return puts;
  };
  const ableAt = new Map<number, { readonly able: number[] }>();
  const peersAt = (site: number): { readonly able: number[] } => {
    let known = ableAt.get(site);
    if (known === undefined) {
      known = { able: people.flatMap(({ sites }, person) => (sites.has(site) ? [person] : [])) };
      ableAt.set(site, known);
    }
    return known;
  };
  const next = (): Put[] => {
    const kind = random();
    if (kind < SHARES.exchange) {
      const { person, at } = anyCell();
      return exchanged(person, peerOf(person), at, at + 1);
    }
    if (kind < SHARES.give) return given();
    if (kind < SHARES.within) return within();
    if (kind < SHARES.blocks) {
      const { person, at } = anyCell();
      return exchanged(person, peerOf(person), at, Math.min(days, at + wholeBetween(random, 2, BLOCK_DAYS_MAX)));
    }
    return mended();
  };

  /** Two or three cells of a row, or two of a day, become whatever is best for all: what no single move finds, since each part makes it worse. How many ways were weighed. */
  const settle = (): number => {
    const { person, at } = anyCell();
    const settling = [{ person, at }];
    if (random() < 0.5) {
      const near: number[] = [];
      for (let day = Math.max(0, at - NEAR_DAYS); day <= Math.min(days - 1, at + NEAR_DAYS); day++)
        if (day !== at && isOpen(person, day)) near.push(day);
      for (let more = 0; more < 2 && near.length > 0; more++)
        settling.push({ person, at: near.splice(Math.floor(random() * near.length), 1)[0]! });
    } else {
      const other = peerOf(person);
      if (other !== person && isOpen(other, at)) settling.push({ person: other, at });
    }
    if (settling.length === 1) return 1;
    const optionsOf = (cell: { readonly person: number; readonly at: number }): readonly number[] => [
      NONE,
      ...people[cell.person]!.options[cell.at]!,
    ];
    if (settling.length > 2 && settling.reduce((all, cell) => all * optionsOf(cell).length, 1) > WAYS_MAX)
      settling.length = 2;
    const was = settling.map((cell) => ({ ...cell, value: rows[cell.person]![cell.at]! }));
    const better: { readonly puts: readonly Put[]; readonly delta: number }[] = [];
    const ways = everyWay(settling, optionsOf);
    for (const puts of ways) {
      const delta = board.put(puts);
      board.put(was);
      if (delta < -LEAST_GAIN) better.push({ puts, delta });
    }
    for (const { puts } of better.sort((one, two) => one.delta - two.delta)) {
      board.put(puts);
      if (areAllowed(board, puts)) {
        best.look();
        break;
      }
      board.put(was);
    }
    return ways.length;
  };

  return (steps, temperature) => {
    for (let step = 0; step < steps; step++) {
      if (untilShort-- <= 0) {
        short = shortOf(board);
        untilShort = SHORT_AGAIN_STEPS;
      }
      if (untilSettled-- <= 0) {
        untilSettled = settle() * STEPS_OF_A_WAY;
        continue;
      }
      const puts = next();
      if (puts.length === 0) continue;
      const back = puts.map(({ person, at }) => ({ person, at, value: rows[person]![at]! })).toReversed();
      const before = board.points();
      const delta = board.put(puts);
      const isTaken = delta <= 0 || random() < Math.exp(-delta / temperature);
      if (!isTaken || !areAllowed(board, puts)) {
        board.put(back);
        continue;
      }
      if (board.points() < before) best.look();
    }
  };
}

/** Each way in which some cells may be what they may be. */
function everyWay<Cell extends Omit<Put, "value">>(
  cells: readonly Cell[],
  optionsOf: (cell: Cell) => readonly number[],
): (Cell & { readonly value: number })[][] {
  return cells.reduce<(Cell & { readonly value: number })[][]>(
    (ways, cell) => optionsOf(cell).flatMap((value) => ways.map((way) => [...way, { ...cell, value }])),
    [[]],
  );
}

function areAllowed(board: Board, puts: readonly Put[]): boolean {
  let last = -1;
  const seen: number[] = [];
  for (const { person } of puts) {
    if (person === last || seen.includes(person)) continue;
    if (!board.isAllowedFor(person)) return false;
    last = person;
    seen.push(person);
  }
  return true;
}

/** With whom somebody may exchange: those who may work at one of their sites, themselves among them. */
function peersOf({ people }: Scene): number[][] {
  const bySite = new Map<number, number[]>();
  for (const [person, { sites }] of people.entries())
    for (const site of sites) bySite.set(site, [...(bySite.get(site) ?? []), person]);
  const bySites = new Map<string, number[]>();
  return people.map(({ sites }, person) => {
    const key = [...sites].join(" ");
    let own = bySites.get(key);
    if (own === undefined) {
      own = [...new Set([...sites].flatMap((site) => bySite.get(site)!))];
      bySites.set(key, own);
    }
    return own.length === 0 ? [person] : own;
  });
}

type Short = { readonly site: number; readonly at: number };

/** Days of sites on which somebody is missing: also those on which a night begins that ends then. */
function shortOf({ seats, scene }: Board): Short[] {
  const { fromDay, clocks } = scene.ground.question;
  const found = new Map<string, Short>();
  for (const [site, own] of seats.entries())
    for (const { startMs } of own.shortSegments()) {
      const day = Math.floor(clocks.zone.toLocalMs(startMs) / 86_400_000) - fromDay;
      for (const at of [day, day - 1]) if (at >= 0 && at < scene.days) found.set(`${site} ${at}`, { site, at });
    }
  return [...found.values()];
}
