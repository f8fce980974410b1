// Strategy: on both databases a real mail server on this machine is read as people read their mail: who is asked to cover answers by the
// link in it; what is answered, read or not wanted is not mailed; and nothing is mailed twice.
import assert from "node:assert/strict";
import { after, before, describe, test } from "node:test";
import type { Client } from "@hourwright/client";
import { systemClock } from "../../../platform/clock.ts";
import { hurried } from "../../../platform/testing/clock.ts";
import { eventually } from "../../../testing/eventually.ts";
import { databases, monday, withoutHolidays } from "../../../testing/school.ts";
import { COORDINATOR, INSTRUCTOR, MANAGER, startTestServer, type TestServer } from "../../../testing/server.ts";
import { readMessage, startMailServer, type TestMailServer } from "../testing.ts";

const EARLY = { name: "early shift", starts: "07:00", minutes: 480 };
const FROM = "rota@larkfield.example";
const day = (later: number): string => monday.add({ days: later }).toString();

for (const kind of databases) {
  describe(`mail to the organisation's own people, on ${kind.name}`, { skip: kind.skip, timeout: 300_000 }, () => {
    let base: Awaited<ReturnType<typeof kind.open>>;
    let post: TestMailServer;
    let server: TestServer;
    let owner: Client;
    let aheadMs = 0;
    before(async () => {
      base = await kind.open();
      post = await startMailServer();
      const clock = hurried({ ...systemClock, nowMs: () => systemClock.nowMs() + aheadMs });
      const settings = {
        ...(base === null ? {} : { DATABASE_URL: base.url }),
        SMTP_URL: `smtp://127.0.0.1:${post.port}`,
        MAIL_FROM: FROM,
        PUBLIC_URL: "http://localhost:4692",
      };
      server = await startTestServer(settings, clock);
      owner = await server.signedIn(COORDINATOR);
      await withoutHolidays(owner);
    });
    after(async () => {
      await server[Symbol.asyncDispose]();
      await post[Symbol.asyncDispose]();
      await base?.[Symbol.asyncDispose]();
    });

    let made = 0;
    async function hired(weekdays: readonly number[] = []) {
      const number = ++made;
      const email = `di.${number}@${kind.name.includes("embedded") ? "one" : "two"}.example`;
      const { id } = await owner("people.create", { body: { name: `Di Nr ${"abcdefghijklmnop"[number]!}`, email } });
      const weeks = [weekdays.map((weekday) => ({ weekday, ...EARLY }))];
      const nominal = { minutes: 2_400, per: "week" as const };
      await owner("contracts.create", { body: { personId: id, from: day(-30), nominal, weeks, anchor: day(0) } });
      return { id, email };
    }
    async function call(later: number, people: readonly { readonly id: string }[]) {
      const ill = await hired([1, 2, 3, 4, 5, 6, 7]);
      const what = { kind: "absence" as const, type: "sick" as const, from: day(later), until: day(later) };
      const { id } = await owner("adjustments.create", { body: { personId: ill.id, what } });
      await owner("adjustments.approve", { params: { id }, body: {} });
      return owner("covers.create", {
        body: {
          personId: ill.id,
          of: { day: day(later), starts: "07:00" },
          how: "at-once",
          minutesEach: 600,
          people: people.map((each) => each.id),
        },
      });
    }
    const to = (email: string) => post.arrived.filter((each) => each.to === email).map(({ raw }) => readMessage(raw));
    const arrives = (email: string, count: number) =>
      eventually(
        `${count} for ${email}`,
        () => {
          aheadMs += 1_000; // Notices wait some seconds for an undo.
          return to(email);
        },
        ({ length }) => length >= count,
      );
    const textIn = (message: ReturnType<typeof readMessage>) =>
      message.parts.find(({ type }) => type.startsWith("text/plain"))!.text;

    test("asks whether they can work a shift: the link in it takes the answer, and the others are told", async () => {
      const [di, dora] = [await hired(), await hired()];
      const cover = await call(0, [di, dora]);
      const [message] = await arrives(di.email, 1);
      await arrives(dora.email, 1);
      assert.ok(message!.headers.get("subject")!.startsWith("Can you work the early shift of Di Nr "));
      assert.equal(message!.headers.get("auto-submitted"), "auto-generated");
      const text = textIn(message!);
      assert.ok(text.includes("07:00–15:00, Prague time (UTC+"), text);
      const link = /http:\/\/localhost:4692(\/c\/[\w-]{32}\?lang=en)/.exec(text)![1]!;
      assert.ok(message!.parts.some(({ type, text: html }) => type.startsWith("text/html") && html.includes(link)));
      const page = await fetch(`${server.url}${link}`);
      assert.ok((await page.text()).includes("Can you work this shift?"));
      const body = new URLSearchParams({ says: "yes" });
      assert.equal((await fetch(`${server.url}${link}`, { method: "POST", body, redirect: "manual" })).status, 303);
      assert.equal((await owner("covers.read", { params: { id: cover.id } })).coveredBy!.personId, di.id);
      const told = await arrives(dora.email, 2);
      assert.ok(told[1]!.headers.get("subject")!.startsWith("Not needed any more: early shift of Di Nr "));
      const chief = await arrives("coordinator@larkfield.example", 1);
      assert.ok(chief.some(({ headers }) => headers.get("subject")!.startsWith("Covered: ")));
    });

    test("tells who approves and who asked, in their language, and leaves out what they do not want", async () => {
      const [manager, instructor] = [await server.signedIn(MANAGER), await server.signedIn(INSTRUCTOR)];
      const ines = (await instructor("me.read", {})).personId;
      const nominal = { minutes: 480, per: "week" as const };
      const weeks = [[{ weekday: 1, ...EARLY }]];
      await owner("contracts.create", { body: { personId: ines, from: day(-30), nominal, weeks, anchor: day(0) } });
      const all = ["cover", "swap", "open-shift", "approval", "roster"];
      assert.deepEqual(await manager("notices.preferences", {}), { language: "en", mail: all });
      await manager("notices.putPreferences", { body: { language: "de", mail: ["approval"] } });
      await instructor("notices.putPreferences", { body: { language: "en", mail: ["cover"] } });
      const leave = { kind: "absence" as const, type: "leave" as const, from: day(7), until: day(7) };
      const asked = await instructor("adjustments.create", { body: { personId: ines, what: leave } });
      const [message] = await arrives(MANAGER, 1);
      assert.equal(message!.headers.get("subject"), `Bitte genehmigen: Ines Duarte: leave, ${day(7)}`);
      assert.ok(textIn(message!).includes("http://localhost:4692/approvals/decide"));
      await manager("adjustments.approve", { params: { id: asked.id }, body: {} });
      const [di] = [await hired()];
      await call(1, [di]);
      await arrives(di.email, 1);
      assert.deepEqual(to(INSTRUCTOR), [], "she wants nothing of approvals");
    });

    test("what was answered before it is sent is not mailed; what the mail server refuses for a while is sent once", async () => {
      const [di, dora] = [await hired(), await hired()];
      const cover = await call(2, [di, dora]);
      await owner("covers.cancel", { params: { id: cover.id } });
      post.replies.push({ code: 451, text: "later" });
      const [other] = [await hired()];
      await call(3, [other]);
      const got = await eventually(
        "it is tried again",
        () => {
          aheadMs += 5_000;
          return to(other.email);
        },
        ({ length }) => length > 0,
      );
      assert.equal(got.length, 1);
      assert.equal(
        new Set(post.arrived.map(({ raw }) => readMessage(raw).headers.get("message-id"))).size,
        post.arrived.length,
      );
      assert.deepEqual([to(di.email), to(dora.email)], [[], []]);
    });
  });
}
