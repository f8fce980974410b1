import { refuseRequest, refuseUndo } from "@hourwright/contract";
import { changesOfRequest } from "../../platform/changes/read.ts";
import type { Unit } from "../../platform/db/database.ts";
import type { RequestContext } from "../../platform/operations/context.ts";
import type { Handlers } from "../../platform/operations/dispatcher.ts";
import { cursorOf, pageOf } from "../../platform/operations/pages.ts";
import { proposalStates, type ProposalState } from "../calendars/public.ts";
import { subjectsById } from "../identity/public.ts";
import { CHANGES_TOLD_MAX, isTold, type Notice } from "./model.ts";
import { MAILED, preferencesOf, putPreferences, type Preferences } from "./preferences.ts";
import { noticeRequest } from "./reactions.ts";
import { sendSome } from "./reconcilers.ts";
import { markRead, noticesOf, toldOf } from "./store.ts";

type NoticeIds = `notices.${"list" | "read" | "ofRequest" | "sendNow" | "preferences" | "putPreferences"}`;

export const notificationOperations: Handlers<NoticeIds> = {
  "notices.list": ({ query }, context) =>
    context.read(async (unit) => {
      const before = pageOf<unknown[]>(query.cursor)?.[0] ?? null;
      if (before !== null && typeof before !== "string") return refuseRequest("invalid", "cursor", {});
      const asked = { limit: query.limit + 1, before };
      const { notices, unread } = await noticesOf(unit, context.caller!.personId, asked);
      const page = notices.slice(0, query.limit);
      const proposals = new Set(page.flatMap(({ proposal }) => proposal?.id ?? []));
      const states = await proposalStates(unit, [...proposals]);
      return {
        items: page.map((notice) => shownNotice(notice, states)),
        unread,
        nextCursor: notices.length > query.limit ? cursorOf([page.at(-1)!.id]) : null,
      };
    }),
  "notices.read": async ({ body }, context) => {
    await context.write((unit) => markRead(unit, context.caller!.personId, body.ids ?? null));
    return null;
  },
  "notices.preferences": (_input, context) =>
    context.read(async (unit) => {
      const { personId } = context.caller!;
      return shownPreferences((await preferencesOf(unit, [personId]))(personId));
    }),
  "notices.putPreferences": ({ body }, context) =>
    context.write(async (unit) => {
      const wish: Preferences = {
        language: body.language,
        unmailed: MAILED.filter((each) => !body.mail.includes(each)),
      };
      await putPreferences(unit, context.caller!.personId, wish);
      return shownPreferences(wish);
    }),
  "notices.ofRequest": ({ params }, context) =>
    context.write(async (unit) => ((await isOwn(unit, params.id, context)) ? shownTold(unit, params.id) : nothing)),
  "notices.sendNow": ({ params }, context) =>
    context.write(async (unit) => {
      if (!(await isOwn(unit, params.id, context))) return nothing;
      while ((await sendSome(unit, { requestId: params.id })) > 0);
      return shownTold(unit, params.id);
    }),
};

const shownPreferences = ({ language, unmailed }: Preferences) => ({
  language,
  mail: MAILED.filter((each) => !unmailed.includes(each)),
});

const nothing = refuseUndo("nothing", "unknown", {});

/** Whether the caller made the request. Its notices are made now, if nobody has come to it yet. */
async function isOwn(unit: Unit, requestId: string, { caller }: RequestContext): Promise<boolean> {
  const changes = await changesOfRequest(unit, requestId, CHANGES_TOLD_MAX);
  if (changes[0]?.actor.userId !== caller!.userId) return false;
  if (isTold(changes[0].operation)) await noticeRequest(unit, changes);
  return true;
}

async function shownTold(unit: Unit, requestId: string) {
  const told = await toldOf(unit, requestId);
  const waiting = [...told].filter(([, state]) => state === "waiting").map(([personId]) => personId);
  const people = await subjectsById(unit, waiting.slice(0, NAMES_MAX));
  return {
    waiting: people.map(({ name }) => name).sort(),
    waitingCount: waiting.length,
    sentCount: told.size - waiting.length,
  };
}

/** Names in a sentence; the rest is a count. */
const NAMES_MAX = 20;

const shownNotice = (
  { startMs, endMs, madeMs, isRead, byPersonId, byName, proposal, ...notice }: Notice,
  states: ReadonlyMap<string, ProposalState>,
) => {
  const text = (ms: number) => Temporal.Instant.fromEpochMilliseconds(ms).toString();
  const by = { personId: byPersonId, name: byName };
  const state = states.get(proposal?.id ?? "") ?? ("withdrawn" as const);
  return {
    ...notice,
    by,
    start: text(startMs),
    end: text(endMs),
    at: text(madeMs),
    read: isRead,
    proposal: proposal && { ...proposal, state },
  };
};
