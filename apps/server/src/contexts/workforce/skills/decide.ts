import { limits, refuseWork, type Refused } from "@hourwright/contract";
import type { HeldContents, SkillContents } from "./model.ts";

// Pure: what a skill may be, and how somebody may have one.

type Invalid = Refused<"workforce/skill-invalid">;

export const calledSo = (name: string): Invalid => refuseWork("skill-invalid", "named", { name });

/** A skill as it is kept; levels are told apart by what they are called. */
export function skillOf({ name, levels }: SkillContents): SkillContents | Invalid {
  const tidy = { name: name.trim(), levels: levels.map((each) => each.trim()) };
  const names = new Set(tidy.levels.map((each) => each.toLowerCase()));
  return names.size === tidy.levels.length ? tidy : refuseWork("skill-invalid", "levels", {});
}

/** How somebody may have a skill: at a level that it has, and until no earlier than from. An end may lie in the past. */
export function heldOf({ name, levels }: SkillContents, { level, from, until }: HeldContents): HeldContents | Invalid {
  const most = levels.length === 0 ? limits.SKILL_LEVEL_MAX : levels.length;
  if (level > most) return refuseWork("skill-invalid", "level", { name, most, level });
  if (until !== null && until < from) return refuseWork("skill-invalid", "turned", { from, until });
  return { level, from, until };
}
