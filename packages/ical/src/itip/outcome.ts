// What a received message comes to, and what every kind of message is asked first.

import type { Component } from "../tree.ts";
import type { SchedulingMethod, SchedulingMessage } from "./message.ts";
import type { Scheduled } from "./scheduled.ts";

/** Why a message changed nothing. Added, never renamed. */
export type IgnoredReason =
  | "malformed"
  | "no-method"
  | "unsupported"
  | "other-object"
  | "unknown-object"
  | "unknown-occurrence"
  | "outdated"
  | "unchanged"
  | "own-object"
  | "no-organizer"
  | "other-organizer"
  | "not-organizer"
  | "not-invited"
  | "not-attendee"
  | "not-for-this-user"
  | "sender-mismatch"
  | "no-start"
  | "too-large";

export type Ignored = { readonly kind: "ignored"; readonly reason: IgnoredReason; readonly message: string };

/**
 * What a message does. *changed*: `calendar` is to be stored. *asked*: a REFRESH, with what answers it. *proposed*: a
 * COUNTER, about which the organizer decides. *told*: a DECLINECOUNTER, for the user to read. *ignored*: nothing.
 */
export type MessageOutcome =
  | {
      readonly kind: "changed";
      readonly method: SchedulingMethod;
      /** Who speaks: the organizer's address, or the attendee's who replied. */
      readonly from: string;
      /** Who sent it, when that is not who speaks: one who may (SENT-BY), or who passes his place on. */
      readonly sentBy: string | null;
      readonly calendar: Component;
    }
  | { readonly kind: "asked"; readonly from: string; readonly messages: readonly SchedulingMessage[] }
  | { readonly kind: "proposed"; readonly from: string; readonly proposal: Component }
  | { readonly kind: "told"; readonly method: SchedulingMethod; readonly from: string; readonly comment: string }
  | Ignored;

export type MessageReceipt = {
  /** The VCALENDAR that came in, with its METHOD. */
  readonly message: Component;
  /** The VCALENDAR of that UID in the user's calendar; null when there is none. */
  readonly stored: Component | null;
  /** All addresses of the user whose calendar it is, with or without `mailto:`. */
  readonly addresses: readonly string[];
  /**
   * Who really sent it, as far as the transport has made sure (RFC 5546 §6.1.1): with it, nobody speaks for another.
   * Without it, only what the message says of itself is checked.
   */
  readonly sender?: string;
  /** What becomes of the reply of somebody who was not invited: refused (default), or he is added as an attendee. */
  readonly uninvited?: "refuse" | "add";
  /** Becomes DTSTAMP of what answers a REFRESH. */
  readonly nowMs: number;
};

/** A message that has been read, with what is stored under its UID. */
export type Received = {
  readonly method: SchedulingMethod;
  readonly message: Scheduled;
  readonly stored: Scheduled | null;
  readonly own: ReadonlySet<string>;
  /** As `Party.address`; null when nobody has made sure. */
  readonly sender: string | null;
  readonly uninvited: "refuse" | "add";
  readonly nowMs: number;
};

export function ignore(reason: IgnoredReason, message: string): Ignored {
  return { kind: "ignored", reason, message };
}

/** Whether the first of two revisions is older (RFC 5546 §2.1.5): SEQUENCE counts, then DTSTAMP where both have one. */
export function isOlder(one: Revised, other: Revised): boolean {
  if (one.sequence !== other.sequence) return one.sequence < other.sequence;
  return one.stampMs !== null && other.stampMs !== null && one.stampMs < other.stampMs;
}

type Revised = { readonly sequence: number; readonly stampMs: number | null };

export const OUTDATED = ignore("outdated", "The message is older than what the calendar knows.");
export const UNKNOWN_OBJECT = ignore("unknown-object", "The calendar has nothing under this UID.");
export const UNKNOWN_OCCURRENCE = ignore("unknown-occurrence", "There is no such occurrence.");
