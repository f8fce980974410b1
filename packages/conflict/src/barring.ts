import { hardIn, isBroken, type Judged } from "./catalogue/judge.ts";
import type { Change, Scene } from "./catalogue/check.ts";
import type { Taken, Traits } from "./catalogue/line.ts";
import { wholeOf, type LineChange, type RepairFacts } from "./change.ts";
import type { TakingRow } from "./schedule.ts";

/**
 * Tells changes of what stands that hard settings bar, judged as a whole among what stands where they are made. What comes has the
 * traits of whom it takes then: who joins or leaves changes the line of everybody who stays.
 */
export function barringChanges(
  judged: readonly Judged[],
  traitsOf: (takes: readonly TakingRow[]) => Traits,
): NonNullable<RepairFacts["areBarred"]> {
  const hard = hardIn(judged);
  return (lines, index) => {
    const come = Map.groupBy(
      lines.flatMap((line) => line.come ?? []),
      ({ occurrence }) => occurrence,
    );
    const after = new Map(Array.from(come, ([occurrence, takes]) => [occurrence, traitsOf(takes)]));
    return hard.some(({ scene, settings }) => {
      const changes = lines.map((line) => changeOf(line, scene, after));
      const fresh = changes.filter((change) => change.come !== null);
      return isBroken({ scene: { ...scene, index }, settings }, changes, fresh);
    });
  };
}

const changeOf = (
  { subject, gone, come }: LineChange,
  { traitsOf }: Scene,
  after: ReadonlyMap<number, Traits>,
): Change => ({
  subject,
  // The rest of what was split is of its kind.
  gone: gone && takenOf(gone, traitsOf(wholeOf(gone.occurrence))),
  come: come && takenOf(come, after.get(come.occurrence)!),
});

const takenOf = ({ occurrence, event, how, startMs, endMs }: TakingRow, traits: Traits): Taken => ({
  occurrence,
  event,
  how,
  startMs,
  endMs,
  traits,
});
