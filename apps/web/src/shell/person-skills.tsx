import { useState, type FormEvent } from "react";
import type { Subject } from "../data/api.ts";
import { change, changeOrSay, useAsked, type Refusal as Refused } from "../data/office.ts";
import { useOfficeLanguage } from "../messages/office.ts";
import { Button } from "../ui/button.tsx";
import { Choice, FieldRow, Refusal, TextInput } from "../ui/field.tsx";
import { Modal } from "../ui/modal.tsx";
import { Answered, Rows, What } from "./section.tsx";
import { faultOfDays, LEVELS_MAX, type Held, type Skill } from "./skill-form.ts";
import { useHeldText } from "./use-held-text.ts";
import { useSkillWords } from "./use-skill-words.ts";
import styles from "./section.module.css";

type Person = Pick<Subject, "id" | "name">;

/** What somebody is able to do, in a dialog. */
export function PersonSkills(props: {
  readonly person: Person;
  readonly mayChange: boolean;
  readonly onClose: () => void;
}) {
  const { person, mayChange, onClose } = props;
  const text = useSkillWords();
  const [isEditing, setEditing] = useState(false);
  return (
    <Modal title={text.of(person.name)} isDismissable={!isEditing} onClose={onClose}>
      <SkillList person={person} mayChange={mayChange} onEditing={setEditing} />
    </Modal>
  );
}

/** What somebody is able to do; by those who manage them it is added, changed and taken away, each at once and with a way back. */
export function SkillList(props: {
  readonly person: Person;
  readonly mayChange: boolean;
  readonly onEditing?: (isEditing: boolean) => void;
}) {
  const { person, mayChange, onEditing } = props;
  const { words } = useOfficeLanguage();
  const text = useSkillWords();
  const asked = useAsked("personSkills.list", { params: { id: person.id }, query: {} });
  const skills = useAsked("skills.list", { query: {} });
  const [open, setOpen] = useState<Held | "new" | null>(null);
  const edit = (held: Held | "new" | null) => {
    setOpen(held);
    onEditing?.(held !== null);
  };
  const heldText = useHeldText();
  const known = skills.status === "ready" ? skills.value.items : [];
  const take = ({ skillId, name, version }: Held) =>
    void changeOrSay(
      "personSkills.remove",
      { params: { id: person.id, skillId }, ifMatch: version },
      { said: text.taken(person.name, name), offline: words.failures.network, isUndoable: true },
    );
  return (
    <div className={styles.form}>
      <Answered asked={asked}>
        {({ items }) => (
          <>
            <Rows items={items} label={text.of(person.name)} empty={text.none}>
              {(held) => {
                const levels = known.find(({ id }) => id === held.skillId)?.levels ?? [];
                const { more, mark, tone } = heldText(held, levels.length > 0);
                return (
                  <li key={held.skillId} className={styles.row}>
                    <What name={held.name} more={more} />
                    {mark !== null && (
                      <span className={styles.mark} data-tone={tone}>
                        {mark}
                      </span>
                    )}
                    {mayChange && (
                      <>
                        <Button size="small" aria-label={text.changeOf(held.name)} onPress={() => edit(held)}>
                          {words.settings.change}
                        </Button>
                        <Button size="small" aria-label={text.takeOf(held.name)} onPress={() => take(held)}>
                          {text.take}
                        </Button>
                      </>
                    )}
                  </li>
                );
              }}
            </Rows>
            {open !== null && (
              <HeldForm
                key={open === "new" ? "" : open.skillId}
                person={person}
                held={open === "new" ? null : open}
                skills={open === "new" ? without(known, items) : known}
                onDone={() => edit(null)}
              />
            )}
            {mayChange && open === null && <Adding known={known} items={items} onAdd={() => edit("new")} />}
          </>
        )}
      </Answered>
    </div>
  );
}

const without = (skills: readonly Skill[], held: readonly Held[]): Skill[] =>
  skills.filter(({ id }) => held.every(({ skillId }) => skillId !== id));

/** The way to one more skill, or why there is none. */
function Adding(props: {
  readonly known: readonly Skill[];
  readonly items: readonly Held[];
  readonly onAdd: () => void;
}) {
  const { known, items, onAdd } = props;
  const text = useSkillWords();
  if (known.length === 0) return <p className={styles.quiet}>{text.noSkills}</p>;
  if (without(known, items).length === 0) return <p className={styles.quiet}>{text.hasAll}</p>;
  return (
    <div className={styles.actions}>
      <Button kind="primary" onPress={onAdd}>
        {text.give}
      </Button>
    </div>
  );
}

/** One skill of somebody: which, how well, since when and until when. */
function HeldForm(props: {
  readonly person: Person;
  readonly held: Held | null;
  readonly skills: readonly Skill[];
  readonly onDone: () => void;
}) {
  const { person, held, skills, onDone } = props;
  const { words } = useOfficeLanguage();
  const text = useSkillWords();
  const { network: offline } = words.failures;
  const [skillId, setSkillId] = useState(held?.skillId ?? skills[0]?.id ?? "");
  const [level, setLevel] = useState(String(held?.level ?? 1));
  const [from, setFrom] = useState(held?.from ?? Temporal.Now.plainDateISO().toString());
  const [until, setUntil] = useState(held?.until ?? "");
  const [refused, setRefused] = useState<Refused | null>(null);
  const [isBusy, setBusy] = useState(false);
  const skill = skills.find(({ id }) => id === skillId);
  const levels = skill === undefined || skill.levels.length === 0 ? null : skill.levels;
  const fault = faultOfDays(from, until);
  const options = Array.from({ length: levels?.length ?? LEVELS_MAX }, (_, i) => ({
    value: String(i + 1),
    label: levels?.[i] ?? text.levelOf(i + 1),
  }));
  const chosen = options.some(({ value }) => value === level) ? level : options.at(-1)!.value;
  const save = async (event: FormEvent) => {
    event.preventDefault();
    if (skill === undefined || fault !== null) return;
    setBusy(true);
    const call = {
      params: { id: person.id, skillId },
      body: { level: Number(chosen), from, until: until === "" ? null : until },
      ...(held === null ? {} : { ifMatch: held.version }),
    };
    const told = { said: text.given(person.name, skill.name), offline, isUndoable: true };
    const { refused: why } = await change("personSkills.put", call, told);
    setBusy(false);
    setRefused(why);
    if (why === null) onDone();
  };
  return (
    <form className={styles.card} noValidate onSubmit={(event) => void save(event)}>
      {held === null ? (
        <Choice
          label={text.which}
          value={skillId}
          isFirst
          options={skills.map(({ id, name }) => ({ value: id, label: name }))}
          onChange={setSkillId}
        />
      ) : (
        <h3>{held.name}</h3>
      )}
      <Choice label={text.level} value={chosen} isFirst={held !== null} options={options} onChange={setLevel} />
      <FieldRow>
        <TextInput
          label={text.from}
          type="date"
          value={from}
          onChange={setFrom}
          {...(fault === "needsDay" ? { error: text.needsDay } : {})}
        />
        <TextInput
          label={text.until}
          type="date"
          value={until}
          onChange={setUntil}
          {...(fault === "endsFirst" ? { error: text.endsFirst } : {})}
        />
      </FieldRow>
      {refused !== null && <Refusal>{refused.sentence}</Refusal>}
      <div className={styles.actions}>
        <Button onPress={onDone}>{words.actions.cancel}</Button>
        <Button kind="primary" type="submit" isPending={isBusy}>
          {held === null ? words.settings.add : words.settings.save}
        </Button>
      </div>
    </form>
  );
}
