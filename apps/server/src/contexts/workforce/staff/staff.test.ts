// Strategy: files sent to a server as people have them: looked at, taken in, sent again, undone; then what is refused, and by whom.
import assert from "node:assert/strict";
import { after, before, describe, test } from "node:test";
import { csvOf } from "../../../platform/sheets/csv.ts";
import { xlsxOf } from "../../../platform/sheets/xlsx.ts";
import { OWNER, startOwnServer, type OwnServer } from "../../../testing/own-server.ts";
import { settled } from "../../calendars/testing.ts";

type Answer = {
  readonly rows: number;
  readonly created: number;
  readonly updated: number;
  readonly unchanged: number;
  readonly lines: readonly { line: number; personId: string | null; name: string; what: string; changes: unknown[] }[];
  readonly problems: readonly { line: number; column: string; why: string }[];
  readonly isDone: boolean;
};

describe("a file of staff, sent to a server", () => {
  let own: OwnServer;
  before(async () => void (own = await startOwnServer({ now: "2027-03-01T07:00:00Z" })));
  after(() => own[Symbol.asyncDispose]());

  const send = async (body: Uint8Array<ArrayBuffer> | string, dryRun = false, token?: string) => {
    const access = token ?? (await own.server.token(OWNER.email, OWNER.password));
    const headers = { authorization: `Bearer ${access}`, "content-type": "application/octet-stream" };
    const address = `${own.server.url}/v1/staff/file?dryRun=${dryRun}`;
    const answer = await fetch(address, { method: "POST", headers, body });
    return {
      status: answer.status,
      requestId: answer.headers.get("request-id"),
      body: (await answer.json()) as Answer,
    };
  };
  const people = async () => (await own.owner("people.list", { query: { limit: 100 } })).items.map(({ name }) => name);

  const LIST = [
    "Name;E-Mail;Abteilung;Ab;Stunden;Montag;Dienstag;Feiertage",
    '"Jürgen\nGroß";juergen@x.example;Bad;01.03.2027;38,5;8-16;22-6;DE-BY',
    "Ana Ruiz;;Bad > Aufsicht;01.04.2027;20;;;",
    "=1+2;;;;;;;",
  ].join("\r\n");

  test("changes nothing in a dry run, and says what it would change", async () => {
    const { status, body } = await send(LIST, true);
    assert.equal(status, 200);
    assert.deepEqual([body.rows, body.created, body.updated, body.unchanged, body.isDone], [3, 3, 0, 0, false]);
    assert.deepEqual(
      body.lines.map(({ line, name, what, personId }) => [line, name, what, personId]),
      [
        [2, "Jürgen\nGroß", "created", null],
        [4, "Ana Ruiz", "created", null],
        [5, "=1+2", "created", null],
      ],
    );
    assert.deepEqual(await people(), ["Olga Owner"]);
  });

  test("is taken in with departments and contracts, and once more changes nothing", async () => {
    const { body } = await send(Buffer.from(LIST, "latin1"));
    assert.deepEqual([body.created, body.problems, body.isDone], [3, [], true]);
    const { items } = await own.owner("departments.list", { query: {} });
    assert.deepEqual(
      items.map(({ name, level, people: count }) => [name, level, count]),
      [
        ["Bad", 1, 1],
        ["Aufsicht", 2, 1],
      ],
    );
    const personId = body.lines[0]!.personId!;
    const { stretches } = await own.owner("schedules.read", {
      params: { personId },
      query: { from: "2027-03-01", to: "2027-03-04" },
    });
    assert.deepEqual(
      stretches.filter(({ kind }) => kind === "work").map(({ start, end }) => [start.slice(0, 16), end.slice(0, 16)]),
      [
        ["2027-03-01T08:00", "2027-03-01T16:00"],
        ["2027-03-02T22:00", "2027-03-03T06:00"],
      ],
    );
    const again = await send(`\ufeff${LIST}`);
    assert.deepEqual([again.body.unchanged, again.body.lines, again.body.isDone], [3, [], true]);
  });

  test("comes from a spreadsheet as well; undone, contracts and departments are as before, and who is new stays", async () => {
    const rows = [
      ["Ana Ruiz", "2027-06-01", 30, "Bad"],
      ["New Person", "2027-06-01", 10, "Neu / Tief"],
    ];
    const sheet = await xlsxOf(["name", "from", "hours", "department"], rows);
    const { body, requestId } = await send(new Uint8Array(sheet));
    assert.deepEqual([body.created, body.updated, body.isDone], [1, 1, true]);
    const personId = body.lines.find(({ name }) => name === "New Person")!.personId!;
    await own.owner("requests.undo", { params: { id: requestId! } });
    assert.ok((await people()).includes("New Person"));
    assert.deepEqual((await own.owner("contracts.list", { query: { person: personId } })).items, []);
    const { items } = await own.owner("departments.list", { query: {} });
    assert.deepEqual(
      items.map(({ name }) => name),
      ["Bad", "Aufsicht"],
    );
  });

  test("is not taken in at all while one line is wrong", async () => {
    const wrong = [
      "name;from;hours;region",
      "Someone;2027-03-01;20;",
      "Other;2027-03-01;20;XX-YY",
      "Third;31.02.2027;20;",
    ];
    const { body } = await send(wrong.join("\n"));
    assert.deepEqual(
      body.problems.map(({ line, column }) => [line, column]),
      [[4, "from"]],
    );
    const region = await send(wrong.slice(0, 3).join("\n"));
    assert.deepEqual(region.body.problems, [
      {
        line: 3,
        column: "region",
        why: "XX-YY is no region with holidays.",
        code: "workforce/layer-invalid",
        reason: "region",
        facts: { region: "XX-YY" },
      },
    ]);
    assert.deepEqual([region.body.isDone, (await people()).includes("Someone")], [false, false]);
  });

  test("says on which line it was refused, and keeps what came before", async () => {
    const tooMuch = `name;from;monday\n${Array.from({ length: 12 }, (_, i) => `Crew ${i};2027-03-01;8-16\n`).join("")}Torn;2027-03-01;"8-16, 9-12"\n`;
    const { body } = await send(tooMuch);
    assert.deepEqual([body.isDone, body.problems.length, body.problems[0]!.line], [false, 1, 14]);
    assert.equal(body.created, 10, "the unit of the line that is refused is taken back");
    const mended = await send(tooMuch.replace("8-16, 9-12", "8-10, 11-12"));
    assert.deepEqual([mended.body.created, mended.body.unchanged, mended.body.isDone], [3, 10, true]);
  });

  test("is nothing but a file of staff, and of who runs the organisation", async () => {
    const of = async (body: Uint8Array<ArrayBuffer> | string) => (await send(body)).body.problems.map(({ why }) => why);
    assert.deepEqual(await of(Buffer.from([0x50, 0x4b, 3, 4, 0, 0, 0])), [
      "It is no spreadsheet, or more than 64 MB of one.",
    ]);
    assert.deepEqual(await of('name\n"never closed\n'), [
      "A quotation mark is not closed, or stands within a field that has none around it.",
    ]);
    assert.deepEqual(await of("\0\0\0"), ["It is no text and no spreadsheet: save it as CSV or XLSX."]);
    assert.equal((await send(LIST, false, "nobody")).status, 401);
  });

  const crew = (name: string, count: number) =>
    `name;from;hours\n${Array.from({ length: count }, (_, i) => `${name} ${i};2027-03-01;20\n`).join("")}`;
  const left = async (body: string, prefer = "respond-async") => {
    const access = await own.server.token(OWNER.email, OWNER.password);
    const headers = { authorization: `Bearer ${access}`, "content-type": "application/octet-stream", prefer };
    const answer = await fetch(`${own.server.url}/v1/staff/file`, { method: "POST", headers, body });
    return {
      status: answer.status,
      location: answer.headers.get("location"),
      job: (await answer.json()) as { id: string },
    };
  };
  const over = (id: string) => settled(own.owner, id);

  test("is left to a job by who would rather not wait, and told by it", async () => {
    const { status, location, job } = await left(crew("Later", 90));
    assert.deepEqual([status, location], [202, `/v1/jobs/${job.id}`]);
    const { state, progress, staff, result, failure } = await over(job.id);
    assert.deepEqual([state, progress, result, failure], ["done", 1, null, null]);
    assert.deepEqual([staff?.rows, staff?.created, staff?.problems, staff?.isDone], [90, 90, [], true]);
    const again = await over((await left(crew("Later", 91))).job.id);
    assert.deepEqual([again.staff?.created, again.staff?.unchanged], [1, 90]);
    const wrong = await over((await left("name;from\nLater 1;never\n")).job.id);
    assert.deepEqual([wrong.state, wrong.staff?.isDone, wrong.staff?.problems.length], ["done", false, 1]);
  });

  test("is cancelled: what was taken in stays, and sent again it goes on", async () => {
    const { job } = await left(crew("Cut", 1_200));
    await own.owner("jobs.cancel", { params: { id: job.id } });
    assert.equal((await over(job.id)).state, "cancelled");
    const { body } = await send(crew("Cut", 1_200), true);
    assert.deepEqual([body.problems, body.created + body.unchanged], [[], 1_200]);
    assert.ok(body.created > 0);
  });

  test("has 3,000 people", async () => {
    const rows = Array.from({ length: 3_000 }, (_, i) => [
      `Person ${i}`,
      `p${i}@x.example`,
      `Team ${i % 30}`,
      "01.03.2027",
      "38,5",
      "8-16",
    ]);
    const list = csvOf(["name", "email", "department", "from", "hours", "monday"], rows)
      .replaceAll(",", ";")
      .replaceAll("38;5", "38,5");
    const { body } = await send(list, true);
    assert.deepEqual([body.rows, body.created, body.problems, body.lines.length], [3_000, 3_000, [], 1_000]);
  });
});
