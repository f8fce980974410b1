import { useEffect, useRef, useState } from "react";
import type { Call } from "@hourwright/client";
import type { Answer } from "../data/api.ts";
import { say } from "../data/history.ts";
import { changeOrSay, useAsked } from "../data/office.ts";
import { useLanguage } from "../messages/index.tsx";
import { Button } from "../ui/button.tsx";
import { Confirm } from "../ui/confirm.tsx";
import { TextInput } from "../ui/field.tsx";
import styles from "./followed-address.module.css";
import { Answered } from "./section.tsx";
import { useFollowWords } from "./use-follow-words.ts";

type Address = Answer<"calendarAddresses.list">["items"][number];
type What = Call<"calendarAddresses.create">["body"]["what"];

/** The private address at which other calendars follow something: made, copied, opened and taken away. */
export function FollowedAddress({ what }: { readonly what: What }) {
  const text = useFollowWords();
  const asked = useAsked("calendarAddresses.list", {});
  /** What takes the place of a button that was pressed takes its focus as well. */
  const [isPressed, setPressed] = useState(false);
  const press = () => setPressed(true);
  return (
    <div className={styles.follow}>
      <p className={styles.quiet}>{text[what.kind]}</p>
      <Answered asked={asked}>
        {({ items }) => {
          const found = items.find((each) => isSame(each.what, what));
          return found === undefined ? (
            <Make what={what} isFirst={isPressed} onMake={press} />
          ) : (
            <Made key={found.id} address={found} isFirst={isPressed} onRemove={press} />
          );
        }}
      </Answered>
    </div>
  );
}

const isSame = (one: Address["what"], other: What): boolean =>
  one.kind === "league"
    ? other.kind === "league" && one.leagueId === other.leagueId && one.teamId === (other.teamId ?? null)
    : one.kind === other.kind;

function Make(props: { readonly what: What; readonly isFirst: boolean; readonly onMake: () => void }) {
  const { what, isFirst, onMake } = props;
  const text = useFollowWords();
  const { words } = useLanguage();
  const [isMaking, setMaking] = useState(false);
  const row = useRef<HTMLDivElement>(null);
  useEffect(() => {
    if (isFirst) row.current?.querySelector("button")?.focus();
  }, [isFirst]);
  const make = async () => {
    setMaking(true);
    onMake();
    await changeOrSay("calendarAddresses.create", { body: { what } }, { said: null, offline: words.failures.network });
    setMaking(false);
  };
  return (
    <div ref={row} className={styles.deeds}>
      <Button isDisabled={isMaking} onPress={() => void make()}>
        {text.make}
      </Button>
    </div>
  );
}

function Made(props: { readonly address: Address; readonly isFirst: boolean; readonly onRemove: () => void }) {
  const { id, url } = props.address;
  const text = useFollowWords();
  const { words } = useLanguage();
  const [isLeaving, setLeaving] = useState(false);
  const copy = async () => {
    await navigator.clipboard.writeText(url);
    say(`${text.copied}.`);
  };
  const remove = () => {
    props.onRemove();
    void changeOrSay(
      "calendarAddresses.remove",
      { params: { id } },
      { said: text.removed, offline: words.failures.network },
    );
  };
  return (
    <>
      <TextInput
        label={text.address}
        hint={text.private}
        value={url}
        isReadOnly
        isFirst={props.isFirst}
        onChange={() => {}}
      />
      <div className={styles.deeds}>
        <Button onPress={() => void copy().catch(() => say(`${text.notCopied}.`))}>{text.copy}</Button>
        {/* The scheme that calendar programs take for themselves. */}
        <a href={url.replace(/^https?:/, "webcal:")}>{text.open}</a>
        <Button kind="quiet" onPress={() => setLeaving(true)}>
          {text.remove}
        </Button>
      </div>
      {isLeaving && (
        <Confirm
          title={text.removeTitle}
          sentence={text.removeSentence}
          submit={text.remove}
          onConfirm={remove}
          onClose={() => setLeaving(false)}
        />
      )}
    </>
  );
}
