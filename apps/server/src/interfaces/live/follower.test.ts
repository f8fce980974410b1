import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { setImmediate } from "node:timers/promises";
import * as fc from "fast-check";
import type { LiveFromServer } from "@hourwright/contract";
import type { Access } from "../../contexts/calendars/public.ts";
import type { Change } from "../../platform/changes/read.ts";
import { testClock } from "../../platform/testing/clock.ts";
import { bounds as usual, type Bounds } from "./bounds.ts";
import { changesSight, entryOf, type Sight } from "./entry.ts";
import type { Log, Told } from "./feed.ts";
import { Follower, type Wire } from "./follower.ts";
import { isChange } from "./testing.ts";

const ME = "per_me";
/** Small enough that every bound is met again and again. */
const bounds: Bounds = {
  ...usual,
  waitingBytesMax: 1_000,
  waitingBytesLow: 300,
  pageChanges: 7,
  recentChangesMax: 10,
  missedChangesMax: 10_000,
};
const calendars: Readonly<Record<string, Access>> = { cal_own: "own", cal_read: "read", cal_busy: "busy" };

/** A log in memory: the same answers as a feed over a database, some of them later. */
class MemoryLog implements Log {
  readonly written: Told[] = [];
  readonly #bounds: Bounds;
  sightSeq = 0;
  constructor(given: Bounds) {
    this.#bounds = given;
  }
  get head(): number {
    return this.written.length;
  }
  write(thing: Change["thing"], collectionId: string | null, isPublic = true): void {
    const change: Change = {
      seq: this.head + 1,
      at: Temporal.Instant.fromEpochMilliseconds(0),
      actor: { kind: "user", userId: "usr_ines", personId: "per_ines", label: "Ines" },
      operation: "events.update",
      requestId: "req_1",
      kind: "updated",
      thing,
      collectionId,
      fields: ["start"],
    };
    this.written.push({ seq: change.seq, change, entry: entryOf(change, isPublic) });
    if (changesSight(change)) this.sightSeq = change.seq;
  }
  recent(since: number): readonly Told[] | null {
    const first = Math.max(0, this.head - this.#bounds.recentChangesMax);
    return since < first ? null : this.written.slice(since);
  }
  async read(since: number): Promise<readonly Told[]> {
    const page = this.written.slice(since, since + this.#bounds.pageChanges);
    await setImmediate();
    return page;
  }
}

/** A wire whose other end takes in what it is told to, and no more. */
class SlowWire implements Wire {
  readonly #sent: { readonly text: string; readonly taken: () => void }[] = [];
  readonly heard: LiveFromServer[] = [];
  waitingBytes = 0;
  mostWaiting = 0;
  closedWith: number | null = null;
  send(text: string, taken: () => void): void {
    this.#sent.push({ text, taken });
    this.waitingBytes += text.length;
    this.mostWaiting = Math.max(this.mostWaiting, this.waitingBytes);
  }
  close(code: number): void {
    this.closedWith = code;
  }
  take(messages: number): void {
    for (const { text, taken } of this.#sent.splice(0, messages)) {
      this.waitingBytes -= text.length;
      this.heard.push(JSON.parse(text) as LiveFromServer);
      taken();
    }
  }
}

const settle = async (): Promise<void> => {
  for (let turn = 0; turn < 50; turn++) await setImmediate();
};

function follow(log: MemoryLog, since: number | undefined, given: Bounds = bounds, access = calendars) {
  const wire = new SlowWire();
  const clock = testClock(0);
  const look = (): Promise<Sight> => Promise.resolve({ seq: log.head, calendars: new Map(Object.entries(access)) });
  const follower = new Follower({ log, wire, personId: ME, look, clock, bounds: given }, since);
  follower.wake();
  return { wire, follower, clock };
}

const numbersOf = (heard: readonly LiveFromServer[]): number[] => heard.filter(isChange).map(({ seq }) => seq);

const somewhere = fc.constantFrom("cal_own", "cal_read", "cal_busy", "cal_hidden");
const step = fc.oneof(
  fc.record({ do: fc.constant("write" as const), calendars: fc.array(somewhere, { minLength: 1, maxLength: 30 }) }),
  fc.record({ do: fc.constant("take" as const), messages: fc.integer({ min: 1, max: 40 }) }),
  fc.record({ do: fc.constant("cut" as const) }),
  fc.record({ do: fc.constant("wait" as const) }),
);

describe("a client that follows the log", () => {
  test("hears each change it may know once, in order, wherever it is cut off and however slowly it reads", async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(step, { maxLength: 40 }), async (steps) => {
        const log = new MemoryLog(bounds);
        const heard: number[] = [];
        let since = 0;
        let here = follow(log, since);
        const cut = () => {
          here.follower.stop(); // What was still on the wire is lost.
          heard.push(...numbersOf(here.wire.heard));
          for (const each of here.wire.heard) if ("seq" in each) since = each.seq;
        };
        for (const each of steps) {
          if (each.do === "write") {
            for (const calendar of each.calendars) log.write({ type: "event", id: "evt_1" }, calendar);
            here.follower.wake();
          } else if (each.do === "take") here.wire.take(each.messages);
          else if (each.do === "wait") await settle();
          else {
            cut();
            here = follow(log, since);
          }
        }
        for (let turn = 0; turn < 400; turn++) {
          here.wire.take(50);
          await setImmediate();
        }
        here.follower.beat();
        here.wire.take(1);
        assert.ok(here.wire.mostWaiting <= bounds.waitingBytesMax + 300, "no more waits than the bound and a message");
        cut();
        const known = log.written.filter(({ change }) => change.collectionId !== "cal_hidden");
        assert.deepEqual(
          heard,
          known.map(({ seq }) => seq),
        );
        assert.equal(since, log.head, "it may resume from the very end");
      }),
      { numRuns: 60 },
    );
  });

  test("is told who and what only where it may read all of it", async () => {
    const log = new MemoryLog(bounds);
    const told: [
      thing: Change["thing"],
      calendar: string | null,
      isPublic: boolean,
      heard: "all" | "bare" | "nothing",
    ][] = [
      [{ type: "event", id: "evt_1" }, "cal_own", false, "all"],
      [{ type: "event", id: "evt_2" }, "cal_read", true, "all"],
      [{ type: "event", id: "evt_3" }, "cal_read", false, "bare"],
      [{ type: "event", id: "evt_4" }, "cal_busy", true, "bare"],
      [{ type: "event", id: "evt_5" }, "cal_hidden", true, "nothing"],
      [{ type: "calendar", id: "cal_read" }, "cal_read", false, "all"],
      [{ type: "calendar", id: "cal_busy" }, "cal_busy", false, "bare"],
      [{ type: "calendar", id: "cal_hidden" }, "cal_hidden", false, "nothing"],
      [{ type: "feed", id: "fed_1" }, "cal_hidden", false, "nothing"],
      [{ type: "person", id: "per_1" }, null, false, "all"],
      [{ type: "resource", id: "res_1" }, null, false, "all"],
      [{ type: "availability", id: "per_1" }, null, false, "all"],
      [{ type: "notice", id: "ntc_1" }, ME, false, "all"],
      [{ type: "notice", id: "ntc_2" }, "per_other", false, "nothing"],
      [{ type: "request", id: "req_1" }, null, false, "nothing"],
    ];
    const { wire, follower } = follow(log, 0, { ...bounds, waitingBytesMax: 100_000 });
    for (const [thing, calendar, isPublic] of told) log.write(thing, calendar, isPublic);
    follower.wake();
    await settle();
    wire.take(100);
    const heard = new Map(wire.heard.filter(isChange).map((each) => [each.id, each]));
    for (const [{ id }, , , expected] of told) {
      const change = heard.get(id);
      const how = change === undefined ? "nothing" : change.who === null ? "bare" : "all";
      assert.equal(how, expected, id);
      assert.deepEqual(change?.fields ?? [], expected === "all" ? ["start"] : [], id);
    }
  });

  test("is let go when it takes in nothing for twenty seconds, and not while it takes in something", async () => {
    const log = new MemoryLog(bounds);
    const { wire, follower, clock } = follow(log, 0);
    for (let i = 0; i < 40; i++) log.write({ type: "event", id: "evt_1" }, "cal_own");
    follower.wake();
    await settle();
    clock.advance(bounds.stuckMs - 1);
    wire.take(1);
    clock.advance(bounds.stuckMs);
    assert.equal(wire.closedWith, null, "it had taken one");
    await settle();
    clock.advance(bounds.stuckMs);
    assert.equal(wire.closedWith, 1013);
  });

  test("that missed too much is told to load anew, and goes on from there", async () => {
    const few = { ...bounds, missedChangesMax: 20 };
    const log = new MemoryLog(few);
    for (let i = 0; i < 21; i++) log.write({ type: "event", id: "evt_1" }, "cal_own");
    const { wire, follower } = follow(log, 0, few);
    await settle();
    log.write({ type: "event", id: "evt_2" }, "cal_own");
    follower.wake();
    await settle();
    wire.take(10);
    assert.deepEqual(
      wire.heard.map((each) => [each.type, "seq" in each ? each.seq : null]),
      [
        ["behind", 21],
        ["event:updated", 22],
      ],
    );
  });

  test("with a place that the log has not reached is told to load anew: it was restored from before", async () => {
    const log = new MemoryLog(bounds);
    const { wire } = follow(log, 7);
    await settle();
    wire.take(10);
    assert.equal(wire.heard[0]?.type, "behind");
  });

  test("loses a calendar from its sight by its id alone; away meanwhile, it is told to look again", async () => {
    const log = new MemoryLog(bounds);
    const access: Record<string, Access> = { cal_read: "read" };
    const here = follow(log, 0, bounds, access);
    log.write({ type: "calendar", id: "cal_read" }, "cal_read");
    here.follower.wake();
    await settle();
    delete access["cal_read"];
    log.write({ type: "calendar", id: "cal_read" }, "cal_read");
    here.follower.wake();
    await settle();
    here.wire.take(10);
    const last = here.wire.heard.at(-1);
    assert.ok(last?.type === "calendar:deleted" && last.who === null && last.fields.length === 0);

    const away = follow(log, 1, bounds, access);
    await settle();
    away.wire.take(10);
    assert.deepEqual(
      away.wire.heard.map(({ type }) => type),
      ["sight", "reached"],
    );
  });
});
