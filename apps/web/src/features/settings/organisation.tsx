import { useState, type FormEvent } from "react";
import type { Me } from "../../data/api.ts";
import { change, useAsked, type Organisation, type Refusal as Refused } from "../../data/office.ts";
import { removeDemo, sessionStore } from "../../data/session.ts";
import { useStore } from "../../data/store.ts";
import { zoneNames } from "../../data/zones.ts";
import { useOfficeLanguage } from "../../messages/office.ts";
import { Button } from "../../ui/button.tsx";
import { Choice, FieldRow, Refusal, TextInput } from "../../ui/field.tsx";
import { Modal, ModalActions } from "../../ui/modal.tsx";
import { Answered, Section, wrongWith } from "../../shell/section.tsx";
import styles from "../../shell/section.module.css";

const WEEKDAYS = [1, 6, 7] as const;
const LEVELS = ["steady", "full", "over"] as const;

export function OrganisationSettings({ me, mayRule }: { readonly me: Me; readonly mayRule: boolean }) {
  const { words } = useOfficeLanguage();
  const asked = useAsked("organisation.read", {});
  const besideDemo = useStore(sessionStore, ({ session }) => session?.besideDemo === true);
  return (
    <Section title={words.settings.sections.organisation} intro={words.settings.organisation.intro}>
      <Answered asked={asked}>
        {(organisation) => (
          <OrganisationForm key={organisation.version} organisation={organisation} mayRule={mayRule} />
        )}
      </Answered>
      {besideDemo && <Demo isWithin={me.organisation.demo} />}
    </Section>
  );
}

function OrganisationForm({
  organisation,
  mayRule,
}: {
  readonly organisation: Organisation;
  readonly mayRule: boolean;
}) {
  const { words, format } = useOfficeLanguage();
  const text = words.settings.organisation;
  const percent = (part: number) => String(Math.round(part * 100));
  const [fields, setFields] = useState({
    name: organisation.name,
    zone: organisation.zone,
    firstWeekday: String(organisation.firstWeekday),
    steady: percent(organisation.thresholds.steady),
    full: percent(organisation.thresholds.full),
    over: percent(organisation.thresholds.over),
    focusMinutes: String(organisation.focusMinutes),
  });
  const [refused, setRefused] = useState<Refused | null>(null);
  const set = (name: keyof typeof fields) => (value: string) => setFields((before) => ({ ...before, [name]: value }));
  const submit = async (event: FormEvent) => {
    event.preventDefault();
    const part = (name: (typeof LEVELS)[number]) => Number(fields[name]) / 100;
    const changed = await change(
      "organisation.update",
      {
        body: {
          name: fields.name.trim(),
          zone: fields.zone,
          firstWeekday: Number(fields.firstWeekday),
          thresholds: { steady: part("steady"), full: part("full"), over: part("over") },
          focusMinutes: Number(fields.focusMinutes),
        },
        ifMatch: organisation.version,
      },
      { said: text.saved, offline: words.failures.network, isUndoable: true },
    );
    setRefused(changed.refused);
  };
  return (
    <form className={styles.card} onSubmit={(event) => void submit(event)}>
      <TextInput
        label={words.settings.name}
        value={fields.name}
        isRequired
        isReadOnly={!mayRule}
        maxLength={200}
        onChange={set("name")}
      />
      <FieldRow>
        <TextInput
          label={words.settings.zone}
          value={fields.zone}
          isReadOnly={!mayRule}
          suggestions={zoneNames()}
          onChange={set("zone")}
          {...wrongWith(refused, ["identity/unknown-zone"])}
        />
        <Choice
          label={text.firstWeekday}
          value={fields.firstWeekday}
          isDisabled={!mayRule}
          options={WEEKDAYS.map((weekday) => ({ value: String(weekday), label: format.weekdayLong(weekday) }))}
          onChange={set("firstWeekday")}
        />
      </FieldRow>
      <FieldRow>
        {LEVELS.map((level) => (
          <TextInput
            key={level}
            label={text[level]}
            value={fields[level]}
            isReadOnly={!mayRule}
            maxLength={3}
            onChange={set(level)}
            {...(level === "steady" ? wrongWith(refused, ["identity/thresholds-out-of-order"]) : {})}
          />
        ))}
        <TextInput
          label={text.focus}
          value={fields.focusMinutes}
          isReadOnly={!mayRule}
          maxLength={3}
          onChange={set("focusMinutes")}
        />
      </FieldRow>
      {refused !== null && <Refusal>{refused.sentence}</Refusal>}
      <div className={styles.actions}>
        {mayRule ? (
          <Button kind="primary" type="submit">
            {words.settings.save}
          </Button>
        ) : (
          <span className={styles.quiet}>{words.settings.mayNot}</span>
        )}
      </div>
    </form>
  );
}

/** The way to be rid of the demo. From within it, it leads to set-up; beside it, one's own stays as it is. */
function Demo({ isWithin }: { readonly isWithin: boolean }) {
  const { words } = useOfficeLanguage();
  const text = words.settings.organisation;
  const [isAsked, setAsked] = useState(false);
  const [isBusy, setBusy] = useState(false);
  const remove = async () => {
    setBusy(true);
    if (!(await removeDemo(isWithin))) setBusy(false);
  };
  return (
    <div className={styles.card}>
      <h3>{text.demoTitle}</h3>
      <p className={styles.quiet}>{text.demoIntro}</p>
      <div className={styles.actions}>
        <Button onPress={() => setAsked(true)}>{text.removeDemo}</Button>
      </div>
      {isAsked && (
        <Modal title={text.removeDemo} onClose={() => setAsked(false)}>
          <p>{text.removeSure}</p>
          <ModalActions>
            <Button onPress={() => setAsked(false)}>{words.actions.cancel}</Button>
            <Button kind="primary" isPending={isBusy} onPress={() => void remove()}>
              {isBusy ? text.removing : text.removeDemo}
            </Button>
          </ModalActions>
        </Modal>
      )}
    </div>
  );
}
