import { catalogue } from "@hourwright/contract";
import { dayAndSpanText } from "@hourwright/conflict";
import type { OperationCall } from "../../../platform/bundle/bundle.ts";
import { eventsOf } from "./decide.ts";
import type { EventNow } from "./model.ts";

// Pure: what a change does, in a sentence.

/** One thing of a change: as it is, null for what is not there yet or is gone, and as it would be. */
export type Pair = { readonly before: EventNow | null; readonly after: EventNow | null };

/** Titles told of a change of several events; the rest is a count. */
const TITLES_MAX = 3;

/** "Move “Board call” from Thu 18 Mar 2027, 15:00–16:00 to Fri 19 Mar 2027, 14:45–15:45." Times in `zone`. */
export function saysOf(call: OperationCall, pairs: readonly Pair[], zone: string): string {
  const [ref, ...others] = eventsOf(call);
  const isOfSeries = others.length === 0 && ref?.isWhole === true && pairs[0]?.before?.isSeries === true;
  const { body, query } = call.input as Scoped;
  const reach = !isOfSeries
    ? ""
    : (body ?? query)?.scope === "following"
      ? " This date and all that follow."
      : " All dates of the series.";
  return `${dateSaysOf(call, pairs, zone)}${reach}`;
}

type Scoped = { readonly [part in "body" | "query"]?: { readonly scope?: string } };

function dateSaysOf({ id }: OperationCall, pairs: readonly Pair[], zone: string): string {
  const [first] = pairs;
  if (!id.startsWith("events.") || first === undefined) return `${catalogue[id].summary}.`;
  if (pairs.length > 1) return `Move ${pairs.length} events: ${titlesOf(pairs)}.`;
  const { before, after } = first;
  if (id === "events.create") return after === null ? "Add an event." : `Add “${after.title}”, ${whenOf(after, zone)}.`;
  if (before === null)
    return id === "events.remove" ? "Remove an event that is gone." : "Change an event that is gone.";
  if (id === "events.remove") return `Remove “${before.title}”, ${whenOf(before, zone)}.`;
  if (after === null) return `Change “${before.title}”, ${whenOf(before, zone)}.`;
  return changedText(before, after, zone);
}

function changedText(before: EventNow, after: EventNow, zone: string): string {
  const does: string[] = [];
  const isMoved = before.startMs !== after.startMs || before.endMs !== after.endMs;
  if (isMoved) does.push(`move it from ${whenOf(before, zone)} to ${whenOf(after, zone)}`);
  if (before.title !== after.title) does.push(`call it “${after.title}”`);
  if (before.location !== after.location)
    does.push(after.location === null ? `take away its place` : `hold it at ${after.location}`);
  const come = after.people.filter((name) => !before.people.includes(name));
  const leave = before.people.filter((name) => !after.people.includes(name));
  if (come.length > 0) does.push(`add ${listOf(come)}`);
  if (leave.length > 0) does.push(`leave out ${listOf(leave)}`);
  if (isMoved && does.length === 1)
    return `Move “${before.title}” from ${whenOf(before, zone)} to ${whenOf(after, zone)}.`;
  return does.length === 0
    ? `Change “${before.title}”, ${whenOf(before, zone)}.`
    : `“${before.title}”, ${whenOf(before, zone)}: ${listOf(does)}.`;
}

function titlesOf(pairs: readonly Pair[]): string {
  const titles = pairs.flatMap(({ before, after }) => before?.title ?? after?.title ?? []);
  const shown = titles.slice(0, TITLES_MAX).map((title) => `“${title}”`);
  return titles.length > TITLES_MAX ? `${shown.join(", ")} and ${titles.length - TITLES_MAX} more` : listOf(shown);
}

const listOf = (texts: readonly string[]): string => new Intl.ListFormat("en").format(texts);

function whenOf({ days, startMs, endMs }: EventNow, zone: string): string {
  if (days === null) return dayAndSpanText(startMs, endMs, zone);
  const last = Temporal.PlainDate.from(days.end).subtract({ days: 1 }).toString();
  return last === days.start ? days.start : `${days.start} to ${last}`;
}
