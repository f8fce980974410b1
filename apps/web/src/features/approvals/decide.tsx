import { useEffect, useRef, useState, type RefObject } from "react";
import { wordsOfItem } from "../../data/api.ts";
import { change, changeOrSay, useAsked } from "../../data/office.ts";
import { say } from "../../data/history.ts";
import { useLanguage } from "../../messages/index.tsx";
import { Answered, Section, Sheet } from "../../shell/section.tsx";
import section from "../../shell/section.module.css";
import { Button } from "../../ui/button.tsx";
import { Checkbox, Refusal } from "../../ui/field.tsx";
import { TextArea } from "../../ui/text-area.tsx";
import styles from "./approvals.module.css";
import { RequestCard, type Request } from "./request-card.tsx";
import { Steps } from "./steps.tsx";
import { useApprovalWords } from "./use-approval-words.ts";

/** As many as are answered at once. */
const SHOWN_MAX = 50;
const REASON_MAX = 1_000;
/** Who is away and whose time ran out is worked out by the server in its own time. */
const ASKED_EVERY_MS = 30_000;

type Untold = { readonly label: string; readonly why: string };

/** What waits for whoever looks: each with what it would do, answered one by one or several at once. */
export function Decide({ zone }: { readonly zone: string }) {
  const { title, decide: text, sections } = useApprovalWords();
  const asked = useAsked("approvals.list", { query: { view: "decide", limit: SHOWN_MAX } }, ASKED_EVERY_MS);
  return (
    <Section title={sections.decide} intro={text.intro}>
      <Answered asked={asked}>
        {({ items, nextCursor }) =>
          items.length === 0 ? (
            <p className={section.empty} aria-label={title}>
              {text.empty}
            </p>
          ) : (
            <>
              <Waiting items={items} zone={zone} />
              {nextCursor !== null && <p className={section.quiet}>{text.more}</p>}
            </>
          )
        }
      </Answered>
    </Section>
  );
}

function Waiting({ items, zone }: { readonly items: readonly Request[]; readonly zone: string }) {
  const { decide: text, sections } = useApprovalWords();
  const { words } = useLanguage();
  const [selected, setSelected] = useState<ReadonlySet<string>>(new Set());
  const [declining, setDeclining] = useState<readonly Request[] | null>(null);
  const [shown, setShown] = useState<Request | null>(null);
  const [untold, setUntold] = useState<readonly Untold[]>([]);
  const [isBusy, setBusy] = useState(false);
  const list = useRef<HTMLUListElement>(null);
  useArrows(list);
  const chosen = items.filter(({ id }) => selected.has(id));
  const offline = words.failures.network;

  /** Each by itself: what can be done is done, and what cannot says why. */
  const answerAll = async (requests: readonly Request[], says: "yes" | "no", reason: string | null) => {
    setUntold([]);
    const body = { items: requests.map(({ id }) => ({ id, says, reason })), atomic: false };
    const changed = await change("approvals.decide", { body }, { said: null, offline });
    if (changed.refused !== null) return changed;
    const labels = new Map(requests.map(({ id, label }) => [id, label]));
    const refused = changed.value.items.flatMap(({ id, problem }) =>
      problem === null ? [] : [{ label: labels.get(id) ?? "", why: wordsOfItem(problem) }],
    );
    if (refused.length < requests.length) say(`${text.answered(requests.length - refused.length)}.`);
    setUntold(refused);
    setSelected(new Set());
    return changed;
  };
  const approve = async (requests: readonly Request[]) => {
    setBusy(true);
    const [one] = requests;
    if (requests.length === 1 && one !== undefined) {
      const call = { params: { id: one.id }, body: {} };
      await changeOrSay("approvals.approve", call, { said: text.approved(one.label), offline });
    } else {
      const changed = await answerAll(requests, "yes", null);
      if (changed.refused !== null) say(changed.refused.sentence);
    }
    setBusy(false);
  };
  const toggle = (id: string, isSelected: boolean) =>
    setSelected((before) => new Set([...before].filter((each) => each !== id).concat(isSelected ? [id] : [])));
  return (
    <>
      <div className={styles.bar}>
        <Checkbox
          isSelected={chosen.length === items.length}
          onChange={(isAll) => setSelected(new Set(isAll ? items.map(({ id }) => id) : []))}
        >
          {text.all}
        </Checkbox>
        {chosen.length > 0 && (
          <>
            <span className={section.quiet} role="status">
              {text.selected(chosen.length)}
            </span>
            <Button kind="primary" size="small" isPending={isBusy} onPress={() => void approve(chosen)}>
              {text.approveAll(chosen.length)}
            </Button>
            <Button size="small" isDisabled={isBusy} onPress={() => setDeclining(chosen)}>
              {text.declineAll(chosen.length)}
            </Button>
          </>
        )}
      </div>
      {untold.length > 0 && (
        <Refusal>
          <p>{text.someRefused}</p>
          <ul>
            {untold.map(({ label, why }) => (
              <li key={label}>{text.refused(label, why)}</li>
            ))}
          </ul>
        </Refusal>
      )}
      <ul ref={list} className={section.list} aria-label={sections.decide}>
        {items.map((request) => (
          <RequestCard
            key={request.id}
            request={request}
            zone={zone}
            onSteps={() => setShown(request)}
            before={
              <Checkbox isSelected={selected.has(request.id)} onChange={(is) => toggle(request.id, is)}>
                <span className={styles.unseen}>{text.select(request.label)}</span>
              </Checkbox>
            }
          >
            <Button
              kind="primary"
              size="small"
              isDisabled={isBusy}
              aria-label={text.approveOf(request.label)}
              onPress={() => void approve([request])}
            >
              {text.approve}
            </Button>
            <Button
              size="small"
              isDisabled={isBusy}
              aria-label={text.declineOf(request.label)}
              onPress={() => setDeclining([request])}
            >
              {text.decline}
            </Button>
          </RequestCard>
        ))}
      </ul>
      {declining !== null && (
        <DeclineSheet requests={declining} onDecline={answerAll} onClose={() => setDeclining(null)} />
      )}
      {shown !== null && <Steps id={shown.id} label={shown.label} zone={zone} onClose={() => setShown(null)} />}
    </>
  );
}

/** Arrows go from one choice of a list to the next. */
function useArrows(list: RefObject<HTMLElement | null>): void {
  useEffect(() => {
    const move = (event: KeyboardEvent) => {
      const step = event.key === "ArrowDown" ? 1 : event.key === "ArrowUp" ? -1 : 0;
      const boxes = [...(list.current?.querySelectorAll<HTMLElement>("input[type=checkbox]") ?? [])];
      const at = boxes.findIndex((box) => box === document.activeElement);
      if (step === 0 || at === -1) return;
      event.preventDefault();
      boxes[at + step]?.focus();
    };
    document.addEventListener("keydown", move);
    return () => document.removeEventListener("keydown", move);
  }, [list]);
}

function DeclineSheet(props: {
  readonly requests: readonly Request[];
  readonly onDecline: (
    requests: readonly Request[],
    says: "no",
    reason: string,
  ) => ReturnType<typeof change<"approvals.decide">>;
  readonly onClose: () => void;
}) {
  const { requests, onDecline, onClose } = props;
  const { decide: text } = useApprovalWords();
  const { words } = useLanguage();
  const [reason, setReason] = useState("");
  const [one] = requests;
  const send = () => {
    const why = reason.trim();
    if (why === "") return Promise.resolve(null);
    if (requests.length > 1 || one === undefined) return onDecline(requests, "no", why);
    const told = { said: text.declined(one.label), offline: words.failures.network };
    return change("approvals.decline", { params: { id: one.id }, body: { reason: why } }, told);
  };
  return (
    <Sheet
      title={requests.length === 1 ? text.declineOf(one!.label) : text.declineAll(requests.length)}
      submit={text.send}
      onSubmit={send}
      onClose={onClose}
    >
      {(_refused, isTried) => (
        <>
          <TextArea label={text.why} value={reason} hint={text.whyHint} maxLength={REASON_MAX} onChange={setReason} />
          {isTried && reason.trim() === "" && <Refusal>{text.whyNeeded}</Refusal>}
        </>
      )}
    </Sheet>
  );
}
