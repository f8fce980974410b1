import { useState, type FormEvent } from "react";
import { sentenceOf, type Session } from "../../data/api.ts";
import { signIn } from "../../data/session.ts";
import { useLanguage } from "../../messages/index.tsx";
import { Avatar } from "../../ui/avatar.tsx";
import { Button } from "../../ui/button.tsx";
import { Door } from "../../ui/door.tsx";
import { Refusal, TextInput } from "../../ui/field.tsx";
import styles from "./sign-in.module.css";

/** The door. Stands over the page when a session has ended, so that nothing typed behind it is lost. */
export default function SignIn({ session, hasEnded }: { session: Session; hasEnded: boolean }) {
  const { words } = useLanguage();
  const [email, setEmail] = useState("");
  const [password, setPassword] = useState("");
  const [isBusy, setBusy] = useState(false);
  const [refused, setRefused] = useState<string | null>(null);

  const enter = async (body: Parameters<typeof signIn>[0]) => {
    setBusy(true);
    setRefused(null);
    try {
      await signIn(body);
    } catch (error) {
      setRefused(sentenceOf(error, words.failures.network));
      setBusy(false);
    }
  };
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (email.trim() === "" || password === "") return setRefused(words.signIn.needsBoth);
    void enter({ email: email.trim(), password });
  };
  return (
    <Door title={words.signIn.title} isOverPage={hasEnded}>
      {hasEnded && <p className={styles.quiet}>{words.failures.sessionEnded}</p>}
      {session.plainHttp && <Refusal>{words.signIn.needsTls}</Refusal>}
      {session.notice !== null && <p className={styles.quiet}>{session.notice}</p>}
      {session.demo && session.accounts.length > 0 && (
        <section className={styles.demo} aria-label={words.signIn.demo}>
          <p>{words.signIn.demo}</p>
          <ul>
            {session.accounts.map((account) => (
              <li key={account.email}>
                <Button isPending={isBusy} onPress={() => void enter({ account: account.email })}>
                  <Avatar name={account.name} />
                  <span className={styles.account}>
                    <b>{account.name}</b>
                    <span>{words.roles[account.role]}</span>
                  </span>
                </Button>
              </li>
            ))}
          </ul>
          <p className={styles.or}>{words.signIn.or}</p>
        </section>
      )}
      <form className={styles.form} onSubmit={submit}>
        <TextInput
          label={words.signIn.email}
          type="email"
          autoComplete="username"
          value={email}
          isRequired
          onChange={setEmail}
        />
        <TextInput
          label={words.signIn.password}
          type="password"
          autoComplete="current-password"
          value={password}
          isRequired
          onChange={setPassword}
        />
        {refused !== null && <Refusal>{refused}</Refusal>}
        <Button kind="primary" type="submit" isPending={isBusy}>
          {words.signIn.submit}
        </Button>
      </form>
    </Door>
  );
}
