/* oxlint-disable react/no-array-index-key -- Weeks, shifts and breaks have no names: they are told apart by where they stand. */
import { useId } from "react";
import { useOfficeLanguage } from "../../messages/office.ts";
import { Button } from "../../ui/button.tsx";
import { Checkbox, Choice, TextInput } from "../../ui/field.tsx";
import { Icon } from "../../ui/icon.tsx";
import {
  BREAKS_MAX,
  copiedOn,
  minutesBetween,
  minuteOf,
  NEW_SHIFT,
  paidMinutes,
  SHIFTS_OF_A_WEEK_MAX,
  timeText,
  WEEKS_MAX,
  type BreakForm,
  type ContractFault,
  type ContractForm,
  type ShiftForm,
} from "./contract-form.ts";
import styles from "./pattern.module.css";
import { useStaffWords } from "./use-staff-words.ts";

const WEEKDAYS = [1, 2, 3, 4, 5, 6, 7] as const;
const KINDS = ["work", "duty", "on-call"] as const;

/** The weeks that take turns: of each day its shifts, with their breaks. */
export function Pattern(props: {
  readonly form: ContractForm;
  readonly faults: readonly ContractFault[];
  readonly sites: readonly string[];
  readonly onChange: (part: Partial<ContractForm>) => void;
}) {
  const { form, faults, sites, onChange } = props;
  const { contract: text } = useStaffWords();
  const { weeks } = form;
  const putWeek = (at: number, week: readonly ShiftForm[]) =>
    onChange({ weeks: weeks.map((before, i) => (i === at ? week : before)) });
  return (
    <fieldset className={styles.pattern}>
      <legend>{text.pattern}</legend>
      <p className={styles.hint}>{text.patternHint}</p>
      {weeks.map((week, at) => (
        <Week
          key={`${at}`}
          number={at + 1}
          week={week}
          faults={faults.filter((fault) => "week" in fault && fault.week === at)}
          sites={sites}
          mayRemove={weeks.length > 1}
          mayAdd={weeks.length < WEEKS_MAX}
          onChange={(changed) => putWeek(at, changed)}
          onCopy={() => onChange({ weeks: weeks.toSpliced(at + 1, 0, week) })}
          onRemove={() => onChange({ weeks: weeks.toSpliced(at, 1) })}
        />
      ))}
      <div className={styles.foot}>
        {weeks.length < WEEKS_MAX && (
          <Button size="small" onPress={() => onChange({ weeks: [...weeks, []] })}>
            {text.addWeek}
          </Button>
        )}
        {weeks.length > 1 && (
          <TextInput label={text.anchor} type="date" value={form.anchor} onChange={(anchor) => onChange({ anchor })} />
        )}
      </div>
    </fieldset>
  );
}

function Week(props: {
  readonly number: number;
  readonly week: readonly ShiftForm[];
  readonly faults: readonly ContractFault[];
  readonly sites: readonly string[];
  readonly mayRemove: boolean;
  readonly mayAdd: boolean;
  readonly onChange: (week: readonly ShiftForm[]) => void;
  readonly onCopy: () => void;
  readonly onRemove: () => void;
}) {
  const { number, week, faults, sites, mayRemove, mayAdd, onChange, onCopy, onRemove } = props;
  const { format } = useOfficeLanguage();
  const { contract: text } = useStaffWords();
  const id = useId();
  const put = (at: number, part: Partial<ShiftForm>) =>
    onChange(week.map((shift, i) => (i === at ? { ...shift, ...part } : shift)));
  const add = (weekday: number) => {
    const like = week.findLast((shift) => shift.weekday < weekday) ?? NEW_SHIFT;
    onChange([...week, { ...like, weekday }].toSorted((a, b) => a.weekday - b.weekday));
  };
  return (
    <div className={styles.week} role="group" aria-labelledby={id}>
      <div className={styles.weekHead}>
        <h3 id={id}>{text.week(number)}</h3>
        <span>{text.sum(format.duration(paidMinutes(week)), text.week(number))}</span>
        {mayAdd && (
          <Button size="small" kind="quiet" onPress={onCopy}>
            {text.copyWeek}
          </Button>
        )}
        {mayRemove && (
          <Button size="small" kind="quiet" onPress={onRemove}>
            {text.removeWeek}
          </Button>
        )}
      </div>
      {WEEKDAYS.map((weekday) => {
        const day = format.weekdayLong(weekday);
        const ofDay = week.flatMap((shift, at) => (shift.weekday === weekday ? [{ shift, at }] : []));
        return (
          <div key={weekday} className={styles.day}>
            <div className={styles.dayHead}>
              <b>{day}</b>
              {ofDay.length === 0 && <span>{text.off}</span>}
              {week.length < SHIFTS_OF_A_WEEK_MAX && (
                <Button size="icon" kind="quiet" aria-label={text.addShift(day)} onPress={() => add(weekday)}>
                  <Icon name="plus" size={14} />
                </Button>
              )}
              {ofDay.length > 0 && weekday < 7 && (
                <Button
                  size="small"
                  kind="quiet"
                  aria-label={text.copyOnOf(day)}
                  onPress={() => onChange(copiedOn(week, weekday))}
                >
                  {text.copyOn}
                </Button>
              )}
            </div>
            {ofDay.map(({ shift, at }, i) => (
              <Shift
                key={`${at}`}
                name={text.shift(day, i + 1)}
                shift={shift}
                faults={faults.filter((fault) => "shift" in fault && fault.shift === at)}
                sites={sites}
                onChange={(part) => put(at, part)}
                onRemove={() => onChange(week.toSpliced(at, 1))}
              />
            ))}
          </div>
        );
      })}
    </div>
  );
}

function Shift(props: {
  readonly name: string;
  readonly shift: ShiftForm;
  readonly faults: readonly ContractFault[];
  readonly sites: readonly string[];
  readonly onChange: (part: Partial<ShiftForm>) => void;
  readonly onRemove: () => void;
}) {
  const { name, shift, faults, sites, onChange, onRemove } = props;
  const { format } = useOfficeLanguage();
  const { contract: text } = useStaffWords();
  const minutes = minutesBetween(shift.starts, shift.ends);
  const isOver = minutes !== null && minuteOf(shift.starts)! + minutes > 1_440;
  const putBreak = (at: number, part: Partial<BreakForm>) =>
    onChange({ breaks: shift.breaks.map((each, i) => (i === at ? { ...each, ...part } : each)) });
  return (
    <div className={styles.shift} role="group" aria-label={name}>
      <div className={styles.fields}>
        <TextInput
          label={text.starts}
          type="time"
          value={shift.starts}
          onChange={(starts) => onChange({ starts })}
          {...(faults.some(({ at }) => at === "times") ? { error: text.timesWrong } : {})}
        />
        <TextInput
          label={text.ends}
          type="time"
          value={shift.ends}
          {...(minutes === null
            ? {}
            : { hint: isOver ? text.overNight(format.duration(minutes)) : format.duration(minutes) })}
          onChange={(ends) => onChange({ ends })}
        />
        <TextInput
          label={text.name}
          value={shift.name}
          maxLength={200}
          onChange={(value) => onChange({ name: value })}
        />
        <Choice
          label={text.kind}
          value={shift.kind}
          options={KINDS.map((value) => ({ value, label: text.kinds[value] }))}
          onChange={(value) => onChange({ kind: KINDS.find((kind) => kind === value) ?? "work" })}
        />
        <TextInput
          label={text.shiftSite}
          value={shift.site}
          suggestions={sites}
          onChange={(site) => onChange({ site })}
        />
      </div>
      {shift.breaks.map((pause, at) => (
        <div key={`${at}`} className={styles.fields}>
          <TextInput
            label={text.breakAt}
            type="time"
            value={pause.starts}
            onChange={(starts) => putBreak(at, { starts })}
            {...(faults.some((fault) => fault.at === "break" && fault.pause === at)
              ? { error: text.minutesWrong }
              : {})}
          />
          <TextInput
            label={text.breakMinutes}
            value={pause.minutes}
            inputMode="numeric"
            onChange={(value) => putBreak(at, { minutes: value })}
          />
          <Checkbox isSelected={pause.isPaid} onChange={(isPaid) => putBreak(at, { isPaid })}>
            {text.isPaid}
          </Checkbox>
          <Button
            size="icon"
            kind="quiet"
            aria-label={text.removeBreak(pause.starts)}
            onPress={() => onChange({ breaks: shift.breaks.toSpliced(at, 1) })}
          >
            <Icon name="close" size={14} />
          </Button>
        </div>
      ))}
      <div className={styles.shiftFoot}>
        {shift.breaks.length < BREAKS_MAX && (
          <Button
            size="small"
            kind="quiet"
            onPress={() =>
              onChange({ breaks: [...shift.breaks, { starts: middleOf(shift), minutes: "30", isPaid: false }] })
            }
          >
            {text.addBreak}
          </Button>
        )}
        <Button size="small" kind="quiet" aria-label={text.removeShift(name)} onPress={onRemove}>
          <Icon name="trash" size={14} />
        </Button>
      </div>
    </div>
  );
}

/** A quarter of an hour near the middle of a shift. */
function middleOf({ starts, ends }: ShiftForm): string {
  const minutes = minutesBetween(starts, ends);
  const from = minuteOf(starts);
  if (minutes === null || from === null) return "12:00";
  return timeText(Math.round((from + minutes / 2) / 15) * 15);
}
