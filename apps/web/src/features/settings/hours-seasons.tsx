import { useState } from "react";
import { nowMs } from "../../data/clock.ts";
import { useOfficeLanguage } from "../../messages/office.ts";
import { Button } from "../../ui/button.tsx";
import { Choice, FieldRow, TextInput } from "../../ui/field.tsx";
import { USUAL_WEEK, WeekEditor } from "../../ui/week-editor.tsx";
import { Rows, Section, Sheet, What } from "../../shell/section.tsx";
import type { LayersProps } from "./hours.tsx";
import {
  dayText,
  epochDayOf,
  ofKind,
  STRETCHES_MAX,
  withLayer,
  without,
  type LayerOf,
  type Stretch,
} from "./hours-form.ts";
import { useHoursWords } from "./use-hours-words.ts";
import styles from "../../shell/section.module.css";

type Season = LayerOf<"weeks">;
const DAY_MS = 86_400_000;

/** Weeks that hold for a part of every year, or for some time. */
export function Seasons({ of, firstWeekday, put }: LayersProps) {
  const text = useHoursWords();
  const spanOf = useSpan();
  const [open, setOpen] = useState<{ readonly at: number | null; readonly layer: Season | null } | null>(null);
  const items = ofKind(of.layers, "weeks").filter(({ layer }) => layer.season !== null);
  return (
    <Section
      title={text.seasons}
      intro={text.seasonsIntro}
      action={of.mayChange && <Button onPress={() => setOpen({ at: null, layer: null })}>{text.addSeason}</Button>}
    >
      <Rows items={items} label={text.seasons} empty={text.seasonsEmpty}>
        {({ layer, at }) => {
          const name = layer.name === undefined || layer.name === "" ? text.unnamed : layer.name;
          return (
            <li key={at} className={styles.row}>
              <What
                name={name}
                more={[spanOf(layer.season), layer.weeks.length > 1 && text.turnsOf(layer.weeks.length)]}
              />
              {of.mayChange && (
                <>
                  <Button size="small" aria-label={text.changeOf(name)} onPress={() => setOpen({ at, layer })}>
                    {text.change}
                  </Button>
                  <Button
                    size="small"
                    aria-label={text.removeOf(name)}
                    onPress={() => void put(without(of.layers, at))}
                  >
                    {text.remove}
                  </Button>
                </>
              )}
            </li>
          );
        }}
      </Rows>
      {open !== null && (
        <SeasonSheet of={of} firstWeekday={firstWeekday} put={put} {...open} onClose={() => setOpen(null)} />
      )}
    </Section>
  );
}

/** When a season is, in words. */
function useSpan(): (season: Season["season"]) => string {
  const { format } = useOfficeLanguage();
  const text = useHoursWords();
  return (season) => {
    if (season === null) return text.always;
    if (season.every === "year") {
      const shown = (day: string) => format.day(epochDayOf(`2024-${day}`)).replace(/^\S+ /, "");
      return text.eachYear(shown(season.from), shown(season.until));
    }
    const [from, until] = [season.from, season.until].map((day) =>
      day === null ? null : format.date(epochDayOf(day)),
    );
    if (from !== null && until !== null) return text.span(from!, until!);
    return from !== null ? text.since(from!) : until !== null ? text.till(until!) : text.always;
  };
}

function SeasonSheet(
  props: LayersProps & { readonly at: number | null; readonly layer: Season | null; readonly onClose: () => void },
) {
  const { of, firstWeekday, put, at, layer, onClose } = props;
  const { words } = useOfficeLanguage();
  const text = useHoursWords();
  const season = layer?.season ?? null;
  const year = dayText(Math.floor(nowMs() / DAY_MS)).slice(0, 4);
  const whole = (day: string | null | undefined) =>
    day === null || day === undefined ? "" : day.length === 5 ? `${year}-${day}` : day;
  const [name, setName] = useState(layer?.name ?? "");
  const [every, setEvery] = useState<"year" | "once">(season?.every ?? "year");
  const [from, setFrom] = useState(whole(season?.from));
  const [until, setUntil] = useState(whole(season?.until));
  const [week, setWeek] = useState<readonly Stretch[]>(layer?.weeks[0] ?? USUAL_WEEK);
  const isMissing = every === "year" ? from === "" || until === "" : from === "" && until === "";
  const save = async () => {
    if (isMissing) return null;
    const dated =
      every === "year"
        ? { every, from: from.slice(5), until: until.slice(5) }
        : { every, from: from === "" ? null : from, until: until === "" ? null : until };
    const weeks = [week.map((stretch) => ({ ...stretch })), ...(layer?.weeks.slice(1) ?? [])];
    const anchor = layer?.anchor ?? "1970-01-05";
    return put(withLayer(of.layers, at, { kind: "weeks", name: name.trim(), weeks, anchor, season: dated }));
  };
  return (
    <Sheet
      title={layer === null ? text.addSeason : text.changeOf(layer.name === "" ? text.unnamed : (layer.name ?? ""))}
      submit={words.settings.save}
      onSubmit={save}
      onClose={onClose}
    >
      {(_refused, isTried) => (
        <>
          <TextInput label={words.settings.name} value={name} isFirst maxLength={200} onChange={setName} />
          <Choice
            label={text.every}
            value={every}
            options={[
              { value: "year", label: text.everyYear },
              { value: "once", label: text.once },
            ]}
            onChange={(value) => setEvery(value === "year" ? "year" : "once")}
          />
          <FieldRow>
            <TextInput
              label={text.from}
              type="date"
              value={from}
              onChange={setFrom}
              {...(isTried && isMissing && from === "" ? { error: words.settings.needed } : {})}
            />
            <TextInput
              label={text.until}
              type="date"
              value={until}
              onChange={setUntil}
              {...(isTried && isMissing && until === "" ? { error: words.settings.needed } : {})}
            />
          </FieldRow>
          <WeekEditor
            week={week}
            firstWeekday={firstWeekday}
            nextDay={text.nextDay}
            most={STRETCHES_MAX}
            onChange={setWeek}
          />
        </>
      )}
    </Sheet>
  );
}
