// Rules LY* are in ../SPEC.md. Strategy: a week as a bar would have it; then all kinds of layers, as the clocks change,
// against a model that asks Temporal of every quarter of an hour.
import assert from "node:assert/strict";
import { describe, test } from "node:test";
import fc from "fast-check";
import { DAY_MS, MINUTE_MS, findZone, type Interval } from "@hourwright/time";
import { layerAt, openIn, openingsOn, partsIn, type Layer, type Opening } from "./layers.ts";
import { anyLayers, obviousDecision } from "./testing.ts";
import { layerSentence } from "./words.ts";

const zone = findZone("Europe/Berlin")!;
const instant = (text: string) => Temporal.ZonedDateTime.from(`${text}[Europe/Berlin]`).epochMilliseconds;
const dayOf = (text: string) => Temporal.PlainDate.from("1970-01-01").until(text).days;
const opening = (from: number, to: number): Opening => ({ fromMinute: from * 60, toMinute: to * 60 });
const everyDay = (...openings: Opening[]): Layer => ({
  kind: "weekly",
  weeks: [Array.from({ length: 7 }, () => openings)],
  anchorDay: 0,
  fromDay: null,
  toDay: null,
  reason: "opening hours",
});
const days = (from: string, to: string): Interval => ({
  startMs: instant(`${from}T00:00`),
  endMs: instant(`${to}T00:00`),
});

function shown(layers: readonly Layer[], window: Interval): string {
  const text = (ms: number) =>
    Temporal.Instant.fromEpochMilliseconds(ms)
      .toZonedDateTimeISO("Europe/Berlin")
      .toPlainDateTime()
      .toString()
      .slice(8, 16);
  return openIn(layers, zone, window)
    .map(({ startMs, endMs }) => `${text(startMs)}-${text(endMs)}`)
    .join(" ");
}

const said = (layers: readonly Layer[], text: string) => layerSentence(layers, layerAt(layers, zone, instant(text)));

describe("opening times", () => {
  test("[LY1] are several a day, by weeks that take turns", () => {
    const early = [[opening(6, 14)], [], [], [], [], [], []];
    const late = [[opening(14, 18), opening(19, 22)], [], [], [], [], [], []];
    const shifts: Layer = {
      kind: "weekly",
      weeks: [early, late],
      anchorDay: dayOf("2027-03-03"),
      fromDay: null,
      toDay: null,
      reason: "shifts",
    };
    assert.equal(
      shown([shifts], days("2027-03-01", "2027-03-20")),
      "01T06:00-01T14:00 08T14:00-08T18:00 08T19:00-08T22:00 15T06:00-15T14:00",
    );
    assert.equal(shown([shifts], days("2027-02-22", "2027-02-23")), "22T14:00-22T18:00 22T19:00-22T22:00");
  });

  test("[LY2] are those of the first layer that speaks of a day: seasons, days of their own, holidays", () => {
    const layers: Layer[] = [
      {
        kind: "override",
        fromDay: dayOf("2027-03-02"),
        toDay: dayOf("2027-03-02"),
        openings: [opening(10, 12)],
        reason: "stocktaking",
      },
      { kind: "holiday", day: dayOf("2027-03-03"), part: null, name: "Founding Day", region: "Bavaria" },
      { ...everyDay(opening(8, 20)), toDay: dayOf("2027-03-04"), reason: "winter hours" } as Layer,
      everyDay(opening(9, 17)),
    ];
    assert.equal(
      shown(layers, days("2027-03-01", "2027-03-06")),
      "01T08:00-01T20:00 02T10:00-02T12:00 04T08:00-04T20:00 05T09:00-05T17:00",
    );
    assert.equal(said(layers, "2027-03-02T11:00"), "Open: stocktaking.");
    assert.equal(said(layers, "2027-03-02T09:00"), "Closed: stocktaking.");
    assert.equal(said(layers, "2027-03-03T11:00"), "Closed: public holiday in Bavaria (Founding Day).");
    assert.equal(said(layers, "2027-03-04T21:00"), "Closed: outside of winter hours.");
    assert.equal(said(layers.slice(0, 2), "2027-03-05T21:00"), "Closed: nobody has said that it is open.");
  });

  test("[LY3] belong to the day they begin on: the night before a holiday goes on", () => {
    const holiday: Layer = {
      kind: "holiday",
      day: dayOf("2027-03-02"),
      part: null,
      name: "Founding Day",
      region: "Bavaria",
    };
    const layers = [holiday, everyDay(opening(20, 26))];
    assert.equal(shown(layers, days("2027-03-02", "2027-03-04")), "02T00:00-02T02:00 03T20:00-04T00:00");
    assert.equal(said(layers, "2027-03-02T01:00"), "Open: opening hours.");
    assert.equal(said(layers, "2027-03-02T21:00"), "Closed: public holiday in Bavaria (Founding Day).");
  });

  test("[LY4] [LY5] are cut by stretches off and half holidays above them, and by none below", () => {
    const off: Layer = {
      kind: "off",
      startMs: instant("2027-03-01T11:00"),
      endMs: instant("2027-03-01T12:30"),
      reason: "vacation",
    };
    const half: Layer = {
      kind: "holiday",
      day: dayOf("2027-03-02"),
      part: opening(14, 24),
      name: "Eve",
      region: "Bavaria",
    };
    const week = everyDay(opening(9, 17));
    assert.equal(
      shown([off, half, week], days("2027-03-01", "2027-03-03")),
      "01T09:00-01T11:00 01T12:30-01T17:00 02T09:00-02T14:00",
    );
    assert.equal(shown([week, off, half], days("2027-03-01", "2027-03-02")), "01T09:00-01T17:00");
    assert.equal(said([off, half, week], "2027-03-01T12:00"), "Closed: vacation.");
    assert.equal(said([off, half, week], "2027-03-02T15:00"), "Closed: public holiday in Bavaria (Eve).");
  });

  test("[LY7] are closed by the stretch off that cuts a night, whatever the day is that it reaches into", () => {
    const holiday: Layer = {
      kind: "holiday",
      day: dayOf("2027-03-02"),
      part: null,
      name: "Founding Day",
      region: "Bavaria",
    };
    const off: Layer = {
      kind: "off",
      startMs: instant("2027-03-02T00:30"),
      endMs: instant("2027-03-02T01:30"),
      reason: "power cut",
    };
    const layers = [holiday, off, everyDay(opening(20, 26))];
    assert.equal(said(layers, "2027-03-02T01:00"), "Closed: power cut.");
    assert.equal(said(layers, "2027-03-02T01:30"), "Open: opening hours.");
  });

  test("[LY6] are as long as they really are when the clocks change", () => {
    const nights = [everyDay(opening(22, 30))];
    const [spring] = openIn(nights, zone, { startMs: instant("2027-03-27T12:00"), endMs: instant("2027-03-28T12:00") });
    assert.equal((spring!.endMs - spring!.startMs) / 3_600_000, 7);
    const [autumn] = openIn(nights, zone, { startMs: instant("2027-10-30T12:00"), endMs: instant("2027-10-31T12:00") });
    assert.equal((autumn!.endMs - autumn!.startMs) / 3_600_000, 9);
  });

  test("[LY8] that are extra stand beside those of the day, unless something above has the say", () => {
    const day = dayOf("2027-03-02");
    const extra: Layer = {
      kind: "extra",
      fromDay: day,
      toDay: day,
      openings: [opening(18, 21)],
      reason: "long Tuesday",
    };
    const closed: Layer = { kind: "override", fromDay: day, toDay: day, openings: [], reason: "stocktaking" };
    const week = everyDay(opening(9, 17));
    const window = days("2027-03-02", "2027-03-03");
    assert.equal(shown([extra, week], window), "02T09:00-02T17:00 02T18:00-02T21:00");
    assert.equal(said([extra, week], "2027-03-02T19:00"), "Open: long Tuesday.");
    assert.equal(shown([extra, closed, week], window), "02T18:00-02T21:00");
    assert.equal(shown([closed, extra, week], window), "");
    assert.equal(said([closed, extra, week], "2027-03-02T19:00"), "Closed: stocktaking.");
  });

  test("[LY9] part by part, a day that somebody has named is told by its name", () => {
    const named: Layer = { kind: "holiday", day: dayOf("2027-03-02"), part: null, name: "Moving day", region: null };
    const layers = [named, everyDay(opening(9, 17))];
    const told = partsIn(layers, zone, days("2027-03-01", "2027-03-03")).map(
      (part) => `${(part.endMs - part.startMs) / 3_600_000} ${layerSentence(layers, part)}`,
    );
    assert.deepEqual(told, [
      "9 Closed: outside of opening hours.",
      "8 Open: opening hours.",
      "7 Closed: outside of opening hours.",
      "24 Closed: Moving day.",
    ]);
  });

  test("[LY9] part by part, every quarter of an hour is as it is decided", () => {
    fc.assert(
      fc.property(anyLayers(2), (scene) => {
        const parts = partsIn(scene.layers, scene.zone, scene.window);
        assert.deepEqual([parts[0]!.startMs, parts.at(-1)!.endMs], [scene.window.startMs, scene.window.endMs]);
        for (const [i, { startMs, endMs, isOpen, layer }] of parts.entries()) {
          assert.ok(startMs < endMs && (i === 0 || parts[i - 1]!.endMs === startMs));
          for (const ms of [startMs, endMs - 1]) assert.deepEqual(obviousDecision(scene, ms), { isOpen, layer });
          for (let ms = startMs; ms < endMs; ms += 15 * MINUTE_MS)
            assert.deepEqual(obviousDecision(scene, ms), { isOpen, layer });
        }
      }),
      { numRuns: 60 },
    );
  });

  test("[LY1] to [LY8] are what asking every quarter of an hour finds, and each has its reason", () => {
    fc.assert(
      fc.property(anyLayers(2), (scene) => {
        const { layers, zone: own, window } = scene;
        const open = openIn(layers, own, window);
        assert.ok(open.every(({ startMs, endMs }, i) => startMs < endMs && (i === 0 || open[i - 1]!.endMs < startMs)));
        assert.ok(open.every(({ startMs, endMs }) => startMs >= window.startMs && endMs <= window.endMs));
        for (let ms = window.startMs; ms < window.endMs; ms += 15 * MINUTE_MS) {
          const decision = layerAt(layers, own, ms);
          assert.deepEqual(decision, obviousDecision(scene, ms));
          assert.equal(
            open.some(({ startMs, endMs }) => startMs <= ms && ms < endMs),
            decision.isOpen,
          );
        }
      }),
      { numRuns: 80 },
    );
  });
});

test("weeks that are handed in as exact openings of their days are open alike, and are told alike [LY10]", () => {
  fc.assert(
    fc.property(anyLayers(2), ({ layers, zone, window }) => {
      const first = Math.floor(window.startMs / DAY_MS) - 10;
      const days = Array.from({ length: 30 }, (_, i) => first + i);
      const agreed = layers.map((layer): Layer => {
        if (layer.kind !== "weekly" || layer.fromDay !== null || layer.toDay !== null) return layer;
        const openings = new Map(days.map((day) => [day, openingsOn(layer, day, zone)]));
        return { kind: "agreed", fromDay: days[0]!, toDay: days.at(-1)!, openings, reason: layer.reason };
      });
      assert.deepEqual(openIn(agreed, zone, window), openIn(layers, zone, window));
      assert.deepEqual(partsIn(agreed, zone, window), partsIn(layers, zone, window));
    }),
  );
});
