import type { Logger } from "pino";
import type { Clock } from "../../platform/clock.ts";
import type { Database, Unit } from "../../platform/db/database.ts";
import type { IdMaker } from "../../platform/ids.ts";
import type { Reconciler } from "../../platform/reconciler.ts";
import {
  askedMs,
  toldBookings,
  toldOffers,
  type Customer,
  type Sealing,
  type ToldBooking,
} from "../bookings/public.ts";
import { listOrganisations, organisationOf, systemContext } from "../identity/public.ts";
import { afterAttempt, retryMs, turnOf, type Question } from "./decide.ts";
import { letterOf, nameToGreet } from "./letter.ts";
import { mimeOf } from "./mime.ts";
import { ATTEMPTS_MAX, isNews, type Facts, type Message, type Outcome, type Said } from "./model.ts";
import { SEND_MS_MAX, type Sender } from "./smtp.ts";
import {
  beginSending,
  endMessage,
  hasLaterNews,
  lockAttempt,
  lockDue,
  markNotSent,
  markSent,
  noteNews,
  organisationsDue,
  sweepMessages,
  toldLast,
} from "./store.ts";

const SEND = "mail.send";
const SWEEP = "mail.sweep";
const SEND_EVERY_MS = 1_000;
const SWEEP_EVERY_MS = 60_000;
const ORGANISATIONS_MAX = 1_000;
/** Messages on their way at once. */
const AT_ONCE = 5;
/** Messages of one organisation before the next has its turn. */
const IN_TURN_MAX = 100;
/** After so long a sender is given up: longer than any dialogue. */
const LEASE_MS = 2 * SEND_MS_MAX;
const SWEPT_AT_ONCE = 500;

/** How it goes with the mail server, as this process has met it. */
export type Trouble = { readonly reason: () => string | null };

export type SendingPorts = {
  readonly database: Database;
  readonly clock: Clock;
  readonly newId: IdMaker;
  readonly sealing: Sealing;
  readonly publicUrl: string;
  readonly log: Logger;
};

/**
 * Sends what is due. A message is marked before its dialogue begins and is settled after it: a process that dies in between leaves
 * one that may have arrived, and the next sends the same under the same Message-ID, which receivers know.
 */
export function mailReconciler(ports: SendingPorts, sender: Sender): Reconciler & Trouble {
  const { database, clock, newId } = ports;
  let failures = 0;
  let quietUntilMs = 0;
  let trouble: string | null = null;
  /** While the server cannot be reached nobody is sent to it, but for one who looks whether it can again. */
  const hear = (outcomes: readonly Outcome[]): boolean => {
    const lost = outcomes.find(({ kind }) => kind === "unreachable");
    if (lost === undefined || !("reason" in lost)) {
      if (outcomes.length > 0) [failures, trouble] = [0, null];
      return true;
    }
    failures++;
    trouble = lost.reason;
    quietUntilMs = clock.nowMs() + retryMs(failures);
    return false;
  };
  const sendOf = async (organisation: number, signal: AbortSignal): Promise<{ sent: number; goOn: boolean }> => {
    let sent = 0;
    for (let left = IN_TURN_MAX; left > 0 && !signal.aborted; left -= AT_ONCE) {
      const most = failures > 0 ? 1 : AT_ONCE;
      const context = systemContext(organisation, SEND, newId);
      const round = await database.inOrganisation(context, (unit) => beginSome(unit, ports, most), { lane: "job" });
      const outcomes = await Promise.all(round.orders.map((order) => post(ports, sender, order, signal)));
      for (const [index, order] of round.orders.entries())
        await database.inOrganisation(context, (unit) => settle(unit, order, outcomes[index]!), { lane: "job" });
      sent += outcomes.filter(({ kind }) => kind === "accepted").length;
      if (!hear(outcomes)) return { sent, goOn: false };
      if (round.seen < most) break;
    }
    return { sent, goOn: true };
  };
  return {
    name: SEND,
    everyMs: SEND_EVERY_MS,
    reason: () => trouble,
    async run(signal) {
      let sent = 0;
      if (clock.nowMs() < quietUntilMs) return { sent };
      for (const organisation of await organisationsDue(database, clock.nowMs(), ORGANISATIONS_MAX)) {
        const done = await sendOf(organisation, signal);
        sent += done.sent;
        if (!done.goOn) break;
      }
      return { sent };
    },
  };
}

type Order = {
  readonly message: Message;
  readonly attempts: number;
  readonly told: ToldBooking & { readonly customer: Customer };
  readonly said: Said;
  readonly before: Facts | null;
  readonly firstId: string | null;
  readonly organisation: string;
};

/** Decides what becomes of some that are due, and marks those that are to be sent. */
async function beginSome(unit: Unit, { sealing }: SendingPorts, most: number) {
  const due = await lockDue(unit, most);
  const ids = due.map(({ bookingId }) => bookingId);
  const [bookings, last] = [await toldOf(unit, due, sealing), await toldLast(unit, ids)];
  const { name } = await organisationOf(unit);
  const orders: Order[] = [];
  for (const message of due) {
    const order = await begin(unit, message, bookings.get(message.bookingId), last.get(message.bookingId));
    if (order !== null) orders.push({ ...order, organisation: name });
  }
  return { orders, seen: due.length };
}

/** What messages tell of: bookings, and offers that stand. */
export async function toldOf(unit: Unit, messages: readonly Message[], sealing: Sealing) {
  const idsOf = (offers: boolean) =>
    messages.flatMap(({ bookingId, isOffer }) => (isOffer === offers ? [bookingId] : []));
  const offers = await toldOffers(unit, idsOf(true), sealing);
  const booked = await toldBookings(unit, [...idsOf(false), ...idsOf(true)], sealing);
  return new Map([...offers, ...booked]);
}

async function begin(
  unit: Unit,
  message: Message,
  told: ToldBooking | undefined,
  last: { readonly said: Said; readonly firstId: string } | undefined,
): Promise<Omit<Order, "organisation"> | null> {
  const customer = told?.customer ?? null;
  const now = told === undefined || customer === null ? null : factsOf(told);
  const zone = told?.zone ?? "UTC";
  const question = told === undefined ? null : questionOf(told);
  const turn = turnOf(message, { told: last?.said ?? null, now, question, zone, nowMs: unit.nowMs });
  if (turn.kind === "replace") {
    await endMessage(unit, message.id, "unknown");
    await noteNews(unit, {
      bookingId: message.bookingId,
      customerId: message.customerId,
      startMs: told!.booking.startMs,
      byCustomer: message.byCustomer,
      changedMs: unit.nowMs,
    });
    return null;
  }
  if (turn.kind !== "say") {
    await endMessage(unit, message.id, turn.kind === "late" ? "late" : "withdrawn");
    return null;
  }
  if (message.attempts >= ATTEMPTS_MAX) {
    await endMessage(unit, message.id, "failed", "It was begun many times and never ended.");
    return null;
  }
  await beginSending(unit, message, turn.said, unit.nowMs + LEASE_MS);
  return {
    message,
    attempts: message.attempts + 1,
    told: { ...told!, customer: customer! },
    said: turn.said,
    before: last?.said ?? null,
    firstId: last?.firstId ?? null,
  };
}

/** The question after the visit of a booking; null where nothing is asked. */
export function questionOf({ booking, isRated }: ToldBooking): Question | null {
  const at = askedMs(booking);
  return at === null ? null : { askedMs: at, isRated };
}

/** What of a booking is worth telling. */
export const factsOf = ({ booking: { state, startMs, endMs, picked, offer } }: ToldBooking): Facts => ({
  state,
  startMs,
  endMs,
  subjectIds: picked.flat().toSorted(),
  ...(offer === null ? {} : { offered: offer.starts }),
});

async function post(ports: SendingPorts, sender: Sender, order: Order, signal: AbortSignal): Promise<Outcome> {
  let mime: Buffer;
  try {
    mime = await write(ports, sender, order);
  } catch (error) {
    ports.log.error({ err: error, message: order.message.id }, "a bug: a message could not be written");
    return { kind: "refused", isFinal: true, reason: "It could not be written." };
  }
  return sender.send(order.told.customer.email, mime, signal);
}

function write({ publicUrl, clock }: SendingPorts, { from }: Sender, order: Order): Promise<Buffer> {
  const { told, said, before, message, organisation } = order;
  const { customer } = told;
  const nowMs = clock.nowMs();
  const { says } = said;
  const letter = letterOf({ told, says, before, byCustomer: message.byCustomer, organisation, from, publicUrl, nowMs });
  return mimeOf(letter, {
    from: { name: organisation, address: from },
    to: { name: nameToGreet(customer.name) ?? "", address: customer.email },
    messageId: messageIdOf(message.id, from),
    firstId: order.firstId === null ? null : messageIdOf(order.firstId, from),
    nowMs,
  });
}

/** Of the message's own id and the domain that sends it (RFC 5322 §3.6.4). */
export const messageIdOf = (id: string, from: string): string => `${id.toLowerCase()}@${from.split("@")[1]!}`;

async function settle(unit: Unit, { message, attempts }: Order, outcome: Outcome): Promise<void> {
  const locked = await lockAttempt(unit, message.id, attempts);
  if (locked === null) return;
  const after = afterAttempt(outcome, attempts, unit.nowMs);
  if (after.state === "sent") return markSent(unit, locked);
  if (isNews(locked) && (await hasLaterNews(unit, locked)))
    return endMessage(unit, message.id, locked.mayBeHere || after.mayBeHere ? "unknown" : "withdrawn");
  await markNotSent(unit, message.id, after);
}

/** Ends what is past and forgets what is long past, whether mail is on or off. */
export function mailSweeper(database: Database, newId: IdMaker): Reconciler {
  return {
    name: SWEEP,
    everyMs: SWEEP_EVERY_MS,
    async run(signal) {
      let swept = 0;
      for (const { id: organisation } of await listOrganisations(database)) {
        const context = systemContext(organisation, SWEEP, newId);
        for (let last = SWEPT_AT_ONCE; last >= SWEPT_AT_ONCE && !signal.aborted;) {
          last = await database.inOrganisation(context, (unit) => sweepMessages(unit, SWEPT_AT_ONCE), { lane: "job" });
          swept += last;
        }
      }
      return { swept };
    },
  };
}
