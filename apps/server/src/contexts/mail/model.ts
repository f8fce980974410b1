import type { Booking } from "../bookings/public.ts";

/** How long news waits, so that undo takes it back, and so that what is changed twice is told once. */
export const NEWS_WAIT_MS = 10_000;

/** News that waited longer is told to nobody: mail was off, or its server could not be reached. */
export const NEWS_LATE_MS = 172_800_000;

/** Attempts to hand a message over. With the waits between them: some five hours. */
export const ATTEMPTS_MAX = 12;
export const RETRY_MS = 30_000;
export const RETRY_MS_MAX = 3_600_000;

/** Messages to one address in an hour: who books under the address of another fills no box. */
export const CUSTOMER_MESSAGES_AN_HOUR = 20;

/** What may be known of a booking to its customer, as far as a change of it is worth a message. */
export type Facts = {
  readonly state: Booking["state"];
  readonly startMs: number;
  readonly endMs: number;
  /** Whose time it takes, in order. */
  readonly subjectIds: readonly string[];
  /** Starts offered instead of its own, which cannot be kept; none of what was told before there were any. */
  readonly offered?: readonly number[];
};

/** What news says. */
export type News =
  | "requested"
  | "confirmed"
  | "approved"
  | "declined"
  | "moved"
  | "changed"
  | "offered"
  | "kept"
  | "cancelled";
export type Says = News | "reminder" | "offer" | "rating";

/** What a message told, or would have. */
export type Said = Facts & { readonly says: Says };

export type MessageState = "waiting" | "sending" | "sent" | "unknown" | "failed" | "withdrawn" | "late";

/** One message of a booking. What it says is worked out when it is sent, from what was told before and what is. */
export type Message = {
  readonly id: string;
  readonly bookingId: string;
  readonly customerId: string;
  /** Of a date of a series: what is told of its dates at once is one message. */
  readonly seriesId: string | null;
  /** The message that tells of this as well; null of what is sent itself. */
  readonly carrier: string | null;
  readonly state: MessageState;
  /** What is offered to somebody who waits; its booking is the hold of the offer. */
  readonly isOffer: boolean;
  /** Whether it asks how the visit was. */
  readonly isRating: boolean;
  /** Null of news, offers and questions; of a reminder, how long before the start. */
  readonly minutes: number | null;
  readonly byCustomer: boolean;
  readonly startsMs: number;
  readonly madeMs: number;
  readonly dueMs: number;
  readonly attempts: number;
  readonly said: Said | null;
  readonly mayBeHere: boolean;
  readonly reason: string;
  readonly sentMs: number | null;
};

/** How an attempt ended. */
export type Outcome =
  | { readonly kind: "accepted" }
  /** `isFinal`: the server says that it will never take it. */
  | { readonly kind: "refused"; readonly isFinal: boolean; readonly reason: string }
  /** Nothing was handed over: no connection, no encryption, or a wrong password. */
  | { readonly kind: "unreachable"; readonly reason: string }
  /** It was handed over and nobody answered: it may have arrived. */
  | { readonly kind: "unanswered"; readonly reason: string };

/** What tells what became of a booking: it is compared with what was told before. */
export const isNews = ({ minutes, isOffer, isRating }: Pick<Message, "minutes" | "isOffer" | "isRating">): boolean =>
  minutes === null && !isOffer && !isRating;
