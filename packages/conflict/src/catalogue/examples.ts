import { DAY_MS, dayNumber, MINUTE_MS, UTC } from "@hourwright/time";
import { ATTENDS, indexBySubject, NEEDS, OWN, takingsOf } from "../schedule.ts";
import type { Change, Scene } from "./check.ts";
import type { Constraint, Example, ExampleTaking } from "./constraint.ts";
import type { Skill, Taken, Traits } from "./line.ts";

/** Monday, 1 March 2027. */
const MONDAY = dayNumber(2027, 3, 1);
/** How the one subject is taken: as a person in their own calendar and as a guest, and as a thing. */
const HOW: Readonly<Record<string, number>> = { attendee: ATTENDS, resource: NEEDS };
const HALF_HOUR_MS = 30 * MINUTE_MS;
const OPEN = [[480, 1_020]] as const;
const PLACES = 12;
/** What the subject is able to do: the skill 1, at level 2. */
const SKILLS: readonly Skill[] = [{ skill: 1, level: 2, fromMs: -Infinity, untilMs: Infinity }];

/** An example as a scene of one subject, 0, and those beside, and its wish as a change of it. All in UTC; a way to another place takes half an hour. */
export function sceneOfExample({ id }: Constraint, example: Example): { scene: Scene; wish: Change } {
  const how = HOW[id] ?? OWN;
  const momentOf = (minute: number) => MONDAY * DAY_MS + minute * MINUTE_MS;
  const takenOf = (taking: ExampleTaking, occurrence: number): Taken => ({
    occurrence,
    event: occurrence,
    how,
    startMs: momentOf(taking.from),
    endMs: momentOf(taking.to),
    traits: traitsOf(taking),
  });
  const there = example.there.map(takenOf);
  const open = (example.open ?? OPEN).map(([from, to]) => ({ startMs: momentOf(from), endMs: momentOf(to) }));
  const rows = there.map((taken, i) => ({ ...taken, subject: example.there[i]!.of ?? 0 }));
  const scene: Scene = {
    index: indexBySubject(takingsOf(rows)),
    subjectOf: () => ({ open, skills: SKILLS, places: PLACES }),
    traitsOf: (occurrence) => there[occurrence]!.traits,
    world: {
      zone: UTC,
      firstWeekday: 1,
      nowMs: example.now === undefined ? momentOf(0) - 30 * DAY_MS : momentOf(example.now),
      holidays: new Set(example.isHoliday === true ? [MONDAY] : []),
      travelMs: () => HALF_HOUR_MS,
    },
  };
  return { scene, wish: { subject: 0, gone: null, come: takenOf(example.wish, there.length) } };
}

function traitsOf({
  site,
  isFocus = false,
  guests = 0,
  people = [0],
  things = [],
  collections = [],
}: ExampleTaking): Traits {
  return { site: site ?? null, isFocus, guests, people, things, collections };
}
