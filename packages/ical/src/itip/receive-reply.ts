// REPLY (RFC 5546 §3.2.3): how somebody answers, put down on his line of the organizer's object.

import { COMPONENTS_PER_OBJECT_MAX } from "../calendar-object.ts";
import { newProperty, rawValue, type Parameter } from "../content-line.ts";
import { propertiesOf, propertyOf, withChildren, type Component, type Property } from "../tree.ts";
import { instancesIn, type Instances } from "./instance.ts";
import { withAttendees } from "./lines.ts";
import { withParts } from "./message.ts";
import { OUTDATED, UNKNOWN_OCCURRENCE, ignore, type Ignored, type Received } from "./outcome.ts";
import {
  REPLIED,
  calendarAddress,
  leadsTo,
  stampText,
  withParameters,
  type ParameterChanges,
  type Party,
} from "./party.ts";
import { ATTENDEES_MAX, attendeesIn, governing, partAt, partsOf, type Part, type Scheduled } from "./scheduled.ts";
import { attendeeSpeaking, organizedHere } from "./speaker.ts";

/** Occurrences that one REPLY may answer. */
export const REPLY_PARTS_MAX = 1_000;
/** People to whom one place may be passed on. */
export const DELEGATES_MAX = 10;

export type Replied = { readonly kind: "replied"; readonly calendar: Component; readonly from: string };

/** The organizer's object with the answers in it; the last reason to ignore it when there is none to put down. */
export function replied(received: Received): Replied | Ignored {
  const stored = organizedHere(received);
  if ("reason" in stored) return stored;
  const parts = partsOf(received.message);
  if (parts.length > REPLY_PARTS_MAX) {
    return ignore("too-large", `A reply answers at most ${REPLY_PARTS_MAX} occurrences.`);
  }
  const changes = new Map<Component, Component>();
  const added: Component[] = [];
  const instances = instancesIn(stored);
  let from = "";
  let ignored: Ignored = UNKNOWN_OCCURRENCE;
  for (const part of parts) {
    if (part.isRange) {
      ignored = ignore("unsupported", "An answer is to one occurrence or to all, not to a range of them.");
      continue;
    }
    const target = targetOf(stored, instances, part.atMs);
    const answer = target === null ? UNKNOWN_OCCURRENCE : answered(target, part, received);
    if ("reason" in answer) {
      ignored = answer;
      continue;
    }
    from = answer.from;
    if (target!.isMade) added.push(answer.component);
    else if (answer.component === target!.component) ignored = ignore("unchanged", "The calendar knows this answer.");
    else changes.set(target!.component, answer.component);
    for (const [component, after] of following(stored, part, from, received)) changes.set(component, after);
  }
  if (changes.size === 0 && added.length === 0) return ignored;
  if (stored.overrides.size + added.length >= COMPONENTS_PER_OBJECT_MAX) {
    return ignore("too-large", `An object has at most ${COMPONENTS_PER_OBJECT_MAX} components.`);
  }
  return { kind: "replied", calendar: withParts(stored.calendar, changes, added), from };
}

/** The component that an answer belongs on; made of the series where the occurrence has none of its own. */
type Target = {
  readonly component: Component;
  readonly attendees: ReadonlyMap<string, Party>;
  readonly sequence: number;
  readonly isMade: boolean;
};

function targetOf(stored: Scheduled, instances: Instances, atMs: number | null): Target | null {
  const part = partAt(stored, atMs);
  if (part !== null) return { ...part, isMade: false };
  const source = atMs === null ? null : governing(stored, atMs);
  const component = source === null ? null : instances.at(atMs!);
  if (component === null) return null;
  return { component, attendees: attendeesIn(component), sequence: source!.sequence, isMade: true };
}

const PARTICIPATIONS: Readonly<Record<string, readonly string[]>> = {
  VEVENT: ["NEEDS-ACTION", "ACCEPTED", "DECLINED", "TENTATIVE", "DELEGATED"],
  VTODO: ["NEEDS-ACTION", "ACCEPTED", "DECLINED", "TENTATIVE", "DELEGATED", "COMPLETED", "IN-PROCESS"],
};

type Answered = { readonly component: Component; readonly from: string };

function answered(target: Target, part: Part, { message, sender, uninvited, nowMs }: Received): Answered | Ignored {
  const speaker = attendeeSpeaking(part.attendees, target.attendees, sender);
  if ("reason" in speaker) return speaker;
  const { address, participation } = speaker;
  if (PARTICIPATIONS[message.kind]?.includes(participation) !== true) {
    return ignore("malformed", `"${participation.slice(0, 40)}" is no answer.`);
  }
  if (participation === "DELEGATED" && speaker.delegatedTo.every((delegate) => delegate === address)) {
    return ignore("malformed", "Whoever passes his place on says to which other person.");
  }
  const known = target.attendees.get(address);
  if (known === undefined && (uninvited === "refuse" || !/[@:]/.test(address))) {
    return ignore("not-attendee", "Who answers was not invited.");
  }
  if (propertyOf(part.component, "SEQUENCE") !== null && part.sequence < target.sequence) return OUTDATED;
  if (isAnsweredSince(known, part)) return OUTDATED;

  const line = known?.line ?? newProperty("ATTENDEE", nameOf(speaker), calendarAddress(address));
  const answer = withParameters(
    line,
    answerParameters(part, speaker, !target.isMade && known?.participation !== participation, nowMs),
  );
  const delegates = participation === "DELEGATED" ? delegateLines(part, speaker, target) : [];
  if (target.attendees.size + delegates.length >= ATTENDEES_MAX) {
    return ignore("too-large", `A component has at most ${ATTENDEES_MAX} attendees.`);
  }
  const component = withAnswer(target.component, known, [answer, ...delegates]);
  return {
    component: participation === "DELEGATED" ? givenBack(component, speaker, target) : component,
    from: address,
  };
}

/** Who passed on a place that now comes back to him is asked again: else it would go round, and nobody would come. */
function givenBack(component: Component, { address: from, delegatedTo }: Party, { attendees }: Target): Component {
  const asked = new Set(delegatedTo.filter((address) => address !== from && leadsTo(attendees, address, from)));
  return withAttendees(component, ({ line, address }) =>
    asked.has(address) ? withParameters(line, { PARTSTAT: "NEEDS-ACTION", RSVP: "TRUE", "DELEGATED-TO": null }) : line,
  );
}

/**
 * Overrides that the answer to the series is for as well: those of the same revision that he has never answered. They may
 * be there for others only, and he need not have known of them.
 */
function following(
  stored: Scheduled,
  part: Part,
  address: string,
  { message, nowMs }: Received,
): [Component, Component][] {
  const speaker = part.attendees.get(address)!;
  if (part.atMs !== null || speaker.participation === "DELEGATED") return [];
  const sequence = propertyOf(part.component, "SEQUENCE") === null ? (stored.master?.sequence ?? 0) : part.sequence;
  return [...stored.overrides.values()].flatMap((override): [Component, Component][] => {
    const known = override.attendees.get(address);
    const isOpen = known?.participation === "NEEDS-ACTION" && known.repliedMs === null;
    if (!isOpen || override.sequence > sequence || message.overrides.has(override.atMs!)) return [];
    const answer = withParameters(known.line, answerParameters(part, speaker, true, nowMs));
    return [[override.component, withAnswer(override.component, known, [answer])]];
  });
}

/** An answer that came in later than this one was given, whatever order the two took on their way. */
function isAnsweredSince(known: Party | undefined, { stampMs }: Part): boolean {
  const sinceMs = known?.repliedMs ?? null;
  return sinceMs !== null && stampMs !== null && stampMs < sinceMs;
}

function answerParameters(
  part: Part,
  { participation, delegatedTo }: Party,
  isNews: boolean,
  nowMs: number,
): ParameterChanges {
  const status = requestStatus(part.component) ?? (isNews ? "2.0" : null);
  return {
    PARTSTAT: participation,
    RSVP: null,
    "DELEGATED-TO": participation === "DELEGATED" ? delegatedTo.slice(0, DELEGATES_MAX).map(calendarAddress) : null,
    ...(status === null ? {} : { "SCHEDULE-STATUS": status }),
    // A clock that runs ahead must not make every later answer look old.
    ...(part.stampMs === null ? {} : { [REPLIED]: stampText(Math.min(part.stampMs, nowMs)) }),
  };
}

/** The codes of REQUEST-STATUS, as SCHEDULE-STATUS has them (RFC 6638 §7.3). */
function requestStatus(component: Component): string | null {
  const codes = propertiesOf(component, "REQUEST-STATUS")
    .map((line) => /^\d{1,2}(\.\d{1,3}){1,2}(?=;|$)/.exec(rawValue(line).trim())?.[0])
    .filter((code) => code !== undefined);
  return codes.length === 0 ? null : codes.slice(0, 5).join(",");
}

function nameOf({ name }: Party): Parameter[] {
  return name === null ? [] : [{ name: "CN", values: [name] }];
}

/** Lines for those who take the place over and are not invited yet; they have still to answer. */
function delegateLines(part: Part, { address: from, delegatedTo }: Party, { attendees }: Target): Property[] {
  const added = [...new Set(delegatedTo)]
    .slice(0, DELEGATES_MAX)
    .filter((address) => address !== from && !attendees.has(address));
  return added.map((address) => {
    const given = part.attendees.get(address);
    const parameters = [
      ...(given === undefined ? [] : nameOf(given)),
      { name: "PARTSTAT", values: ["NEEDS-ACTION"] },
      { name: "RSVP", values: ["TRUE"] },
      { name: "DELEGATED-FROM", values: [calendarAddress(from)] },
    ];
    return newProperty("ATTENDEE", parameters, calendarAddress(address));
  });
}

/** The component with the answer in place of the line that was there, or after the last property. */
function withAnswer(component: Component, known: Party | undefined, lines: readonly Property[]): Component {
  if (known !== undefined && lines.length === 1 && lines[0] === known.line) return component;
  const { children } = component;
  const last = children.findLastIndex((child) => child.kind === "property");
  const at = known === undefined ? last + 1 : children.indexOf(known.line);
  return withChildren(component, [
    ...children.slice(0, at),
    ...lines,
    ...children.slice(known === undefined ? at : at + 1),
  ]);
}
