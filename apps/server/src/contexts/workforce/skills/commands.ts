import { isRefused, limits, refuseRequest, refuseWork, type Refused } from "@hourwright/contract";
import { demandsNaming } from "../demand/store.ts";
import type { Unit } from "../../../platform/db/database.ts";
import type { Caller, IfMatch } from "../../../platform/operations/context.ts";
import { answersFor, subjectsById } from "../../identity/public.ts";
import { rulesNaming } from "../../planning/public.ts";
import { calledSo, heldOf, skillOf } from "./decide.ts";
import {
  keyOfHeld,
  PERSON_SKILL,
  SKILL,
  type Held,
  type HeldContents,
  type Skill,
  type SkillContents,
} from "./model.ts";
import {
  countSkills,
  deleteHeld,
  heldByPerson,
  isNameTaken,
  keepSkills,
  lockHeld,
  lockNames,
  lockSkill,
  putHeld,
  putSkill,
  removeSkill,
  skillsById,
} from "./store.ts";

type Invalid = Refused<"workforce/skill-invalid">;
type Named = Refused<"workforce/skill-named">;
type TooMany = Refused<"workforce/too-many-skills">;
type MayNot = Refused<"request/not-found" | "request/forbidden">;
type Gone = Refused<"request/not-found" | "request/version-changed">;

export const noSkill = refuseRequest("not-found", "skill", {});
const noPerson = refuseRequest("not-found", "person", {});
const hasNot = refuseRequest("not-found", "own-skill", {});
const versionChanged = refuseRequest("version-changed", "read", {});

export async function createSkill(unit: Unit, wish: SkillContents): Promise<Skill | Invalid | TooMany> {
  const contents = skillOf(wish);
  if (isRefused(contents)) return contents;
  await lockNames(unit);
  if ((await countSkills(unit)) >= limits.SKILLS_MAX)
    return refuseWork("too-many-skills", "organisation", { most: limits.SKILLS_MAX });
  const skill: Skill = { id: unit.newId("skl"), version: 1, ...contents };
  if (await isNameTaken(unit, skill.name, skill.id)) return calledSo(skill.name);
  await putSkill(unit, skill);
  recordSkill(unit, skill.id, null, contents);
  return skill;
}

export async function changeSkill(
  unit: Unit,
  id: string,
  wish: { readonly [Key in keyof SkillContents]?: SkillContents[Key] | undefined },
  ifMatch: IfMatch,
): Promise<Skill | Invalid | Gone> {
  await lockNames(unit);
  const before = await lockSkill(unit, id);
  if (before === null || before.isRemoved) return noSkill;
  if (ifMatch?.includes(before.version) === false) return versionChanged;
  const contents = skillOf({ name: wish.name ?? before.name, levels: wish.levels ?? before.levels });
  if (isRefused(contents)) return contents;
  if (await isNameTaken(unit, contents.name, id)) return calledSo(contents.name);
  const after: Skill = { id, version: before.version + 1, ...contents };
  await putSkill(unit, after);
  recordSkill(unit, id, contentsOf(before), contents);
  return after;
}

/** Takes a skill away from everybody; while a rule needs it, it stays. Who sets such a rule holds it (`keepSkills`). */
export async function takeSkillAway(unit: Unit, id: string, ifMatch: IfMatch): Promise<null | Named | Gone> {
  const before = await lockSkill(unit, id);
  if (before === null || before.isRemoved) return noSkill;
  if (ifMatch?.includes(before.version) === false) return versionChanged;
  const named = await namedByRules(unit, before);
  if (named !== null) return named;
  await removeSkill(unit, id);
  recordSkill(unit, id, contentsOf(before), null);
  return null;
}

/** Puts a skill back as it was before a change, with everybody who had it, or takes away the one that a change made. */
export async function putSkillBack(
  unit: Unit,
  id: string,
  was: SkillContents | null,
): Promise<{ readonly id: string } | Invalid | Named> {
  await lockNames(unit);
  const before = await lockSkill(unit, id);
  const stands = before === null || before.isRemoved ? null : before;
  if (was === null) {
    const named = stands === null ? null : await namedByRules(unit, stands);
    if (named !== null) return named;
    if (stands !== null) await removeSkill(unit, id);
  } else {
    if (await isNameTaken(unit, was.name, id)) return calledSo(was.name);
    await putSkill(unit, { id, version: (before?.version ?? 0) + 1, ...was });
  }
  if (stands !== null || was !== null) recordSkill(unit, id, stands === null ? null : contentsOf(stands), was);
  return { id };
}

async function namedByRules(unit: Unit, { id, name }: Skill): Promise<Named | null> {
  const [demand] = await demandsNaming(unit, id);
  if (demand !== undefined) return refuseWork("skill-named", "demand", { demand, name });
  const count = (await rulesNaming(unit, [id])).get(id) ?? 0;
  return count === 0 ? null : refuseWork("skill-named", "rules", { count, name });
}

/** Says that somebody has a skill, how well and until when. */
export async function giveSkill(
  unit: Unit,
  caller: Caller,
  { personId, skillId }: Pick<Held, "personId" | "skillId">,
  wish: Pick<HeldContents, "level" | "until"> & { readonly from: string | null },
  ifMatch: IfMatch,
): Promise<Held | Invalid | TooMany | Gone | MayNot> {
  const wrong = await mayNotSay(unit, caller, personId);
  if (wrong !== null) return wrong;
  await keepSkills(unit, [skillId]);
  const [skill] = await skillsById(unit, [skillId]);
  if (skill === undefined) return noSkill;
  const before = await lockHeld(unit, personId, skillId);
  if (ifMatch?.includes(before?.version ?? 0) === false) return versionChanged;
  const from = wish.from ?? before?.from ?? todayOf(unit, (await subjectsById(unit, [personId]))[0]!.zone);
  const contents = heldOf(skill, { ...wish, from });
  if (isRefused(contents)) return contents;
  if (before === null && (await heldByPerson(unit, personId)).length >= limits.SKILLS_OF_A_PERSON_MAX)
    return refuseWork("too-many-skills", "person", { most: limits.SKILLS_OF_A_PERSON_MAX });
  const held: Held = { personId, skillId, version: (before?.version ?? 0) + 1, ...contents };
  if (!(await putHeld(unit, held))) return versionChanged;
  recordHeld(unit, held, before, contents);
  return held;
}

export async function takeSkill(
  unit: Unit,
  caller: Caller,
  { personId, skillId }: Pick<Held, "personId" | "skillId">,
  ifMatch: IfMatch,
): Promise<null | Gone | MayNot> {
  const wrong = await mayNotSay(unit, caller, personId);
  if (wrong !== null) return wrong;
  const before = await lockHeld(unit, personId, skillId);
  if (before === null) return hasNot;
  if (ifMatch?.includes(before.version) === false) return versionChanged;
  await deleteHeld(unit, before);
  recordHeld(unit, before, before, null);
  return null;
}

/** Administrators say what anybody is able to do, managers what those of their scope are: nobody else of themselves. */
async function mayNotSay(unit: Unit, caller: Caller, personId: string): Promise<MayNot | null> {
  if ((await subjectsById(unit, [personId]))[0]?.kind !== "person") return noPerson;
  const rules = caller.role === "owner" || caller.role === "administrator";
  if (rules || (caller.personId !== personId && (await answersFor(unit, caller, personId)))) return null;
  return refuseRequest("forbidden", "skills", {});
}

/** The day of somebody's clocks. */
export const todayOf = ({ nowMs }: Pick<Unit, "nowMs">, zone: string): string =>
  Temporal.Instant.fromEpochMilliseconds(nowMs).toZonedDateTimeISO(zone).toPlainDate().toString();

const contentsOf = ({ name, levels }: Skill): SkillContents => ({ name, levels });

const kindOf = (before: unknown, after: unknown) =>
  before === null ? ("created" as const) : after === null ? ("removed" as const) : ("updated" as const);

function recordSkill(unit: Unit, id: string, before: SkillContents | null, after: SkillContents | null): void {
  unit.record({ kind: kindOf(before, after), thing: { type: SKILL, id }, fields: ["skill"], before, after });
}

function recordHeld(
  unit: Unit,
  key: Pick<Held, "personId" | "skillId">,
  before: HeldContents | null,
  after: HeldContents | null,
): void {
  const plain = (held: HeldContents | null) =>
    held === null ? null : { level: held.level, from: held.from, until: held.until };
  unit.record({
    kind: kindOf(before, after),
    thing: { type: PERSON_SKILL, id: keyOfHeld(key) },
    fields: ["skill"],
    before: plain(before),
    after: plain(after),
  });
}
