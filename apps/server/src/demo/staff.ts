import { assert } from "@hourwright/std";
import type { Break, Deviation, Rule, Shift } from "@hourwright/schedule";
import { DAY_MS, MINUTE_MS, startOfWeek } from "@hourwright/time";
import type { Clock } from "../platform/clock.ts";
import type { Database, Unit } from "../platform/db/database.ts";
import type { IdMaker } from "../platform/ids.ts";
import { systemContext } from "../contexts/identity/public.ts";
import {
  insertAdjustments,
  insertVersions,
  storeRuleSet,
  type AskedLinks,
  type StoredAdjustment,
  type Version,
} from "../contexts/workforce/public.ts";
import { demoAccounts } from "./accounts.ts";
import { openCovers } from "./covers.ts";
import { branches } from "./network/people.ts";
import { REGION } from "./holidays.ts";
import { minuteOf } from "./plan/hours.ts";
import type { Person, Tables, Week } from "./plan/model.ts";
import type { Settled } from "./store.ts";

// Contracts of those who work by shifts, and what differs from them around today. None of their shifts claims: events of the plan stand there.

type Ports = {
  readonly database: Database;
  readonly clock: Clock;
  readonly newId: IdMaker;
  readonly links: AskedLinks;
};

/** Teams whose people have a contract, and who decides what they ask for. Those of branches work in turns as well. */
const STAFFED: Readonly<Record<string, { readonly teams: readonly string[]; readonly decider: string }>> = {
  larkfield: { teams: ["Pool", "Desk", "Facilities"], decider: "Helena Winter" },
  northgate: { teams: ["Northgate"], decider: "Oskar Lind" },
};
/** Where teams work that do not work at the first site. */
const SITES: Readonly<Record<string, string>> = { Pool: "Riverside", Northgate: "Northgate" };
const TURNING = new Set(["Pool", "Northgate"]);

const RULES: readonly Rule[] = [
  { kind: "shift", minutesMax: 600 },
  { kind: "week", minutesMax: 2_880 },
  { kind: "rest", minutesMin: 660 },
  { kind: "days", max: 6 },
];

/** Gives people their contracts, some leave, an ill day and extra shifts. One unit. */
export async function openStaff(
  { database, newId, clock, links }: Ports,
  { organisation, people }: Settled,
  tables: Tables,
): Promise<void> {
  const staffed = STAFFED[tables.slug];
  if (staffed === undefined) return;
  const members = tables.teams
    .filter((team) => staffed.teams.includes(team.name) || BRANCHES.has(team.name))
    .flatMap(({ name, members }) =>
      members.map((person) => ({
        person,
        turns: TURNING.has(name) || BRANCHES.has(name),
        site: BRANCHES.has(name) ? name : (SITES[name] ?? "Larkfield"),
      })),
    );
  const decider = people.get(staffed.decider);
  assert(decider !== undefined, `nobody is called ${staffed.decider}`);
  await database.inOrganisation(systemContext(organisation, "demo.staff", newId), async (unit) => {
    const ruleSetId = unit.newId("rst");
    await storeRuleSet(unit, { id: ruleSetId, name: "Working time", rules: RULES, weeklyMinutes: 2_400, version: 1 });
    const today = Math.floor(clock.nowMs() / DAY_MS);
    const versions: Version[] = [];
    const adjustments: StoredAdjustment[] = [];
    for (const [i, { person, turns, site }] of members.entries()) {
      const personId = people.get(person.name)!.id;
      const weeks = turns ? turnsFrom(i) : [weekOf(person.week ?? tables.week)];
      versions.push(versionOf(unit, { personId, weeks, site, ruleSetId }, today));
      const by = { id: decider.id, name: decider.name };
      adjustments.push(...adjustmentsOf(unit, { personId, person }, i, today, by));
    }
    for (const name of signingIn(tables.slug)) {
      const person = tables.teams.flatMap(({ members }) => members).find((each) => each.name === name)!;
      const personId = people.get(name)!.id;
      versions.push(
        versionOf(unit, { personId, weeks: [weekOf(person.week ?? tables.week)], site: null, ruleSetId }, today),
      );
      const asked = leave(startOfWeek(today, 1) + 7 * WEEKS_TO_OWN_LEAVE, 2);
      adjustments.push(adjustmentOf(unit, { personId, person }, asked, { today, decided: null, position: null }));
    }
    await insertVersions(unit, versions);
    await insertAdjustments(unit, adjustments);
    const staff = members.map(({ person, turns }) => ({
      personId: people.get(person.name)!.id,
      name: person.name,
      turns,
    }));
    const shifts = { early: EARLY, late: LATE };
    await openCovers(unit, links, { staff, leader: decider, ill: staff[ILL]!.personId, shifts });
  });
}

/**
 * Who signs in as one of the people, so that their own page has a week, a balance and a request. They work at no site: who is needed
 * where is counted without them, and nothing that was approved changes when they can be booked.
 */
const signingIn = (slug: string): readonly string[] =>
  demoAccounts.filter(({ organisation, role }) => organisation === slug && role === "member").map(({ name }) => name);
const WEEKS_TO_OWN_LEAVE = 5;

/** What stands for itself below the organisation in the large demo. */
const BRANCHES = new Set(branches.map(({ team }) => team.name));

const YEARS_BACK_DAYS = 800;
const FIRST_MONDAY = 4;

type Agreed = {
  readonly personId: string;
  readonly weeks: Shift[][][];
  readonly site: string | null;
  readonly ruleSetId: string;
};

function versionOf(unit: Unit, { personId, weeks, site, ruleSetId }: Agreed, today: number): Version {
  const shifts = weeks.flat(2);
  const minutes = shifts.reduce((sum, shift) => sum + shift.toMinute - shift.fromMinute, 0) / weeks.length;
  return {
    id: unit.newId("con"),
    personId,
    fromDay: startOfWeek(today - YEARS_BACK_DAYS, 1),
    toDay: null,
    terms: {
      nominal: { minutes, per: "week" },
      partPermille: Math.min(1_000, Math.max(1, Math.round((minutes * 1_000) / 2_400))),
      turns: { weeks, anchorDay: FIRST_MONDAY },
      site,
      region: REGION,
      holidays: "paid",
    },
    cost: null,
    ruleSetId,
    version: 1,
  };
}

const shiftAt = (name: string, opens: string, closes: string, breaks: readonly Break[] = []): Shift => ({
  name,
  fromMinute: minuteOf(opens),
  toMinute: minuteOf(closes),
  kind: "work",
  breaks,
  site: null,
});

const EARLY = shiftAt("early shift", "07:00", "15:00", [{ fromMinute: 660, toMinute: 690, isPaid: true }]);
const LATE = shiftAt("late shift", "12:00", "20:00", [{ fromMinute: 960, toMinute: 990, isPaid: true }]);

/** Two weeks that take turns; every other person begins with the late one. */
function turnsFrom(i: number): Shift[][][] {
  const week = (shift: Shift) => [1, 2, 3, 4, 5, 6, 7].map((weekday) => (weekday <= 5 ? [shift] : []));
  return i % 2 === 0 ? [week(EARLY), week(LATE)] : [week(LATE), week(EARLY)];
}

/** The hours that somebody has anyhow, as shifts. */
const weekOf = (week: Week): Shift[][] =>
  [1, 2, 3, 4, 5, 6, 7].map((weekday) =>
    week
      .filter((each) => each.weekday === weekday)
      .map(({ opensMinute, closesMinute }) => ({
        ...shiftAt("day shift", "00:00", "00:01"),
        fromMinute: opensMinute,
        toMinute: closesMinute,
      })),
  );

const DAYS_AHEAD_OF_LEAVE = 20;
/** Who is ill on the extra Saturday, for which cover is asked. */
const ILL = 2;

/** Leave that was approved for everybody, some that is asked for, ill days that were, and an extra Saturday ahead. */
function adjustmentsOf(
  unit: Unit,
  { personId, person }: { readonly personId: string; readonly person: Person },
  i: number,
  today: number,
  by: { readonly id: string; readonly name: string },
): StoredAdjustment[] {
  const monday = startOfWeek(today, 1);
  const approved: Deviation[] = [leave(monday + 7 * (6 + (i % DAYS_AHEAD_OF_LEAVE)), 5)];
  if (i % 4 === 1) approved.push({ kind: "absence", type: "sick", span: { fromDay: monday - 6, toDay: monday - 4 } });
  if (i % 5 === 2) approved.push({ kind: "extra", day: monday + 12, shift: EARLY, from: null, interrupts: false });
  if (i === ILL) approved.push({ kind: "absence", type: "sick", span: { fromDay: monday + 12, toDay: monday + 13 } });
  const asked: Deviation[] = i % 3 === 0 ? [leave(monday + 7 * (3 + (i % 3)) + 3, 2)] : [];
  return [...approved, ...asked].map((what, n) => {
    const isApproved = n < approved.length;
    const decided = isApproved ? by : null;
    return adjustmentOf(unit, { personId, person }, what, { today, decided, position: isApproved ? n + 1 : null });
  });
}

const leave = (fromDay: number, days: number): Deviation => ({
  kind: "absence",
  type: "leave",
  span: { fromDay, toDay: fromDay + days },
});

/** What somebody asked for yesterday; `decided`: who approved it since. */
function adjustmentOf(
  unit: Unit,
  { personId, person }: { readonly personId: string; readonly person: Person },
  what: Deviation,
  { today, decided, position }: Asking,
): StoredAdjustment {
  const id = unit.newId("adj");
  const span = what.kind === "absence" && "fromDay" in what.span ? what.span : null;
  const firstDay = span?.fromDay ?? (what.kind === "extra" ? what.day : today);
  return {
    id,
    groupId: id,
    personId,
    what,
    firstDay,
    lastDay: span === null ? firstDay : span.toDay - 1,
    state: decided === null ? "requested" : "approved",
    note: "",
    asked: { by: personId, name: person.name, atMs: unit.nowMs - DAY_MS },
    decided: decided === null ? null : { by: decided.id, name: decided.name, atMs: unit.nowMs - 60 * MINUTE_MS },
    answer: "",
    position,
    version: decided === null ? 1 : 2,
  };
}

type Asking = {
  readonly today: number;
  readonly decided: { readonly id: string; readonly name: string } | null;
  /** The order in which adjustments were approved. */
  readonly position: number | null;
};
