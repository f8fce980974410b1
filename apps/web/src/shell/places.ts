/** The places that have no year in their address, and what stands behind their name in it. */
export type OfficePlace = "settings" | "proof" | "start" | "join";

const PLACES: readonly OfficePlace[] = ["settings", "proof", "start", "join"];

/** `/settings/people` is the place settings with the rest "people"; a path of the year's places has none. */
export function officeOf(path: string): { readonly place: OfficePlace | null; readonly rest: string } {
  const [name = "", rest = ""] = path.split(/[?#]/)[0]!.split("/").slice(1);
  return { place: PLACES.find((place) => place === name) ?? null, rest };
}
