import { PLACES as YEAR_PLACES } from "./address.ts";

/** The places that have no year in their address, and what stands behind their name in it. */
export type OfficePlace =
  | "team"
  | "staff"
  | "leagues"
  | "settings"
  | "bookings"
  | "approvals"
  | "proof"
  | "start"
  | "join";

/** Those behind the door. */
const INSIDE = ["team", "staff", "leagues", "settings", "bookings", "approvals", "proof"] as const;
export type InsidePlace = (typeof INSIDE)[number];

export const isOffice = (place: string | null): place is InsidePlace => INSIDE.some((each) => each === place);

/** Those of them that have parts of their own behind their name. */
const WITH_PARTS: ReadonlySet<string> = new Set<OfficePlace>([
  "team",
  "staff",
  "leagues",
  "settings",
  "bookings",
  "approvals",
  "join",
]);
const WHOLE: ReadonlySet<string> = new Set<OfficePlace>(["proof", "start"]);
/** The Year and its like, and the doors, which stand over whatever is there. */
const OTHERS: ReadonlySet<string> = new Set(["", "sign-in", "setup", ...YEAR_PLACES]);

/**
 * `/settings/people` is the place settings with the rest "people"; a path of the year's places has none, and one that is
 * no place is nowhere.
 */
export function officeOf(path: string): { readonly place: OfficePlace | "nowhere" | null; readonly rest: string } {
  const [name = "", rest = ""] = path.split(/[?#]/)[0]!.split("/").slice(1);
  if (OTHERS.has(name)) return { place: null, rest };
  const isPlace = WITH_PARTS.has(name) || (WHOLE.has(name) && rest === "");
  return { place: isPlace ? (name as OfficePlace) : "nowhere", rest };
}
