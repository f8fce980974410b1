import { useEffect, useRef, useState } from "react";
import { announce } from "../../data/announcement.ts";
import { wordsOfFailure, wordsOfObjection, type Answer } from "../../data/api.ts";
import { readAgain } from "../../data/freshness.ts";
import { remember } from "../../data/history.ts";
import { changeOrSay, useAsked } from "../../data/office.ts";
import { readDraft } from "../../data/roster-draft.ts";
import { useLanguage } from "../../messages/index.tsx";
import { Button } from "../../ui/button.tsx";
import styles from "./team.module.css";
import { usePlanWords } from "./use-plan-words.ts";

type Plan = NonNullable<Answer<"drafts.planned">["plan"]>;
type Result = NonNullable<Plan["result"]>;

const RUNNING_EVERY_MS = 600;
const QUIET_EVERY_MS = 20_000;
const LINES_SHOWN = 6;

/** The plan of a draft: how good it is while it is looked for, then what came of it and what stays short. */
export function Planned(props: {
  readonly id: string;
  readonly name: string;
  /** Who looks: what others have planned is theirs to take back. */
  readonly personId: string;
  readonly onFairness: () => void;
}) {
  const { id, name, personId, onFairness } = props;
  const text = usePlanWords();
  const [isRunning, setRunning] = useState(false);
  const asked = useAsked("drafts.planned", { params: { id } }, isRunning ? RUNNING_EVERY_MS : QUIET_EVERY_MS);
  const plan = asked.status === "ready" ? asked.value.plan : null;
  const runs = plan !== null && (plan.state === "queued" || plan.state === "running");
  if (runs !== isRunning) setRunning(runs);
  const followed = useRef<string | null>(null);
  useEffect(() => {
    if (plan === null) return;
    if (runs) {
      followed.current = plan.jobId;
      return;
    }
    if (followed.current !== plan.jobId) return;
    followed.current = null;
    void readDraft();
    readAgain();
    const requestId = plan.result?.applied.requestId ?? null;
    if (plan.result === null) announce(plan.state === "failed" ? text.failed(wordsOfFailure(plan)) : text.cancelled);
    else if (requestId === null) announce(text.nothing);
    else if (plan.askedBy.personId !== personId) announce(text.done(name));
    else remember({ requestIds: [requestId], summary: text.done(name) }, `${text.done(name)}.`);
  }, [plan, runs, name, personId, text]);
  if (plan === null) return null;
  return (
    <section className={styles.card} aria-label={runs ? text.running : text.last}>
      <p className={styles.eyebrow} data-tone={runs ? "accent" : undefined}>
        {runs && <i className={styles.dot} />}
        <span>{runs ? text.running : text.last}</span>
        <span>{plan.askedBy.name}</span>
      </p>
      {runs && <Running plan={plan} />}
      {plan.state === "failed" && <p className={styles.bad}>{text.failed(wordsOfFailure(plan))}</p>}
      {plan.state === "cancelled" && <p className={styles.quiet}>{text.cancelled}</p>}
      {plan.result !== null && <Outcome result={plan.result} onFairness={onFairness} />}
    </section>
  );
}

function Running({ plan }: { readonly plan: Plan }) {
  const text = usePlanWords();
  const { words: all, format } = useLanguage();
  const best = plan.soFar.at(-1);
  const call = { params: { id: plan.jobId } };
  const told = { said: null, offline: all.failures.network };
  return (
    <>
      <progress className={styles.progress} aria-label={text.running} max={1} value={plan.progress} />
      {best !== undefined && (
        <p className={styles.figures} aria-live="off">
          {text.score(format.duration(Math.round(best.score.hard)), format.number(Math.round(best.score.soft)))}
          <br />
          <span className={styles.quiet}>{text.moved(best.moved)}</span>
        </p>
      )}
      <div className={styles.deeds}>
        <Button size="small" onPress={() => void changeOrSay("jobs.accept", call, told)}>
          {text.enough}
        </Button>
        <Button size="small" onPress={() => void changeOrSay("jobs.cancel", call, told)}>
          {text.stop}
        </Button>
      </div>
    </>
  );
}

function Outcome({ result, onFairness }: { readonly result: Result; readonly onFairness: () => void }) {
  const text = usePlanWords();
  const { format } = useLanguage();
  const { applied, constraints, unmet, unmetCount, leftOut, wishesRefused, steps, stepsPerSecond, seed } = result;
  const counted = constraints.filter(({ before, after }) => before.units !== 0 || after.units !== 0);
  const print = (units: number, unit: "minutes" | "times") =>
    unit === "minutes" ? format.duration(units) : text.times(units);
  return (
    <>
      <p>
        {applied.requestId === null
          ? text.nothing
          : text.applied(applied.given, applied.filled, applied.taken, applied.dropped)}
      </p>
      {counted.length > 0 && (
        <table className={styles.weighed}>
          <caption className={styles.unseen}>{text.constraints}</caption>
          <thead>
            <tr>
              <th scope="col">
                <span className={styles.unseen}>{text.constraints}</span>
              </th>
              <th scope="col">{text.before}</th>
              <th scope="col">{text.after}</th>
            </tr>
          </thead>
          <tbody>
            {counted.map(({ name, unit, before, after }) => (
              <tr key={name}>
                <th scope="row">{text.names[name]}</th>
                <td>{print(before.units, unit)}</td>
                <td data-better={after.points < before.points || undefined}>{print(after.units, unit)}</td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
      <h3>{unmetCount === 0 ? text.noUnmet : text.unmet(unmetCount)}</h3>
      <Lines lines={unmet.map(wordsOfObjection)} all={unmetCount} />
      {wishesRefused.length > 0 && (
        <>
          <h3>{text.wishes}</h3>
          <Lines lines={wishesRefused.map(wordsOfObjection)} all={wishesRefused.length} />
        </>
      )}
      {leftOut.length > 0 && (
        <>
          <h3>{text.leftOut}</h3>
          <Lines lines={leftOut.map(wordsOfObjection)} all={leftOut.length} />
        </>
      )}
      <p className={styles.quiet}>{text.steps(format.number(steps), format.number(stepsPerSecond), seed)}</p>
      <div className={styles.deeds}>
        <Button size="small" onPress={onFairness}>
          {text.fairness}
        </Button>
      </div>
    </>
  );
}

function Lines({ lines, all }: { readonly lines: readonly string[]; readonly all: number }) {
  const text = usePlanWords();
  if (lines.length === 0) return null;
  const shown = lines.slice(0, LINES_SHOWN);
  return (
    <ul className={styles.sentences}>
      {shown.map((line) => (
        <li key={line}>{line}</li>
      ))}
      {all > shown.length && <li className={styles.quiet}>{text.unmetMore(all - shown.length)}</li>}
    </ul>
  );
}
