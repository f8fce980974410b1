// The process that the benches `live` and `live-roster` measure: the server with some organisations of a few members and of
// staff who work by rosters each, told to its parent, and the moment of each commit by the clock that all processes of a machine share.
import { randomBytes } from "node:crypto";
import { pino } from "pino";
import { compose } from "../compose.ts";
import { readConfig } from "../config.ts";
import {
  createSubjects,
  joinMember,
  markReady,
  openOrganisation,
  openSignIn,
  systemContext,
} from "../contexts/identity/public.ts";
import { openCalendars } from "../contexts/calendars/public.ts";
import { openGround } from "../ground.ts";
import { systemClock } from "../platform/clock.ts";
import { idMaker } from "../platform/ids.ts";
import { hire } from "./hired.ts";

const ZONE = "Europe/Prague";
const PASSWORD = "a crowd of people who look";

const config = readConfig({ ...process.env, PORT: "0", DEMO: "0", RATE_LIMIT: "off", LOG_LEVEL: "error" });
if ("wrong" in config) throw new Error(config.wrong.join(" "));
const newId = idMaker(systemClock, randomBytes);
const log = pino({ level: "error" });
const [organisations, members, staffCount] = process.argv.slice(2).map(Number) as [number, number, number];

const accounts = await settle();
await using application = await compose(config, { clock: systemClock, newId, log });
application.database.onChanges((organisation, committed) => {
  const { seq } = committed.at(-1)!;
  process.send!({ organisation, seq, committedMs: Number(process.hrtime.bigint()) / 1e6 });
});
const url = await application.server.listen({ port: 0, host: "127.0.0.1" });
process.send!({ url, accounts, password: PASSWORD });
process.on("message", () => {
  const { user, system } = process.cpuUsage();
  process.send!({ workedMs: (user + system) / 1_000 });
});
await new Promise<void>((resolve) => process.once("disconnect", resolve)); // Who measures has gone.
process.exit(0);

/** Organisations in which everybody sees everything, with the addresses of their members and the ids of their staff. */
async function settle(): Promise<{ organisation: number; emails: string[]; staff: string[] }[]> {
  const { database, secret } = await openGround(config as Exclude<typeof config, { wrong: unknown }>, {
    clock: systemClock,
    log,
    ids: newId,
  });
  const signIn = await openSignIn(database, secret, "http://localhost");
  const ports = { database, newId, signIn };
  const settled: { organisation: number; emails: string[]; staff: string[] }[] = [];
  for (let n = 0; n < organisations; n++) {
    const organisation = (await openOrganisation(ports, {
      slug: `org${n}`,
      name: `Org ${n}`,
      zone: ZONE,
      firstWeekday: 1,
      demo: false,
    }))!;
    const emails = Array.from({ length: members }, (_, m) => `m${m}@org${n}.example`);
    const { people, staff } = await database.inOrganisation(
      systemContext(organisation, "bench", newId),
      async (unit) => {
        const made = await createSubjects(
          unit,
          emails.map((email) => ({ kind: "person", name: email, email, zone: ZONE })),
        );
        if ("refused" in made) throw new Error("nobody could be made");
        const shared = { colour: 1, category: null, zone: ZONE, policy: "allow", sharing: "read" } as const;
        await openCalendars(
          unit,
          made.map(({ id, name }) => ({ ...shared, name, ownerSubjectId: id })),
        );
        return { people: made, staff: staffCount === 0 ? [] : await hire(unit, staffCount, ZONE) };
      },
    );
    for (const { id, name } of people)
      await joinMember(ports, organisation, id, { name, email: name, password: PASSWORD, role: "administrator" });
    await markReady(database, organisation);
    settled.push({ organisation, emails, staff });
  }
  await database[Symbol.asyncDispose]();
  return settled;
}
