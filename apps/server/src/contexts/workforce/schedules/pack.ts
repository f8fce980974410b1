import { adjustmentOf, type Stretch, type Unified } from "@hourwright/schedule";
import { DAY_MS, MINUTE_MS, type Zone } from "@hourwright/time";

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

/** Stretches as four numbers each: day and beginning from the first day on, in days and minutes, minutes, and which of the samples is like it. */
export type Cells = {
  readonly numbers: Int32Array;
  readonly samples: readonly Stretch[];
};

/** A schedule in few bytes, whoever looks at it: 16 a stretch, and some samples. */
export type PackedSchedule = {
  readonly zone: Zone;
  readonly stretches: Cells;
  readonly pending: Cells;
};

const NUMBERS_EACH = 4;

export const packSchedule = ({ zone, fromDay, stretches, pending }: Unified): PackedSchedule => ({
  zone,
  stretches: cellsOf(stretches, fromDay),
  pending: cellsOf(pending, fromDay),
});

/** What the contract leaves off is left out. */
function cellsOf(stretches: readonly Stretch[], fromDay: number): Cells {
  const told = stretches.filter(({ why }) => why.kind !== "free" && why.kind !== "no-contract");
  const numbers = new Int32Array(told.length * NUMBERS_EACH);
  const samples = new Samples();
  let at = 0;
  for (const stretch of told) {
    const { day, startMs, endMs } = stretch;
    numbers[at++] = day - fromDay;
    numbers[at++] = Math.round((startMs - fromDay * DAY_MS) / MINUTE_MS);
    numbers[at++] = Math.round((endMs - startMs) / MINUTE_MS);
    numbers[at++] = samples.placeOf(stretch);
  }
  return { numbers, samples: samples.list };
}

const KINDS: Readonly<Record<Stretch["kind"], number>> = {
  work: 0,
  break: 1,
  "on-call": 2,
  absence: 3,
  holiday: 4,
  off: 5,
};

/** One stretch of each sort: those of which every viewer is told the same but for the time. O(1) each. */
class Samples {
  readonly list: Stretch[] = [];
  /** By reason and shift, then by kind and pay. Of an adjustment each day has its own: whether it is a change is asked of the day. */
  readonly #met = new Map<object, Map<object | null, (number | undefined)[]>>();

  placeOf(stretch: Stretch): number {
    const { why, kind, isPaid, shift } = stretch;
    const [reason, beside] =
      why.kind === "shift" ? [shift!.shift, shift!.adjustment] : [reasonOf(why), shift?.shift ?? null];
    let byShift = this.#met.get(reason);
    if (byShift === undefined) this.#met.set(reason, (byShift = new Map()));
    let met = byShift.get(beside);
    if (met === undefined) byShift.set(beside, (met = []));
    const slot = KINDS[kind] * 2 + (isPaid ? 1 : 0);
    const known = met[slot];
    if (known !== undefined && (adjustmentOf(stretch) === null || this.list[known]!.day === stretch.day)) return known;
    return (met[slot] = this.list.push(stretch) - 1);
  }
}

function reasonOf(why: Exclude<Stretch["why"], { readonly kind: "shift" }>): object {
  if (why.kind === "holiday") return why.holiday;
  return "adjustment" in why ? why.adjustment : why;
}

/** Sources, each once, and where each stands. One for all people of an answer. */
export class Sources {
  readonly list: string[] = [];
  readonly #places = new Map<string, number>();

  placeOf(text: string): number {
    let place = this.#places.get(text);
    if (place === undefined) this.#places.set(text, (place = this.list.push(text) - 1));
    return place;
  }
}

/** Of many people versions of contracts are named by the row, so that what says a stretch is the same for all. */
const UNNAMED: ReadonlyMap<string, string> = new Map();

/** The numbers as text, each sample by where its source stands. */
function written({ numbers, samples }: Cells, sources: Sources, sight: Sight): string {
  const places = samples.map((sample) => sources.placeOf(JSON.stringify(sourceOf(sample, sight))));
  let text = "";
  for (let at = 0; at < numbers.length; at += NUMBERS_EACH)
    text += `${at === 0 ? "" : ","}${numbers[at]},${numbers[at + 1]},${numbers[at + 2]},${places[numbers[at + 3]!]}`;
  return text;
}

/** One person's row, as JSON. What is asked for, and which contract holds, is told to who may know all. */
export function packedRow(
  personId: string,
  { zone, stretches, pending }: PackedSchedule,
  sources: Sources,
  { contractIds, ...more }: Omit<Sight, "idOfContract"> & { readonly contractIds: readonly string[] },
): string {
  const { isKnown } = more;
  const sight = { idOfContract: UNNAMED, ...more };
  const row = written(stretches, sources, sight);
  const asked = isKnown ? written(pending, sources, sight) : "";
  const head = `"personId":"${personId}","zone":${JSON.stringify(zone.id)},"contractIds":${JSON.stringify(isKnown ? contractIds : [])}`;
  return `{${head},"stretches":[${row}],"pending":[${asked}]}`;
}
