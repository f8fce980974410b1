import type { SharedCalendar, Thing } from "../plan/model.ts";

const MAIN = "Larkfield";
const RIVERSIDE = "Riverside";

/** Nine rooms and vehicles. None of them is in two places at once. */
export const things: readonly Thing[] = [
  { name: "Hall A", kind: "room", capacity: 220, site: MAIN },
  { name: "Hall B", kind: "room", capacity: 120, site: MAIN },
  { name: "Studio", kind: "room", capacity: 30, site: MAIN },
  { name: "Pool", kind: "room", capacity: 80, site: RIVERSIDE },
  { name: "Bay 1", kind: "room", capacity: 6, site: MAIN },
  { name: "Bay 2", kind: "room", capacity: 6, site: MAIN },
  { name: "School car 1", kind: "vehicle", capacity: 4, site: MAIN },
  { name: "School car 2", kind: "vehicle", capacity: 4, site: MAIN },
  { name: "Minibus", kind: "vehicle", capacity: 16, site: MAIN },
];

export const calendars = [
  { name: "Programmes", colour: 250, category: "programme" },
  { name: "Fixtures", colour: 165, category: "fixture" },
  { name: "Bookings", colour: 75, category: "booking" },
  { name: "Leave", colour: 325, category: "leave" },
  { name: "Board & admin", colour: 295, category: "admin" },
  { name: "Facilities", colour: 215, category: "facility" },
] as const satisfies readonly SharedCalendar[];
