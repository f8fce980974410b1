import { isRefused, refuseRequest } from "@hourwright/contract";
import type { Unit } from "../../../platform/db/database.ts";
import type { Caller, RequestContext } from "../../../platform/operations/context.ts";
import type { Handlers } from "../../../platform/operations/dispatcher.ts";
import { answersFor, organisationOf, peopleAnsweredFor, subjectsById } from "../../identity/public.ts";
import { rulesNaming, type SkillFacts } from "../../planning/public.ts";
import {
  changeSkill,
  createSkill,
  giveSkill,
  noSkill,
  putSkillBack,
  takeSkill,
  takeSkillAway,
  todayOf,
} from "./commands.ts";
import type { Held, Skill } from "./model.ts";
import { heldBy, heldByPerson, holdersOf, keepSkills, peopleBySkill, skillsById, skillsOf } from "./store.ts";

type SkillIds =
  | "skills.list"
  | "skills.create"
  | "skills.update"
  | "skills.remove"
  | "skills.put"
  | "skills.people"
  | "personSkills.list"
  | "personSkills.put"
  | "personSkills.remove";

/** Skills of the organisation and of its people. Nothing follows from them by itself: rules ask when something is judged. */
export const skillOperations: Handlers<SkillIds> = {
  "skills.list": async (_input, context) => ({
    items: await context.read(async (unit) => shownSkills(unit, await skillsOf(unit))),
  }),

  "skills.create": async ({ body }, context) => {
    const created = await context.write((unit) => createSkill(unit, body));
    if (isRefused(created)) return created;
    context.reply.headers["location"] = `/v1/skills/${created.id}`;
    return withVersion(context, shownSkill(created, 0, 0));
  },

  "skills.update": async ({ params, body }, context) => {
    const changed = await context.write(async (unit) => {
      const skill = await changeSkill(unit, params.id, body, context.ifMatch);
      return isRefused(skill) ? skill : (await shownSkills(unit, [skill]))[0]!;
    });
    return isRefused(changed) ? changed : withVersion(context, changed);
  },

  "skills.remove": ({ params }, context) => context.write((unit) => takeSkillAway(unit, params.id, context.ifMatch)),

  "skills.put": ({ params, body }, context) => context.write((unit) => putSkillBack(unit, params.id, body.was)),

  "skills.people": ({ params }, context) =>
    context.read(async (unit) => {
      const [skill] = await skillsById(unit, [params.id]);
      if (skill === undefined) return noSkill;
      const holders = await holdersOf(unit, skill.id, await managedBy(unit, context.caller!));
      return {
        items: holders.map(({ person, personId, ...held }) => {
          const { skillId: _, name: __, ...shown } = shownHeld({ ...held, personId }, skill);
          return { personId, person, ...shown };
        }),
      };
    }),

  "personSkills.list": ({ params }, context) =>
    context.read(async (unit) => {
      const [person] = await subjectsById(unit, [params.id]);
      if (person?.kind !== "person") return refuseRequest("not-found", "person", {});
      if (!(await answersFor(unit, context.caller!, params.id))) return refuseRequest("forbidden", "skills-told", {});
      const held = await heldByPerson(unit, params.id);
      const skills = new Map(
        (
          await skillsById(
            unit,
            held.map(({ skillId }) => skillId),
          )
        ).map((each) => [each.id, each]),
      );
      return { items: held.map((each) => shownHeld(each, skills.get(each.skillId)!)) };
    }),

  "personSkills.put": async ({ params, body }, context) => {
    const given = await context.write(async (unit) => {
      const key = { personId: params.id, skillId: params.skillId };
      const held = await giveSkill(unit, context.caller!, key, { ...body, from: body.from ?? null }, context.ifMatch);
      return isRefused(held) ? held : shownHeld(held, (await skillsById(unit, [held.skillId]))[0]!);
    });
    return isRefused(given) ? given : withVersion(context, given);
  },

  "personSkills.remove": ({ params }, context) =>
    context.write((unit) =>
      takeSkill(unit, context.caller!, { personId: params.id, skillId: params.skillId }, context.ifMatch),
    ),
};

/** Who is able to do what, as rules ask: the port that planning has for it. */
export const skillFacts: SkillFacts = {
  named: async (unit, ids) => (await skillsById(unit, ids)).map(({ id, name }) => ({ id, name })),
  keep: keepSkills,
  heldBy,
};

/** Those of whom somebody may be told what they are able to do; null: everybody. */
async function managedBy(unit: Unit, caller: Caller): Promise<readonly string[] | null> {
  if (caller.role === "owner" || caller.role === "administrator") return null;
  return [caller.personId, ...(await peopleAnsweredFor(unit, caller))];
}

async function shownSkills(unit: Unit, skills: readonly Skill[]) {
  const people = await peopleBySkill(unit, todayOf(unit, (await organisationOf(unit)).zone));
  const rules = await rulesNaming(
    unit,
    skills.map(({ id }) => id),
  );
  return skills.map((skill) => shownSkill(skill, people.get(skill.id) ?? 0, rules.get(skill.id) ?? 0));
}

const shownSkill = ({ levels, ...skill }: Skill, people: number, rules: number) => ({
  ...skill,
  levels: [...levels],
  people,
  rules,
});

const shownHeld = ({ skillId, level, from, until, version }: Held, { name, levels }: Skill) => ({
  skillId,
  name,
  level,
  levelName: levels[level - 1] ?? null,
  from,
  until,
  version,
});

function withVersion<T extends { readonly version: number }>(context: RequestContext, answer: T): T {
  context.reply.headers["etag"] = `"${answer.version}"`;
  return answer;
}
