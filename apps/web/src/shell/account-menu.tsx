import { useState } from "react";
import { DialogTrigger } from "react-aria-components/Dialog";
import { Radio, RadioGroup } from "react-aria-components/RadioGroup";
import { Label } from "react-aria-components/Label";
import type { Me } from "../data/api.ts";
import { say } from "../data/history.ts";
import { signOut } from "../data/session.ts";
import { useLanguage } from "../messages/index.tsx";
import {
  chooseLanguage,
  LANGUAGE_NAMES,
  languageChoice,
  LANGUAGES,
  type LanguageChoice,
} from "../messages/language.ts";
import { close as closeShelf } from "../offline/shelf.ts";
import { Avatar } from "../ui/avatar.tsx";
import { Button } from "../ui/button.tsx";
import { Icon } from "../ui/icon.tsx";
import { Pop } from "../ui/pop.tsx";
import styles from "./menus.module.css";
import { walk } from "./use-address.ts";
import { chooseTheme, themeChoice, type ThemeChoice } from "./theme.ts";

const THEMES: readonly ThemeChoice[] = ["system", "light", "dark"];
const LANGUAGE_CHOICES: readonly LanguageChoice[] = ["system", ...LANGUAGE_NAMES];

/** Who is signed in, how the page looks, and the way out. */
export function AccountMenu({ me, onImport }: { me: Me; onImport: () => void }) {
  const { words } = useLanguage();
  const [theme, setTheme] = useState(themeChoice);
  const [language, setLanguage] = useState(languageChoice);
  const speak = async (choice: LanguageChoice) => {
    setLanguage(choice);
    if (await chooseLanguage(choice)) return;
    setLanguage(languageChoice());
    say(words.language.failed);
  };
  /** Nothing stays for who comes next, also where the server cannot be told. */
  const leave = async () => {
    await closeShelf();
    if (!(await signOut())) say(words.offline.stillSignedIn);
  };
  return (
    <DialogTrigger>
      <Button kind="quiet" size="icon" aria-label={words.header.account}>
        <Avatar name={me.name} />
      </Button>
      <Pop label={words.header.account} placement="bottom end">
        {({ close }) => (
          <>
            <div className={styles.me}>
              <b>{me.name}</b>
              <span>{me.email}</span>
              <span>
                {me.organisation.name} · {words.roles[me.role]}
              </span>
            </div>
            <Choice
              label={words.theme.label}
              choices={THEMES}
              chosen={theme}
              nameOf={(choice) => words.theme[choice]}
              onChoose={(choice) => {
                setTheme(choice);
                chooseTheme(choice);
              }}
            />
            <Choice
              label={words.language.label}
              choices={LANGUAGE_CHOICES}
              chosen={language}
              nameOf={(choice) => (choice === "system" ? words.language.system : LANGUAGES[choice].ownName)}
              onChoose={(choice) => void speak(choice)}
            />
            <Button
              kind="quiet"
              onPress={() => {
                close();
                walk("/approvals/decide");
              }}
            >
              <Icon name="check" /> {words.header.approvals}
            </Button>
            <Button
              kind="quiet"
              onPress={() => {
                close();
                onImport();
              }}
            >
              <Icon name="upload" /> {words.header.importFiles}
            </Button>
            <Button kind="quiet" onPress={() => void leave()}>
              <Icon name="back" /> {words.actions.signOut}
            </Button>
          </>
        )}
      </Pop>
    </DialogTrigger>
  );
}

/** One of a few, side by side. */
function Choice<Name extends string>(props: {
  readonly label: string;
  readonly choices: readonly Name[];
  readonly chosen: Name;
  readonly nameOf: (choice: Name) => string;
  readonly onChoose: (choice: Name) => void;
}) {
  const { label, choices, chosen, nameOf, onChoose } = props;
  return (
    <RadioGroup
      className={styles.segmented!}
      value={chosen}
      orientation="horizontal"
      onChange={(value) => {
        const choice = choices.find((known) => known === value);
        if (choice !== undefined) onChoose(choice);
      }}
    >
      <Label className={styles.label}>{label}</Label>
      <div className={styles.segments}>
        {choices.map((choice) => (
          <Radio key={choice} value={choice} className={styles.segment!}>
            {nameOf(choice)}
          </Radio>
        ))}
      </div>
    </RadioGroup>
  );
}
