// What on an attendee's copy is his own, and stays when the organizer sends a newer one (RFC 6638 §3.2.2.1).

import { parameterOf, withValue } from "../content-line.ts";
import { withProperties } from "../property-lines.ts";
import { timesOf } from "../time-value.ts";
import { componentsOf, propertiesOf, withChildren, type Component, type Property } from "../tree.ts";
import { instancesIn } from "./instance.ts";
import { withAttendees, withEach, withLinesOf } from "./lines.ts";
import { DECLINED, calendarAddress, leadsTo, withParameters, type Party } from "./party.ts";
import { excludedOf, governing, momentOf, partAt, type Part, type Scheduled } from "./scheduled.ts";
import { changeBetween } from "./significance.ts";

/** Whether it takes time of his, how far he is with it: the organizer does not know better. */
const OWN = ["TRANSP", "PERCENT-COMPLETE", "COMPLETED"];

/** The component with what was the attendee's own on `source`; alarms, a colour and notes of his clients among it. */
export function withOwnThings(component: Component, source: Component | null): Component {
  if (source === null) return component;
  let made = component;
  for (const name of OWN) made = withLinesOf(made, name, source);
  if (propertiesOf(source, "COLOR").length > 0) made = withLinesOf(made, "COLOR", source);
  const known = new Set(propertiesIn(made).map(({ name }) => name));
  const notes = propertiesIn(source).filter((line) => isNote(line) && !known.has(line.name));
  const alarms = componentsOf(source, "VALARM");
  if (notes.length === 0 && alarms.length === 0) return made;
  const at = made.children.findLastIndex((child) => child.kind === "property") + 1;
  return withChildren(made, [...made.children.slice(0, at), ...notes, ...made.children.slice(at), ...alarms]);
}

function propertiesIn({ children }: Component): Property[] {
  return children.filter((child) => child.kind === "property");
}

function isNote({ name }: Property): boolean {
  return name.startsWith("X-");
}

function withoutOwnThings(component: Component): Component {
  const isOwn = (property: Property) => isNote(property) || property.name === "COLOR" || OWN.includes(property.name);
  return withEach(component, (property) => (isOwn(property) ? null : property));
}

/** The user as a part names him, by whichever of his addresses. */
export function userIn({ attendees }: Pick<Part, "attendees">, own: ReadonlySet<string>): Party | null {
  for (const address of own) {
    const party = attendees.get(address);
    if (party !== undefined) return party;
  }
  return null;
}

/** The component with the user's answer as he gave it. */
export function withAnswer(component: Component, answer: Party): Component {
  const delegates = answer.delegatedTo.map(calendarAddress);
  let isPut = false;
  return withAttendees(component, ({ line, address, participation }) => {
    if (isPut || address !== answer.address) return line;
    isPut = true; // Of two lines with one address the first counts.
    if (participation === answer.participation) return line;
    return withParameters(line, { PARTSTAT: answer.participation, "DELEGATED-TO": delegates });
  });
}

/**
 * The answer that the user has given to this same revision: the organizer may not have heard of it yet. Null when there
 * is none, or when the message is a newer revision, revives what was cancelled, or says that the place which he passed
 * on has come back to him: all of these ask anew.
 */
export function answerTo(
  part: Pick<Part, "sequence" | "attendees">,
  mine: Part | null,
  own: ReadonlySet<string>,
): Party | null {
  const isAskedAnew = mine === null || part.sequence > mine.sequence || mine.status === "CANCELLED";
  const user = isAskedAnew ? null : userIn(mine, own);
  if (user === null || user.participation === "NEEDS-ACTION") return null;
  const isBack = user.delegatedTo.some((delegate) => leadsTo(part.attendees, delegate, user.address));
  return isBack ? null : user;
}

/**
 * The answer to the series, for an override that comes in newly and whose revision is not newer: to the organizer it is
 * as open as the series was when he made it.
 */
export function answerToSeries(part: Part, series: Part | null, own: ReadonlySet<string>): Party | null {
  const isOpen = userIn(part, own)?.participation === "NEEDS-ACTION";
  return isOpen ? answerTo(part, series, own) : null;
}

/**
 * Overrides that are on the copy for no other reason than that the user answered one occurrence by itself, with the
 * answers: they differ from their series in nothing that the organizer says.
 */
export function ownAnswers(stored: Scheduled, own: ReadonlySet<string>): Map<number, { part: Part; answer: Party }> {
  const answers = new Map<number, { part: Part; answer: Party }>();
  const instances = instancesIn(stored);
  const { zones } = stored;
  for (const [atMs, part] of stored.overrides) {
    const answer = answerTo(part, part, own);
    const plain = answer === null ? null : instances.at(atMs);
    if (answer === null || plain === null) continue;
    const [was, is] = [plain, part.component].map((component) => ({ component: withoutOwnThings(component), zones }));
    const change = changeBetween(was!, is!);
    if (change === "none" || change === "participation") answers.set(atMs, { part, answer });
  }
  return answers;
}

/** The master with a mark on each EXDATE that the user has added to his copy. */
export function withMarkedExclusions(after: Scheduled, before: Scheduled): Component {
  const known = excludedOf(before);
  const master = after.master!.component;
  const marked = propertiesOf(master, "EXDATE").flatMap((line) => {
    const { values, texts } = timesOf(line, after.zones);
    const moments = values.map(({ start }) => momentOf(start, after.like));
    if (parameterOf(line, DECLINED) !== null || moments.every((atMs) => known.has(atMs))) return [line];
    const bySequence = new Map<string | null, string[]>();
    for (const [i, atMs] of moments.entries()) {
      const part = partAt(before, atMs) ?? governing(before, atMs);
      const sequence = known.has(atMs) ? null : String(part?.sequence ?? 0);
      bySequence.set(sequence, [...(bySequence.get(sequence) ?? []), texts[i]!]);
    }
    return [...bySequence].map(([sequence, dates]) =>
      withParameters(withValue(line, dates.join(",")), { [DECLINED]: sequence }),
    );
  });
  return withProperties(master, "EXDATE", marked);
}

/** Occurrences that the user took out of his copy, with the SEQUENCE that he declined. */
export function markedExclusions({ master, zones, like }: Scheduled): Map<number, number> {
  const declined = new Map<number, number>();
  for (const line of master === null ? [] : propertiesOf(master.component, "EXDATE")) {
    const sequence = Number(parameterOf(line, DECLINED) ?? NaN);
    if (!Number.isSafeInteger(sequence)) continue;
    for (const { start } of timesOf(line, zones).values) declined.set(momentOf(start, like), sequence);
  }
  return declined;
}

/** Of these, the ones that the message does not ask anew: the organizer may not have heard of them yet. */
export function ownExclusions(stored: Scheduled, message: Scheduled): Set<number> {
  const own = markedExclusions(stored);
  if (own.size === 0 || stored.master?.status === "CANCELLED") return new Set();
  const excluded = excludedOf(message);
  for (const [atMs, sequence] of own) {
    const part = partAt(message, atMs) ?? governing(message, atMs);
    if (excluded.has(atMs) || (part?.sequence ?? 0) > sequence) own.delete(atMs);
  }
  return new Set(own.keys());
}

/** The EXDATE lines of an object as far as they name these occurrences. */
export function exdateLines({ master, zones, like }: Scheduled, moments: ReadonlySet<number>): Property[] {
  return propertiesOf(master!.component, "EXDATE").flatMap((line) => {
    const { values, texts } = timesOf(line, zones);
    const kept = texts.filter((_, i) => moments.has(momentOf(values[i]!.start, like)));
    if (kept.length === texts.length) return [line];
    return kept.length === 0 ? [] : [withValue(line, kept.join(","))];
  });
}

/** The master with more EXDATE lines. */
export function withExclusions(master: Component, lines: readonly Property[]): Component {
  return lines.length === 0 ? master : withProperties(master, "EXDATE", [...propertiesOf(master, "EXDATE"), ...lines]);
}
