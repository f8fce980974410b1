import { assert } from "@hourwright/std";
import { holidaysHere } from "../contexts/workforce/public.ts";

/** A public holiday: its day of the epoch, and its name in English. */
export type Holiday = { readonly day: number; readonly name: string };

/** Where the demo stands. */
export const REGION = "CZ";

/** The public holidays of Czechia in some years, in order. The tables come with the package: nothing is fetched. */
export async function czechHolidays(fromYear: number, toYear: number): Promise<Holiday[]> {
  const known = await holidaysHere.holidaysOf(REGION, fromYear, toYear);
  assert(known !== null, "there are holidays in Czechia");
  return known.days.filter(({ type }) => type === "public").map(({ day, names }) => ({ day, name: names.en! }));
}
