import { limits, workforceProblems, type Refused } from "@hourwright/contract";
import type { HeldContents, SkillContents } from "./model.ts";

// Pure: what a skill may be, and how somebody may have one.

type Invalid = Refused<"workforce/skill-invalid">;

const invalid = (sentence: string): Invalid => workforceProblems.refuse("skill-invalid", sentence);

export const calledSo = (name: string): Invalid => invalid(`There is a skill called “${name}” already.`);

/** A skill as it is kept; levels are told apart by what they are called. */
export function skillOf({ name, levels }: SkillContents): SkillContents | Invalid {
  const tidy = { name: name.trim(), levels: levels.map((each) => each.trim()) };
  const names = new Set(tidy.levels.map((each) => each.toLowerCase()));
  return names.size === tidy.levels.length ? tidy : invalid("Two of its levels are called alike.");
}

/** How somebody may have a skill: at a level that it has, and until no earlier than from. An end may lie in the past. */
export function heldOf({ name, levels }: SkillContents, { level, from, until }: HeldContents): HeldContents | Invalid {
  const most = levels.length === 0 ? limits.SKILL_LEVEL_MAX : levels.length;
  if (level > most)
    return invalid(`“${name}” has ${most === 1 ? "one level" : `${most} levels`}, and ${level} is none of them.`);
  if (until !== null && until < from) return invalid(`It ends on ${until}, before it begins on ${from}.`);
  return { level, from, until };
}
