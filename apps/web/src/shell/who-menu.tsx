import { useMemo, useState } from "react";
import { Checkbox } from "react-aria-components/Checkbox";
import { CheckboxGroup } from "react-aria-components/CheckboxGroup";
import { DialogTrigger } from "react-aria-components/Dialog";
import { Label } from "react-aria-components/Label";
import type { Directory } from "../data/session.ts";
import { useLanguage } from "../messages/index.tsx";
import { Avatar } from "../ui/avatar.tsx";
import { Button } from "../ui/button.tsx";
import { Icon } from "../ui/icon.tsx";
import { Pop } from "../ui/pop.tsx";
import styles from "./menus.module.css";

const FACES_MAX = 3;
const LISTED_MAX = 80; // Beyond that one types a part of the name.

type Choice = { readonly id: string; readonly name: string; readonly hue: number | null };

/** Whose time is shown: people, rooms and things, calendars; nobody chosen means everyone. */
export function WhoMenu(props: {
  readonly directory: Directory;
  readonly who: readonly string[];
  /** Whether those chosen are shown beside it already. */
  readonly isBrief: boolean;
  /** Those whose time is seen first. */
  readonly first: readonly string[];
  readonly onFirst: (who: readonly string[]) => void;
  readonly onChange: (who: readonly string[]) => void;
}) {
  const { directory, who, isBrief, first, onFirst, onChange } = props;
  const { words } = useLanguage();
  const [search, setSearch] = useState("");
  const groups = useMemo(() => groupsOf(directory, words.who), [directory, words]);
  const all = groups.flatMap(({ choices }) => choices);
  const chosen = all.filter(({ id }) => who.includes(id));
  const wanted = search.trim().toLowerCase();
  const found = groups.map(({ name, choices }) => ({
    name,
    choices: choices.filter((choice) => choice.name.toLowerCase().includes(wanted)).slice(0, LISTED_MAX),
  }));
  const names = chosen.length === 0 ? [words.who.everyone] : chosen.map(({ name }) => name);
  return (
    <DialogTrigger>
      <Button kind="quiet" aria-label={`${words.who.button}: ${words.who.showing(names.slice(0, 8))}`}>
        {isBrief ? (
          <Icon name="plus" size={18} />
        ) : chosen.length === 0 ? (
          <Icon name="people" size={18} />
        ) : (
          <Faces chosen={chosen} />
        )}
        <span className={styles.whoName}>
          {isBrief ? "" : chosen.length === 1 ? chosen[0]!.name : chosen.length === 0 ? words.who.everyone : ""}
        </span>
      </Button>
      <Pop label={words.who.button}>
        <input
          className={styles.search}
          type="search"
          value={search}
          placeholder={words.who.search}
          aria-label={words.who.search}
          onChange={(event) => setSearch(event.target.value)}
        />
        <div className={styles.groups}>
          {found
            .filter(({ choices }) => choices.length > 0)
            .map(({ name, choices }) => (
              <CheckboxGroup key={name} className={styles.group!} value={[...who]} onChange={(ids) => onChange(ids)}>
                <Label className={styles.label}>{name}</Label>
                {choices.map((choice) => (
                  <Checkbox key={choice.id} value={choice.id} className={styles.choice!}>
                    <span className={styles.box} aria-hidden="true">
                      <Icon name="check" size={12} />
                    </span>
                    {choice.hue !== null && (
                      <i
                        className={styles.dot}
                        style={{ "--hue": choice.hue } as React.CSSProperties}
                        aria-hidden="true"
                      />
                    )}
                    {choice.name}
                  </Checkbox>
                ))}
              </CheckboxGroup>
            ))}
          {found.every(({ choices }) => choices.length === 0) && <p className={styles.none}>{words.who.none}</p>}
        </div>
        <Button isDisabled={who.length === 0} onPress={() => onChange([])}>
          {words.who.all}
        </Button>
        <Button kind="quiet" isDisabled={first.join() === who.join()} onPress={() => onFirst(who)}>
          {words.who.first}
        </Button>
      </Pop>
    </DialogTrigger>
  );
}

function Faces({ chosen }: { chosen: readonly Choice[] }) {
  const more = chosen.length - FACES_MAX;
  return (
    <span className={styles.faces}>
      {chosen.slice(0, FACES_MAX).map(({ id, name }) => (
        <Avatar key={id} name={name} />
      ))}
      {more > 0 && <Avatar name={`+${more}`} isNeutral />}
    </span>
  );
}

function groupsOf(
  { people, things, calendars }: Directory,
  words: { readonly people: string; readonly things: string; readonly calendars: string },
): { name: string; choices: Choice[] }[] {
  const subject = ({ id, name }: { id: string; name: string }): Choice => ({ id, name, hue: null });
  return [
    {
      name: words.calendars,
      choices: [...calendars.values()].map(({ id, name, colour }) => ({ id, name, hue: colour })),
    },
    { name: words.people, choices: people.map(subject) },
    { name: words.things, choices: things.map(subject) },
  ];
}
