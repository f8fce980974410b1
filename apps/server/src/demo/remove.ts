import type { Database } from "../platform/db/database.ts";
import { forgetOrganisation } from "../platform/db/forget.ts";
import { closeOrganisation, deleteUsersWithout, listOrganisations, setMark } from "../contexts/identity/public.ts";
import { demoAccounts } from "./accounts.ts";

/** Says, once set, that an empty server is not filled with the demo again. */
export const DEMO_REMOVED = "demo-removed";

/**
 * Removes the demo organisations with everything in them, for good; answers how many there were. First nobody comes in any
 * more, then the rows go, then the accounts. A process that ends in between leaves an organisation that was never ready:
 * the next start ends what was begun.
 */
export async function removeDemo(database: Database): Promise<number> {
  const demos = (await listOrganisations(database)).filter(({ demo }) => demo);
  await setMark(database, DEMO_REMOVED);
  for (const { id } of demos) await closeOrganisation(database, id);
  for (const { id } of demos) await forgetOrganisation(database, id);
  await deleteUsersWithout(
    database,
    demoAccounts.map(({ email }) => email),
  );
  return demos.length;
}
