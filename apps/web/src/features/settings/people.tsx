import { useState } from "react";
import type { Me, Subject } from "../../data/api.ts";
import { change, changeOrSay, useAsked } from "../../data/office.ts";
import { zoneNames } from "../../data/zones.ts";
import { useOfficeLanguage } from "../../messages/office.ts";
import { Avatar } from "../../ui/avatar.tsx";
import { Button } from "../../ui/button.tsx";
import { Checkbox, Choice, TextInput } from "../../ui/field.tsx";
import { Answered, Rows, Section, Sheet, What, wrongWith } from "../../shell/section.tsx";
import { PersonSkills } from "../../shell/person-skills.tsx";
import { useSkillWords } from "../../shell/use-skill-words.ts";
import styles from "../../shell/section.module.css";

const PEOPLE_SHOWN = 500;
const POLICIES = ["warn", "forbid", "allow"] as const;

export function People({ me, mayRule }: { readonly me: Me; readonly mayRule: boolean }) {
  const { zone } = me.organisation;
  const { words } = useOfficeLanguage();
  const text = words.settings.people;
  const [search, setSearch] = useState("");
  const [retired, setRetired] = useState(false);
  const [open, setOpen] = useState<Subject | "new" | null>(null);
  const [able, setAble] = useState<Subject | null>(null);
  const skills = useSkillWords();
  // Managers say what those of their scope are able to do: whom that is, the server knows.
  const mayAsk = ({ id, kind }: Subject) =>
    kind === "person" && (mayRule || me.role === "manager" || id === me.personId);
  const asked = useAsked("people.list", {
    query: { limit: PEOPLE_SHOWN, retired, ...(search.trim() === "" ? {} : { search: search.trim() }) },
  });
  return (
    <Section
      title={words.settings.sections.people}
      intro={text.intro}
      action={
        mayRule && (
          <Button kind="primary" onPress={() => setOpen("new")}>
            {text.add}
          </Button>
        )
      }
    >
      <div className={styles.tools}>
        <TextInput label={words.settings.search} value={search} onChange={setSearch} />
        <Checkbox isSelected={retired} onChange={setRetired}>
          {words.settings.showRetired}
        </Checkbox>
        {asked.status === "ready" && (
          <span className={styles.count}>{words.settings.count(asked.value.items.length)}</span>
        )}
      </div>
      <Answered asked={asked}>
        {({ items }) => (
          <Rows
            items={items}
            label={words.settings.sections.people}
            empty={search === "" && !retired ? text.empty : words.settings.noMatch}
          >
            {(person) => (
              <li key={person.id} className={styles.row}>
                <Avatar name={person.name} />
                <What
                  name={person.name}
                  more={[
                    person.email,
                    person.kind === "outside"
                      ? text.outside
                      : person.role === null
                        ? text.noLogin
                        : text.signsIn(words.roles[person.role]),
                    person.zone !== zone && person.zone.replaceAll("_", " "),
                    person.teams.join(", "),
                  ]}
                />
                {mayAsk(person) && (
                  <Button size="small" aria-label={skills.of(person.name)} onPress={() => setAble(person)}>
                    {skills.title}
                  </Button>
                )}
                {mayRule && person.kind === "person" && (
                  <Button size="small" aria-label={words.settings.edit(person.name)} onPress={() => setOpen(person)}>
                    {words.settings.change}
                  </Button>
                )}
              </li>
            )}
          </Rows>
        )}
      </Answered>
      {able !== null && (
        <PersonSkills
          person={able}
          mayChange={mayRule || (me.role === "manager" && able.id !== me.personId)}
          onClose={() => setAble(null)}
        />
      )}
      {open !== null && <PersonSheet person={open === "new" ? null : open} zone={zone} onClose={() => setOpen(null)} />}
    </Section>
  );
}

function PersonSheet(props: { readonly person: Subject | null; readonly zone: string; readonly onClose: () => void }) {
  const { person, onClose } = props;
  const { words } = useOfficeLanguage();
  const text = words.settings.people;
  const { network: offline } = words.failures;
  const [name, setName] = useState(person?.name ?? "");
  const [email, setEmail] = useState(person?.email ?? "");
  const [zone, setZone] = useState(person?.zone ?? props.zone);
  const [policy, setPolicy] = useState<string>(person?.policy ?? "warn");
  const save = async () => {
    if (name.trim() === "") return null;
    const said = person === null ? words.settings.added(name) : words.settings.saved(name);
    if (person === null) {
      const body = { name: name.trim(), zone, ...(email.trim() === "" ? {} : { email: email.trim() }) };
      return change("people.create", { body }, { said, offline });
    }
    const chosen = POLICIES.find((each) => each === policy);
    return change(
      "people.update",
      {
        params: { id: person.id },
        body: {
          name: name.trim(),
          email: email.trim() === "" ? null : email.trim(),
          zone,
          ...(chosen === undefined ? {} : { policy: chosen }),
        },
        ifMatch: person.version,
      },
      { said, offline, isUndoable: true },
    );
  };
  return (
    <Sheet
      title={person === null ? text.add : words.settings.edit(person.name)}
      submit={person === null ? words.settings.add : words.settings.save}
      beside={person !== null && <RetireButton subject={person} area="people" onDone={onClose} />}
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
            onChange={setName}
            {...wrongWith(refused, [], isTried && name.trim() === "" ? words.settings.needed : null)}
          />
          <TextInput
            label={text.email}
            type="email"
            value={email}
            onChange={setEmail}
            {...wrongWith(refused, ["identity/email-taken"])}
          />
          <TextInput
            label={words.settings.zone}
            value={zone}
            suggestions={zoneNames()}
            onChange={setZone}
            {...wrongWith(refused, ["identity/unknown-zone"])}
          />
          {person !== null && (
            <Choice
              label={words.settings.policy}
              value={policy}
              options={POLICIES.map((value) => ({ value, label: words.settings.policies[value] }))}
              onChange={setPolicy}
            />
          )}
        </>
      )}
    </Sheet>
  );
}

/** Retires a person or a thing, or brings one back; what is still planned is said in the bar, with the way back. */
export function RetireButton(props: {
  readonly subject: Subject;
  readonly area: "people" | "resources";
  readonly onDone: () => void;
}) {
  const { subject, area, onDone } = props;
  const { words } = useOfficeLanguage();
  const { network: offline } = words.failures;
  const [sentence, setSentence] = useState<string | null>(null);
  const params = { id: subject.id };
  const retire = async () => {
    const said = words.settings.retiredSaid(subject.name);
    const done = await changeOrSay(`${area}.remove`, { params }, { said, offline, isUndoable: true });
    if (done.refused !== null) return;
    if (done.value.ahead.planned > 0) setSentence(done.value.ahead.sentence);
    else onDone();
  };
  const bringBack = async () => {
    const said = words.settings.broughtBack(subject.name);
    const done = await changeOrSay(
      `${area}.update`,
      { params, body: { retired: false } },
      { said, offline, isUndoable: true },
    );
    if (done.refused === null) onDone();
  };
  if (sentence !== null) return <output className={styles.quiet}>{sentence}</output>;
  return subject.retired ? (
    <Button onPress={() => void bringBack()}>{words.settings.bringBack}</Button>
  ) : (
    <Button onPress={() => void retire()}>{words.settings.retire}</Button>
  );
}
