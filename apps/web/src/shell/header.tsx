import { memo } from "react";
import { Button as AriaButton } from "react-aria-components/Button";
import type { Me } from "../data/api.ts";
import { showFirst, type Directory } from "../data/session.ts";
import { deviceZone } from "../data/clock.ts";
import { useLanguage } from "../messages/index.tsx";
import { Button, Key } from "../ui/button.tsx";
import { Glyph } from "../ui/glyph.tsx";
import { Icon } from "../ui/icon.tsx";
import { AccountMenu } from "./account-menu.tsx";
import type { Address, Tab } from "./address.ts";
import { ConflictTabs } from "./conflict-tabs.tsx";
import { Inbox } from "./inbox.tsx";
import { AlsoHere } from "./presence.tsx";
import type { Go } from "./use-address.ts";
import type { DragState } from "./use-drag-work.ts";
import styles from "./shell.module.css";
import type { ProposalAnswers } from "./use-proposal-answers.ts";
import type { WeekWork } from "./use-week-work.ts";
import { PeopleChips } from "./people-chips.tsx";
import { ViewSwitch } from "./view-switch.tsx";
import { WeekPeriod } from "./week-period.tsx";
import { WhoMenu } from "./who-menu.tsx";

/** One header for every place: its title and period, who is shown, what needs attention, import and New. */
export const Header = memo(function Header(props: {
  readonly me: Me;
  readonly place: Address["place"];
  readonly year: number;
  /** The selected day, an epoch day, where the header says it: in Week and Day. Else null. */
  readonly day: number | null;
  readonly week: WeekWork;
  readonly onPlace: (place: "year" | "week" | "day") => void;
  readonly onTurn: (by: 1 | -1, days?: number) => void;
  readonly who: readonly string[];
  readonly go: Go;
  readonly directory: Directory;
  readonly toResolve: number;
  /** What of the conflicts is listed, and how many are kept. */
  readonly tab: Tab;
  /** Null while there is nothing to propose. */
  readonly onProposeAll: (() => void) | null;
  readonly kept: number;
  /** What is being dragged would do; null when nothing is. */
  readonly drag: DragState | null;
  readonly answers: ProposalAnswers;
  readonly onCommand: (mode: "any") => void;
  readonly onToday: () => void;
  readonly onNew: () => void;
  readonly onImport: () => void;
  readonly onPoll: (id: string) => void;
}) {
  const { me, place, year, week, who, go, directory, toResolve } = props;
  const isWeekly = place === "week" || place === "day";
  const { words } = useLanguage();
  const step = (by: number) => go({ year: year + by, on: null, conflict: null });
  return (
    <header className={styles.header}>
      <p className={styles.printed} aria-hidden="true">
        <b>{year}</b> {me.organisation.name} · {words.who.showing(shownNames(who, directory, words.who.everyone))}
      </p>
      {place === "conflicts" && (
        <span className={styles.notOnPhone}>
          <Button kind="quiet" onPress={() => go({ place: "year" })}>
            <Icon name="back" />
            {words.conflict.backToYear} <Key>Esc</Key>
          </Button>
        </span>
      )}
      {isWeekly && props.day !== null ? (
        <WeekPeriod place={place} day={props.day} span={week.span} onTurn={props.onTurn} />
      ) : place === "conflicts" ? (
        <>
          <h1 className={styles.title}>{words.places.conflicts}</h1>
          <span className={styles.onDesk}>
            <ConflictTabs
              tab={props.tab}
              open={toResolve}
              kept={props.kept}
              onTab={(tab) => go({ tab, conflict: null }, "replace")}
            />
          </span>
        </>
      ) : (
        <div className={styles.period}>
          <Button kind="quiet" size="icon" aria-label={words.header.previousYear(year - 1)} onPress={() => step(-1)}>
            <Icon name="previous" />
          </Button>
          <h1>{year}</h1>
          <Button kind="quiet" size="icon" aria-label={words.header.nextYear(year + 1)} onPress={() => step(1)}>
            <Icon name="next" />
          </Button>
        </div>
      )}
      {place !== "conflicts" && (
        <span className={styles.onDesk}>
          <Button onPress={props.onToday}>
            {words.actions.today} <Key>T</Key>
          </Button>
        </span>
      )}
      {place !== "conflicts" && <ViewSwitch place={place} onGo={props.onPlace} />}
      <div className={styles.separator} />
      {isWeekly && (
        <PeopleChips
          people={week.people}
          order={who}
          names={directory.names}
          onPress={(main) => go({ main }, "replace")}
        />
      )}
      <WhoMenu
        directory={directory}
        who={who}
        isBrief={isWeekly && week.people.main !== null}
        first={me.shows}
        onFirst={(shows) => void showFirst(shows, words.who.firstKept, words.failures.network)}
        onChange={(who) => go({ who, conflict: null }, "replace")}
      />
      <div className={styles.spacer} />
      {props.drag === null ? <CommandButton onCommand={props.onCommand} /> : <DragWords drag={props.drag} />}
      {!isWeekly && me.organisation.zone !== deviceZone() && (
        <span className={styles.organisation}>{words.header.timesIn(me.organisation.zone.replaceAll("_", " "))}</span>
      )}
      <span className={styles.onDesk}>
        {place === "conflicts" ? (
          <Button isDisabled={props.onProposeAll === null} onPress={() => props.onProposeAll?.()}>
            {words.proposal.fill}
          </Button>
        ) : (
          <Button onPress={props.onImport} aria-label={words.header.importFiles}>
            <Icon name="upload" />
            {words.actions.import}
          </Button>
        )}
      </span>
      {toResolve > 0 && place !== "conflicts" && (
        <Button kind="warn" aria-label={words.header.toResolve(toResolve)} onPress={() => go({ place: "conflicts" })}>
          <Glyph kind="time" size={12} />
          <span className={styles.onDesk}>{words.header.toResolve(toResolve)}</span>
          <span className={styles.onPhone}>{toResolve}</span>
        </Button>
      )}
      <Button kind="primary" onPress={props.onNew} aria-label={words.actions.new}>
        <span className={styles.onPhone}>
          <Icon name="plus" size={18} />
        </span>
        <span className={styles.onDesk}>{words.actions.new}</span> <Key>N</Key>
      </Button>
      <AlsoHere />
      <Inbox zone={me.organisation.zone} go={go} answers={props.answers} onPoll={props.onPoll} />
      <AccountMenu me={me} onImport={props.onImport} />
    </header>
  );
});

const NAMES_PRINTED_MAX = 12;

/** Whose time a printed page shows. */
function shownNames(who: readonly string[], { names, calendars }: Directory, everyone: string): readonly string[] {
  if (who.length === 0) return [everyone];
  return who.slice(0, NAMES_PRINTED_MAX).flatMap((id) => names.get(id) ?? calendars.get(id)?.name ?? []);
}

/** The way to the command field, which looks like the field it opens. */
function CommandButton({ onCommand }: { onCommand: (mode: "any") => void }) {
  const { words } = useLanguage();
  return (
    <AriaButton className={styles.command!} onPress={() => onCommand("any")}>
      <Icon name="search" />
      <span>{words.command.open}</span>
      <Key>{words.command.key}</Key>
    </AriaButton>
  );
}

/** What dropping would do, where one looks for it while the pointer is busy. */
function DragWords({ drag }: { drag: DragState }) {
  const { words } = useLanguage();
  return (
    <output className={styles.drag} data-meets={drag.meets !== null || undefined}>
      {drag.when} · {drag.meets ?? words.drag.free}
      {!drag.isProposal && (
        <>
          {" "}
          <Key>Alt</Key> {words.drag.copy} <Key>P</Key> {words.drafts.key}
        </>
      )}
    </output>
  );
}
