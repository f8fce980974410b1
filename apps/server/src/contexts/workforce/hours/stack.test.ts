// The precedence of layers is that of the README. Strategy: sentences of what decides, one after the other; then any layers of three
// owners minute by minute against rules that are asked in turn, with a change of clocks among the days.
import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { layerAt, layerSentence, partsIn } from "@hourwright/availability";
import { isRefused } from "@hourwright/contract";
import { DAY_MS, findZone, normalise } from "@hourwright/time";
import fc from "fast-check";
import { problemOf } from "./decide.ts";
import { ORGANISATION, type StoredLayer } from "./model.ts";
import { stackOf, stretchesOf, type Sources } from "./stack.ts";

const zone = findZone("Europe/Berlin")!;
const dayOf = (text: string) => Temporal.PlainDate.from("1970-01-01").until(text, { largestUnit: "days" }).days;
const instant = (text: string) => Temporal.ZonedDateTime.from(`${text}[Europe/Berlin]`).epochMilliseconds;

type Weeks = Extract<StoredLayer, { kind: "weeks" }>;
const every = (opens: string, closes: string) => [1, 2, 3, 4, 5, 6, 7].map((weekday) => ({ weekday, opens, closes }));
const weeks = (all: Weeks["weeks"], season: Weeks["season"] = null, name = ""): StoredLayer => ({
  kind: "weeks",
  name,
  weeks: all,
  anchor: "2027-01-04",
  season,
});
const days = (day: string, how: "instead" | "also", name: string, ...times: [string, string][]): StoredLayer => ({
  kind: "days",
  name,
  from: day,
  until: day,
  how,
  times: times.map(([opens, closes]) => ({ opens, closes })),
});
const holidays = (region: string | null, more: object = {}): StoredLayer => ({
  kind: "holidays",
  region,
  types: ["public"],
  without: [],
  renamed: [],
  ...more,
});
const away = (start: string, end: string, reason: string | null = null): StoredLayer => ({
  kind: "away",
  start,
  end,
  reason,
});

const regions = new Map([
  [
    "DE-BY",
    {
      names: { en: "Bavaria", de: "Bayern", fr: "Bavière", es: "Baviera" },
      days: [
        {
          day: dayOf("2027-05-27"),
          key: "easter 60",
          type: "public" as const,
          fromMinute: null,
          names: { en: "Corpus Christi", de: "Fronleichnam" },
        },
        {
          day: dayOf("2027-12-24"),
          key: "12-24",
          type: "bank" as const,
          fromMinute: 14 * 60,
          names: { en: "Christmas Eve" },
        },
      ],
    },
  ],
  ["DE-BE", { names: { en: "Berlin", de: "Berlin", fr: "Berlin", es: "Berlin" }, days: [] }],
]);

type Given = { own?: StoredLayer[]; place?: StoredLayer[]; all?: StoredLayer[]; isThing?: boolean; named?: string };

function sourcesOf({ own = [], place, all = [], isThing = false, named }: Given): Sources {
  return {
    isThing,
    owners: [
      { id: "per_1", name: "Erik", layers: own },
      ...(place === undefined ? [] : [{ id: "plc_1", name: "Riverside", layers: place }]),
      { id: ORGANISATION, name: "Larkfield", layers: all },
    ],
    regions,
    namedDays: named === undefined ? [] : [{ day: dayOf(named), name: "Moving day" }],
    agreed: null,
  };
}

function said(given: Given, text: string, tellsReasons = true): string {
  const day = dayOf(text.slice(0, 10));
  const { layers } = stackOf(sourcesOf(given), zone, { firstDay: day - 4, lastDay: day + 4 }, tellsReasons);
  return layerSentence(layers, layerAt(layers, zone, instant(text)));
}

describe("what decides", () => {
  const usual = weeks([every("09:00", "17:00")]);
  const table: [what: string, given: Given, at: string, sentence: string][] = [
    ["the usual hours", { all: [usual] }, "2027-03-01T10:00", "Open: the usual hours."],
    ["nothing outside of them", { all: [usual] }, "2027-03-01T18:00", "Closed: outside of the usual hours."],
    [
      "one’s own hours before them",
      { own: [weeks([every("18:00", "20:00")])], all: [usual] },
      "2027-03-01T10:00",
      "Closed: outside of the hours of Erik.",
    ],
    [
      "those of the place before them",
      { place: [weeks([every("06:00", "22:00")], null, "centre hours")], all: [usual] },
      "2027-03-01T21:00",
      "Open: centre hours.",
    ],
    [
      "the second week in its turn",
      { all: [weeks([every("09:00", "17:00"), []])] },
      "2027-01-11T10:00",
      "Closed: outside of the usual hours.",
    ],
    [
      "a season before what always holds",
      { all: [usual, weeks([every("07:00", "12:00")], { every: "year", from: "06-01", until: "08-31" }, "summer")] },
      "2027-08-31T08:00",
      "Open: summer.",
    ],
    [
      "a season over the New Year",
      { all: [usual, weeks([[]], { every: "year", from: "12-20", until: "01-06" }, "winter")] },
      "2027-01-05T10:00",
      "Closed: outside of winter.",
    ],
    [
      "a dated season until its last day",
      { all: [usual, weeks([[]], { every: "once", from: null, until: "2027-02-28" }, "the start")] },
      "2027-03-01T10:00",
      "Open: the usual hours.",
    ],
    [
      "a day of its own before the week",
      { all: [usual, days("2027-03-01", "instead", "stocktaking")] },
      "2027-03-01T10:00",
      "Closed: stocktaking.",
    ],
    [
      "what is extra beside it",
      { all: [usual, days("2027-03-01", "also", "long Monday", ["18:00", "21:00"])] },
      "2027-03-01T19:00",
      "Open: long Monday.",
    ],
    [
      "what is extra for everybody opens nobody who has hours of their own",
      { own: [usual], all: [days("2027-03-01", "also", "long Monday", ["18:00", "21:00"])] },
      "2027-03-01T19:00",
      "Closed: outside of the hours of Erik.",
    ],
    [
      "a short day closes whoever has hours of their own",
      { own: [usual], all: [days("2027-12-24", "instead", "Christmas Eve", ["09:00", "12:00"])] },
      "2027-12-24T13:00",
      "Closed: Christmas Eve.",
    ],
    [
      "and leaves the rest of it as it is",
      { own: [usual], all: [days("2027-12-24", "instead", "Christmas Eve", ["08:00", "12:00"])] },
      "2027-12-24T08:30",
      "Closed: outside of the hours of Erik.",
    ],
    [
      "a holiday of the region before all weeks",
      { own: [usual], all: [holidays("DE-BY")] },
      "2027-05-27T10:00",
      "Closed: public holiday in Bavaria (Corpus Christi).",
    ],
    [
      "the region of the place before that of the organisation",
      { place: [holidays("DE-BE")], all: [usual, holidays("DE-BY")] },
      "2027-05-27T10:00",
      "Open: the usual hours.",
    ],
    [
      "no region before one",
      { own: [holidays(null)], all: [usual, holidays("DE-BY")] },
      "2027-05-27T10:00",
      "Open: the usual hours.",
    ],
    [
      "a holiday that is switched off not at all",
      { all: [usual, holidays("DE-BY", { without: ["easter 60"] })] },
      "2027-05-27T10:00",
      "Open: the usual hours.",
    ],
    [
      "a holiday under its own name",
      { all: [usual, holidays("DE-BY", { renamed: [{ key: "easter 60", name: "Parish fair" }] })] },
      "2027-05-27T10:00",
      "Closed: public holiday in Bavaria (Parish fair).",
    ],
    [
      "no holiday of a type that was not chosen",
      { all: [usual, holidays("DE-BY")] },
      "2027-12-24T15:00",
      "Open: the usual hours.",
    ],
    [
      "half a day from when it is one",
      { all: [usual, holidays("DE-BY", { types: ["public", "bank"] })] },
      "2027-12-24T15:00",
      "Closed: public holiday in Bavaria (Christmas Eve).",
    ],
    [
      "and not before",
      { all: [usual, holidays("DE-BY", { types: ["public", "bank"] })] },
      "2027-12-24T13:00",
      "Open: the usual hours.",
    ],
    ["a day that was named", { all: [usual], named: "2027-03-01" }, "2027-03-01T10:00", "Closed: Moving day."],
    [
      "a day of one’s own before a holiday",
      { own: [days("2027-05-27", "instead", "", ["10:00", "12:00"])], all: [usual, holidays("DE-BY")] },
      "2027-05-27T11:00",
      "Open: the day is set apart.",
    ],
    [
      "time off before everything",
      {
        own: [away("2027-05-27", "2027-05-28", "dentist"), days("2027-05-27", "instead", "", ["10:00", "12:00"])],
        all: [usual],
      },
      "2027-05-27T11:00",
      "Closed: away (dentist).",
    ],
    [
      "time off until its last minute",
      { own: [away("2027-03-01T09:00", "2027-03-01T11:00")], all: [usual] },
      "2027-03-01T11:00",
      "Open: the usual hours.",
    ],
    [
      "any time for a thing of which nobody says anything",
      { isThing: true, all: [usual, holidays("DE-BY")] },
      "2027-05-27T03:00",
      "Open: any time.",
    ],
    [
      "time off of a thing",
      { isThing: true, own: [away("2027-03-01", "2027-03-02", "brakes")], all: [usual] },
      "2027-03-02T10:00",
      "Closed: away (brakes).",
    ],
    [
      "the hours of its place",
      { isThing: true, place: [weeks([every("22:00", "02:00")], null, "night shift")] },
      "2027-03-02T01:00",
      "Open: night shift.",
    ],
    [
      "nobody without weeks in any layer, beyond a season",
      { all: [weeks([every("09:00", "17:00")], { every: "once", from: "2028-01-01", until: null })] },
      "2027-03-02T10:00",
      "Closed: nobody has said that it is open.",
    ],
  ];
  for (const [what, given, at, sentence] of table)
    test(`is ${what}: ${sentence}`, () => assert.equal(said(given, at), sentence));

  test("tells nobody else why somebody is away", () => {
    assert.equal(
      said({ own: [away("2027-03-01", "2027-03-01", "dentist")] }, "2027-03-01T10:00", false),
      "Closed: away.",
    );
  });
});

describe("layers", () => {
  const table: [what: string, layers: StoredLayer[], sentence: string | null][] = [
    ["a night", [weeks([every("22:00", "06:00")])], null],
    ["around the clock", [weeks([every("00:00", "24:00")])], null],
    [
      "a day that opens at its end",
      [weeks([[{ weekday: 1, opens: "24:00", closes: "02:00" }]])],
      "Monday: what opens at 24:00 belongs to the next day.",
    ],
    [
      "stretches that meet",
      [weeks([[...every("09:00", "12:00"), { weekday: 3, opens: "11:00", closes: "13:00" }]])],
      "Wednesday: 11:00 lies before 12:00. Make one stretch of the two.",
    ],
    [
      "a season that ends first",
      [weeks([[]], { every: "once", from: "2027-03-02", until: "2027-03-01" })],
      "The season ends on 2027-03-01, before it begins on 2027-03-02.",
    ],
    [
      "time off that ends first",
      [away("2027-03-02T10:00", "2027-03-02T09:00")],
      "It ends at 2027-03-02 09:00, not after 2027-03-02 10:00.",
    ],
    ["time off of a day and a time", [away("2027-03-02", "2027-03-02T09:00")], "Time off has two days, or two times."],
    ["time off for ever", [away("2027-03-02", "2037-03-02")], "From 2027-03-02 to 2037-03-02 is more than 731 days."],
    [
      "two regions",
      [holidays("DE"), holidays("AT")],
      "There are holidays of two regions. One of them is a layer of the place, or of the person.",
    ],
    [
      "a season written as days",
      [{ ...days("2027-01-01", "instead", "", ["09:00", "10:00"]), until: "2028-03-01" } as StoredLayer],
      "426 days have hours of their own: at most 400. Weeks with a season hold for longer.",
    ],
  ];
  for (const [what, layers, sentence] of table)
    test(`of ${what}: ${sentence ?? "may be"}`, () => {
      const problem = problemOf(layers);
      assert.equal(problem !== null && isRefused(problem) ? problem.refused.detail : null, sentence);
    });
});

describe("the stack", () => {
  test("hands in what follows the clock on the wall across the change of clocks", () => {
    const given = sourcesOf({ all: [weeks([every("09:00", "17:00").slice(0, 5)])] });
    const [from, to] = [dayOf("2027-03-26"), dayOf("2027-03-30")];
    const shown = stretchesOf(stackOf(given, zone, { firstDay: from - 1, lastDay: to }, false), zone, from, to).map(
      ({ startMs, endMs }) =>
        `${Temporal.Instant.fromEpochMilliseconds(startMs).toString()}/${(endMs - startMs) / 3_600_000}`,
    );
    assert.deepEqual(shown, ["2027-03-26T08:00:00Z/8", "2027-03-29T07:00:00Z/8"]);
  });

  const first = "2027-03-26";
  const anyDay = fc.nat({ max: 5 }).map((after) => Temporal.PlainDate.from(first).add({ days: after }).toString());
  const hour = (at: number) => `${String(at).padStart(2, "0")}:00`;
  const anyTimes = fc
    .uniqueArray(fc.nat({ max: 11 }), { maxLength: 3 })
    .map((starts) => starts.map((at): [string, string] => [hour(at * 2), hour(at * 2 + 1)]));
  const anyLayer: fc.Arbitrary<StoredLayer> = fc.oneof(
    fc.tuple(anyTimes, anyTimes, fc.boolean(), anyDay).map(([one, other, isSeason, until]) => {
      const week = (times: [string, string][]) => times.flatMap(([opens, closes]) => every(opens, closes));
      return weeks([week(one), week(other)], isSeason ? { every: "once", from: null, until } : null);
    }),
    fc
      .tuple(anyDay, fc.constantFrom("instead" as const, "also" as const), anyTimes)
      .map(([day, how, times]) => days(day, how, "", ...times)),
    fc.tuple(anyDay, fc.nat({ max: 20 })).map(([day, at]) => away(`${day}T${hour(at)}`, `${day}T${hour(at + 3)}`)),
  );
  const anyLayers = fc.array(anyLayer, { maxLength: 4 });

  test("is open exactly when asking owner by owner and rule by rule says so", () => {
    fc.assert(
      fc.property(anyLayers, anyLayers, anyLayers, fc.boolean(), (own, place, all, isThing) => {
        const given = sourcesOf({ own, place, all, isThing });
        const [from, to] = [dayOf(first), dayOf(first) + 6];
        const open = stretchesOf(stackOf(given, zone, { firstDay: from - 4, lastDay: to + 4 }, false), zone, from, to);
        for (let ms = zone.toEpochMs(from * DAY_MS); ms < zone.toEpochMs(to * DAY_MS); ms += 30 * 60_000) {
          const isOpen = open.some(({ startMs, endMs }) => startMs <= ms && ms < endMs);
          assert.equal(isOpen, obviouslyOpen(given, ms), Temporal.Instant.fromEpochMilliseconds(ms).toString());
        }
      }),
      { numRuns: 150 },
    );
  });

  test("explains exactly what it hands in", () => {
    fc.assert(
      fc.property(anyLayers, anyLayers, fc.boolean(), (own, all, isThing) => {
        const stack = stackOf(
          sourcesOf({ own, all, isThing }),
          zone,
          { firstDay: dayOf(first) - 4, lastDay: dayOf(first) + 10 },
          false,
        );
        const [from, to] = [dayOf(first), dayOf(first) + 6];
        const window = { startMs: zone.toEpochMs(from * DAY_MS), endMs: zone.toEpochMs(to * DAY_MS) };
        const parts = partsIn(stack.layers, zone, window);
        const open = parts
          .filter(({ isOpen }) => isOpen)
          .map(({ startMs, endMs }): { startMs: number; endMs: number } => ({ startMs, endMs }));
        assert.deepEqual(normalise(open), stretchesOf(stack, zone, from, to));
        assert.equal(stack.layers.length, stack.deciders.length);
      }),
      { numRuns: 80 },
    );
  });
});

/** Asked of one moment: hours are whole and end on their day, and there are no holidays. */
function obviouslyOpen({ owners, isThing }: Sources, ms: number): boolean {
  const wall = Temporal.Instant.fromEpochMilliseconds(ms).toZonedDateTimeISO("Europe/Berlin").toPlainDateTime();
  const day = wall.toPlainDate().toString();
  const weekday = wall.dayOfWeek;
  const counted = isThing ? owners.filter(({ id }) => id !== ORGANISATION) : owners;
  const holds = (times: readonly { opens: string; closes: string }[]) =>
    times.some(({ opens, closes }) => {
      const at = (clock: string) =>
        Temporal.PlainDateTime.from(`${day}T${clock}`).toZonedDateTime("Europe/Berlin").epochMilliseconds;
      return at(opens) <= ms && ms < at(closes);
    });
  const instantOf = (text: string) =>
    Temporal.PlainDateTime.from(text).toZonedDateTime("Europe/Berlin").epochMilliseconds;
  const isAway = counted.some(({ layers }) =>
    layers.some((layer) => layer.kind === "away" && instantOf(layer.start) <= ms && ms < instantOf(layer.end)),
  );
  if (isAway) return false;
  const weeksOn = (layers: readonly StoredLayer[]) => {
    const all = layers.filter((layer) => layer.kind === "weeks");
    const speaking = [...all.filter(({ season }) => season !== null), ...all.filter(({ season }) => season === null)];
    return speaking.find(({ season }) => season === null || (season.every === "once" && day <= season.until!));
  };
  let isExtra = false;
  for (const [i, { layers }] of counted.entries()) {
    const hasNearer = counted.slice(0, i).some((nearer) => weeksOn(nearer.layers) !== undefined);
    for (const layer of layers) {
      if (layer.kind !== "days" || layer.from !== day) continue;
      if (layer.how === "also") isExtra ||= !hasNearer && holds(layer.times);
      else if (!hasNearer || layer.times.length === 0) return isExtra || holds(layer.times);
      else if (!holds(layer.times)) return isExtra;
    }
  }
  if (isExtra) return true;
  for (const { layers } of counted) {
    const deciding = weeksOn(layers);
    if (deciding === undefined) continue;
    const monday = (date: Temporal.PlainDate) => date.subtract({ days: date.dayOfWeek - 1 });
    const since = monday(Temporal.PlainDate.from("2027-01-04")).until(monday(wall.toPlainDate())).days / 7;
    return holds(deciding.weeks[since % deciding.weeks.length]!.filter((each) => each.weekday === weekday));
  }
  return !counted.some(({ layers }) => layers.some(({ kind }) => kind === "weeks"));
}
