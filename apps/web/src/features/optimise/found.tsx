import { useMemo } from "react";
import { Checkbox } from "react-aria-components/Checkbox";
import { Tab, TabList, TabPanel, Tabs } from "react-aria-components/Tabs";
import {
  applyMoves,
  choose,
  keepMoves,
  keyOfMove,
  lookAgain,
  MOVES_MAX,
  point,
  tick,
  toWishes,
  wanted,
  type Found,
  type PlannedMove,
  type Way,
} from "../../data/optimise.ts";
import { dayOfInstant, parseInstant } from "../../data/wall-clock.ts";
import { useLanguage } from "../../messages/index.tsx";
import { Button } from "../../ui/button.tsx";
import { Refusal } from "../../ui/field.tsx";
import { Icon } from "../../ui/icon.tsx";
import { Improvements, useMeasures } from "./improvements.tsx";
import { ScoreChart } from "./score-chart.tsx";
import styles from "./optimise.module.css";

/** What was found: the best order and others, what each makes better, and what would move, with a tick for each. */
export function FoundOrder({ found, zone, onDone }: { found: Found; zone: string; onDone: () => void }) {
  const { words } = useLanguage();
  const text = words.optimise;
  const { answer, ways, chosen } = found;
  const { gainOf } = useMeasures();
  const isEmpty = ways.every(({ moves }) => moves.length === 0);
  return (
    <>
      {isEmpty ? (
        <div className={styles.section}>
          <p>{text.none}</p>
          <p className={styles.quiet}>{text.noneHint}</p>
        </div>
      ) : (
        <Tabs
          selectedKey={String(chosen + 1)}
          onSelectionChange={(key) => choose(Number(key) - 1)}
          className={styles.tabs!}
        >
          <TabList aria-label={text.ways} className={styles.ways!}>
            {ways.map((way) => (
              <Tab key={way.number} id={String(way.number)} className={styles.way!}>
                <b>{text.way(way.number)}</b>
                <small>{text.wayMoves(way.moves.length)}</small>
                <small>{gainOf(way, ways)}</small>
              </Tab>
            ))}
          </TabList>
          {ways.map((way) => (
            <TabPanel key={way.number} id={String(way.number)} className={styles.panel!}>
              <Improvements improvements={way.improvements} />
              {way.number === 1 && <Contradictions sentences={answer.contradictions} />}
              {way.number === 1 && <ScoreChart answer={answer} />}
              <Moves way={way} zone={zone} />
            </TabPanel>
          ))}
        </Tabs>
      )}
      {isEmpty && <Contradictions sentences={answer.contradictions} />}
      <Foot found={found} isEmpty={isEmpty} onDone={onDone} />
    </>
  );
}

function Contradictions({ sentences }: { sentences: readonly string[] }) {
  const { words } = useLanguage();
  if (sentences.length === 0) return null;
  return (
    <section className={styles.section} aria-labelledby="optimise-contradictions">
      <h3 id="optimise-contradictions">{words.optimise.contradictions}</h3>
      <ul className={styles.contradictions}>
        {sentences.map((sentence) => (
          <li key={sentence}>
            <Icon name="conflicts" size={14} />
            <span>{sentence}</span>
          </li>
        ))}
      </ul>
    </section>
  );
}

/** What would move, by the day on which it is now. */
function Moves({ way, zone }: { way: Way; zone: string }) {
  const { words, format } = useLanguage();
  const text = words.optimise;
  const days = useMemo(() => {
    const sorted = way.moves.toSorted(
      (one, other) => (parseInstant(one.from.start) ?? 0) - (parseInstant(other.from.start) ?? 0),
    );
    return [...Map.groupBy(sorted, ({ from }) => dayOfInstant(from.start, zone) ?? 0)];
  }, [way.moves, zone]);
  const ticked = way.moves.length - way.off.size;
  return (
    <section className={styles.section} aria-labelledby="optimise-moves">
      <div className={styles.headed}>
        <h3 id="optimise-moves">{text.moves(ticked, way.moves.length)}</h3>
        <Button kind="quiet" size="small" onPress={() => tick(way.moves, ticked === 0)}>
          {ticked === 0 ? text.tickAll : text.tickNone}
        </Button>
      </div>
      {days.map(([day, moves]) => (
        <div key={day} className={styles.day}>
          <h4 id={`optimise-day-${day}`}>{format.day(day)}</h4>
          <ul aria-labelledby={`optimise-day-${day}`}>
            {moves.map((move) => (
              <li key={keyOfMove(move)}>
                <MoveLine move={move} day={day} zone={zone} isTicked={!way.off.has(keyOfMove(move))} />
              </li>
            ))}
          </ul>
        </div>
      ))}
    </section>
  );
}

function MoveLine(props: { move: PlannedMove; day: number; zone: string; isTicked: boolean }) {
  const { move, day, zone, isTicked } = props;
  const { words, format } = useLanguage();
  const [from, to] = [format.time(parseInstant(move.from.start) ?? 0), format.time(parseInstant(move.to.start) ?? 0)];
  const toDay = dayOfInstant(move.to.start, zone) ?? 0;
  const after = toDay === day ? to : words.drag.timed(format.dayShort(toDay), to);
  const look = (isLookedAt: boolean) => point(isLookedAt ? keyOfMove(move) : null);
  return (
    <Checkbox
      className={styles.move!}
      isSelected={isTicked}
      onChange={(is) => tick([move], is)}
      onHoverChange={look}
      onFocusChange={look}
      aria-label={words.optimise.include(move.title, from, after)}
    >
      <span className={styles.box} aria-hidden="true">
        <Icon name="check" size={12} />
      </span>
      <span className={styles.what}>
        <b>{move.title}</b>
        <span className={styles.times}>
          <del>{from}</del>
          <Icon name="arrow" size={12} />
          <ins>{after}</ins>
        </span>
      </span>
    </Checkbox>
  );
}

/** What stands against the moves, and the button that makes them. */
function Foot({ found, isEmpty, onDone }: { found: Found; isEmpty: boolean; onDone: () => void }) {
  const { words } = useLanguage();
  const text = words.optimise;
  const { refusal, isApplying } = found;
  const count = wanted(found.ways[found.chosen]!).length;
  const again = () => lookAgain({ found: text.found, failed: words.failures.network });
  const apply = async () => {
    if (await applyMoves({ done: words.undo.done, failed: words.failures.network })) onDone();
  };
  return (
    <div className={styles.foot}>
      {refusal !== null && (
        <Refusal>
          <span>{refusal.isStale ? text.stale : refusal.sentence}</span>
          {refusal.blocked.length > 0 && <span>{text.blocked(unique(refusal.blocked))}</span>}
          {refusal.inTheWay.length > 0 && (
            <span>{text.inTheWay(unique(refusal.inTheWay.map(({ title }) => title)))}</span>
          )}
          {refusal.inTheWay.length > 0 ? (
            <Button size="small" onPress={() => tick(refusal.inTheWay, true)}>
              {text.tickToo}
            </Button>
          ) : (
            <Button size="small" onPress={again}>
              {text.lookAgain}
            </Button>
          )}
        </Refusal>
      )}
      {count > MOVES_MAX && <p role="status">{text.tooMany(MOVES_MAX)}</p>}
      <div className={styles.actions}>
        {!isEmpty && (
          <Button
            kind="primary"
            isDisabled={count === 0 || count > MOVES_MAX || isApplying}
            onPress={() => void apply()}
          >
            {isApplying ? text.applying : text.apply(count)}
          </Button>
        )}
        {!isEmpty && (
          <Button
            isDisabled={count === 0 || count > MOVES_MAX || isApplying}
            onPress={() =>
              void keepMoves({ title: text.title, said: words.drafts.kept(text.title), failed: words.failures.network })
            }
          >
            {words.drafts.keep}
          </Button>
        )}
        <Button onPress={() => toWishes(false)}>{text.wishes}</Button>
      </div>
    </div>
  );
}

const unique = (titles: readonly string[]): readonly string[] => [...new Set(titles)];
