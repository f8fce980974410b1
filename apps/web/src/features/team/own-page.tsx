import { dateOf } from "@hourwright/time";
import { printClock, printHours, readTeamRow, type TeamDay } from "@hourwright/timeline/team";
import { useMemo, useState } from "react";
import { wordsOfObjection, type Answer, type Me } from "../../data/api.ts";
import { changeOrSay, useAsked, type Asked } from "../../data/office.ts";
import { textOfDay, wallOfRow } from "../../data/roster.ts";
import { useLanguage } from "../../messages/index.tsx";
import { FollowedAddress } from "../../shell/followed-address.tsx";
import { Answered } from "../../shell/section.tsx";
import { useFollowWords } from "../../shell/use-follow-words.ts";
import { Button } from "../../ui/button.tsx";
import { Icon } from "../../ui/icon.tsx";
import { firstDayOf } from "./address.ts";
import { StaffLink } from "./staff-link.tsx";
import { AskFor } from "./ask-sheet.tsx";
import { AskedOfMe } from "./calls.tsx";
import { OffersToMe } from "./offers.tsx";
import { OwnSwaps, SwapSheet, type OwnShift } from "./swap-sheet.tsx";
import styles from "./team.module.css";
import { useExchangeWords } from "./use-exchange-words.ts";
import { useTeamWords } from "./use-team-words.ts";
import { useWhen } from "./use-when.ts";

const DAYS = 14;
const WEEK_DAYS = 7;
const REQUESTS_SHOWN = 5;
/** How far ahead open shifts are offered here. */
const OFFERED_DAYS = 42;
const NEWS_SHOWN = 5;
const OWN_SHIFTS = { kind: "shifts" } as const;

/** One's own work: the weeks, what is new, what one has asked for, the balance. First on a phone. */
export default function OwnPage(props: { readonly me: Me; readonly today: number; readonly onTeam: () => void }) {
  const { me, today, onTeam } = props;
  const words = useTeamWords();
  const text = words.own;
  const follow = useFollowWords();
  const { format } = useLanguage();
  const first = firstDayOf("1", today, me.organisation.firstWeekday);
  const [fromDay, setFromDay] = useState(first);
  const [asking, setAsking] = useState<string | null>(null);
  const [swapping, setSwapping] = useState<OwnShift | null>(null);
  const asked = useAsked("schedules.list", {
    query: { from: textOfDay(fromDay), to: textOfDay(fromDay + DAYS), people: [me.personId] },
  });
  return (
    <div className={styles.own}>
      <div className={styles.row}>
        <h1>
          {text.title}
          <span className={styles.onPaper}> · {me.name}</span>
        </h1>
        <span className={styles.ways}>
          <StaffLink />
          <Button onPress={onTeam}>
            <Icon name="people" /> {text.toTeam}
          </Button>
        </span>
      </div>
      <AskedOfMe />
      <News me={me} today={today} />
      <Answered asked={asked}>
        {(answer) => <Weeks answer={answer} fromDay={fromDay} today={today} onSwap={setSwapping} />}
      </Answered>
      <div className={styles.row}>
        <span>
          <Button kind="quiet" size="icon" aria-label={words.before} onPress={() => setFromDay(fromDay - DAYS)}>
            <Icon name="previous" />
          </Button>
          <Button kind="quiet" size="icon" aria-label={words.after} onPress={() => setFromDay(fromDay + DAYS)}>
            <Icon name="next" />
          </Button>
          {fromDay !== first && (
            <Button kind="quiet" onPress={() => setFromDay(first)}>
              {text.today}
            </Button>
          )}
        </span>
        <Button kind="primary" onPress={() => setAsking(textOfDay(Math.max(today, fromDay)))}>
          {text.ask}
        </Button>
      </div>
      <OffersToMe today={today} days={OFFERED_DAYS} />
      <OwnSwaps me={me} />
      <Requests zone={me.organisation.zone} />
      <Balance me={me} today={today} />
      <section className={styles.notOnPaper} aria-label={follow.title}>
        <h2>{follow.title}</h2>
        <FollowedAddress what={OWN_SHIFTS} />
      </section>
      {asking !== null && (
        <AskFor personId={me.personId} name={me.name} day={asking} standing={[]} onClose={() => setAsking(null)} />
      )}
      {swapping !== null && <SwapSheet me={me} shift={swapping} onClose={() => setSwapping(null)} />}
      <span className={styles.unseen}>{format.day(today)}</span>
    </div>
  );
}

function Weeks(props: {
  readonly answer: Answer<"schedules.list">;
  readonly fromDay: number;
  readonly today: number;
  readonly onSwap: (shift: OwnShift) => void;
}) {
  const { answer, fromDay, today, onSwap } = props;
  const words = useTeamWords();
  const { format } = useLanguage();
  const cells = useMemo(() => {
    const [row] = answer.items;
    return row === undefined ? null : readTeamRow(row, answer.sources, DAYS, wallOfRow(row, answer, fromDay));
  }, [answer, fromDay]);
  if (cells === null) return <p className={styles.quiet}>{words.own.noContract}</p>;
  return [0, WEEK_DAYS].map((start) => {
    const week = cells.slice(start, start + WEEK_DAYS);
    const minutes = week.reduce((sum, cell) => sum + cell.workedMinutes, 0);
    const days = format.dayRange(fromDay + start, fromDay + start + WEEK_DAYS - 1);
    return (
      <section key={start} aria-label={days}>
        <p className={styles.eyebrow}>
          <span>{days}</span>
          <span>{words.own.planned(format.duration(minutes))}</span>
        </p>
        <ul className={styles.days}>
          {week.map((cell, index) => (
            <Day
              key={textOfDay(fromDay + start + index)}
              cell={cell}
              day={fromDay + start + index}
              isToday={fromDay + start + index === today}
              onSwap={fromDay + start + index > today ? onSwap : null}
            />
          ))}
        </ul>
      </section>
    );
  });
}

function Day(props: {
  readonly cell: TeamDay;
  readonly day: number;
  readonly isToday: boolean;
  /** Null for what has begun. */
  readonly onSwap: ((shift: OwnShift) => void) | null;
}) {
  const { cell, day, isToday, onSwap } = props;
  const words = useTeamWords();
  const { format } = useLanguage();
  const absence = cell.absence ?? null;
  const pending = [
    ...cell.pending.map(printHours),
    ...(cell.pendingAbsence === null ? [] : [words.absences[cell.pendingAbsence] ?? cell.pendingAbsence]),
  ];
  return (
    <li data-today={isToday || undefined} aria-current={isToday ? "date" : undefined}>
      <time dateTime={textOfDay(day)}>
        {format.dayShort(day)}
        {isToday && <small>{words.own.today}</small>}
      </time>
      <span className={cell.shifts.length === 0 ? styles.off : undefined}>
        {cell.shifts.map((shift) => (
          <span key={shift.fromMinute}>
            <b>{printHours(shift)}</b> {[shift.name, shift.site ?? ""].filter(Boolean).join(", ")}
            {shift.isChanged && <small>{words.cell.changed}</small>}
            {onSwap !== null && <SwapButton day={day} shift={shift} onSwap={onSwap} />}
          </span>
        ))}
        {cell.shifts.length === 0 && (absence === null ? words.own.nothing : (words.absences[absence] ?? absence))}
        {cell.holiday !== null && <small>{cell.holiday}</small>}
        {pending.length > 0 && <small>● {words.cell.pending(format.list(pending))}</small>}
      </span>
    </li>
  );
}

function SwapButton(props: {
  readonly day: number;
  readonly shift: TeamDay["shifts"][number];
  readonly onSwap: (shift: OwnShift) => void;
}) {
  const { day, shift, onSwap } = props;
  const { swap: text } = useExchangeWords();
  const { format } = useLanguage();
  const label = `${format.dayShort(day)} ${printHours(shift)}`;
  const press = () => onSwap({ day: textOfDay(day), starts: printClock(shift.fromMinute), label });
  return (
    <Button size="small" kind="quiet" aria-label={text.buttonOf(label)} onPress={press}>
      {text.button}
    </Button>
  );
}

/** Rosters that were published and that one has not acknowledged. */
function News({ me, today }: { readonly me: Me; readonly today: number }) {
  const words = useTeamWords();
  const { words: all } = useLanguage();
  const when = useWhen(me.organisation.zone);
  const asked = useAsked("publications.list", { query: { from: textOfDay(today), limit: NEWS_SHOWN } });
  const items =
    asked.status === "ready"
      ? asked.value.items.filter(
          (each) => each.concernsMe && each.acknowledgedAt === null && each.state === "published",
        )
      : [];
  if (items.length === 0) return null;
  return (
    <section aria-label={words.own.news}>
      <h2>{words.own.news}</h2>
      {items.map(({ id, name, publishedBy, at }) => (
        <div key={id} className={`${styles.card} ${styles.row}`}>
          <span>
            <b>{name}</b>
            <br />
            <small className={styles.quiet}>{words.published.by(publishedBy.name, when.instant(at))}</small>
            <Mine id={id} />
          </span>
          <Button
            kind="primary"
            onPress={() =>
              void changeOrSay(
                "publications.acknowledge",
                { params: { id } },
                { said: words.published.known(name), offline: all.failures.network },
              )
            }
          >
            {words.published.know}
          </Button>
        </div>
      ))}
    </section>
  );
}

const LINES_SHOWN = 20;

function Mine({ id }: { readonly id: string }) {
  const asked = useAsked("publications.read", { params: { id } });
  const mine = asked.status === "ready" ? asked.value.mine : null;
  if (mine === null) return null;
  return (
    <ul className={styles.sentences}>
      {[...mine.new, ...mine.changed, ...mine.dropped].slice(0, LINES_SHOWN).map((line) => (
        <li key={line.sentence}>{wordsOfObjection(line)}</li>
      ))}
    </ul>
  );
}

function Requests({ zone }: { readonly zone: string }) {
  const words = useTeamWords();
  const text = words.own;
  const { words: all } = useLanguage();
  const when = useWhen(zone);
  const asked = useAsked("approvals.list", { query: { view: "asked", limit: REQUESTS_SHOWN } });
  return (
    <section aria-label={text.requests}>
      <h2>{text.requests}</h2>
      <Answered asked={asked}>
        {({ items }) =>
          items.length === 0 ? (
            <p className={styles.quiet}>{text.noRequests}</p>
          ) : (
            <ul className={styles.days}>
              {items.map(({ id, label, state, due, mayWithdraw }) => (
                <li key={id} style={{ gridTemplateColumns: "minmax(0, 1fr) auto" }}>
                  <span>
                    {label}
                    <small>
                      {text.states[state]}
                      {due === null ? "" : ` · ${words.approvals.until(when.instant(due))}`}
                    </small>
                  </span>
                  {mayWithdraw && (
                    <Button
                      size="small"
                      aria-label={text.withdrawOf(label)}
                      onPress={() =>
                        void changeOrSay(
                          "approvals.withdraw",
                          { params: { id } },
                          { said: text.withdrawn(label), offline: all.failures.network },
                        )
                      }
                    >
                      {text.withdraw}
                    </Button>
                  )}
                </li>
              ))}
            </ul>
          )
        }
      </Answered>
    </section>
  );
}

/** Hours at the end of the last month that is over, and leave of this year. */
function Balance({ me, today }: { readonly me: Me; readonly today: number }) {
  const words = useTeamWords();
  const text = words.own;
  const { format } = useLanguage();
  const asked: Asked<Answer<"timeAccounts.read">> = useAsked("timeAccounts.read", {
    params: { personId: me.personId },
    query: { from: textOfDay(today), to: textOfDay(today + 1) },
  });
  if (asked.status !== "ready") return null;
  const month = asked.value.months.at(-1);
  const { year } = dateOf(today);
  const leave = asked.value.leave.find((each) => each.year === year);
  if (month === undefined) return null; // Who has no contract has no account.
  return (
    <section aria-label={text.balance}>
      <h2>{text.balance}</h2>
      <dl className={styles.facts}>
        <dt>{text.hoursBalance}</dt>
        <dd>{format.durationChange(month.closing)}</dd>
        {leave !== undefined && (
          <>
            <dt>
              {text.leaveLeft(year)} · {text.of(text.days(leave.taken))}
            </dt>
            <dd>{text.days(leave.left)}</dd>
          </>
        )}
      </dl>
    </section>
  );
}
