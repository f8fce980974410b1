import { brokenBy, type Judged } from "./catalogue/judge.ts";
import type { Scene } from "./catalogue/check.ts";
import type { Taken } from "./catalogue/line.ts";
import { wholeOf, type RepairFacts } from "./change.ts";
import type { TakingRow } from "./schedule.ts";

/** Tells changes of what stands that hard settings bar, judged as a whole among what stands where they are made. */
export function barringChanges(judged: readonly Judged[]): NonNullable<RepairFacts["areBarred"]> {
  const hard = judged.flatMap(({ scene, settings }) => {
    const binding = settings.filter(({ isHard }) => isHard);
    return binding.length === 0 ? [] : [{ scene, settings: binding }];
  });
  return (lines, index) =>
    hard.some(({ scene, settings }) => {
      const changes = lines.map(({ subject, gone, come }) => ({
        subject,
        gone: gone && takenFrom(gone, scene),
        come: come && takenFrom(come, scene),
      }));
      const fresh = changes.filter(({ come }) => come !== null);
      return brokenBy({ scene: { ...scene, index }, settings }, changes, fresh).length > 0;
    });
}

/** The rest of what was split is of its kind. */
const takenFrom = ({ occurrence, event, how, startMs, endMs }: TakingRow, { traitsOf }: Scene): Taken => ({
  occurrence,
  event,
  how,
  startMs,
  endMs,
  traits: traitsOf(wholeOf(occurrence)),
});
