import { walk } from "../../shell/use-address.ts";
import { Icon } from "../../ui/icon.tsx";
import styles from "./team.module.css";
import { useTeamWords } from "./use-team-words.ts";

/** The way to who they are: people, departments, demand and figures. */
export function StaffLink() {
  const words = useTeamWords();
  return (
    <a
      className={styles.toStaff}
      href="/staff"
      onClick={(event) => {
        if (event.metaKey || event.ctrlKey || event.shiftKey || event.button !== 0) return;
        event.preventDefault();
        walk("/staff");
      }}
    >
      <Icon name="user" /> {words.toStaff}
    </a>
  );
}
