import { isRefused } from "@hourwright/contract";
import type { Shift } from "@hourwright/schedule";
import { DAY_MS, startOfWeek } from "@hourwright/time";
import type { Unit } from "../platform/db/database.ts";
import type { Caller } from "../platform/operations/context.ts";
import { callForCover, dayText, postOpenShifts, proposeSwap, type AskedLinks } from "../contexts/workforce/public.ts";

// What goes on around shifts: a call for cover of somebody who is ill, two open shifts, and a swap that waits for an answer.

type Staffed = { readonly personId: string; readonly name: string; readonly turns: boolean };

/** How long each has to answer: longer than anybody looks at the demo. */
const MINUTES_EACH = 1_440;
const WEEKS_AHEAD_OF_SWAP = 2;
const ANY_SKILL = { skillId: null, levelMin: null };

/** `shifts`: those that people of the demo work by turns. A public holiday moves the swap by a day. */
export async function openCovers(
  unit: Unit,
  links: AskedLinks,
  {
    staff,
    leader,
    ill,
    shifts,
  }: {
    readonly staff: readonly Staffed[];
    readonly leader: { readonly id: string; readonly name: string };
    /** Who is ill on the second Saturday from this Monday on, and had an early shift. */
    readonly ill: string;
    readonly shifts: { readonly early: Shift; readonly late: Shift };
  },
): Promise<void> {
  const monday = startOfWeek(Math.floor(unit.nowMs / DAY_MS), 1);
  const caller = callerOf(unit, leader, "owner");
  const turning = staff.filter(({ turns }) => turns);
  await callForCover(unit, links, caller, {
    personId: ill,
    of: { day: dayText(monday + 12), starts: "07:00" },
    ...ANY_SKILL,
    exclude: [],
    how: "in-order",
    minutesEach: MINUTES_EACH,
    despiteRules: false,
    note: "The pool opens at 8",
  });
  await postOpenShifts(unit, { personId: leader.id, name: leader.name }, [
    { ...ANY_SKILL, day: monday + 12, shift: shifts.late, places: 2, award: "manager", note: "The swimming gala" },
    { ...ANY_SKILL, day: monday + 13, shift: shifts.early, places: 1, award: "first", note: "" },
  ]);
  const [one, other] = turning;
  if (one === undefined || other === undefined) return;
  const proposer = callerOf(unit, { id: one.personId, name: one.name }, "member");
  await firstThatGoes([0, 1, 2, 3, 4], (later) => {
    const day = monday + 7 * WEEKS_AHEAD_OF_SWAP + later;
    return firstThatGoes([420, 720], (fromMinute) => {
      const theirs = fromMinute === 420 ? 720 : 420;
      const legs = [
        { from: one.personId, of: { day, fromMinute }, to: other.personId },
        { from: other.personId, of: { day, fromMinute: theirs }, to: one.personId },
      ];
      return proposeSwap(unit, links, proposer, { legs, note: "Then I can take my daughter to school" });
    });
  });
}

async function firstThatGoes<Wish, Done>(
  wishes: readonly Wish[],
  make: (wish: Wish) => Promise<Done>,
): Promise<Done | null> {
  for (const wish of wishes) {
    const done = await make(wish);
    if (done !== null && !isRefused(done)) return done;
  }
  return null;
}

/** Somebody of the demo as if they had signed in. */
const callerOf = (
  { organisation }: Unit,
  { id, name }: { readonly id: string; readonly name: string },
  role: Caller["role"],
): Caller => ({ userId: id, personId: id, organisation, role, name, email: "", sessionId: "", via: "token" });
