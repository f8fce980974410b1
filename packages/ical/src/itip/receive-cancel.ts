// CANCEL (RFC 5546 §3.2.5): what is cancelled stays in the calendar and says so.

import type { Component } from "../tree.ts";
import { instancesIn } from "./instance.ts";
import { withLine, withLinesOf, withSequence } from "./lines.ts";
import { receivedComponent, withParts } from "./message.ts";
import {
  OUTDATED,
  UNKNOWN_OBJECT,
  UNKNOWN_OCCURRENCE,
  ignore,
  isOlder,
  type Ignored,
  type Received,
} from "./outcome.ts";
import { governing, partAt, partsOf, type Part, type Scheduled } from "./scheduled.ts";
import { hasTime } from "./significance.ts";

/**
 * The object with what the message cancels marked so; the last reason to ignore it when nothing is left to mark. What
 * was never heard of is put down as the message has it: an invitation that it overtook would otherwise bring it back.
 */
export function cancelled({ message, stored, own }: Received): Component | Ignored {
  if (stored === null) return UNKNOWN_OBJECT;
  const changes = new Map<Component, Component>();
  const added: Component[] = [];
  let ignored: Ignored = UNKNOWN_OCCURRENCE;
  const instances = instancesIn(stored);
  for (const part of partsOf(message)) {
    if (isForOthers(part, stored, own)) {
      ignored = ignore("not-for-this-user", "Others were uninvited, not this user.");
      continue;
    }
    const known = affected(stored, part);
    const open = known.filter((each) => !isOlder(part, each));
    for (const each of open) {
      // The later ones hang on the occurrence that is named, also where it stands by itself.
      const isNamed = part.isRange && each.atMs === part.atMs;
      changes.set(each.component, marked(isNamed ? ranged(each.component, part) : each.component, part));
    }
    if (known.length > 0 && open.length === 0) ignored = OUTDATED;
    if (partAt(stored, part.atMs) !== null) continue;
    const source = part.atMs === null ? null : governing(stored, part.atMs);
    if (source !== null && isOlder(part, source)) {
      ignored = OUTDATED;
      continue;
    }
    const instance = source === null ? null : instances.at(part.atMs!);
    if (instance !== null) added.push(marked(part.isRange ? ranged(instance, part) : instance, part));
    else if (hasTime({ component: part.component, zones: message.zones })) {
      added.push(marked(receivedComponent(part.component), part));
    }
  }
  if (changes.size === 0 && added.length === 0) return ignored;
  return withParts(stored.calendar, changes, added, [message.calendar]);
}

/** The attendees of a CANCEL are those who are uninvited; whoever is not among them is still welcome. */
function isForOthers({ attendees }: Part, stored: Scheduled, own: ReadonlySet<string>): boolean {
  if (attendees.size === 0 || [...own].some((address) => attendees.has(address))) return false;
  return partsOf(stored).some((part) => [...own].some((address) => part.attendees.has(address)));
}

/** The parts that are there and are meant: all, one, or one and the later ones. */
function affected(stored: Scheduled, { atMs, isRange }: Part): Part[] {
  if (atMs === null) return partsOf(stored);
  return [...stored.overrides.values()].filter((part) => part.atMs === atMs || (isRange && part.atMs! > atMs));
}

function marked(component: Component, cancel: Part): Component {
  const counted = withSequence(withLine(component, "STATUS", "CANCELLED"), cancel.sequence);
  return cancel.stampMs === null ? counted : withLinesOf(counted, "DTSTAMP", cancel.component);
}

/** The occurrence and all later ones: the name of the message says so. */
function ranged(instance: Component, { component }: Part): Component {
  return withLinesOf(instance, "RECURRENCE-ID", receivedComponent(component));
}
