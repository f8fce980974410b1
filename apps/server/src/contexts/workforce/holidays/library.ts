import { assert } from "@hourwright/std";
import { DAY_MS, parseWallTime } from "@hourwright/time";
import type Holidays from "date-holidays";
import {
  HOLIDAY_LANGUAGES,
  HOLIDAY_TYPES,
  HOLIDAY_YEARS_MAX,
  type HolidayLanguage,
  type HolidayLibrary,
  type HolidayType,
  type Region,
  type RegionHoliday,
  type RegionNames,
  type RegionYears,
} from "./model.ts";

// Public holidays by the tables of date-holidays. They take 0.1 to 0.4 s to load: beside the event loop, but for a demo's first start.

const HOUR_MS = 3_600_000;

/** The library in this very thread. Nothing is fetched. */
export const holidaysHere: HolidayLibrary = { holidaysOf, regionsOf };

/**
 * The holidays of a region in some years; null where there is none. A day is that of the date which the holiday names: one that begins
 * at sunset holds on the days it is counted for, its evening before stays open. One that begins within a day closes it from then on.
 */
async function holidaysOf(region: string, fromYear: number, toYear: number): Promise<RegionYears | null> {
  assert(fromYear <= toYear && toYear - fromYear < HOLIDAY_YEARS_MAX, `years of holidays: ${fromYear} to ${toYear}`);
  const calendar = await calendarOf(region);
  if (calendar === null) return null;
  const years = Array.from({ length: toYear - fromYear + 1 }, (_, i) => fromYear + i);
  const days = new Map<string, RegionHoliday>();
  for (const year of years) {
    for (const language of HOLIDAY_LANGUAGES) {
      for (const holiday of calendar.getHolidays(year, language)) {
        for (const { day, fromMinute } of daysOf(holiday)) {
          const id = `${day} ${holiday.rule}`;
          const known = days.get(id);
          const names = { ...known?.names, [language]: holiday.name };
          days.set(id, { day, key: holiday.rule, type: typeOf(holiday.type), fromMinute, names });
        }
      }
    }
  }
  const sorted = [...days.values()].sort((a, b) => a.day - b.day || (a.fromMinute ?? -1) - (b.fromMinute ?? -1));
  return { region, names: await regionNames(region), days: sorted };
}

const typeOf = (type: string): HolidayType => HOLIDAY_TYPES.find((each) => each === type) ?? "observance";

type Dated = { readonly date: string; readonly start: { getTime(): number }; readonly end: { getTime(): number } };

function* daysOf({ date, start, end }: Dated): Generator<{ day: number; fromMinute: number | null }> {
  const first = parseWallTime(date.slice(0, 10))!.localMs / DAY_MS;
  const [hour, minute] = [Number(date.slice(11, 13)), Number(date.slice(14, 16))];
  const fromMinute = hour * 60 + minute;
  const count = Math.max(1, Math.floor((end.getTime() - start.getTime()) / (24 * HOUR_MS)));
  for (let i = 0; i < count; i++) yield { day: first + i, fromMinute: i === 0 && fromMinute > 0 ? fromMinute : null };
}

/** The countries, or the parts of a country or of a part, by name; null where there is no such region. */
async function regionsOf(of: string | null, language: HolidayLanguage): Promise<readonly Region[] | null> {
  const { default: Calendar } = await import("date-holidays");
  const all = new Calendar();
  const byName = (regions: readonly Region[]) => regions.toSorted((a, b) => a.name.localeCompare(b.name, language));
  if (of === null) {
    const names = new Intl.DisplayNames([language], { type: "region" });
    return byName(Object.keys(all.getCountries()).map((region) => ({ region, name: names.of(region) ?? region })));
  }
  if ((await calendarOf(of)) === null) return null;
  const [country, state, district] = of.split("-") as [string, string?, string?];
  if (district !== undefined) return [];
  const parts =
    (state === undefined ? all.getStates(country, language) : all.getRegions(country, state, language)) ?? {};
  const named = Object.entries(parts).map(([code, name]) => {
    const region = `${of}-${code}`;
    return { region, name: (language === "en" ? CALLED_IN_ENGLISH[region] : undefined) ?? name };
  });
  return byName(named);
}

async function regionNames(region: string): Promise<RegionNames> {
  const { default: Calendar } = await import("date-holidays");
  const all = new Calendar();
  const nameIn = (language: HolidayLanguage) => regionName(region, all, language);
  return { en: nameIn("en"), de: nameIn("de"), fr: nameIn("fr"), es: nameIn("es") };
}

function regionName(region: string, all: Holidays, language: HolidayLanguage): string {
  const [country, state, district] = region.split("-") as [string, string?, string?];
  const called = (code: string, names: Record<string, string> | undefined, part: string) =>
    (language === "en" ? CALLED_IN_ENGLISH[code] : undefined) ?? names?.[part] ?? part;
  if (state === undefined) return new Intl.DisplayNames([language], { type: "region" }).of(country) ?? country;
  const ofState = called(`${country}-${state}`, all.getStates(country, language), state);
  if (district === undefined) return ofState;
  return `${ofState}, ${called(region, all.getRegions(country, state, language), district)}`;
}

async function calendarOf(region: string): Promise<Holidays | null> {
  const { default: Calendar } = await import("date-holidays");
  const [country, state, district] = region.split("-") as [string, string?, string?];
  const all = new Calendar();
  const has = (names: Record<string, string> | undefined, part: string) =>
    names !== undefined && Object.hasOwn(names, part);
  if (!has(all.getCountries(), country)) return null;
  if (state !== undefined && !has(all.getStates(country), state)) return null;
  if (district !== undefined && !has(all.getRegions(country, state!), district)) return null;
  // Days are told by date: in which zone they begin does not matter, so every machine finds the same.
  const options = { types: [...HOLIDAY_TYPES], timezone: "UTC" };
  if (state === undefined) return new Calendar(country, options);
  return district === undefined
    ? new Calendar(country, state, options)
    : new Calendar(country, state, district, options);
}

/** Parts of countries that English calls otherwise than they do. */
const CALLED_IN_ENGLISH: Readonly<Record<string, string>> = {
  "DE-BY": "Bavaria",
  "DE-BY-KATH": "Catholic municipalities",
  "DE-BY-EVANG": "Protestant municipalities",
  "DE-BY-A": "Augsburg",
  "DE-HB": "Bremen",
  "DE-HE": "Hesse",
  "DE-HH": "Hamburg",
  "DE-MV": "Mecklenburg-Western Pomerania",
  "DE-NI": "Lower Saxony",
  "DE-NW": "North Rhine-Westphalia",
  "DE-RP": "Rhineland-Palatinate",
  "DE-SN": "Saxony",
  "DE-ST": "Saxony-Anhalt",
  "DE-TH": "Thuringia",
  "AT-1": "Burgenland",
  "AT-2": "Carinthia",
  "AT-3": "Lower Austria",
  "AT-4": "Upper Austria",
  "AT-6": "Styria",
  "AT-7": "Tyrol",
  "AT-9": "Vienna",
  "CH-GE": "Geneva",
  "CH-GR": "Grisons",
  "CH-LU": "Lucerne",
  "CH-TI": "Ticino",
  "CH-VD": "Vaud",
  "CH-VS": "Valais",
  "CH-ZH": "Zurich",
};
