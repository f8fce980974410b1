import { isRefused, refuseIdentity, type Refused } from "@hourwright/contract";
import { findZone } from "@hourwright/time";
import type { Unit } from "../../platform/db/database.ts";
import { insertTimelines, updateTimeline } from "../claims/public.ts";
import type { OverlapPolicy } from "../claims/pure.ts";
import { defaultPolicy, type Subject, type SubjectKind } from "./model.ts";
import { insertOutsidePeople, insertSubjects, subjectsByEmail, updateSubject } from "./store.ts";

export type NewSubject = {
  readonly kind: SubjectKind;
  readonly name: string;
  readonly email?: string | null;
  readonly zone: string;
  readonly policy?: OverlapPolicy;
  readonly capacity?: number | null;
  readonly site?: string | null;
  readonly poolId?: string | null;
};

const prefixOf = (kind: SubjectKind): string => (kind === "person" || kind === "outside" ? "per" : "res");

/** Makes people and things, each with a timeline of its own. */
export async function createSubjects(
  unit: Unit,
  wanted: readonly NewSubject[],
): Promise<Subject[] | Refused<"identity/unknown-zone">> {
  const wrong = wanted.find(({ zone }) => findZone(zone) === null);
  if (wrong !== undefined) return unknownZone(wrong.zone);
  const subjects = wanted.map((each) => toSubject(unit, each));
  await insertSubjects(unit, subjects);
  await insertTimelines(unit, subjects);
  unit.record(
    ...subjects.map(({ id, name, kind }) => ({
      kind: "created" as const,
      thing: { type: kind === "person" || kind === "outside" ? "person" : "resource", id },
      fields: ["name"],
      after: { name, kind },
    })),
  );
  return subjects;
}

/**
 * Makes one person. Somebody who was only invited until now, by this very address, becomes the person: what is planned
 * with them is theirs.
 */
export async function createPerson(
  unit: Unit,
  wish: Omit<NewSubject, "kind">,
): Promise<Subject | Refused<"identity/unknown-zone" | "identity/email-taken">> {
  const known =
    wish.email === undefined || wish.email === null
      ? undefined
      : (await subjectsByEmail(unit, [wish.email.toLowerCase()]))[0];
  if (known === undefined) {
    const made = await createSubjects(unit, [{ ...wish, kind: "person" }]);
    return isRefused(made) ? made : made[0]!;
  }
  if (known.kind !== "outside") return emailTaken(known);
  if (findZone(wish.zone) === null) return unknownZone(wish.zone);
  const person: Subject = { ...known, kind: "person", name: wish.name, zone: wish.zone, version: known.version + 1 };
  await updateSubject(unit, person);
  await updateTimeline(unit, person);
  unit.record({
    kind: "updated",
    thing: { type: "person", id: person.id },
    fields: ["name", "kind"],
    after: { name: person.name, kind: person.kind },
  });
  return person;
}

/** The same of some people: of strangers a few statements however many they are. Nothing is written when one is refused. */
export async function createPeople(
  unit: Unit,
  wishes: readonly Omit<NewSubject, "kind">[],
): Promise<readonly Subject[] | Refused<"identity/unknown-zone" | "identity/email-taken">> {
  const emails = wishes.flatMap(({ email }) => email?.toLowerCase() ?? []);
  if ((await subjectsByEmail(unit, emails)).length === 0)
    return createSubjects(
      unit,
      wishes.map((wish) => ({ ...wish, kind: "person" })),
    );
  const people: Subject[] = [];
  for (const wish of wishes) {
    const person = await createPerson(unit, wish);
    if (isRefused(person)) return person;
    people.push(person);
  }
  return people;
}

export const emailTaken = (owner: Subject): Refused<"identity/email-taken"> =>
  refuseIdentity("email-taken", "other", { email: owner.email ?? "", name: owner.name, retired: owner.retired });

function toSubject(unit: Unit, wish: NewSubject): Subject {
  return {
    id: unit.newId(prefixOf(wish.kind)),
    kind: wish.kind,
    name: wish.name,
    email: wish.email?.toLowerCase() ?? null,
    zone: wish.zone,
    policy: wish.policy ?? defaultPolicy(wish.kind),
    capacity: wish.capacity ?? null,
    site: wish.site ?? null,
    poolId: wish.poolId ?? null,
    retired: false,
    version: 1,
  };
}

/**
 * The subjects behind addresses, by address. One that nobody owns becomes an *outside person*: time without a login.
 * A room invited by its address is found like a person.
 */
export async function subjectsOfAddresses(
  unit: Unit,
  addresses: readonly { readonly email: string; readonly name: string | null }[],
  zone: string,
): Promise<ReadonlyMap<string, Subject>> {
  const names = new Map(addresses.map(({ email, name }) => [email.toLowerCase(), name]));
  const known = new Map((await subjectsByEmail(unit, [...names.keys()])).map((subject) => [subject.email!, subject]));
  const strangers = [...names].filter(([email]) => !known.has(email));
  if (strangers.length === 0) return known;
  const outside = strangers.map(([email, name]) =>
    toSubject(unit, { kind: "outside", name: name ?? email, email, zone }),
  );
  await insertOutsidePeople(unit, outside);
  const stored = await subjectsByEmail(
    unit,
    strangers.map(([email]) => email),
  );
  const made = new Set(outside.map(({ id }) => id));
  // Only those that this unit made lack a timeline: another's are opened by the other before it commits.
  await insertTimelines(
    unit,
    stored.filter(({ id }) => made.has(id)),
  );
  for (const subject of stored) known.set(subject.email!, subject);
  return known;
}

export const unknownZone = (zone: string): Refused<"identity/unknown-zone"> =>
  refuseIdentity("unknown-zone", "zone", { zone });
