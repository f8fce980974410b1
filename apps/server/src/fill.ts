import { randomBytes } from "node:crypto";
import { createSealing } from "./contexts/bookings/public.ts";
import { availabilityReconciler, createAskedLinks, holidaysHere } from "./contexts/workforce/public.ts";
import { listOrganisations, openSignIn, sharedSecret } from "./contexts/identity/public.ts";
import { fillDemo, type DemoSize } from "./demo/fill.ts";
import type { Clock } from "./platform/clock.ts";
import { idMaker } from "./platform/ids.ts";
import { silent } from "./platform/log.ts";
import type { Config } from "./config.ts";
import { openGround } from "./ground.ts";

/**
 * Fills the empty database of the settings with the demo of a size, with nobody signed in and no server running; `say` is
 * told how far it is. False when something is there already: then nothing is changed. Everything is stored in units that
 * are as short as a server's; an end in the middle is cleared away by the next start.
 */
export async function fillServer(
  config: Config,
  clock: Clock,
  size: DemoSize,
  say: (sentence: string) => void,
): Promise<boolean> {
  const newId = idMaker(clock, randomBytes);
  const { database, secret } = await openGround(config, { clock, log: silent, ids: newId });
  try {
    if ((await listOrganisations(database)).length > 0) return false;
    const signIn = await openSignIn(database, secret, config.publicUrl ?? `http://localhost:${config.port}`);
    const customersSecret = await sharedSecret(database, "customers", () => randomBytes(48).toString("base64url"));
    const sealing = createSealing(customersSecret);
    const links = createAskedLinks(await sharedSecret(database, "links", () => randomBytes(48).toString("base64url")));
    await fillDemo({ database, clock, newId, signIn, sealing, links }, size, say);
    say("Working hours are handed in for everybody.");
    await availabilityReconciler(database, newId, holidaysHere).run(new AbortController().signal);
    return true;
  } finally {
    await database[Symbol.asyncDispose]();
  }
}
