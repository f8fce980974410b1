import type { Answer } from "@hourwright/client";
import { useState } from "react";
import { nowMs } from "../../data/clock.ts";
import { change, changeOrSay, useAsked, type Holiday } from "../../data/office.ts";
import { useOfficeLanguage } from "../../messages/office.ts";
import { Button } from "../../ui/button.tsx";
import { Checkbox, Choice, FieldRow, Refusal, TextInput } from "../../ui/field.tsx";
import { Answered, Rows, Section, Sheet, What } from "../../shell/section.tsx";
import type { LayersProps } from "./hours.tsx";
import { dayText, epochDayOf, ofKind, ORGANISATION, partsOf, type Layer, type LayerOf } from "./hours-form.ts";
import { useHoursWords } from "./use-hours-words.ts";
import styles from "../../shell/section.module.css";
import own from "./hours.module.css";

type Chosen = LayerOf<"holidays">;
type OfYear = Answer<"holidayRegions.holidays">["items"][number];

const DAY_MS = 86_400_000;
const YEARS_SHOWN = 4;
const TYPES = ["public", "bank", "school", "optional", "observance"] as const;
const AS_ABOVE = "above";
const NONE = "none";
const thisDay = (): string => dayText(Math.floor(nowMs() / DAY_MS));

/** The region whose public holidays count, with a year of them: each is switched off, or called otherwise. */
export function PublicHolidays({ of, put }: LayersProps) {
  const text = useHoursWords();
  const { locale: language } = useOfficeLanguage();
  const [refused, setRefused] = useState<string | null>(null);
  const chosen = ofKind(of.layers, "holidays")[0]?.layer ?? null;
  const countries = useAsked("holidayRegions.list", { query: { language } });
  const others = of.layers.filter(({ kind }) => kind !== "holidays");
  const set = async (layer: Layer | null) => {
    const changed = await put(layer === null ? others : [...others, layer]);
    setRefused(changed.refused?.sentence ?? null);
  };
  const choose = (region: string) => {
    if (region === AS_ABOVE) return set(null);
    const types = chosen?.types ?? ["public"];
    return set({ kind: "holidays", region: region === NONE ? null : region, types, without: [], renamed: [] });
  };
  const region = chosen?.region ?? null;
  const [country, part, subPart] = region === null ? [null, null, null] : partsOf(region);
  const isOrganisation = of.id === ORGANISATION;
  // Things follow their place alone.
  const followsAll = of.follows.some(({ id }) => id === ORGANISATION);
  return (
    <Section title={text.publicHolidays} intro={text.publicIntro}>
      <Answered asked={countries}>
        {({ items }) => (
          <div className={own.fields}>
            <Choice
              label={text.country}
              value={country ?? (chosen === null && !isOrganisation ? AS_ABOVE : NONE)}
              isDisabled={!of.mayChange}
              options={[
                ...(isOrganisation ? [] : [{ value: AS_ABOVE, label: followsAll ? text.asAbove : text.asPlace }]),
                { value: NONE, label: text.noRegion },
                ...items.map(({ region: value, name }) => ({ value, label: name })),
              ]}
              onChange={(value) => void choose(value)}
            />
            {country !== null && (
              <PartChoice
                key={country}
                of={country}
                value={part}
                label={text.part}
                whole={text.wholeCountry}
                isDisabled={!of.mayChange}
                onChange={(value) => void choose(value)}
              />
            )}
            {part !== null && (
              <PartChoice
                key={part}
                of={part}
                value={subPart}
                label={text.subPart}
                whole={text.wholeRegion}
                isDisabled={!of.mayChange}
                onChange={(value) => void choose(value)}
              />
            )}
          </div>
        )}
      </Answered>
      {refused !== null && <Refusal>{refused}</Refusal>}
      {chosen !== null && region !== null && (
        <YearOfHolidays chosen={chosen} region={region} mayChange={of.mayChange} onChange={(next) => void set(next)} />
      )}
    </Section>
  );
}

/** The parts of a region, where it has some. */
function PartChoice(props: {
  readonly of: string;
  readonly value: string | null;
  readonly label: string;
  readonly whole: string;
  readonly isDisabled: boolean;
  readonly onChange: (region: string) => void;
}) {
  const { of, value, label, whole, isDisabled, onChange } = props;
  const { locale: language } = useOfficeLanguage();
  const asked = useAsked("holidayRegions.list", { query: { of, language } });
  if (asked.status !== "ready" || asked.value.items.length === 0) return null;
  return (
    <Choice
      label={label}
      value={value ?? of}
      isDisabled={isDisabled}
      options={[
        { value: of, label: whole },
        ...asked.value.items.map(({ region, name }) => ({ value: region, label: name })),
      ]}
      onChange={onChange}
    />
  );
}

function YearOfHolidays(props: {
  readonly chosen: Chosen;
  readonly region: string;
  readonly mayChange: boolean;
  readonly onChange: (chosen: Chosen) => void;
}) {
  const { chosen, region, mayChange, onChange } = props;
  const { format, locale } = useOfficeLanguage();
  const text = useHoursWords();
  const thisYear = Number(thisDay().slice(0, 4));
  const [year, setYear] = useState(thisYear);
  const [renaming, setRenaming] = useState<OfYear | null>(null);
  const asked = useAsked("holidayRegions.holidays", { params: { region }, query: { year } });
  const { types = ["public"], without = [], renamed = [] } = chosen;
  const nameOf = ({ key, name, names }: OfYear) =>
    renamed.find((each) => each.key === key)?.name ?? names[locale] ?? name;
  const close = (key: string, closes: boolean) =>
    onChange({ ...chosen, without: closes ? without.filter((each) => each !== key) : [...without, key] });
  return (
    <>
      <fieldset className={own.types} disabled={!mayChange}>
        <legend className={styles.quiet}>{text.types}</legend>
        {TYPES.map((type) => (
          <Checkbox
            key={type}
            isSelected={types.includes(type)}
            isDisabled={!mayChange}
            onChange={(isOn) =>
              onChange({ ...chosen, types: TYPES.filter((each) => (each === type ? isOn : types.includes(each))) })
            }
          >
            {text.type[type]}
          </Checkbox>
        ))}
      </fieldset>
      <div className={own.fields}>
        <Choice
          label={text.year}
          value={String(year)}
          options={Array.from({ length: YEARS_SHOWN }, (_, i) => ({
            value: String(thisYear + i),
            label: text.yearOf(thisYear + i),
          }))}
          onChange={(value) => setYear(Number(value))}
        />
      </div>
      <Answered asked={asked}>
        {({ items }) => (
          <Rows
            items={items.filter(({ type }) => types.includes(type))}
            label={text.publicHolidays}
            empty={text.noneThatYear}
          >
            {(holiday) => {
              const name = nameOf(holiday);
              const closes = !without.includes(holiday.key);
              return (
                <li key={`${holiday.day} ${holiday.key}`} className={styles.row}>
                  <Checkbox isSelected={closes} isDisabled={!mayChange} onChange={(isOn) => close(holiday.key, isOn)}>
                    <What
                      name={name}
                      more={[
                        format.dayWithYear(epochDayOf(holiday.day)),
                        !closes && text.isOpen,
                        closes && holiday.from !== null && text.closesFrom(holiday.from),
                        types.length > 1 && text.type[holiday.type],
                      ]}
                    />
                  </Checkbox>
                  {mayChange && (
                    <span className={own.end}>
                      <Button size="small" aria-label={text.renameOf(name)} onPress={() => setRenaming(holiday)}>
                        {text.rename}
                      </Button>
                    </span>
                  )}
                </li>
              );
            }}
          </Rows>
        )}
      </Answered>
      <p className={own.source}>{text.source}</p>
      {renaming !== null && (
        <RenameSheet
          holiday={renaming}
          name={renamed.find(({ key }) => key === renaming.key)?.name ?? ""}
          onName={(name) => {
            const others = renamed.filter(({ key }) => key !== renaming.key);
            onChange({ ...chosen, renamed: name === "" ? others : [...others, { key: renaming.key, name }] });
            setRenaming(null);
          }}
          onClose={() => setRenaming(null)}
        />
      )}
    </>
  );
}

function RenameSheet(props: {
  readonly holiday: OfYear;
  readonly name: string;
  readonly onName: (name: string) => void;
  readonly onClose: () => void;
}) {
  const { holiday, onName, onClose } = props;
  const { words, locale } = useOfficeLanguage();
  const text = useHoursWords();
  const [name, setName] = useState(props.name);
  const usual = holiday.names[locale] ?? holiday.name;
  const save = () => {
    onName(name.trim());
    return Promise.resolve(null);
  };
  return (
    <Sheet title={text.renameOf(usual)} submit={words.settings.save} onSubmit={save} onClose={onClose}>
      {() => (
        <TextInput
          label={words.settings.name}
          value={name}
          isFirst
          maxLength={200}
          hint={text.renameHint(usual)}
          onChange={setName}
        />
      )}
    </Sheet>
  );
}

/** Days that the organisation has named itself. */
export function NamedHolidays({ mayRule }: { readonly mayRule: boolean }) {
  const { words, format } = useOfficeLanguage();
  const said = words.settings.hours;
  const text = useHoursWords();
  const [from] = useState(thisDay);
  const asked = useAsked("holidays.list", { query: { from } });
  const [day, setDay] = useState("");
  const [name, setName] = useState("");
  const [refused, setRefused] = useState<string | null>(null);
  const { network: offline } = words.failures;
  const add = async () => {
    if (day === "" || name.trim() === "") return setRefused(words.settings.needed);
    const body = { days: [{ day, name: name.trim() }] };
    const changed = await change(
      "holidays.add",
      { body },
      { said: words.settings.added(name), offline, isUndoable: true },
    );
    setRefused(changed.refused?.sentence ?? null);
    if (changed.refused === null) {
      setDay("");
      setName("");
    }
  };
  const remove = (holiday: Holiday) =>
    void changeOrSay(
      "holidays.remove",
      { params: { day: holiday.day } },
      { said: said.holidayGone(holiday.name), offline, isUndoable: true },
    );
  return (
    <Section title={text.named} intro={text.namedIntro}>
      {mayRule && (
        <FieldRow>
          <TextInput label={said.day} type="date" value={day} onChange={setDay} />
          <TextInput label={words.settings.name} value={name} maxLength={200} onChange={setName} />
          <div className={styles.actions}>
            <Button onPress={() => void add()}>{words.settings.add}</Button>
          </div>
        </FieldRow>
      )}
      {refused !== null && <Refusal>{refused}</Refusal>}
      <Answered asked={asked}>
        {({ items }) => (
          <Rows items={items.filter(({ region }) => region === null)} label={text.named} empty={said.holidaysEmpty}>
            {(holiday) => (
              <li key={holiday.day} className={styles.row}>
                <What name={holiday.name} more={[format.dayWithYear(epochDayOf(holiday.day))]} />
                {mayRule && (
                  <Button size="small" aria-label={said.removeHoliday(holiday.name)} onPress={() => remove(holiday)}>
                    {words.settings.calendars.remove}
                  </Button>
                )}
              </li>
            )}
          </Rows>
        )}
      </Answered>
    </Section>
  );
}
