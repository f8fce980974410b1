import { useMemo, useState } from "react";
import type { Calendar, Me, Subject } from "../../data/api.ts";
import { nowMs } from "../../data/clock.ts";
import { attempt, takeBack, type Attempt } from "../../data/office.ts";
import { mayWriteInto } from "../../data/rights.ts";
import { directoryStore, type Directory } from "../../data/session.ts";
import { useStore } from "../../data/store.ts";
import { instantOfWall, parseInstant, printInstant, wallClockOf, wallMs } from "../../data/wall-clock.ts";
import { useLanguage } from "../../messages/index.tsx";
import { Button } from "../../ui/button.tsx";
import { useProofWords } from "./use-proof-words.ts";
import styles from "./proof.module.css";

const REQUESTS = 50;
/** In flight together: more only wait in the browser, which opens six connections to a server without http/2. */
const AT_ONCE = 10;
const DAY_MS = 86_400_000;
const HOUR_MS = 3_600_000;
/** A night some days ahead: nobody has the room then, so exactly one can get it. */
const DAYS_AHEAD = 9;
const HOUR = 3;
const ALTERNATIVES_SHOWN = 3;

type Numbered = Attempt & { readonly number: number };

type Run = {
  readonly status: "waiting" | "running" | "done";
  readonly attempts: readonly Numbered[];
  readonly tookMs: number;
  readonly isTakenBack: boolean | null;
};

const WAITING: Run = { status: "waiting", attempts: [], tookMs: 0, isTakenBack: null };

/** Fifty requests for one hour of one room, at the same time: one gets it, the rest are refused politely. */
export default function Proof({ me }: { readonly me: Me }) {
  const { words, format } = useLanguage();
  const text = useProofWords();
  const { zone } = me.organisation;
  const room = useStore(directoryStore, ({ directory }) => roomOf(directory.things));
  // A calendar of the organisation takes nobody's time beside the room's: then it is the room that is asked for, alone.
  const calendarId = useStore(directoryStore, ({ directory }) => sharedCalendar(directory)?.id ?? null);
  const slot = useMemo(() => slotOf(zone), [zone]);
  const [run, setRun] = useState<Run>(WAITING);

  const send = async (thing: Subject) => {
    setRun({ ...WAITING, status: "running" });
    const fromMs = performance.now();
    const body = {
      title: text.event,
      start: printInstant(slot.startMs),
      end: printInstant(slot.startMs + HOUR_MS),
      timeZone: zone,
      resourceIds: [thing.id],
      ...(calendarId === null ? {} : { calendarId }),
      preventConflicts: true,
      conflictResolution: "suggest" as const,
    };
    const attempts: Numbered[] = [];
    let sent = 0;
    const worker = async () => {
      while (sent < REQUESTS) {
        const number = ++sent;
        attempts.push({ number, ...(await attempt(body, words.failures.network)) });
        setRun((before) => ({ ...before, attempts: [...attempts] }));
      }
    };
    await Promise.all(Array.from({ length: AT_ONCE }, worker));
    const tookMs = Math.round(performance.now() - fromMs);
    let isTakenBack: boolean | null = null;
    for (const each of attempts)
      if (each.kind === "won" && each.requestId !== null)
        isTakenBack = (await takeBack(each.requestId)) && isTakenBack !== false;
    setRun({ status: "done", attempts: [...attempts], tookMs, isTakenBack });
  };

  const count = (kind: Attempt["kind"]) => run.attempts.filter((each) => each.kind === kind).length;
  const shown = [...run.attempts].sort((a, b) => Number(b.kind === "won") - Number(a.kind === "won"));
  return (
    <div className={styles.proof}>
      <h1>{text.title}</h1>
      {room === null ? (
        <p className={styles.quiet}>{text.noRoom}</p>
      ) : (
        <>
          <p className={styles.quiet}>{text.intro(REQUESTS, room.name, slotText(slot, format))}</p>
          <div className={styles.actions}>
            <Button kind="primary" isDisabled={run.status === "running"} onPress={() => void send(room)}>
              {run.status === "running" ? text.running : run.status === "done" ? text.again : text.run(REQUESTS)}
            </Button>
          </div>
        </>
      )}
      {run.status !== "waiting" && (
        <>
          <div className={styles.counts} role="status" aria-live="polite">
            <div className={styles.won}>
              <b>{format.number(count("won"))}</b> {text.won}
            </div>
            <div>
              <b>{format.number(count("refused"))}</b> {text.refused}
            </div>
            <div className={styles.failed}>
              <b>{format.number(count("failed"))}</b> {text.failed}
            </div>
          </div>
          {run.status === "done" && (
            <p className={styles.quiet}>
              {text.measured(run.attempts.length, AT_ONCE, run.tookMs)}{" "}
              {run.isTakenBack !== null && (run.isTakenBack ? text.takenBack : text.notTakenBack)}
            </p>
          )}
          <ol className={styles.answers} aria-label={text.list}>
            {shown.map((each) => (
              <li key={each.number} data-kind={each.kind}>
                {each.kind === "won" ? <b>{text.wonWords}</b> : <b>{each.sentence}</b>}
                {each.kind === "refused" && <span>{alternativesText(each.alternatives)}</span>}
              </li>
            ))}
          </ol>
        </>
      )}
    </div>
  );

  function alternativesText(alternatives: readonly string[]): string {
    if (alternatives.length === 0) return text.noAlternatives;
    const times = alternatives.slice(0, ALTERNATIVES_SHOWN).map((start) => {
      const at = parseInstant(start) ?? 0;
      return `${format.dayShort(Math.floor(wallMs(wallClockOf(zone, yearOf(at)), at) / DAY_MS))} ${format.time(at)}`;
    });
    return text.alternatives(format.list(times));
  }
}

/** The first room by name that nobody may take twice. */
function roomOf(things: readonly Subject[]): Subject | null {
  return things.find(({ kind, policy }) => kind === "room" && policy === "forbid") ?? null;
}

function sharedCalendar({ calendars }: Directory): Calendar | null {
  return [...calendars.values()].find((each) => each.ownerSubjectId === null && mayWriteInto(each)) ?? null;
}

const yearOf = (ms: number): number => Number(printInstant(ms).slice(0, 4));

type Slot = { readonly startMs: number; readonly day: number };

function slotOf(zone: string): Slot {
  const now = nowMs();
  const clock = wallClockOf(zone, yearOf(now + DAYS_AHEAD * DAY_MS));
  const day = Math.floor(wallMs(clock, now) / DAY_MS) + DAYS_AHEAD;
  return { day, startMs: instantOfWall(clock, day * DAY_MS + HOUR * HOUR_MS) };
}

function slotText({ startMs, day }: Slot, format: ReturnType<typeof useLanguage>["format"]): string {
  return `${format.day(day)}, ${format.timeRange(startMs, startMs + HOUR_MS)}`;
}
