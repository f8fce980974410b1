import { useEffect, useRef, useState } from "react";
import { announce } from "../../data/announcement.ts";
import { wordsOfFailure } from "../../data/api.ts";
import { readAgain } from "../../data/freshness.ts";
import { remember } from "../../data/history.ts";
import { change, changeOrSay, useAsked } from "../../data/office.ts";
import { useOfficeLanguage } from "../../messages/office.ts";
import { Sheet } from "../../shell/section.tsx";
import { Button } from "../../ui/button.tsx";
import { Checkbox, Choice } from "../../ui/field.tsx";
import { useStable } from "../../ui/use-stable.ts";
import styles from "./leagues.module.css";
import type { League } from "./model.ts";
import { useLeagueWords } from "./use-league-words.ts";

const SECONDS = [5, 10, 30, 60, 180] as const;
const SECONDS_USUAL = 10;

/** How a season is to be planned: for how long, and whether what stands is to stay where it can. */
export function PlanSheet(props: {
  readonly league: League;
  /** Told of the job that has begun. */
  readonly onBegun: (jobId: string) => void;
  readonly onClose: () => void;
}) {
  const { league, onBegun, onClose } = props;
  const { planner: text } = useLeagueWords();
  const { words } = useOfficeLanguage();
  const isPlanned = league.fixtures.length > 0;
  const [seconds, setSeconds] = useState(SECONDS_USUAL);
  const [isFew, setFew] = useState(league.publishedCount > 0);
  const send = async () => {
    const changed = await change(
      "leagues.plan",
      {
        params: { id: league.id },
        body: { seconds, asFewChangesAsPossible: isPlanned && isFew },
        ifMatch: league.version,
      },
      { said: text.begun, offline: words.failures.network },
    );
    if (changed.refused === null) onBegun(changed.value.id);
    return changed;
  };
  return (
    <Sheet title={text.title(league.name)} submit={text.do} onSubmit={send} onClose={onClose}>
      {() => (
        <>
          <p className={styles.quiet}>{text.explain}</p>
          <Choice
            label={text.look}
            value={String(seconds)}
            isFirst
            options={SECONDS.map((each) => ({ value: String(each), label: text.seconds(each) }))}
            onChange={(value) => setSeconds(Number(value))}
          />
          {isPlanned && (
            <>
              <Checkbox isSelected={isFew} onChange={setFew}>
                <span>
                  {text.few}
                  <small className={styles.quiet}> {text.fewHint}</small>
                </span>
              </Checkbox>
              <p className={styles.quiet}>{text.keep}</p>
            </>
          )}
        </>
      )}
    </Sheet>
  );
}

const RUNNING_EVERY_MS = 600;
const QUIET_EVERY_MS = 20_000;

/** The plan of a season: how good it is while it is looked for, then what came of it. */
export function Planned(props: {
  readonly league: League;
  readonly personId: string;
  /** The job that was begun here last: it may be over before it is seen at work. */
  readonly begun: string | null;
  readonly onTold: () => void;
}) {
  const { league, personId, begun } = props;
  const { id, name } = league;
  const words = useLeagueWords();
  const { planner: text } = words;
  const { words: all, format } = useOfficeLanguage();
  const [isRunning, setRunning] = useState(false);
  const asked = useAsked(
    "leagues.planned",
    { params: { id }, query: {} },
    isRunning ? RUNNING_EVERY_MS : QUIET_EVERY_MS,
  );
  const plan = asked.status === "ready" ? asked.value.plan : null;
  const runs = plan !== null && (plan.state === "queued" || plan.state === "running");
  if (runs !== isRunning) setRunning(runs);
  const onTold = useStable(props.onTold);
  const followed = useRef<string | null>(null);
  useEffect(() => {
    if (plan === null) return;
    if (runs) {
      followed.current = plan.jobId;
      return;
    }
    const isNews = followed.current === plan.jobId || begun === plan.jobId;
    if (!isNews) return;
    followed.current = null;
    onTold();
    readAgain();
    const requestId = plan.result?.applied.requestId ?? null;
    if (plan.result === null) announce(plan.state === "failed" ? text.failed(wordsOfFailure(plan)) : text.cancelled);
    else if (requestId === null) announce(text.nothing);
    else if (plan.askedBy.personId !== personId) announce(text.done(name));
    else remember({ requestIds: [requestId], summary: text.done(name) }, `${text.done(name)}.`);
  }, [plan, runs, name, personId, begun, text, onTold]);
  if (plan === null) return null;
  const best = plan.soFar.at(-1);
  const call = { params: { id: plan.jobId } };
  const asking = { said: null, offline: all.failures.network };
  const score = (hard: number, soft: number) =>
    `${hard > 0 ? words.brokenHard(Math.round(hard)) : words.holds} · ${words.points(soft)}`;
  return (
    <section className={styles.card} aria-label={runs ? text.running : text.last}>
      <h2>{runs ? text.running : text.last}</h2>
      {runs && (
        <>
          <progress className={styles.progress} aria-label={text.running} max={1} value={plan.progress} />
          {best !== undefined && <p className={styles.figures}>{score(best.score.hard, best.score.soft)}</p>}
          <div className={styles.deeds}>
            <Button size="small" onPress={() => void changeOrSay("jobs.accept", call, asking)}>
              {text.enough}
            </Button>
            <Button size="small" onPress={() => void changeOrSay("jobs.cancel", call, asking)}>
              {text.stop}
            </Button>
          </div>
        </>
      )}
      {plan.state === "failed" && <p className={styles.bad}>{text.failed(wordsOfFailure(plan))}</p>}
      {plan.state === "cancelled" && <p className={styles.quiet}>{text.cancelled}</p>}
      {plan.result !== null && (
        <>
          <p>{plan.result.applied.requestId === null ? text.nothing : text.moved(plan.result.applied.moved)}</p>
          <p className={styles.figures}>{score(plan.result.score.hard, plan.result.score.soft)}</p>
          {!plan.result.kept && (
            <>
              <p className={styles.bad}>{text.cannot}</p>
              <ul className={styles.sentences} data-tone="bad">
                {plan.result.findings.map((finding) => (
                  <li key={words.sentence(finding, league)}>{words.sentence(finding, league)}</li>
                ))}
              </ul>
            </>
          )}
          <p className={styles.quiet}>
            {text.steps(format.number(plan.result.steps), format.number(plan.result.stepsPerSecond), plan.seed)}
          </p>
        </>
      )}
    </section>
  );
}
