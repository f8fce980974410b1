import { useEffect, useState } from "react";
import { announce } from "../../data/announcement.ts";
import { useOfficeLanguage } from "../../messages/office.ts";
import { Button, Key } from "../../ui/button.tsx";
import { Checkbox } from "../../ui/field.tsx";
import {
  CHANGEABLE,
  changedKey,
  chooseKeys,
  isCharacter,
  nameOfKey,
  pressedFor,
  printKey,
  useKeyChoice,
  type Changeable,
} from "../../ui/keys.ts";
import { useKeyWords } from "../../shell/use-key-words.ts";
import { Rows, Section } from "../../shell/section.tsx";
import styles from "../../shell/section.module.css";

/** Keys of one character: switched off, or other ones. For this device alone, as keyboards are. */
export function Keyboard() {
  const { words } = useOfficeLanguage();
  const text = words.settings.keyboard;
  const choice = useKeyChoice();
  const keyWords = useKeyWords();
  const [asking, setAsking] = useState<Changeable | null>(null);
  const isAsDesigned = !choice.areOff && Object.keys(choice.instead).length === 0;

  useEffect(() => {
    if (asking === null) return;
    // Before everything else: what is pressed now does nothing but say which key it is.
    const onKey = (event: KeyboardEvent) => {
      if (event.key === "Shift") return;
      event.preventDefault();
      event.stopPropagation();
      const pressed = nameOfKey(event);
      if (event.key !== "Escape" && event.key !== "Tab") {
        if (!isCharacter(pressed) || /^[0-9+=\s-]$/.test(pressed)) return announce(text.notThis);
        chooseKeys(changedKey(choice, asking, pressed));
        announce(text.isNow(keyWords.does[asking], printKey(pressed)));
      }
      setAsking(null);
    };
    addEventListener("keydown", onKey, { capture: true });
    return () => removeEventListener("keydown", onKey, { capture: true });
  }, [asking, choice, text, keyWords]);

  return (
    <Section
      title={words.settings.sections.keyboard}
      intro={text.intro}
      action={
        <Button isDisabled={isAsDesigned} onPress={() => chooseKeys({ areOff: false, instead: {} })}>
          {text.reset}
        </Button>
      }
    >
      <Checkbox isSelected={!choice.areOff} onChange={(isOn) => chooseKeys({ ...choice, areOff: !isOn })}>
        {text.on}
      </Checkbox>
      <Rows items={CHANGEABLE} empty="" label={words.settings.sections.keyboard}>
        {(name) => {
          const pressed = printKey(pressedFor(choice, name));
          return (
            <li key={name} className={styles.row}>
              <div className={styles.what}>
                <b>{keyWords.does[name]}</b>
              </div>
              {asking === name ? <output>{text.press}</output> : !choice.areOff && <Key>{printKey(name)}</Key>}
              <Button
                size="small"
                isDisabled={choice.areOff}
                aria-label={text.change(keyWords.does[name], pressed)}
                onPress={() => setAsking(asking === name ? null : name)}
              >
                {asking === name ? words.actions.cancel : text.other}
              </Button>
            </li>
          );
        }}
      </Rows>
    </Section>
  );
}
