import { useState, type FormEvent } from "react";
import { RequestFailed, sentenceOf, type Session } from "../../data/api.ts";
import { deviceZone } from "../../data/clock.ts";
import { finishSetup } from "../../data/session.ts";
import { zoneNames } from "../../data/zones.ts";
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
  const [isTried, setTried] = useState(false);
  const set = (name: keyof typeof fields) => (value: string) => setFields((before) => ({ ...before, [name]: value }));

  const submit = async (event: FormEvent) => {
    event.preventDefault();
    setTried(true);
    if (Object.values(fields).some((value) => value.trim() === "")) return;
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
  /** What is wrong with a field, as its property; nothing when it is well. */
  const wrong = (name: keyof typeof fields, code = "") => {
    if (isTried && fields[name].trim() === "") return { error: words.setup.needed };
    return code !== "" && refused?.code === code ? { error: refused.sentence } : {};
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
          {...wrong("code", "identity/setup-code-wrong")}
        />
        <TextInput
          label={words.setup.organisation}
          value={fields.organisation}
          isRequired
          maxLength={200}
          onChange={set("organisation")}
          {...wrong("organisation")}
        />
        <FieldRow>
          <TextInput
            label={words.setup.zone}
            value={fields.zone}
            isRequired
            suggestions={zoneNames()}
            onChange={set("zone")}
            {...wrong("zone", "identity/unknown-zone")}
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
          {...wrong("name")}
        />
        <TextInput
          label={words.signIn.email}
          type="email"
          autoComplete="username"
          value={fields.email}
          isRequired
          onChange={set("email")}
          {...wrong("email")}
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
            : isTried && fields.password === ""
              ? { error: words.setup.needed }
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
