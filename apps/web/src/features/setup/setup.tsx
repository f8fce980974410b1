import { useState, type FormEvent } from "react";
import { RequestFailed, sentenceOf, type Me, type Session } from "../../data/api.ts";
import { deviceZone } from "../../data/clock.ts";
import { finishSetup, knownSetupCode, putFirstWeek, sessionStore } from "../../data/session.ts";
import { useStore } from "../../data/store.ts";
import { zoneNames } from "../../data/zones.ts";
import { useLanguage } from "../../messages/index.tsx";
import { Button } from "../../ui/button.tsx";
import { Door } from "../../ui/door.tsx";
import { Choice, FieldRow, Refusal, TextInput } from "../../ui/field.tsx";
import { USUAL_WEEK, WeekEditor } from "../../ui/week-editor.tsx";
import { usePath, walk } from "../../shell/use-address.ts";
import styles from "./setup.module.css";

const PASSWORD_MIN = 10;
const WEEKDAYS = [1, 6, 7] as const;

/**
 * An organisation of one's own, in three steps: who and where, when people work, what is there already. The first owner of
 * a new server opens it with the code from the terminal; beside a demo of this machine alone none is needed.
 */
export default function Setup({ session, mode }: { session: Session; mode: "first" | "beside" }) {
  const step = new URLSearchParams(usePath().split("?")[1]).get("step");
  const me = useStore(sessionStore, (state) => state.me);
  if (mode === "beside" && me !== null && step === "hours") return <HoursStep me={me} />;
  if (mode === "beside" && step === "import") return <ImportStep />;
  return <OwnerStep session={session} mode={mode} />;
}

function OwnerStep({ session, mode }: { session: Session; mode: "first" | "beside" }) {
  const { words, format } = useLanguage();
  const needsCode = mode === "first" || session.start === "code";
  const [fields, setFields] = useState({
    code: knownSetupCode(),
    organisation: "",
    zone: deviceZone(),
    firstWeekday: String(firstWeekday()),
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
    if (Object.entries(fields).some(([name, value]) => value.trim() === "" && (needsCode || name !== "code"))) return;
    setBusy(true);
    setRefused(null);
    try {
      const { code, ...rest } = fields;
      const opened = needsCode ? { code: code.trim() } : {};
      await finishSetup({ ...rest, ...opened, firstWeekday: Number(fields.firstWeekday) }, () =>
        walk("/start?step=hours", "replace"),
      );
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
    <Door title={mode === "first" ? words.setup.title : words.start.title}>
      <p className={styles.quiet}>{mode === "first" ? words.setup.intro : words.start.intro}</p>
      {session.plainHttp && <Refusal>{words.signIn.needsTls}</Refusal>}
      <form className={styles.form} onSubmit={(event) => void submit(event)}>
        {needsCode && (
          <TextInput
            label={words.setup.code}
            hint={words.setup.codeHint}
            value={fields.code}
            isRequired
            maxLength={40}
            onChange={set("code")}
            {...wrong("code", "identity/setup-code-wrong")}
          />
        )}
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
        {mode === "beside" && (
          <Button kind="quiet" onPress={() => walk("/")}>
            {words.start.stay}
          </Button>
        )}
      </form>
    </Door>
  );
}

/** When people work: Monday to Friday, nine to five, until somebody says otherwise. */
function HoursStep({ me }: { me: Me }) {
  const { words } = useLanguage();
  const [week, setWeek] = useState(USUAL_WEEK);
  const [refused, setRefused] = useState<string | null>(null);
  const goOn = async () => {
    try {
      await putFirstWeek(week);
      walk("/start?step=import");
    } catch (error) {
      setRefused(sentenceOf(error, words.failures.network));
    }
  };
  return (
    <Door title={words.start.hoursTitle}>
      <p className={styles.quiet}>{words.start.hoursIntro}</p>
      <WeekEditor week={week} firstWeekday={me.organisation.firstWeekday} onChange={setWeek} />
      {refused !== null && <Refusal>{refused}</Refusal>}
      <Button kind="primary" onPress={() => void goOn()}>
        {words.start.submit}
      </Button>
    </Door>
  );
}

/** What comes along: a file, or nothing. */
function ImportStep() {
  const { words } = useLanguage();
  return (
    <Door title={words.start.importTitle}>
      <p className={styles.quiet}>{words.start.importIntro}</p>
      <Button kind="primary" onPress={() => location.assign("/#import")}>
        {words.start.import}
      </Button>
      <Button onPress={() => walk("/")}>{words.start.empty}</Button>
    </Door>
  );
}

/** The first day of the week where the language is spoken; Monday where the browser cannot tell. */
function firstWeekday(): number {
  // Not `navigator.language`, which is no language tag where the system has none: "en-US@posix".
  const locale = new Intl.Locale(Intl.DateTimeFormat().resolvedOptions().locale);
  const week = "getWeekInfo" in locale ? (locale.getWeekInfo as () => { firstDay: number })() : { firstDay: 1 };
  return WEEKDAYS.find((weekday) => weekday === week.firstDay) ?? 1;
}
