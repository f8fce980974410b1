// Rule ED2 is in ../../SPEC.md. Strategy: any row of edits against a model that is a plain list of occurrences and knows
// nothing of rules. Its times are by the wall: edits move what people see, whatever the clocks do in between.
import assert from "node:assert/strict";
import { describe, test } from "node:test";
import fc from "fast-check";
import { DAY_MS, HOUR_MS, UTC, findZone, parseRule, printBasicTime, type Zone } from "@hourwright/time";
import { objectBytes, objectFrom, readObject, type CalendarObject } from "../calendar-object.ts";
import { newProperty } from "../content-line.ts";
import type { EventFields } from "../event-fields.ts";
import type { When } from "../property-lines.ts";
import { instancesOf } from "../instances.ts";
import { withChildren, withReplaced } from "../tree.ts";
import type { Target } from "./context.ts";
import { changeEvent, createEvent, deleteEvent } from "./edit.ts";

const berlin = findZone("Europe/Berlin")!;
const nowMs = Temporal.Instant.from("2026-02-01T00:00Z").epochMilliseconds;

/** An occurrence of the model: where its series has it, where it is, and its title. */
type Slot = { baseMs: number; startMs: number; lengthMs: number; title: string };
/** A series of the model: plain occurrences, in order. */
type Model = { slots: Slot[]; title: string };

type Step = {
  readonly kind: "change" | "delete";
  readonly scope: Target["scope"];
  readonly which: number;
  readonly title: string | null;
  readonly shiftHours: number | null;
  readonly lengthHours: number | null;
};

const steps: fc.Arbitrary<Step[]> = fc.array(
  fc.record({
    kind: fc.constantFrom("change", "change", "change", "delete"),
    scope: fc.constantFrom("this", "following", "all"),
    which: fc.nat(30),
    title: fc.oneof(fc.constant(null), fc.constantFrom("a", "b", "c")),
    shiftHours: fc.oneof(fc.constant(null), fc.integer({ min: -50, max: 50 })),
    lengthHours: fc.oneof(fc.constant(null), fc.integer({ min: 1, max: 30 })),
  }),
  { minLength: 1, maxLength: 6 },
);

const dayOf = (ms: number) => Math.floor(ms / DAY_MS) * DAY_MS;

/** What a step does to the occurrence pointed at. */
function wanted(slot: Slot, { shiftHours, lengthHours, title }: Step) {
  const startMs = slot.startMs + (shiftHours ?? 0) * HOUR_MS;
  return { startMs, lengthMs: lengthHours === null ? slot.lengthMs : lengthHours * HOUR_MS, title };
}

/** The model's way of changing all: the same words as SPEC ED5, on a list. */
function changeAllSlots(model: Model, pointed: Slot, step: Step): Model {
  const { startMs, lengthMs, title } = wanted(pointed, step);
  const hasTimes = step.shiftHours !== null || step.lengthHours !== null;
  const days = dayOf(startMs) - dayOf(pointed.startMs);
  const goesMs = dayOf(pointed.baseMs) + days + (startMs - dayOf(startMs)) - pointed.baseMs;
  const shiftMs = step.shiftHours === null ? 0 : goesMs;
  const masterLengthMs = model.slots.length > 0 ? masterLength.get(model)! : 0;
  const changed: Model = {
    title: title ?? model.title,
    slots: model.slots.map((slot) => {
      const isInPlace = slot.startMs === slot.baseMs;
      const takesLength = hasTimes && isInPlace && slot.lengthMs === masterLengthMs;
      return {
        baseMs: slot.baseMs + shiftMs,
        startMs: isInPlace ? slot.startMs + shiftMs : slot.startMs,
        lengthMs: takesLength ? lengthMs : slot.lengthMs,
        title: title !== null && slot.title === model.title ? title : slot.title,
      };
    }),
  };
  masterLength.set(changed, hasTimes ? lengthMs : masterLengthMs);
  return changed;
}

const masterLength = new WeakMap<Model, number>();

/** Rules of one series, and after `EXRULE` those that take occurrences out. */
const RULES = [
  "FREQ=DAILY;COUNT=9",
  "FREQ=DAILY;INTERVAL=3;COUNT=7",
  "FREQ=WEEKLY;COUNT=6",
  "FREQ=WEEKLY;BYDAY=MO,WE,FR;COUNT=10",
  "FREQ=WEEKLY;INTERVAL=2;BYDAY=MO,SU;COUNT=8",
  "FREQ=DAILY;UNTIL=20260310T090000Z",
  "FREQ=WEEKLY;BYDAY=MO,TU;UNTIL=20260401T000000Z",
  "FREQ=DAILY;BYHOUR=9,15;COUNT=11",
  "FREQ=WEEKLY;COUNT=5 FREQ=DAILY;INTERVAL=3;COUNT=5",
  "FREQ=DAILY;INTERVAL=2;COUNT=6 FREQ=WEEKLY;INTERVAL=2;BYDAY=MO,TH;UNTIL=20260520T000000Z",
  "FREQ=DAILY;COUNT=9 EXRULE FREQ=DAILY;INTERVAL=4;COUNT=3",
  "FREQ=DAILY;INTERVAL=2;COUNT=9 EXRULE FREQ=DAILY;INTERVAL=3;UNTIL=20260325T000000Z",
] as const;

describe("any edits, one after the other", () => {
  /** Two rules may not share a new start, and hours of the day may not move by one hour. */
  const mayRefuse = (text: string) => text.includes(" ") || text.includes("BYHOUR");
  const inUtc = fc.record({ zone: fc.constant(UTC), steps, text: fc.constantFrom(...RULES) });
  // Whole days and a few hours: what lasts over a change of clocks has a length by the wall and another by the stopwatch.
  const byDays = steps.map((all) =>
    all.map(({ shiftHours, lengthHours, ...step }): Step => {
      const shift = shiftHours === null ? null : Math.trunc(shiftHours / 24) * 24;
      return { ...step, shiftHours: shift, lengthHours: lengthHours === null ? null : lengthHours % 6 || 6 };
    }),
  );
  const acrossSpring = fc.record({ zone: fc.constant(berlin), steps: byDays, text: fc.constantFrom(...RULES) });

  test("[ED2] lose, double or resurrect no occurrence", (context) => {
    let [made, refused] = [0, 0];
    fc.assert(
      fc.property(fc.oneof(inUtc, acrossSpring), ({ zone, steps: script, text }) => {
        const first = eventOf(text, zone);
        let worlds = [{ object: first, model: modelOf(first) }];
        for (const [i, step] of script.entries()) {
          const world = worlds[step.which % Math.max(1, worlds.length)];
          if (world === undefined) return;
          const after = applied(world, step, zone, `split-${i}`);
          if (after === null) {
            assert.ok(mayRefuse(text), `${text} is edited, whatever the edit`);
            refused++;
            continue;
          }
          made++;
          worlds = [...worlds.filter((other) => other !== world), ...after];
          for (const { object, model } of worlds) {
            const said = `${text} in ${zone.id} after ${JSON.stringify(script.slice(0, i + 1))}`;
            assert.deepEqual(timesOf(object), timesIn(model), said);
            assert.deepEqual(timesOf(readObject(objectBytes(object))!), timesIn(model), `${said}, read back`);
          }
        }
      }),
      { numRuns: 500 },
    );
    context.diagnostic(`${made} edits made, ${refused} refused`);
    assert.ok(made > 5 * refused, "most edits are made, not refused");
  });
});

/** 9:00 to 10:00 in a zone whose clocks change on 29 March. */
function eventOf(text: string, zone: Zone): CalendarObject {
  const [rrules, exrule] = text.split(" EXRULE ") as [string, string?];
  const start = whenOf(Temporal.Instant.from("2026-03-02T09:00Z").epochMilliseconds, zone);
  const end = { ...start, localMs: start.localMs + HOUR_MS };
  const fields = { start, end, summary: "plain", rrules: rrules.split(" ").map((each) => parseRule(each).rule!) };
  const event = createEvent(fields, { uid: "first", nowMs });
  if (exrule === undefined) return event;
  const { component } = event.master!;
  const excluding = withChildren(component, [...component.children, newProperty("EXRULE", [], exrule)]);
  return objectFrom(withReplaced(event.calendar, component, excluding))!;
}

function whenOf(localMs: number, zone: Zone): When {
  return { form: zone === UTC ? "utc" : "local", localMs, zone };
}

function modelOf(object: CalendarObject): Model {
  const slots = occurrences(object).map(({ startLocalMs, startMs, endMs }) => ({
    baseMs: startLocalMs,
    startMs: startLocalMs,
    lengthMs: endMs - startMs,
    title: "plain",
  }));
  const model: Model = { title: "plain", slots };
  masterLength.set(model, HOUR_MS);
  return model;
}

function occurrences(object: CalendarObject) {
  const range = { fromMs: nowMs - 1000 * DAY_MS, toMs: nowMs + 1000 * DAY_MS, floatingZone: UTC };
  return instancesOf(object, range).instances;
}

function timesOf(object: CalendarObject): string[] {
  const shown = occurrences(object).map(
    ({ startLocalMs, startMs, endMs, view }) => `${startLocalMs} ${endMs - startMs} ${view.summary}`,
  );
  return shown.sort();
}

function timesIn(model: Model): string[] {
  return model.slots.map(({ startMs, lengthMs, title }) => `${startMs} ${lengthMs} ${title}`).sort();
}

type World = { readonly object: CalendarObject; readonly model: Model };

/** The objects and models after a step; null when it was refused. */
function applied({ object, model }: World, step: Step, zone: Zone, newUid: string): World[] | null {
  const slot = model.slots[step.which % model.slots.length]!;
  const isSingle = object.master !== null && object.master.rrules.length === 0 && object.overrides.length === 0;
  const isAlone = isSingle && object.master.rdates.length === 0;
  const recurrenceId = isAlone ? null : printBasicTime(slot.baseMs, zone === UTC ? "utc" : "local");
  const target: Target = { scope: step.scope, recurrenceId };
  const context = { nowMs, newUid };
  const isFirst = model.slots.every(({ baseMs }) => baseMs >= slot.baseMs);
  const scope = isAlone ? "all" : step.scope === "following" && isFirst ? "all" : step.scope;
  const left = (slots: Slot[]): Model => {
    const next = { slots, title: model.title };
    masterLength.set(next, masterLength.get(model)!);
    return next;
  };
  const isKept = (other: Slot) => scope !== "all" && (scope === "this" ? other !== slot : other.baseMs < slot.baseMs);
  if (step.kind === "delete") {
    const edit = deleteEvent(object, target, context);
    if (edit.refused !== undefined) return null;
    const slots = model.slots.filter(isKept);
    assert.equal(edit.object === null, slots.length === 0);
    return edit.object === null ? [] : [{ object: edit.object, model: left(slots) }];
  }
  const { startMs, lengthMs, title } = wanted(slot, step);
  const changes: Partial<EventFields> = {
    ...(title === null ? {} : { summary: title }),
    ...(step.shiftHours === null ? {} : { start: whenOf(startMs, zone) }),
    ...(step.lengthHours === null ? {} : { end: whenOf(startMs + lengthMs, zone) }),
  };
  const edit = changeEvent(object, target, changes, context);
  if (edit.refused !== undefined) return null;
  if (scope === "this") {
    const changed = { ...slot, startMs, lengthMs, title: title ?? slot.title };
    return [{ object: edit.object!, model: left(model.slots.map((other) => (other === slot ? changed : other))) }];
  }
  if (scope === "all") return [{ object: edit.object!, model: changeAllSlots(model, slot, step) }];
  const after = left(model.slots.filter((other) => !isKept(other)));
  return [
    { object: edit.object!, model: left(model.slots.filter(isKept)) },
    { object: edit.following!, model: changeAllSlots(after, slot, step) },
  ];
}
