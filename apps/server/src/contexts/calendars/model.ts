import type { OverlapPolicy } from "../claims/pure.ts";

export type Access = "none" | "busy" | "read" | "write" | "own";
/** Of one event, in the words of RFC 8984 §4.4.3. */
export type Privacy = "public" | "private" | "secret";
export type Sharing = "private" | "busy" | "read" | "write";
export type Category = "programme" | "fixture" | "booking" | "leave" | "admin" | "facility";

export type Calendar = {
  readonly id: string;
  readonly name: string;
  /** A hue in degrees. */
  readonly colour: number;
  readonly category: Category | null;
  /** Whose time its events take; null for a calendar of the organisation. */
  readonly ownerSubjectId: string | null;
  readonly zone: string;
  readonly policy: OverlapPolicy;
  readonly sharing: Sharing;
  /** Its events come from an address, and are written by nobody here. */
  readonly fed: boolean;
  readonly version: number;
};

/** One calendar object as it is stored. */
export type StoredObject = {
  readonly id: string;
  readonly calendarId: string;
  readonly name: string;
  readonly uid: string;
  readonly kind: "VEVENT" | "VTODO" | "VJOURNAL";
  readonly bytes: Uint8Array;
  readonly version: number;
  readonly floatingZone: string | null;
};

const rank: Readonly<Record<Access, number>> = { none: 0, busy: 1, read: 2, write: 3, own: 4 };

/** Whether `access` reaches as far as `needed`. */
export const reaches = (access: Access, needed: Access): boolean => rank[access] >= rank[needed];

/** Whether events of a calendar may be written by whoever has this access. */
export const mayWriteInto = ({ access, fed }: { readonly access: Access; readonly fed: boolean }): boolean =>
  !fed && reaches(access, "write");

/** Whether a subject is a room, a vehicle or a piece of equipment: its id says so. */
export const isThing = (subjectId: string): boolean => subjectId.startsWith("res_");

/** One event with all its overrides, as iCalendar text: larger ones are nobody's calendar, and slow for everybody. */
export const EVENT_BYTES_MAX = 1_048_576;

/** Occurrences are derived from so long ago until so far ahead; what lies outside is expanded when asked for. */
export const DERIVED_MONTHS_BACK = 25;
export const DERIVED_MONTHS_AHEAD = 24;

/** An address of one of our own subjects that has no mail address: rooms, vehicles. A URI, as RFC 5545 §3.3.3 asks. */
export const subjectAddress = (subjectId: string): string => `urn:x-hourwright:${subjectId}`;
export const subjectOfAddress = (address: string): string | null =>
  /^urn:x-hourwright:([a-z]{3}_[0-9A-Z]{26})$/i.exec(address)?.[1] ?? null;
