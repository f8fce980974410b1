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
  readonly changed: boolean;
};

/**
 * `idOfContract`: of a version, by its first day as the merge has it. `isKnown`: whether all of it may be told. `isChanged`: whether an
 * adjustment came after the roster of a day was published to the person.
 */
export type Sight = {
  readonly idOfContract: ReadonlyMap<string, string>;
  readonly isKnown: boolean;
  readonly isChanged: (adjustmentId: string, day: number) => boolean;
};

/** What says a stretch. Why somebody is away, and what is paid, is told to some alone. */
export function sourceOf(stretch: Stretch, { idOfContract, isKnown, isChanged }: Sight): Source {
  const { kind, why, shift } = stretch;
  const adjustment = adjustmentOf(stretch);
  const contract = shift?.contract ?? (why.kind === "free" ? why.contract : null);
  const changed = adjustment !== null && adjustment.approval !== null && isChanged(adjustment.id, stretch.day);
  const named = { kind, name: shift?.shift.name ?? "", site: shift?.shift.site ?? contract?.site ?? null, changed };
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

const KINDS: Readonly<Record<Stretch["kind"], number>> = {
  work: 0,
  break: 1,
  "on-call": 2,
  absence: 3,
  holiday: 4,
  off: 5,
};

/** Sources, each once, and where each stands. One for all people of an answer. */
export class Sources {
  readonly list: string[] = [];
  readonly #places = new Map<string, number>();
  /** Of one person, by reason and shift, then by kind and pay: most stretches have been met before. */
  readonly #met = new Map<object, Map<object | null, (number | undefined)[]>>();

  /** Where a source stands. O(1) but for new ones. */
  placeOf(stretch: Stretch, sight: Sight): number {
    const { why, kind, isPaid, shift } = stretch;
    const [reason, beside] =
      why.kind === "shift" ? [shift!.shift, shift!.adjustment] : [reasonOf(why), shift?.shift ?? null];
    let byShift = this.#met.get(reason);
    if (byShift === undefined) this.#met.set(reason, (byShift = new Map()));
    let met = byShift.get(beside);
    if (met === undefined) byShift.set(beside, (met = []));
    const slot = KINDS[kind] * 2 + (isPaid ? 1 : 0);
    return (met[slot] ??= this.#add(JSON.stringify(sourceOf(stretch, sight))));
  }

  #add(text: string): number {
    let place = this.#places.get(text);
    if (place === undefined) this.#places.set(text, (place = this.list.push(text) - 1));
    return place;
  }

  /** Another person: what was met belongs to the one before. */
  next(): void {
    this.#met.clear();
  }
}

function reasonOf(why: Exclude<Stretch["why"], { readonly kind: "shift" }>): object {
  if (why.kind === "holiday") return why.holiday;
  return "adjustment" in why ? why.adjustment : why;
}

/** Of many people versions of contracts are named by the row, so that what says a stretch is the same for all. */
const UNNAMED: ReadonlyMap<string, string> = new Map();

/** Stretches as four numbers each; what the contract leaves off is left out. */
function packed(stretches: readonly Stretch[], fromDay: number, sources: Sources, sight: Sight): string {
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

/** One person's row, as JSON. What is asked for, and which contract holds, is told to who may know all. */
export function packedRow(
  personId: string,
  { zone, fromDay, stretches, pending }: Unified,
  sources: Sources,
  { contractIds, ...more }: Omit<Sight, "idOfContract"> & { readonly contractIds: readonly string[] },
): string {
  sources.next();
  const { isKnown } = more;
  const sight = { idOfContract: UNNAMED, ...more };
  const row = packed(stretches, fromDay, sources, sight);
  const asked = isKnown ? packed(pending, fromDay, sources, sight) : "";
  const head = `"personId":"${personId}","zone":${JSON.stringify(zone.id)},"contractIds":${JSON.stringify(isKnown ? contractIds : [])}`;
  return `{${head},"stretches":[${row}],"pending":[${asked}]}`;
}
