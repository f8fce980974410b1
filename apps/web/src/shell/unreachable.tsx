import { useLanguage } from "../messages/index.tsx";
import { Button } from "../ui/button.tsx";
import styles from "./shell.module.css";

/** When not even the session could be read. */
export function Unreachable({ onRetry }: { onRetry: () => void }) {
  const { words } = useLanguage();
  return (
    <main className={styles.lonely}>
      <p role="alert">{words.failures.network}</p>
      <Button kind="primary" onPress={onRetry}>
        {words.actions.retry}
      </Button>
    </main>
  );
}
