import { useState } from "react";
import { change, changeOrSay, useAsked } from "../../data/office.ts";
import type { Answer } from "../../data/api.ts";
import { useOfficeLanguage } from "../../messages/office.ts";
import { Button } from "../../ui/button.tsx";
import { TextInput } from "../../ui/field.tsx";
import { positionText, readPosition } from "./position.ts";
import { Answered, Rows, Section, Sheet, What, wrongWith } from "../../shell/section.tsx";
import styles from "../../shell/section.module.css";

type Place = Answer<"places.list">["items"][number];

const WAY_MINUTES_MAX = 1_440;

/** Where the sites of rooms and things are, and how long the ways between them take. */
export function Places({ mayRule, sites }: { readonly mayRule: boolean; readonly sites: readonly string[] }) {
  const { words } = useOfficeLanguage();
  const text = words.settings.places;
  const asked = useAsked("places.list", {});
  const [open, setOpen] = useState<Place | "new" | null>(null);
  const places = asked.status === "ready" ? asked.value.items : [];
  const nameOf = new Map(places.map(({ id, name }) => [id, name]));
  const remove = ({ id, name, version }: Place) =>
    void changeOrSay(
      "places.remove",
      { params: { id }, ifMatch: version },
      { said: text.removed(name), offline: words.failures.network, isUndoable: true },
    );
  return (
    <Section
      title={text.title}
      intro={text.intro}
      action={mayRule && <Button onPress={() => setOpen("new")}>{text.add}</Button>}
    >
      <Answered asked={asked}>
        {({ items }) => (
          <Rows items={items} label={text.title} empty={text.empty}>
            {(place) => (
              <li key={place.id} className={styles.row}>
                <What
                  name={place.name}
                  more={[
                    positionText(place),
                    ...place.ways.flatMap(({ placeId, minutes }) => {
                      const other = nameOf.get(placeId);
                      return other === undefined ? [] : [text.way(other, minutes)];
                    }),
                  ]}
                />
                {mayRule && (
                  <>
                    <Button size="small" aria-label={words.settings.edit(place.name)} onPress={() => setOpen(place)}>
                      {words.settings.change}
                    </Button>
                    <Button size="small" aria-label={text.remove(place.name)} onPress={() => remove(place)}>
                      {words.settings.calendars.remove}
                    </Button>
                  </>
                )}
              </li>
            )}
          </Rows>
        )}
      </Answered>
      {open !== null && (
        <PlaceSheet
          place={open === "new" ? null : open}
          others={places.filter((place) => place !== open)}
          sites={sites.filter((site) => !places.some(({ name }) => name.toLowerCase() === site.toLowerCase()))}
          onClose={() => setOpen(null)}
        />
      )}
    </Section>
  );
}

function PlaceSheet(props: {
  readonly place: Place | null;
  readonly others: readonly Place[];
  readonly sites: readonly string[];
  readonly onClose: () => void;
}) {
  const { place, others, sites, onClose } = props;
  const { words } = useOfficeLanguage();
  const text = words.settings.places;
  const { network: offline } = words.failures;
  const [name, setName] = useState(place?.name ?? "");
  const [where, setWhere] = useState(place === null ? "" : positionText(place));
  const [ways, setWays] = useState<Readonly<Record<string, string>>>(() =>
    Object.fromEntries(place?.ways.map(({ placeId, minutes }) => [placeId, String(minutes)]) ?? []),
  );
  const position = readPosition(where);
  const isWrong = ({ id }: Place): boolean => minutesOf(ways[id]) === undefined;
  const save = async () => {
    if (name.trim() === "" || position === null || others.some(isWrong)) return null;
    const known = others.flatMap(({ id }) => {
      const minutes = minutesOf(ways[id]) ?? null;
      return minutes === null ? [] : [{ placeId: id, minutes }];
    });
    const body = { name: name.trim(), ...position, ways: known };
    if (place === null)
      return change("places.create", { body }, { said: words.settings.added(body.name), offline, isUndoable: true });
    const call = { params: { id: place.id }, body, ifMatch: place.version };
    return change("places.update", call, { said: words.settings.saved(body.name), offline, isUndoable: true });
  };
  return (
    <Sheet
      title={place === null ? text.add : words.settings.edit(place.name)}
      submit={place === null ? words.settings.add : words.settings.save}
      onSubmit={save}
      onClose={onClose}
    >
      {(refused, isTried) => (
        <>
          <TextInput
            label={words.settings.name}
            value={name}
            isFirst
            isRequired
            maxLength={200}
            suggestions={sites}
            hint={text.nameHint}
            onChange={setName}
            {...wrongWith(
              refused,
              ["planning/place-invalid"],
              isTried && name.trim() === "" ? words.settings.needed : null,
            )}
          />
          <TextInput
            label={text.where}
            value={where}
            isRequired
            maxLength={500}
            hint={text.whereHint}
            onChange={setWhere}
            {...((isTried || where !== "") && position === null ? { error: text.nowhere } : {})}
          />
          {others.length > 0 && (
            <fieldset className={styles.ways}>
              <legend>{text.ways}</legend>
              {others.map((other) => (
                <TextInput
                  key={other.id}
                  label={text.wayTo(other.name)}
                  value={ways[other.id] ?? ""}
                  inputMode="numeric"
                  maxLength={4}
                  onChange={(value) => setWays((before) => ({ ...before, [other.id]: value }))}
                  {...(isWrong(other) ? { error: text.wrongWay(WAY_MINUTES_MAX) } : {})}
                />
              ))}
            </fieldset>
          )}
        </>
      )}
    </Sheet>
  );
}

/** Minutes as they are typed; null where nothing is said, and undefined where it is no number of minutes. */
function minutesOf(text: string | undefined): number | null | undefined {
  const typed = text?.trim() ?? "";
  if (typed === "") return null;
  const minutes = Number(typed);
  return /^\d+$/.test(typed) && minutes <= WAY_MINUTES_MAX ? minutes : undefined;
}
