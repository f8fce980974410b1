import type { ReactNode } from "react";
import { wordsOfObjection, type Answer } from "../../data/api.ts";
import { What } from "../../shell/section.tsx";
import section from "../../shell/section.module.css";
import { Button } from "../../ui/button.tsx";
import styles from "./approvals.module.css";
import { useApprovalWords } from "./use-approval-words.ts";
import { useTimes } from "./use-times.ts";

export type Request = Answer<"approvals.list">["items"][number];

const TONES: Readonly<Partial<Record<Request["state"], string>>> = { approved: "good", declined: "bad" };

/** One request: from whom, how far it is, whom it waits for, and what approving would do. */
export function RequestCard(props: {
  readonly request: Request;
  readonly zone: string;
  /** Before its name: where it is chosen among others. */
  readonly before?: ReactNode;
  readonly onSteps: () => void;
  readonly children?: ReactNode;
}) {
  const { request, zone, before, onSteps, children } = props;
  const text = useApprovalWords();
  const times = useTimes(zone);
  const { requestedBy, concerns, state, step, steps, due, waitsFor, reason, endedBy, endedAt } = request;
  const isWaiting = state === "waiting";
  const names = waitsFor.map(({ name }) => name);
  return (
    <li className={`${section.row} ${styles.card}`}>
      <div className={styles.head}>
        {before}
        <What
          name={request.label}
          more={[
            requestedBy.id === concerns.id
              ? text.from(requestedBy.name)
              : text.fromFor(requestedBy.name, concerns.name),
            isWaiting && steps > 1 && text.step(step, steps),
            isWaiting && (names.length === 0 ? text.waitsForNobody : text.waitsFor(names)),
            due !== null && text.until(times.instant(due)),
            endedBy !== null && text.by(endedBy.name),
            endedAt !== null && times.instant(endedAt),
            reason !== null && text.because(reason),
          ]}
        />
        {!isWaiting && (
          <span className={section.mark} data-tone={TONES[state] ?? "plain"}>
            {text.states[state]}
          </span>
        )}
      </div>
      {isWaiting && <Effect lines={request.effect} />}
      <div className={styles.deeds}>
        <Button kind="quiet" size="small" aria-label={text.whoOf(request.label)} onPress={onSteps}>
          {text.who}
        </Button>
        {children}
      </div>
    </li>
  );
}

/** What approving would do: what gets worse is told by a word and a sign, not by colour alone. */
function Effect({ lines }: { readonly lines: Request["effect"] }) {
  const text = useApprovalWords();
  if (lines.length === 0) return <p className={`${section.quiet} ${styles.effect}`}>{text.noEffect}</p>;
  return (
    <dl className={styles.effect} aria-label={text.effect}>
      {lines.map(({ label, before, after, worse, ...of }) => (
        <div key={label} data-worse={worse || undefined}>
          <dt>{wordsOfObjection({ sentence: label, ...of })}</dt>
          <dd>
            {before !== null && after !== null ? text.becomes(before, after) : (after ?? before)}
            {worse && <em> ▼ {text.worse}</em>}
          </dd>
        </div>
      ))}
    </dl>
  );
}
