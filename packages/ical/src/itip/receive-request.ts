// REQUEST and PUBLISH (RFC 5546 §3.2.1, §3.2.2): the organizer's word on what, when and who; what is the attendee's own
// on his copy stays his (RFC 6638 §3.2.2.1).

import { withProperties } from "../property-lines.ts";
import { withChildren, type Component } from "../tree.ts";
import { instancesIn } from "./instance.ts";
import { withAttendees } from "./lines.ts";
import { receivedComponent, withParts, zonesNamed } from "./message.ts";
import { OUTDATED, ignore, isOlder, type Ignored, type Received } from "./outcome.ts";
import {
  answerTo,
  answerToSeries,
  exdateLines,
  ownAnswers,
  ownExclusions,
  userIn,
  withAnswer,
  withExclusions,
  withOwnThings,
} from "./own-copy.ts";
import { excludedOf, governing, partAt, partsOf, readScheduled, type Part, type Scheduled } from "./scheduled.ts";
import { hasTime } from "./significance.ts";

/** The attendee's copy after the message: new, replaced, or with some of its occurrences replaced. */
export function requested(received: Received): Component | Ignored {
  const { message, stored, own, method } = received;
  if (message.kind === "VEVENT" && !isUsable(message) && (stored === null || isUsable(stored))) {
    return ignore("no-start", "An event without a start has no place in a calendar.");
  }
  if (stored === null) {
    const isInvited = partsOf(message).some((part) => userIn(part, own) !== null);
    if (method === "REQUEST" && !isInvited) return ignore("not-invited", "The invitation does not name this user.");
    return newCopy(
      message,
      partsOf(message).map(({ component }) => incoming(component, method)),
    );
  }
  return message.master === null ? mergedInto(stored, received) : replacing(stored, received);
}

function isUsable(object: Scheduled): boolean {
  return partsOf(object).every(({ component }) => hasTime({ component, zones: object.zones }));
}

/** PUBLISH has no attendees (RFC 5546 §3.2.1): whoever sends some does not invite with it. */
function incoming(component: Component, method: string): Component {
  const plain = receivedComponent(component);
  return method === "PUBLISH" ? withAttendees(plain, () => null) : plain;
}

/** What a message says about itself and not about the object in it. */
function newCopy({ calendar }: Scheduled, components: readonly Component[]): Component {
  const head = calendar.children.filter(
    (child) => child.kind === "property" && child.name !== "METHOD" && !child.name.startsWith("X-"),
  );
  return withChildren(calendar, [...head, ...zonesNamed(components, [calendar]), ...components]);
}

/** The message tells of the whole series: nothing that it does not name is left, but for what is the user's own. */
function replacing(stored: Scheduled, { message, own, method }: Received): Component | Ignored {
  if (stored.master !== null && isOlder(message.master!, stored.master)) return OUTDATED;
  const newer = newerOverrides(stored, message);
  const declined = ownExclusions(stored, message);
  const isTold = ({ atMs }: Part) => atMs === null || !(newer.has(atMs) || declined.has(atMs));
  const parts = partsOf(message).filter(isTold);
  const [master, ...others] = parts.map((part) => updated(part, stored, own, method));
  const kept = [...newer.values()].map(({ component }) => component);
  const components = [
    withExclusions(master!, declined.size === 0 ? [] : exdateLines(stored, declined)),
    ...others,
    ...kept,
  ];
  const calendars = [message.calendar, stored.calendar];
  const head = stored.calendar.children.filter((child) => child.kind === "property");
  const copy = (all: readonly Component[]) =>
    withChildren(stored.calendar, [...head, ...zonesNamed(all, calendars), ...all]);
  const answered = stillAnswered(stored, message, own);
  for (const atMs of [...newer.keys(), ...declined]) answered.delete(atMs);
  if (answered.size === 0) return copy(components);

  const read = readScheduled(copy(components));
  if (read.refused !== undefined) return ignore("malformed", read.refused.message);
  const instances = instancesIn(read.object);
  for (const [atMs, { part, answer }] of answered) {
    const instance = instances.at(atMs);
    if (instance !== null) components.push(withAnswer(withOwnThings(instance, part.component), answer));
  }
  return copy(components);
}

/** Occurrences of which a later message has told already: each is a revision of its own (RFC 5546 §2.1.5). */
function newerOverrides({ overrides }: Scheduled, message: Scheduled): Map<number, Part> {
  const newer = new Map<number, Part>();
  for (const [atMs, mine] of overrides) {
    const part = message.overrides.get(atMs);
    if (part === undefined ? isSentBefore(message.master!, mine) : isOlder(part, mine)) newer.set(atMs, mine);
  }
  return newer;
}

/** Answers to single occurrences which the organizer has not heard of, and which this message does not ask anew. */
function stillAnswered(stored: Scheduled, message: Scheduled, own: ReadonlySet<string>) {
  const answered = ownAnswers(stored, own);
  const excluded = answered.size === 0 ? new Set<number>() : excludedOf(message);
  for (const [atMs, { part }] of answered) {
    const isAsked = (governing(message, atMs)?.sequence ?? 0) > part.sequence;
    if (isAsked || message.overrides.has(atMs) || excluded.has(atMs)) answered.delete(atMs);
  }
  return answered;
}

/** A part of the message as the user's copy has it. */
function updated(part: Part, stored: Scheduled, own: ReadonlySet<string>, method: string): Component {
  const mine = partAt(stored, part.atMs);
  const source = mine ?? (part.atMs === null ? null : governing(stored, part.atMs));
  const component = withOwnThings(incoming(part.component, method), source?.component ?? null);
  const answer = mine === null ? answerToSeries(part, source, own) : answerTo(part, mine, own);
  return answer === null ? component : withAnswer(component, answer);
}

/** The message tells of single occurrences only: the others stay. */
function mergedInto(stored: Scheduled, { message, own, method }: Received): Component | Ignored {
  const changes = new Map<Component, Component>();
  const added: Component[] = [];
  const told = new Set<number>();
  const declined = ownExclusions(stored, message);
  for (const part of partsOf(message)) {
    const mine = partAt(stored, part.atMs);
    if (declined.has(part.atMs!)) continue;
    if (mine === null ? isSentBefore(part, governing(stored, part.atMs!)) : isOlder(part, mine)) continue;
    told.add(part.atMs!);
    const component = updated(part, stored, own, method);
    if (mine === null) added.push(component);
    else changes.set(mine.component, component);
  }
  if (told.size === 0) return OUTDATED;
  const { master } = stored;
  if (master !== null) {
    const others = excludedOf(stored).difference(told);
    const open = withProperties(master.component, "EXDATE", exdateLines(stored, others)); // Nothing hides what is told.
    if (open !== master.component) changes.set(master.component, open);
  }
  return withParts(stored.calendar, changes, added, [message.calendar]);
}

/** SEQUENCE counts each occurrence for itself; only the time of sending tells an occurrence from its series. */
function isSentBefore({ stampMs }: Part, series: Part | null): boolean {
  const sinceMs = series?.stampMs ?? null;
  return sinceMs !== null && stampMs !== null && stampMs < sinceMs;
}
