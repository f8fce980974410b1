import { dateOf } from "@hourwright/time";
import type { Notice } from "../data/api.ts";
import { openDrafts } from "../data/drafts-shown.ts";
import { timesFrom } from "../data/edits.ts";
import { openNotices } from "../data/notices.ts";
import { printTimes } from "../data/printed-times.ts";
import { parseInstant, wallClockOf, wallMs } from "../data/wall-clock.ts";
import { useLanguage } from "../messages/index.tsx";
import { Avatar } from "../ui/avatar.tsx";
import { Button } from "../ui/button.tsx";
import styles from "./inbox.module.css";
import { walk, type Go } from "./use-address.ts";
import type { ProposalAnswers } from "./use-proposal-answers.ts";

const DAY_MS = 86_400_000;

/** What can be done about a notice. */
export type NoticeWork = {
  readonly zone: string;
  readonly go: Go;
  readonly answers: ProposalAnswers;
  readonly onPoll: (id: string) => void;
};

export default function NoticeList({ items, ...work }: NoticeWork & { readonly items: readonly Notice[] }) {
  return (
    <ul className={styles.list}>
      {items.map((notice) => (
        <NoticeItem key={notice.id} {...work} notice={notice} />
      ))}
    </ul>
  );
}

function NoticeItem({ notice, zone, go, answers, onPoll }: NoticeWork & { readonly notice: Notice }) {
  const { words, format } = useLanguage();
  const { kind, title, proposal } = notice;
  const [startMs, endMs] = [parseInstant(notice.start)!, parseInstant(notice.end)!];
  const clock = wallClockOf(zone, Number(notice.start.slice(0, 4)));
  const day = Math.floor(wallMs(clock, startMs) / DAY_MS);
  const last = Math.floor(wallMs(clock, endMs) / DAY_MS);
  const days = day === last ? format.dayShort(day) : words.drag.days(format.dayShort(day), format.dayShort(last));
  const times = notice.allDay
    ? format.dayShort(day)
    : startMs === endMs
      ? words.drag.timed(format.dayShort(day), format.time(startMs))
      : words.drag.timed(format.dayShort(day), format.timeRange(startMs, endMs));
  const when = /^(review|approval|roster)/.test(kind) ? format.dayShort(day) : kind === "asked" ? days : times;
  const wanted = useWanted(proposal, zone);
  const show = () => {
    openNotices(false);
    if (kind === "asked") return onPoll(notice.eventId);
    if (kind.startsWith("review")) return openDrafts(notice.eventId);
    if (kind.startsWith("approval")) return walk(kind === "approval" ? "/approvals/decide" : "/approvals/asked");
    if (kind.startsWith("roster")) return walk("/team");
    if (kind === "switched-off") return walk("/settings/rules");
    const on = dateOf(day);
    return go({ place: "year", year: on.year, on, conflict: null });
  };
  return (
    <li>
      <button type="button" className={styles.notice} data-new={!notice.read || undefined} onClick={show}>
        <Avatar name={notice.by.name} />
        <span>
          <b>{words.inbox.did[kind](notice.by.name, title)}</b>
          {kind === "proposed" && <span className={styles.wanted}>{wanted}</span>}
          <span>{kind === "proposed" ? words.proposing.insteadOf(when) : when}</span>
          {kind === "declined" && <span>{words.proposing.proposed(wanted)}</span>}
          {kind === "proposed" && proposal?.note && <q>{proposal.note}</q>}
        </span>
      </button>
      {kind === "proposed" && proposal !== null && proposal.state !== "open" && (
        <p className={styles.answer}>{words.proposing.over[proposal.state]}</p>
      )}
      {kind === "proposed" && proposal?.state === "open" && (
        <div className={styles.answer}>
          <Button
            kind="primary"
            size="small"
            aria-label={words.proposing.acceptThis(title, wanted)}
            onPress={() => answers.accept(notice)}
          >
            {words.proposing.accept}
          </Button>
          <Button
            size="small"
            aria-label={words.proposing.declineThis(title, wanted)}
            onPress={() => answers.decline(notice)}
          >
            {words.proposing.decline}
          </Button>
        </div>
      )}
    </li>
  );
}

/** The time that is proposed, in words; nothing where none is. */
function useWanted(proposal: Notice["proposal"], zone: string): string {
  const language = useLanguage();
  const times = proposal && timesFrom(proposal);
  return times === null ? "" : printTimes(times, wallClockOf(zone, Number(proposal!.start.slice(0, 4))), language);
}
