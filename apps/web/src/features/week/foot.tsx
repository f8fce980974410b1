import { Fragment } from "react";
import { useLanguage } from "../../messages/index.tsx";
import { Button, Key } from "../../ui/button.tsx";
import { minutesOf, type WeekTime } from "./times.ts";
import styles from "./foot.module.css";

const NOTES_MAX = 2;

/** What the signs mean, who stands beside, how much is free, and which clocks change. */
export function Foot(props: {
  readonly isWeek: boolean;
  readonly besides: readonly { readonly id: string; readonly name: string; readonly hue: number }[];
  readonly time: WeekTime;
  readonly hasProposal: boolean;
  readonly hasClash: boolean;
  readonly notes: readonly string[];
  readonly dayOf: (ms: number) => number;
  readonly onKeys: () => void;
}) {
  const { isWeek, besides, time, hasProposal, hasClash, notes, dayOf, onKeys } = props;
  const { words, format } = useLanguage();
  const { legend } = words.week;
  const { free, together } = time;
  return (
    <footer className={styles.foot}>
      <b>{isWeek ? words.week.label : words.week.dayLabel}</b>
      {hasProposal && (
        <span className={styles.item}>
          <i data-sign="proposal" /> {legend.proposal}
        </span>
      )}
      {hasClash && (
        <span className={styles.item}>
          <i data-sign="conflict" /> {legend.conflict}
        </span>
      )}
      {besides.map(({ id, name, hue }) => (
        <span key={id} className={styles.item} style={{ "--hue": hue } as React.CSSProperties}>
          <i data-sign="person" /> {name.split(" ")[0]}
        </span>
      ))}
      {besides.length > 0 && (
        <span className={styles.item}>
          <i data-sign="free" /> {legend.everyoneFree}
        </span>
      )}
      {notes.slice(0, NOTES_MAX).map((note) => (
        <span key={note} className={styles.note} title={note}>
          {note}
        </span>
      ))}
      <span className={styles.end}>
        {free !== null && (
          <dl className={styles.free}>
            <dt>{isWeek ? words.week.freeThisWeek : words.week.freeToday}</dt>
            <dd>{words.week.ofOpen(format.duration(free.freeMinutes), format.duration(free.openMinutes))}</dd>
            {free.longest !== null && (
              <Fragment>
                <dt>{words.week.longest}</dt>
                <dd>
                  {words.week.longestOn(
                    format.dayShort(dayOf(free.longest.startMs)),
                    format.duration(minutesOf([free.longest])),
                  )}
                </dd>
              </Fragment>
            )}
            {besides.length > 0 && (
              <Fragment>
                <dt>{words.week.together}</dt>
                <dd data-together={minutesOf(together)}>{format.duration(minutesOf(together))}</dd>
              </Fragment>
            )}
          </dl>
        )}
        <span className={styles.keys}>
          <Key>[</Key>
          <Key>]</Key> {legend.events}
        </span>
        <Button kind="quiet" size="small" onPress={onKeys}>
          <Key>?</Key> {legend.allKeys}
        </Button>
      </span>
    </footer>
  );
}
