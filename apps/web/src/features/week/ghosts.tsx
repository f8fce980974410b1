import {
  frameOfBar,
  rangeOn,
  roomOfDay,
  weekUpright,
  type Frame,
  type WeekAxis,
  type WeekScale,
  type WeekTimes,
} from "@hourwright/timeline";
import { useLanguage } from "../../messages/index.tsx";
import { Button } from "../../ui/button.tsx";
import styles from "./ghosts.module.css";

/** Where times stand in the hours, on each day they touch; nowhere for whole days. */
export function framesOfTimes(
  axis: WeekAxis,
  scale: WeekScale,
  times: WeekTimes,
): { readonly day: number; readonly frame: Frame }[] {
  if (times.allDay) return [];
  return Array.from({ length: axis.days }, (_, day) => day).flatMap((day) => {
    const range = rangeOn(axis, day, times.startMs, times.endMs);
    if (range === null) return [];
    const { y, height } = weekUpright(scale, range);
    return [{ day, frame: { ...roomOfDay(scale, day), y: y + 1, height: Math.max(6, height - 2) } }];
  });
}

/** Where whole days stand in the lane; null for exact times, and outside of the days shown. */
export function frameOfDays(axis: WeekAxis, scale: WeekScale, times: WeekTimes): Frame | null {
  if (!times.allDay) return null;
  const [from, to] = [Math.max(0, times.fromDay - axis.firstDay), Math.min(axis.days, times.toDay - axis.firstDay)];
  return from < to ? frameOfBar(scale, from, to, 0) : null;
}

/** What is being carried, where it would lie. */
export function Carried({ frame, title, when }: { frame: Frame; title: string; when: string }) {
  return (
    <div className={styles.carried} style={placeOf(frame)} data-lane={when === "" || undefined} data-testid="carried">
      <b dir="auto">{title}</b>
      <span>{when}</span>
    </div>
  );
}

/** Something that would be changed: where it would lie, where it was, and the two ways to answer. */
export function ProposalGhost(props: {
  readonly title: string;
  readonly when: string;
  readonly was: string;
  readonly frame: Frame;
  readonly isApplying: boolean;
  readonly onAccept: () => void;
  readonly onDismiss: () => void;
}) {
  const { title, when, was, frame, isApplying, onAccept, onDismiss } = props;
  const { words } = useLanguage();
  return (
    <section
      className={styles.ghost}
      style={placeOf(frame)}
      data-low={frame.height < ANSWERS_FROM || undefined}
      data-control
      aria-label={words.week.proposal(title, when)}
    >
      <b dir="auto">{title}</b>
      <span>{when}</span>
      <span>{words.week.was(was)}</span>
      <div>
        <Button kind="primary" size="small" isDisabled={isApplying} onPress={onAccept}>
          {words.week.accept}
        </Button>
        <Button size="small" onPress={onDismiss}>
          {words.week.dismiss}
        </Button>
      </div>
    </section>
  );
}

/** Lower ones have their buttons below. */
const ANSWERS_FROM = 84;

export function placeOf({ x, y, width, height }: Frame): React.CSSProperties {
  return { insetInlineStart: x, top: y, width, height };
}
