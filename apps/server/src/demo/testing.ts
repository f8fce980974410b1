import { detect, suggestRepairs, type Found, type Move, type Repair } from "@hourwright/conflict";
import type { CalendarObject } from "@hourwright/ical";
import { findZone } from "@hourwright/time";
import { commitmentOf, derive, type Derived, type DeriveFacts } from "../contexts/calendars/derive.ts";
import { situationFrom } from "../contexts/planning/public.ts";
import { objectOf, type Names } from "./objects.ts";
import { makePlan, type Plan } from "./plan/plan.ts";
import type { Tables } from "./plan/model.ts";
import type { Holiday } from "./holidays.ts";

// A demo without a database: what the server would derive, take and detect, by the server's own pure functions.

export type TakenTime = Parameters<typeof situationFrom>[0][number];

export type Filled = {
  readonly plan: Plan;
  readonly objects: readonly {
    readonly calendar: string;
    readonly object: CalendarObject;
    readonly derived: Derived;
  }[];
  readonly taken: readonly TakenTime[];
  readonly titles: ReadonlyMap<string, string>;
};

/** Plans the years around `today` and derives what the server would. */
export function fillInMemory(tables: Tables, seed: number, year: number, holidays: readonly Holiday[]): Filled {
  const zone = findZone(tables.zone)!;
  const plan = makePlan(tables, seed, { fromYear: year - 1, toYear: year + 1 }, holidays);
  const people = new Map(tables.teams.flatMap(({ members }) => members).map((each) => [each.name, each]));
  const names: Names = {
    zone,
    nowMs: 0,
    invitation: (name) => ({
      address: people.get(name)?.email ?? `${name.toLowerCase().replaceAll(" ", "-")}@things`,
      name,
    }),
  };
  const subjects: Record<string, DeriveFacts["subjects"][string]> = {};
  for (const { name, email } of people.values())
    subjects[email] = { id: name, kind: "person", policy: "warn", zone: tables.zone };
  for (const { name, kind } of tables.things)
    subjects[names.invitation(name).address] = { id: name, kind, policy: "forbid", zone: tables.zone };
  const fromMs = zone.toEpochMs(Date.UTC(year - 2, 0, 1));
  const toMs = zone.toEpochMs(Date.UTC(year + 3, 0, 1));
  const objects = plan.events.map((event) => {
    const owner = people.get(event.calendar) ?? null;
    const object = objectOf(event, names);
    const derived = derive(object, {
      calendar: {
        ownerSubjectId: owner?.name ?? null,
        ownerEmail: owner?.email ?? null,
        policy: "warn",
        zone: tables.zone,
      },
      subjects,
      floatingZone: null,
      fromMs,
      toMs,
    });
    return { calendar: event.calendar, object, derived };
  });
  const taken = objects.flatMap(({ object, derived }) =>
    commitmentOf(object.uid, null, [derived]).stretches.map((stretch) => ({
      ...stretch,
      source: "calendars",
      commitment: object.uid,
    })),
  );
  return { plan, objects, taken, titles: new Map(objects.map(({ object, derived }) => [object.uid, derived.title])) };
}
export { detect, suggestRepairs, situationFrom, type Found, type Move, type Repair };
