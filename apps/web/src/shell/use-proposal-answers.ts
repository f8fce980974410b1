import type { Me, Notice } from "../data/api.ts";
import { timesFrom } from "../data/edits.ts";
import { readEntries } from "../data/entries.ts";
import { readEvent } from "../data/events.ts";
import { say } from "../data/history.ts";
import { loadNotices, noticesStore, openNotices } from "../data/notices.ts";
import { declineProposal } from "../data/proposed-times.ts";
import type { Directory } from "../data/session.ts";
import { wallClockOf } from "../data/wall-clock.ts";
import { useLanguage } from "../messages/index.tsx";
import { useStable } from "../ui/use-stable.ts";
import type { useDragWork } from "./use-drag-work.ts";

/** What one answers to times that guests propose: to accept is to move the event, like any move by hand. */
export type ProposalAnswers = { readonly accept: (notice: Notice) => void; readonly decline: (notice: Notice) => void };

export function useProposalAnswers(
  me: Me,
  directory: Directory,
  move: ReturnType<typeof useDragWork>["apply"],
): ProposalAnswers {
  const { words } = useLanguage();

  const accept = async ({ id, eventId }: Notice): Promise<void> => {
    openNotices(false);
    await loadNotices(); // Somebody may have answered it, or moved the event, since the inbox was read.
    const proposal = noticesStore.get().items.find((each) => each.id === id)?.proposal ?? null;
    if (proposal === null) return;
    if (proposal.state !== "open") return say(words.proposing.over[proposal.state]);
    const event = await readEvent(eventId, proposal.recurrenceId);
    const clock = wallClockOf(me.organisation.zone, Number(event.start.slice(0, 4)));
    const [entry] = readEntries([event], directory.calendars, clock, me.email);
    const times = timesFrom(proposal);
    if (entry === undefined || times === null) return say(words.proposing.over.outdated);
    await move({ entry, times, isCopy: false }, false);
    await loadNotices();
  };

  const decline = async ({ title, proposal }: Notice): Promise<void> => {
    openNotices(false);
    const refused = await declineProposal(proposal!.id, words.proposing.kept(title));
    if (refused !== null) say(refused.sentence);
  };

  const orSay = (answer: (notice: Notice) => Promise<void>) => (notice: Notice) =>
    void answer(notice).catch(() => say(words.failures.network));
  return { accept: useStable(orSay(accept)), decline: useStable(orSay(decline)) };
}
