import { useState, type FormEvent } from "react";
import { RequestFailed, sentenceOf } from "../../data/api.ts";
import { useAsked, type Asked } from "../../data/office.ts";
import { joinWith } from "../../data/session.ts";
import { useLanguage, type Messages } from "../../messages/index.tsx";
import { Button } from "../../ui/button.tsx";
import { Door } from "../../ui/door.tsx";
import { Refusal, TextInput } from "../../ui/field.tsx";
import styles from "./join.module.css";

const PASSWORD_MIN = 10;

type Invited = Extract<ReturnType<typeof useInvited>, { readonly status: "ready" }>["value"];
const useInvited = (token: string) => useAsked("join.read", { params: { token } });

/** The page behind an invitation: who invites and for what, and a name, an address and a password. */
export default function Join({ token }: { readonly token: string }) {
  const { words } = useLanguage();
  const asked = useInvited(token);
  return (
    <Door title={asked.status === "ready" ? words.join.title(asked.value.organisation) : titleOf(asked, words.join)}>
      {asked.status === "loading" && <output>{words.join.loading}</output>}
      {asked.status === "failed" && (
        <>
          <Refusal>
            {isBroken(asked.error) ? words.join.brokenWhy : sentenceOf(asked.error, words.failures.network)}
          </Refusal>
          <Button onPress={() => location.assign("/")}>{words.join.toDoor}</Button>
        </>
      )}
      {asked.status === "ready" && <JoinForm token={token} invited={asked.value} />}
    </Door>
  );
}

function titleOf(asked: Asked<unknown>, words: Messages["join"]): string {
  if (asked.status !== "failed") return words.loading;
  if (isBroken(asked.error)) return words.broken;
  return codeOf(asked.error) === "identity/invitation-over" ? words.over : words.failed;
}

/** Whether the address is none that an invitation ever had. */
const isBroken = (error: unknown): boolean => codeOf(error) === "request/invalid";

function codeOf(error: unknown): string {
  return error instanceof RequestFailed ? (error.problem?.code ?? "") : "";
}

function JoinForm({ token, invited }: { readonly token: string; readonly invited: Invited }) {
  const { words } = useLanguage();
  const [name, setName] = useState(invited.name ?? "");
  const [email, setEmail] = useState(invited.email ?? "");
  const [password, setPassword] = useState("");
  const [refused, setRefused] = useState<{ readonly code: string; readonly sentence: string } | null>(null);
  const [isBusy, setBusy] = useState(false);
  const [isTried, setTried] = useState(false);
  const isShort = password !== "" && password.length < PASSWORD_MIN;
  const submit = async (event: FormEvent) => {
    event.preventDefault();
    setTried(true);
    if (name.trim() === "" || email.trim() === "" || password.length < PASSWORD_MIN) return;
    setBusy(true);
    setRefused(null);
    try {
      await joinWith({ token, name: name.trim(), email: email.trim(), password });
    } catch (error) {
      setRefused({ code: codeOf(error), sentence: sentenceOf(error, words.failures.network) });
      setBusy(false);
    }
  };
  const missing = (value: string) => (isTried && value.trim() === "" ? { error: words.setup.needed } : {});
  const role = words.roles[invited.role];
  return (
    <form className={styles.form} onSubmit={(event) => void submit(event)}>
      <p className={styles.quiet}>
        {invited.name === null ? words.join.intro(role) : words.join.introNamed(invited.name, role)}
      </p>
      <TextInput
        label={words.setup.name}
        value={name}
        autoComplete="name"
        isFirst
        isRequired
        isReadOnly={invited.name !== null}
        maxLength={200}
        onChange={setName}
        {...missing(name)}
      />
      <TextInput
        label={words.signIn.email}
        type="email"
        autoComplete="username"
        value={email}
        isRequired
        isReadOnly={invited.email !== null}
        onChange={setEmail}
        {...missing(email)}
      />
      <TextInput
        label={words.join.password}
        type="password"
        autoComplete="new-password"
        value={password}
        isRequired
        onChange={setPassword}
        {...(isShort
          ? { error: words.setup.passwordShort(PASSWORD_MIN) }
          : isTried && password === ""
            ? { error: words.setup.needed }
            : { hint: words.setup.passwordHint(PASSWORD_MIN) })}
      />
      {refused !== null && <Refusal>{refused.sentence}</Refusal>}
      <Button kind="primary" type="submit" isDisabled={isBusy || isShort}>
        {words.join.submit}
      </Button>
    </form>
  );
}
