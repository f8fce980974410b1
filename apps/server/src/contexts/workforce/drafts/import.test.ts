// Strategy: on both databases, files of shifts sent to a server: looked at, written into a draft, checked, taken back; a large one; and who may not.
import assert from "node:assert/strict";
import { after, before, describe, test } from "node:test";
import type { Client } from "@hourwright/client";
import { limits } from "@hourwright/contract";
import { csvOf } from "../../../platform/sheets/csv.ts";
import { xlsxOf } from "../../../platform/sheets/xlsx.ts";
import { databases, monday, withoutHolidays } from "../../../testing/school.ts";
import { COORDINATOR, MEMBER, startTestServer, type TestServer } from "../../../testing/server.ts";

type Answer = {
  readonly shifts: number;
  readonly added: number;
  readonly replacing: number;
  readonly unchanged: number;
  readonly lines: readonly { line: number; name: string; times: string; instead: readonly string[] }[];
  readonly problems: readonly { line: number; column: string; why: string }[];
  readonly draft: { readonly id: string; readonly from: string; readonly to: string; readonly entries: number } | null;
};
const day = (after: number): string => monday.add({ days: after }).toString();

for (const kind of databases)
  describe(`a file of shifts on ${kind.name}`, { skip: kind.skip, timeout: 300_000 }, () => {
    let base: Awaited<ReturnType<typeof kind.open>>;
    let server: TestServer;
    let owner: Client;
    before(async () => {
      base = await kind.open();
      server = await startTestServer(base === null ? {} : { DATABASE_URL: base.url });
      owner = await server.signedIn(COORDINATOR);
      await withoutHolidays(owner);
    });
    after(async () => {
      await server[Symbol.asyncDispose]();
      await base?.[Symbol.asyncDispose]();
    });

    const send = async (body: string | Uint8Array<ArrayBuffer>, query = "", email = COORDINATOR) => {
      const headers = {
        authorization: `Bearer ${await server.token(email)}`,
        "content-type": "application/octet-stream",
      };
      const answer = await fetch(`${server.url}/v1/drafts/file?${query}`, { method: "POST", headers, body });
      return {
        status: answer.status,
        requestId: answer.headers.get("request-id")!,
        body: (await answer.json()) as Answer,
      };
    };
    async function hired(name: string) {
      const { id } = await owner("people.create", { body: { name } });
      const weeks = [[{ weekday: 1, starts: "06:00", minutes: 480 }]];
      await owner("contracts.create", {
        body: { personId: id, from: day(-60), nominal: { minutes: 2_400, per: "week" }, weeks, anchor: day(0) },
      });
      return id;
    }

    test("is looked at, becomes a draft, and is taken back in one step", async () => {
      const [ana, bo] = [await hired("File Ana"), await hired("File Bo")];
      const file = [
        "Person;Tag;Von;Bis;Pause",
        `File Ana;${day(0)};06:00;14:00;`,
        `File Ana;${day(1)};08:00;16:30;30`,
        `File Bo;${day(0)};08:00;16:00;`,
        `;${day(2)};08:00;12:00;`,
      ].join("\r\n");
      const tried = await send(file, "dryRun=true");
      assert.deepEqual([tried.status, tried.body.problems], [200, []]);
      assert.deepEqual(
        [tried.body.shifts, tried.body.added, tried.body.replacing, tried.body.unchanged, tried.body.draft],
        [4, 3, 1, 1, null],
      );
      assert.deepEqual(
        tried.body.lines.map(({ line, name, times, instead }) => [line, name, times, instead]),
        [
          [3, "File Ana", "08:00–16:30", []],
          [4, "File Bo", "08:00–16:00", [`${day(0)} 06:00–14:00`]],
          [5, "", "08:00–12:00", []],
        ],
      );
      const done = await send(Buffer.from(file, "latin1"), "name=March");
      const { draft } = done.body;
      assert.deepEqual([draft!.from, draft!.to, draft!.entries], [day(0), day(3), 4]);
      const check = await owner("drafts.check", { params: { id: draft!.id } });
      assert.deepEqual(check.objections, []);
      const { items } = await owner("drafts.read", { params: { id: draft!.id } });
      assert.deepEqual(
        new Set(items.map(({ kind: what, personId }) => `${what} ${personId}`)),
        new Set([`add ${ana}`, `add ${bo}`, "add null", `drop ${bo}`]),
      );
      await owner("requests.undo", { params: { id: done.requestId } });
      assert.equal((await owner("drafts.read", { params: { id: draft!.id } })).state, "discarded");
    });

    test("comes from a spreadsheet with days across as well", async () => {
      await hired("Grid Person");
      const sheet = await xlsxOf(
        ["", day(7), day(8)],
        [
          ["Grid Person", "F", "14-22"],
          ["Legend", null, null],
          ["F", "07:00-15:00", 30],
        ],
      );
      const { body } = await send(new Uint8Array(sheet));
      assert.deepEqual([body.problems, body.added, body.replacing], [[], 2, 1]);
    });

    test("is not taken in at all while a line is wrong", async () => {
      const { body } = await send(`person,day,from,to\nNobody Known,${day(0)},8,16\n`);
      assert.deepEqual([body.problems.map(({ line, column }) => [line, column]), body.draft], [[[2, "person"]], null]);
      assert.match((await send(`person,day,from,to\n"never closed\n`)).body.problems[0]!.why, /quotation mark/);
      const long = await send(`person,day,from,to\n,2027-01-01,8,16\nAmira Haddad,2099-12-31,8,16\n`);
      assert.deepEqual([long.status, long.body.problems.map(({ line }) => line), long.body.draft], [200, [3], null]);
      assert.equal((await send(`person,day,from,to\n,${day(0)},8,16\n`, "", MEMBER)).status, 403);
    });

    test("has 20,000 shifts and no more", async () => {
      const rows = Array.from({ length: limits.DRAFT_ITEMS_MAX + 1 }, (_, i) => ["", day(i % 28), "08:00", "16:00"]);
      const list = (count: number) => csvOf(["person", "day", "from", "to"], rows.slice(0, count));
      const { body } = await send(list(limits.DRAFT_ITEMS_MAX));
      assert.deepEqual(
        [body.problems, body.draft?.entries, body.lines.length],
        [[], limits.DRAFT_ITEMS_MAX, limits.STAFF_FILE_LINES_MAX],
      );
      assert.match((await send(list(limits.DRAFT_ITEMS_MAX + 1))).body.problems[0]!.why, /at most 20000 shifts/);
    });
  });
