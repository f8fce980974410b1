import { useEffect } from "react";
import { DialogTrigger } from "react-aria-components/Dialog";
import { dateOf } from "@hourwright/time";
import { parseInstant, wallClockOf, wallMs } from "../data/wall-clock.ts";
import type { Notice } from "../data/api.ts";
import { loadNotices, noticesStore, openNotices } from "../data/notices.ts";
import { useStore } from "../data/store.ts";
import { useLanguage } from "../messages/index.tsx";
import { Avatar } from "../ui/avatar.tsx";
import { Button } from "../ui/button.tsx";
import { Icon } from "../ui/icon.tsx";
import { Pop } from "../ui/pop.tsx";
import styles from "./inbox.module.css";
import type { Go } from "./use-address.ts";

const DAY_MS = 86_400_000;

/** What one was told, behind a bell with how much of it is new. */
export function Inbox({ zone, go }: { zone: string; go: Go }) {
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
          <ul className={styles.list}>
            {items.map((notice) => (
              <NoticeItem key={notice.id} notice={notice} zone={zone} go={go} />
            ))}
          </ul>
        )}
      </Pop>
    </DialogTrigger>
  );
}

function NoticeItem({ notice, zone, go }: { notice: Notice; zone: string; go: Go }) {
  const { words, format } = useLanguage();
  const [startMs, endMs] = [parseInstant(notice.start)!, parseInstant(notice.end)!];
  const clock = wallClockOf(zone, Number(notice.start.slice(0, 4)));
  const day = Math.floor(wallMs(clock, startMs) / DAY_MS);
  const when = notice.allDay
    ? format.dayShort(day)
    : words.drag.timed(format.dayShort(day), format.timeRange(startMs, endMs));
  const show = () => {
    openNotices(false);
    const on = dateOf(day);
    go({ place: "year", year: on.year, on, conflict: null });
  };
  return (
    <li>
      <button type="button" className={styles.notice} data-new={!notice.read || undefined} onClick={show}>
        <Avatar name={notice.by.name} />
        <span>
          <b>{words.inbox.did[notice.kind](notice.by.name, notice.title)}</b>
          <span>{when}</span>
        </span>
      </button>
    </li>
  );
}
