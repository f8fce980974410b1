// Strategy: every free text that somebody without an account can send is sent, what was booked is changed, undone and done again, and
// then every table of the database is searched for it: before they are forgotten it stands with the booking alone, after that nowhere.
import assert from "node:assert/strict";
import { after, before, describe, test } from "node:test";
import { catalogue, type Operation } from "@hourwright/contract";
import { sql } from "kysely";
import { z } from "zod";
import { systemClock } from "../../../platform/clock.ts";
import { eventually } from "../../../testing/eventually.ts";
import { databases, keyOf, openSchool, type School } from "../../../testing/school.ts";
import { COORDINATOR } from "../../../testing/server.ts";

/** What is sent below. Whoever adds a field sends it here, and finds out where it goes. */
const SENT = [
  "bookings.cancel: reason",
  "bookings.create: answers.*",
  "bookings.create: customer.email",
  "bookings.create: customer.name",
  "bookings.create: customer.phone",
  "bookings.rate: comment",
  "waitingList.create: customer.email",
  "waitingList.create: customer.name",
  "waitingList.create: customer.phone",
];

type Schema = {
  readonly type?: string;
  readonly format?: string;
  readonly pattern?: string;
  readonly enum?: unknown;
  readonly properties?: Readonly<Record<string, Schema>>;
  readonly additionalProperties?: Schema | boolean;
  readonly items?: Schema;
  readonly anyOf?: readonly Schema[];
};

/** Names of ids, keys and codes: nobody writes anything there. */
const NAMES = /(^|\.)(key|holdId|serviceId|zone|package|subjectId|choose|proof|inPlaceOf\.id)$/;
const DATES: ReadonlySet<string> = new Set(["date", "date-time", "time"]);

/** Where in a schema somebody may write what they like. */
function textsIn(schema: Schema, path = ""): string[] {
  const inside = (name: string, part: Schema) => textsIn(part, path === "" ? name : `${path}.${name}`);
  if (schema.type === "string")
    return schema.enum !== undefined || DATES.has(schema.format ?? "") || NAMES.test(path) ? [] : [path];
  const more = typeof schema.additionalProperties === "object" ? inside("*", schema.additionalProperties) : [];
  return [
    ...Object.entries(schema.properties ?? {}).flatMap(([name, part]) => inside(name, part)),
    ...(schema.items === undefined ? [] : textsIn(schema.items, path)),
    ...(schema.anyOf ?? []).flatMap((part) => textsIn(part, path)),
    ...more,
  ];
}

test("every text that somebody without an account can write of themselves is looked for", () => {
  const texts = Object.entries(catalogue as unknown as Record<string, Operation>).flatMap(([id, { publicBy, body }]) =>
    publicBy === undefined || body === undefined
      ? []
      : textsIn(z.toJSONSchema(body, { io: "input", unrepresentable: "any" }) as Schema).map(
          (path) => `${id}: ${path}`,
        ),
  );
  assert.deepEqual(texts.toSorted(), SENT);
});

for (const kind of databases) {
  describe(`what a customer wrote, on ${kind.name}`, { skip: kind.skip }, () => {
    let school: School;
    before(async () => {
      school = await openSchool(kind, { who: "forgetful-school" });
    });
    after(() => school[Symbol.asyncDispose]());

    /** Tables in which one of the texts stands, as text or as bytes. */
    async function tablesWith(texts: readonly string[]): Promise<string[]> {
      const patterns = texts.flatMap((text) => [`%${text}%`, `%${Buffer.from(text).toString("hex")}%`]);
      return school.server.application.database.asOwner(async ({ db }) => {
        const { rows } = await sql<{ name: string }>`
          select format('%I.%I', schemaname, tablename) as name from pg_tables
          where schemaname not in ('pg_catalog', 'information_schema') order by 1`.execute(db);
        const found: string[] = [];
        for (const { name } of rows) {
          const hits = await sql`
            select from ${sql.raw(name)} t where t::text ilike any(${patterns}::text[]) limit 1`.execute(db);
          if (hits.rows.length > 0) found.push(name);
        }
        return found;
      });
    }

    test("stands with the booking, in no log, and is gone when they are forgotten", async () => {
      const { owner, customer } = school;
      const room = await owner("resources.create", { body: { name: "Interview room", kind: "room" } });
      const service = await owner("services.create", {
        body: {
          name: "Interview",
          slug: "interview",
          lengths: [30],
          cancelUntilMinutes: 0,
          rating: { question: "", afterMinutes: 0 },
          hours: [1, 2, 3, 4, 5, 6, 7].map((weekday) => ({ weekday, opens: "09:00", closes: "16:00" })),
          roles: [{ name: "Room", anyOf: [room.id] }],
          questions: [{ id: "why", kind: "text", label: "What is it about?" }],
        },
      });
      const from = Temporal.Now.instant().add({ hours: 48 });
      const query = { from: from.toString(), to: from.add({ hours: 24 * 7 }).toString() };
      const slots = await eventually(
        "something is offered",
        async () => (await customer("services.slots", { params: { id: service.id }, query })).items,
        ({ length }) => length >= 4,
      );
      const texts = {
        known: "Qxknownname",
        name: "Qxothername",
        phone: "Qxphone",
        email: "qxaddress@example.org",
        why: "Qxanswer",
        reason: "Qxreason",
        theirs: "Qxtheirreason",
        waiting: "Qxwaitingname",
        comment: "Qxcomment",
      };
      let key = "";
      const book = async (start: string, who: { name: string; phone?: string }) => {
        const held = await customer("holds.create", { body: { serviceId: service.id, start } });
        key = held.key;
        return customer("bookings.create", {
          body: {
            holdId: held.id,
            key: held.key,
            customer: { ...who, email: texts.email },
            answers: { why: texts.why },
          },
        });
      };
      const first = await book(slots[0]!.start, { name: texts.known });
      await customer("bookings.cancel", { params: { id: first.id }, body: { key, reason: texts.reason } });
      const second = await book(slots[1]!.start, { name: texts.name, phone: texts.phone });
      const cancel = { params: { id: second.id }, body: { reason: texts.theirs }, idempotencyKey: "cancelled-once" };
      await owner("bookings.cancel", cancel);
      const { undo } = await owner("requests.mine", {});
      await owner("requests.undo", { params: { id: undo[0]!.id } });
      assert.equal((await owner("bookings.read", { params: { id: second.id } })).reason, "");
      const { redo } = await owner("requests.mine", {});
      await owner("requests.undo", { params: { id: redo[0]!.id } });
      const again = await owner("bookings.read", { params: { id: second.id } });
      assert.deepEqual([again.state, again.reason], ["cancelled", texts.theirs], "done again it is said again");
      const day = slots[2]!.start.slice(0, 10);
      const wish = await customer("waitingList.create", {
        body: {
          serviceId: service.id,
          firstDay: day,
          lastDay: day,
          customer: { name: texts.waiting, email: texts.email, phone: texts.phone },
        },
      });
      await customer("waitingList.remove", { params: { id: wish.id }, query: { key: keyOf(wish) } });

      const third = await book(slots[3]!.start, { name: texts.known });
      school.turned.aheadMs = Temporal.Instant.from(third.end).epochMilliseconds - systemClock.nowMs() + 1_000;
      await customer("bookings.rate", { params: { id: third.id }, body: { key, score: 4, comment: texts.comment } });
      const late = await school.server.signedIn(COORDINATOR);
      assert.deepEqual(await tablesWith([texts.why, texts.reason, texts.theirs]), ["bookings.booking"]);
      const sealed = [texts.known, texts.name, texts.phone, texts.email, texts.waiting, texts.comment];
      assert.deepEqual(await tablesWith(sealed), [], "who they are is encrypted");
      const { items } = await late("customers.list", { query: { search: texts.email } });
      await late("customers.forget", { params: { id: items[0]!.id } });
      assert.deepEqual(await tablesWith(Object.values(texts)), []);
      const forgotten = await late("bookings.read", { params: { id: second.id } });
      assert.deepEqual([forgotten.customer, forgotten.answers, forgotten.reason], [null, [], ""]);
    });
  });
}
