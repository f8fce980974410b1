import {
  CANARY_PART,
  entryIn,
  LABELS,
  OUTPUTS,
  ROWS_A_PERSON_MIN,
  ROWS_MIN,
  type Output,
  type Registry,
  type Watch,
  newWatch,
  noteOutcome,
} from "@hourwright/learn";

// Pure: what learning from history says in sentences, and what it makes of what came about.

/** What there is to learn from. */
export type HistoryCount = {
  readonly rows: number;
  /** Of people with at least 100. */
  readonly usable: number;
  readonly people: number;
  readonly fromMs: number | null;
  readonly toMs: number | null;
};

export const isEnough = ({ usable }: HistoryCount): boolean => usable >= ROWS_MIN;

/** How much there is of how much is needed, in a sentence. */
export function historySentence(history: HistoryCount, isMadeUp: boolean): string {
  if (isMadeUp)
    return `A demo organisation learns from ${history.rows} made-up commitments of a stated random process; nobody of them exists.`;
  if (isEnough(history)) return `${history.usable} commitments of ${history.people} people can be learned from.`;
  return (
    `Not enough history yet: ${history.usable} of ${ROWS_MIN} commitments, counting people with at least ${ROWS_A_PERSON_MIN} each. ` +
    "Until then there is no model, and nothing is foretold."
  );
}

/** Whether anything is foretold, and by what. */
export function foretellingSentence(isOn: boolean, registry: Registry): string {
  if (!isOn) return "Nothing is foretold: learning from history is off.";
  const [canary, serving] = [entryIn(registry, "canary"), entryIn(registry, "serving")];
  const tried = `model ${canary?.version} is tried on ${Math.round(CANARY_PART * 100)} % of people`;
  if (serving !== undefined)
    return `Model ${serving.version} serves everybody${canary === undefined ? "" : `; ${tried}`}.`;
  if (canary !== undefined) return `M${tried.slice(1)}, always the same ones; for all others nothing is foretold.`;
  return "Nothing is foretold: no model has been let through and promoted.";
}

/** A plan of which something was said, and what became of it; null where it was taken away. */
export type Came = {
  readonly startMs: number;
  readonly endMs: number;
  readonly became: { readonly startMs: number; readonly endMs: number } | null;
  readonly isRefused: boolean;
};

/** Which labels came about. Nobody says who came, in the history as here: *missed* never does. */
export const labelsOf = ({
  startMs,
  endMs,
  became,
  isRefused,
}: Came): Readonly<Record<(typeof LABELS)[number], boolean>> => ({
  moved: became !== null && (became.startMs !== startMs || became.endMs !== endMs),
  cancelled: became === null,
  refused: isRefused,
  missed: false,
});

/** Adds a commitment that is over to what was seen of its model: four labels. `said` has nine probabilities. */
export function watchedWith(watch: Watch | undefined, version: number, said: readonly number[], came: Came): Watch {
  const labels = labelsOf(came);
  return LABELS.reduce(
    (seen, label) => noteOutcome(seen, said[OUTPUTS.indexOf(label)]!, labels[label]),
    watch ?? newWatch(version),
  );
}

/** What is told to people: four labels, and meeting any conflict. */
export type Chance = {
  readonly what: "moved" | "cancelled" | "refused" | "missed" | "conflict";
  readonly chance: number;
  readonly ofHundred: number;
  readonly how: "often" | "sometimes" | "seldom";
  readonly sentence: string;
};

/** So many of a hundred are *often*; fewer than the other are *seldom*, and not worth a word in a form. */
const OFTEN_PERCENT = 30;
const SOMETIMES_PERCENT = 10;

const WORDS: Readonly<Record<Chance["what"], string>> = {
  moved: "moved",
  cancelled: "cancelled",
  refused: "declined by somebody",
  missed: "missed by somebody",
  conflict: "meets a conflict",
};

/** Nine probabilities as what people are told, likeliest first. */
export function chancesOf(said: readonly number[]): Chance[] {
  const of = (output: Output) => said[OUTPUTS.indexOf(output)]!;
  const told = [...LABELS.map((what) => [what, of(what)] as const), ["conflict", 1 - of("no_conflict")] as const];
  return told
    .map(([what, p]): Chance => {
      const chance = Math.min(1, Math.max(0, p));
      const ofHundred = Math.round(chance * 100);
      const how = ofHundred >= OFTEN_PERCENT ? "often" : ofHundred >= SOMETIMES_PERCENT ? "sometimes" : "seldom";
      const verb = what === "conflict" ? "do" : "are";
      const sentence = `${how[0]!.toUpperCase()}${how.slice(1)} ${WORDS[what]}: about ${ofHundred} of 100 like it ${verb}.`;
      return { what, chance, ofHundred, how, sentence };
    })
    .sort((a, b) => b.chance - a.chance);
}

/** The versions that may go so that `max` are left: the oldest that nobody asks and that none in use would give way to. */
export function surplusOf({ entries }: Registry, max: number): number[] {
  const isInUse = (state: string) => state === "canary" || state === "serving";
  const inUse = new Set(entries.flatMap(({ version, state }) => (isInUse(state) ? [version] : [])));
  return entries
    .filter(({ state, replacedBy }) => !isInUse(state) && !(replacedBy !== null && inUse.has(replacedBy)))
    .slice(0, Math.max(0, entries.length - max))
    .map(({ version }) => version);
}
