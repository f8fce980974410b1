import { useLanguage } from "../messages/index.tsx";
import { Button } from "../ui/button.tsx";
import styles from "./shell.module.css";
import { walk } from "./use-address.ts";

/** What stands at an address that is no place. */
export function Nowhere() {
  const { words } = useLanguage();
  return (
    <main className={styles.lonely}>
      <h1>{words.nowhere.title}</h1>
      <p>{words.nowhere.why}</p>
      <Button kind="primary" onPress={() => walk("/")}>
        {words.nowhere.toYear}
      </Button>
    </main>
  );
}
