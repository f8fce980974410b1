import { lazy, Suspense, useEffect } from "react";
import { DialogTrigger } from "react-aria-components/Dialog";
import { loadNotices, noticesStore, openNotices } from "../data/notices.ts";
import { useStore } from "../data/store.ts";
import { useLanguage } from "../messages/index.tsx";
import { Button } from "../ui/button.tsx";
import { Icon } from "../ui/icon.tsx";
import { Pop } from "../ui/pop.tsx";
import styles from "./inbox.module.css";
import type { NoticeWork } from "./notice-list.tsx";

const NoticeList = lazy(() => import("./notice-list.tsx"));

/** What one was told, behind a bell with how much of it is new. */
export function Inbox(props: NoticeWork) {
  const { items, unread, isOpen } = useStore(noticesStore, (state) => state);
  const { words } = useLanguage();
  useEffect(() => void loadNotices(), []);
  return (
    <DialogTrigger isOpen={isOpen} onOpenChange={openNotices}>
      <Button kind="quiet" size="icon" aria-label={words.inbox.open(unread)}>
        <span className={styles.bell}>
          <Icon name="bell" size={18} />
          {unread > 0 && <span className={styles.count}>{words.inbox.count(unread)}</span>}
        </span>
      </Button>
      <Pop label={words.inbox.label} placement="bottom end">
        <h2 className={styles.title}>{words.inbox.label}</h2>
        {items.length === 0 ? (
          <p className={styles.nothing}>{words.inbox.nothing}</p>
        ) : (
          <Suspense fallback={null}>
            <NoticeList {...props} items={items} />
          </Suspense>
        )}
      </Pop>
    </DialogTrigger>
  );
}
