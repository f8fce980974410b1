import type { Formats } from "../messages/format.ts";

/** Skills of the organisation and of its people. */
export const en = (format: Formats) => ({
  title: "Skills",
  intro: "What people are able to do. Rules may need a skill: then nobody is taken who has it not.",
  empty: "No skills yet. Add what somebody has to be able to do: first aid, a licence, a language.",
  add: "Add a skill",
  levels: "Levels",
  levelsHint: (most: number) =>
    `What its levels are called, the lowest first, with commas between them: ${format.number(most)} at most. Nothing: they are numbers.`,
  tooMany: (most: number) => `${format.number(most)} levels at most, each called differently.`,
  people: (count: number) =>
    count === 0 ? "nobody has it" : format.plural(count, { one: "# person has it", other: "# people have it" }),
  rules: (count: number) => format.plural(count, { one: "# rule needs it", other: "# rules need it" }),
  remove: "Remove",
  removeOf: (name: string) => `Remove the skill ${name}`,
  removed: (name: string) => `The skill “${name}” was removed`,
  who: (name: string) => `Who has ${name}`,
  whoHas: "Who has it",
  nobody: "Nobody has it.",
  of: (name: string) => `Skills of ${name}`,
  none: "No skills are known.",
  give: "Add a skill",
  which: "Skill",
  noSkills: "The organisation names no skills yet: Settings, Skills.",
  hasAll: "Every skill that there is, is here already.",
  level: "Level",
  levelOf: (level: number) => `Level ${format.number(level)}`,
  from: "Since",
  until: "Until, if it ends",
  endsFirst: "This is before it begins.",
  needsDay: "A day.",
  since: (day: string) => `since ${day}`,
  fromOn: (day: string) => `from ${day} on`,
  lasts: (day: string) => `until ${day}`,
  ended: (day: string) => `ended on ${day}`,
  marks: { ended: "Ended", soon: "Ends soon", later: "Not yet" },
  changeOf: (skill: string) => `Change ${skill}`,
  take: "Remove",
  takeOf: (skill: string) => `Remove ${skill}`,
  given: (person: string, skill: string) => `${person} has “${skill}”`,
  taken: (person: string, skill: string) => `${person} has “${skill}” no more`,
});

export type SkillWords = ReturnType<typeof en>;
