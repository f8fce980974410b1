import { detect, suggestRepairs, type Found, type Repair } from "@hourwright/conflict";
import { instancesOf, type CalendarObject, type Instance } from "@hourwright/ical";
import { DAY_MS, dayNumber, findZone, type Zone } from "@hourwright/time";
import { commitmentOf, derive, type DeriveFacts } from "../contexts/calendars/derive.ts";
import { situationFrom } from "../contexts/planning/pure.ts";
import { DEMO_SEED } from "./fill.ts";
import { czechHolidays } from "./holidays.ts";
import { objectOf, type Names } from "./objects.ts";
import { makePlan, type Plan } from "./plan/plan.ts";
import type { PlannedEvent, Tables } from "./plan/model.ts";

// The demo without a database: what the server would derive, take, detect and offer, by the server's own pure functions.

export const holidays = await czechHolidays(2018, 2037);

/** One stretch of one subject's time. */
export type Taken = Parameters<typeof situationFrom>[0][number];

export type Occurrence = Instance & { readonly event: PlannedEvent };

export type Filled = {
  readonly tables: Tables;
  readonly zone: Zone;
  readonly plan: Plan;
  readonly objects: readonly { readonly event: PlannedEvent; readonly object: CalendarObject }[];
  readonly occurrences: readonly Occurrence[];
  readonly taken: readonly Taken[];
};

/** An organisation as the demo fills it when it is `year`: people and things are their own ids. */
export function fillInMemory(tables: Tables, year: number): Filled {
  const zone = findZone(tables.zone)!;
  const plan = makePlan(tables, DEMO_SEED, { fromYear: year - 1, toYear: year + 1 }, holidays);
  const emails = new Map(tables.teams.flatMap(({ members }) => members).map(({ name, email }) => [name, email]));
  const names: Names = {
    zone,
    nowMs: 0,
    invitation: (name) => ({ address: emails.get(name) ?? `${encodeURIComponent(name)}@things.example`, name }),
  };
  const facts = factsOf(tables, emails, names, yearOf(year - 2, zone).fromMs, yearOf(year + 2, zone).toMs);
  const objects = plan.events.map((event) => ({ event, object: objectOf(event, names) }));
  return {
    tables,
    zone,
    plan,
    objects,
    occurrences: objects.flatMap(({ event, object }) =>
      instancesOf(object, { ...facts(event), floatingZone: zone }).instances.map((each) => ({ ...each, event })),
    ),
    taken: objects.flatMap(({ event, object }) =>
      commitmentOf(object.uid, null, [derive(object, facts(event))]).stretches.map((stretch) => ({
        ...stretch,
        source: "calendars",
        commitment: object.uid,
      })),
    ),
  };
}

function factsOf(
  tables: Tables,
  emails: ReadonlyMap<string, string>,
  { invitation }: Names,
  fromMs: number,
  toMs: number,
): (event: PlannedEvent) => DeriveFacts {
  const { zone } = tables;
  const subjects = Object.fromEntries([
    ...[...emails].map(([id, email]) => [email, { id, kind: "person", policy: "warn", zone }]),
    ...tables.things.map(({ name, kind }) => [
      invitation(name).address.toLowerCase(),
      { id: name, kind, policy: "forbid", zone },
    ]),
  ]) as DeriveFacts["subjects"];
  return ({ calendar }) => ({
    calendar: {
      ownerSubjectId: emails.has(calendar) ? calendar : null,
      ownerEmail: emails.get(calendar) ?? null,
      policy: "warn",
      zone,
    },
    subjects,
    floatingZone: null,
    fromMs,
    toMs,
  });
}

/** A calendar year in a zone. */
export function yearOf(year: number, zone: Zone): { fromMs: number; toMs: number } {
  const startMs = (of: number) => zone.toEpochMs(dayNumber(of, 1, 1) * DAY_MS);
  return { fromMs: startMs(year), toMs: startMs(year + 1) };
}

/** A conflict by names: the same for the same two dates, whatever else is in the list. */
export type NamedConflict = { readonly key: string; readonly startMs: number; readonly kind: Found["kind"] };

/** Repairs move by at most 14 days. */
const AROUND_MS = 20 * DAY_MS;

export function conflictsIn(taken: readonly Taken[], fromMs: number, toMs: number): NamedConflict[] {
  const situation = situationFrom(taken);
  return detect(situation.index, fromMs, toMs).found.map((found) => ({
    key: keyOf(found, situation),
    startMs: found.startMs,
    kind: found.kind,
  }));
}

function keyOf({ kind, first, second, subjects }: Found, situation: ReturnType<typeof situationFrom>): string {
  const dates = [first, second].map((date) => situation.dates[date]!);
  return [
    kind,
    ...subjects.map((subject) => situation.subjects[subject]!),
    ...dates.map(({ commitment, occurrence }) => `${commitment} ${occurrence}`).sort(),
  ].join(" | ");
}

/** Each conflict of a window with what the inspector would offer for it, and what would be left when that is applied. */
export function repairsIn(
  { taken, tables, objects }: Filled,
  nowMs: number,
  toMs: number,
): {
  readonly key: string;
  readonly repairs: readonly { readonly what: string; readonly made: string[]; readonly isGone: boolean }[];
}[] {
  const titles = new Map(objects.map(({ event, object }) => [object.uid, event.title]));
  const whole = situationFrom(taken);
  return detect(whole.index, nowMs, toMs)
    .found.filter(({ startMs }) => startMs >= nowMs)
    .map((found) => {
      const near = taken.filter(
        ({ startMs, endMs }) => startMs < found.endMs + AROUND_MS && endMs > found.startMs - AROUND_MS,
      );
      const before = new Set(conflictsIn(near, -Infinity, Infinity).map(({ key }) => key));
      const key = keyOf(found, whole);
      const offered = suggestRepairs(
        found,
        {
          index: whole.index,
          rowsOf: whole.rowsOf,
          titleOf: (date) => titles.get(whole.dates[date]!.commitment)!,
          isMovable: () => true,
          zone: tables.zone,
          nowMs,
        },
        5,
      );
      return {
        key,
        repairs: offered.map((repair) => {
          const after = conflictsIn(applied(near, repair, whole), -Infinity, Infinity).map((each) => each.key);
          return {
            what: repair.what,
            made: after.filter((each) => !before.has(each)),
            isGone: !after.includes(key),
          };
        }),
      };
    });
}

/** A copy of the time taken, with the moves of a repair made. */
function applied(taken: readonly Taken[], { moves }: Repair, { dates }: ReturnType<typeof situationFrom>): Taken[] {
  return taken.map((each) => {
    const move = moves.find(({ occurrence }) => {
      const date = dates[occurrence]!;
      return date.commitment === each.commitment && date.occurrence === each.occurrence;
    });
    return move === undefined ? each : { ...each, startMs: move.startMs, endMs: move.endMs };
  });
}
