// Strategy: contracts written while hours are handed in, on a database with more than one session: nobody waits for who waits for them.
import assert from "node:assert/strict";
import { test } from "node:test";
import { postgres } from "../../../testing/filled-database.ts";
import { COORDINATOR, startTestServer } from "../../../testing/server.ts";

const PEOPLE = 20;

test(
  `contracts written beside the handing in of hours run once, on ${postgres.name}`,
  { skip: postgres.skip },
  async () => {
    await using base = await postgres.open();
    await using server = await startTestServer({ DATABASE_URL: base.url });
    const owner = await server.signedIn(COORDINATOR);
    const before = server.application.database.stats().reruns;
    for (let i = 0; i < PEOPLE; i++) {
      const { id } = await owner("people.create", { body: { name: `Person ${i}` } }); // Wakes the reconciler.
      const kind = i % 2 === 0 ? "duty" : "work";
      const weeks = [[{ weekday: 1, starts: "07:00", minutes: 480, kind } as const]];
      const nominal = { minutes: 480, per: "week" as const };
      await owner("contracts.create", {
        body: { personId: id, from: "2027-01-01", nominal, weeks, anchor: "2027-01-04" },
      });
    }
    assert.equal(server.application.database.stats().reruns, before);
  },
);
