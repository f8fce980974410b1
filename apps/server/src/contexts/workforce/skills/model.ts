/** What people of an organisation may be able to do. */
export type Skill = SkillContents & { readonly id: string; readonly version: number };

/** What undo needs of it. */
export type SkillContents = {
  readonly name: string;
  /** What its levels are called, the lowest first; none: they are numbers. */
  readonly levels: readonly string[];
};

/** That somebody has a skill: how well, from which day, and until which; null where it does not end. Days of their own clocks. */
export type HeldContents = { readonly level: number; readonly from: string; readonly until: string | null };

export type Held = HeldContents & { readonly personId: string; readonly skillId: string; readonly version: number };

/** What the log of changes calls them. */
export const SKILL = "skill";
export const PERSON_SKILL = "personSkill";

/** A person's skill in the log: ids hold no colon. */
export const keyOfHeld = ({ personId, skillId }: Pick<Held, "personId" | "skillId">): string =>
  `${personId}:${skillId}`;

/** Whose skill, and which, a change of the log is about. */
export function heldOfKey(key: string): Pick<Held, "personId" | "skillId"> {
  const [personId = "", skillId = ""] = key.split(":");
  return { personId, skillId };
}
