import { refuseBooking, type BookingDeed, type Refused } from "@hourwright/contract";
import { MINUTE_MS } from "@hourwright/time";
import type {
  Answer,
  Booked,
  Booking,
  Cancelled,
  Completed,
  Confirmed,
  Declined,
  Details,
  Held,
  NoShow,
  Offer,
  Requested,
  ServiceContents,
  Terms,
  Unsure,
} from "./model.ts";

// Pure: what may become of a booking, one function for each thing that can be done to it.

type WrongState = Refused<"bookings/wrong-state">;
type TooLate = Refused<"bookings/too-late">;

/** Half-open, in this one place: at the instant at which it ends a hold is over. */
export const isOver = (hold: Pick<Held, "expiresMs">, nowMs: number): boolean => nowMs >= hold.expiresMs;

/** What is held becomes what is booked, or what asks for approval. */
export function book(
  hold: Held,
  details: Omit<Details, "previous" | "offer" | "reason">,
  nowMs: number,
): Requested | Confirmed | Refused<"bookings/hold-over"> {
  if (isOver(hold, nowMs)) return holdOver;
  const { state: _, expiresMs: __, ...common } = hold;
  const booked = { ...common, ...details, previous: null, offer: null, reason: "", version: hold.version + 1 };
  return needsYes(booked) ? { ...booked, state: "requested" } : { ...booked, state: "confirmed" };
}

/** Calendars that were old when it was held, of those whom it takes. */
export const unsureOf = ({ terms, picked }: Pick<Booking, "terms" | "picked">): readonly Unsure[] =>
  (terms.unsure ?? []).filter(({ subjectId }) => picked.flat().includes(subjectId));

/** Whether somebody has to say yes to it: as its service would have it, or because nobody knows whether the time is free. */
export const needsYes = (booking: Pick<Booking, "terms" | "picked">): boolean =>
  booking.terms.needsApproval || unsureOf(booking).length > 0;

/** Held as long again, once: the second time it stays as it is. */
export function prolong(hold: Held, nowMs: number): Held | Refused<"bookings/hold-over"> {
  if (isOver(hold, nowMs)) return holdOver;
  const lengthMs = hold.terms.holdMinutes * MINUTE_MS;
  if (hold.expiresMs > hold.madeMs + lengthMs) return hold;
  return { ...hold, expiresMs: hold.expiresMs + lengthMs, version: hold.version + 1 };
}

export const holdOver = refuseBooking("hold-over", "over", {});

export function approve(booking: Booking): Confirmed | WrongState {
  if (booking.state !== "requested") return wrongState(booking, "approved");
  return { ...booking, state: "confirmed", version: booking.version + 1 };
}

export function decline(booking: Booking, reason: string): Declined | WrongState {
  if (booking.state !== "requested") return wrongState(booking, "declined");
  return { ...booking, state: "declined", reason, offer: null, version: booking.version + 1 };
}

/** Until when its customer may move or cancel it. */
export const changeUntilMs = ({ startMs, terms }: Pick<Booking, "startMs" | "terms">): number =>
  startMs - terms.cancelUntilMinutes * MINUTE_MS;

/** Whether it may still be moved or cancelled: by its customer until the time agreed, by the organisation until it is over. */
export function mayChange(booking: Booking, by: "customer" | "organisation", nowMs: number): boolean {
  if (booking.state !== "requested" && booking.state !== "confirmed") return false;
  // Who has to choose another time anyway may also cancel, however late.
  const untilMs = Math.max(changeUntilMs(booking), openOffer(booking, nowMs)?.endsMs ?? 0);
  return nowMs < (by === "customer" ? untilMs : booking.endMs);
}

export function cancel(
  booking: Booking,
  { by, reason, nowMs }: { readonly by: "customer" | "organisation"; readonly reason: string; readonly nowMs: number },
): Cancelled | WrongState | TooLate {
  if (booking.state !== "requested" && booking.state !== "confirmed") return wrongState(booking, "cancelled");
  if (!mayChange(booking, by, nowMs)) return tooLate(by);
  return { ...booking, state: "cancelled", reason, offer: null, version: booking.version + 1 };
}

/** To another time, taken by whom `to` says; where it was stays written. */
export function reschedule(
  booking: Booking,
  { unsure, ...to }: Pick<Booking, "startMs" | "endMs" | "picked" | "candidates" | "sessionId"> & Pick<Terms, "unsure">,
  { by, nowMs }: { readonly by: "customer" | "organisation"; readonly nowMs: number },
): Requested | Confirmed | WrongState | TooLate {
  if (booking.state !== "requested" && booking.state !== "confirmed") return wrongState(booking, "moved");
  if (!mayChange(booking, by, nowMs)) return tooLate(by);
  const previous = { startMs: booking.startMs, endMs: booking.endMs };
  // Whoever moves what was approved asks again: the time was part of the yes. The organisation says yes by moving it.
  const terms = unsure === undefined ? booking.terms : { ...booking.terms, unsure };
  const needs = needsYes({ terms, picked: to.picked });
  const state = by === "customer" && needs ? ("requested" as const) : booking.state;
  return { ...booking, ...to, terms, previous, state, offer: null, version: booking.version + 1 };
}

/** At the same time, with somebody or something else. What was offered before is offered no more. */
export function standIn(booking: Requested | Confirmed, picked: Booked["picked"]): Requested | Confirmed {
  return { ...booking, picked, offer: null, version: booking.version + 1 };
}

/** Beside its own time, which cannot be kept, others to choose from; it stays as it is until its customer chooses. */
export function offerTimes(
  booking: Requested | Confirmed,
  { starts, awayId, nowMs }: { readonly starts: readonly number[]; readonly awayId: string; readonly nowMs: number },
): Requested | Confirmed {
  const offer = { starts, awayId, endsMs: offerEndsMs(booking.startMs, nowMs) };
  return { ...booking, offer, version: booking.version + 1 };
}

/** An hour before it starts, so that somebody can still be called; of what is sooner than two hours, half of what is left. */
export const offerEndsMs = (startMs: number, nowMs: number): number =>
  startMs - Math.floor(Math.min(HOUR_MS, (startMs - nowMs) / 2));

const HOUR_MS = 60 * MINUTE_MS;

/** The offer that its customer may still choose from; null where there is none, or it is over. */
export const openOffer = (booking: Booking, nowMs: number): Offer | null =>
  (booking.state === "requested" || booking.state === "confirmed") &&
  booking.offer !== null &&
  nowMs < booking.offer.endsMs
    ? booking.offer
    : null;

export function markNoShow(booking: Booking, nowMs: number): NoShow | WrongState {
  if (booking.state !== "confirmed" && booking.state !== "completed") return wrongState(booking, "marked");
  if (nowMs < booking.startMs) return notYet;
  return { ...booking, state: "no-show", offer: null, version: booking.version + 1 };
}

export function complete(booking: Booking, nowMs: number): Completed | WrongState {
  if (booking.state !== "confirmed" && booking.state !== "no-show") return wrongState(booking, "completed");
  if (nowMs < booking.startMs) return notYet;
  return { ...booking, state: "completed", offer: null, version: booking.version + 1 };
}

const notYet = refuseBooking("wrong-state", "early", {});

const wrongState = (booking: Booking, deed: BookingDeed): WrongState =>
  refuseBooking("wrong-state", "state", { state: booking.state, deed });

const tooLate = (by: "customer" | "organisation"): TooLate => refuseBooking("too-late", by, {});

/** The ids of files that were sent, by the questions' ids. */
export type SentFiles = ReadonlyMap<string, readonly string[]>;
export const NOTHING_SENT: SentFiles = new Map();

/** The answers to a service's questions, with the questions as they were asked; or what is missing or wrong, by the questions' ids. */
export function answersTo(
  questions: ServiceContents["questions"],
  given: Readonly<Record<string, string>>,
  sent: SentFiles = NOTHING_SENT,
): readonly Answer[] | Refused<"bookings/details-invalid"> {
  const wrong = questions.flatMap((question) => {
    const why = whyWrong(question, (given[question.id] ?? "").trim(), sent.get(question.id) ?? []);
    return why === null ? [] : [{ field: question.id, why }];
  });
  const known = new Set(questions.map(({ id }) => id));
  for (const id of Object.keys(given)) if (!known.has(id)) wrong.push({ field: id, why: "Nobody asks this." });
  if (wrong.length > 0) return refuseBooking("details-invalid", "fields", { said: wrong[0]!.why }, { fields: wrong });
  return questions.flatMap(({ id, label, kind }) => {
    const files = sent.get(id) ?? [];
    if (kind === "file") return files.length === 0 ? [] : [{ question: label, answer: "", files }];
    const answer = (given[id] ?? "").trim();
    return answer === "" ? [] : [{ question: label, answer: kind === "consent" ? "yes" : answer }];
  });
}

/** The words of what somebody agrees to by their answers. */
export const agreedTo = (
  questions: ServiceContents["questions"],
  given: Readonly<Record<string, string>>,
): readonly string[] =>
  questions.flatMap(({ id, kind, label }) => (kind === "consent" && (given[id] ?? "").trim() === "yes" ? [label] : []));

function whyWrong(
  { kind, label, isRequired, options }: ServiceContents["questions"][number],
  answer: string,
  files: readonly string[],
): string | null {
  if (kind === "file" && answer !== "") return `“${label}” is sent as a file to what is held, not as text.`;
  if (kind === "file" && files.length > 0) return null;
  if (answer === "") return isRequired ? `“${label}” is wanted.` : null;
  if (kind === "choice" && !options.includes(answer)) return `“${label}” is one of: ${options.join(", ")}.`;
  if (kind === "consent" && answer !== "yes") return `“${label}” is agreed to, or left out.`;
  return null;
}

/** Why a service cannot be offered as it is; null when it can. `known`: the subjects that are here. */
export function whyInvalid(
  service: ServiceContents,
  known: ReadonlySet<string>,
): Refused<"bookings/service-invalid"> | null {
  for (const { name, anyOf, count, weights } of service.roles) {
    const here = new Set(anyOf.filter((id) => known.has(id)));
    if (here.size < new Set(anyOf).size) return refuseBooking("service-invalid", "role-gone", { role: name });
    if (here.size < count) return refuseBooking("service-invalid", "role-few", { role: name, count, here: here.size });
    if (Object.keys(weights).some((id) => !here.has(id)))
      return refuseBooking("service-invalid", "weight", { role: name });
  }
  for (const { kind, label, options, file } of service.questions) {
    if ((kind === "choice") !== options.length > 0)
      return refuseBooking("service-invalid", "options", { question: label });
    if ((kind === "file") !== (file !== null)) return refuseBooking("service-invalid", "files", { question: label });
  }
  if (new Set(service.lengths).size < service.lengths.length)
    return refuseBooking("service-invalid", "length-twice", {});
  if (service.places > 1 && service.roles.some(({ assign }) => assign === "customer"))
    return refuseBooking("service-invalid", "chosen-together", {});
  return null;
}

/** Why a wish is none that the service can ever fulfil, at whatever time; null when it can. */
export function whyUnfit(
  { places, roles }: Pick<ServiceContents, "places" | "roles">,
  wish: { readonly places: number; readonly choose: readonly string[] },
): Refused<"bookings/not-offered"> | null {
  if (wish.places > places) return refuseBooking("not-offered", "places", { places });
  const choices = new Set(roles.flatMap(({ assign, anyOf }) => (assign === "customer" ? anyOf : [])));
  return wish.choose.every((id) => choices.has(id)) ? null : refuseBooking("not-offered", "choice", {});
}

export const isBooked = (booking: Booking): booking is Booked => booking.state !== "held";
