import { layerOfDay, layerSentence, partsIn, printAvailability } from "@hourwright/availability";
import { refuseWork, type Refused } from "@hourwright/contract";
import { DAY_MS, type Interval, type Zone } from "@hourwright/time";
import type { Unit } from "../../../platform/db/database.ts";
import type { Caller } from "../../../platform/operations/context.ts";
import { answersFor } from "../../identity/public.ts";
import { toldBy } from "../schedules/agreed.ts";
import { ORGANISATION, type Decider, type StoredLayer } from "./model.ts";
import { holdersOf, type Holder } from "./sources.ts";
import { stackOf, type DaySpan, type Stack } from "./stack.ts";

/** Nights and offsets reach so far beyond a window. */
const DAYS_AROUND = 4;

export type TimePart = Interval & {
  readonly isOpen: boolean;
  /** Time off, whatever the reason. */
  readonly isAway: boolean;
  readonly sentence: string;
  readonly decider: Decider | null;
};

/** A window of somebody's time part by part, with the layer that says so: by whom it is asked decides what is told of time off. */
export function explained(holder: Holder, window: Interval, tellsReasons: boolean): TimePart[] {
  const stack = stackAround(holder, window, tellsReasons);
  return partsIn(stack.layers, holder.zone, window).flatMap(({ startMs, endMs, isOpen, layer }): TimePart[] => {
    const decider = layer === null ? null : stack.deciders[layer]!;
    const { agreed } = holder.sources;
    if (decider?.kind === "contract" && agreed !== null)
      return toldBy(agreed, { startMs, endMs }, isOpen, tellsReasons).map((part) => ({ ...part, isOpen, decider }));
    const isAway = !isOpen && decider?.kind === "away";
    return [{ startMs, endMs, isOpen, isAway, sentence: layerSentence(stack.layers, { isOpen, layer }), decider }];
  });
}

function stackAround({ sources, zone }: Holder, window: Interval, tellsReasons: boolean): Stack {
  return stackOf(sources, zone, daySpan(window, zone), tellsReasons);
}

function daySpan({ startMs, endMs }: Interval, zone: Zone): DaySpan {
  return {
    firstDay: Math.floor(zone.toLocalMs(startMs) / DAY_MS) - DAYS_AROUND,
    lastDay: Math.floor(zone.toLocalMs(endMs) / DAY_MS) + DAYS_AROUND,
  };
}

/** Of more it is not said why they are closed. */
const TOLD_MAX = 50;

/** Why somebody is closed, as a sentence and as the facts that it is made of. */
export type ClosedBecause = {
  readonly sentence: string;
  readonly isAway: boolean;
  readonly layer: Decider | null;
};

/** Why some are not open for all of a stretch; who is open, or of whom nothing is known, is left out. */
export async function whyClosed(
  unit: Unit,
  caller: Caller | null,
  subjectIds: readonly string[],
  stretch: Interval,
): Promise<ReadonlyMap<string, ClosedBecause>> {
  const holders = [...(await holdersOf(unit, subjectIds.slice(0, TOLD_MAX), nearDays(stretch))).values()];
  const told = await Promise.all(
    holders.map(async (holder): Promise<[string, ClosedBecause][]> => {
      const tells = caller !== null && (await mayChange(unit, caller, holder));
      const closed = explained(holder, stretch, tells).find(({ isOpen }) => !isOpen);
      if (closed === undefined) return [];
      const { sentence, isAway, decider: layer } = closed;
      return [[holder.id, { sentence, isAway, layer }]];
    }),
  );
  return new Map(told.flat());
}

/** What follows somebody's name: "closed: public holiday in Bavaria (Assumption)". */
export const closedText = ({ sentence }: ClosedBecause): string =>
  `closed${sentence.slice("Closed".length).replace(/\.$/, "")}`;

/** Which of some people have time off at an instant: entered, or an absence that was approved. */
export async function awayAt(unit: Unit, personIds: readonly string[], atMs: number): Promise<ReadonlySet<string>> {
  const away = new Set<string>();
  const instant = { startMs: atMs, endMs: atMs + 1 };
  for (let from = 0; from < personIds.length; from += TOLD_MAX) {
    const holders = await holdersOf(unit, personIds.slice(from, from + TOLD_MAX), nearDays(instant));
    for (const holder of holders.values())
      if (explained(holder, instant, false).some(({ isAway }) => isAway)) away.add(holder.id);
  }
  return away;
}

const nearDays = ({ startMs, endMs }: Interval) => ({
  fromDay: Math.floor(startMs / DAY_MS) - DAYS_AROUND,
  toDay: Math.ceil(endMs / DAY_MS) + DAYS_AROUND,
});

/** Who may change layers may know why somebody is away: everybody their own, managers those of their scope, administrators all. */
export async function mayChange(
  unit: Unit,
  caller: Caller,
  { id, kind }: Pick<Holder, "id" | "kind">,
): Promise<boolean> {
  if (caller.role === "owner" || caller.role === "administrator") return true;
  return kind === "person" && answersFor(unit, caller, id);
}

/** Layers as somebody may see them. */
export function shownLayers(layers: readonly StoredLayer[], tellsReasons: boolean): StoredLayer[] {
  return layers.map((layer) => (layer.kind === "away" && !tellsReasons ? { ...layer, reason: null } : layer));
}

const FILE_DAYS_BACK = 7;
const FILE_DAYS_AHEAD = 730;

/** The opening times as a file, without the reasons of time off. */
export function calendarOf(holder: Holder, nowMs: number): Uint8Array | Refused<"workforce/too-many-parts"> {
  const today = Math.floor(holder.zone.toLocalMs(nowMs) / DAY_MS);
  const window = {
    startMs: holder.zone.toEpochMs((today - FILE_DAYS_BACK) * DAY_MS),
    endMs: holder.zone.toEpochMs((today + FILE_DAYS_AHEAD) * DAY_MS),
  };
  const { layers } = stackAround(holder, window, false);
  const head = { uid: `availability-${holder.id}`, stampMs: nowMs, summary: holder.name };
  return printAvailability(layers, holder.zone, window, head) ?? refuseWork("too-many-parts", "file", {});
}

/** Days of a span that layers above somebody's own weeks and days close as a whole. */
export function daysClosedAbove({ sources, zone }: Holder, span: DaySpan): ReadonlySet<number> {
  const owners = sources.owners.map((owner, i) =>
    i === 0 ? { ...owner, layers: owner.layers.filter(({ kind }) => kind === "holidays") } : owner,
  );
  const { layers } = stackOf({ ...sources, owners }, zone, span, false);
  const closed = new Set<number>();
  for (let day = span.firstDay; day <= span.lastDay; day++) {
    const decider = layers[layerOfDay(layers, day) ?? -1];
    if (decider?.kind === "holiday" || (decider?.kind === "override" && decider.openings.length === 0)) closed.add(day);
  }
  return closed;
}

/** Whose layers hold below those of a holder. */
export function followedBy({ sources, id, kind }: Holder): { readonly id: string; readonly name: string }[] {
  return sources.owners
    .filter((owner) => owner.id !== id && (kind !== "thing" || owner.id !== ORGANISATION))
    .map((owner) => ({ id: owner.id, name: owner.name }));
}
