import { assert } from "@hourwright/std";
import { DAY_MS, parseWallTime } from "@hourwright/time";

/** A public holiday: its day of the epoch, and its name in English. */
export type Holiday = { readonly day: number; readonly name: string };

/** The public holidays of Czechia in some years, in order. The tables come with the package: nothing is fetched. */
export async function czechHolidays(fromYear: number, toYear: number): Promise<Holiday[]> {
  assert(fromYear <= toYear && toYear - fromYear < 20, `years of holidays: ${fromYear} to ${toYear}`);
  // Its tables take 0.4 s to load; only the first start of a demo needs them.
  const { default: Holidays } = await import("date-holidays");
  const calendar = new Holidays("CZ", { languages: ["en"], types: ["public"] });
  const years = Array.from({ length: toYear - fromYear + 1 }, (_, i) => fromYear + i);
  return years
    .flatMap((year) => calendar.getHolidays(year))
    .filter(({ type }) => type === "public")
    .map(({ date, name }) => ({ day: parseWallTime(date.slice(0, 10))!.localMs / DAY_MS, name }));
}
