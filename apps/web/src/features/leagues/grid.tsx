import { useMemo, useRef, useState, type KeyboardEvent } from "react";
import { announce } from "../../data/announcement.ts";
import { dayOfText } from "../../data/roster.ts";
import { useOfficeLanguage } from "../../messages/office.ts";
import { Icon } from "../../ui/icon.tsx";
import { useCarry, type CarryPlace } from "../../ui/use-carry.ts";
import styles from "./leagues.module.css";
import {
  cellsOf,
  effectOf,
  isFixed,
  isSame,
  matchesByTeam,
  optionsFor,
  type Chosen,
  type Fixture,
  type League,
  type Try,
} from "./model.ts";
import type { Tries } from "./tries.ts";
import { useLeagueWords } from "./use-league-words.ts";

/** What is in hand on the page of a league, and where it would go. */
export type Hand = {
  readonly league: League;
  readonly chosen: Chosen | null;
  readonly tries: Tries;
  /** The key of an option of what is chosen. */
  readonly aim: string | null;
  readonly shown: Try | null;
  readonly onChoose: (chosen: Chosen | null) => void;
  readonly onAim: (key: string | null) => void;
  readonly onApply: (key: string) => Promise<void>;
};

type Place = { readonly line: number; readonly column: number };

/**
 * Teams by rounds: a match stands in the lines of both. It is carried to another round, a team on another, a round on another, by
 * pointer, or by M and the arrows; every place says beforehand what it would break.
 */
export function Grid(props: Hand) {
  const { league, chosen, tries, aim, shown, onChoose, onAim, onApply } = props;
  const text = useLeagueWords();
  const { format } = useOfficeLanguage();
  const table = useRef<HTMLTableElement>(null);
  const [place, setPlace] = useState<Place>({ line: 1, column: 1 });
  const [isCarried, setCarried] = useState(false);
  const matches = useMemo(() => matchesByTeam(league), [league]);
  const teams = useMemo(() => new Map(league.teams.map((team) => [team.id, team])), [league]);
  const filled = useMemo(() => (shown === null ? null : cellsOf(shown)), [shown]);
  const left = useMemo(
    () =>
      new Set(
        (shown?.moved ?? []).flatMap(({ from }) => [`${from.homeId} ${from.round}`, `${from.awayId} ${from.round}`]),
      ),
    [shown],
  );
  const keyAt = ({ clientX, clientY }: CarryPlace): string | null => {
    const element = document.elementFromPoint(clientX, clientY);
    if (chosen?.what === "team") return element?.closest<HTMLElement>("[data-team]")?.dataset["team"] ?? null;
    return element?.closest<HTMLElement>("[data-round]")?.dataset["round"] ?? null;
  };
  const { onPointerDown, onPointerMove, onPointerUp, onPointerCancel, onClickCapture } = useCarry({
    surface: table,
    layout: league,
    take: (at) => {
      const element = document.elementFromPoint(at.clientX, at.clientY);
      const found = chosenAt(matches, element);
      if (found === null || optionsFor(league, found).length === 0) return null;
      return { what: "block", found, edge: null };
    },
    carriedTo: ({ found }, at) => {
      if (!isSame(chosen, found)) onChoose(found);
      const key = keyAt(at);
      onAim(key !== null && key !== ownKey(league, found) ? key : null);
      return key ?? "";
    },
    onCarry: (carry) => setCarried(carry !== null),
    onDrop: () => {
      if (aim !== null) void onApply(aim);
    },
  });

  const go = (next: Place) => {
    const at = {
      line: Math.max(0, Math.min(league.teams.length, next.line)),
      column: Math.max(0, Math.min(league.rounds.length, next.column)),
    };
    setPlace(at);
    table.current?.querySelector<HTMLElement>(`[data-line="${at.line}"][data-column="${at.column}"]`)?.focus();
  };
  const aimBy = (step: number) => {
    if (chosen === null) return;
    const keys = optionsFor(league, chosen).map(({ key }) => key);
    if (keys.length === 0) return;
    const at = aim === null ? (step > 0 ? -1 : 0) : keys.indexOf(aim);
    const key = keys[(at + step + keys.length) % keys.length]!;
    onAim(key);
    const tried = tries.get(key);
    if (tried !== undefined)
      announce(`${text.option(key, chosen, league)}: ${text.effect(effectOf(league.score, tried))}`);
  };
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.metaKey || event.ctrlKey || event.altKey) return;
    const step = STEPS[event.key];
    const element = document.activeElement;
    if (isCarried && step !== undefined) aimBy(step.column + step.line);
    else if (step !== undefined) go({ line: place.line + step.line, column: place.column + step.column });
    else if (event.key === "Home") go({ ...place, column: 0 });
    else if (event.key === "End") go({ ...place, column: league.rounds.length });
    else if (event.key === "m" || event.key === "M") {
      const found = chosenAt(matches, element);
      if (found === null || optionsFor(league, found).length === 0) return announce(text.stays);
      onChoose(found);
      setCarried(true);
      announce(text.carried);
    } else if (event.key === "Enter" || event.key === " ") {
      if (isCarried) {
        setCarried(false);
        if (aim !== null) void onApply(aim);
      } else onChoose(chosenAt(matches, element));
    } else if (event.key === "Escape" && isCarried) {
      setCarried(false);
      onAim(null);
    } else return;
    event.preventDefault();
    event.stopPropagation();
  };
  const at = (line: number, column: number) => ({
    "data-line": line,
    "data-column": column,
    tabIndex: place.line === line && place.column === column ? 0 : -1,
    onFocus: () => setPlace({ line, column }),
  });
  const effect = (key: string) => {
    const tried = tries.get(key);
    return tried === undefined ? undefined : effectOf(league.score, tried).kind;
  };
  return (
    <div className={styles.scroll} style={{ "--hue": league.colour } as object}>
      <table
        ref={table}
        // oxlint-disable-next-line jsx-a11y/no-noninteractive-element-to-interactive-role -- A table with keys is a grid.
        role="grid"
        className={styles.grid}
        aria-label={text.gridLabel(league.name)}
        data-carried={isCarried || undefined}
        onKeyDown={onKeyDown}
        onPointerDown={onPointerDown}
        onPointerMove={onPointerMove}
        onPointerUp={onPointerUp}
        onPointerCancel={onPointerCancel}
        onClickCapture={onClickCapture}
      >
        <thead>
          <tr>
            <th scope="col" {...at(0, 0)}>
              {text.team}
            </th>
            {league.rounds.map(({ round, day, played }, index) => {
              const own: Chosen = { what: "round", round };
              const isRounds = chosen !== null && chosen.what !== "team" && !isSame(chosen, own);
              return (
                <th
                  key={round}
                  scope="col"
                  data-round={round}
                  data-kind="round"
                  data-played={played || undefined}
                  data-aim={(isRounds && aim === String(round)) || undefined}
                  data-effect={isRounds ? effect(String(round)) : undefined}
                  aria-selected={isSame(chosen, own)}
                  aria-label={text.roundOn(round, format.dayShort(dayOfText(day) ?? 0))}
                  onClick={() => onChoose(own)}
                  {...at(0, index + 1)}
                >
                  <b>{round}</b>
                  <small>{format.dayRange(dayOfText(day) ?? 0, dayOfText(day) ?? 0, "short")}</small>
                </th>
              );
            })}
          </tr>
        </thead>
        <tbody>
          {league.teams.map((team, line) => {
            const own: Chosen = { what: "team", id: team.id };
            const isTeams = chosen?.what === "team" && chosen.id !== team.id;
            return (
              <tr key={team.id}>
                <th
                  scope="row"
                  data-team={team.id}
                  data-kind="team"
                  data-aim={(isTeams && aim === team.id) || undefined}
                  data-effect={isTeams ? effect(team.id) : undefined}
                  aria-selected={isSame(chosen, own)}
                  onClick={() => onChoose(own)}
                  {...at(line + 1, 0)}
                >
                  <b>{team.short}</b> <span>{team.name}</span>
                </th>
                {league.rounds.map(({ round, played }, index) => {
                  const fixture = matches.get(team.id)?.get(round) ?? null;
                  const cell = `${team.id} ${round}`;
                  const wouldBe = filled?.get(cell);
                  const isHome = wouldBe?.isHome ?? fixture?.homeId === team.id;
                  const otherId = fixture?.homeId === team.id ? fixture.awayId : fixture?.homeId;
                  const other = otherId === undefined ? null : (teams.get(otherId) ?? null);
                  const written = wouldBe === undefined ? other : teams.get(wouldBe.otherId);
                  return (
                    <td
                      key={round}
                      data-round={round}
                      data-team={team.id}
                      data-fixture={fixture?.id}
                      data-home={fixture === null && wouldBe === undefined ? undefined : isHome}
                      data-played={played || undefined}
                      data-published={fixture?.eventId === null ? undefined : fixture !== null}
                      data-broken={(fixture !== null && fixture.broken.length > 0) || undefined}
                      data-left={(left.has(cell) && wouldBe === undefined) || undefined}
                      data-filled={wouldBe !== undefined || undefined}
                      aria-selected={fixture !== null && isSame(chosen, { what: "fixture", id: fixture.id })}
                      onClick={() => onChoose(fixture === null ? null : { what: "fixture", id: fixture.id })}
                      {...at(line + 1, index + 1)}
                    >
                      <span className={styles.unseen}>{text.cell(fixture, team, other, round)}</span>
                      {written !== null && written !== undefined && (
                        <span aria-hidden="true">
                          {written.short}
                          {fixture !== null && isFixed(fixture) && !played && <Icon name="lock" size={9} />}
                        </span>
                      )}
                    </td>
                  );
                })}
              </tr>
            );
          })}
        </tbody>
      </table>
      <p className={styles.legend} aria-hidden="true">
        <span data-is="home">{text.home}</span>
        <span data-is="away">{text.away}</span>
        <span data-is="broken">{text.brokenMark}</span>
        {league.canEdit && <span>{text.carryHint}</span>}
      </p>
    </div>
  );
}

const STEPS: Readonly<Record<string, Place>> = {
  ArrowLeft: { line: 0, column: -1 },
  ArrowRight: { line: 0, column: 1 },
  ArrowUp: { line: -1, column: 0 },
  ArrowDown: { line: 1, column: 0 },
};

function chosenAt(matches: ReadonlyMap<string, ReadonlyMap<number, Fixture>>, element: Element | null): Chosen | null {
  const cell = element?.closest<HTMLElement>("td,th");
  const { kind, team = "", round } = cell?.dataset ?? {};
  if (kind === "team") return { what: "team", id: team };
  if (kind === "round") return { what: "round", round: Number(round) };
  const fixture = matches.get(team)?.get(Number(round));
  return fixture === undefined ? null : { what: "fixture", id: fixture.id };
}

/** The option that would change nothing: where it is. */
function ownKey(league: League, chosen: Chosen): string {
  if (chosen.what === "team") return chosen.id;
  if (chosen.what === "round") return String(chosen.round);
  return String(league.fixtures.find(({ id }) => id === chosen.id)?.round);
}
