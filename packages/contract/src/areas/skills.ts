import { z } from "zod";
import { operation } from "../operation.ts";
import { fieldsQuery, idParams, nothing, plainText, thingId, version } from "../values.ts";

/** Skills of an organisation: what people are asked to be able to do, and not what each of them once did. */
export const SKILLS_MAX = 1_000;
export const SKILLS_OF_A_PERSON_MAX = 200;
export const SKILL_LEVEL_MAX = 5;
/** People told of one skill, by name. */
export const PEOPLE_OF_A_SKILL_MAX = 1_000;

const DAY_MIN = "1900-01-01";
const DAY_MAX = "2199-12-31";

const name = plainText(100)
  .refine((text) => text.trim() !== "", "a skill has a name")
  .describe("No two skills are called alike, whatever their case");
const levels = z
  .array(plainText(60).refine((text) => text.trim() !== "", "a level has a name"))
  .max(SKILL_LEVEL_MAX)
  .describe("What its levels are called, the lowest first; none: they are numbers, 1 to 5");
const level = z.int().min(1).max(SKILL_LEVEL_MAX).describe("How well, 1 to 5");
const day = z.iso
  .date()
  .refine((text) => text >= DAY_MIN && text <= DAY_MAX, `a day from ${DAY_MIN} to ${DAY_MAX}`)
  .describe("A day, by the clocks of whose skill it is: 2027-03-03");

const skill = z
  .object({
    id: thingId,
    name: z.string(),
    levels: z.array(z.string()),
    people: z.int().describe("How many have it today"),
    rules: z.int().describe("How many rules name it"),
    version,
  })
  .meta({ id: "Skill" });

const held = z
  .object({
    skillId: thingId,
    name: z.string(),
    level: z.int(),
    levelName: z.string().nullable(),
    from: z.string().describe("The first day on which they have it"),
    until: z.string().nullable().describe("The last one; null: it does not end"),
    version,
  })
  .meta({ id: "PersonSkill" });

const shape = {
  problems: [],
  permission: "subject.manage",
  rateClass: "write",
  mcp: "propose",
  since: "0.5.0",
  example: {},
} as const;

export const listSkills = operation({
  ...shape,
  id: "skills.list",
  kind: "query",
  method: "GET",
  path: "/v1/skills",
  summary: "What people of the organisation may be able to do, by name",
  query: z.strictObject({ ...fieldsQuery }),
  answer: z.object({ items: z.array(skill) }),
  status: 200,
  list: "items",
  permission: "subject.read",
  rateClass: "read",
  mcp: "read",
});

export const createSkill = operation({
  ...shape,
  id: "skills.create",
  bundled: true,
  kind: "command",
  method: "POST",
  path: "/v1/skills",
  summary: "Add a skill: people may have it, and rules may need it",
  body: z.strictObject({ name, levels: levels.default([]) }),
  answer: skill,
  status: 201,
  problems: ["workforce/skill-invalid", "workforce/too-many-skills"],
  idempotent: true,
  example: { body: { name: "Instructor", levels: ["Assistant", "Instructor", "Examiner"] } },
});

export const updateSkill = operation({
  ...shape,
  id: "skills.update",
  bundled: true,
  kind: "command",
  method: "PATCH",
  path: "/v1/skills/{id}",
  summary: "Change what a skill or its levels are called; who has it keeps it",
  params: idParams,
  body: z.strictObject({ name: name.optional(), levels: levels.optional() }),
  answer: skill,
  status: 200,
  problems: ["workforce/skill-invalid"],
  precondition: "optional",
});

export const removeSkill = operation({
  ...shape,
  id: "skills.remove",
  bundled: true,
  kind: "command",
  method: "DELETE",
  path: "/v1/skills/{id}",
  summary: "Take a skill away, from everybody who has it; refused while a rule names it",
  params: idParams,
  answer: nothing,
  status: 204,
  problems: ["workforce/skill-named"],
  precondition: "optional",
});

export const putSkill = operation({
  ...shape,
  id: "skills.put",
  kind: "command",
  method: "PUT",
  path: "/v1/internal/skills/{id}",
  internal: true,
  summary: "Put a skill back as it was, or take it away: what undo is made of",
  params: idParams,
  body: z.strictObject({ was: z.strictObject({ name, levels }).nullable() }),
  answer: z.object({ id: z.string() }),
  status: 200,
  problems: ["workforce/skill-invalid", "workforce/skill-named"],
  mcp: "none",
});

export const peopleOfSkill = operation({
  ...shape,
  id: "skills.people",
  kind: "query",
  method: "GET",
  path: "/v1/skills/{id}/people",
  summary: "Who has a skill, of those whom the caller manages",
  params: idParams,
  query: z.strictObject({ ...fieldsQuery }),
  answer: z.object({
    items: z.array(
      z.object({ personId: thingId, person: z.string(), ...held.omit({ skillId: true, name: true }).shape }),
    ),
  }),
  status: 200,
  list: "items",
  permission: "subject.read",
  rateClass: "read",
  mcp: "read",
});

export const listPersonSkills = operation({
  ...shape,
  id: "personSkills.list",
  kind: "query",
  method: "GET",
  path: "/v1/people/{id}/skills",
  summary: "What a person is able to do, told to them and to who manages them; what has ended as well",
  params: idParams,
  query: z.strictObject({ ...fieldsQuery }),
  answer: z.object({ items: z.array(held) }),
  status: 200,
  list: "items",
  permission: "subject.read",
  rateClass: "read",
  mcp: "read",
});

const skillOfPerson = z.strictObject({ id: thingId, skillId: thingId });

export const putPersonSkill = operation({
  ...shape,
  id: "personSkills.put",
  bundled: true,
  kind: "command",
  method: "PUT",
  path: "/v1/people/{id}/skills/{skillId}",
  summary: "Say that a person has a skill, how well, and until when; nobody says so of themselves but administrators",
  params: skillOfPerson,
  body: z.strictObject({
    level: level.default(1),
    from: day.optional().describe("The first day; today, or as it was, when left out"),
    until: day.nullable().default(null).describe("The last day; null: it does not end"),
  }),
  answer: held,
  status: 200,
  problems: ["workforce/skill-invalid", "workforce/too-many-skills"],
  permission: "signed-in",
  precondition: "optional",
  example: { body: { level: 2, from: "2024-03-03", until: "2027-03-03" } },
});

export const removePersonSkill = operation({
  ...shape,
  id: "personSkills.remove",
  bundled: true,
  kind: "command",
  method: "DELETE",
  path: "/v1/people/{id}/skills/{skillId}",
  summary: "Take a skill from a person",
  params: skillOfPerson,
  answer: nothing,
  status: 204,
  permission: "signed-in",
  precondition: "optional",
});
