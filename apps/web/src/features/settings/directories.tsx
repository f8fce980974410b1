import { useState } from "react";
import type { Answer } from "../../data/api.ts";
import { nowMs } from "../../data/clock.ts";
import { say } from "../../data/history.ts";
import { change, changeOrSay, useAsked } from "../../data/office.ts";
import { parseInstant } from "../../data/wall-clock.ts";
import { useOfficeLanguage } from "../../messages/office.ts";
import { Answered, Rows, Section, Sheet, What, wrongWith } from "../../shell/section.tsx";
import styles from "../../shell/section.module.css";
import { Button } from "../../ui/button.tsx";
import { TextInput } from "../../ui/field.tsx";
import { Confirm } from "../../ui/confirm.tsx";
import { ShownOnce } from "./shown-once.tsx";
import { useDirectoryWords } from "./use-directory-words.ts";

type Token = Answer<"provisioningTokens.list">["items"][number];

const DAY_MS = 86_400_000;
const ENDING_DAYS = 30;
const DAYS_MAX = 730;
const NAME_MAX = 100;
const TONES = { good: "good", fresh: "plain", ending: "bad", over: "bad" } as const;

/** Directories that keep people and teams: where they come to, and the tokens with which they do. */
export function Directories() {
  const { words } = useOfficeLanguage();
  const text = useDirectoryWords();
  const asked = useAsked("provisioningTokens.list", {});
  const [isOpen, setOpen] = useState(false);
  const [token, setToken] = useState<string | null>(null);
  const [leaving, setLeaving] = useState<Token | null>(null);
  const revoke = ({ id }: Token) =>
    void changeOrSay(
      "provisioningTokens.remove",
      { params: { id } },
      { said: text.revoked, offline: words.failures.network },
    );
  return (
    <Section
      title={words.settings.sections.directories}
      intro={text.intro}
      action={
        <Button kind="primary" onPress={() => setOpen(true)}>
          {text.add}
        </Button>
      }
    >
      <Answered asked={asked}>
        {({ items, address }) => (
          <>
            <Address address={address} />
            <Rows items={items} label={text.tokens} empty={text.empty}>
              {(each) => <TokenRow key={each.id} token={each} onRevoke={setLeaving} />}
            </Rows>
          </>
        )}
      </Answered>
      {isOpen && <TokenSheet onToken={setToken} onClose={() => setOpen(false)} />}
      {token !== null && (
        <ShownOnce
          title={text.shownTitle}
          hint={text.shownHint}
          value={token}
          copy={text.copy}
          copied={text.copied}
          onClose={() => setToken(null)}
        />
      )}
      {leaving !== null && (
        <Confirm
          title={text.revokeTitle(leaving.name)}
          sentence={text.revokeSentence}
          submit={text.revoke}
          onConfirm={() => revoke(leaving)}
          onClose={() => setLeaving(null)}
        />
      )}
    </Section>
  );
}

function Address({ address }: { readonly address: string }) {
  const text = useDirectoryWords();
  const copy = async () => {
    await navigator.clipboard.writeText(address);
    say(`${text.addressCopied}.`);
  };
  return (
    <div className={styles.card}>
      <TextInput label={text.address} value={address} isReadOnly onChange={() => {}} />
      <div className={styles.actions}>
        <Button onPress={() => void copy().catch(() => null)}>{text.copyAddress}</Button>
      </div>
    </div>
  );
}

function TokenRow({ token, onRevoke }: { readonly token: Token; readonly onRevoke: (token: Token) => void }) {
  const { format } = useOfficeLanguage();
  const text = useDirectoryWords();
  const { name, createdAt, createdBy, expiresAt, usedAt } = token;
  const dayOf = (instant: string): string => format.date(Math.floor(msOf(instant) / DAY_MS));
  const state = stateOf(token);
  return (
    <li className={styles.row}>
      <What
        name={name}
        more={[
          usedAt === null ? text.neverUsed : text.used(dayOf(usedAt), format.time(msOf(usedAt))),
          text.until(dayOf(expiresAt)),
          text.by(createdBy, dayOf(createdAt)),
        ]}
      />
      <span className={styles.mark} data-tone={TONES[state]}>
        {text.states[state]}
      </span>
      <Button size="small" aria-label={text.revokeOf(name)} onPress={() => onRevoke(token)}>
        {text.revoke}
      </Button>
    </li>
  );
}

const msOf = (instant: string): number => parseInstant(instant) ?? 0;

function stateOf({ expiresAt, usedAt }: Token): keyof typeof TONES {
  const left = msOf(expiresAt) - nowMs();
  if (left <= 0) return "over";
  if (left <= ENDING_DAYS * DAY_MS) return "ending";
  return usedAt === null ? "fresh" : "good";
}

function TokenSheet(props: { readonly onToken: (token: string) => void; readonly onClose: () => void }) {
  const { onToken, onClose } = props;
  const { words } = useOfficeLanguage();
  const text = useDirectoryWords();
  const [name, setName] = useState("");
  const [days, setDays] = useState("365");
  const good = Number(days);
  const isGood = /^\d{1,3}$/.test(days.trim()) && good >= 1 && good <= DAYS_MAX;
  const make = async () => {
    if (name.trim() === "" || !isGood) return null;
    const body = { name: name.trim(), days: good };
    const made = await change("provisioningTokens.create", { body }, { said: null, offline: words.failures.network });
    if (made.refused === null) onToken(made.value.token);
    return made;
  };
  return (
    <Sheet title={text.add} submit={text.make} onSubmit={make} onClose={onClose}>
      {(_refused, isTried) => (
        <>
          <TextInput
            label={text.name}
            value={name}
            maxLength={NAME_MAX}
            isFirst
            onChange={setName}
            {...wrongWith(null, [], isTried && name.trim() === "" ? text.nameNeeded : null)}
          />
          <TextInput
            label={text.days}
            value={days}
            maxLength={3}
            inputMode="numeric"
            onChange={setDays}
            {...wrongWith(null, [], isGood ? null : text.daysWrong(DAYS_MAX))}
          />
        </>
      )}
    </Sheet>
  );
}
