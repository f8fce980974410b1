import type { ChangeWithContents } from "../../platform/changes/read.ts";
import type { Consumer } from "../../platform/changes/relay.ts";
import type { Database, Unit } from "../../platform/db/database.ts";
import { approvalNewsOf, askerOf, isApprovalNews } from "../approvals/public.ts";
import { newsOf, proposalNewsOf, proposalsGone } from "../calendars/public.ts";
import { isRosterNews, rosterNewsOf } from "../workforce/public.ts";
import { administratorsOf, subjectsById } from "../identity/public.ts";
import { draftNewsOf, pollNewsOf, switchedOffBy } from "../planning/public.ts";
import { isWorkforceNews, workforceNewsOf } from "../workforce/public.ts";
import {
  ADMINISTRATORS_TOLD_MAX,
  isFilling,
  isTold,
  LATE_MS_MAX,
  NOTICES_OF_A_REQUEST_MAX,
  type PluginNews,
} from "./model.ts";
import { insertNotices, lockNotices, toldOfKind, withdrawAsked, withdrawNotices, withdrawProposals } from "./store.ts";

/** Makes notices of what people change: a few milliseconds after the change, waiting until they are due. */
export function noticeConsumer(database: Database): Consumer {
  return {
    name: "notifications.notices",
    async take(changes, context) {
      for (const request of requestsIn(changes))
        await database.inOrganisation(context, (unit) => noticeRequest(unit, request), { lane: "job" });
      for (const change of changes.filter((each) => switchedOffBy(each) !== null))
        await database.inOrganisation(context, (unit) => noticeSwitchedOff(unit, change), { lane: "job" });
      const deeds = changes.filter(({ operation }) => !isFilling(operation));
      for (const change of deeds.filter(isApprovalNews))
        await database.inOrganisation(context, (unit) => noticeApproval(unit, change), { lane: "job" });
      for (const change of deeds.filter(isWorkforceNews))
        await database.inOrganisation(context, (unit) => noticeWorkforce(unit, change), { lane: "job" });
    },
  };
}

/** Changes in order, those of one request together. */
function requestsIn(changes: readonly ChangeWithContents[]): ChangeWithContents[][] {
  const told = changes.filter(({ actor, operation }) => actor.kind === "user" && isTold(operation));
  return [...Map.groupBy(told, ({ requestId }) => requestId).values()];
}

/**
 * Makes the notices of one request from its changes; safe to repeat. An undo takes back what still waits of the request it
 * took back, and tells those alone who had been told of that.
 */
export async function noticeRequest(unit: Unit, changes: readonly ChangeWithContents[]): Promise<void> {
  // What nobody has looked at for so long is known by now: a log that is read for the first time tells nothing old.
  if (unit.nowMs - changes[0]!.at.epochMilliseconds > LATE_MS_MAX) return;
  await lockNotices(unit);
  const undone = changes.filter(({ thing }) => thing.type === "request").map(({ thing }) => thing.id);
  const untold = new Set<string>();
  for (const requestId of undone) for (const each of await withdrawNotices(unit, requestId)) untold.add(each);
  const news = await newsOf(unit, changes);
  const wanted = news.filter(({ eventId, personId }) => !untold.has(`${eventId} ${personId}`));
  await insertNotices(unit, changes[0]!, onePerPerson(wanted).slice(0, NOTICES_OF_A_REQUEST_MAX));
  await withdrawProposals(unit, proposalsGone(changes));
  await insertNotices(unit, changes[0]!, await proposalNewsOf(unit, changes));
  const asked = pollNewsOf(changes).filter(({ eventId, personId }) => !untold.has(`${eventId} ${personId}`));
  await insertNotices(unit, changes[0]!, asked);
  const drafts = (await draftNewsOf(unit, changes)).filter(
    ({ eventId, personId }) => !untold.has(`${eventId} ${personId}`),
  );
  await insertNotices(unit, changes[0]!, drafts);
  for (const change of changes.filter(isRosterNews)) {
    const rosters = (await rosterNewsOf(unit, change)).filter(
      ({ eventId, personId }) => !untold.has(`${eventId} ${personId}`),
    );
    await insertNotices(unit, change, rosters.slice(0, NOTICES_OF_A_REQUEST_MAX));
  }
}

/** Tells those who run the organisation that a plug-in was switched off, and why; safe to repeat. */
async function noticeSwitchedOff(unit: Unit, change: ChangeWithContents): Promise<void> {
  const atMs = change.at.epochMilliseconds;
  if (unit.nowMs - atMs > LATE_MS_MAX) return;
  const administrators = await administratorsOf(unit, ADMINISTRATORS_TOLD_MAX);
  const news = administrators.map((personId): PluginNews => ({
    seq: change.seq,
    eventId: change.thing.id,
    personId,
    kind: "switched-off",
    title: switchedOffBy(change)!,
    startMs: atMs,
    endMs: atMs,
    allDay: false,
  }));
  await lockNotices(unit);
  await insertNotices(unit, change, news);
}

/** Tells who is asked to approve something, and who asked what became of it; safe to repeat. What is over asks nobody any more. */
async function noticeApproval(unit: Unit, change: ChangeWithContents): Promise<void> {
  if (unit.nowMs - change.at.epochMilliseconds > LATE_MS_MAX) return;
  await lockNotices(unit);
  if (change.fields.includes("state")) await withdrawAsked(unit, change.thing.id, "approval");
  const news = await approvalNewsOf(unit, change);
  // Whoever is asked is asked by a person, although the system works out who it is.
  const isAsking = news[0]?.kind === "approval";
  const [by] = isAsking ? await subjectsById(unit, [(await askerOf(unit, change.thing.id)) ?? ""]) : [];
  const actor = by === undefined ? change.actor : { ...change.actor, personId: by.id, label: by.name };
  await insertNotices(unit, { ...change, actor }, news);
}

/** Tells who is asked to cover or to swap, and what became of that and of bids; safe to repeat. What is over asks nobody any more. */
async function noticeWorkforce(unit: Unit, change: ChangeWithContents): Promise<void> {
  if (unit.nowMs - change.at.epochMilliseconds > LATE_MS_MAX) return;
  await lockNotices(unit);
  const { by, isOver, news } = await workforceNewsOf(unit, change);
  if (isOver) for (const kind of ["cover", "swap"] as const) await withdrawAsked(unit, change.thing.id, kind);
  const asked = isOver ? await toldOfKind(unit, change.thing.id, "cover") : new Set<string>();
  // Who has not heard that they are asked need not hear that they are not.
  const wanted = news.filter(({ kind, personId }) => kind !== "cover-over" || asked.has(personId));
  const actor = { ...change.actor, personId: by.personId, label: by.name };
  await insertNotices(unit, { ...change, actor }, wanted);
}

/** The last news of an event for each person: what a request does to it twice is told once. */
function onePerPerson<News extends { readonly eventId: string; readonly personId: string }>(
  news: readonly News[],
): News[] {
  return [...new Map(news.map((each) => [`${each.eventId} ${each.personId}`, each])).values()];
}
