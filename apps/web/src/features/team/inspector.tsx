import { blockOf, printHours, type TeamLayer } from "@hourwright/timeline/team";
import { memo, useEffect, useMemo, useState } from "react";
import { wordsOfItem, wordsOfObjection, type Answer, type Me } from "../../data/api.ts";
import { say } from "../../data/history.ts";
import { change, changeOrSay, useAsked } from "../../data/office.ts";
import { contractOn, rosterStore, textOfDay, type Contract, type RosterWindow } from "../../data/roster.ts";
import { useStore, type Store } from "../../data/store.ts";
import { parseInstant } from "../../data/wall-clock.ts";
import { useLanguage } from "../../messages/index.tsx";
import { Sheet } from "../../shell/section.tsx";
import { useNow } from "../../shell/use-now.ts";
import { Avatar } from "../../ui/avatar.tsx";
import { Button } from "../../ui/button.tsx";
import { TextInput } from "../../ui/field.tsx";
import { itemsOf, minutesOf, shownIn, type DraftByPerson, type TeamLine, type TeamModel } from "./model.ts";
import { AskedOfMe, Calls } from "./calls.tsx";
import type { ShiftOf } from "./cover-sheet.tsx";
import type { Objections } from "./names.ts";
import { OffersOn } from "./offers.tsx";
import { Planned } from "./planned.tsx";
import type { CellPlace, TeamState } from "./state.ts";
import styles from "./team.module.css";
import { useExchangeWords } from "./use-exchange-words.ts";
import { useTeamWords } from "./use-team-words.ts";
import { useWhen } from "./use-when.ts";

type Request = Answer<"approvals.list">["items"][number];

const SHOWN_MAX = 20;
const ASKED_EVERY_MS = 30_000;
const REASON_MAX = 1_000;

/** What waits for whoever looks, and the selected cell explained. */
export const TeamInspector = memo(function TeamInspector(props: {
  readonly me: Me;
  readonly model: TeamModel | null;
  readonly draft: DraftByPerson;
  readonly objections: Objections;
  readonly state: Store<TeamState>;
  readonly window: RosterWindow;
  readonly manages: boolean;
  /** The draft that is open. */
  readonly planned: { readonly id: string; readonly name: string } | null;
  readonly onFairness: () => void;
  readonly onAsk: (place: CellPlace) => void;
  readonly onCover: (shift: ShiftOf) => void;
}) {
  const { all, ...rest } = { all: useLanguage().words, ...props };
  return (
    <aside className={styles.inspector} aria-label={all.inspector.label}>
      <AskedOfMe />
      {rest.planned !== null && (
        <Planned
          personId={rest.me.personId}
          key={rest.planned.id}
          id={rest.planned.id}
          name={rest.planned.name}
          onFairness={rest.onFairness}
        />
      )}
      <Waiting me={rest.me} />
      {rest.manages && <Calls me={rest.me} />}
      {rest.model !== null && <Selected {...rest} model={rest.model} />}
      <Published window={rest.window} me={rest.me} />
    </aside>
  );
});

/** Requests to decide: the one due soonest is open, with what approving would do; the others tell it in a line. */
function Waiting({ me }: { readonly me: Me }) {
  const words = useTeamWords();
  const text = words.approvals;
  const { words: all } = useLanguage();
  const when = useWhen(me.organisation.zone);
  const asked = useAsked("approvals.list", { query: { view: "decide", limit: SHOWN_MAX } }, ASKED_EVERY_MS);
  const [opened, setOpened] = useState<string | null>(null);
  const [declining, setDeclining] = useState<Request | null>(null);
  const [isBusy, setBusy] = useState(false);
  const items = useMemo(
    () => (asked.status === "ready" ? asked.value.items.toSorted((one, other) => dueOf(one) - dueOf(other)) : []),
    [asked],
  );
  const shownId = items.some(({ id }) => id === opened) ? opened : (items[0]?.id ?? null);
  const fine = items.filter(({ effect }) => effect.every(({ worse }) => !worse));
  const offline = all.failures.network;
  const approve = async (requests: readonly Request[]) => {
    setBusy(true);
    const [one] = requests;
    if (requests.length === 1 && one !== undefined)
      await changeOrSay(
        "approvals.approve",
        { params: { id: one.id }, body: {} },
        { said: text.approved(one.label), offline },
      );
    else {
      const body = { items: requests.map(({ id }) => ({ id, says: "yes" as const })), atomic: false };
      const changed = await change("approvals.decide", { body }, { said: null, offline });
      if (changed.refused !== null) say(changed.refused.sentence);
      else {
        const refused = changed.value.items.flatMap(({ id, problem }) => (problem === null ? [] : [{ id, problem }]));
        const [first] = refused;
        const label = requests.find(({ id }) => id === first?.id)?.label ?? "";
        const done = changed.value.items.length - refused.length;
        say(first === undefined ? `${text.answered(done)}.` : text.refused(label, wordsOfItem(first.problem)));
      }
    }
    setBusy(false);
  };
  if (asked.status !== "ready") return null;
  return (
    <section aria-label={text.title}>
      <p className={styles.eyebrow} data-tone={items.length > 0 ? "accent" : undefined}>
        {items.length > 0 && <i className={styles.dot} />}
        <span>{text.title}</span>
        {items.length > 0 && items[0]!.due !== null && <span>{text.until(when.instant(items[0]!.due))}</span>}
      </p>
      {items.length === 0 ? (
        <p className={styles.quiet}>{text.none}</p>
      ) : (
        <>
          <h2>{text.count(items.length)}</h2>
          <ul className={styles.requests} style={{ marginBlockStart: 10 }}>
            {items.map((request) => {
              const isOpen = request.id === shownId;
              return (
                <li key={request.id} className={styles.request} data-open={isOpen || undefined}>
                  <button
                    type="button"
                    className={styles.requestHead}
                    aria-expanded={isOpen}
                    onClick={() => setOpened(request.id)}
                  >
                    <Avatar name={request.concerns.name} />
                    <span>
                      <b>{request.label}</b>
                      <small>
                        {isOpen ? text.from(request.requestedBy.name) : lineOf(request, text.noEffect, text.becomes)}
                      </small>
                    </span>
                  </button>
                  {isOpen && (
                    <>
                      {request.effect.length > 0 && (
                        <dl className={styles.facts}>
                          {request.effect.map(({ label, before, after, worse }) => (
                            <Fact
                              key={label}
                              label={label}
                              value={
                                (before !== null && after !== null
                                  ? text.becomes(before, after)
                                  : (after ?? before ?? "")) + (worse ? ` ▼ ${text.worse}` : "")
                              }
                              isWorse={worse}
                            />
                          ))}
                        </dl>
                      )}
                      <div className={styles.deeds}>
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
                          onPress={() => setDeclining(request)}
                        >
                          {text.decline}
                        </Button>
                      </div>
                    </>
                  )}
                </li>
              );
            })}
          </ul>
          {fine.length > 1 && (
            <div className={styles.deeds}>
              <Button isDisabled={isBusy} onPress={() => void approve(fine)}>
                {text.approveAll(fine.length)}
              </Button>
            </div>
          )}
        </>
      )}
      {declining !== null && <DeclineSheet request={declining} onClose={() => setDeclining(null)} />}
    </section>
  );
}

const dueOf = ({ due, askedAt }: Request): number =>
  due === null ? Number.MAX_SAFE_INTEGER : Temporal.Instant.from(due).epochMilliseconds - (askedAt === "" ? 1 : 0);

function lineOf({ effect }: Request, none: string, becomes: (before: string, after: string) => string): string {
  const line = effect.find(({ worse }) => worse) ?? effect[0];
  if (line === undefined) return none;
  const { label, before, after } = line;
  return `${label}: ${before !== null && after !== null ? becomes(before, after) : (after ?? before ?? "")}`;
}

function Fact({
  label,
  value,
  isWorse = false,
}: {
  readonly label: string;
  readonly value: string;
  readonly isWorse?: boolean;
}) {
  return (
    <>
      <dt>{label}</dt>
      <dd data-worse={isWorse || undefined}>{value}</dd>
    </>
  );
}

function DeclineSheet({ request, onClose }: { readonly request: Request; readonly onClose: () => void }) {
  const { approvals: text } = useTeamWords();
  const { words: all } = useLanguage();
  const [reason, setReason] = useState("");
  const send = async () => {
    if (reason.trim() === "") return null;
    const call = { params: { id: request.id }, body: { reason } };
    return change("approvals.decline", call, { said: text.declined(request.label), offline: all.failures.network });
  };
  return (
    <Sheet
      title={text.declineOf(request.label)}
      submit={text.decline.replace(" …", "")}
      onSubmit={send}
      onClose={onClose}
    >
      {(_, isTried) => (
        <TextInput
          label={text.why}
          value={reason}
          hint={text.whyHint}
          maxLength={REASON_MAX}
          isFirst
          onChange={setReason}
          {...(isTried && reason.trim() === "" ? { error: text.whyNeeded } : {})}
        />
      )}
    </Sheet>
  );
}

/** The selected cell: contract, what stands and why, hours, what speaks against it. */
function Selected(props: {
  readonly model: TeamModel;
  readonly draft: DraftByPerson;
  readonly objections: Objections;
  readonly state: Store<TeamState>;
  readonly manages: boolean;
  readonly onAsk: (place: CellPlace) => void;
  readonly onCover: (shift: ShiftOf) => void;
}) {
  const { model, draft, objections, state, manages, onAsk, onCover } = props;
  const words = useTeamWords();
  const { format } = useLanguage();
  const selection = useSettled(useStore(state, (now) => now.selection));
  const { line: at, day } = selection.head;
  const line = model.lines[at];
  const block = blockOf(selection);
  const cells = (block.toLine - block.fromLine) * (block.toDay - block.fromDay);
  const contracts = useStore(rosterStore, (store) => store.contracts);
  if (line === undefined || day >= model.window.days) return null;
  const epochDay = model.window.fromDay + day;
  const { shifts, cell } = shownIn(model, draft, line, day);
  const against = itemsOf(draft, line.personId, epochDay).flatMap(({ id }) => objections.get(id) ?? []);
  return (
    <section className={styles.card} aria-label={words.selected.title}>
      <p className={styles.eyebrow}>
        <span>{words.selected.title}</span>
        <span>
          {line.personId === null ? words.open.title : line.name} · {format.dayShort(epochDay)}
        </span>
      </p>
      <dl className={styles.facts}>
        {cells > 1 && (
          <Fact label={words.selected.total} value={together(model, draft, block, words, format.duration)} />
        )}
        {shifts.map((shift) => (
          <Fact
            key={`${shift.fromMinute} ${shift.sourceId} ${shift.layer}`}
            label={shift.name === "" ? words.layers[layerOf(line, shift.layer)] : shift.name}
            value={[printHours(shift), shift.site ?? line.site].filter(Boolean).join(", ")}
          />
        ))}
        {cell.pending.map((shift) => (
          <Fact key={`pending ${shift.fromMinute}`} label={words.layers.pending} value={printHours(shift)} />
        ))}
        {line.personId !== null && (
          <PersonFacts line={line} model={model} draft={draft} contracts={contracts} day={epochDay} />
        )}
      </dl>
      {against.map((sentence) => (
        <p key={sentence} className={`${styles.sentences} ${styles.bad}`}>
          {sentence}
        </p>
      ))}
      {line.personId !== null && (
        <Explained personId={line.personId} name={line.name} day={epochDay} onCover={manages ? onCover : null} />
      )}
      {line.personId === null && manages && <OffersOn day={epochDay} />}
      {line.personId !== null && (
        <div className={styles.deeds}>
          <Button size="small" onPress={() => onAsk({ line: at, day })}>
            {words.ask.button}
          </Button>
        </div>
      )}
    </section>
  );
}

const SETTLED_MS = 160;

/** The value once it rests: what is asked of the server for it is not asked at each key. */
function useSettled<Value>(value: Value): Value {
  const [settled, setSettled] = useState(value);
  useEffect(() => {
    const timer = setTimeout(() => setSettled(value), SETTLED_MS);
    return () => clearTimeout(timer);
  }, [value]);
  return settled;
}

const layerOf = ({ personId }: TeamLine, layer: TeamLayer): TeamLayer =>
  personId === null && layer !== "draft" ? "open" : layer;

function together(
  model: TeamModel,
  draft: DraftByPerson,
  block: ReturnType<typeof blockOf>,
  words: ReturnType<typeof useTeamWords>,
  duration: (minutes: number) => string,
): string {
  let minutes = 0;
  let cells = 0;
  for (let at = block.fromLine; at < block.toLine; at++)
    for (let day = block.fromDay; day < block.toDay; day++) {
      const line = model.lines[at];
      if (line === undefined) continue;
      cells++;
      for (const shift of shownIn(model, draft, line, day).shifts) minutes += shift.toMinute - shift.fromMinute;
    }
  return `${words.selected.cells(cells)}, ${duration(minutes)}`;
}

function PersonFacts(props: {
  readonly line: TeamLine;
  readonly model: TeamModel;
  readonly draft: DraftByPerson;
  readonly contracts: ReadonlyMap<string, readonly Contract[]>;
  readonly day: number;
}) {
  const { line, model, draft, contracts, day } = props;
  const words = useTeamWords();
  const { format } = useLanguage();
  const contract = contractOn(contracts.get(line.personId!), day);
  const skills = useAsked("personSkills.list", { params: { id: line.personId! } });
  const names = skills.status === "ready" ? skills.value.items.map(({ name }) => name) : [];
  const minutes = minutesOf(model, draft, line);
  return (
    <>
      {contract !== null && (
        <Fact label={words.selected.contract} value={nominalOf(contract, words, format.duration)} />
      )}
      <Fact
        label={words.selected.hours}
        value={line.askedMinutes === null ? words.plainHours(minutes) : words.hoursOf(minutes, line.askedMinutes)}
      />
      {names.length > 0 && <Fact label={words.selected.skills} value={format.list(names)} />}
    </>
  );
}

function nominalOf(
  { nominal, partPermille = 1_000 }: Contract,
  words: ReturnType<typeof useTeamWords>,
  duration: (minutes: number) => string,
): string {
  const hours = duration(nominal.minutes);
  if (nominal.per === "month") return words.selected.perMonth(hours);
  if (nominal.per === "year") return words.selected.perYear(hours);
  return words.selected.perWeek(hours, partPermille < 1_000 ? words.part(partPermille) : "");
}

/** Why somebody does what they do on a day. */
function Explained(props: {
  readonly personId: string;
  readonly name: string;
  readonly day: number;
  /** Null for who may ask nobody. */
  readonly onCover: ((shift: ShiftOf) => void) | null;
}) {
  const { personId, name, day, onCover } = props;
  const words = useTeamWords();
  const { cover: text } = useExchangeWords();
  const nowMs = useNow();
  const asked = useAsked("schedules.read", {
    params: { personId },
    query: { from: textOfDay(day), to: textOfDay(day + 1) },
  });
  if (asked.status === "failed") return <p className={styles.quiet}>{words.selected.failed}</p>;
  if (asked.status === "loading") return <p className={styles.quiet}>{words.selected.loading}</p>;
  const on = textOfDay(day);
  const ofDay = asked.value.stretches.filter((each) => each.day === on);
  const isAt = ofDay.some(({ kind }) => kind !== "off");
  const told = ofDay.filter(({ kind }) => kind !== "off" || !isAt);
  const sentences = [...new Set(told.map(wordsOfObjection))];
  const broken = asked.value.broken.map(wordsOfObjection);
  const missing = ofDay.find(
    ({ kind, of, start }) => kind === "absence" && of?.day === on && (parseInstant(start) ?? 0) > nowMs,
  )?.of;
  return (
    <>
      <ul className={styles.sentences} aria-label={words.selected.explained}>
        {sentences.length === 0 && <li className={styles.quiet}>{words.selected.nothing}</li>}
        {sentences.slice(0, SHOWN_MAX).map((sentence) => (
          <li key={sentence}>{sentence}</li>
        ))}
        {broken.slice(0, SHOWN_MAX).map((sentence) => (
          <li key={sentence} className={styles.bad}>
            {sentence}
          </li>
        ))}
      </ul>
      {onCover !== null && missing !== undefined && missing !== null && (
        <div className={styles.deeds}>
          <Button size="small" kind="primary" onPress={() => onCover({ personId, name, ...missing })}>
            {text.find}
          </Button>
        </div>
      )}
    </>
  );
}

const PUBLICATIONS_SHOWN = 3;

/** What was published of these days, who knows it, and one's own part to acknowledge. */
function Published({ window, me }: { readonly window: RosterWindow; readonly me: Me }) {
  const words = useTeamWords();
  const { words: all } = useLanguage();
  const when = useWhen(me.organisation.zone);
  const asked = useAsked("publications.list", {
    query: { from: textOfDay(window.fromDay), to: textOfDay(window.fromDay + window.days), limit: PUBLICATIONS_SHOWN },
  });
  if (asked.status !== "ready" || asked.value.items.length === 0) return null;
  const know = (id: string, name: string) =>
    void changeOrSay(
      "publications.acknowledge",
      { params: { id } },
      { said: words.published.known(name), offline: all.failures.network },
    );
  return (
    <section className={styles.card} aria-label={words.published.title}>
      <p className={styles.eyebrow}>
        <span>{words.published.title}</span>
      </p>
      <ul className={styles.sentences}>
        {asked.value.items.map(
          ({ id, name, publishedBy, at, told, acknowledged, state, concernsMe, acknowledgedAt }) => (
            <li key={id}>
              <b>{name}</b> {words.published.by(publishedBy.name, when.instant(at))}
              <br />
              <span className={styles.quiet}>
                {state === "withdrawn" ? words.published.withdrawn : words.published.acknowledged(acknowledged, told)}
              </span>
              {state === "published" && concernsMe && acknowledgedAt === null && (
                <div className={styles.deeds}>
                  <Button size="small" kind="primary" onPress={() => know(id, name)}>
                    {words.published.know}
                  </Button>
                </div>
              )}
            </li>
          ),
        )}
      </ul>
    </section>
  );
}
