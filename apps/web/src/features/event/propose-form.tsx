import { useMemo, useState, type FormEvent } from "react";
import { sentenceOf, type EventDetail, type Me } from "../../data/api.ts";
import { printTimes } from "../../data/printed-times.ts";
import { proposeTime } from "../../data/proposed-times.ts";
import { wallClockOf } from "../../data/wall-clock.ts";
import { useLanguage } from "../../messages/index.tsx";
import { Button } from "../../ui/button.tsx";
import { Refusal, TextInput } from "../../ui/field.tsx";
import { ModalActions } from "../../ui/modal.tsx";
import styles from "./event-dialog.module.css";
import { formOf, newTimesOf, type FormFault } from "./event-form.ts";
import { WhenFields } from "./when-fields.tsx";

const NOTE_CHARACTERS_MAX = 200;

/** Another time for an event that one may not move, with a word on why. */
export function ProposeForm(props: {
  readonly me: Me;
  readonly detail: EventDetail;
  readonly onBack: () => void;
  readonly onDone: () => void;
}) {
  const { me, detail, onBack, onDone } = props;
  const language = useLanguage();
  const { words } = language;
  const { zone } = me.organisation;
  const [form, setForm] = useState(useMemo(() => formOf(detail, zone), [detail, zone]));
  const [note, setNote] = useState("");
  const [fault, setFault] = useState<FormFault | "zone" | null>(null);
  const [refusal, setRefusal] = useState<string | null>(null);
  const [isBusy, setBusy] = useState(false);

  const send = async (): Promise<void> => {
    const times = newTimesOf(form);
    if (typeof times === "string") return setFault(times);
    setBusy(true);
    const when = printTimes(times, wallClockOf(zone, Number(form.startDate.slice(0, 4))), language);
    try {
      const said = (names: readonly string[]) => words.proposing.done(when, names);
      const refused = await proposeTime(detail, times, note.trim() === "" ? null : note, said);
      if (refused === null) onDone();
      else setRefusal(refused.sentence);
    } catch (error) {
      setRefusal(sentenceOf(error, words.failures.network));
    } finally {
      setBusy(false);
    }
  };
  const submit = (event: FormEvent) => {
    event.preventDefault();
    void send();
  };
  return (
    <form className={styles.form} onSubmit={submit} noValidate>
      <WhenFields
        form={form}
        fault={fault}
        isReadOnly={false}
        onChange={(change) => {
          setForm((before) => ({ ...before, ...change }));
          setFault(null);
          setRefusal(null);
        }}
      />
      <TextInput label={words.proposing.note} value={note} maxLength={NOTE_CHARACTERS_MAX} onChange={setNote} />
      {refusal !== null && <Refusal>{refusal}</Refusal>}
      <ModalActions>
        <Button kind="quiet" onPress={onBack}>
          {words.actions.cancel}
        </Button>
        <Button kind="primary" type="submit" isPending={isBusy}>
          {words.proposing.send}
        </Button>
      </ModalActions>
    </form>
  );
}
