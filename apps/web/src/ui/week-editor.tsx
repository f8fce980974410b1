import { useOfficeLanguage } from "../messages/office.ts";
import { Button } from "./button.tsx";
import { Icon } from "./icon.tsx";
import styles from "./week-editor.module.css";

export type WeekStretch = { readonly weekday: number; readonly opens: string; readonly closes: string };

/** Monday to Friday, nine to five. */
export const USUAL_WEEK: readonly WeekStretch[] = [1, 2, 3, 4, 5].map((weekday) => ({
  weekday,
  opens: "09:00",
  closes: "17:00",
}));

const STRETCHES_MAX = 20;
const USUAL = { opens: "09:00", closes: "17:00" };
const LATER = { opens: "18:00", closes: "20:00" };

/** A week as rows of days, each with the stretches in which one works. */
export function WeekEditor(props: {
  readonly week: readonly WeekStretch[];
  readonly firstWeekday: number;
  readonly isDisabled?: boolean;
  /** What stands behind hours that end on the next day; where it is left out none may. */
  readonly nextDay?: string;
  /** Most stretches of the week. */
  readonly most?: number;
  readonly onChange: (week: readonly WeekStretch[]) => void;
}) {
  const { week, firstWeekday, isDisabled = false, nextDay, most = STRETCHES_MAX, onChange } = props;
  const { words, format } = useOfficeLanguage();
  const hours = words.settings.hours;
  const replace = (at: number, change: Partial<WeekStretch>) =>
    onChange(week.map((stretch, index) => (index === at ? { ...stretch, ...change } : stretch)));
  return (
    <div className={styles.week}>
      {Array.from({ length: 7 }, (_, offset) => ((firstWeekday - 1 + offset) % 7) + 1).map((weekday) => {
        const day = format.weekdayLong(weekday);
        const own = week.flatMap((stretch, at) => (stretch.weekday === weekday ? [{ ...stretch, at }] : []));
        return (
          <div key={weekday} className={styles.day} role="group" aria-label={day}>
            <b>{day}</b>
            <div className={styles.stretches}>
              {own.length === 0 && <span className={styles.free}>{hours.free}</span>}
              {own.map(({ at, opens, closes }) => (
                <span key={at} className={styles.stretch}>
                  <input
                    type="time"
                    aria-label={hours.opens(day)}
                    value={opens}
                    disabled={isDisabled}
                    onChange={(event) => replace(at, { opens: event.target.value })}
                  />
                  <span aria-hidden="true">–</span>
                  <input
                    type="time"
                    aria-label={hours.closes(day)}
                    // A field for times knows no 24:00: midnight is shown as the day's last minute's end.
                    value={closes === "24:00" ? "00:00" : closes}
                    disabled={isDisabled}
                    onChange={(event) =>
                      replace(at, { closes: event.target.value === "00:00" ? "24:00" : event.target.value })
                    }
                  />
                  {nextDay !== undefined && closes <= opens && <span className={styles.free}>{nextDay}</span>}
                  {!isDisabled && (
                    <Button
                      kind="quiet"
                      size="icon"
                      aria-label={hours.less(day, opens)}
                      onPress={() => onChange(week.filter((_, index) => index !== at))}
                    >
                      <Icon name="close" size={13} />
                    </Button>
                  )}
                </span>
              ))}
            </div>
            {!isDisabled && week.length < most && (
              <Button
                kind="quiet"
                size="icon"
                aria-label={hours.more(day)}
                onPress={() => onChange([...week, { weekday, ...(own.length === 0 ? USUAL : LATER) }])}
              >
                <Icon name="plus" size={14} />
              </Button>
            )}
          </div>
        );
      })}
    </div>
  );
}
