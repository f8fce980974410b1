// Who takes part: ORGANIZER and ATTENDEE lines as scheduling reads them, and how their parameters are changed.

import { parseBasicTime, printBasicTime } from "@hourwright/time";
import { newProperty, parametersOf, rawValue, readText, type Parameter } from "../content-line.ts";
import { addressOf } from "../event-view.ts";
import type { Property } from "../tree.ts";

/** An ORGANIZER or ATTENDEE line. */
export type Party = {
  readonly line: Property;
  /** A mail address in lower case, else the calendar address as it stands [EV6]: what people are told apart by. */
  readonly address: string;
  /** CN. */
  readonly name: string | null;
  /** PARTSTAT in upper case; NEEDS-ACTION when it is missing. */
  readonly participation: string;
  /** Who sends the messages (RFC 6638 §7.1); what is unknown is nobody's business here. */
  readonly agent: "SERVER" | "CLIENT" | "NONE";
  /** SCHEDULE-FORCE-SEND: the method to be sent although nothing changed (RFC 6638 §7.2). */
  readonly forceSend: string | null;
  /** Addresses: who may speak for this one, whom it passed its place to, and from whom it has it. */
  readonly sentBy: string | null;
  readonly delegatedTo: readonly string[];
  readonly delegatedFrom: readonly string[];
  /** DTSTAMP of the last reply that was applied here. */
  readonly repliedMs: number | null;
};

/**
 * The parameter under which an organizer's copy remembers the DTSTAMP of an attendee's last reply, so that older ones
 * that come later are known to be old (RFC 5546 §2.1.5 asks to keep it). It never leaves with a message.
 */
export const REPLIED = "X-HOURWRIGHT-REPLIED";

/**
 * The parameter by which an EXDATE says that the attendee took the occurrence out himself, and at which SEQUENCE: the
 * organizer's messages know nothing of it before they answer his reply. It never leaves with a message.
 */
export const DECLINED = "X-HOURWRIGHT-DECLINED";

export function readParty(line: Property): Party {
  const parameters = new Map<string, readonly string[]>();
  for (const { name, values } of parametersOf(line)) if (!parameters.has(name)) parameters.set(name, values);
  const word = (name: string) => parameters.get(name)?.[0]?.trim().toUpperCase() || null;
  const addresses = (name: string) =>
    (parameters.get(name) ?? []).map((value) => userAddress(value)).filter((address) => address !== "");
  const agent = word("SCHEDULE-AGENT") ?? "SERVER";
  const replied = parseBasicTime(word(REPLIED) ?? "");
  return {
    line,
    address: addressOf(readText(rawValue(line)).trim(), parameters.get("EMAIL")?.[0] ?? null),
    name: readText(parameters.get("CN")?.[0] ?? "").trim() || null,
    participation: word("PARTSTAT") ?? "NEEDS-ACTION",
    agent: agent === "SERVER" || agent === "CLIENT" ? agent : "NONE",
    forceSend: word("SCHEDULE-FORCE-SEND"),
    sentBy: addresses("SENT-BY")[0] ?? null,
    delegatedTo: addresses("DELEGATED-TO"),
    delegatedFrom: addresses("DELEGATED-FROM"),
    repliedMs: replied?.form === "utc" ? replied.localMs : null,
  };
}

/** A calendar user's address, with or without `mailto:`, as `Party.address` has it. */
export function userAddress(given: string): string {
  return addressOf(given.trim(), null);
}

/** All addresses of one user. */
export function userAddresses(given: readonly string[]): ReadonlySet<string> {
  return new Set(given.map(userAddress).filter((address) => address !== ""));
}

/** An address as a calendar address, `mailto:` before mail addresses. */
export function calendarAddress(address: string): string {
  return address.includes("@") && !address.includes(":") ? `mailto:${address}` : address;
}

/** Whether a place that `from` is given has been passed on, by these answers, until it comes to `to`. */
export function leadsTo(attendees: ReadonlyMap<string, Party>, from: string, to: string): boolean {
  const seen = new Set([from]); // A set that grows while it is walked.
  for (const address of seen) {
    if (address === to) return true;
    const party = attendees.get(address);
    if (party?.participation === "DELEGATED") for (const delegate of party.delegatedTo) seen.add(delegate);
  }
  return false;
}

export type ParameterChanges = Readonly<Record<string, string | readonly string[] | null>>;

/** The line with parameters set, or taken out with null; the same line when that changes nothing. */
export function withParameters(line: Property, changes: ParameterChanges): Property {
  const before = parametersOf(line);
  let isChanged = false;
  const open = new Map(Object.entries(changes));
  const after: Parameter[] = [];
  for (const parameter of before) {
    const change = open.get(parameter.name);
    const isGiven = parameter.name in changes;
    if (change === undefined) {
      if (isGiven) isChanged = true; // A second one of that name.
      else after.push(parameter);
      continue;
    }
    open.delete(parameter.name);
    const values = valuesOf(change);
    if (values.length > 0) after.push({ name: parameter.name, values });
    if (values.length === 0 || values.join("\n") !== parameter.values.join("\n")) isChanged = true;
  }
  for (const [name, value] of open) {
    const values = valuesOf(value);
    if (values.length === 0) continue;
    after.push({ name, values });
    isChanged = true;
  }
  return isChanged ? newProperty(line.name, after, rawValue(line)) : line;
}

function valuesOf(change: string | readonly string[] | null): readonly string[] {
  return change === null ? [] : typeof change === "string" ? [change] : change;
}

/** Parameters between a user and his own server: no message carries them (RFC 6638 §7). */
const NEVER_SENT = {
  "SCHEDULE-AGENT": null,
  "SCHEDULE-FORCE-SEND": null,
  "SCHEDULE-STATUS": null,
  [REPLIED]: null,
} as const;

/** The line as others may see it. An attendee's participation is said, also where it is the default. */
export function sentLine(line: Property): Property {
  const sent = withParameters(line, NEVER_SENT);
  if (line.name !== "ATTENDEE" || parametersOf(sent).some(({ name }) => name === "PARTSTAT")) return sent;
  return withParameters(sent, { PARTSTAT: "NEEDS-ACTION" });
}

/** The line as it may come in: nobody sets another server's parameters. */
export function receivedLine(line: Property): Property {
  return withParameters(line, NEVER_SENT);
}

export function isPartyLine({ name }: Property): boolean {
  return name === "ATTENDEE" || name === "ORGANIZER";
}

/** A DTSTAMP as a parameter remembers it. */
export function stampText(ms: number): string {
  return printBasicTime(ms, "utc");
}
