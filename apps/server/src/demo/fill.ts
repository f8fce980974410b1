import type { Clock } from "../platform/clock.ts";
import type { Database, Unit } from "../platform/db/database.ts";
import type { IdMaker } from "../platform/ids.ts";
import { createMember, openOrganisation, type SignIn } from "../contexts/identity/public.ts";
import { demoAccounts } from "./accounts.ts";

export type DemoPorts = {
  readonly database: Database;
  readonly clock: Clock;
  readonly newId: IdMaker;
  readonly signIn: SignIn;
  readonly openCalendarFor: (unit: Unit, personId: string, name: string, zone: string) => Promise<void>;
};

const ZONE = "Europe/Prague";

/** Fills an empty database with the demo organisations. */
export async function fillDemo(ports: DemoPorts): Promise<void> {
  for (const [slug, name] of [
    ["larkfield", "Larkfield Centre"],
    ["northgate", "Northgate"],
  ] as const) {
    const organisation = await openOrganisation(ports, { slug, name, zone: ZONE, firstWeekday: 1, demo: true });
    if (organisation === null) continue;
    for (const account of demoAccounts.filter((each) => each.organisation === slug))
      await createMember(ports, organisation, { ...account, zone: ZONE });
  }
}
