import {
  ATTENDS,
  byStart,
  catalogue,
  dayOf,
  NEEDS,
  OWN,
  PLAIN,
  presetOf,
  sceneOfExample,
  startOfDay,
  type Constraint,
  type Example,
} from "@hourwright/conflict";
import { oneOf, seededRandom, wholeBetween } from "@hourwright/std";
import { DAY_MS, findZone, HOUR_MS, MINUTE_MS, type Interval } from "@hourwright/time";
import { takesOf } from "./layout.ts";
import type { Measures } from "./measure.ts";
import type { CalendarPlan, FixedTaking, PlannedSubject, PlannedThing } from "./plan.ts";

/** Monday, 1 March 2027, in Prague. */
const MONDAY_MS = Temporal.ZonedDateTime.from("2027-03-01T00:00[Europe/Prague]").epochMilliseconds;
const LENGTHS = [30, 30, 45, 60, 60, 60, 90, 120];
/** How often whoever plans looks for a time at which all are free, before they take any. */
const LOOKED = 2;
const SITES = [null, null, null, 0, 0, 1, 2];

/**
 * Weeks of a team as they grow by themselves: everybody works from eight or nine on five days, has some things that stay, and meetings
 * of two to five that were put wherever all seemed free, some in rooms, some over others. With the whole catalogue as it is preset.
 */
export function seededCalendars(given: {
  readonly people: number;
  readonly days: number;
  readonly seed: number;
  /** Meetings a person and working day, of which some stay. */
  readonly meetings?: number;
}): CalendarPlan {
  const { people, days, seed, meetings = 3 } = given;
  const random = seededRandom(seed);
  const rooms = Math.max(1, Math.ceil(people / 4));
  const workdays = Array.from({ length: days }, (_, day) => day).filter((day) => day % 7 < 5);
  const subjects = [
    ...Array.from({ length: people }, (_, i) => personOf(i, workdays, wholeBetween(random, 8, 9))),
    ...Array.from({ length: rooms }, (_, i) => roomOf(i)),
  ];
  const things: PlannedThing[] = [];
  const fixed: FixedTaking[] = [];
  const perMeeting = people === 1 ? 1 : 3.5;
  const count = Math.round((people * workdays.length * meetings) / perMeeting);
  const busy: Interval[][] = Array.from({ length: people }, () => []);
  const isFree = (who: readonly number[], startMs: number, endMs: number): boolean =>
    who.every((person) => !busy[person]!.some((each) => each.startMs < endMs && each.endMs > startMs));
  for (let i = 0; i < count; i++) {
    const who = people === 1 ? [0] : guestsOf(random, people);
    const lengthMs = oneOf(random, LENGTHS) * MINUTE_MS;
    const anyMs = (): number =>
      MONDAY_MS + oneOf(random, workdays) * DAY_MS + 9 * HOUR_MS + wholeBetween(random, 0, 27) * 15 * MINUTE_MS;
    let startMs = anyMs();
    for (let tries = 0; tries < LOOKED && !isFree(who, startMs, startMs + lengthMs); tries++) startMs = anyMs();
    for (const person of who) busy[person]!.push({ startMs, endMs: startMs + lengthMs });
    const traits = { ...PLAIN, site: oneOf(random, SITES), guests: who.length, people: who };
    const takes = who.map((subject, at) => ({ subject, how: at === 0 ? OWN : ATTENDS }));
    const times = { occurrence: i, event: i, startMs, endMs: startMs + lengthMs, traits };
    if (random() < 0.3) {
      fixed.push(...takes.map((take) => ({ ...times, ...take })));
      continue;
    }
    const isInRoom = people > 1 && traits.site === 0;
    const choices = isInRoom
      ? Array.from({ length: rooms }, (_, room) => ({ takes: [{ subject: people + room, how: NEEDS }], site: 0 }))
      : [];
    things.push({
      ...times,
      title: `Meeting ${i}`,
      takes,
      choices,
      choice: isInRoom ? wholeBetween(random, 0, rooms - 1) : 0,
      earliestMs: null,
      latestMs: null,
      isLocked: random() < 0.05,
    });
  }
  return {
    window: { startMs: MONDAY_MS, endMs: MONDAY_MS + days * DAY_MS },
    world: {
      zone: findZone("Europe/Prague")!,
      firstWeekday: 1,
      nowMs: MONDAY_MS - DAY_MS,
      holidays: new Set(),
      travelMs: (from, to) => Math.abs(from - to) * 20 * MINUTE_MS,
    },
    subjects,
    things,
    fixed,
    settings: catalogue.map((constraint) => presetOf(constraint, {}, namedBy(constraint, people, rooms))),
    focusMinutes: 60,
  };
}

/** Rules that all plans keep: nobody is kept apart, everybody may be with everybody, and in every room. */
function namedBy({ id, names }: Constraint, people: number, rooms: number): number[] {
  if (names === undefined || names.of === "skills" || id === "apart") return [];
  const [from, count] = names.of === "people" ? [0, people] : [people, rooms];
  return Array.from({ length: count }, (_, i) => from + i);
}

function personOf(place: number, workdays: readonly number[], fromHour: number): PlannedSubject {
  const open: Interval[] = workdays.map((day) => ({
    startMs: MONDAY_MS + day * DAY_MS + fromHour * HOUR_MS,
    endMs: MONDAY_MS + day * DAY_MS + (fromHour + 9) * HOUR_MS,
  }));
  const isEarly = place % 2 === 0;
  const likings = Array.from({ length: 168 }, (_, hour) => (hour % 24 < 12 === isEarly ? 40 : -20));
  return { name: `Person ${place + 1}`, isPerson: true, open, skills: [], places: null, likings };
}

const roomOf = (place: number): PlannedSubject => ({
  name: `Room ${place + 1}`,
  isPerson: false,
  open: null,
  skills: [],
  places: 8,
  likings: null,
});

function guestsOf(random: () => number, people: number): number[] {
  const count = Math.min(people, wholeBetween(random, 2, 5));
  const who = new Set<number>();
  while (who.size < count) who.add(wholeBetween(random, 0, people - 1));
  return [...who];
}

/** One meeting of one person on a Monday from nine to ten, with two rooms beside that nobody takes, and hours from eight to five. */
export function onlyThing(change: Partial<PlannedThing>): CalendarPlan {
  const plan = seededCalendars({ people: 1, days: 5, seed: 1 });
  const startMs = MONDAY_MS + 9 * HOUR_MS;
  const thing: PlannedThing = {
    occurrence: 0,
    event: 0,
    title: "Plan",
    traits: PLAIN,
    startMs,
    endMs: startMs + HOUR_MS,
    takes: [{ subject: 0, how: OWN }],
    choices: [],
    choice: 0,
    earliestMs: null,
    latestMs: null,
    isLocked: false,
    ...change,
  };
  const ana = { ...personOf(0, [0, 1, 2, 3, 4], 8), name: "Ana", likings: null };
  return { ...plan, subjects: [ana, roomOf(0), roomOf(1)], things: [thing], fixed: [], settings: [] };
}

const NAMES = ["Ana", "Ben", "Cleo"];

/** A worked example of the catalogue: what is there stays, and what is wished stands already and may move within two weeks. */
export function exampleCalendars(constraint: Constraint, example: Example): CalendarPlan {
  const { scene, wish } = sceneOfExample(constraint, example);
  const { takings } = scene.index;
  const come = wish.come!;
  const monday = come.startMs - example.wish.from * MINUTE_MS;
  const [own] = [scene.subjectOf(0)];
  // The hours of the example's Monday on every day, so that there is somewhere to go.
  const open = Array.from({ length: 14 }, (_, day) =>
    own.open!.map(({ startMs, endMs }) => ({
      startMs: startMs + day * DAY_MS,
      endMs: endMs + day * DAY_MS,
    })),
  ).flat();
  return {
    window: { startMs: monday, endMs: monday + 14 * DAY_MS },
    world: scene.world,
    subjects: Array.from({ length: Math.max(1, scene.index.subjects) }, (_, i) => ({
      ...own,
      open,
      name: NAMES[i]!,
      isPerson: true,
      likings: null,
    })),
    things: [
      {
        ...come,
        title: "Wish",
        takes: [{ subject: 0, how: come.how }],
        choices: [],
        choice: 0,
        earliestMs: null,
        latestMs: null,
        isLocked: false,
      },
    ],
    fixed: Array.from({ length: takings.count }, (_, row) => ({
      subject: takings.subject[row]!,
      occurrence: takings.occurrence[row]!,
      event: takings.event[row]!,
      how: takings.how[row]!,
      startMs: takings.startMs[row]!,
      endMs: takings.endMs[row]!,
      traits: scene.traitsOf(takings.occurrence[row]!),
    })),
    settings: [presetOf(constraint, example.values, example.named)],
    focusMinutes: 60,
  };
}

/** What objectives measure of a plan as it stands, minute by minute: the judge of the fast count. All times are whole minutes. */
export function slowMeasures(plan: CalendarPlan): Measures {
  const rows = [
    ...plan.fixed.map((each) => ({ ...each, isMoving: false })),
    ...plan.things.flatMap((thing) =>
      takesOf(thing, thing.choice).map(({ subject, how }) => ({
        subject,
        how,
        occurrence: thing.occurrence,
        event: thing.event,
        startMs: thing.startMs,
        endMs: thing.endMs,
        traits: { ...thing.traits, site: thing.choices[thing.choice]?.site ?? thing.traits.site },
        isMoving: !thing.isLocked,
      })),
    ),
  ];
  const involved = plan.things
    .filter(({ isLocked }) => !isLocked)
    .flatMap(({ takes, choices }) => [...takes, ...choices.flatMap((choice) => choice.takes)])
    .map(({ subject }) => subject);
  const shares: number[] = [];
  let [conflicts, focus, pieces, travel, sum, weight] = [0, 0, 0, 0, 0, 0];
  for (const subject of new Set(involved)) {
    const own = rows.filter((row) => row.subject === subject).sort(byStart);
    conflicts += own.flatMap((one, i) =>
      own
        .slice(i + 1)
        .filter((other) => other.startMs < one.endMs && other.event !== one.event && (one.isMoving || other.isMoving)),
    ).length;
    const { isPerson, open, likings } = plan.subjects[subject]!;
    if (!isPerson) continue;
    for (let day = 0; day * DAY_MS < plan.window.endMs - plan.window.startMs; day++) {
      const fromMs = startOfDay(dayOf(plan.window.startMs, plan.world.zone) + day, plan.world.zone);
      const blocks: number[] = [];
      let [openMinutes, taken, run] = [0, 0, 0];
      for (let minute = 0; minute <= 1_440; minute++) {
        const ms = fromMs + minute * MINUTE_MS;
        const covers = ({ startMs, endMs }: Interval): boolean => startMs <= ms && ms < endMs;
        const isOpen = minute < 1_440 && open!.some(covers);
        if (isOpen) openMinutes += 1;
        if (minute < 1_440 && own.some(covers)) taken += 1;
        if (isOpen && !own.some((row) => covers(row) && !row.traits.isFocus)) run += 1;
        else {
          if (run > 0) blocks.push(run);
          run = 0;
        }
      }
      const free = blocks.reduce((all, block) => all + block, 0);
      focus += blocks.filter((block) => block >= plan.focusMinutes).reduce((all, block) => all + block, 0);
      if (openMinutes === 0) continue;
      shares.push(taken / openMinutes);
      pieces += free === 0 ? 0 : 1 - blocks.reduce((all, block) => all + (block / free) ** 2, 0);
    }
    const sited = own.filter(({ traits }) => traits.site !== null);
    for (const [i, next] of sited.entries()) {
      const before = sited.slice(0, i);
      if (before.length === 0 || before.some(({ endMs }) => endMs > next.startMs)) continue;
      const last = before.reduce((latest, each) => (each.endMs > latest.endMs ? each : latest));
      const { zone, travelMs } = plan.world;
      if (dayOf(last.endMs - 1, zone) !== dayOf(next.startMs, zone) || last.traits.site === next.traits.site) continue;
      travel += travelMs(last.traits.site!, next.traits.site!) / MINUTE_MS;
    }
    for (const { startMs, endMs, isMoving } of own) {
      if (!isMoving || likings === null) continue;
      for (let ms = startMs; ms < endMs; ms += MINUTE_MS) {
        const time = Temporal.Instant.fromEpochMilliseconds(ms).toZonedDateTimeISO(plan.world.zone.id);
        sum += likings[(time.dayOfWeek - 1) * 24 + time.hour]!;
        weight += 1;
      }
    }
  }
  const mean = shares.reduce((all, share) => all + share, 0) / shares.length;
  return {
    conflicts,
    focus,
    fragmentation: shares.length === 0 ? 0 : pieces / shares.length,
    travel,
    balance:
      shares.length === 0 ? 0 : Math.sqrt(shares.reduce((all, share) => all + (share - mean) ** 2, 0) / shares.length),
    preferences: weight === 0 ? 0 : sum / weight,
  };
}
