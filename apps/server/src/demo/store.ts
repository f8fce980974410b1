import { assert } from "@hourwright/std";
import { DAY_MS, findZone, MINUTE_MS, printWallTime } from "@hourwright/time";
import { objectBytes, type CalendarObject, type NewPerson } from "@hourwright/ical";
import type { Clock } from "../platform/clock.ts";
import type { Database, Unit } from "../platform/db/database.ts";
import { tendTables } from "../platform/db/upkeep.ts";
import type { IdMaker } from "../platform/ids.ts";
import { changeObjects, openCalendars, subjectAddress, type Calendar } from "../contexts/calendars/public.ts";
import { createSubjects, insertTeams, systemContext, type Subject } from "../contexts/identity/public.ts";
import {
  holidaysHere,
  insertHolidays,
  ORGANISATION,
  storeLayers,
  storeRegion,
  yearsAround,
  type StoredLayer,
} from "../contexts/workforce/public.ts";
import { REGION, type Holiday } from "./holidays.ts";
import { objectOf, type Names } from "./objects.ts";
import type { PlannedEvent, Tables } from "./plan/model.ts";

type Ports = { readonly database: Database; readonly clock: Clock; readonly newId: IdMaker };

/** Who and what a plan's names have become. */
export type Settled = {
  readonly organisation: number;
  readonly people: ReadonlyMap<string, Subject>;
  readonly things: ReadonlyMap<string, Subject>;
  readonly calendars: ReadonlyMap<string, Calendar>;
  /** Team ids by name. */
  readonly teams: ReadonlyMap<string, string>;
};

/** Hue of people's own calendars: none of the categories'. */
const OWN_COLOUR = 264;
/** Rows of a unit, roughly: about 100 ms of the 250 that a unit may take. */
const ROWS_OF_A_UNIT = 600;
const ROWS_OF_AN_OBJECT = 4;
/** Before these units the planner hears how the tables have grown: whenever they have three times the rows. */
const TENDED_BEFORE: ReadonlySet<number> = new Set([1, 3, 9, 27, 81, 243, 729]);
/** Units between two sentences about how far it is: some seconds. */
const UNITS_OF_A_SENTENCE = 50;

/** Moves people, rooms, teams and calendars in, with working hours and holidays. Two units. */
export async function settle(
  { database, newId, clock }: Ports,
  organisation: number,
  tables: Tables,
  closedDays: readonly Holiday[],
): Promise<Settled> {
  const members = tables.teams.flatMap((team) => team.members);
  const context = () => systemContext(organisation, "demo.settle", newId);
  const subjects = await database.inOrganisation(context(), (unit) =>
    createSubjects(unit, [
      ...members.map(({ name, email, zone }) => ({ kind: "person" as const, name, email, zone: zone ?? tables.zone })),
      ...tables.things.map((thing) => ({ ...thing, zone: tables.zone, policy: "forbid" as const })),
    ]),
  );
  assert(!("refused" in subjects), `a zone of ${tables.name} is unknown`);
  const { fromYear, toYear } = yearsAround(Math.floor(clock.nowMs() / DAY_MS));
  const region = await holidaysHere.holidaysOf(REGION, fromYear, toYear);
  assert(region !== null, `there are holidays in ${REGION}`);
  const people = byName(subjects.slice(0, members.length));
  const things = byName(subjects.slice(members.length));
  return database.inOrganisation(context(), async (unit) => {
    const teams = await openTeams(unit, tables, people);
    const calendars = await openAllCalendars(unit, tables, people);
    await storeRegion(unit, region, toYear);
    const holidays: StoredLayer = { kind: "holidays", region: REGION, types: ["public"], without: [], renamed: [] };
    await storeLayers(unit, ORGANISATION, { layers: [usualWeek(tables.week), holidays], version: 1 });
    for (const { name, week } of members)
      if (week !== undefined) await storeLayers(unit, people.get(name)!.id, { layers: [usualWeek(week)], version: 1 });
    const known = new Set(region.days.filter(({ type }) => type === "public").map(({ day }) => day));
    await insertHolidays(
      unit,
      closedDays
        .filter(({ day }) => !known.has(day))
        .map(({ day, name }) => ({ day: printWallTime(day * DAY_MS, "date"), name })),
    );
    return { organisation, people, things, calendars, teams };
  });
}

/** A plain week as a layer; which Monday it begins on does not matter. */
function usualWeek(week: Tables["week"]): StoredLayer {
  const clock = (minute: number) => printWallTime(minute * MINUTE_MS, "local").slice(11, 16);
  const stretches = week.map(({ weekday, opensMinute, closesMinute }) => ({
    weekday,
    opens: clock(opensMinute),
    closes: closesMinute === 1_440 ? "24:00" : clock(closesMinute),
  }));
  return { kind: "weeks", name: "", weeks: [stretches], anchor: "1970-01-05", season: null };
}

const byName = <Named extends { readonly name: string }>(list: readonly Named[]): Map<string, Named> =>
  new Map(list.map((each) => [each.name, each]));

async function openTeams(unit: Unit, { teams }: Tables, people: Settled["people"]): Promise<Map<string, string>> {
  const ids = new Map(teams.map(({ name }) => [name, unit.newId("tea")]));
  await insertTeams(
    unit,
    teams.map(({ name, parent, members }) => ({
      id: ids.get(name)!,
      name,
      parentId: parent === null ? null : ids.get(parent)!,
      members: members.map((member) => people.get(member.name)!.id),
    })),
  );
  return ids;
}

async function openAllCalendars(
  unit: Unit,
  { calendars, zone }: Tables,
  people: Settled["people"],
): Promise<Map<string, Calendar>> {
  const shared = { ownerSubjectId: null, zone, policy: "warn", sharing: "read" } as const;
  const own = { colour: OWN_COLOUR, category: null, policy: "warn", sharing: "busy" } as const;
  return byName(
    await openCalendars(unit, [
      ...calendars.map((calendar) => ({ ...calendar, ...shared })),
      ...[...people.values()].map(({ name, id, zone }) => ({ ...own, name, ownerSubjectId: id, zone })),
    ]),
  );
}

/** Stores the events of a plan in their order, some of them a unit. The next ones are made while the database works. */
export async function storeEvents(
  ports: Ports,
  tables: Tables,
  settled: Settled,
  events: readonly PlannedEvent[],
  told: (stored: number) => void,
): Promise<void> {
  const names = namesOf(tables, settled, ports.clock.nowMs());
  let storing = Promise.resolve();
  let stored = 0;
  for (const [unit, some] of inUnits(events).entries()) {
    const made = some.map((event) => {
      const calendar = settled.calendars.get(event.calendar);
      assert(calendar !== undefined, `"${event.title}" lies in no calendar: ${event.calendar}`);
      return { calendar, parsed: objectOf(event, names) };
    });
    await storing;
    if (TENDED_BEFORE.has(unit)) await tendTables(ports.database);
    if (unit > 0 && unit % UNITS_OF_A_SENTENCE === 0) told(stored);
    stored += some.length;
    storing = storeSome(ports, settled.organisation, made);
  }
  await storing;
}

/** The events in order, as many together as make about the rows that a unit may write. */
function inUnits(events: readonly PlannedEvent[]): PlannedEvent[][] {
  const units: PlannedEvent[][] = [];
  let rows = Infinity;
  for (const event of events) {
    if (rows >= ROWS_OF_A_UNIT) {
      units.push([]);
      rows = 0;
    }
    units.at(-1)!.push(event);
    rows += ROWS_OF_AN_OBJECT + (event.series?.count ?? 1) * (1 + event.people.length + event.things.length);
  }
  return units;
}

async function storeSome(
  { database, newId }: Ports,
  organisation: number,
  made: readonly { readonly calendar: Calendar; readonly parsed: CalendarObject }[],
): Promise<void> {
  const written = await database.inOrganisation(systemContext(organisation, "demo.fill", newId), (unit) =>
    changeObjects(
      unit,
      made.map(({ calendar, parsed }) => {
        const id = unit.newId("evt");
        return {
          before: null,
          after: {
            id,
            calendarId: calendar.id,
            name: `${id}.ics`,
            uid: parsed.uid,
            kind: "VEVENT" as const,
            bytes: objectBytes(parsed),
            version: 1,
            floatingZone: null,
          },
          parsed,
          calendar,
        };
      }),
      { onTaken: "report" },
    ),
  );
  assert("derived" in written, `the demo was refused: ${JSON.stringify(written).slice(0, 200)}`);
}

function namesOf(tables: Tables, { people, things }: Settled, nowMs: number): Names {
  const zone = findZone(tables.zone);
  assert(zone !== null, `${tables.name} lies in no zone: ${tables.zone}`);
  return {
    zone,
    nowMs,
    invitation(name): NewPerson {
      const person = people.get(name);
      if (person !== undefined) return { address: person.email!, name, participation: "ACCEPTED" };
      const thing = things.get(name);
      assert(thing !== undefined, `nobody and nothing is called "${name}"`);
      return {
        address: subjectAddress(thing.id),
        name,
        kind: thing.kind === "room" ? "ROOM" : "RESOURCE",
        role: "NON-PARTICIPANT",
        participation: "ACCEPTED",
      };
    },
  };
}
