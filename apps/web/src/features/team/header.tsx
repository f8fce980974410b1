import { memo, useMemo, type MouseEvent } from "react";
import { dateOf } from "@hourwright/time";
import { isoWeek } from "@hourwright/timeline";
import { DialogTrigger } from "react-aria-components/Dialog";
import type { Me } from "../../data/api.ts";
import { change, useAsked } from "../../data/office.ts";
import type { RosterDraft, RosterWindow } from "../../data/roster.ts";
import { rosterDraft } from "../../data/roster-draft.ts";
import { say } from "../../data/history.ts";
import { useStore } from "../../data/store.ts";
import { useLanguage } from "../../messages/index.tsx";
import { walk } from "../../shell/use-address.ts";
import { Button, Key } from "../../ui/button.tsx";
import { Choice } from "../../ui/field.tsx";
import { Icon } from "../../ui/icon.tsx";
import { Pop } from "../../ui/pop.tsx";
import { SPANS, type TeamAddress } from "./address.ts";
import type { TeamModel } from "./model.ts";
import { StaffLink } from "./staff-link.tsx";
import styles from "./team.module.css";
import type { Open } from "./team.tsx";
import { useTeamWords } from "./use-team-words.ts";

type Go = (change: Partial<TeamAddress>, how?: "push" | "replace") => void;

/** What is shown and of whom, which draft is written in, and the one act that publishes it. */
export const TeamHeader = memo(function TeamHeader(props: {
  readonly me: Me;
  readonly address: TeamAddress;
  readonly go: Go;
  readonly model: TeamModel | null;
  readonly window: RosterWindow;
  readonly drafts: readonly RosterDraft[];
  readonly manages: boolean;
  readonly isStacked: boolean;
  readonly name: string;
  readonly onFind: (name: string) => void;
  readonly onTurn: (by: 1 | -1) => void;
  readonly onToday: () => void;
  readonly onPublish: () => void;
  readonly onOpen: (open: Open) => void;
  readonly onOffline: string;
}) {
  const { address, go, model, window, manages, isStacked, onTurn, onOpen } = props;
  const words = useTeamWords();
  const { words: all, format } = useLanguage();
  const detail = useStore(rosterDraft, (store) => store.detail);
  const waiting = useStore(rosterDraft, (store) => store.waiting);
  const lastDay = window.fromDay + window.days - 1;
  const { year } = dateOf(window.fromDay);
  const canPublish = detail?.state === "open";
  return (
    <header className={styles.header}>
      <div className={styles.period}>
        <Button kind="quiet" size="icon" aria-label={words.before} onPress={() => onTurn(-1)}>
          <Icon name="previous" />
        </Button>
        <h1>
          {window.days === 1 ? format.dayShort(window.fromDay) : format.dayRange(window.fromDay, lastDay, "short")}
        </h1>
        {!isStacked && (
          <span className={styles.sub}>{words.weeks(year, isoWeek(window.fromDay), isoWeek(lastDay))}</span>
        )}
        <Button kind="quiet" size="icon" aria-label={words.after} onPress={() => onTurn(1)}>
          <Icon name="next" />
        </Button>
      </div>
      <Button onPress={props.onToday}>
        {all.actions.today} <Key>T</Key>
      </Button>
      <Views today={address.day} />
      <select
        className={styles.span}
        aria-label={words.span}
        value={address.span}
        onChange={(event) => {
          const span = SPANS.find((each) => each === event.target.value);
          if (span !== undefined) go({ span });
        }}
      >
        {SPANS.map((span) => (
          <option key={span} value={span}>
            {words.spans[span]}
          </option>
        ))}
      </select>
      <Button aria-label={words.own.toOwn} onPress={() => go({ view: "own" })}>
        <Icon name="user" /> {isStacked && words.own.toOwn}
      </Button>
      <Filter address={address} go={go} model={model} />
      {manages && (
        <DraftMenu
          address={address}
          go={go}
          drafts={props.drafts}
          detail={detail}
          onOpen={onOpen}
          offline={props.onOffline}
        />
      )}
      <input
        id="team-find"
        type="search"
        className={styles.find}
        aria-label={words.filter.name}
        placeholder={words.filter.name}
        value={props.name}
        onChange={(event) => props.onFind(event.target.value)}
        onKeyDown={(event) => {
          if (event.key !== "Escape") return;
          event.preventDefault();
          event.stopPropagation();
          if (props.name === "") event.currentTarget.blur();
          else props.onFind("");
        }}
      />
      <StaffLink />
      <div className={styles.spacer} />
      {waiting > 0 && (
        <span className={styles.count} role="status">
          {words.draft.saving(waiting)}
        </span>
      )}
      {manages && (
        <Button kind="primary" isDisabled={!canPublish} onPress={props.onPublish}>
          {words.publish.button}
        </Button>
      )}
    </header>
  );
});

/** Year, Week, Day or Team: the same time, looked at in another way. */
function Views({ today }: { readonly today: number }) {
  const words = useTeamWords();
  const { words: all } = useLanguage();
  const { year, month, day } = dateOf(today);
  const on = `${year}-${String(month).padStart(2, "0")}-${String(day).padStart(2, "0")}`;
  const follow = (event: MouseEvent, path: string) => {
    if (event.metaKey || event.ctrlKey || event.shiftKey || event.button !== 0) return;
    event.preventDefault();
    walk(path);
  };
  return (
    <nav className={styles.views} aria-label={words.views}>
      {(["year", "week", "day"] as const).map((view) => {
        const path = `/${view}/${year}?on=${on}`;
        return (
          <a key={view} href={path} onClick={(event) => follow(event, path)}>
            {all.places[view]}
          </a>
        );
      })}
      <a href={`/team/${on}`} aria-current="page" onClick={(event) => event.preventDefault()}>
        {words.title}
      </a>
    </nav>
  );
}

const ANY = "";

function Filter({
  address,
  go,
  model,
}: {
  readonly address: TeamAddress;
  readonly go: Go;
  readonly model: TeamModel | null;
}) {
  const words = useTeamWords();
  const teams = useAsked("teams.list", {});
  const skills = useAsked("skills.list", {});
  const shown = model === null ? 0 : model.lines.length - 1;
  const all = model?.people ?? 0;
  const parts = [address.site, address.team].filter((part) => part !== null);
  const options = (items: readonly { readonly value: string; readonly label: string }[]) => [
    { value: ANY, label: words.filter.any },
    ...items,
  ];
  const nameOf = (id: string) =>
    skills.status === "ready" ? skills.value.items.find((skill) => skill.id === id)?.name : undefined;
  if (address.skill !== null) parts.push(nameOf(address.skill) ?? words.filter.skill);
  return (
    <DialogTrigger>
      <Button>
        <Icon name="people" />
        {parts.length === 0 ? words.filter.all : parts.join(", ")}{" "}
        <span className={styles.count}>{words.ofPeople(shown, all)}</span>
      </Button>
      <Pop label={words.filter.button}>
        <div className={styles.pop}>
          <Choice
            label={words.filter.site}
            value={address.site ?? ANY}
            options={options((model?.sites ?? []).map((site) => ({ value: site, label: site })))}
            onChange={(site) => go({ site: site === ANY ? null : site }, "replace")}
          />
          <Choice
            label={words.filter.team}
            value={address.team ?? ANY}
            options={options(
              teams.status === "ready" ? teams.value.items.map(({ name }) => ({ value: name, label: name })) : [],
            )}
            onChange={(team) => go({ team: team === ANY ? null : team }, "replace")}
          />
          <Choice
            label={words.filter.skill}
            value={address.skill ?? ANY}
            options={options(
              skills.status === "ready" ? skills.value.items.map(({ id, name }) => ({ value: id, label: name })) : [],
            )}
            onChange={(skill) => go({ skill: skill === ANY ? null : skill }, "replace")}
          />
          <Button onPress={() => go({ site: null, team: null, skill: null, name: "" }, "replace")}>
            {words.filter.clear}
          </Button>
        </div>
      </Pop>
    </DialogTrigger>
  );
}

function DraftMenu(props: {
  readonly address: TeamAddress;
  readonly go: Go;
  readonly drafts: readonly RosterDraft[];
  readonly detail: { readonly id: string; readonly name: string; readonly state: string } | null;
  readonly onOpen: (open: Open) => void;
  readonly offline: string;
}) {
  const { address, go, drafts, detail, onOpen, offline } = props;
  const words = useTeamWords();
  const { format } = useLanguage();
  const others = useMemo(() => drafts.filter(({ id }) => id !== detail?.id), [drafts, detail]);
  const discard = async () => {
    if (detail === null) return;
    const said = words.draft.discarded(detail.name);
    const changed = await change("drafts.discard", { params: { id: detail.id } }, { said, offline, isUndoable: true });
    if (changed.refused === null) go({ draft: null, compare: null }, "replace");
    else say(changed.refused.sentence);
  };
  return (
    <DialogTrigger>
      <Button>
        <span className={styles.draftName}>{detail?.name ?? words.draft.none}</span>
        <Icon name="down" size={13} />
      </Button>
      <Pop label={words.draft.button}>
        {({ close }) => (
          <div className={styles.pop}>
            <ul className={styles.choices} aria-label={words.draft.button}>
              <li>
                <button
                  type="button"
                  aria-pressed={address.draft === null}
                  onClick={() => (go({ draft: null, compare: null }, "replace"), close())}
                >
                  {words.draft.standing}
                  <small>{words.draft.standingHint}</small>
                </button>
              </li>
              {drafts.map((draft) => (
                <li key={draft.id}>
                  <button
                    type="button"
                    aria-pressed={address.draft === draft.id}
                    onClick={() => (go({ draft: draft.id, compare: null }, "replace"), close())}
                  >
                    {draft.name}
                    <small>
                      {words.draft.entries(draft.entries)} · {words.draft.by(draft.createdBy.name)} ·{" "}
                      {daysOf(draft, format.dayRange)}
                    </small>
                  </button>
                </li>
              ))}
            </ul>
            <Button onPress={() => (close(), onOpen({ what: "new-draft", copyOf: null }))}>
              <Icon name="plus" /> {words.draft.new}
            </Button>
            <Button onPress={() => (close(), walk("/staff/shifts"))}>
              <Icon name="upload" /> {words.draft.fromFile}
            </Button>
            {detail !== null && (
              <>
                <Button onPress={() => (close(), onOpen({ what: "new-draft", copyOf: detail.id }))}>
                  {words.draft.copy}
                </Button>
                {others.length > 0 && (
                  <Choice
                    label={words.draft.compare}
                    value=""
                    options={[{ value: "", label: "–" }, ...others.map(({ id, name }) => ({ value: id, label: name }))]}
                    onChange={(compare) => {
                      if (compare === "") return;
                      go({ compare }, "replace");
                      close();
                      onOpen({ what: "compare" });
                    }}
                  />
                )}
                {detail.state === "open" && (
                  <Button kind="quiet" onPress={() => (close(), void discard())}>
                    <Icon name="trash" /> {words.draft.discard}
                  </Button>
                )}
              </>
            )}
          </div>
        )}
      </Pop>
    </DialogTrigger>
  );
}

function daysOf(
  { from, to }: Pick<RosterDraft, "from" | "to">,
  print: (from: number, to: number, month: "short") => string,
): string {
  const day = (text: string) => Temporal.PlainDate.from(text).since("1970-01-01", { largestUnit: "day" }).days;
  return print(day(from), day(to) - 1, "short");
}
