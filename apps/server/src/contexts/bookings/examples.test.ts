// Strategy: the examples of the documentation are sent as they stand there, one after the other, as somebody would who follows it; ids
// and keys alone are those of what was made before. The clock stands some days before the dates that they name.
import assert from "node:assert/strict";
import { after, before, describe, test } from "node:test";
import { catalogue, type Operation, type OperationId } from "@hourwright/contract";
import { eventually } from "../../testing/eventually.ts";
import { OWNER, startOwnServer, type OwnServer } from "../../testing/own-server.ts";

const AREAS = new Set([
  "services",
  "holds",
  "bookings",
  "bookingPage",
  "packageKinds",
  "packages",
  "customers",
  "waitingList",
]);
/** A walk through the examples. What is done again is done to something else. */
const WALK: readonly (OperationId | "later")[] = [
  "services.create",
  "services.list",
  "services.read",
  "services.update",
  "services.slots",
  "services.why",
  "services.challenge",
  "bookingPage.put",
  "bookingPage.read",
  "bookingPage.show",
  "bookingPage.putRouting",
  "bookingPage.readRouting",
  "customers.create",
  "customers.list",
  "customers.read",
  "customers.update",
  "packageKinds.create",
  "packageKinds.list",
  "packageKinds.update",
  "packages.issue",
  "packages.list",
  "packages.read",
  "packages.correct",
  "holds.create",
  "holds.prolong",
  "holds.remove",
  "holds.createSeries",
  "holds.remove",
  "waitingList.create",
  "waitingList.list",
  "waitingList.read",
  "waitingList.offer",
  "waitingList.pass",
  "waitingList.remove",
  "holds.create",
  "bookings.create",
  "bookings.decline",
  "holds.create",
  "bookings.create",
  "bookings.cancel",
  "holds.create",
  "holds.addFile",
  "holds.removeFile",
  "holds.addFile",
  "bookings.create",
  "bookings.list",
  "bookings.read",
  "bookings.series",
  "customers.takeOver",
  "bookings.calendar",
  "bookings.file",
  "bookings.standIns",
  "bookings.approve",
  "bookings.reschedule",
  "later",
  "bookings.noShow",
  "bookings.complete",
  "bookings.rate",
  "bookings.figures",
  "bookings.figuresFile",
  "customers.export",
  "customers.import",
  "customers.forget",
  "packageKinds.remove",
  "services.remove",
];
/** What is sent where no example can say it. */
const UPLOADS: Readonly<Record<string, string>> = {
  "customers.import": "name,email\r\nBen Learner,ben@example.org\r\n",
  "holds.addFile": "%PDF-1.7\n",
};
/** What is walked elsewhere: it needs what no example makes. */
const ELSEWHERE: ReadonlySet<string> = new Set(["customers.withdraw", "bookings.choose"]);

describe("the examples of booking", () => {
  let own: OwnServer;
  let token = "";
  /** The last of each kind that was made, by the first letters of its id. */
  const made = new Map<string, string>();
  let key = "";

  before(async () => {
    own = await startOwnServer({ now: "2027-02-22T08:00:00Z" });
    token = await own.server.token(OWNER.email, OWNER.password);
    const week = [1, 2, 3, 4, 5].map((weekday) => ({ weekday, opens: "08:00", closes: "18:00" }));
    await own.owner("workingHours.put", { body: { subjectId: null, week } });
    made.set("per", (await own.owner("people.create", { body: { name: "Petra" } })).id);
  });
  after(() => own[Symbol.asyncDispose]());

  test("are all walked through", () => {
    const walked = new Set<string>(WALK);
    const left = Object.entries(catalogue).flatMap(([id, entry]) =>
      AREAS.has(id.split(".")[0]!) && !("internal" in entry) && !walked.has(id) && !ELSEWHERE.has(id) ? [id] : [],
    );
    assert.deepEqual(left, []);
  });

  for (const [step, id] of WALK.entries())
    test(`can be followed: ${step + 1}. ${id}`, async () => {
      if (id === "later") {
        await own.travel({ days: 8, hours: 4 });
        token = await own.server.token(OWNER.email, OWNER.password);
        return;
      }
      const entry: Operation = catalogue[id];
      // Somebody who is new has hours some moments later.
      const isThere = ({ body }: { body: unknown }) => id !== "services.slots" || !isEmpty(body);
      const answer = await eventually("something is offered", () => ask(id, entry), isThere);
      const said = JSON.stringify(answer.body);
      // What is free is offered by itself a second after it was wished for: on a slow machine before we do it.
      if (id === "waitingList.offer" && answer.status === 409) return assert.match(said, /offered to them already/);
      assert.equal(answer.status, entry.status, said);
      remember(answer.body);
    });

  const isEmpty = (body: unknown): boolean => (body as { items: unknown[] }).items.length === 0;

  async function ask(id: OperationId, { method, path, example, upload }: Operation) {
    const kind = (
      { services: "svc", packageKinds: "pkk", packages: "pkg", customers: "cus", waitingList: "wsh" } as Record<
        string,
        string
      >
    )[id.split(".")[0]!];
    const params: Record<string, string> = {
      id: made.get(kind ?? "bkg") ?? "",
      ...(withOurs(example.params ?? {}) as object),
    };
    if (params["file"] !== undefined) params["file"] = made.get("fil") ?? "";
    const address = path.replaceAll(/\{(\w+)\}/g, (_, name: string) => params[name]!);
    const query = new URLSearchParams(withOurs(example.query ?? {}) as Record<string, string>);
    const body = upload === undefined ? JSON.stringify(withOurs(example.body)) : UPLOADS[id];
    const answer = await fetch(`${own.server.url}${address}?${query.toString()}`, {
      method,
      headers: { authorization: `Bearer ${token}`, "content-type": upload?.mediaType ?? "application/json" },
      ...(method === "GET" || body === undefined ? {} : { body }),
    });
    const isJson = (answer.headers.get("content-type") ?? "").includes("json");
    return { status: answer.status, body: isJson ? ((await answer.json()) as unknown) : await answer.text() };
  }

  /** The example with the ids of what was made instead of its own. */
  function withOurs(value: unknown): unknown {
    if (typeof value === "string")
      return value === "…"
        ? key
        : value.replace(/^([a-z]{3})_[0-9A-Z]{26}$/, (own, kind: string) => made.get(kind) ?? own);
    if (Array.isArray(value)) return value.map(withOurs);
    if (typeof value !== "object" || value === null) return value;
    return Object.fromEntries(Object.entries(value).map(([name, part]) => [name, withOurs(part)]));
  }

  function remember(body: unknown): void {
    if (typeof body !== "object" || body === null) return;
    const { id, key: given, holds } = body as { id?: string; key?: string; holds?: { id: string; key: string }[] };
    const first = holds?.[0] ?? { id, key: given };
    if (first.id !== undefined) made.set(first.id.slice(0, 3), first.id);
    if (first.key !== undefined) key = first.key;
  }
});
