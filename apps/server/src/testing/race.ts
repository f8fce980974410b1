import { assert, seededRandom, wholeBetween } from "@hourwright/std";
import { DAY_MS, HOUR_MS, MINUTE_MS } from "@hourwright/time";
import { eventually } from "./eventually.ts";
import { OWNER } from "./own-server.ts";
import { prove, startsTaken, type Proof, type Query } from "./race-proof.ts";
import { startProcesses, type Processes } from "./race-processes.ts";
import type { Answer, Wanted } from "./wire.ts";

// Strangers, the API and calendar events race for the same people and cars of one organisation: identical, overlapping and
// adjacent times, subjects in one order and in the other, buffers, series, holds that end meanwhile, processes that are killed.

export type RaceOptions = {
  /** Requests that ask for time or confirm it; a round more or less. */
  readonly attempts: number;
  readonly processes: number;
  readonly seed: number;
  readonly settings: Readonly<Record<string, string>>;
  /** A way to the database itself; called once the processes have ended. */
  readonly openQuery: () => Promise<AsyncDisposable & { readonly query: Query }>;
  readonly say?: (sentence: string) => void;
};

export type RaceOutcome = {
  readonly attempts: number;
  readonly won: number;
  /** By code. */
  readonly refused: Readonly<Record<string, number>>;
  /** Answers of 5xx. */
  readonly failed: number;
  /** Requests that nobody answered while a process was down; each was repeated. */
  readonly lost: number;
  readonly kills: number;
  readonly turns: number;
  /** Times that many asked for at once, of which one alone may win. */
  readonly contested: number;
  /** Of these: won by one; free in the end, and offered again. */
  readonly wonOnce: number;
  readonly free: number;
  /** What must not be, in words. Empty. */
  readonly wrong: readonly string[];
  readonly proof: Proof;
  readonly seconds: number;
};

const AT_ONCE = 64;
const CELL_MS = 4 * HOUR_MS;
/** Cells of two years that services may be booked in. */
const CELLS_OF_A_FIELD = 4_000;
const HOLD_MS = MINUTE_MS;
/** Holds end before the clocks say so elsewhere. */
const TURN_MS = HOLD_MS + 1_000;
const TURN_EVERY = 12;
const POOL_EVERY = 4;
const SERIES_EVERY = 10;
/** Days of a series; as many rounds have their hours on the same days. */
const SERIES_DAYS = 3;
const SERIES_ROUNDS_A_DAY = 10;
const SIGN_IN_AGAIN_MS = 8 * MINUTE_MS;
const SERIES_BUFFER_MS = 15 * MINUTE_MS;
const ZONE = "UTC";
const WRONG_MAX = 20;

/** People and cars that are raced for, and the services that name them. */
type Field = {
  readonly car: string;
  readonly emails: readonly string[];
  /** One instructor and one car: who takes one has both. The same two in one order and in the other. */
  readonly one: readonly string[];
  /** Some of each. */
  readonly pool: readonly string[];
  /** Another instructor and car, for series and what meets them. */
  readonly series: readonly string[];
};

type Hold = { readonly id: string; readonly key: string };
type Cell = { readonly field: Field; readonly startMs: number };
/** What was told of a contested cell: how often somebody was told that it is theirs for good. */
type Told = { count: number; isCertain: boolean };

export async function race(options: RaceOptions): Promise<RaceOutcome> {
  const startedMs = performance.now();
  const random = seededRandom(options.seed);
  const counted = { attempts: 0, won: 0, refused: {} as Record<string, number>, failed: 0, kills: 0, turns: 0 };
  const wrong: string[] = [];
  const told = new Map<Cell, Told>();
  let token = "";
  let signedInMs = 0;

  const processes = await startProcesses(options.settings, options.processes);
  try {
    await found(processes);
    await signIn();
    const rounds = Math.ceil(options.attempts / AT_ONCE);
    const fields: Field[] = [];
    for (let i = 0; i < Math.ceil(rounds / CELLS_OF_A_FIELD); i++) fields.push(await makeField(processes, token, i));
    await isOpenFor(fields);
    const firstMs = Math.ceil(processes.nowMs() / DAY_MS + 1) * DAY_MS;
    const killAt = [1 / 3, 2 / 3].map((share) => Math.floor(options.attempts * share));
    let left: { readonly cell: Cell; readonly hold: Hold } | null = null;
    for (let round = 0; counted.attempts < options.attempts; round++) {
      if (processes.nowMs() - signedInMs > SIGN_IN_AGAIN_MS) await signIn();
      const field = fields[Math.floor(round / CELLS_OF_A_FIELD) % fields.length]!;
      const cell = { field, startMs: firstMs + (round % CELLS_OF_A_FIELD) * CELL_MS };
      const isKilling = counted.kills < killAt.length && counted.attempts >= killAt[counted.kills]!;
      const killing = isKilling ? processes.kill(counted.kills++) : null;
      if (left !== null && round % TURN_EVERY === 0) {
        await raceForEnded(left.cell, left.hold);
        left = null;
      } else if (round % SERIES_EVERY === 5)
        await raceForSeries(field, firstMs, Math.floor(round / SERIES_EVERY), isKilling);
      else if (round % POOL_EVERY === 0) await raceForPool(cell, isKilling);
      else left = (await raceForOne(cell, isKilling)) ?? left;
      await killing;
      if (round % 200 === 199) options.say?.(`${counted.attempts.toLocaleString("en")} attempts …`);
    }
    turn(2 * HOLD_MS); // Every hold that nobody confirmed is over.
    await signIn();
    const nowMs = processes.nowMs();
    const offered = await offeredAgain([...told.keys()]);
    await processes[Symbol.asyncDispose]();
    await using database = await options.openQuery();
    const ends = await endsOf(database.query, fields, nowMs, offered);
    return {
      ...counted,
      lost: processes.lost(),
      contested: told.size,
      ...ends,
      wrong,
      proof: await prove(database.query),
      seconds: Math.round((performance.now() - startedMs) / 100) / 10,
    };
  } finally {
    await processes[Symbol.asyncDispose]();
  }

  async function signIn(): Promise<void> {
    const answer = await processes.ask({ method: "POST", path: "/v1/auth/sign-in", body: OWNER });
    token = (jsonOf(answer) as { accessToken: string }).accessToken;
    signedInMs = processes.nowMs();
  }

  function turn(ms: number): void {
    processes.turn(ms);
    counted.turns++;
  }

  function isWrong(sentence: string): void {
    if (wrong.length < WRONG_MAX) wrong.push(sentence);
  }

  /** Asks for time, and counts what came of it. */
  async function attempt(wanted: Wanted): Promise<Answer> {
    const answer = await processes.ask(wanted);
    counted.attempts++;
    if (answer.status === 201) counted.won++;
    else if (answer.status >= 500) {
      counted.failed++;
      isWrong(`${answer.status}: ${answer.text().slice(0, 300)}`);
    } else {
      const { code } = jsonOf(answer) as { code: string };
      counted.refused[code] = (counted.refused[code] ?? 0) + 1;
    }
    return answer;
  }

  /** A stranger's hold, or one by the API of who has signed in. */
  function holdOf(serviceId: string, startMs: number): Wanted {
    const body = { serviceId, start: instant(startMs) };
    return { method: "POST", path: "/v1/holds", body, ...(random() < 0.3 ? { token } : {}) };
  }

  function eventOf({ car, emails }: Field, startMs: number): Wanted {
    const [start, end] = [instant(startMs), instant(startMs + HOUR_MS)];
    const body = { title: "Race", start, end, attendees: [emails[0]], resourceIds: [car], preventConflicts: false };
    return { method: "POST", path: "/v1/calendar/events", token, body };
  }

  function confirmationOf({ id, key }: Hold): Wanted {
    const customer = { name: "Ada Racer", email: `racer${wholeBetween(random, 0, 999)}@example.org` };
    return { method: "POST", path: "/v1/bookings", body: { holdId: id, key, customer } };
  }

  /** Many for times that all meet each other. One wins, and confirms it, gives it back, or leaves it. */
  async function raceForOne(cell: Cell, isKilling: boolean): Promise<{ cell: Cell; hold: Hold } | null> {
    const record: Told = { count: 0, isCertain: !isKilling };
    told.set(cell, record);
    const answers = await Promise.all(
      Array.from({ length: AT_ONCE }, async () => {
        const startMs = cell.startMs + HOUR_MS + wholeBetween(random, 0, 2) * 15 * MINUTE_MS;
        if (random() < 0.15) return { isEvent: true, answer: await attempt(eventOf(cell.field, startMs)) };
        const service = cell.field.one[wholeBetween(random, 0, 1)]!;
        return { isEvent: false, answer: await attempt(holdOf(service, startMs)) };
      }),
    );
    const won = answers.filter(({ answer }) => answer.status === 201);
    if (won.length > 1 || (won.length === 0 && !isKilling))
      isWrong(`${won.length} of ${AT_ONCE} won ${instant(cell.startMs)}`);
    const [winner] = won;
    if (winner === undefined) return null;
    if (winner.isEvent) {
      record.count++;
      return null;
    }
    const hold = jsonOf(winner.answer) as Hold;
    const chance = random();
    if (chance < 0.3) return { cell, hold };
    if (chance < 0.4) {
      await processes.ask({ method: "DELETE", path: `/v1/holds/${hold.id}?key=${encodeURIComponent(hold.key)}` });
      return null;
    }
    const { status } = await attempt(confirmationOf(hold));
    if (status === 201) record.count++;
    else if (!isKilling) isWrong(`a hold that nobody else had could not be confirmed: ${status}`);
    return null;
  }

  /** A hold ends while many others ask for its time, and who has it confirms it. */
  async function raceForEnded(cell: Cell, hold: Hold): Promise<void> {
    const record = told.get(cell)!;
    record.isCertain = false;
    const startMs = cell.startMs + HOUR_MS;
    const asking = Array.from({ length: AT_ONCE - 1 }, (_, i) => {
      if (i === AT_ONCE >> 1) turn(TURN_MS);
      return attempt(holdOf(cell.field.one[i % 2]!, startMs));
    });
    const [confirmed, ...answers] = await Promise.all([attempt(confirmationOf(hold)), ...asking]);
    if (confirmed.status === 201) record.count++;
    const won = answers.filter(({ status }) => status === 201);
    if (won.length + record.count > 1) isWrong(`${won.length} won what was confirmed: ${instant(startMs)}`);
    for (const answer of won)
      if ((await attempt(confirmationOf(jsonOf(answer) as Hold))).status === 201) record.count++;
  }

  /** Many for a pool, at times that are alike, meet or touch: as many win as there is room for, and what is refused is taken. */
  async function raceForPool(cell: Cell, isKilling: boolean): Promise<void> {
    const asked: { readonly service: string; readonly startMs: number; readonly answer: Answer }[] = await Promise.all(
      Array.from({ length: AT_ONCE }, async () => {
        const service = cell.field.pool[wholeBetween(random, 0, 1)]!;
        const startMs = cell.startMs + wholeBetween(random, 1, 8) * 15 * MINUTE_MS;
        return { service, startMs, answer: await attempt(holdOf(service, startMs)) };
      }),
    );
    if (!isKilling) {
      for (const service of cell.field.pool) {
        const free = await freeStarts(service, cell.startMs, cell.startMs + CELL_MS);
        for (const { startMs, answer } of asked.filter((each) => each.service === service))
          if (answer.status === 409 && free.has(startMs)) isWrong(`refused though it is free: ${instant(startMs)}`);
      }
    }
    await Promise.all(
      asked.map(async ({ answer }) => {
        if (answer.status === 201 && random() < 0.7) await attempt(confirmationOf(jsonOf(answer) as Hold));
      }),
    );
  }

  /** Series and single dates at times that meet or touch: who wins a date wins all of theirs, and nobody else any of them. */
  async function raceForSeries(field: Field, firstMs: number, round: number, isKilling: boolean): Promise<void> {
    const ofField = round % (CELLS_OF_A_FIELD / SERIES_EVERY);
    const day = Math.floor(ofField / SERIES_ROUNDS_A_DAY) * SERIES_DAYS;
    const beginMs = firstMs + day * DAY_MS + (ofField % SERIES_ROUNDS_A_DAY) * 2 * HOUR_MS;
    const answers = await Promise.all(
      Array.from({ length: AT_ONCE }, async () => {
        const serviceId = field.series[wholeBetween(random, 0, 1)]!;
        const from = wholeBetween(random, 0, SERIES_DAYS - 1);
        const startMs = beginMs + from * DAY_MS + wholeBetween(random, 0, 2) * 15 * MINUTE_MS;
        const count = wholeBetween(random, 1, SERIES_DAYS - from);
        const answer = await attempt(
          count === 1 ? holdOf(serviceId, startMs) : seriesOf(serviceId, startMs, { unit: "day", count }),
        );
        return answer.status === 201 ? { hold: jsonOf(answer) as Hold, startMs, count } : null;
      }),
    );
    const won = answers.filter((each) => each !== null);
    const dates = won
      .flatMap(({ startMs, count }) => Array.from({ length: count }, (_, i) => startMs + i * DAY_MS))
      .toSorted((a, b) => a - b);
    if (dates.some((startMs, i) => i > 0 && startMs < dates[i - 1]! + HOUR_MS + SERIES_BUFFER_MS))
      isWrong(`two have won the same date of series from ${instant(beginMs)} on`);
    if (dates.length === 0 && !isKilling) isWrong(`nobody won a date of series from ${instant(beginMs)} on`);
    await Promise.all(
      won.map(async ({ hold }) => {
        if (random() < 0.5) return;
        const { status } = await attempt(confirmationOf(hold));
        if (status !== 201 && !isKilling) isWrong(`a series that nobody else had could not be confirmed: ${status}`);
      }),
    );
  }

  function seriesOf(
    serviceId: string,
    startMs: number,
    repeat: { readonly unit: "day"; readonly count: number },
  ): Wanted {
    return { method: "POST", path: "/v1/holds/series", body: { serviceId, start: instant(startMs), repeat } };
  }

  async function freeStarts(service: string, fromMs: number, toMs: number): Promise<Set<number>> {
    const path = `/v1/services/${service}/slots?from=${instant(fromMs)}&to=${instant(toMs)}&limit=20000`;
    const { items } = jsonOf(await processes.ask({ method: "GET", path })) as { items: { start: string }[] };
    return new Set(items.map(({ start }) => Temporal.Instant.from(start).epochMilliseconds));
  }

  /** Waits until everybody's working hours have been handed in. */
  async function isOpenFor(all: readonly Field[]): Promise<void> {
    const fromMs = Math.ceil(processes.nowMs() / DAY_MS + 700) * DAY_MS;
    for (const { one, pool } of all)
      for (const service of [one[0]!, pool[0]!])
        await eventually("it is open", async () => (await freeStarts(service, fromMs, fromMs + DAY_MS)).size > 0);
  }

  /** Which cells are offered now, at any of the times that were raced for. */
  async function offeredAgain(cells: readonly Cell[]): Promise<Set<Cell>> {
    const offered = new Set<Cell>();
    for (const [{ one }, own] of Map.groupBy(cells, ({ field }) => field)) {
      const days = Map.groupBy(own, ({ startMs }) => Math.floor(startMs / (SLOT_WINDOW_DAYS * DAY_MS)));
      for (const [number, some] of days) {
        const fromMs = number * SLOT_WINDOW_DAYS * DAY_MS;
        const free = await freeStarts(one[0]!, fromMs, fromMs + SLOT_WINDOW_DAYS * DAY_MS);
        for (const cell of some) if (free.has(cell.startMs + HOUR_MS)) offered.add(cell);
      }
    }
    return offered;
  }

  /** What became of each contested cell: what stands in the database beside what was told. */
  async function endsOf(query: Query, fields: readonly Field[], nowMs: number, offered: ReadonlySet<Cell>) {
    let [wonOnce, free] = [0, 0];
    for (const field of fields) {
      const starts = await startsTaken(query, field.car, nowMs);
      const taken = Map.groupBy(starts, ({ startMs }) => Math.floor(startMs / CELL_MS));
      for (const [cell, { count, isCertain }] of told) {
        if (cell.field !== field) continue;
        const stands = taken.get(Math.floor(cell.startMs / CELL_MS))?.length ?? 0;
        const at = instant(cell.startMs);
        if (stands > 1) isWrong(`${stands} have ${at}`);
        else if (stands < count) isWrong(`${at} was told as somebody's, and is nobody's`);
        else if (stands > count && isCertain) isWrong(`${at} is somebody's, and nobody was told`);
        else if (stands === 1) wonOnce++;
        else if (offered.has(cell)) free++;
        else isWrong(`${at} is nobody's, and is not offered`);
      }
    }
    return { wonOnce, free };
  }
}

const SLOT_WINDOW_DAYS = 200;

const instant = (ms: number): string => Temporal.Instant.fromEpochMilliseconds(ms).toString();

const jsonOf = (answer: Answer): unknown => JSON.parse(answer.text());

async function found(processes: Processes): Promise<void> {
  const body = {
    code: processes.setupCode!,
    organisation: "Race",
    zone: ZONE,
    firstWeekday: 1,
    name: "Olga",
    ...OWNER,
  };
  const answer = await processes.ask({ method: "POST", path: "/v1/setup", body }, 0);
  assert(answer.status < 300, answer.text());
}

async function makeField(processes: Processes, token: string, number: number): Promise<Field> {
  const made = async (method: string, path: string, body: object): Promise<string> => {
    const answer = await processes.ask({ method, path, token, body });
    assert(answer.status < 300, answer.text().slice(0, 500));
    return (jsonOf(answer) as { id: string }).id;
  };
  if (number === 0) {
    const week = [1, 2, 3, 4, 5, 6, 7].map((weekday) => ({ weekday, opens: "00:00", closes: "24:00" }));
    await made("PUT", "/v1/working-hours", { subjectId: null, week });
  }
  const emails = [0, 1, 2, 3, 4].map((i) => `instructor${number}-${i}@race.example`);
  const people: string[] = [];
  for (const email of emails) people.push(await made("POST", "/v1/people", { name: email, email }));
  const cars: string[] = [];
  for (const i of [0, 1, 2, 3])
    cars.push(await made("POST", "/v1/resources", { name: `Car ${number}-${i}`, kind: "vehicle" }));
  const offer = (slug: string, roles: readonly (readonly string[])[], more: object) =>
    made("POST", "/v1/services", {
      name: slug,
      slug: `${slug}-${number}`,
      windowDays: 730,
      holdMinutes: HOLD_MS / MINUTE_MS,
      raster: { everyMinutes: 15, from: "midnight" },
      roles: roles.map((anyOf) => ({ name: "Who", anyOf })),
      ...more,
    });
  const [person, seriesPerson, ...others] = people;
  const [car, seriesCar, ...otherCars] = cars;
  const inSeries = { lengths: [60], seriesMax: SERIES_DAYS };
  return {
    car: car!,
    emails,
    one: [
      await offer("one", [[person!], [car!]], { lengths: [60], bufferAfterMinutes: 15 }),
      await offer("one-back", [[car!], [person!]], { lengths: [60], bufferBeforeMinutes: 15 }),
    ],
    pool: [
      await offer("pool", [others, otherCars], { lengths: [45], bufferAfterMinutes: 15 }),
      await offer("pool-back", [otherCars.toReversed(), others.toReversed()], { lengths: [30] }),
    ],
    series: [
      await offer("series", [[seriesPerson!], [seriesCar!]], { ...inSeries, bufferAfterMinutes: 15 }),
      await offer("series-back", [[seriesCar!], [seriesPerson!]], { ...inSeries, bufferAfterMinutes: 15 }),
    ],
  };
}
