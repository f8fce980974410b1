import { useMemo, useState } from "react";
import type { WallClock } from "@hourwright/timeline";
import { announce } from "../../data/announcement.ts";
import type { Repair } from "../../data/api.ts";
import type { Clash, Entry } from "../../data/entries.ts";
import { proposalStore, proposedFor } from "../../data/proposal.ts";
import { useStore } from "../../data/store.ts";
import { useLanguage } from "../../messages/index.tsx";
import { Button } from "../../ui/button.tsx";
import { ConflictRow } from "./conflict-row.tsx";
import { FilterBar } from "./filter-bar.tsx";
import { filtered, groupsOf, NO_FILTERS, type Filters, type Group } from "./filters.ts";
import styles from "./conflict-list.module.css";
import { useBestRepairs } from "./use-best-repairs.ts";

const NONE: readonly Entry[] = [];
const ROWS_MAX = 500; // Beyond that the filters are the way; the count says how many there are.

export type ListProps = {
  readonly clashes: readonly Clash[];
  readonly entries: readonly Entry[];
  readonly clock: WallClock;
  readonly now: number;
  readonly year: number;
  /** Whether it is for whoever looks to resolve, and whether they may move one of its events. */
  readonly isMine: (clash: Clash) => boolean;
  readonly mayMove: (clash: Clash) => boolean;
  readonly lookedAt: string | null;
  readonly onLookAt: (clash: Clash) => void;
  readonly onApply: () => void;
  /** Puts its best repair into the proposal, or takes it out. */
  readonly onPropose: (clash: Clash) => void;
  readonly onYear: (year: number) => void;
};

/** Every conflict of the year that counts, soonest first. */
export function ConflictList(props: ListProps) {
  const { clashes, entries, clock, now, year, isMine, mayMove, lookedAt } = props;
  const { words } = useLanguage();
  const [filters, setFilters] = useState<Filters>(NO_FILTERS);
  const found = useMemo(() => filtered(clashes, filters, { now, isMine }), [clashes, filters, now, isMine]);
  const proposal = useStore(proposalStore, (state) => state);
  const bestRepairs = useBestRepairs();
  const busyByDay = useBusyByDay(entries);
  return (
    <>
      <FilterBar
        filters={filters}
        found={found}
        year={year}
        onChange={(change) => {
          const next = { ...filters, ...change };
          setFilters(next);
          announce(words.conflict.shown(filtered(clashes, next, { now, isMine }).shown.length));
        }}
        onYear={props.onYear}
      />
      <Head last={words.conflict.columns.repair} />
      <div className={styles.list} data-list>
        {found.shown.length === 0 && (
          <div className={styles.none}>
            {found.offered.length === 0
              ? clashes.length === 0
                ? words.conflict.none
                : words.conflict.noneLeft
              : words.conflict.noneShown}
            {found.offered.length > 0 && (
              <Button onPress={() => setFilters(NO_FILTERS)}>{words.conflict.showAll}</Button>
            )}
          </div>
        )}
        {groupsOf(found.shown.slice(0, ROWS_MAX), now).map(({ key, clashes: group }) => (
          <ListGroup key={key} name={key} count={group.length}>
            {group.map((clash) => {
              const { conflict } = clash;
              const isMovable = mayMove(clash);
              return (
                <ConflictRow
                  key={conflict.id}
                  clash={clash}
                  dayEntries={busyByDay.get(clash.fromDay) ?? NONE}
                  clock={clock}
                  tail={isMovable ? { content: <Best repair={bestRepairs.of(conflict)} />, testId: "repair" } : null}
                  onMount={isMovable ? bestRepairs.watch : null}
                  isLookedAt={conflict.id === lookedAt}
                  proposing={
                    isMovable
                      ? { isOn: proposedFor(proposal, conflict) !== null, toggle: () => props.onPropose(clash) }
                      : null
                  }
                  onLookAt={() => props.onLookAt(clash)}
                  onEnter={props.onApply}
                />
              );
            })}
          </ListGroup>
        ))}
      </div>
    </>
  );
}

/** What its best repair does, and how little that disturbs; nothing when there is none. */
function Best({ repair }: { repair: Repair | null | undefined }) {
  if (repair === undefined) return "…";
  if (repair === null) return null;
  return (
    <>
      <span className={styles.repair}>{repair.what}</span>
      <span className={styles.rank} aria-hidden="true">
        <i style={{ width: `${Math.round(repair.confidence * 100)}%` }} />
      </span>
    </>
  );
}

/** The names of the columns, for the eye: a row says all of itself. */
export function Head({ last, isActing = false }: { last: string; isActing?: boolean }) {
  const { words } = useLanguage();
  return (
    <div className={isActing ? `${styles.head} ${styles.acting}` : styles.head} aria-hidden="true">
      <span />
      <span>{words.conflict.columns.severity}</span>
      <span>{words.conflict.columns.what}</span>
      <span>{words.conflict.columns.when}</span>
      <span>{words.conflict.columns.day}</span>
      <span>{words.conflict.columns.who}</span>
      <span>{last}</span>
    </div>
  );
}

export function ListGroup(props: { name: Group["key"]; count: number; children: React.ReactNode }) {
  const { name, count, children } = props;
  const { words, format } = useLanguage();
  const shown =
    name === "soon" ? words.conflict.groupSoon : name === "past" ? words.conflict.past : format.monthLong(name);
  return (
    <section aria-label={shown}>
      <h2 className={styles.group}>
        {shown} <span>{count}</span>
      </h2>
      <ul>{children}</ul>
    </section>
  );
}

/** What takes time, by the day on which it begins. */
export function useBusyByDay(entries: readonly Entry[]): ReadonlyMap<number, readonly Entry[]> {
  return useMemo(
    () =>
      Map.groupBy(
        entries.filter(({ isBusy }) => isBusy),
        ({ fromDay }) => fromDay,
      ),
    [entries],
  );
}
