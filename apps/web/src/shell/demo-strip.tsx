import { memo, useState, type MouseEvent } from "react";
import type { Me } from "../data/api.ts";
import { sessionStore } from "../data/session.ts";
import { useStore } from "../data/store.ts";
import { useLanguage } from "../messages/index.tsx";
import { Button } from "../ui/button.tsx";
import styles from "./shell.module.css";
import { walk } from "./use-address.ts";

const DISMISSED = "hourwright:demo-strip";

/** Says that this is the demo, until somebody wants to hear it no more or has an organisation of their own here. */
export const DemoStrip = memo(function DemoStrip({ me }: { me: Me }) {
  const { words } = useLanguage();
  const start = useStore(sessionStore, ({ session }) => session?.start ?? "no");
  const [isDismissed, setDismissed] = useState(() => localStorage.getItem(DISMISSED) !== null);
  if (!me.organisation.demo || start === "no" || isDismissed) return null;
  const dismiss = () => {
    localStorage.setItem(DISMISSED, "1");
    setDismissed(true);
  };
  const prove = (event: MouseEvent) => {
    event.preventDefault();
    walk("/proof");
  };
  return (
    <section className={styles.strip} aria-label={words.demo.label}>
      <span>{words.demo.looking}</span>
      <Button size="small" kind="primary" onPress={() => walk("/start")}>
        {words.demo.start}
      </Button>
      <Button size="small" kind="quiet" onPress={dismiss}>
        {words.demo.keep}
      </Button>
      <a href="/proof" onClick={prove}>
        {words.demo.proof}
      </a>
    </section>
  );
});
