import { useEffect, useRef, useState, type ReactNode } from "react";
import { sentenceOf, wordsOfItem, type Me } from "../../data/api.ts";
import { dayOfText } from "../../data/roster.ts";
import { useOfficeLanguage } from "../../messages/office.ts";
import { Button } from "../../ui/button.tsx";
import { Refusal, TextInput } from "../../ui/field.tsx";
import type { Hand } from "./grid.tsx";
import styles from "./leagues.module.css";
import {
  effectOf,
  optionsFor,
  type Change,
  type Chosen,
  type Finding,
  type Fixture,
  type League,
  type Try,
} from "./model.ts";
import { Planned } from "./plan.tsx";
import { useLeagueWords } from "./use-league-words.ts";

const LINES_SHOWN = 12;

/** Beside the rounds: how the league stands, or what is in hand and what each way would break. */
export function Panel(
  props: Hand & {
    readonly me: Me;
    /** The plan that was begun here and is not told of yet. */
    readonly begun: string | null;
    readonly onTold: () => void;
    readonly failed: unknown;
    readonly onChange: (change: Change, said: string) => Promise<void>;
    readonly onFairness: () => void;
  },
) {
  const { league, chosen, me } = props;
  const text = useLeagueWords();
  return (
    <aside className={styles.panel} data-hand={chosen !== null} aria-label={chosen === null ? text.state : text.inHand}>
      {chosen === null ? (
        <>
          {league.canEdit && (
            <Planned league={league} personId={me.personId} begun={props.begun} onTold={props.onTold} />
          )}
          {league.fixtures.length > 0 && <State league={league} onChoose={props.onChoose} />}
        </>
      ) : (
        <InHand key={JSON.stringify(chosen)} {...props} chosen={chosen} />
      )}
    </aside>
  );
}

function State({ league, onChoose }: Pick<Hand, "league" | "onChoose">) {
  const text = useLeagueWords();
  const [isAll, setAll] = useState(false);
  const { findings, findingCount, score } = league;
  const sorted = findings.toSorted((a, b) => Number(b.hard) - Number(a.hard) || b.points - a.points);
  const shown = isAll ? sorted : sorted.slice(0, LINES_SHOWN);
  const choose = ({ fixtures }: Finding) => {
    const [id] = fixtures;
    if (id !== undefined) onChoose({ what: "fixture", id });
  };
  return (
    <section className={styles.card} aria-labelledby="league-state">
      <h2 id="league-state">{text.state}</h2>
      <p className={styles.score} data-tone={score.hard > 0 ? "bad" : "good"}>
        {score.hard > 0 ? text.brokenHard(score.hard) : text.holds}
        <small>{text.points(score.soft)}</small>
      </p>
      {shown.length > 0 && (
        <ul className={styles.findings}>
          {shown.map((finding) => (
            <li key={text.sentence(finding, league)} data-hard={finding.hard || undefined}>
              <button type="button" disabled={finding.fixtures.length === 0} onClick={() => choose(finding)}>
                {text.sentence(finding, league)}
              </button>
              <small>{finding.hard ? text.hard : text.points(finding.points)}</small>
            </li>
          ))}
        </ul>
      )}
      {sorted.length > shown.length && (
        <Button size="small" onPress={() => setAll(true)}>
          {text.showAll(findingCount)}
        </Button>
      )}
    </section>
  );
}

function InHand(
  props: Hand & {
    readonly chosen: Chosen;
    readonly failed: unknown;
    readonly onChange: (change: Change, said: string) => Promise<void>;
  },
) {
  const { league, chosen, tries, failed, aim, shown, onChoose, onAim, onApply, onChange } = props;
  const text = useLeagueWords();
  const { format, words } = useOfficeLanguage();
  const options = optionsFor(league, chosen);
  const details = useRef<HTMLDivElement>(null);
  useEffect(() => {
    if (shown !== null) details.current?.scrollIntoView({ block: "nearest" });
  }, [shown]);
  const fixture = chosen.what === "fixture" ? league.fixtures.find(({ id }) => id === chosen.id) : undefined;
  return (
    <section className={styles.card}>
      <div className={styles.headline}>
        <h2>{text.titleOf(chosen, league)}</h2>
        <Button size="small" onPress={() => onChoose(null)}>
          {words.actions.close}
        </Button>
      </div>
      {fixture !== undefined && (
        <Match key={`${fixture.day} ${fixture.kickOff}`} league={league} fixture={fixture} onChange={onChange} />
      )}
      {chosen.what === "round" && (
        <Round
          key={league.rounds.find(({ round }) => round === chosen.round)?.day}
          league={league}
          round={chosen.round}
          onChange={onChange}
        />
      )}
      {league.canEdit && options.length === 0 && <p className={styles.quiet}>{text.stays}</p>}
      {failed !== null && <Refusal>{sentenceOf(failed, words.failures.network)}</Refusal>}
      {options.length > 0 && (
        <>
          <h3 id="league-options">{text.optionsOf(chosen)}</h3>
          <ul className={styles.options} aria-labelledby="league-options" aria-busy={tries.size === 0}>
            {options.map(({ key }) => {
              const tried = tries.get(key);
              const effect = tried === undefined ? null : effectOf(league.score, tried);
              return (
                <li key={key}>
                  <button
                    type="button"
                    aria-pressed={aim === key}
                    data-effect={effect?.kind}
                    onClick={() => onAim(aim === key ? null : key)}
                  >
                    <span>{text.option(key, chosen, league)}</span>
                    <small>{effect === null ? "…" : text.effect(effect)}</small>
                  </button>
                  {aim === key && tried !== undefined && (
                    <div ref={details} className={styles.tried}>
                      <Tried tried={tried} league={league} />
                      {tried.problem === null && (
                        <Button kind="primary" size="small" onPress={() => void onApply(key)}>
                          {text.doIt}
                        </Button>
                      )}
                    </div>
                  )}
                </li>
              );
            })}
          </ul>
          <p className={styles.quiet}>{text.effectHint(format.number(league.score.hard))}</p>
        </>
      )}
    </section>
  );
}

/** What a change would move, break and mend. */
function Tried({ tried, league }: { readonly tried: Try; readonly league: League }) {
  const text = useLeagueWords();
  if (tried.problem !== null) return <p className={styles.bad}>{wordsOfItem(tried.problem)}</p>;
  const lines = (findings: readonly Finding[], name: string, tone: "bad" | "good"): ReactNode =>
    findings.length > 0 && (
      <>
        <h4>{name}</h4>
        <ul className={styles.sentences} data-tone={tone}>
          {findings.slice(0, LINES_SHOWN).map((finding) => (
            <li key={text.sentence(finding, league)}>{text.sentence(finding, league)}</li>
          ))}
          {findings.length > LINES_SHOWN && <li>{text.more(findings.length - LINES_SHOWN)}</li>}
        </ul>
      </>
    );
  return (
    <>
      <p>{text.moved(tried.moved.length)}</p>
      <ul className={styles.sentences}>
        {tried.moved.slice(0, LINES_SHOWN).map(({ fixtureId, from, to }) => (
          <li key={fixtureId}>{text.movedLine(from, to, league)}</li>
        ))}
        {tried.moved.length > LINES_SHOWN && <li>{text.more(tried.moved.length - LINES_SHOWN)}</li>}
      </ul>
      {lines(tried.broken, text.breaks, "bad")}
      {lines(tried.mended, text.mends, "good")}
      {tried.broken.length + tried.mended.length === 0 && <p className={styles.quiet}>{text.breaksNothing}</p>}
    </>
  );
}

function Match(props: {
  readonly league: League;
  readonly fixture: Fixture;
  readonly onChange: (change: Change, said: string) => Promise<void>;
}) {
  const { league, fixture, onChange } = props;
  const text = useLeagueWords();
  const { format } = useOfficeLanguage();
  const [day, setDay] = useState(fixture.day);
  const [kickOff, setKickOff] = useState(fixture.kickOff);
  const team = league.teams.find(({ id }) => id === fixture.homeId);
  const isOther = day !== fixture.day || kickOff !== fixture.kickOff;
  const findings = fixture.broken.flatMap((at) => league.findings[at] ?? []);
  return (
    <>
      <p className={styles.quiet}>
        {text.roundOn(fixture.round, format.dayShort(dayOfText(fixture.day) ?? 0))}, {fixture.kickOff}
        {team?.venueName === null || team === undefined ? "" : ` · ${team.venueName}`}
        {fixture.eventId === null ? ` · ${text.notPublished}` : ` · ${text.isPublished}`}
      </p>
      {findings.length > 0 && (
        <ul className={styles.sentences} data-tone="bad">
          {findings.map((finding) => (
            <li key={text.sentence(finding, league)}>{text.sentence(finding, league)}</li>
          ))}
        </ul>
      )}
      {league.canEdit && (
        <>
          <div className={styles.fields}>
            <TextInput label={text.day} type="date" value={day} onChange={setDay} />
            <TextInput label={text.kickOff} type="time" value={kickOff} onChange={setKickOff} />
          </div>
          <div className={styles.deeds}>
            <Button
              size="small"
              onPress={() =>
                void onChange(
                  { lock: { fixtures: [fixture.id], locked: !fixture.locked } },
                  fixture.locked ? text.unlocked : text.locked,
                )
              }
            >
              {fixture.locked ? text.unlock : text.lock}
            </Button>
            {fixture.ownTime && (
              <Button
                size="small"
                onPress={() =>
                  void onChange(
                    { time: { fixtureId: fixture.id, day: null, kickOff: null, venueId: null } },
                    text.timeChanged,
                  )
                }
              >
                {text.asUsual}
              </Button>
            )}
            {isOther && day !== "" && kickOff !== "" && (
              <Button
                size="small"
                kind="primary"
                onPress={() =>
                  void onChange({ time: { fixtureId: fixture.id, day, kickOff, venueId: null } }, text.timeChanged)
                }
              >
                {text.changeTime}
              </Button>
            )}
          </div>
        </>
      )}
    </>
  );
}

function Round(props: {
  readonly league: League;
  readonly round: number;
  readonly onChange: (change: Change, said: string) => Promise<void>;
}) {
  const { league, round, onChange } = props;
  const text = useLeagueWords();
  const known = league.rounds.find((each) => each.round === round);
  const [day, setDay] = useState(known?.day ?? "");
  if (known === undefined || known.played || !league.canEdit) return null;
  const fixtures = league.fixtures.filter((fixture) => fixture.round === round);
  const isLocked = fixtures.every(({ locked }) => locked);
  return (
    <>
      <TextInput label={text.day} type="date" value={day} onChange={setDay} />
      <div className={styles.deeds}>
        <Button
          size="small"
          onPress={() =>
            void onChange(
              { lock: { fixtures: fixtures.map(({ id }) => id), locked: !isLocked } },
              isLocked ? text.unlocked : text.locked,
            )
          }
        >
          {isLocked ? text.unlockRound : text.lockRound}
        </Button>
        {day !== known.day && day !== "" && (
          <Button size="small" kind="primary" onPress={() => void onChange({ day: { round, day } }, text.dayChanged)}>
            {text.changeDay}
          </Button>
        )}
      </div>
    </>
  );
}
