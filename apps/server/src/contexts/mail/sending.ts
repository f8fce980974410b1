import { asciiAddress } from "@hourwright/contract";
import type { Logger } from "pino";
import type { Clock } from "../../platform/clock.ts";
import type { Database, Unit } from "../../platform/db/database.ts";
import type { IdMaker } from "../../platform/ids.ts";
import type { Reconciler } from "../../platform/reconciler.ts";
import { askedMs, toldBookings, toldOffers, type Sealing, type ToldBooking } from "../bookings/public.ts";
import { listOrganisations, organisationOf, systemContext } from "../identity/public.ts";
import { afterAttempt, retryMs, turnOf, type Question, type Turn } from "./decide.ts";
import { letterOf, nameToGreet, type TellsOf } from "./letter.ts";
import { mimeOf } from "./mime.ts";
import { ATTEMPTS_MAX, isNews, type Facts, type Message, type Outcome, type Said } from "./model.ts";
import { SEND_MS_MAX, type Sender } from "./smtp.ts";
import {
  beginSending,
  endMessage,
  hasLaterNews,
  leaveCarrier,
  lockAttempt,
  lockCarried,
  lockCarriedAttempt,
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

/** One date that a message tells of. */
type Dated = TellsOf & { readonly message: Message; readonly said: Said };

type Order = {
  readonly message: Message;
  readonly attempts: number;
  readonly said: Said;
  /** By time. */
  readonly dates: readonly Dated[];
  readonly firstId: string | null;
  readonly organisation: string;
};

/** Decides what becomes of some that are due, and marks those that are to be sent. */
async function beginSome(unit: Unit, { sealing }: SendingPorts, most: number) {
  const due = await lockDue(unit, most);
  const groups: (readonly Message[])[] = [];
  for (const message of due)
    groups.push([message, ...(message.seriesId !== null && isNews(message) ? await lockCarried(unit, message) : [])]);
  const all = groups.flat();
  const bookings = await toldOf(unit, all, sealing);
  const last = await toldLast(
    unit,
    all.map(({ bookingId }) => bookingId),
  );
  const { name } = await organisationOf(unit);
  const orders: Order[] = [];
  for (const group of groups) {
    const turns = group.map((message): Turned => {
      const told = bookings.get(message.bookingId);
      const before = last.get(message.bookingId);
      return { message, told, last: before, turn: turnNow(unit, message, told, before) };
    });
    const order = await begin(unit, turns);
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

/** A message whose turn it is, with what it would tell. */
type Turned = {
  readonly message: Message;
  readonly told: ToldBooking | undefined;
  readonly last: { readonly said: Said; readonly firstId: string } | undefined;
  readonly turn: Turn;
};

function turnNow(unit: Unit, message: Message, told: ToldBooking | undefined, last: Turned["last"]): Turn {
  const now = told === undefined || told.customer === null ? null : factsOf(told);
  const zone = told?.zone ?? "UTC";
  const question = told === undefined ? null : questionOf(told);
  return turnOf(message, { told: last?.said ?? null, now, question, zone, nowMs: unit.nowMs });
}

/** The first of a group is sent, with what says the same of other dates of its series. */
async function begin(unit: Unit, group: readonly Turned[]): Promise<Omit<Order, "organisation"> | null> {
  const [first] = group as [Turned];
  const { message } = first;
  // It may have arrived, with dates of which it would say something else now: no message says other words under its id.
  if (group.length > 1 && message.mayBeHere && group.some(({ turn }) => turn.kind !== "say")) {
    for (const each of group) await (each.turn.kind === "say" ? tellAnew(unit, each) : end(unit, each));
    return null;
  }
  if (first.turn.kind !== "say") {
    await end(unit, first);
    return null;
  }
  if (message.attempts >= ATTEMPTS_MAX) {
    for (const { message: each } of group)
      await endMessage(unit, each.id, "failed", "It was begun many times and never ended.");
    return null;
  }
  const { said } = first.turn;
  const dates: Dated[] = [];
  for (const each of group) {
    if (each.turn.kind !== "say") await end(unit, each);
    else if (saysAlike(first, each))
      dates.push({
        message: each.message,
        told: { ...each.told!, customer: each.told!.customer! },
        said: each.turn.said,
        before: each.last?.said ?? null,
      });
    else if (each.message.carrier !== null) await leaveCarrier(unit, each.message.id);
  }
  for (const each of dates) {
    const carrier = each.message.id === message.id ? null : message.id;
    await beginSending(unit, each.message, { said: each.said, untilMs: unit.nowMs + LEASE_MS, carrier });
  }
  return {
    message,
    attempts: message.attempts + 1,
    said,
    dates: dates.toSorted((a, b) => a.said.startMs - b.said.startMs),
    firstId: first.last?.firstId ?? null,
  };
}

/** The question after the visit of a booking; null where nothing is asked. */
export function questionOf({ booking, isRated }: ToldBooking): Question | null {
  const at = askedMs(booking);
  return at === null ? null : { askedMs: at, isRated };
}

/** Whether one message can say both. */
const saysAlike = (one: Turned, other: Turned): boolean =>
  one.turn.kind === "say" &&
  other.turn.kind === "say" &&
  one.turn.said.says === other.turn.said.says &&
  one.message.byCustomer === other.message.byCustomer &&
  one.told!.booking.language === other.told!.booking.language;

/** Ends what is not said. */
async function end(unit: Unit, { message, told, turn }: Turned): Promise<void> {
  if (turn.kind === "replace") {
    await endMessage(unit, message.id, "unknown");
    return noteAgain(unit, message, told!.booking.startMs);
  }
  await endMessage(unit, message.id, turn.kind === "late" ? "late" : "withdrawn");
}

/** What still holds is told by another message. */
async function tellAnew(unit: Unit, { message, told }: Pick<Turned, "message" | "told">): Promise<void> {
  await endMessage(unit, message.id, "withdrawn");
  await noteAgain(unit, message, told?.booking.startMs ?? message.startsMs);
}

const noteAgain = (unit: Unit, { bookingId, customerId, seriesId, byCustomer }: Message, startMs: number) =>
  noteNews(unit, { bookingId, customerId, seriesId, startMs, byCustomer, changedMs: unit.nowMs });

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
  return sender.send(addressOf(order), mime, signal);
}

function write({ publicUrl, clock }: SendingPorts, { from }: Sender, order: Order): Promise<Buffer> {
  const { dates, said, message, organisation } = order;
  const { customer } = dates[0]!.told;
  const nowMs = clock.nowMs();
  const { says } = said;
  const letter = letterOf({ dates, says, byCustomer: message.byCustomer, organisation, from, publicUrl, nowMs });
  return mimeOf(letter, {
    from: { name: organisation, address: from },
    to: { name: nameToGreet(customer.name) ?? "", address: addressOf(order) },
    messageId: messageIdOf(message.id, from),
    firstId: order.firstId === null ? null : messageIdOf(order.firstId, from),
    nowMs,
  });
}

/** As mail servers take it: what they typed has any domain. */
const addressOf = ({ dates }: Order): string => {
  const { email } = dates[0]!.told.customer;
  return asciiAddress(email) ?? email;
};

/** Of the message's own id and the domain that sends it (RFC 5322 §3.6.4). */
export const messageIdOf = (id: string, from: string): string => `${id.toLowerCase()}@${from.split("@")[1]!}`;

async function settle(unit: Unit, { message, attempts }: Order, outcome: Outcome): Promise<void> {
  const locked = await lockAttempt(unit, message.id, attempts);
  if (locked === null) return;
  const after = afterAttempt(outcome, attempts, unit.nowMs);
  const all = [locked, ...(await lockCarriedAttempt(unit, message.id))];
  if (after.state === "sent") {
    for (const each of all) await markSent(unit, each);
    return;
  }
  const mayBeHere = locked.mayBeHere || after.mayBeHere;
  const outdated = new Set<string>();
  for (const each of all) if (isNews(each) && (await hasLaterNews(unit, each))) outdated.add(each.id);
  for (const each of all) {
    if (outdated.has(each.id)) await endMessage(unit, each.id, mayBeHere ? "unknown" : "withdrawn");
    else if (outdated.size > 0 && mayBeHere) await tellAnew(unit, { message: each, told: undefined });
    else await markNotSent(unit, each.id, after);
  }
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
