import { exactly, openIn, speaksOf, type Layer, type Opening } from "@hourwright/availability";
import { DAY_MS, dateOf, dayNumber, daysInMonth, parseWallTime, type Interval, type Zone } from "@hourwright/time";
import type { RegionHoliday, RegionNames } from "../holidays/model.ts";
import { agreedLayer, type Agreed } from "../schedules/agreed.ts";
import { openingOf } from "./decide.ts";
import { ORGANISATION, type Decider, type LayerOf, type Owned, type StoredLayer } from "./model.ts";

// Pure: the layers of a person, their place and the organisation as one stack, the first of which decides. The precedence stands in the README.

/** What the opening times of a subject are made of. Of a thing the organisation's layers do not count. */
export type Sources = {
  readonly isThing: boolean;
  /** The nearest first: own, the place's, the organisation's; who has none is left out. */
  readonly owners: readonly Owned[];
  readonly regions: ReadonlyMap<string, { readonly names: RegionNames; readonly days: readonly RegionHoliday[] }>;
  /** Holidays that the organisation has named, by day. */
  readonly namedDays: readonly { readonly day: number; readonly name: string }[];
  /** What a contract and approved adjustments make of their days; null of whom nothing is agreed. */
  readonly agreed: Agreed | null;
};

/** Days of the epoch, the last included. */
export type DaySpan = { readonly firstDay: number; readonly lastDay: number };

/** Layers, and what each is told as. `isKnown`: somebody has said when it is open, or when not. */
export type Stack = {
  readonly layers: readonly Layer[];
  readonly deciders: readonly Decider[];
  readonly isKnown: boolean;
};

type Entry = { readonly layer: Layer; readonly decider: Decider };

/** The stack of a subject for some days. `tellsReasons`: the reasons of time off stand in it, for who may know them. */
export function stackOf(sources: Sources, zone: Zone, span: DaySpan, tellsReasons: boolean): Stack {
  const { isThing, namedDays } = sources;
  const owners = isThing ? sources.owners.filter(({ id }) => id !== ORGANISATION) : sources.owners;
  const weeks = owners.map((owner) => weeksOf(owner, span));
  const agreed = agreedOf(sources, span);
  // What is agreed is as near as one's own weeks: days of others close it, and open nothing.
  const nearer = (i: number) => (i === 0 ? [] : [...agreed, ...weeks.slice(0, i).flat()]);
  const entries = [
    ...owners.flatMap((owner) => awayOf(owner, zone, span, tellsReasons)),
    ...owners.flatMap((owner, i) => daysOf(owner, nearer(i), zone, span)),
    ...agreed,
    ...(isThing ? [] : namedDays.filter(isWithin(span)).map(namedDay)),
    ...holidaysOf(owners, sources.regions, span),
    ...weeks.flat(),
  ];
  const isKnown =
    entries.length > 0 &&
    (isThing || sources.agreed !== null || weeks.some((own) => own.length > 0) || owners.some(isOwn));
  const all = weeks.some((own) => own.length > 0) ? entries : [...entries, ANY_TIME];
  return { layers: all.map(({ layer }) => layer), deciders: all.map(({ decider }) => decider), isKnown };
}

function agreedOf({ agreed }: Sources, { firstDay, lastDay }: DaySpan): Entry[] {
  const layer = agreed === null ? null : agreedLayer(agreed, firstDay, lastDay);
  return layer === null ? [] : [{ layer, decider: { ...NOBODY, kind: "contract" } }];
}

const isOwn = ({ id, layers }: Owned): boolean => id !== ORGANISATION && layers.length > 0;

const isWithin =
  ({ firstDay, lastDay }: DaySpan) =>
  ({ day }: { readonly day: number }): boolean =>
    firstDay <= day && day <= lastDay;

const WHOLE_DAY: Opening = { fromMinute: 0, toMinute: 1_440 };
const NOBODY = { of: null, name: "", names: {}, region: null, regionNames: {}, reason: null } as const;
const ANY_TIME: Entry = {
  layer: {
    kind: "weekly",
    weeks: [Array.from({ length: 7 }, () => [WHOLE_DAY])],
    anchorDay: 0,
    fromDay: null,
    toDay: null,
    reason: "any time",
  },
  decider: { kind: "any", ...NOBODY },
};

const dayOf = (text: string): number => parseWallTime(text)!.localMs / DAY_MS;

const named = (kind: Decider["kind"], { id }: Pick<Owned, "id">, name: string): Decider => ({
  ...NOBODY,
  kind,
  of: id,
  name,
});

const ofKind = <Kind extends StoredLayer["kind"]>(layers: readonly StoredLayer[], kind: Kind): LayerOf<Kind>[] =>
  layers.filter((layer): layer is LayerOf<Kind> => layer.kind === kind);

function awayOf(owner: Owned, zone: Zone, span: DaySpan, tellsReasons: boolean): Entry[] {
  return ofKind(owner.layers, "away").flatMap(({ start, end, reason }) => {
    const isWhole = start.length === 10;
    const startMs = zone.toEpochMs(parseWallTime(start)!.localMs);
    const endMs = zone.toEpochMs(parseWallTime(end)!.localMs + (isWhole ? DAY_MS : 0));
    const isNear = dayOf(start.slice(0, 10)) <= span.lastDay && dayOf(end.slice(0, 10)) >= span.firstDay;
    if (startMs >= endMs || !isNear) return [];
    const told = tellsReasons && reason !== null && reason !== "" ? reason : null;
    const layer: Layer = { kind: "off", startMs, endMs, reason: told === null ? "away" : `away (${told})` };
    return [{ layer, decider: { ...named("away", owner, ""), reason: told } }];
  });
}

/** Who has weeks nearer than these days is closed by them, and never opened. */
function daysOf(owner: Owned, nearer: readonly Entry[], zone: Zone, span: DaySpan): Entry[] {
  return ofKind(owner.layers, "days").flatMap((stored) => {
    const [fromDay, toDay] = [dayOf(stored.from), dayOf(stored.until)];
    if (toDay < span.firstDay || fromDay > span.lastDay) return [];
    const openings = stored.times.map(openingOf);
    const reason = stored.name === "" ? "the day is set apart" : stored.name;
    const decider = named("days", owner, stored.name);
    const kind = stored.how === "also" ? "extra" : "override";
    if (kind === "override" && openings.length === 0)
      return [{ layer: { kind, fromDay, toDay, openings, reason }, decider }];
    const entries: Entry[] = [];
    for (let day = Math.max(fromDay, span.firstDay); day <= Math.min(toDay, span.lastDay); day++) {
      if (!nearer.some(({ layer }) => speaksOf(layer, day)))
        entries.push({ layer: { kind, fromDay: day, toDay: day, openings, reason }, decider });
      else if (kind === "override") {
        for (const gap of gapsOf(openings)) {
          const cut = exactly(gap, day, zone);
          if (cut !== null) entries.push({ layer: { kind: "off", ...cut, reason }, decider });
        }
      }
    }
    return entries;
  });
}

/** What a day has beside some openings. */
function gapsOf(openings: readonly Opening[]): Opening[] {
  const gaps: Opening[] = [];
  let fromMinute = 0;
  for (const opening of openings.toSorted((a, b) => a.fromMinute - b.fromMinute)) {
    if (opening.fromMinute > fromMinute) gaps.push({ fromMinute, toMinute: opening.fromMinute });
    fromMinute = Math.max(fromMinute, opening.toMinute);
  }
  if (fromMinute < 1_440) gaps.push({ fromMinute, toMinute: 1_440 });
  return gaps;
}

function namedDay({ day, name }: Sources["namedDays"][number]): Entry {
  const layer: Layer = { kind: "holiday", day, part: null, name, region: null };
  return { layer, decider: { ...named("day", { id: ORGANISATION }, name) } };
}

/** The nearest who says of which region has the say. */
function holidaysOf(owners: readonly Owned[], regions: Sources["regions"], span: DaySpan): Entry[] {
  for (const owner of owners) {
    const [stored] = ofKind(owner.layers, "holidays");
    if (stored === undefined) continue;
    const known = stored.region === null ? undefined : regions.get(stored.region);
    if (known === undefined) return [];
    return closingHolidays(stored, known.days)
      .filter(isWithin(span))
      .map(({ day, fromMinute, name, names }) => {
        const part = fromMinute === null ? null : { fromMinute, toMinute: 1_440 };
        const layer: Layer = { kind: "holiday", day, part, name, region: known.names.en };
        return {
          layer,
          decider: { ...named("holidays", owner, name), names, region: known.names.en, regionNames: known.names },
        };
      });
  }
  return [];
}

/** The holidays of a region that close, under the names that they have here. */
export function closingHolidays(
  { types, without, renamed }: LayerOf<"holidays">,
  days: readonly RegionHoliday[],
): (RegionHoliday & { readonly name: string; readonly names: Readonly<Record<string, string>> })[] {
  const off = new Set(without);
  const called = new Map(renamed.map(({ key, name }) => [key, name]));
  return days
    .filter(({ type, key }) => types.includes(type) && !off.has(key))
    .map((holiday) => {
      const own = called.get(holiday.key);
      const name = own ?? holiday.names.en ?? Object.values(holiday.names)[0] ?? holiday.key;
      return { ...holiday, name, names: own === undefined ? holiday.names : {} };
    });
}

/** Weeks of seasons first, then those that always hold; each in its order. */
function weeksOf(owner: Owned, span: DaySpan): Entry[] {
  const all = ofKind(owner.layers, "weeks");
  const sorted = [...all.filter(({ season }) => season !== null), ...all.filter(({ season }) => season === null)];
  return sorted.flatMap((stored) =>
    seasonsOf(stored.season, span).map(({ fromDay, toDay }) => ({
      layer: {
        kind: "weekly" as const,
        weeks: stored.weeks.map((week) =>
          [1, 2, 3, 4, 5, 6, 7].map((weekday) => week.filter((each) => each.weekday === weekday).map(openingOf)),
        ),
        anchorDay: dayOf(stored.anchor),
        fromDay,
        toDay,
        reason: stored.name === "" ? hoursOf(owner) : stored.name,
      },
      decider: named("weeks", owner, stored.name),
    })),
  );
}

const hoursOf = ({ id, name }: Owned): string => (id === ORGANISATION ? "the usual hours" : `the hours of ${name}`);

type Season = { readonly fromDay: number | null; readonly toDay: number | null };

function seasonsOf(season: LayerOf<"weeks">["season"], { firstDay, lastDay }: DaySpan): Season[] {
  if (season === null) return [{ fromDay: null, toDay: null }];
  if (season.every === "once") {
    const [fromDay, toDay] = [season.from, season.until].map((day) => (day === null ? null : dayOf(day)));
    return [{ fromDay: fromDay!, toDay: toDay! }];
  }
  const isOverNewYear = season.until < season.from;
  const [first, last] = [dateOf(firstDay).year - 1, dateOf(lastDay).year];
  const years = Array.from({ length: last - first + 1 }, (_, i) => first + i);
  return years.map((year) => ({
    fromDay: dayInYear(year, season.from),
    toDay: dayInYear(isOverNewYear ? year + 1 : year, season.until),
  }));
}

function dayInYear(year: number, text: string): number {
  const [month, day] = text.split("-").map(Number) as [number, number];
  return dayNumber(year, month, Math.min(day, daysInMonth(year, month)));
}

/** Longer windows are asked in parts. */
const DAYS_AT_ONCE = 390;

/** The exact stretches of a stack from a day to before another, in order and apart. */
export function stretchesOf({ layers }: Stack, zone: Zone, fromDay: number, toDay: number): Interval[] {
  const stretches: Interval[] = [];
  for (let day = fromDay; day < toDay; day += DAYS_AT_ONCE) {
    const window = {
      startMs: zone.toEpochMs(day * DAY_MS),
      endMs: zone.toEpochMs(Math.min(day + DAYS_AT_ONCE, toDay) * DAY_MS),
    };
    for (const stretch of openIn(layers, zone, window)) {
      const before = stretches.at(-1);
      if (before?.endMs === stretch.startMs) stretches[stretches.length - 1] = { ...before, endMs: stretch.endMs };
      else stretches.push(stretch);
    }
  }
  return stretches;
}
