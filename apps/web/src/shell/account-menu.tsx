import { useState } from "react";
import { DialogTrigger } from "react-aria-components/Dialog";
import { Radio, RadioGroup } from "react-aria-components/RadioGroup";
import { Label } from "react-aria-components/Label";
import type { Me } from "../data/api.ts";
import { signOut } from "../data/session.ts";
import { useLanguage } from "../messages/index.tsx";
import { Avatar } from "../ui/avatar.tsx";
import { Button } from "../ui/button.tsx";
import { Icon } from "../ui/icon.tsx";
import { Pop } from "../ui/pop.tsx";
import styles from "./menus.module.css";
import { chooseTheme, themeChoice, type ThemeChoice } from "./theme.ts";

const CHOICES: readonly ThemeChoice[] = ["system", "light", "dark"];

/** Who is signed in, how the page looks, and the way out. */
export function AccountMenu({ me, onImport }: { me: Me; onImport: () => void }) {
  const { words } = useLanguage();
  const [theme, setTheme] = useState(themeChoice);
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
            <RadioGroup
              className={styles.theme!}
              value={theme}
              orientation="horizontal"
              onChange={(value) => {
                const choice = CHOICES.find((known) => known === value) ?? "system";
                setTheme(choice);
                chooseTheme(choice);
              }}
            >
              <Label className={styles.label}>{words.theme.label}</Label>
              <div className={styles.segments}>
                {CHOICES.map((choice) => (
                  <Radio key={choice} value={choice} className={styles.segment!}>
                    {words.theme[choice]}
                  </Radio>
                ))}
              </div>
            </RadioGroup>
            <Button
              kind="quiet"
              onPress={() => {
                close();
                onImport();
              }}
            >
              <Icon name="upload" /> {words.header.importFiles}
            </Button>
            <Button kind="quiet" onPress={() => void signOut()}>
              <Icon name="back" /> {words.actions.signOut}
            </Button>
          </>
        )}
      </Pop>
    </DialogTrigger>
  );
}
