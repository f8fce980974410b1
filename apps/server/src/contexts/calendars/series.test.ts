// Any history of edits of a series through the API, against a model that is a plain list of occurrences: none is lost,
// doubled or brought back, what is told and what is taken are the same, and every step can be undone and redone.
import assert from "node:assert/strict";
import { after, before, describe, test } from "node:test";
import fc from "fast-check";
import { RequestFailed, type Client } from "@hourwright/client";
import { startOwnServer, type OwnServer } from "../../testing/own-server.ts";
import { busyTimes } from "./testing.ts";

const ZONE = "Europe/Prague";
const WINDOW = { start: "2026-10-01T00:00:00Z", end: "2027-02-01T00:00:00Z" };
const FIRST = "2026-10-12T10:00"; // The clocks change on the 25th.
/** What an edit may be refused with; it must have changed nothing then. */
const POLITE = new Set(["claims/meets-itself", "calendars/rule-invalid", "calendars/occurrence-not-found"]);

/** One occurrence: where its series has it (its name), where it is, what it is called. Wall times in the zone. */
type Slot = { readonly planned: string; readonly start: string; readonly title: string };
type Series = { readonly id: string; readonly title: string; readonly slots: readonly Slot[] };
type World = readonly Series[];

type Step = {
  readonly act: "rename" | "move" | "remove" | "undo";
  readonly scope: "this" | "following" | "all";
  readonly at: number;
  readonly hours: number;
};

const step: fc.Arbitrary<Step> = fc.record({
  act: fc.constantFrom("rename", "move", "move", "remove", "undo"),
  scope: fc.constantFrom("this", "this", "following", "all"),
  at: fc.nat({ max: 1_000 }),
  hours: fc.constantFrom(-2, -1, 1, 2, 3),
});

const rhythm = fc.constantFrom(
  "FREQ=DAILY;COUNT=18",
  "FREQ=WEEKLY;COUNT=8",
  "FREQ=WEEKLY;BYDAY=MO,TH;COUNT=11",
  "FREQ=DAILY;INTERVAL=3;UNTIL=20261115T235959Z",
);

const wall = (text: string) => Temporal.PlainDateTime.from(text);
const instant = (text: string): string => wall(text).toZonedDateTime(ZONE).toInstant().toString();
const hourLater = (text: string): string => wall(text).toZonedDateTime(ZONE).add({ hours: 1 }).toInstant().toString();
const later = (text: string, hours: number): string => wall(text).add({ hours }).toString({ smallestUnit: "second" });
const nameOf = ({ planned }: Slot): string => planned.replaceAll(/[-:]/g, "");

/** Where and what a slot is after its whole series is renamed or moved: what it has of its own it keeps. */
function carried(slot: Slot, seriesTitle: string, { act, hours }: Step, title: string): Slot {
  if (act === "rename") return slot.title === seriesTitle ? { ...slot, title } : slot;
  const planned = later(slot.planned, hours);
  return { ...slot, planned, start: slot.start === slot.planned ? planned : slot.start };
}

describe("a series, edited at random", () => {
  let own: OwnServer;
  before(async () => void (own = await startOwnServer({ now: "2026-06-01T08:00:00Z" })));
  after(() => own[Symbol.asyncDispose]());

  test("is told and taken as a plain list of occurrences would be", { timeout: 600_000 }, async () => {
    let done = 0;
    let refused = 0;
    const property = fc.asyncProperty(rhythm, fc.array(step, { minLength: 3, maxLength: 9 }), async (rule, steps) => {
      const history = await begin(own.owner, rule);
      for (const [i, each] of steps.entries()) {
        if (await history.take(each, `Title ${i}`)) done++;
        else refused++;
        await history.check();
      }
    });
    await fc.assert(property, { numRuns: 25 });
    assert.ok(done > refused * 2, `${done} edits went through, ${refused} were refused`);
  });
});

/** A person with a calendar in which one series lies, and the model of it. */
async function begin(client: Client, rrule: string) {
  const person = await client("people.create", { body: { name: "Ana" } });
  const { id: calendarId } = await client("calendars.create", {
    body: { name: "Ana", ownerSubjectId: person.id, zone: ZONE },
  });
  const body = { title: "Lesson", calendarId, start: FIRST, timeZone: ZONE, rrule };
  const { id } = await client("events.create", { body });
  const first = await told();
  let world: World = [
    { id, title: "Lesson", slots: first.map(({ recurrenceId }) => slotNamed(recurrenceId!, "Lesson")) },
  ];
  /** The last request, and the world before it: what undo leads back to. */
  let last: { readonly requestId: string; readonly world: World } | null = null;

  async function told() {
    const { events } = await client("events.list", { query: { ...WINDOW, calendars: [calendarId], timeZone: "UTC" } });
    return events;
  }

  /** Takes one step in the server and, when it was not refused, in the model. */
  async function take(asked: Step, title: string): Promise<boolean> {
    if (asked.act === "undo") return undo();
    const slots = world.flatMap((series) => series.slots.map((slot) => ({ series, slot })));
    const pointed = slots[asked.at % Math.max(1, slots.length)];
    if (pointed === undefined) return true; // Everything was removed.
    const { series, slot } = pointed;
    // Moving many by one that was itself put elsewhere means something else than moving it: not asked here.
    const isElsewhere = slot.start !== slot.planned;
    const each =
      asked.act === "move" && asked.scope !== "this" && isElsewhere ? { ...asked, act: "rename" as const } : asked;
    try {
      const before = world;
      const { requestId, newId } = await send(each, series, slot, title);
      world = edited(world, each, { series, slot, title, newId });
      last = { requestId, world: before };
      return true;
    } catch (error) {
      if (error instanceof RequestFailed && POLITE.has(error.problem?.code ?? "")) return false;
      throw error;
    }
  }

  async function send({ act, scope, hours }: Step, series: Series, slot: Slot, title: string) {
    const target = { recurrenceId: nameOf(slot), scope };
    const params = { id: series.id };
    if (act === "remove") {
      const { requestId } = await client.full("events.remove", { params, query: target });
      return { requestId: requestId!, newId: series.id };
    }
    const change = act === "rename" ? { title } : { start: later(slot.start, hours), timeZone: ZONE };
    const { value, requestId } = await client.full("events.update", { params, body: { ...target, ...change } });
    return { requestId: requestId!, newId: value.id };
  }

  async function undo(): Promise<boolean> {
    if (last === null) return true;
    const now = world;
    const { requestId } = await client("requests.undo", { params: { id: last.requestId } });
    world = last.world;
    last = { requestId, world: now };
    return true;
  }

  async function check(): Promise<void> {
    const expected = world
      .flatMap(({ id: event, slots }) =>
        slots.map((slot) => `${instant(slot.start)} ${hourLater(slot.start)} ${slot.title} ${nameOf(slot)} ${event}`),
      )
      .sort();
    const events = await told();
    const found = events.map(
      (each) => `${utc(each.start)} ${utc(each.end)} ${each.title} ${each.recurrenceId} ${each.id}`,
    );
    assert.deepEqual(found.sort(), expected);
    const busy = await busyTimes(client, person.id, WINDOW.start, WINDOW.end);
    assert.deepEqual(busy.sort(), events.map(({ start, end }) => `${utc(start)}/${utc(end)}`).sort());
  }

  return { take, check };
}

const utc = (text: string): string => Temporal.Instant.from(text).toString();

function slotNamed(recurrenceId: string, title: string): Slot {
  const [, year, month, day, hour, minute] = /^(\d{4})(\d\d)(\d\d)T(\d\d)(\d\d)/.exec(recurrenceId)!;
  const planned = `${year}-${month}-${day}T${hour}:${minute}:00`;
  return { planned, start: planned, title };
}

/** The model's way of editing: on a plain list. */
function edited(
  world: World,
  each: Step,
  { series, slot, title, newId }: { series: Series; slot: Slot; title: string; newId: string },
): World {
  const others = world.filter((other) => other !== series);
  const isHit = ({ planned }: Slot): boolean =>
    each.scope === "all" || (each.scope === "this" ? planned === slot.planned : planned >= slot.planned);
  const hit = series.slots.filter(isHit);
  const rest = series.slots.filter((other) => !isHit(other));
  const kept = (slots: readonly Slot[], id = series.id, name = series.title): Series[] =>
    slots.length === 0 ? [] : [{ id, title: name, slots }];
  if (each.act === "remove") return [...others, ...kept(rest)];
  if (each.scope === "this") {
    const own = each.act === "rename" ? { ...slot, title } : { ...slot, start: later(slot.start, each.hours) };
    return [...others, ...kept(series.slots.map((other) => (other === slot ? own : other)))];
  }
  const newTitle = each.act === "rename" ? title : series.title;
  const changed = hit.map((other) => carried(other, series.title, each, title));
  return [...others, ...kept(rest), ...kept(changed, newId, newTitle)];
}
