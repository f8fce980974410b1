import type { Catalogue, OperationInput } from "@hourwright/contract";

/** What a service is, as the contract has it, with every default filled in. */
export type ServiceContents = OperationInput<Catalogue["services.create"]>["body"];

export type Service = ServiceContents & { readonly id: string; readonly version: number };

export type Role = ServiceContents["roles"][number];
export type Question = ServiceContents["questions"][number];

/** How the public pages of an organisation look. */
export type Page = {
  readonly who: string;
  readonly greeting: string;
  readonly hue: number;
  readonly logo: string | null;
  /** Whether who holds a time without an account does a little work first. */
  readonly asksForProof: boolean;
};

export type Customer = { readonly name: string; readonly email: string; readonly phone: string };

/** What was agreed when it was booked: later changes of the service change nothing of it. */
export type Terms = {
  readonly service: string;
  readonly bufferBeforeMinutes: number;
  readonly bufferAfterMinutes: number;
  readonly cancelUntilMinutes: number;
  readonly needsApproval: boolean;
  readonly holdMinutes: number;
  readonly where: ServiceContents["where"];
  readonly policy: string;
  /** Of the service: times that are locked to it are shown in it. */
  readonly zone: string;
  readonly isZoneLocked: boolean;
  /** So long before its start its customer is reminded. */
  readonly reminderMinutes: readonly number[];
  /** The question after the visit; null: none. */
  readonly rating: ServiceContents["rating"];
  /** Calendars that were old when it was held, of those it takes or could have taken: it asks for a yes. Left out: none was. */
  readonly unsure?: readonly Unsure[];
};

/** A calendar elsewhere of somebody, and when it was last known to be as its source has it; null: never yet. */
export type Unsure = {
  readonly subjectId: string;
  readonly calendarId: string;
  readonly calendar: string;
  readonly freshMs: number | null;
};

/** Of what was offered or booked before one could say. */
export const REMINDERS_BY_DEFAULT: readonly number[] = [1_440];

/** `files`: the ids of those that answer a question for files; left out of every other answer. */
export type Answer = { readonly question: string; readonly answer: string; readonly files?: readonly string[] };

/** Whose time is taken, role by role. */
export type Picked = readonly (readonly string[])[];

type Stretch = { readonly startMs: number; readonly endMs: number };

/** Which date of a series a booking is: 1 for the first as it was booked. */
export type OfSeries = { readonly id: string; readonly index: number; readonly count: number };

type Common = Stretch & {
  readonly id: string;
  readonly serviceId: string;
  /** The commitment whose claims take the time: of the first booking of those who share it. */
  readonly sessionId: string;
  readonly places: number;
  readonly picked: Picked;
  readonly candidates: Picked;
  readonly terms: Terms;
  readonly madeMs: number;
  readonly zone: string;
  readonly series: OfSeries | null;
  readonly version: number;
};

/** It waits for its details, and ends by itself. */
export type Held = Common & { readonly state: "held"; readonly expiresMs: number };

/** What a kind of package is, as the contract has it. */
export type KindContents = OperationInput<Catalogue["packageKinds.create"]>["body"];
export type PackageKind = KindContents & { readonly id: string; readonly version: number };

/** A package that a customer has. */
export type OwnPackage = {
  readonly id: string;
  readonly kindId: string;
  readonly name: string;
  readonly serviceIds: readonly string[];
  readonly units: number;
  readonly balance: number;
  readonly customerId: string;
  readonly issuedMs: number;
  readonly expiresMs: number;
  readonly version: number;
};

export type Movement = {
  readonly number: number;
  readonly kind: "issued" | "spent" | "given-back" | "corrected";
  readonly units: number;
  readonly balance: number;
  readonly bookingId: string | null;
  readonly reason: string;
  readonly atMs: number;
};

/** With which package it was booked, and how many units that took. */
export type Paid = { readonly packageId: string; readonly units: number };

/** Times to choose from instead of one's own, which cannot be kept: `awayId` is who or what is away. Half-open: over at `endsMs`. */
export type Offer = { readonly starts: readonly number[]; readonly endsMs: number; readonly awayId: string };

export type Details = {
  readonly customerId: string;
  /** Encrypted, who comes as it was said with the booking; null where it is as the customer is known. */
  readonly given: Buffer | null;
  readonly paid: Paid | null;
  readonly answers: readonly Answer[];
  readonly language: "en" | "de" | "fr" | "es";
  readonly previous: Stretch | null;
  /** Why it was declined or cancelled. It stays written when that is undone, since the log does not hold it (`reasonOf`). */
  readonly reason: string;
  /** Only of what is requested or confirmed. */
  readonly offer: Offer | null;
};

/** It asks for approval; its time is taken meanwhile. */
export type Requested = Common & Details & { readonly state: "requested" };
export type Confirmed = Common & Details & { readonly state: "confirmed" };
/** Somebody of the organisation has said no. Its time is free again. */
export type Declined = Common & Details & { readonly state: "declined" };
export type Cancelled = Common & Details & { readonly state: "cancelled" };
export type NoShow = Common & Details & { readonly state: "no-show" };
export type Completed = Common & Details & { readonly state: "completed" };

export type Booking = Held | Requested | Confirmed | Declined | Cancelled | NoShow | Completed;
export type Booked = Exclude<Booking, Held>;

/** Why it is declined or cancelled; empty for what is not, and where nobody said anything. */
export const reasonOf = (booking: Pick<Booking, "state"> & { readonly reason?: string }): string =>
  takesTime(booking.state) ? "" : (booking.reason ?? "");

/** What takes time: what was given back does not. */
export const takesTime = (state: Booking["state"]): boolean => state !== "declined" && state !== "cancelled";

/** What the log of changes calls them. */
export const SERVICE = "service";
export const BOOKING = "booking";
export const PAGE = "bookingPage";
export const ROUTING = "bookingRouting";
export const PACKAGE_KIND = "packageKind";
export const PACKAGE = "package";
