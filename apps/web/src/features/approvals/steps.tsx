import type { Answer } from "../../data/api.ts";
import { useAsked } from "../../data/office.ts";
import { Answered } from "../../shell/section.tsx";
import section from "../../shell/section.module.css";
import { Modal } from "../../ui/modal.tsx";
import styles from "./approvals.module.css";
import { useApprovalWords } from "./use-approval-words.ts";
import { useTimes } from "./use-times.ts";

type Step = Answer<"approvals.read">["chain"][number];
type Seat = Step["seats"][number];

/** Who waits for whom, step by step: who is asked, for whom they stand in, who has answered, until when and what then. */
export function Steps(props: {
  readonly id: string;
  readonly label: string;
  readonly zone: string;
  readonly onClose: () => void;
}) {
  const { id, label, zone, onClose } = props;
  const words = useApprovalWords();
  const asked = useAsked("approvals.read", { params: { id } });
  return (
    <Modal title={words.whoOf(label)} onClose={onClose}>
      <Answered asked={asked}>
        {({ chain }) => (
          <ol className={styles.steps}>
            {chain.map((step) => (
              <OneStep key={step.step} step={step} zone={zone} />
            ))}
          </ol>
        )}
      </Answered>
    </Modal>
  );
}

function OneStep({ step, zone }: { readonly step: Step; readonly zone: string }) {
  const { chain: text, ...words } = useApprovalWords();
  const times = useTimes(zone);
  const isWaiting = step.state === "waiting";
  const more = [
    step.how !== null && text.how[step.how],
    isWaiting && text.yes(step.yes, step.quorum),
    step.due !== null && words.until(times.instant(step.due)),
    isWaiting && step.atDeadline !== null && text.afterwards[step.atDeadline],
  ].filter((part) => part !== false);
  return (
    <li data-state={step.state}>
      <div className={styles.stepHead}>
        <b>{text.step(step.step)}</b>
        <span className={section.mark} data-tone={step.state === "passed" ? "good" : "plain"}>
          {text.states[step.state]}
        </span>
      </div>
      {more.length > 0 && <span className={section.quiet}>{more.join(" · ")}</span>}
      {step.seats.length === 0 ? (
        step.state !== "passed" && <span className={section.quiet}>{text.nobody}</span>
      ) : (
        <ul>
          {step.seats.map((seat) => (
            <OneSeat key={seat.for.id} seat={seat} zone={zone} />
          ))}
        </ul>
      )}
    </li>
  );
}

function OneSeat({ seat, zone }: { readonly seat: Seat; readonly zone: string }) {
  const { chain: text, because } = useApprovalWords();
  const times = useTimes(zone);
  const { answer } = seat;
  if (answer !== null) {
    const who = answer.by.id === seat.for.id ? answer.by.name : text.saysFor(answer.by.name, seat.for.name);
    const more = [text.says[answer.says], times.instant(answer.at), answer.reason !== null && because(answer.reason)];
    return (
      <li>
        <b>{who}</b> <span>{more.filter((part) => part !== false).join(" · ")}</span>
      </li>
    );
  }
  const others = seat.asked.filter(({ id }) => id !== seat.for.id).map(({ name }) => name);
  const more = [seat.hasLeft ? text.left : seat.isAway && text.away, text.by[seat.by]];
  return (
    <li>
      <b>{others.length === 0 ? seat.for.name : text.standsIn(others, seat.for.name)}</b>{" "}
      <span>{more.filter((part) => part !== false && part !== "").join(" · ")}</span>
    </li>
  );
}
