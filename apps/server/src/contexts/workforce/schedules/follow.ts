import type { Unit } from "../../../platform/db/database.ts";
import { touchSchedules } from "../contracts/store.ts";
import { AVAILABILITY, handInHoursOf, PEOPLE_OF_A_UNIT } from "../reconcilers.ts";

/**
 * What follows a change of schedules within its unit: who is to be booked by it is opened and closed at once, a few people; of more
 * the reconciler does it.
 */
export async function followSchedules(unit: Unit, people: readonly string[]): Promise<void> {
  await touchSchedules(unit, people);
  unit.wake(AVAILABILITY);
  if (unit.isTrial || people.length > PEOPLE_OF_A_UNIT) return;
  await handInHoursOf(unit, people);
}
