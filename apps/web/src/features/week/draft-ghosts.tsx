import type { DraftMark } from "../../data/drafts-shown.ts";
import { acceptChanges, draftStore, point, tick } from "../../data/drafts.ts";
import type { NewTimes } from "../../data/edits.ts";
import { useLanguage } from "../../messages/index.tsx";
import { Button } from "../../ui/button.tsx";
import { framesOfTimes, placeOf } from "./ghosts.tsx";
import type { WeekPicture } from "./picture.ts";
import styles from "./ghosts.module.css";

/** What a stored proposal would change on one day: where things are, faint, and where they would be, with the two ways to answer. */
export function DraftGhosts(props: {
  readonly picture: WeekPicture;
  /** Which of the days shown, from 0. */
  readonly index: number;
  readonly marks: readonly DraftMark[];
}) {
  const { picture, index, marks } = props;
  const { axis, scale } = picture;
  const framesOn = (times: NewTimes | null) =>
    times === null
      ? []
      : framesOfTimes(axis, scale, times)
          .filter(({ day }) => day === index)
          .map(({ frame }) => ({ ...frame, x: frame.x - scale.columns[index]!.x }));
  return marks.map((mark) => (
    <div key={mark.key} className={styles.draft}>
      {framesOn(mark.from).map((frame) => (
        <i key={frame.y} className={styles.old} style={placeOf(frame)} data-testid="draft-old" />
      ))}
      {framesOn(mark.to).map((frame) => (
        <DraftGhost key={frame.y} mark={mark} frame={frame} />
      ))}
    </div>
  ));
}

/** Lower ones have their buttons below. */
const ANSWERS_FROM = 66;

function DraftGhost({ mark, frame }: { mark: DraftMark; frame: Parameters<typeof placeOf>[0] }) {
  const { title, to, index, isPointed } = mark;
  const { words, format } = useLanguage();
  const when = to === null || to.allDay ? "" : format.timeRange(to.startMs, to.endMs);
  const sentences = { done: words.undo.done, failed: words.failures.network };
  const accept = () => {
    const { detail } = draftStore.get();
    void acceptChanges(detail?.changes.filter((change) => change.index === index) ?? [], sentences);
  };
  return (
    <section
      className={styles.ghost}
      style={placeOf(frame)}
      data-low={frame.height < ANSWERS_FROM || undefined}
      data-pointed={isPointed || undefined}
      data-control
      aria-label={words.week.proposal(title, when)}
      onPointerEnter={() => point(index)}
    >
      <b dir="auto">{title}</b>
      <span>{when}</span>
      <div>
        <Button kind="primary" size="small" onPress={accept}>
          {words.week.accept}
        </Button>
        <Button size="small" onPress={() => tick(index, false)}>
          {words.week.dismiss}
        </Button>
      </div>
    </section>
  );
}
