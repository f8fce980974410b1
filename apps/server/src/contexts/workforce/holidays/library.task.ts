import type { Task, WorkerPool } from "../../../platform/workers/pool.ts";
import { holidaysHere } from "./library.ts";
import type { HolidayLanguage, HolidayLibrary, Region, RegionYears } from "./model.ts";

type YearsAsked = { readonly region: string; readonly fromYear: number; readonly toYear: number };
type RegionsAsked = { readonly of: string | null; readonly language: HolidayLanguage };

const years: Task<YearsAsked, never, RegionYears | null> = { module: new URL(import.meta.url), name: "yearsTask" };
const regions: Task<RegionsAsked, never, readonly Region[] | null> = {
  module: new URL(import.meta.url),
  name: "regionsTask",
};

/** The library on a compute thread: its tables hold nobody up. */
export function holidaysOnThread(pool: WorkerPool): HolidayLibrary {
  return {
    holidaysOf: (region, fromYear, toYear) => pool.run(years, { region, fromYear, toYear }, {}),
    regionsOf: (of, language) => pool.run(regions, { of, language }, {}),
  };
}

// oxlint-disable-next-line require-yield -- a task hands out parts; this one has but its result
export async function* yearsTask({ region, fromYear, toYear }: YearsAsked): AsyncGenerator<never, RegionYears | null> {
  return holidaysHere.holidaysOf(region, fromYear, toYear);
}

// oxlint-disable-next-line require-yield -- a task hands out parts; this one has but its result
export async function* regionsTask({ of, language }: RegionsAsked): AsyncGenerator<never, readonly Region[] | null> {
  return holidaysHere.regionsOf(of, language);
}
