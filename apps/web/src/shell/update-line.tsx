import { useEffect, useState } from "react";
import { announce } from "../data/announcement.ts";
import { historyStore } from "../data/history.ts";
import { newsStore } from "../data/news.ts";
import { useStore } from "../data/store.ts";
import { useLanguage } from "../messages/index.tsx";
import { loadNewVersion, updateStore } from "../offline/updates.ts";
import { Button } from "../ui/button.tsx";
import styles from "./update-line.module.css";

/** One quiet line while a new version of the app waits; out of the way of what is said of events, which passes. */
export function UpdateLine() {
  const { words } = useLanguage();
  const isOffered = useStore(updateStore, (state) => state.isOffered);
  const isBarShown = useStore(historyStore, ({ notice }) => notice !== null);
  const isNewsShown = useStore(newsStore, ({ news }) => news !== null);
  const [isDismissed, setDismissed] = useState(false);
  const [isLoading, setLoading] = useState(false);
  const sentence = words.offline.newVersion;
  useEffect(() => {
    if (isOffered) announce(sentence);
  }, [isOffered, sentence]);
  if (!isOffered || isDismissed || isBarShown || isNewsShown) return null;
  return (
    <section className={styles.line} aria-label={sentence} data-update>
      <span>{sentence}</span>
      <Button
        size="small"
        isDisabled={isLoading}
        onPress={() => {
          setLoading(true);
          void loadNewVersion();
        }}
      >
        {words.offline.loadIt}
      </Button>
      <Button kind="quiet" size="small" onPress={() => setDismissed(true)} aria-label={words.actions.dismiss}>
        ✕
      </Button>
    </section>
  );
}
