import type { Unit } from "../../../platform/db/database.ts";
import { pageOf, versioned, type Asked } from "./answers.ts";
import { fault, isFault, type Fault } from "./fault.ts";
import { printFilter } from "./filter.ts";
import { groupOf, type Team } from "./mapping.ts";
import { patched, type Operation } from "./patch.ts";
import { GROUPS } from "./schemas.ts";
import { isWanted, unknown, versionChanged, type Writing, type Written } from "./writing.ts";
import {
  changeMembers,
  countGroups,
  deleteGroup,
  GROUPS_MAX,
  holdersOf,
  lockDirectory,
  putGroup,
  readGroups,
  readUsers,
  teamNamed,
} from "./store.ts";
import { treeOf } from "../departments/decide.ts";
import { MEMBERS_MAX, missingIn, resourceIn, shortened, textOf, type Resource } from "./values.ts";

type Faulty = { readonly fault: Fault };

/** Teams, as directories ask for them. */
export const groups = { type: GROUPS, list, one, create, replace, patch, remove };

/** One page of teams. Their people are read only when they are asked for or searched: directories look for teams without them. */
async function list(unit: Unit, asked: Asked, base: string): Promise<Resource> {
  const { only, without } = asked.shown;
  const isMembers = ({ name }: { readonly name: string }) => name.toLowerCase() === "members";
  const isShown = only === null ? !without.some(isMembers) : only.some(isMembers);
  const isSearched = asked.filter !== null && /\bmembers\b/i.test(printFilter(asked.filter));
  const teams = await readGroups(unit, null, isShown || isSearched);
  const shown = (team: Team) => (isShown || isSearched ? versioned(groupOf(team, base)) : groupOf(team, base));
  return pageOf(GROUPS, asked, teams.map(shown));
}

async function one(unit: Unit, id: string, base: string): Promise<Resource | null> {
  const [team] = await readGroups(unit, id, true);
  return team === undefined ? null : versioned(groupOf(team, base));
}

async function create(writing: Writing, body: Resource): Promise<Written | Faulty> {
  const resource = wholeOf(body);
  if (isFault(resource)) return resource;
  await lockDirectory(writing.unit);
  if ((await countGroups(writing.unit)) >= GROUPS_MAX)
    return { fault: { status: 403, scimType: null, detail: `There are ${GROUPS_MAX} teams already.` } };
  return write(writing, null, writing.unit.newId("tea"), resource);
}

async function replace(writing: Writing, id: string, body: Resource): Promise<Written | Faulty> {
  const resource = wholeOf(body);
  return isFault(resource) ? resource : change(writing, id, () => resource);
}

function patch(writing: Writing, id: string, operations: readonly Operation[]): Promise<Written | Faulty> {
  return change(writing, id, (before) => patched(GROUPS, before, operations));
}

async function change(
  writing: Writing,
  id: string,
  become: (before: Resource) => Resource | Faulty,
): Promise<Written | Faulty> {
  const { unit, visit } = writing;
  await lockDirectory(unit);
  const before = await one(unit, id, visit.base);
  if (before === null) return unknown;
  if (!isWanted(visit, before)) return versionChanged;
  const after = become(before);
  return isFault(after) ? after : write(writing, before, id, after);
}

async function remove({ unit, visit }: Writing, id: string): Promise<Written | Faulty> {
  await lockDirectory(unit);
  const before = await one(unit, id, visit.base);
  if (before === null) return unknown;
  if (!isWanted(visit, before)) return versionChanged;
  const { below, managers } = await holdersOf(unit, id);
  if (below > 0 || managers > 0) {
    const detail = below > 0 ? "Other teams are part of this one." : "It is the scope of somebody's role as a manager.";
    return { fault: { status: 409, scimType: null, detail } };
  }
  await deleteGroup(unit, id);
  unit.record({ kind: "removed", thing: { type: "team", id }, fields: ["name"] });
  return { resource: null };
}

function wholeOf(body: Resource): Resource | Faulty {
  if (!Array.isArray(body["schemas"])) return fault("invalidSyntax", "“schemas” says what it is.");
  const resource = resourceIn(GROUPS, body);
  const missing = isFault(resource) ? null : missingIn(GROUPS, resource);
  return missing === null ? resource : fault("invalidValue", `“${missing}” is needed.`);
}

const NAME_MAX = 200;

async function write(
  { unit, visit }: Writing,
  before: Resource | null,
  id: string,
  after: Resource,
): Promise<Written | Faulty> {
  const name = shortened(textOf(after["displayName"]).trim(), NAME_MAX);
  if (name === "") return fault("invalidValue", "A team has a name.");
  if (await teamNamed(unit, name, id))
    return { fault: { status: 409, scimType: "uniqueness", detail: `There is a team called “${name}” already.` } };
  const [now, wanted] = [membersOf(before), membersOf(after)];
  const into = [...wanted].filter((each) => !now.has(each));
  const out = [...now].filter((each) => !wanted.has(each));
  const people = await readUsers(unit, treeOf([]), { by: "ids", ids: into }, { offset: 0, limit: MEMBERS_MAX });
  const here = new Set(people.map((each) => each.id));
  const nobody = into.find((each) => !here.has(each));
  if (nobody !== undefined) return fault("invalidValue", `No user has the id “${nobody.slice(0, 100)}”.`);
  await putGroup(unit, id, name, (after["externalId"] as string | undefined) ?? null);
  await changeMembers(unit, id, { into, out });
  unit.record({
    kind: before === null ? "created" : "updated",
    thing: { type: "team", id },
    fields: ["name", "members"],
    after: { name, into: into.slice(0, TOLD_MAX), out: out.slice(0, TOLD_MAX) },
  });
  return { resource: (await one(unit, id, visit.base))! };
}

/** Ids of people that the log of changes names. */
const TOLD_MAX = 500;

const membersOf = (group: Resource | null): ReadonlySet<string> =>
  new Set(((group?.["members"] ?? []) as readonly Resource[]).map((each) => textOf(each["value"])));
