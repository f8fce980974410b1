import { useState } from "react";
import { change, changeOrSay, useAsked } from "../../data/office.ts";
import { useOfficeLanguage } from "../../messages/office.ts";
import { Button } from "../../ui/button.tsx";
import { TextInput } from "../../ui/field.tsx";
import { Modal } from "../../ui/modal.tsx";
import { Answered, Rows, Section, Sheet, What, wrongWith } from "../../shell/section.tsx";
import { LEVELS_MAX, levelsOf, type Skill } from "../../shell/skill-form.ts";
import { useHeldText } from "../../shell/use-held-text.ts";
import { useSkillWords } from "../../shell/use-skill-words.ts";
import styles from "../../shell/section.module.css";

/** What people may be able to do: the skills that the organisation names, who has them, and how many rules need them. */
export function Skills({ mayRule }: { readonly mayRule: boolean }) {
  const { words } = useOfficeLanguage();
  const text = useSkillWords();
  const asked = useAsked("skills.list", { query: {} });
  const [open, setOpen] = useState<Skill | "new" | null>(null);
  const [shown, setShown] = useState<Skill | null>(null);
  const remove = ({ id, name, version }: Skill) =>
    void changeOrSay(
      "skills.remove",
      { params: { id }, ifMatch: version },
      { said: text.removed(name), offline: words.failures.network, isUndoable: true },
    );
  return (
    <Section
      title={text.title}
      intro={text.intro}
      action={
        mayRule && (
          <Button kind="primary" onPress={() => setOpen("new")}>
            {text.add}
          </Button>
        )
      }
    >
      <Answered asked={asked}>
        {({ items }) => (
          <Rows items={items} label={text.title} empty={text.empty}>
            {(skill) => (
              <li key={skill.id} className={styles.row}>
                <What
                  name={skill.name}
                  more={[
                    skill.levels.join(", "),
                    text.people(skill.people),
                    skill.rules > 0 && text.rules(skill.rules),
                  ]}
                />
                {mayRule && (
                  <>
                    <Button size="small" aria-label={text.who(skill.name)} onPress={() => setShown(skill)}>
                      {text.whoHas}
                    </Button>
                    <Button size="small" aria-label={words.settings.edit(skill.name)} onPress={() => setOpen(skill)}>
                      {words.settings.change}
                    </Button>
                    <Button size="small" aria-label={text.removeOf(skill.name)} onPress={() => remove(skill)}>
                      {text.remove}
                    </Button>
                  </>
                )}
              </li>
            )}
          </Rows>
        )}
      </Answered>
      {open !== null && <SkillSheet skill={open === "new" ? null : open} onClose={() => setOpen(null)} />}
      {shown !== null && <PeopleOfSkill skill={shown} onClose={() => setShown(null)} />}
    </Section>
  );
}

function SkillSheet({ skill, onClose }: { readonly skill: Skill | null; readonly onClose: () => void }) {
  const { words } = useOfficeLanguage();
  const text = useSkillWords();
  const { network: offline } = words.failures;
  const [name, setName] = useState(skill?.name ?? "");
  const [typed, setTyped] = useState(skill?.levels.join(", ") ?? "");
  const levels = levelsOf(typed);
  const save = async () => {
    if (name.trim() === "" || levels === null) return null;
    const body = { name: name.trim(), levels };
    if (skill === null)
      return change("skills.create", { body }, { said: words.settings.added(body.name), offline, isUndoable: true });
    const call = { params: { id: skill.id }, body, ifMatch: skill.version };
    return change("skills.update", call, { said: words.settings.saved(body.name), offline, isUndoable: true });
  };
  return (
    <Sheet
      title={skill === null ? text.add : words.settings.edit(skill.name)}
      submit={skill === null ? words.settings.add : words.settings.save}
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
            maxLength={100}
            onChange={setName}
            {...wrongWith(
              refused,
              ["workforce/skill-invalid"],
              isTried && name.trim() === "" ? words.settings.needed : null,
            )}
          />
          <TextInput
            label={text.levels}
            value={typed}
            maxLength={320}
            hint={text.levelsHint(LEVELS_MAX)}
            onChange={setTyped}
            {...(levels === null ? { error: text.tooMany(LEVELS_MAX) } : {})}
          />
        </>
      )}
    </Sheet>
  );
}

/** Who has a skill, how well and until when. */
function PeopleOfSkill({ skill, onClose }: { readonly skill: Skill; readonly onClose: () => void }) {
  const text = useSkillWords();
  const asked = useAsked("skills.people", { params: { id: skill.id }, query: {} });
  const heldText = useHeldText();
  return (
    <Modal title={text.who(skill.name)} onClose={onClose}>
      <Answered asked={asked}>
        {({ items }) => (
          <Rows items={items} label={text.who(skill.name)} empty={text.nobody}>
            {(held) => {
              const { more, mark, tone } = heldText(held, skill.levels.length > 0);
              return (
                <li key={held.personId} className={styles.row}>
                  <What name={held.person} more={more} />
                  {mark !== null && (
                    <span className={styles.mark} data-tone={tone}>
                      {mark}
                    </span>
                  )}
                </li>
              );
            }}
          </Rows>
        )}
      </Answered>
    </Modal>
  );
}
