import { thingIdIn } from "../../shell/thing-id.ts";

/** The parts of staff, each with an address: `/staff/departments`; people come first. */
export const STAFF_PARTS = ["people", "departments", "demand", "figures", "file", "shifts"] as const;
export type StaffPart = (typeof STAFF_PARTS)[number];

/** In the place of an id: what is about to be made. */
export const NEW = "new";

export type StaffAddress = { readonly part: StaffPart; readonly id: string | null };

/** Reads `/staff/people/per_01…`; what it does not say is the list of people. */
export function parseStaff(path: string): StaffAddress {
  const [, part, id = ""] = new URL(path, "http://localhost").pathname.split("/").slice(1);
  return {
    part: STAFF_PARTS.find((each) => each === part) ?? "people",
    id: id === NEW ? NEW : thingIdIn(id),
  };
}

export const printStaff = (part: StaffPart, id: string | null = null): string =>
  id === null ? (part === "people" ? "/staff" : `/staff/${part}`) : `/staff/${part}/${id}`;

export const SORTS = ["name", "department", "contract", "leave", "balance"] as const;
export type Sort = (typeof SORTS)[number];

/** What of the list of people is shown, and in which order: kept in the address, so that it can be shared. */
export type PeopleShown = {
  readonly search: string;
  readonly department: string;
  readonly site: string;
  readonly skill: string;
  readonly sort: Sort;
  readonly isDown: boolean;
};

const TEXT_MAX = 200;

export function parsePeople(path: string): PeopleShown {
  const { searchParams } = new URL(path, "http://localhost");
  const text = (name: string) => (searchParams.get(name) ?? "").slice(0, TEXT_MAX);
  return {
    search: text("search"),
    department: text("department"),
    site: text("site"),
    skill: text("skill"),
    sort: SORTS.find((each) => each === searchParams.get("sort")) ?? "name",
    isDown: searchParams.get("order") === "down",
  };
}

export function printPeople({ search, department, site, skill, sort, isDown }: PeopleShown): string {
  const query = new URLSearchParams();
  for (const [name, value] of Object.entries({ search, department, site, skill }))
    if (value !== "") query.set(name, value);
  if (sort !== "name") query.set("sort", sort);
  if (isDown) query.set("order", "down");
  const text = query.toString();
  return text === "" ? "/staff" : `/staff?${text}`;
}
