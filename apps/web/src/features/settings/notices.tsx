import { useRef, useState } from "react";
import type { Answer } from "@hourwright/client";
import { changeOrSay, useAsked } from "../../data/office.ts";
import { useOfficeLanguage } from "../../messages/office.ts";
import { Answered, Section } from "../../shell/section.tsx";
import styles from "../../shell/section.module.css";
import { Checkbox, Choice } from "../../ui/field.tsx";
import { useNoticeWords } from "./use-notice-words.ts";

type Preferences = Answer<"notices.preferences">;

const KINDS = ["cover", "swap", "open-shift", "approval", "roster"] as const;
const SPOKEN = ["en", "de"] as const;

/** What somebody reads by mail beside the bell, and in which language: each choice holds at once. */
export function Notices() {
  const { words } = useOfficeLanguage();
  const text = useNoticeWords();
  const asked = useAsked("notices.preferences", {});
  return (
    <Section title={words.settings.sections.notices} intro={text.intro}>
      <Answered asked={asked}>{(preferences) => <Choices preferences={preferences} />}</Answered>
    </Section>
  );
}

function Choices({ preferences }: { readonly preferences: Preferences }) {
  const { words } = useOfficeLanguage();
  const text = useNoticeWords();
  // Chosen meanwhile and not read again yet: what comes next goes on from there.
  const [chosen, setChosen] = useState<Preferences | null>(null);
  const { language, mail } = chosen ?? preferences;
  // The server gets what was chosen in the order in which it was.
  const sent = useRef<Promise<unknown>>(Promise.resolve());
  const put = async (body: Preferences) => {
    setChosen(body);
    const told = { said: text.saved, offline: words.failures.network };
    const answered = sent.current.then(() => changeOrSay("notices.putPreferences", { body }, told));
    sent.current = answered;
    const { refused } = await answered;
    if (refused !== null) setChosen(null);
  };
  const turn = (kind: (typeof KINDS)[number], isOn: boolean) =>
    put({ language, mail: KINDS.filter((each) => (each === kind ? isOn : mail.includes(each))) });
  return (
    <>
      <div role="group" aria-label={text.mail} className={styles.form}>
        {KINDS.map((kind) => (
          <Checkbox key={kind} isSelected={mail.includes(kind)} onChange={(isOn) => void turn(kind, isOn)}>
            {text.kinds[kind]}
          </Checkbox>
        ))}
      </div>
      <Choice
        label={text.language}
        value={language}
        options={SPOKEN.map((value) => ({ value, label: text.languages[value] }))}
        onChange={(value) => void put({ language: SPOKEN.find((each) => each === value) ?? language, mail })}
      />
    </>
  );
}
