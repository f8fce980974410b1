import { useState, type FormEvent } from "react";
import { RequestFailed, sentenceOf, type Session } from "../../data/api.ts";
import { deviceZone } from "../../data/clock.ts";
import { finishSetup } from "../../data/session.ts";
import { useLanguage } from "../../messages/index.tsx";
import { Button } from "../../ui/button.tsx";
import { Door } from "../../ui/door.tsx";
import { Choice, FieldRow, Refusal, TextInput } from "../../ui/field.tsx";
import styles from "./setup.module.css";

const PASSWORD_MIN = 10;
const WEEKDAYS = [1, 6, 7] as const;

/** The first owner of a new server: the code from the terminal opens it, once. */
export default function Setup({ session }: { session: Session }) {
  const { words, format } = useLanguage();
  const [fields, setFields] = useState({
    code: "",
    organisation: "",
    zone: deviceZone(),
    firstWeekday: String(firstWeekdayOf(navigator.language)),
    name: "",
    email: "",
    password: "",
  });
  const [isBusy, setBusy] = useState(false);
  const [refused, setRefused] = useState<{ code: string; sentence: string } | null>(null);
  const set = (name: keyof typeof fields) => (value: string) => setFields((before) => ({ ...before, [name]: value }));

  const submit = async (event: FormEvent) => {
    event.preventDefault();
    setBusy(true);
    setRefused(null);
    try {
      await finishSetup({ ...fields, code: fields.code.trim(), firstWeekday: Number(fields.firstWeekday) });
    } catch (error) {
      const code = error instanceof RequestFailed ? (error.problem?.code ?? "") : "";
      setRefused({ code, sentence: sentenceOf(error, words.failures.network) });
      setBusy(false);
    }
  };
  const tooShort = fields.password !== "" && fields.password.length < PASSWORD_MIN;
  return (
    <Door title={words.setup.title}>
      <p className={styles.quiet}>{words.setup.intro}</p>
      {session.plainHttp && <Refusal>{words.signIn.needsTls}</Refusal>}
      <form className={styles.form} onSubmit={(event) => void submit(event)}>
        <TextInput
          label={words.setup.code}
          hint={words.setup.codeHint}
          value={fields.code}
          isRequired
          maxLength={40}
          onChange={set("code")}
          {...(refused?.code === "identity/setup-code-wrong" ? { error: refused.sentence } : {})}
        />
        <TextInput
          label={words.setup.organisation}
          value={fields.organisation}
          isRequired
          maxLength={200}
          onChange={set("organisation")}
        />
        <FieldRow>
          <TextInput
            label={words.setup.zone}
            value={fields.zone}
            isRequired
            suggestions={Intl.supportedValuesOf("timeZone")}
            onChange={set("zone")}
            {...(refused?.code === "identity/unknown-zone" ? { error: refused.sentence } : {})}
          />
          <Choice
            label={words.setup.firstWeekday}
            value={fields.firstWeekday}
            options={WEEKDAYS.map((weekday) => ({ value: String(weekday), label: format.weekdayLong(weekday) }))}
            onChange={set("firstWeekday")}
          />
        </FieldRow>
        <TextInput
          label={words.setup.name}
          value={fields.name}
          autoComplete="name"
          isRequired
          maxLength={200}
          onChange={set("name")}
        />
        <TextInput
          label={words.signIn.email}
          type="email"
          autoComplete="username"
          value={fields.email}
          isRequired
          onChange={set("email")}
        />
        <TextInput
          label={words.signIn.password}
          type="password"
          autoComplete="new-password"
          value={fields.password}
          isRequired
          onChange={set("password")}
          {...(tooShort
            ? { error: words.setup.passwordShort(PASSWORD_MIN) }
            : { hint: words.setup.passwordHint(PASSWORD_MIN) })}
        />
        {refused !== null && <Refusal>{refused.sentence}</Refusal>}
        <Button kind="primary" type="submit" isDisabled={isBusy || tooShort}>
          {words.setup.submit}
        </Button>
      </form>
    </Door>
  );
}

/** The first day of the week where the language is spoken; Monday where the browser cannot tell. */
function firstWeekdayOf(language: string): number {
  const locale = new Intl.Locale(language);
  const week = "getWeekInfo" in locale ? (locale.getWeekInfo as () => { firstDay: number })() : { firstDay: 1 };
  return WEEKDAYS.find((weekday) => weekday === week.firstDay) ?? 1;
}
