import { useEffect, useState } from "react";
import { ProgressBar } from "react-aria-components/ProgressBar";
import { announce } from "../../data/announcement.ts";
import type { Me } from "../../data/api.ts";
import {
  closeOptimise,
  look,
  lookAgain,
  optimiseStore,
  takeSoFar,
  toWishes,
  type Search,
} from "../../data/optimise.ts";
import { useStore } from "../../data/store.ts";
import { useLanguage } from "../../messages/index.tsx";
import { Button } from "../../ui/button.tsx";
import { Refusal } from "../../ui/field.tsx";
import { SidePanel } from "../../ui/side-panel.tsx";
import { daysOf, FIRST, midnight, OBJECTIVES, WEIGHTS, type Choices } from "./choice.ts";
import { FoundOrder } from "./found.tsx";
import { LiveChart } from "./score-chart.tsx";
import { WishForm } from "./wish-form.tsx";
import styles from "./optimise.module.css";

/** Wishes outlive the panel, which goes while another place is shown. */
let chosenLast = FIRST;

/**
 * A stretch of time in better order: wished, looked for, and what was found taken whole or in part. It stands beside the year, on
 * which it shows what would go where.
 */
export default function OptimisePanel(props: {
  readonly me: Me;
  /** Whose time is shown; nobody when everybody is. */
  readonly shown: readonly string[];
  /** The selected day, an epoch day. */
  readonly day: number;
  readonly firstWeekday: number;
  readonly zone: string;
  /** The focus goes back to the year. */
  readonly onClose: () => void;
}) {
  const { me, shown, day, firstWeekday, zone, onClose } = props;
  const { words } = useLanguage();
  const text = words.optimise;
  const search = useStore(optimiseStore, (state) => state.search);
  const [choices, setChoices] = useState(chosenLast);

  const sentences = { found: text.found, failed: words.failures.network };
  const start = () => {
    const { fromDay, toDay } = daysOf(choices.window, day, firstWeekday);
    void look(
      {
        fromMs: midnight(fromDay, zone),
        toMs: midnight(toDay, zone),
        people: choices.who === "me" || shown.length === 0 ? [me.personId] : shown,
        objectives: OBJECTIVES.flatMap((objective) => {
          const weight = WEIGHTS[choices.weights[objective]];
          return weight === 0 ? [] : [{ objective, weight }];
        }),
        seconds: choices.seconds,
      },
      sentences,
    );
  };
  const change = (next: Choices) => {
    chosenLast = next;
    setChoices(next);
  };
  const close = () => {
    closeOptimise();
    onClose();
  };
  return (
    <SidePanel title={text.title} state={search.is} onClose={close}>
      {search.is !== "found" && <p className={styles.quiet}>{text.calm}</p>}
      {search.is === "wishing" && (
        <>
          {search.isStopped && <p className={styles.said}>{text.stopped}</p>}
          <WishForm
            choices={choices}
            shown={shown.length}
            day={day}
            firstWeekday={firstWeekday}
            onChange={change}
            onLook={start}
          />
        </>
      )}
      {search.is === "looking" && (
        <Looking
          search={search}
          onStop={() => {
            toWishes(true);
            announce(text.stopped);
          }}
        />
      )}
      {search.is === "failed" && (
        <>
          <Refusal>{search.sentence}</Refusal>
          <div className={styles.actions}>
            <Button kind="primary" onPress={() => lookAgain(sentences)}>
              {text.lookAgain}
            </Button>
            <Button onPress={() => toWishes(false)}>{text.wishes}</Button>
          </div>
        </>
      )}
      {search.is === "found" && <FoundOrder found={search} zone={zone} onDone={onClose} />}
    </SidePanel>
  );
}

const TICK_MS = 200;

/** How long it has been looked, and the way out. */
function Looking({ search, onStop }: { search: Extract<Search, { is: "looking" }>; onStop: () => void }) {
  const { words } = useLanguage();
  const text = words.optimise;
  const [now, setNow] = useState(search.sinceMs);
  useEffect(() => {
    const ticking = setInterval(() => setNow(performance.now()), TICK_MS);
    return () => clearInterval(ticking);
  }, []);
  const { seconds } = search;
  const gone = Math.min(seconds, (now - search.sinceMs) / 1_000);
  const said = gone < seconds && !search.isEnough ? text.elapsed(Math.floor(gone), seconds) : text.finishing;
  return (
    <div className={styles.section}>
      <ProgressBar
        className={styles.progress!}
        aria-label={text.looking}
        value={gone}
        maxValue={seconds}
        valueLabel={said}
      >
        <i style={{ inlineSize: `${Math.round((gone / seconds) * 100)}%` }} />
      </ProgressBar>
      <p className={styles.headed}>
        <span>{text.looking}</span>
        <span className={styles.quiet}>{said}</span>
      </p>
      {search.isAway && <p className={styles.said}>{words.failures.network}</p>}
      <LiveChart points={search.points} />
      <div className={styles.actions}>
        <Button
          kind="primary"
          isDisabled={search.jobId === null || search.isEnough || search.points.length === 0}
          onPress={takeSoFar}
        >
          {text.enough}
        </Button>
        <Button onPress={onStop}>{text.stop}</Button>
      </div>
    </div>
  );
}
