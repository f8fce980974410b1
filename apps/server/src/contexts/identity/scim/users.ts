import { whyNoAddress } from "@hourwright/contract";
import type { Unit } from "../../../platform/db/database.ts";
import { createPerson } from "../commands.ts";
import { createDepartment, placePeople } from "../departments/commands.ts";
import { pathOf, type Tree } from "../departments/decide.ts";
import { lockDepartments, readDepartments, readDepartmentsOfPeople } from "../departments/store.ts";
import { membershipOf, organisationOf, subjectsByEmail } from "../store.ts";
import { changeSubject, retirePerson } from "../subjects.ts";
import { listOf, pageOf, versioned, type Asked } from "./answers.ts";
import { fault, isFault, type Fault } from "./fault.ts";
import { completed, endsWith, userNameOf, userOf, wishOf, type Person, type UserWish } from "./mapping.ts";
import { narrowedBy } from "./matching.ts";
import { patched, type Operation } from "./patch.ts";
import { USERS } from "./schemas.ts";
import { isWanted, orFault, unknown, versionChanged, type Writing, type Written } from "./writing.ts";
import { countUsers, forgetUser, keepUser, lockDirectory, readUsers, wasRemoved } from "./store.ts";
import { missingIn, resourceIn, type Resource } from "./values.ts";

/** People who are read to be searched: a filter may ask for anything. */
const USERS_MAX = 20_000;

type Faulty = { readonly fault: Fault };

/** People, as directories ask for them. */
export const users = { type: USERS, list, one, create, replace, patch, remove };

/** One page of people. Without a filter and an order the database makes the page; one that asks for a name finds it by an index. */
async function list(unit: Unit, asked: Asked, base: string): Promise<Resource> {
  const tree = await readDepartments(unit);
  const shown = (people: readonly Person[]) => people.map((each) => versioned(userOf(each, base)));
  if (asked.filter === null && asked.sortBy === null) {
    const page = { offset: asked.startIndex - 1, limit: asked.count };
    return listOf(USERS, asked, await countUsers(unit), shown(await readUsers(unit, tree, null, page)));
  }
  const which = asked.filter === null ? null : narrowedBy(asked.filter);
  return pageOf(USERS, asked, shown(await readUsers(unit, tree, which, { offset: 0, limit: USERS_MAX })));
}

async function one(unit: Unit, id: string, base: string): Promise<Resource | null> {
  const person = await personOf(unit, id);
  return person === null ? null : versioned(userOf(person, base));
}

async function personOf(unit: Unit, id: string): Promise<Person | null> {
  const people = await readUsers(unit, await readDepartments(unit), { by: "id", value: id }, { offset: 0, limit: 1 });
  return people[0] ?? null;
}

async function create(writing: Writing, body: Resource): Promise<Written | Faulty> {
  const resource = wholeOf(body);
  if (isFault(resource)) return resource;
  const { unit, ports } = writing;
  await lockDirectory(unit);
  const wish = wishOf(resource, null, {});
  const barred = await barredBy(unit, null, wish);
  if (barred !== null) return barred;
  const zone = wish.zone ?? (await organisationOf(unit)).zone;
  const removed = wish.email === null ? null : await removedWith(unit, wish.email);
  if (removed !== null) return write(writing, removed, wish);
  const made = orFault(await createPerson(unit, { name: wish.name, email: wish.email, zone }));
  if (isFault(made)) return made;
  await ports.openCalendarFor(unit, made.id, wish.name, zone);
  ports.wakeAvailability(unit);
  return write(writing, { id: made.id, name: made.name, email: made.email, zone, retired: false }, wish);
}

/** Somebody whom the directory had removed comes back with their history when they are made again with their address. */
async function removedWith(unit: Unit, email: string): Promise<Now | null> {
  const [known] = await subjectsByEmail(unit, [email]);
  return known !== undefined && known.retired && (await wasRemoved(unit, known.id)) ? known : null;
}

async function replace(writing: Writing, id: string, body: Resource): Promise<Written | Faulty> {
  const resource = wholeOf(body);
  if (isFault(resource)) return resource;
  return change(writing, id, (before, told) => completed(resource, before, told));
}

function patch(writing: Writing, id: string, operations: readonly Operation[]): Promise<Written | Faulty> {
  return change(writing, id, (before) => patched(USERS, before, operations));
}

async function change(
  writing: Writing,
  id: string,
  become: (before: Resource, told: Resource) => Resource | Faulty,
): Promise<Written | Faulty> {
  const { unit, visit } = writing;
  await lockDirectory(unit);
  const person = await personOf(unit, id);
  if (person === null) return unknown;
  const before = versioned(userOf(person, visit.base));
  if (!isWanted(visit, before)) return versionChanged;
  const told = person.kept?.attributes ?? {};
  const after = become(before, told);
  if (isFault(after)) return after;
  const wish = wishOf(after, before, told);
  return (await barredBy(unit, id, wish)) ?? write(writing, person, wish);
}

/** Retired, and seen by the directory no more; who they were and what they did stays. */
async function remove(writing: Writing, id: string): Promise<Written | Faulty> {
  const { unit, visit } = writing;
  await lockDirectory(unit);
  const person = await personOf(unit, id);
  if (person === null) return unknown;
  if (!isWanted(visit, versioned(userOf(person, visit.base)))) return versionChanged;
  const left = person.retired ? null : await retire(writing, id);
  if (isFault(left)) return left;
  await forgetUser(unit, id);
  return { resource: null, left };
}

function wholeOf(body: Resource): Resource | Faulty {
  if (!Array.isArray(body["schemas"])) return fault("invalidSyntax", "“schemas” says what it is.");
  const resource = resourceIn(USERS, body);
  const missing = isFault(resource) ? null : missingIn(USERS, resource);
  return missing === null ? resource : fault("invalidValue", `“${missing}” is needed.`);
}

/** Why nobody can be so; null when they can. */
async function barredBy(unit: Unit, id: string | null, wish: UserWish): Promise<Faulty | null> {
  const { userName } = wish.kept;
  const tree = await readDepartments(unit);
  const alike = await readUsers(unit, tree, { by: "userName", value: userName }, { offset: 0, limit: ALIKE_MAX });
  if (alike.some((each) => each.id !== id && userNameOf(each).toLowerCase() === userName.toLowerCase()))
    return { fault: { status: 409, scimType: "uniqueness", detail: `Somebody else has the userName “${userName}”.` } };
  const why = wish.email === null ? null : whyNoAddress(wish.email);
  if (why !== null) return fault("invalidValue", `“${wish.email!}” is no mail address.`);
  if (wish.managerId === null) return null;
  const [manager] = await readUsers(unit, tree, { by: "id", value: wish.managerId }, { offset: 0, limit: 1 });
  return manager === undefined
    ? fault("invalidValue", `No user has the id “${wish.managerId}”, who is to be the manager.`)
    : null;
}

const ALIKE_MAX = 10;

type Now = Pick<Person, "id" | "name" | "email" | "zone" | "retired">;

/** Makes somebody what a directory wants them to be, by the product's own commands. */
async function write(writing: Writing, now: Now, wish: UserWish): Promise<Written | Faulty> {
  const { unit, ports, visit } = writing;
  const { id } = now;
  const zone = wish.zone ?? now.zone;
  const changes = {
    ...(wish.name === now.name ? {} : { name: wish.name }),
    ...(wish.email === now.email ? {} : { email: wish.email }),
    ...(zone === now.zone ? {} : { zone }),
    ...(now.retired && wish.active ? { retired: false as const } : {}),
  };
  if (Object.keys(changes).length > 0) {
    const changed = orFault(await changeSubject(unit, ports, { id, family: "person", ifMatch: null }, changes));
    if (isFault(changed)) return changed;
  }
  const placed = await place(writing, id, wish.department);
  if (isFault(placed)) return placed;
  const left = wish.active || now.retired ? null : await retire(writing, id);
  if (isFault(left)) return left;
  await keepUser(unit, id, { ...wish.kept, name: wish.name, email: wish.email }, wish.managerId);
  // What a directory alone knows is told too: lists are of this version from now on.
  unit.record({ kind: "updated", thing: { type: "scimUser", id }, fields: ["attributes"] });
  return { resource: (await one(unit, id, visit.base))!, left };
}

/** The user who may sign in no more; null for who never could. */
async function retire({ unit, ports, caller }: Writing, id: string): Promise<string | null | Faulty> {
  const membership = await membershipOf(unit, id);
  const retired = orFault(await retirePerson(unit, ports, caller, { id, ifMatch: null }));
  return isFault(retired) ? retired : (membership?.userId ?? null);
}

async function place(
  { unit, caller }: Writing,
  personId: string,
  names: readonly string[] | null,
): Promise<null | Faulty> {
  await lockDepartments(unit);
  const now = (await readDepartmentsOfPeople(unit, [personId])).get(personId) ?? null;
  const departmentId = names === null ? null : await departmentAt({ unit, caller }, names, now);
  if (isFault(departmentId)) return departmentId;
  if (departmentId === now) return null;
  const placed = orFault(await placePeople(unit, caller, [{ personId, departmentId }]));
  return isFault(placed) ? placed : null;
}

/** As of departments that are made by hand. */
const DEPARTMENT_NAME_MAX = 100;

/** The department that a directory means: the one somebody is in if it may be that, else the only one so called; a new one where there is none. */
async function departmentAt(
  { unit, caller }: Pick<Writing, "unit" | "caller">,
  names: readonly string[],
  now: string | null,
): Promise<string | Faulty> {
  const tree = await readDepartments(unit);
  const meant = meantBy(tree, names);
  if (now !== null && meant.some(({ id }) => id === now)) return now;
  const whole = meant.find(({ path }) => path.length === names.length);
  if (whole !== undefined) return whole.id;
  if (meant.length === 1) return meant[0]!.id;
  if (meant.length > 1)
    return fault(
      "invalidValue",
      `There are several departments “${names.join(" / ")}”: ${meant.map(({ path }) => path.join(" / ")).join("; ")}.`,
    );
  if (names.some(({ length }) => length > DEPARTMENT_NAME_MAX))
    return fault("invalidValue", `A department's name has at most ${DEPARTMENT_NAME_MAX} characters.`);
  let parentId: string | null = null;
  for (const [level, name] of names.entries()) {
    const there = meantBy(tree, names.slice(0, level + 1)).find(({ path }) => path.length === level + 1);
    const made: { readonly id: string } | Faulty =
      there ?? orFault(await createDepartment(unit, caller, { name, parentId, managerIds: [] }));
    if (isFault(made)) return made;
    parentId = made.id;
  }
  return parentId!;
}

function meantBy(tree: Tree, names: readonly string[]): { readonly id: string; readonly path: readonly string[] }[] {
  return [...tree.byId.keys()]
    .map((id) => ({
      id,
      path: pathOf(tree, id)
        .map(({ name }) => name)
        .toReversed(),
    }))
    .filter(({ path }) => endsWith(path, names));
}
