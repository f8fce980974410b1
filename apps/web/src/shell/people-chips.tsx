import type { WeekPeople } from "../data/week-people.ts";
import { useLanguage } from "../messages/index.tsx";
import { Avatar } from "../ui/avatar.tsx";
import styles from "./week-bar.module.css";

/** The people of a week side by side: the one pressed fills the columns. `order` is theirs in the address; nothing moves. */
export function PeopleChips(props: {
  readonly people: WeekPeople;
  readonly order: readonly string[];
  readonly names: ReadonlyMap<string, string>;
  readonly onPress: (id: string) => void;
}) {
  const { people, order, names, onPress } = props;
  const { words } = useLanguage();
  if (people.main === null) return null;
  const shown = order.filter((id) => id === people.main || people.besides.includes(id));
  return (
    <div role="group" aria-label={words.week.people} className={styles.chips}>
      {shown.map((id) => {
        const name = names.get(id) ?? "";
        return (
          <button
            key={id}
            type="button"
            aria-pressed={id === people.main}
            aria-label={name}
            title={name}
            onClick={() => onPress(id)}
          >
            <Avatar name={name} />
            <span>{name.split(" ")[0]}</span>
          </button>
        );
      })}
    </div>
  );
}
