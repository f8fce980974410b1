import { useEffect, useRef } from "react";
import type { Me } from "../../data/api.ts";
import type { NewTimes } from "../../data/edits.ts";
import {
  closeFindTime,
  findTimeStore,
  lookForTime,
  toTimeWish,
  wishFor,
  type TakenTime,
  type TimeWish,
} from "../../data/find-time.ts";
import type { Directory } from "../../data/session.ts";
import { useStore } from "../../data/store.ts";
import { useLanguage } from "../../messages/index.tsx";
import { Button } from "../../ui/button.tsx";
import { Refusal } from "../../ui/field.tsx";
import { SidePanel } from "../../ui/side-panel.tsx";
import { askedOf } from "./choice.ts";
import { FoundTimesList } from "./found-times.tsx";
import { WishForm } from "./wish-form.tsx";
import styles from "./find-time.module.css";

/**
 * A time for some people, and a room: wished, looked for, and taken into the form of an event. It stands beside the year or the
 * week, which show where the time that is looked at would lie.
 */
export default function FindPanel(props: {
  readonly me: Me;
  readonly directory: Directory;
  readonly wish: TimeWish;
  /** Looked for at once: the wish is one of a form. */
  readonly isAsked: boolean;
  /** The time is looked at with keys: the place goes to its day. */
  readonly onLookAt: (times: NewTimes) => void;
  readonly onTake: (taken: TakenTime) => void;
  /** A poll was made. */
  readonly onAsked: (pollId: string) => void;
  /** The focus goes back to the place. */
  readonly onClose: () => void;
}) {
  const { me, directory, wish, isAsked } = props;
  const { zone, firstWeekday } = me.organisation;
  const { words } = useLanguage();
  const text = words.finding;
  const search = useStore(findTimeStore, (state) => state.search);

  const asked = askedOf(wish, firstWeekday, zone, directory.things);
  const look = () => {
    if (asked === null || asked.required.length === 0) return;
    const found = (answer: { isPossible: boolean; times: readonly unknown[] }) =>
      answer.times.length === 0 ? text.none : answer.isPossible ? text.found(answer.times.length) : text.never;
    void lookForTime(asked, { found, failed: words.failures.network });
  };
  const first = useRef(look);
  useEffect(() => {
    if (isAsked && findTimeStore.get().search.is === "wishing") first.current();
  }, [isAsked]);
  const close = () => {
    closeFindTime();
    props.onClose();
  };
  return (
    <SidePanel
      title={text.title}
      state={search.is}

      answers="[data-time]"
      onClose={close}
    >
      {search.is === "wishing" && (
        <WishForm
          me={me}
          wish={wish}
          directory={directory}
          firstWeekday={firstWeekday}
          areDaysGood={asked !== null}
          onChange={wishFor}
          onLook={look}
        />
      )}
      {search.is === "looking" && (
        <div className={styles.section}>
          <p role="status">{text.looking}</p>
          <Button onPress={toTimeWish}>{words.actions.cancel}</Button>
        </div>
      )}
      {search.is === "failed" && (
        <>
          <Refusal>{search.sentence}</Refusal>
          <div className={styles.actions}>
            <Button kind="primary" onPress={look}>
              {text.lookAgain}
            </Button>
            <Button onPress={toTimeWish}>{text.wishes}</Button>
          </div>
        </>
      )}
      {search.is === "found" && (
        <FoundTimesList
          answer={search.answer}
          wish={wish}
          me={me.personId}
          zone={zone}
          onAsked={(id) => {
            closeFindTime();
            props.onAsked(id);
          }}
          onLookAt={props.onLookAt}
          onTake={props.onTake}
          onWishes={toTimeWish}
        />
      )}
    </SidePanel>
  );
}
