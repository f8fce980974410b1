import type { Instance } from "@hourwright/ical";
import { DAY_MS } from "@hourwright/time";
import type { ChangeWithContents } from "../../platform/changes/read.ts";
import type { Unit } from "../../platform/db/database.ts";
import type { HourDeed } from "../planning/public.ts";
import { left, sideOf, type Side, type Was } from "./news.ts";

/** Who takes a repair leaves a time because of what clashed there, not because they do not like it. */
const REPAIRS: ReadonlySet<string> = new Set(["repairs.apply", "proposals.apply"]);

/**
 * What changes of events say of the hours that whoever made them likes: events of their own time that they made, accepted, refused
 * or moved. Nothing of others' time, of whole days, of the past, nor of what is removed; of a series its first date.
 */
export async function hourDeedsOf(unit: Unit, changes: readonly ChangeWithContents[]): Promise<HourDeed[]> {
  const deeds: HourDeed[] = [];
  for (const [i, change] of changes.entries()) {
    const personId = change.actor.personId;
    const isOfEvent = change.thing.type === "event" && change.kind !== "removed";
    if (!isOfEvent || personId === null || (change.before === null && change.after === null)) continue;
    const next = changes.slice(i + 1).find(({ thing }) => thing.id === change.thing.id);
    const before = await sideOf(unit, change.before as Was | null);
    const after = await sideOf(unit, await left(unit, change.thing.id, next ?? null));
    const isRepair = REPAIRS.has(change.operation);
    for (const { deed, date } of deedsBetween(before, after, personId, isRepair)) {
      const { startMs, endMs, allDay } = date;
      if (allDay || endMs <= startMs || endMs - startMs > DAY_MS) continue;
      deeds.push({ seq: change.seq, personId, deed, startMs, endMs, atMs: change.at.epochMilliseconds });
    }
  }
  return deeds;
}

type Deed = { readonly deed: HourDeed["deed"]; readonly date: Instance };

function deedsBetween(before: Side | null, after: Side | null, personId: string, isRepair: boolean): Deed[] {
  if (after === null) return [];
  const [now] = after.dates.values();
  if (before === null) return now !== undefined && after.people.has(personId) ? [{ deed: "created", date: now }] : [];
  if (!before.people.has(personId)) return [];
  const [[key, was] = ["", undefined]] = before.dates;
  if (!after.people.has(personId)) return was === undefined ? [] : [{ deed: "refused", date: was }];
  if (now !== undefined && after.accepted.has(personId) && !before.accepted.has(personId))
    return [{ deed: "accepted", date: now }];
  for (const [at, date] of after.dates) {
    const old = before.dates.get(at);
    if (old !== undefined && old.startMs !== date.startMs) return moved(old, date, isRepair);
  }
  // A series that moved as a whole has other dates than before.
  const isGone = was !== undefined && now !== undefined && !after.dates.has(key);
  return isGone ? moved(was, now, isRepair) : [];
}

const moved = (from: Instance, to: Instance, isRepair: boolean): Deed[] =>
  isRepair
    ? [{ deed: "accepted", date: to }]
    : [
        { deed: "moved away", date: from },
        { deed: "moved here", date: to },
      ];
