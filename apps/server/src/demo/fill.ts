import { yearIn } from "./plan/days.ts";
import type { Clock } from "../platform/clock.ts";
import type { Database } from "../platform/db/database.ts";
import type { IdMaker } from "../platform/ids.ts";
import { joinMember, markReady, openOrganisation, type SignIn } from "../contexts/identity/public.ts";
import type { Sealing } from "../contexts/bookings/public.ts";
import type { AskedLinks } from "../contexts/workforce/public.ts";
import { demoAccounts } from "./accounts.ts";
import { czechHolidays } from "./holidays.ts";
import { larkfield } from "./larkfield/larkfield.ts";
import { MANAGED_TEAM } from "./larkfield/people.ts";
import { booked, packages, services, wishes } from "./larkfield/services.ts";
import { larkfieldWithBranches, network } from "./network/network.ts";
import { northgate } from "./northgate.ts";
import { makePlan } from "./plan/plan.ts";
import type { Tables } from "./plan/model.ts";
import { openLeagues } from "./leagues.ts";
import { openServices } from "./services.ts";
import { openRosters } from "./rosters.ts";
import { openStaff } from "./staff.ts";
import { settle, storeEvents, type Settled } from "./store.ts";

export type DemoPorts = {
  readonly database: Database;
  readonly clock: Clock;
  readonly newId: IdMaker;
  readonly signIn: SignIn;
  readonly sealing: Sealing;
  readonly links: AskedLinks;
};

/** Who runs the centre, and its league. */
const LEAGUE_LEADER = "Mara Okafor";

/** The demo that everybody sees; another number is another year of the same people. */
export const DEMO_SEED = 31;

/** `large`: three hundred people, ten thousand events, more than a hundred thousand dates in this year. */
export type DemoSize = "small" | "large";

/**
 * Fills an empty database with the demo organisations: last, this and next year. Fetches nothing, mails nothing. `say` is
 * told in a sentence how far it is.
 */
export async function fillDemo(
  ports: DemoPorts,
  size: DemoSize = "small",
  say: (sentence: string) => void = () => {},
): Promise<void> {
  const year = yearIn(ports.clock.nowMs(), larkfield.zone);
  const holidays = czechHolidays(year - 2, year + 1);
  for (const tables of [larkfield, northgate]) {
    const organisation = await openOrganisation(ports, {
      slug: tables.slug,
      name: tables.name,
      zone: tables.zone,
      firstWeekday: 1,
      demo: true,
    });
    if (organisation === null) continue; // Another process is filling it.
    const isLarge = size === "large" && tables === larkfield;
    const all = isLarge ? larkfieldWithBranches : tables;
    const plan = makePlan(tables, DEMO_SEED, { fromYear: year - 1, toYear: year + 1 }, await holidays);
    const more = isLarge ? makePlan(network, DEMO_SEED, { fromYear: year, toYear: year }, await holidays).events : [];
    const settled = await settle(ports, organisation, all, plan.closedDays);
    await openStaff(ports, settled, all);
    await openRosters(ports, settled, tables);
    const events = [...plan.events, ...more];
    // A password takes a core for a while, which the database does not want meanwhile.
    await Promise.all([
      joinAccounts(ports, tables, settled),
      storeEvents(ports, all, settled, events, (stored) =>
        say(`${tables.name}: ${stored} of ${events.length} events are stored.`),
      ),
    ]);
    await markReady(ports.database, organisation);
    if (tables === larkfield) await openLeagues(ports, settled, LEAGUE_LEADER);
    if (tables === larkfield) await openServices(ports, settled, services, booked, packages, wishes, tables.zone);
  }
}

async function joinAccounts(ports: DemoPorts, tables: Tables, settled: Settled): Promise<void> {
  const accounts = demoAccounts.filter(({ organisation }) => organisation === tables.slug);
  await Promise.all(
    accounts.map((account) =>
      joinMember(ports, settled.organisation, settled.people.get(account.name)!.id, {
        ...account,
        scopeTeamId: account.role === "manager" ? (settled.teams.get(MANAGED_TEAM) ?? null) : null,
        shows: (tables.shownFirst ?? []).map((name) => settled.people.get(name)!.id),
      }),
    ),
  );
}
