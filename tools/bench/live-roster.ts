import { monitorEventLoopDelay } from "node:perf_hooks";
import { setTimeout as sleep } from "node:timers/promises";
import { assert } from "@hourwright/std";
import type { Client } from "@hourwright/client";
import { beside, listen, nowMs, SOCKETS_OF_A_MEMBER, stallOf, withCrowd, type Crowd, type Message } from "./crowd.ts";
import { shiftsOf } from "./publish.ts";
import { below, percentile, type Bench, type Result } from "./report.ts";

const STAFF = 300;
const SHIFTS_OF_A_STEP = 2_000;
const EDITS = 200;
/** The first ones, by which everything is warm, are not counted. */
const WARM_UP = 40;
/** So many edits a second at most, of the three kinds in turn. */
const RATE = 10;
const QUIET_MS = 3_000;
/** After a roster is published, hours are handed in and told for so long at most. */
const QUIET_MS_MAX = 60_000;
const MONTHS = ["2027-03-01", "2027-04-05", "2027-05-03"].map((day) => Temporal.PlainDate.from(day));

/** Rosters of 300 people told to fifty clients of an organisation: published ones, and single edits of what came of them. */
export const liveRoster: Bench = {
  name: "live-roster",
  run(say) {
    say("embedded database: making an organisation and its staff …");
    return withCrowd({ organisations: 1, staff: STAFF }, (crowd) => measure(crowd, say));
  },
};

type Heard = { readonly message: Message; readonly atMs: number; readonly socket: number };
type Kind = "work" | "duty";

async function measure(crowd: Crowd, say: (sentence: string) => void): Promise<Result[]> {
  const { emails, organisation, staff } = crowd.accounts[0]!;
  const heard: Heard[] = [];
  const clients = await Promise.all(emails.map((email) => crowd.signIn(email)));
  const sockets: WebSocket[] = [];
  for (const [m, client] of clients.entries())
    for (let n = 0; n < SOCKETS_OF_A_MEMBER[m]!; n++) {
      const socket = sockets.length;
      sockets.push(await listen(client, crowd.url, (message, atMs) => heard.push({ message, atMs, socket })));
    }
  const own = { crowd, organisation, staff, heard, client: clients[0]!, socketCount: sockets.length };
  const results: Result[] = [];
  for (const [i, kind] of (["duty", "work"] as const).entries()) {
    say(`${sockets.length} sockets: a roster of ${staff.length * SHIFTS_EACH} shifts (${kind}) is published …`);
    results.push(...(await publishedRoster(own, kind, MONTHS[i]!)));
  }
  say(`${EDITS} edits, ${RATE} a second at most …`);
  results.push(...(await edited(own)));
  for (const socket of sockets) socket.close();
  return results;
}

const SHIFTS_EACH = 20;

type Own = {
  readonly crowd: Crowd;
  readonly organisation: number;
  readonly staff: readonly string[];
  readonly heard: Heard[];
  readonly client: Client;
  readonly socketCount: number;
};

/** A draft of four weeks with the shifts of all the staff. Answers its id and those of its shifts. */
async function draftOf({ client, staff }: Own, kind: Kind, from: Temporal.PlainDate) {
  const weeks = { from: from.toString(), to: from.add({ weeks: 4 }).toString() };
  const draft = await client("drafts.create", { body: { name: `Roster of ${kind}`, ...weeks } });
  const edits = staff.flatMap((personId, i) => shiftsOf(personId, i, kind, from));
  assert(edits.length === staff.length * SHIFTS_EACH, "everybody has all shifts");
  const items = [];
  for (let at = 0; at < edits.length; at += SHIFTS_OF_A_STEP) {
    const body = { edits: edits.slice(at, at + SHIFTS_OF_A_STEP) };
    items.push(...(await client("drafts.edit", { params: { id: draft.id }, body })).items);
  }
  return { id: draft.id, items };
}

/** From the request to the last message of its unit at the last of the clients; and the answer. */
async function publishedRoster(own: Own, kind: Kind, from: Temporal.PlainDate): Promise<Result[]> {
  const { client, crowd, heard, organisation, socketCount } = own;
  const draft = await draftOf(own, kind, from);
  await quiet(heard);
  await stallOf(crowd.url); // From now on.
  const before = await crowd.workedMs();
  const requestedMs = nowMs();
  const published = await client("drafts.publish", { params: { id: draft.id }, body: {} });
  const answeredMs = nowMs();
  const workedMs = (await crowd.workedMs()) - before;
  await quiet(heard);
  const named = heard.filter(({ message }) => message.type === "roster:published" && message.id === published.id);
  const seqs = named.map(({ message }) => message.seq);
  const committedMs = crowd.committedMs(organisation, Math.max(...seqs));
  const ofUnit = heard.filter(({ message }) => crowd.committedMs(organisation, message.seq) === committedMs);
  const lastMs = (of: readonly Heard[]) => Math.max(...of.map(({ atMs }) => atMs));
  const roster = `${own.staff.length} people, ${draft.items.length} shifts (${kind})`;
  const told = ofUnit.length / socketCount;
  return [
    below(`${roster}: request to roster:published at the last client`, lastMs(named) - requestedMs, "ms", 1_000),
    below(`${roster}: request to the last of its ${told} messages there`, lastMs(ofUnit) - requestedMs, "ms", 1_000),
    beside(`${roster}: commit to the last of its messages there`, lastMs(ofUnit) - committedMs),
    beside(`${roster}: request to answer`, answeredMs - requestedMs),
    beside(`${roster}: the server's processor time for it`, workedMs),
    beside(`${roster}: the last message of what follows by itself`, lastMs(heard) - requestedMs),
    beside(`${roster}: the server's longest stall`, await stallOf(crowd.url)),
    below(
      `${roster}: clients that did not hear it`,
      socketCount - new Set(named.map((each) => each.socket)).size,
      "",
      1,
    ),
  ];
}

/** An edit and by what its message is known: the type, and the id of what was changed. */
type Edit = { readonly kind: "adjustment" | "draft" | "event"; readonly run: () => Promise<string> };
const TYPES = { adjustment: "schedule:updated", draft: "draft:updated", event: "event:created" } as const;

async function edited(own: Own): Promise<Result[]> {
  const { crowd, heard, organisation, socketCount } = own;
  const edits = await editsOf(own);
  await quiet(heard);
  await runAll(edits.slice(0, WARM_UP), heard);
  await stallOf(crowd.url); // From now on.
  const late = monitorEventLoopDelay({ resolution: 1 });
  late.enable();
  const done = await runAll(edits.slice(WARM_UP), heard);
  late.disable();
  const stallMs = await stallOf(crowd.url);
  const counted = done.flatMap(({ kind, id, tookMs, startedMs }) => {
    const found = heard.filter(({ message }) => message.type === TYPES[kind] && nameOf(message) === id);
    const delays = found.map(({ message, atMs }) => atMs - crowd.committedMs(organisation, message.seq));
    return { kind, tookMs, delays, wholeMs: found.map(({ atMs }) => atMs - startedMs) };
  });
  const of = (kind: Edit["kind"]) => counted.filter((each) => each.kind === kind);
  const delays = counted.flatMap((each) => each.delays);
  const p99 = (kind: Edit["kind"]) =>
    percentile(
      of(kind).flatMap((each) => each.delays),
      0.99,
    );
  const requests = (kind: Edit["kind"]) =>
    percentile(
      of(kind).map((each) => each.tookMs),
      0.5,
    );
  const expected = EDITS * socketCount;
  return [
    below(`one edit: commit to message, ${socketCount} clients, p50`, percentile(delays, 0.5), "ms", 50),
    below(`one edit: commit to message, ${socketCount} clients, p99`, percentile(delays, 0.99), "ms", 50),
    below("an approved adjustment: commit to message, p99", p99("adjustment"), "ms", 50),
    below("an edit of a draft: commit to message, p99", p99("draft"), "ms", 50),
    below("an event: commit to message, p99", p99("event"), "ms", 50),
    beside(
      "one edit: request to message, p50",
      percentile(
        counted.flatMap((each) => each.wholeMs),
        0.5,
      ),
    ),
    beside("an approved adjustment: request to answer, p50", requests("adjustment")),
    beside("an edit of a draft: request to answer, p50", requests("draft")),
    beside("an event: request to answer, p50", requests("event")),
    beside("this process late by itself, p99", late.percentile(99) / 1e6 - 1),
    beside("the server's longest stall", stallMs),
    below(`messages that did not come, of ${expected}`, expected - delays.length, "", 1),
  ];
}

/** Which shift of a draft was changed is in the fields. */
const nameOf = ({ type, id, fields }: Message): string => (type === TYPES.draft ? (fields[0] ?? id) : id);

/** In turn: somebody's ill day is approved, a shift of a draft is moved, an event is made. What they need is made before. */
async function editsOf(own: Own): Promise<Edit[]> {
  const { client, staff } = own;
  const draft = await draftOf(own, "duty", MONTHS[2]!);
  const edits: Edit[] = [];
  for (let i = 0; i < WARM_UP + EDITS; i++) {
    if (i % 3 === 0) {
      const day = MONTHS[0]!.add({ days: i % 28 }).toString();
      const body = { personId: staff[i]!, what: { kind: "absence", type: "sick", from: day, until: day } } as const;
      const { id } = await client("adjustments.create", { body });
      const run = async () => (await client("adjustments.approve", { params: { id }, body: {} })).id;
      edits.push({ kind: "adjustment", run });
    } else if (i % 3 === 1) {
      const { id, personId, day, shift } = draft.items[i * SHIFTS_EACH]!;
      const put = { id, personId, day, shift: { ...shift!, starts: "09:00" } };
      const body = { edits: [{ put }] };
      const run = async () => (await client("drafts.edit", { params: { id: draft.id }, body })).items[0]!.id;
      edits.push({ kind: "draft", run });
    } else {
      const start = `${MONTHS[0]!.add({ days: i % 28 }).toString()}T08:00:00Z`;
      const body = { title: `Event ${i}`, start, preventConflicts: false };
      edits.push({ kind: "event", run: async () => (await client("events.create", { body })).id });
    }
  }
  return edits;
}

type Done = { readonly kind: Edit["kind"]; readonly id: string; readonly startedMs: number; readonly tookMs: number };

/** Runs them one after the other, at the rate at most, and waits until all has become quiet. */
async function runAll(edits: readonly Edit[], heard: Heard[]): Promise<Done[]> {
  heard.length = 0;
  const done: Done[] = [];
  for (const { kind, run } of edits) {
    const startedMs = nowMs();
    const id = await run();
    done.push({ kind, id, startedMs, tookMs: nowMs() - startedMs });
    await sleep(Math.max(0, startedMs + 1_000 / RATE - nowMs()));
  }
  await quiet(heard);
  return done;
}

/** Waits until nothing has been told for a while. */
async function quiet(heard: readonly Heard[]): Promise<void> {
  const untilMs = nowMs() + QUIET_MS_MAX;
  for (let before = -1; before !== heard.length && nowMs() < untilMs;) {
    before = heard.length;
    await sleep(QUIET_MS);
  }
}
