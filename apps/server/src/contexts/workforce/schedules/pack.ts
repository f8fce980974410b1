import { adjustmentOf, type Stretch, type Unified } from "@hourwright/schedule";
import { DAY_MS, MINUTE_MS } from "@hourwright/time";

// Pure: what says a stretch, and schedules of many people in few bytes.

/** What says a stretch, as it is told. */
export type Source = {
  readonly layer: "contract" | "holiday" | "adjustment";
  readonly sourceId: string | null;
  readonly kind: Stretch["kind"];
  readonly what: string;
  readonly name: string;
  readonly site: string | null;
  readonly isPaid: boolean | null;
};

/** `idOfContract`: of a version, by its first day as the merge has it. `isKnown`: whether all of it may be told. */
export type Sight = { readonly idOfContract: ReadonlyMap<string, string>; readonly isKnown: boolean };

/** What says a stretch. Why somebody is away, and what is paid, is told to some alone. */
export function sourceOf(stretch: Stretch, { idOfContract, isKnown }: Sight): Source {
  const { kind, why, shift } = stretch;
  const adjustment = adjustmentOf(stretch);
  const contract = shift?.contract ?? (why.kind === "free" ? why.contract : null);
  const named = { kind, name: shift?.shift.name ?? "", site: shift?.shift.site ?? contract?.site ?? null };
  const isPaid = isKnown ? stretch.isPaid : null;
  if (why.kind === "holiday")
    return { ...named, layer: "holiday", sourceId: null, what: "holiday", name: why.holiday.name, isPaid };
  if (adjustment !== null) {
    const { what } = adjustment;
    const said = what.kind === "absence" ? what.type : what.kind;
    return {
      ...named,
      layer: "adjustment",
      sourceId: isKnown ? adjustment.id : null,
      what: isKnown || kind === "work" ? said : "away",
      isPaid,
    };
  }
  const sourceId = isKnown && contract !== null ? (idOfContract.get(contract.id) ?? null) : null;
  return { ...named, layer: "contract", sourceId, what: shift?.shift.kind ?? why.kind, isPaid };
}

/** Sources, each once, and where each stands. One for all people of an answer. */
export class Sources {
  readonly list: string[] = [];
  readonly #places = new Map<string, number>();
  /** By shift and reason: most stretches of a person have been met before. */
  readonly #met = new Map<unknown, Map<string, number>>();

  /** Where a source stands. O(1) but for new ones. */
  placeOf(stretch: Stretch, sight: Sight): number {
    const { why, kind, isPaid, shift } = stretch;
    const reason = why.kind === "shift" ? (shift!.adjustment ?? shift!.shift) : why;
    const key = `${kind} ${String(isPaid)} ${shift?.contract?.id ?? ""} ${shift?.shift.fromMinute ?? ""}`;
    const met = this.#met.get(reason);
    const known = met?.get(key);
    if (known !== undefined) return known;
    const text = JSON.stringify(sourceOf(stretch, sight));
    let place = this.#places.get(text);
    if (place === undefined) {
      place = this.list.push(text) - 1;
      this.#places.set(text, place);
    }
    if (met === undefined) this.#met.set(reason, new Map([[key, place]]));
    else met.set(key, place);
    return place;
  }

  /** Another person: what was met belongs to the one before. */
  next(): void {
    this.#met.clear();
  }
}

/** Stretches as four numbers each; what the contract leaves off is left out. */
export function packed(stretches: readonly Stretch[], fromDay: number, sources: Sources, sight: Sight): string {
  let text = "";
  for (const stretch of stretches) {
    const { why, day, startMs, endMs } = stretch;
    if (why.kind === "free" || why.kind === "no-contract") continue;
    const start = Math.round((startMs - fromDay * DAY_MS) / MINUTE_MS);
    const minutes = Math.round((endMs - startMs) / MINUTE_MS);
    text += `${text === "" ? "" : ","}${day - fromDay},${start},${minutes},${sources.placeOf(stretch, sight)}`;
  }
  return text;
}

/** One person's row, as JSON. What is asked for is told to who may know all. */
export function packedRow(
  personId: string,
  { zone, fromDay, stretches, pending }: Unified,
  sources: Sources,
  sight: Sight,
): string {
  sources.next();
  const row = packed(stretches, fromDay, sources, sight);
  const asked = sight.isKnown ? packed(pending, fromDay, sources, sight) : "";
  return `{"personId":"${personId}","zone":${JSON.stringify(zone.id)},"stretches":[${row}],"pending":[${asked}]}`;
}
