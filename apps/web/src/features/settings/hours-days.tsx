import { useState } from "react";
import { nowMs } from "../../data/clock.ts";
import { useOfficeLanguage } from "../../messages/office.ts";
import { Button } from "../../ui/button.tsx";
import { Checkbox, Choice, FieldRow, TextInput } from "../../ui/field.tsx";
import { Icon } from "../../ui/icon.tsx";
import { Rows, Section, Sheet, What } from "../../shell/section.tsx";
import type { LayersProps } from "./hours.tsx";
import { dayText, epochDayOf, ofKind, withLayer, without, type LayerOf, type Times } from "./hours-form.ts";
import { useHoursWords } from "./use-hours-words.ts";
import styles from "../../shell/section.module.css";
import own from "./hours.module.css";

const DAY_MS = 86_400_000;
const TIMES_MAX = 8;
const today = (): string => dayText(Math.floor(nowMs() / DAY_MS));

type Opened<Kind extends "days" | "away"> = { readonly at: number | null; readonly layer: LayerOf<Kind> | null };

/** Days with hours of their own, from today on. */
export function SingleDays({ of, firstWeekday, put }: LayersProps) {
  const { format } = useOfficeLanguage();
  const text = useHoursWords();
  const [open, setOpen] = useState<Opened<"days"> | null>(null);
  const items = ofKind(of.layers, "days")
    .filter(({ layer }) => layer.until >= today())
    .toSorted((a, b) => a.layer.from.localeCompare(b.layer.from));
  const hoursOf = ({ times, how }: LayerOf<"days">) =>
    times.length === 0
      ? text.closed
      : `${how === "also" ? `${text.also}: ` : ""}${times.map(({ opens, closes }) => `${opens}–${closes}`).join(", ")}`;
  return (
    <Section
      title={text.days}
      intro={text.daysIntro}
      action={of.mayChange && <Button onPress={() => setOpen({ at: null, layer: null })}>{text.addDays}</Button>}
    >
      <Rows items={items} label={text.days} empty={text.daysEmpty}>
        {({ layer, at }) => {
          const days = daysText(layer.from, layer.until, format);
          const name = layer.name === undefined || layer.name === "" ? days : layer.name;
          return (
            <li key={at} className={styles.row}>
              <What name={name} more={[name !== days && days, hoursOf(layer)]} />
              {of.mayChange && (
                <RowDeeds
                  name={name}
                  onChange={() => setOpen({ at, layer })}
                  onRemove={() => void put(without(of.layers, at))}
                />
              )}
            </li>
          );
        }}
      </Rows>
      {open !== null && (
        <DaysSheet of={of} firstWeekday={firstWeekday} put={put} {...open} onClose={() => setOpen(null)} />
      )}
    </Section>
  );
}

function RowDeeds(props: { readonly name: string; readonly onChange: () => void; readonly onRemove: () => void }) {
  const text = useHoursWords();
  return (
    <>
      <Button size="small" aria-label={text.changeOf(props.name)} onPress={props.onChange}>
        {text.change}
      </Button>
      <Button size="small" aria-label={text.removeOf(props.name)} onPress={props.onRemove}>
        {text.remove}
      </Button>
    </>
  );
}

type Words = ReturnType<typeof useOfficeLanguage>["format"];

const daysText = (from: string, until: string, format: Words): string =>
  from === until
    ? format.dayWithYear(epochDayOf(from))
    : `${format.date(epochDayOf(from))} – ${format.date(epochDayOf(until))}`;

type How = "closed" | "instead" | "also";

function DaysSheet(props: LayersProps & Opened<"days"> & { readonly onClose: () => void }) {
  const { of, put, at, layer, onClose } = props;
  const { words } = useOfficeLanguage();
  const text = useHoursWords();
  const [name, setName] = useState(layer?.name ?? "");
  const [from, setFrom] = useState(layer?.from ?? "");
  const [until, setUntil] = useState(layer?.until ?? "");
  const [how, setHow] = useState<How>(layer === null || layer.times.length === 0 ? "closed" : layer.how);
  const [times, setTimes] = useState<readonly Times[]>(
    layer !== null && layer.times.length > 0 ? layer.times : [{ opens: "09:00", closes: "17:00" }],
  );
  const save = async () => {
    if (from === "") return null;
    const kept = how === "closed" ? [] : times.map((each) => ({ ...each }));
    const next: LayerOf<"days"> = {
      kind: "days",
      name: name.trim(),
      from,
      until: until === "" ? from : until,
      how: how === "also" ? how : "instead",
      times: kept,
    };
    return put(withLayer(of.layers, at, next));
  };
  return (
    <Sheet
      title={layer === null ? text.addDays : text.changeOf(layer.name ?? "")}
      submit={words.settings.save}
      onSubmit={save}
      onClose={onClose}
    >
      {(_refused, isTried) => (
        <>
          <TextInput label={words.settings.name} value={name} isFirst maxLength={200} onChange={setName} />
          <FieldRow>
            <TextInput
              label={text.from}
              type="date"
              value={from}
              onChange={setFrom}
              {...(isTried && from === "" ? { error: words.settings.needed } : {})}
            />
            <TextInput label={text.until} type="date" value={until} onChange={setUntil} />
          </FieldRow>
          <Choice
            label={text.how}
            value={how}
            options={(["closed", "instead", "also"] as const).map((value) => ({ value, label: text[value] }))}
            onChange={(value) => setHow(value as How)}
          />
          {how !== "closed" && <TimesEditor times={times} onChange={setTimes} />}
        </>
      )}
    </Sheet>
  );
}

function TimesEditor(props: {
  readonly times: readonly Times[];
  readonly onChange: (times: readonly Times[]) => void;
}) {
  const { times, onChange } = props;
  const text = useHoursWords();
  const set = (at: number, given: Partial<Times>) =>
    onChange(times.map((each, i) => (i === at ? { ...each, ...given } : each)));
  return (
    <div className={own.times} role="group" aria-label={text.hours}>
      {times.map(({ opens, closes }, at) => (
        // oxlint-disable-next-line react/no-array-index-key -- a row is what stands there: it has nothing else that stays
        <span key={at} className={own.time}>
          <input
            type="time"
            aria-label={text.opens(at + 1)}
            value={opens}
            onChange={({ target }) => set(at, { opens: target.value })}
          />
          <span aria-hidden="true">–</span>
          <input
            type="time"
            aria-label={text.closes(at + 1)}
            // A field for times knows no 24:00.
            value={closes === "24:00" ? "00:00" : closes}
            onChange={({ target }) => set(at, { closes: target.value === "00:00" ? "24:00" : target.value })}
          />
          {closes <= opens && <span className={styles.quiet}>{text.nextDay}</span>}
          {times.length > 1 && (
            <Button
              kind="quiet"
              size="icon"
              aria-label={text.removeHours(opens)}
              onPress={() => onChange(times.filter((_, i) => i !== at))}
            >
              <Icon name="close" size={13} />
            </Button>
          )}
        </span>
      ))}
      {times.length < TIMES_MAX && (
        <Button size="small" onPress={() => onChange([...times, { opens: "18:00", closes: "20:00" }])}>
          {text.addHours}
        </Button>
      )}
    </div>
  );
}

/** Time off, from today on; the reason for who may know it. */
export function TimeOff({ of, firstWeekday, put }: LayersProps) {
  const { format } = useOfficeLanguage();
  const text = useHoursWords();
  const [open, setOpen] = useState<Opened<"away"> | null>(null);
  const items = ofKind(of.layers, "away")
    .filter(({ layer }) => layer.end.slice(0, 10) >= today())
    .toSorted((a, b) => a.layer.start.localeCompare(b.layer.start));
  const spanOf = ({ start, end }: LayerOf<"away">) => {
    if (start.length === 10) return daysText(start, end, format);
    const [from, until] = [start, end].map((at) => `${format.date(epochDayOf(at))}, ${at.slice(11)}`);
    return start.slice(0, 10) === end.slice(0, 10) ? `${from!}–${end.slice(11)}` : text.span(from!, until!);
  };
  return (
    <Section
      title={text.away}
      intro={text.awayIntro}
      action={of.mayChange && <Button onPress={() => setOpen({ at: null, layer: null })}>{text.addAway}</Button>}
    >
      <Rows items={items} label={text.away} empty={text.awayEmpty}>
        {({ layer, at }) => {
          const reason = layer.reason === null || layer.reason === "" ? text.awayUnnamed : layer.reason;
          return (
            <li key={at} className={styles.row}>
              <What name={reason} more={[spanOf(layer)]} />
              {of.mayChange && (
                <RowDeeds
                  name={reason}
                  onChange={() => setOpen({ at, layer })}
                  onRemove={() => void put(without(of.layers, at))}
                />
              )}
            </li>
          );
        }}
      </Rows>
      {open !== null && (
        <AwaySheet of={of} firstWeekday={firstWeekday} put={put} {...open} onClose={() => setOpen(null)} />
      )}
    </Section>
  );
}

function AwaySheet(props: LayersProps & Opened<"away"> & { readonly onClose: () => void }) {
  const { of, put, at, layer, onClose } = props;
  const { words } = useOfficeLanguage();
  const text = useHoursWords();
  const [isWhole, setWhole] = useState(layer === null || layer.start.length === 10);
  const [start, setStart] = useState(layer?.start.slice(0, 10) ?? "");
  const [end, setEnd] = useState(layer?.end.slice(0, 10) ?? "");
  const [from, setFrom] = useState(layer?.start.slice(11) ?? "");
  const [until, setUntil] = useState(layer?.end.slice(11) ?? "");
  const [reason, setReason] = useState(layer?.reason ?? "");
  const isMissing = start === "" || (!isWhole && (from === "" || until === ""));
  const save = async () => {
    if (isMissing) return null;
    const last = end === "" ? start : end;
    const next: LayerOf<"away"> = {
      kind: "away",
      start: isWhole ? start : `${start}T${from}`,
      end: isWhole ? last : `${last}T${until}`,
      reason: reason.trim() === "" ? null : reason.trim(),
    };
    return put(withLayer(of.layers, at, next));
  };
  const needed = (value: string) => (value === "" ? { error: words.settings.needed } : {});
  return (
    <Sheet
      title={layer === null ? text.addAway : text.changeOf(text.away)}
      submit={words.settings.save}
      onSubmit={save}
      onClose={onClose}
    >
      {(_refused, isTried) => (
        <>
          <Checkbox isSelected={isWhole} onChange={setWhole}>
            {text.wholeDays}
          </Checkbox>
          <FieldRow>
            <TextInput
              label={text.from}
              type="date"
              value={start}
              onChange={setStart}
              {...(isTried ? needed(start) : {})}
            />
            {!isWhole && (
              <TextInput
                label={text.start}
                type="time"
                value={from}
                onChange={setFrom}
                {...(isTried ? needed(from) : {})}
              />
            )}
          </FieldRow>
          <FieldRow>
            <TextInput label={text.until} type="date" value={end} onChange={setEnd} />
            {!isWhole && (
              <TextInput
                label={text.end}
                type="time"
                value={until}
                onChange={setUntil}
                {...(isTried ? needed(until) : {})}
              />
            )}
          </FieldRow>
          <TextInput label={text.reason} value={reason} hint={text.reasonHint} maxLength={1_000} onChange={setReason} />
        </>
      )}
    </Sheet>
  );
}
