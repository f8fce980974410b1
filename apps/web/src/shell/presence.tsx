import { useEffect } from "react";
import { announce } from "../data/announcement.ts";
import { liveStore, lookAt } from "../data/live.ts";
import { dismissNews, newsStore, type News } from "../data/news.ts";
import { historyStore } from "../data/history.ts";
import { useStore } from "../data/store.ts";
import { useLanguage } from "../messages/index.tsx";
import { Avatar } from "../ui/avatar.tsx";
import styles from "./presence.module.css";

const SHOWN_MAX = 4;
const NEWS_MS = 6_000;

/** Says where this page looks, as long as it does. */
export function usePresence(place: string, year: number): void {
  useEffect(() => {
    lookAt({ place, year });
    return () => lookAt(null);
  }, [place, year]);
}

/** Who else looks at the same view. */
export function AlsoHere() {
  const { others, othersCount, status } = useStore(liveStore, (state) => state);
  const { words } = useLanguage();
  if (others.length === 0) return <span hidden data-live={status} />;
  const label = words.live.alsoHere(others.map(({ name }) => name));
  return (
    <span className={styles.others} data-live={status} role="img" aria-label={label} title={label}>
      {others.slice(0, SHOWN_MAX).map(({ personId, name }) => (
        <Avatar key={personId} name={name} />
      ))}
      {othersCount > SHOWN_MAX && <span className={styles.more}>{words.live.more(othersCount - SHOWN_MAX)}</span>}
    </span>
  );
}

/** One quiet line of what somebody else has just done; nothing while the bar offers to undo. */
export function NewsLine() {
  const news = useStore(newsStore, (state) => state.news);
  const isBarShown = useStore(historyStore, ({ notice }) => notice !== null);
  return news === null || isBarShown ? null : <NewsItem key={news.id} news={news} />;
}

function NewsItem({ news: { who, did, title, more } }: { news: News }) {
  const { words } = useLanguage();
  const sentence = more > 0 ? words.live.several(who, more + 1) : words.live.did[did](who, title);
  useEffect(() => {
    announce(sentence);
    const timer = setTimeout(dismissNews, NEWS_MS);
    return () => clearTimeout(timer);
  }, [sentence]);
  return (
    <div className={styles.news} data-news>
      <Avatar name={who} />
      <span>{sentence}</span>
    </div>
  );
}
