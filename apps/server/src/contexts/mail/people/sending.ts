import { asciiAddress } from "@hourwright/contract";
import type { Logger } from "pino";
import type { Consumer } from "../../../platform/changes/relay.ts";
import type { Clock } from "../../../platform/clock.ts";
import type { Database, Unit } from "../../../platform/db/database.ts";
import type { IdMaker } from "../../../platform/ids.ts";
import type { Reconciler } from "../../../platform/reconciler.ts";
import { isStillAsked } from "../../approvals/public.ts";
import { organisationOf, subjectsById, systemContext } from "../../identity/public.ts";
import { noticesToMail, type MailedNotice } from "../../notifications/public.ts";
import { isOpenFor, type AskedLinks } from "../../workforce/public.ts";
import { afterAttempt, retryMs } from "../decide.ts";
import { mimeOf } from "../mime.ts";
import { ATTEMPTS_MAX, type Outcome } from "../model.ts";
import { messageIdOf } from "../sending.ts";
import { SEND_MS_MAX, type Sender } from "../smtp.ts";
import { noticeLetter } from "./letter.ts";
import {
  beginNotices,
  endNotice,
  isLate,
  noteNotices,
  organisationsWithNotices,
  settleNotice,
  sweepNotices,
  type NoticeMessage,
} from "./store.ts";

const SEND = "mail.notices";
const EVERY_MS = 1_000;
const ORGANISATIONS_MAX = 1_000;
/** Messages on their way at once. */
const AT_ONCE = 5;
/** Messages of one organisation before the next has its turn. */
const IN_TURN_MAX = 100;
/** After so long a sender is given up: longer than any dialogue. */
const LEASE_MS = 2 * SEND_MS_MAX;
const SWEPT_AT_ONCE = 500;
/** What was told longer ago is not mailed: mail was off, and is read for the first time. */
const TOLD_LATE_MS = 3_600_000;

export type PeopleMailPorts = {
  readonly database: Database;
  readonly clock: Clock;
  readonly newId: IdMaker;
  readonly links: AskedLinks;
  readonly publicUrl: string;
  readonly log: Logger;
};

/** Notes the notices that their people read by mail as well, once they were told. */
export function noticeMailConsumer(database: Database): Consumer {
  return {
    name: "mail.notices",
    async take(changes, context) {
      const told = changes.filter(({ thing, kind }) => thing.type === "notice" && kind === "created");
      if (told.length === 0) return;
      const note = async (unit: Unit) => {
        const late = (atMs: number) => unit.nowMs - atMs > TOLD_LATE_MS;
        const ids = told.flatMap(({ thing, at }) => (late(at.epochMilliseconds) ? [] : [thing.id]));
        await noteNotices(unit, await noticesToMail(unit, ids));
      };
      await database.inOrganisation(context, note, { lane: "job" });
    },
  };
}

/**
 * Sends them: what it reads is worked out then, so that what is read, answered or over meanwhile is not mailed. One that may have
 * arrived goes out again under the same Message-ID, which receivers know.
 */
export function noticeMailReconciler(ports: PeopleMailPorts, sender: Sender): Reconciler {
  const { database, clock, newId } = ports;
  let failures = 0;
  let quietUntilMs = 0;
  return {
    name: SEND,
    everyMs: EVERY_MS,
    async run(signal) {
      let sent = 0;
      if (clock.nowMs() < quietUntilMs) return { sent };
      for (const organisation of await organisationsWithNotices(database, clock.nowMs(), ORGANISATIONS_MAX)) {
        const inUnit = <T>(work: (unit: Unit) => Promise<T>) =>
          database.inOrganisation(systemContext(organisation, SEND, newId), work, { lane: "job" });
        for (let left = IN_TURN_MAX; left > 0 && !signal.aborted; left -= AT_ONCE) {
          const { orders, seen } = await inUnit((unit) => beginSome(unit, ports));
          const outcomes = await Promise.all(orders.map((order) => post(ports, sender, order, signal)));
          await inUnit(async (unit) => {
            for (const [i, { message }] of orders.entries())
              await settleNotice(unit, message, afterAttempt(outcomes[i]!, message.attempts, unit.nowMs));
          });
          sent += outcomes.filter(({ kind }) => kind === "accepted").length;
          if (outcomes.some(({ kind }) => kind === "unreachable")) {
            quietUntilMs = clock.nowMs() + retryMs(++failures);
            return { sent };
          }
          if (outcomes.length > 0) failures = 0;
          if (seen < AT_ONCE) break;
        }
        await inUnit((unit) => sweepNotices(unit, SWEPT_AT_ONCE));
      }
      return { sent };
    },
  };
}

type Order = {
  readonly message: NoticeMessage;
  readonly notice: MailedNotice;
  readonly person: { readonly name: string; readonly email: string; readonly zone: string };
  readonly organisation: string;
  readonly path: string;
  readonly isPersonal: boolean;
};

/** Marks those that are to be sent, and ends what there is nothing left to say of. */
async function beginSome(unit: Unit, { links }: PeopleMailPorts) {
  const messages = await beginNotices(unit, AT_ONCE, unit.nowMs + LEASE_MS);
  const found = await noticesToMail(
    unit,
    messages.map(({ noticeId }) => noticeId),
  );
  const notices = new Map(found.map((each) => [each.id, each]));
  const people = new Map(
    (
      await subjectsById(
        unit,
        messages.map(({ personId }) => personId),
      )
    ).map((each) => [each.id, each]),
  );
  const { name: organisation } = await organisationOf(unit);
  const orders: Order[] = [];
  for (const message of messages) {
    const notice = notices.get(message.noticeId);
    const person = people.get(message.personId);
    const email = person?.email ?? null;
    if (isLate(message, unit.nowMs) || message.attempts > ATTEMPTS_MAX) await endNotice(unit, message.id, "late");
    else if (
      notice === undefined ||
      person === undefined ||
      person.retired ||
      email === null ||
      notice.isRead ||
      !(await isStillNews(unit, notice))
    )
      await endNotice(unit, message.id, "withdrawn");
    else orders.push({ message, notice, person: { ...person, email }, organisation, ...placeOf(unit, links, notice) });
  }
  return { orders, seen: messages.length };
}

/** What asks somebody is mailed while it does. */
function isStillNews(unit: Unit, { kind, eventId, personId }: MailedNotice): Promise<boolean> {
  if (kind === "cover" || kind === "swap") return isOpenFor(unit, kind, eventId, personId);
  return kind === "approval" ? isStillAsked(unit, eventId, personId) : Promise.resolve(true);
}

/** Where the link of a message leads: to the page on which one answers without signing in, or into the app. */
function placeOf(unit: Unit, links: AskedLinks, { kind, eventId, personId, language }: MailedNotice) {
  if (kind === "cover" || kind === "swap") {
    const token = links.tokenOf(unit.organisation, kind, eventId, personId);
    return { path: `/c/${token}?lang=${language}`, isPersonal: true };
  }
  if (kind === "approval") return { path: "/approvals/decide", isPersonal: false };
  return { path: kind.startsWith("approval") ? "/approvals/asked" : "/", isPersonal: false };
}

async function post(ports: PeopleMailPorts, sender: Sender, order: Order, signal: AbortSignal): Promise<Outcome> {
  const { message, notice, person, organisation, path, isPersonal } = order;
  const address = asciiAddress(person.email) ?? person.email;
  try {
    const letter = noticeLetter({ notice, person, organisation, link: `${ports.publicUrl}${path}`, isPersonal });
    const mime = await mimeOf(letter, {
      from: { name: organisation, address: sender.from },
      to: { name: person.name, address },
      messageId: messageIdOf(message.id, sender.from),
      firstId: null,
      nowMs: ports.clock.nowMs(),
    });
    return await sender.send(address, mime, signal);
  } catch (error) {
    ports.log.error({ err: error, message: message.id }, "a bug: a notice could not be written");
    return { kind: "refused", isFinal: true, reason: "It could not be written." };
  }
}
