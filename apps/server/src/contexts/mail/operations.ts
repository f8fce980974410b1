import { refuseMail, refuseRequest } from "@hourwright/contract";
import type { Unit } from "../../platform/db/database.ts";
import type { Budget } from "../../platform/http/rate-limits.ts";
import { tooMany } from "../../platform/http/rate-limits.ts";
import type { Handlers } from "../../platform/operations/dispatcher.ts";
import { cursorOf, pageOf } from "../../platform/operations/pages.ts";
import { zonedText, type Sealing } from "../bookings/public.ts";
import { newsBetween } from "./decide.ts";
import { testLetter } from "./letter.ts";
import { mimeOf } from "./mime.ts";
import { isNews, type Message, type Says } from "./model.ts";
import { factsOf, messageIdOf, toldOf, type Trouble } from "./sending.ts";
import type { Sender } from "./smtp.ts";
import { countMessages, findMessages, hasLaterNews, messageById, toldLast, tryAgain } from "./store.ts";

type MailIds = "mail.status" | "mail.list" | "mail.retry" | "mail.test";

export type MailPorts = {
  readonly sealing: Sealing;
  /** Null while mail is off. */
  readonly sender: (Sender & Trouble) | null;
  /** Counts test messages of a user. */
  readonly countTest: (userId: string) => Promise<Budget>;
};

export function mailOperations({ sealing, sender, countTest }: MailPorts): Handlers<MailIds> {
  return {
    "mail.status": async (_input, context) => {
      const { lastSentMs, ...counts } = await context.read(countMessages);
      return {
        isOn: sender !== null,
        from: sender?.from ?? null,
        ...counts,
        lastSentAt: lastSentMs === null ? null : instantText(lastSentMs),
        trouble: sender?.reason() ?? null,
      };
    },

    "mail.list": async ({ query }, context) =>
      context.read(async (unit) => {
        const before = pageOf<unknown[]>(query.cursor)?.[0] ?? null;
        if (before !== null && typeof before !== "string") return refuseRequest("invalid", "cursor", {});
        const { state = null, bookingId = null, limit } = query;
        const found = await findMessages(unit, { state, bookingId, before, limit: limit + 1 });
        const page = found.slice(0, limit);
        return {
          items: await shownMessages(unit, page, sealing),
          nextCursor: found.length > limit ? cursorOf([page.at(-1)!.id]) : null,
        };
      }),

    "mail.retry": ({ params }, context) =>
      context.write(async (unit) => {
        const message = await messageById(unit, params.id, true);
        if (message === null) return refuseRequest("not-found", "message", {});
        if (message.state !== "failed") return refuseMail("wrong-state", "waits", {});
        if (message.startsMs <= unit.nowMs && !message.isRating) return refuseMail("over", "begun", {});
        if (isNews(message) && (await hasLaterNews(unit, message))) return refuseMail("wrong-state", "later", {});
        await tryAgain(unit, message.id);
        return (await shownMessages(unit, [(await messageById(unit, message.id))!], sealing))[0]!;
      }),

    "mail.test": async (_input, context) => {
      if (sender === null) return refuseMail("off", "server", {});
      const { userId, email, name } = context.caller!;
      const budget = await countTest(userId);
      if (!budget.allowed) return tooMany(budget);
      const mime = await mimeOf(testLetter("en"), {
        from: { name: "Hourwright", address: sender.from },
        to: { name, address: email },
        messageId: messageIdOf(context.requestId, sender.from),
        firstId: null,
        nowMs: context.nowMs,
      });
      const outcome = await sender.send(email, mime);
      if (outcome.kind === "accepted") return { to: email, from: sender.from };
      const { reason: answer } = outcome;
      return answer === "" ? refuseMail("not-sent", "silent", {}) : refuseMail("not-sent", "answered", { answer });
    },
  };
}

const instantText = (ms: number): string => Temporal.Instant.fromEpochMilliseconds(ms).toString();

/** Messages as the organisation sees them: of whom and what, and why not. */
async function shownMessages(unit: Unit, messages: readonly Message[], sealing: Sealing) {
  const ids = messages.map(({ bookingId }) => bookingId);
  const [bookings, last] = [await toldOf(unit, messages, sealing), await toldLast(unit, ids)];
  return messages.map((message) => {
    const told = bookings.get(message.bookingId);
    const zone = told?.zone ?? "UTC";
    return {
      id: message.id,
      bookingId: message.bookingId,
      customer: told?.customer?.name ?? null,
      service: told?.booking.terms.service ?? "",
      start: zonedText(message.said?.startMs ?? told?.booking.startMs ?? message.startsMs, zone),
      zone,
      says: saysOf(
        message,
        told === undefined ? null : newsBetween(last.get(message.bookingId)?.said ?? null, factsOf(told)),
      ),
      state: message.state,
      due: instantText(message.dueMs),
      attempts: message.attempts,
      reason: message.reason,
      sentAt: message.sentMs === null ? null : instantText(message.sentMs),
    };
  });
}

/** What waits says what there is to say now; what is done says what it said. */
function saysOf({ minutes, isOffer, isRating, state, said }: Message, news: Says | null): Says | null {
  if (isOffer) return "offer";
  if (isRating) return "rating";
  if (minutes !== null) return "reminder";
  return state === "waiting" ? news : (said?.says ?? null);
}
