import { brokenBy, type Judged } from "./catalogue/judge.ts";
import type { Scene } from "./catalogue/check.ts";
import type { Taken, Traits } from "./catalogue/line.ts";
import { wholeOf, type LineChange, type RepairFacts } from "./change.ts";
import type { TakingRow } from "./schedule.ts";

type TraitsOfTakes = (takes: readonly { readonly subject: number; readonly how: number }[]) => Traits;

/**
 * Tells changes of what stands that hard settings bar, judged as a whole among what stands where they are made. What is changed
 * has its traits from then on by whom it takes: who comes, who goes and who stays meet, or do not.
 */
export function barringChanges(
  judged: readonly Judged[],
  traitsOf: TraitsOfTakes,
): NonNullable<RepairFacts["areBarred"]> {
  const hard = judged.flatMap(({ scene, settings }) => {
    const binding = settings.filter(({ isHard }) => isHard);
    return binding.length === 0 ? [] : [{ scene, settings: binding }];
  });
  return (lines, index) => {
    const traitsFrom = traitsAfter(lines, traitsOf);
    return hard.some(({ scene, settings }) => {
      const changes = lines.map(({ subject, gone, come }) => ({
        subject,
        gone: gone && takenFrom(gone, (occurrence) => scene.traitsOf(wholeOf(occurrence))),
        come: come && takenFrom(come, traitsFrom),
      }));
      const fresh = changes.filter(({ come }) => come !== null);
      return brokenBy({ scene: { ...scene, index }, settings }, changes, fresh).length > 0;
    });
  };
}

/** Lines name all whom a changed thing takes. */
function traitsAfter(lines: readonly LineChange[], traitsOf: TraitsOfTakes): Scene["traitsOf"] {
  const taken = Map.groupBy(
    lines.flatMap(({ come }) => come ?? []),
    ({ occurrence }) => occurrence,
  );
  const traits = new Map(Array.from(taken, ([occurrence, takes]) => [occurrence, traitsOf(takes)]));
  return (occurrence) => traits.get(occurrence)!;
}

/** The rest of what was split was of its kind. */
const takenFrom = (
  { occurrence, event, how, startMs, endMs }: TakingRow,
  traitsOf: (occurrence: number) => Traits,
): Taken => ({
  occurrence,
  event,
  how,
  startMs,
  endMs,
  traits: traitsOf(occurrence),
});
