import { NO_HOURS, noteHour, takeBackHour, type Deed, type HourSeen } from "@hourwright/learn";
import { findZone, MINUTE_MS, UTC } from "@hourwright/time";
import { changesOfRequest, type ChangeWithContents } from "../../../platform/changes/read.ts";
import type { Consumer } from "../../../platform/changes/relay.ts";
import type { Database, Unit } from "../../../platform/db/database.ts";
import { subjectsById } from "../../identity/public.ts";
import { minuteOfWeek, roundedHours } from "./model.ts";
import { lockHours, putHours, trimAnswers, turnAnswers } from "./store.ts";

/** What somebody did about their own time, as the owner of commitments reads it from changes. */
export type HourDeed = {
  readonly seq: number;
  readonly personId: string;
  readonly deed: Deed;
  readonly startMs: number;
  readonly endMs: number;
  readonly atMs: number;
};

/** Filled in `compose.ts`: deeds of some changes, in order. What a change left, the next one of the same thing found. */
export type DeedsOf = (unit: Unit, changes: readonly ChangeWithContents[]) => Promise<HourDeed[]>;

/** What was done longer ago, nobody was told would be learned from: a log that is read for the first time teaches nothing old. */
const LATE_MS_MAX = 86_400_000;
/** Changes of one request that are looked at, and undos and redos of it. */
const CHANGES_MAX = 500;
const UNDOS_MAX = 50;

const BY_PEOPLE: ReadonlySet<string> = new Set(["repairs.apply", "proposals.apply", "requests.undo"]);
/** Operations that give answers. */
const ANSWERS: ReadonlySet<string> = new Set(["repairs.apply", "proposals.apply", "repairs.dismiss", "conflicts.keep"]);
const teaches = ({ actor, operation }: ChangeWithContents): boolean =>
  actor.kind === "user" && (operation.startsWith("events.") || BY_PEOPLE.has(operation));

/** Learns hours from what people do, and takes answers back that were undone: some milliseconds after the change, which never waits. */
export function answerConsumer(database: Database, deedsOf: DeedsOf): Consumer {
  return {
    name: "planning.answers",
    async take(changes, context) {
      const requests = Map.groupBy(changes.filter(teaches), ({ requestId }) => requestId);
      for (const request of requests.values())
        await database.inOrganisation(context, (unit) => takeIn(unit, request, deedsOf), { lane: "job" });
      if (changes.some(({ operation }) => ANSWERS.has(operation)))
        await database.inOrganisation(context, trimAnswers, { lane: "job" });
    },
  };
}

/** Takes in what one request changed; safe to repeat. */
async function takeIn(unit: Unit, changes: readonly ChangeWithContents[], deedsOf: DeedsOf): Promise<void> {
  const undone = undoneBy(changes);
  if (undone !== null) await turnAnswers(unit, undone, changes[0]!.requestId);
  if (unit.nowMs - changes[0]!.at.epochMilliseconds > LATE_MS_MAX) return;
  const { seq } = changes.at(-1)!;
  if (undone === null) return noteDeeds(unit, await deedsOf(unit, changes), noteHour, seq);
  const { first, undoing, isRedo } = await whatWasUndone(unit, changes);
  const last = first.at(-1)?.seq ?? 0;
  const deeds = (await deedsOf(unit, [...first, ...undoing])).filter((deed) => deed.seq <= last);
  await noteDeeds(unit, deeds, isRedo ? noteHour : takeBackHour, seq);
}

const undoneBy = (changes: readonly ChangeWithContents[]): string | null =>
  changes.find(({ thing }) => thing.type === "request")?.thing.id ?? null;

/** The request at the beginning of undos and redos, what undid it first, and whether it is done again now. */
async function whatWasUndone(unit: Unit, changes: readonly ChangeWithContents[]) {
  let [first, undoing]: (readonly ChangeWithContents[])[] = [changes, []];
  let isRedo = true;
  for (let undos = 0; undos < UNDOS_MAX; undos++) {
    const undone = undoneBy(first!);
    if (undone === null) break;
    [first, undoing] = [await changesOfRequest(unit, undone, CHANGES_MAX), first];
    isRedo = !isRedo;
  }
  return { first: first!.filter(teaches), undoing: undoing!, isRedo };
}

async function noteDeeds(unit: Unit, deeds: readonly HourDeed[], note: typeof noteHour, seq: number): Promise<void> {
  for (const [personId, theirs] of Map.groupBy(deeds, (deed) => deed.personId)) {
    const known = await lockHours(unit, personId);
    if (known === null || known.seq >= seq) continue;
    const zone = findZone((await subjectsById(unit, [personId]))[0]?.zone ?? "") ?? UTC;
    const seen = ({ deed, startMs, endMs, atMs }: HourDeed): HourSeen => ({
      deed,
      fromMinute: minuteOfWeek(startMs, zone),
      lengthMinutes: (endMs - startMs) / MINUTE_MS,
      atMs,
    });
    const hours = theirs.reduce((before, deed) => note(before, seen(deed)), known.hours ?? NO_HOURS);
    await putHours(unit, personId, roundedHours(hours), seq);
  }
}
