import { asciiAddress, whyNoAddress } from "@hourwright/contract";
import { ENTERPRISE, GROUP, GROUPS, USER, USERS, type ResourceType } from "./schemas.ts";
import { shortened, textOf, type Resource } from "./values.ts";

// Pure: a person as a directory sees one, and what a directory wants a person to be. The same of teams.

/** What a directory has said that the product has no place for, and what it said of what it has one for. */
export type Kept = {
  readonly userName: string;
  readonly externalId: string | null;
  readonly attributes: Resource;
  /** The name and the address that its words were taken for: what was changed here since is shown in their place. */
  readonly name: string;
  readonly email: string | null;
};

export type Person = {
  readonly id: string;
  readonly name: string;
  readonly email: string | null;
  readonly zone: string;
  readonly retired: boolean;
  readonly changedMs: number;
  /** Null: no directory has spoken of them. */
  readonly kept: Kept | null;
  /** Names from the top; empty: in none. */
  readonly department: readonly string[];
  readonly teams: readonly { readonly id: string; readonly name: string }[];
  readonly manager: { readonly id: string; readonly name: string } | null;
};

export type Team = {
  readonly id: string;
  readonly name: string;
  readonly externalId: string | null;
  /** Null: no directory has changed it. */
  readonly changedMs: number | null;
  /** Null: not asked for. */
  readonly members: readonly { readonly id: string; readonly name: string }[] | null;
};

/** Where resources have their addresses: `https://…/scim/v2`. */
export type Base = string;

/** A person as a User. */
export function userOf(person: Person, base: Base): Resource {
  const { kept } = person;
  const attributes = kept?.attributes ?? {};
  const enterprise = enterpriseOf(person, base);
  const emails = emailsOf(person);
  return tidied({
    ...attributes,
    schemas: enterprise === null ? [USER] : [USER, ENTERPRISE],
    id: person.id,
    externalId: kept?.externalId ?? null,
    userName: userNameOf(person),
    displayName: person.name,
    name: kept !== null && kept.name === person.name ? attributes["name"] : { formatted: person.name },
    active: !person.retired,
    timezone: person.zone,
    emails: emails.length === 0 ? null : emails,
    groups: person.teams.map(({ id, name }) => ({
      value: id,
      $ref: `${base}/Groups/${id}`,
      display: name,
      type: "direct",
    })),
    [ENTERPRISE]: enterprise,
    meta: metaOf(USERS, person, base),
  });
}

/** By which a directory finds somebody of whom none has spoken yet: their address, else their id. */
export const userNameOf = ({ id, email, kept }: Pick<Person, "id" | "email" | "kept">): string =>
  kept?.userName ?? email ?? id;

/** The addresses as given; where the person's was changed here since, that one. */
function emailsOf({ email, kept }: Person): readonly Resource[] {
  const given = (kept?.attributes["emails"] ?? []) as readonly Resource[];
  const used = mailIn(given);
  if (used === null || addressOf(used) !== kept?.email) {
    if (email === null || given.some((each) => addressOf(textOf(each["value"])) === email)) return given;
    return [{ value: email, type: "work", primary: true }, ...given.map((each) => ({ ...each, primary: undefined }))];
  }
  if (kept.email === email) return given;
  const others = given.filter((each) => each["value"] !== used);
  return email === null ? others : [{ ...given.find((each) => each["value"] === used)!, value: email }, ...others];
}

/** The address to use: the primary one, else that for work, else the first. */
function mailIn(emails: readonly Resource[]): string | null {
  const found =
    emails.find((each) => each["primary"] === true) ??
    emails.find((each) => textOf(each["type"]).toLowerCase() === "work") ??
    emails[0];
  return typeof found?.["value"] === "string" ? found["value"] : null;
}

const addressOf = (text: string): string => (asciiAddress(text) ?? text).toLowerCase();

const toldDepartment = (kept: Kept | null): string | null => {
  const enterprise = kept?.attributes[ENTERPRISE] as Resource | undefined;
  return (enterprise?.["department"] as string | undefined) ?? null;
};

/** The department in the directory's words while they mean it, else as a path. */
function enterpriseOf({ kept, department, manager }: Person, base: Base): Resource | null {
  const told = toldDepartment(kept);
  const isMeant = told !== null && endsWith(department, departmentPath(told));
  const enterprise = tidied({
    ...(kept?.attributes[ENTERPRISE] as Resource | undefined),
    department: isMeant ? told : department.length === 0 ? null : department.join(" / "),
    manager:
      manager === null ? null : { value: manager.id, $ref: `${base}/Users/${manager.id}`, displayName: manager.name },
  });
  return Object.keys(enterprise).length === 0 ? null : enterprise;
}

export const departmentPath = (text: string): string[] =>
  text
    .split(/\s+[/>›]\s+/)
    .map((each) => each.trim())
    .filter((each) => each !== "");

export function endsWith(path: readonly string[], end: readonly string[]): boolean {
  const last = path.slice(-end.length);
  return (
    end.length > 0 &&
    last.length === end.length &&
    last.every((each, i) => each.toLowerCase() === end[i]!.toLowerCase())
  );
}

/** What a directory wants somebody to be. */
export type UserWish = {
  readonly name: string;
  readonly email: string | null;
  /** Undefined: as it is. */
  readonly zone: string | undefined;
  readonly active: boolean;
  /** Names from the top, or the last of them; null: in none. */
  readonly department: readonly string[] | null;
  readonly managerId: string | null;
  readonly kept: Omit<Kept, "name" | "email">;
};

/**
 * What a resource says of somebody. `before` is how they are shown now, `told` what the directory itself had said: a name that was only
 * shown does not stand against one that is said in its parts.
 */
export function wishOf(resource: Resource, before: Resource | null, told: Resource): UserWish {
  const enterprise = (resource[ENTERPRISE] ?? {}) as Resource;
  const userName = resource["userName"] as string;
  const emails = (resource["emails"] ?? []) as readonly Resource[];
  const email = mailIn(emails) ?? (whyNoAddress(userName) === null ? userName : null);
  const names = namesOf(resource, before, told);
  const department = departmentPath((enterprise["department"] as string | undefined) ?? "");
  const { manager, ...rest } = enterprise;
  const managerId = ((manager as Resource | undefined)?.["value"] as string | undefined) ?? null;
  const {
    userName: _,
    externalId,
    active,
    timezone,
    displayName: __,
    name: ___,
    emails: ____,
    ...others
  } = kept(resource);
  const [shown, said] = [before?.[ENTERPRISE] ?? {}, told[ENTERPRISE] ?? {}] as [Resource, Resource];
  const extension = tidied({ ...rest, department: saidOf(enterprise, shown, said, "department") });
  return {
    name: names.shown,
    email: email === null ? null : addressOf(email),
    zone: timezone as string | undefined,
    active: active !== false,
    department: department.length === 0 ? null : department,
    managerId,
    kept: {
      userName,
      externalId: (externalId as string | undefined) ?? null,
      attributes: tidied({
        ...others,
        [ENTERPRISE]: Object.keys(extension).length === 0 ? null : extension,
        emails: saidOf(resource, before ?? {}, told, "emails"),
        name: saidOf({ name: names.name ?? undefined }, before ?? {}, told, "name"),
        displayName: names.isDisplayTold ? resource["displayName"] : null,
      }),
    },
  };
}

/** What a directory says of an attribute itself, and was not only shown. */
const saidOf = (resource: Resource, before: Resource, told: Resource, name: string): unknown =>
  told[name] === undefined && JSON.stringify(resource[name]) === JSON.stringify(before[name]) ? null : resource[name];

function kept(resource: Resource): Resource {
  const { schemas: _, id: __, meta: ___, groups: ____, [ENTERPRISE]: _____, ...rest } = resource;
  return rest;
}

function namesOf(resource: Resource, before: Resource | null, told: Resource) {
  const display = resource["displayName"] as string | undefined;
  const isDisplayTold =
    display !== undefined && (told["displayName"] !== undefined || display !== before?.["displayName"]);
  const given = (resource["name"] ?? {}) as Resource;
  const was = (before?.["name"] ?? {}) as Resource;
  const joined = [textOf(given["givenName"]), textOf(given["familyName"])].join(" ").trim();
  const arePartsNew = ["givenName", "familyName"].some((part) => given[part] !== was[part]);
  const isWholeOld = before !== null && given["formatted"] === was["formatted"];
  const whole =
    joined !== "" && (given["formatted"] === undefined || (arePartsNew && isWholeOld)) ? joined : given["formatted"];
  const shown = (isDisplayTold ? display : undefined) ?? whole ?? display ?? resource["userName"];
  const name =
    Object.keys(given).length === 0 ? null : given["formatted"] === undefined ? given : { ...given, formatted: whole };
  return { shown: shortened(textOf(shown), NAME_MAX), name, isDisplayTold };
}

/** Characters of a person's name, as people are added by hand. */
const NAME_MAX = 200;

/**
 * A whole resource beside how somebody is shown now: what it says nothing of, and no directory has ever said anything of, stays. Else a
 * directory that knows no departments would take everybody out of theirs.
 */
export function completed(resource: Resource, before: Resource, told: Resource): Resource {
  const stays = (name: string) =>
    resource[name] === undefined && told[name] === undefined && before[name] !== undefined;
  const whole: Record<string, unknown> = { ...resource };
  for (const name of ["emails", "timezone", "active"]) if (stays(name)) whole[name] = before[name];
  const [now, said] = [before[ENTERPRISE], told[ENTERPRISE]].map((each) => (each ?? {}) as Resource) as [
    Resource,
    Resource,
  ];
  const given = (resource[ENTERPRISE] ?? {}) as Resource;
  if (given["department"] === undefined && said["department"] === undefined && now["department"] !== undefined)
    whole[ENTERPRISE] = { ...given, department: now["department"] };
  return whole;
}

/** A team as a Group. */
export function groupOf(team: Team, base: Base): Resource {
  return tidied({
    schemas: [GROUP],
    id: team.id,
    externalId: team.externalId,
    displayName: team.name,
    members:
      team.members?.map(({ id, name }) => ({ value: id, $ref: `${base}/Users/${id}`, display: name, type: "User" })) ??
      null,
    meta: metaOf(GROUPS, team, base),
  });
}

function metaOf(
  type: ResourceType,
  { id, changedMs }: { readonly id: string; readonly changedMs: number | null },
  base: Base,
): Resource {
  const made = madeAtMs(id) ?? changedMs ?? 0;
  return {
    resourceType: type.name,
    created: momentOf(Math.min(made, changedMs ?? made)),
    lastModified: momentOf(changedMs ?? made),
    location: `${base}${type.endpoint}/${id}`,
  };
}

const momentOf = (ms: number): string => Temporal.Instant.fromEpochMilliseconds(ms).toString();

const DIGITS = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";

/** When an id was made: it begins with that. Null for one that was made otherwise. */
function madeAtMs(id: string): number | null {
  const time = /_([0-7][0-9A-HJKMNP-TV-Z]{9})[0-9A-HJKMNP-TV-Z]{16}$/.exec(id)?.[1];
  if (time === undefined) return null;
  const ms = Array.from(time).reduce((sum, digit) => sum * 32 + DIGITS.indexOf(digit), 0);
  return ms <= 8_640_000_000_000_000 ? ms : null;
}

/** Without what has no value. */
const tidied = (resource: Resource): Resource =>
  Object.fromEntries(
    Object.entries(resource).filter(
      ([, value]) => value !== null && value !== undefined && !(Array.isArray(value) && value.length === 0),
    ),
  );
