import { useState } from "react";
import type { Me } from "../../data/api.ts";
import { change, useAsked, type Changed } from "../../data/office.ts";
import type { Directory } from "../../data/session.ts";
import { useOfficeLanguage } from "../../messages/office.ts";
import { Button } from "../../ui/button.tsx";
import { Choice, Refusal, TextInput, type Option } from "../../ui/field.tsx";
import { WeekEditor } from "../../ui/week-editor.tsx";
import { Answered, Section } from "../../shell/section.tsx";
import { SingleDays, TimeOff } from "./hours-days.tsx";
import { HoursFile } from "./hours-file.tsx";
import { NamedHolidays, PublicHolidays } from "./hours-holidays.tsx";
import { DayPreview } from "./hours-preview.tsx";
import { Seasons } from "./hours-seasons.tsx";
import {
  ORGANISATION,
  STRETCHES_MAX,
  turnsOf,
  TURNS_MAX,
  usualOf,
  withUsual,
  type Layer,
  type Layers,
  type Stretch,
} from "./hours-form.ts";
import { useHoursWords } from "./use-hours-words.ts";
import styles from "../../shell/section.module.css";
import own from "./hours.module.css";

/** Sets all layers of the one who is shown; says so, with a way back. */
export type PutLayers = (layers: Layer[]) => Promise<Changed<unknown>>;

export type LayersProps = { readonly of: Layers; readonly firstWeekday: number; readonly put: PutLayers };

/** The opening times of everybody, of one person, thing or place: layer by layer, and what comes of them on a day. */
export function WorkingHours(props: { readonly me: Me; readonly mayRule: boolean; readonly directory: Directory }) {
  const { me, mayRule, directory } = props;
  const { words } = useOfficeLanguage();
  const text = useHoursWords();
  const [whose, setWhose] = useState(mayRule ? ORGANISATION : me.personId);
  const asked = useAsked("availability.layers", { params: { id: whose } });
  const { firstWeekday } = me.organisation;
  const putFor =
    (of: Layers): PutLayers =>
    (layers) =>
      change(
        "availability.putLayers",
        { params: { id: of.id }, body: { layers }, ...(of.version > 0 && { ifMatch: of.version }) },
        { said: words.settings.hours.saved, offline: words.failures.network, isUndoable: true },
      );
  return (
    <Section title={words.settings.sections.hours} intro={words.settings.hours.intro}>
      <div className={styles.tools}>
        <Choice label={words.settings.hours.whose} value={whose} options={useHolders(directory)} onChange={setWhose} />
      </div>
      <Answered asked={asked}>
        {(of) => {
          const shown = { of, firstWeekday, put: putFor(of) };
          return (
            <>
              {!of.mayChange && <p className={styles.quiet}>{text.mayNot}</p>}
              <DayPreview of={of} />
              <UsualWeek key={JSON.stringify(of.layers)} {...shown} />
              <Seasons {...shown} />
              <SingleDays {...shown} />
              <TimeOff {...shown} />
              <PublicHolidays {...shown} />
              {of.id === ORGANISATION && <NamedHolidays mayRule={mayRule} />}
              <HoursFile of={of} />
            </>
          );
        }}
      </Answered>
    </Section>
  );
}

/** Whose opening times there are, by kind. */
function useHolders({ people, things }: Directory): readonly Option[] {
  const { words } = useOfficeLanguage();
  const { groups } = useHoursWords();
  const places = useAsked("places.list", {});
  const options = (list: readonly { readonly id: string; readonly name: string }[], group: string) =>
    list.map(({ id, name }) => ({ value: id, label: name, group }));
  return [
    { value: ORGANISATION, label: words.settings.hours.everybody },
    ...options(
      people.filter(({ kind }) => kind === "person"),
      groups.people,
    ),
    ...options(things, groups.things),
    ...options(places.status === "ready" ? places.value.items : [], groups.places),
  ];
}

/** The weeks that hold outside of seasons; of who has none, those that hold for them. */
function UsualWeek({ of, firstWeekday, put }: LayersProps) {
  const { words, format } = useOfficeLanguage();
  const text = useHoursWords();
  const usual = usualOf(of.layers);
  const follows = usual === null && of.id.startsWith("per_");
  const above = useAsked("availability.layers", { params: { id: of.follows.at(-1)?.id ?? of.id } });
  const inherited = follows && above.status === "ready" ? usualOf(above.value.layers) : null;
  const [typed, setTyped] = useState<readonly (readonly Stretch[])[] | null>(null);
  const [anchor, setAnchor] = useState(usual?.anchor ?? inherited?.anchor ?? "");
  const [shown, setShown] = useState(0);
  const [refused, setRefused] = useState<string | null>(null);
  const weeks = typed ?? usual?.weeks ?? inherited?.weeks ?? [[]];
  const at = Math.min(shown, weeks.length - 1);
  // A week without hours is never open: nobody should say so by a press of a button alone.
  const isUntouched = typed === null && usual === null && inherited === null;
  const save = async (given: readonly (readonly Stretch[])[] | null) => {
    if (given !== null && given.length > 1 && anchor === "") return setRefused(words.settings.needed);
    const changed = await put(withUsual(of.layers, given, anchor));
    setRefused(changed.refused?.sentence ?? null);
  };
  return (
    <Section title={text.usual} intro={text.usualIntro}>
      {of.follows.length > 0 && (
        <p className={styles.quiet}>{text.above(format.list(of.follows.map(({ name }) => name)))}</p>
      )}
      {of.follows.length === 0 && usual === null && <p className={styles.quiet}>{text.anyTime}</p>}
      <div className={own.fields}>
        <Choice
          label={text.turns}
          value={String(weeks.length)}
          isDisabled={!of.mayChange}
          options={Array.from({ length: TURNS_MAX }, (_, i) => ({ value: String(i + 1), label: text.turnsOf(i + 1) }))}
          onChange={(count) => setTyped(turnsOf(weeks, Number(count)))}
        />
        {weeks.length > 1 && (
          <>
            <Choice
              label={text.weekShown}
              value={String(at)}
              options={weeks.map((_, i) => ({ value: String(i), label: text.week(i + 1) }))}
              onChange={(week) => setShown(Number(week))}
            />
            <TextInput label={text.anchor} type="date" value={anchor} isReadOnly={!of.mayChange} onChange={setAnchor} />
          </>
        )}
      </div>
      <WeekEditor
        week={weeks[at]!}
        firstWeekday={firstWeekday}
        isDisabled={!of.mayChange}
        nextDay={text.nextDay}
        most={STRETCHES_MAX}
        onChange={(next) => setTyped(weeks.map((week, i) => (i === at ? next : week)))}
      />
      {refused !== null && <Refusal>{refused}</Refusal>}
      {of.mayChange && (
        <div className={styles.actions}>
          {usual !== null && of.id !== ORGANISATION && (
            <Button onPress={() => void save(null)}>{words.settings.hours.follow}</Button>
          )}
          <Button kind="primary" isDisabled={isUntouched} onPress={() => void save(weeks)}>
            {words.settings.save}
          </Button>
        </div>
      )}
    </Section>
  );
}
