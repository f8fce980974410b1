import type { Reason, SubjectReason } from "./why-not.ts";
import type { Layer, LayerDecision } from "./layers.ts";
import type { Change } from "./relaxation.ts";

/** How names and times are written. `taken` names what takes somebody's time; null when it may not be told. */
export type SlotWords = {
  readonly subject: (subject: number) => string;
  readonly role: (role: number) => string;
  readonly taken: (subject: number, taken: number) => string | null;
  readonly time: (ms: number) => string;
  /** Why somebody is not open, to follow what is said of them: "closed: public holiday in Bavaria (Assumption)". Null where nobody knows. */
  readonly closed?: (subject: number) => string | null;
};

/** A reason as a sentence in English. */
export function reasonSentence(reason: Reason, words: SlotWords): string {
  switch (reason.kind) {
    case "past":
      return "It is past.";
    case "notice":
      return `It takes ${duration(reason.noticeMinutes)} of notice: from ${words.time(reason.earliestMs)} on.`;
    case "window":
      return `It can be booked before ${words.time(reason.endMs)} only.`;
    case "raster":
      return `It begins every ${duration(reason.everyMinutes)} from ${reason.from === "midnight" ? "midnight" : "opening"} on, not then.`;
    case "closed":
      return "The service is closed for a part of that time.";
    case "limit":
      return limitSentence(reason.per, reason.max);
    case "subjects":
      return subjectsSentence(reason, words);
  }
}

function limitSentence(per: "day" | "week" | "customer", max: number): string {
  const bookings = count(max, "booking");
  if (per === "customer") return `You have ${bookings} in these days, which is as many as may be.`;
  return `There may be ${bookings} a ${per}, and there are.`;
}

function subjectsSentence(reason: Reason & { readonly kind: "subjects" }, words: SlotWords): string {
  const roles = reason.roles.map(words.role).join(" and ");
  const needed = `${roles}: ${reason.needed} needed, ${reason.able.length} can.`;
  const each = reason.unable.map(({ subject, why }) => `${words.subject(subject)} ${whyText(subject, why, words)}.`);
  return [needed, ...each].join(" ");
}

function whyText(subject: number, why: readonly SubjectReason[], words: SlotWords): string {
  return why.map((reason) => subjectText(subject, reason, words)).join(", and ");
}

function subjectText(subject: number, reason: SubjectReason, words: SlotWords): string {
  const taking = "taken" in reason ? (words.taken(subject, reason.taken) ?? "something else") : "";
  switch (reason.kind) {
    case "closed":
      return `is not open for all of that time${closedText(subject, words)}`;
    case "taken":
      return `is taken by ${taking}`;
    case "buffer":
      return `has ${duration(reason.missingMinutes)} too little beside ${taking}`;
    case "way":
      return `has ${duration(reason.missingMinutes)} too little for the way beside ${taking}`;
    case "rule":
      return `may not: ${reason.sentence.replace(/\.$/, "")}`;
  }
}

function closedText(subject: number, { closed }: SlotWords): string {
  const why = closed?.(subject) ?? null;
  return why === null ? "" : ` – ${why}`;
}

/** A change as what it would take, to follow "It would do if" or to stand in a list. */
export function changeText(change: Change, words: SlotWords): string {
  switch (change.kind) {
    case "notice":
      return `the notice were ${duration(change.minutes)}`;
    case "window":
      if (change.bookable?.kind === "days") return `bookings were possible ${count(change.bookable.days, "day")} ahead`;
      return change.bookable === null
        ? "bookings had no end"
        : `bookings were possible until ${words.time(change.bookable.endMs)}`;
    case "raster":
      return `it began every ${duration(change.everyMinutes)} from ${change.from === "midnight" ? "midnight" : "opening"} on`;
    case "hours":
      return `the service were open from ${words.time(change.startMs)} to ${words.time(change.endMs)}`;
    case "limit":
      return change.per === "customer"
        ? `you might have ${count(change.max, "booking")} in these days`
        : `there might be ${count(change.max, "booking")} a ${change.per}`;
    case "buffer":
      return `the buffers were ${duration(change.beforeMinutes)} before and ${duration(change.afterMinutes)} after`;
    case "open":
      return `${words.subject(change.subject)} were open from ${words.time(change.startMs)} to ${words.time(change.endMs)}`;
    case "guard":
      return `${words.taken(change.subject, change.taken) ?? "what else takes the time"} of ${words.subject(change.subject)} had no buffer`;
    case "free":
      return `${words.subject(change.subject)} were free of ${words.taken(change.subject, change.taken) ?? "what else takes the time"}`;
    case "rule":
      return `for ${words.subject(change.subject)}: ${change.relaxation}`;
  }
}

/** Why something is open or closed then, as a sentence in English. */
export function layerSentence(layers: readonly Layer[], { isOpen, layer: index }: LayerDecision): string {
  const state = isOpen ? "Open" : "Closed";
  const layer = index === null ? undefined : layers[index];
  if (layer === undefined) return `${state}: nobody has said that it is open.`;
  if (layer.kind === "holiday" && layer.region !== null)
    return `${state}: public holiday in ${layer.region} (${layer.name}).`;
  if (layer.kind === "holiday") return `${state}: ${layer.name}.`;
  if (layer.kind === "weekly" && !isOpen) return `${state}: outside of ${layer.reason}.`;
  return `${state}: ${layer.reason}.`;
}

function duration(minutes: number): string {
  if (minutes > 0 && minutes % 1_440 === 0) return count(minutes / 1_440, "day");
  if (minutes > 0 && minutes % 60 === 0) return count(minutes / 60, "hour");
  return count(minutes, "minute");
}

function count(number: number, noun: string): string {
  return `${number} ${noun}${number === 1 ? "" : "s"}`;
}
