import { assert } from "@hourwright/std";

/** Meetings to be given times and rooms. Time is counted in grains of equal length; those of a day stand beside one another. */
export type MeetingPlan = {
  readonly rooms: readonly { readonly name: string; readonly seats: number }[];
  readonly people: readonly string[];
  /** The grains of each day, in order; a meeting lies within one day. */
  readonly dayGrains: readonly number[];
  readonly meetings: readonly Meeting[];
};

export type Meeting = {
  readonly name: string;
  readonly grains: number;
  /** People by their place; nobody is both. */
  readonly required: readonly number[];
  readonly preferred: readonly number[];
};

/** When and where: the first grain, counted through all days, and a room by its place. */
export type Meet = { readonly grain: number; readonly room: number };

const GRAINS_MAX = 100_000;
const COUNTS_MAX = 50_000_000;
/** First grains and rooms of all meetings, each of which is kept: a few hundred megabytes. */
const SLOTS_MAX = 5_000_000;

/** Why a plan cannot be: null when it can. `Nobody fits` is said before a search would look for it in vain. */
export function planRefusal({ rooms, people, dayGrains, meetings }: MeetingPlan): string | null {
  const grains = dayGrains.reduce((sum, each) => sum + each, 0);
  if (rooms.length === 0 || grains === 0 || meetings.length === 0)
    return "There are no rooms, no times or no meetings.";
  if (grains > GRAINS_MAX) return `There are ${grains} grains; at most ${GRAINS_MAX} are planned.`;
  if (grains * (people.length + rooms.length) > COUNTS_MAX) return "There are too many people for so long a time.";
  if (grains * rooms.length * meetings.length > SLOTS_MAX)
    return `There are more than ${SLOTS_MAX} slots for the meetings together; plan fewer days, rooms or meetings at once.`;
  const longest = dayGrains.reduce((most, each) => Math.max(most, each), 0);
  const largest = rooms.reduce((most, { seats }) => Math.max(most, seats), 0);
  for (const { name, grains: length, required, preferred } of meetings) {
    const invited = required.length + preferred.length;
    assert(new Set([...required, ...preferred]).size === invited, `nobody is invited twice to ${name}`);
    if (length < 1 || length > longest) return `"${name}" takes ${length} grains; the longest day has ${longest}.`;
    if (invited > largest) return `"${name}" has ${invited} people; the largest room has ${largest} seats.`;
  }
  return null;
}
