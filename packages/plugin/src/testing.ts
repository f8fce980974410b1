import type { PluginQuestion, PluginTaking } from "./constraint.ts";
import type { Plugin } from "./folder.ts";
import { readManifest, type AlgorithmManifest, type ConstraintManifest } from "./manifest.ts";

/** The manifest of a small constraint, as JSON would be: two things that begin with less than `pause` minutes between them. */
export const CONSTRAINT_JSON = {
  name: "apart",
  version: "1.0.0",
  kind: "constraint",
  entry: "apart.js",
  title: "Things begin apart",
  rule: "things begin apart",
  hard: false,
  weight: 3,
  severity: "look",
  reach: "day",
  parameters: { pause: { unit: "minutes", from: 1, to: 600, preset: 60, says: "Minutes from start to start" } },
  sentences: { en: "{who} begins {what} {there} minutes after another thing, at {when}." },
  examples: [
    { says: "Two hours.", there: [{ from: 540, to: 600 }], wish: { from: 660, to: 700 } },
    { says: "Half an hour.", there: [{ from: 540, to: 550 }], wish: { from: 570, to: 600 } },
  ],
} as const;

/** A module that keeps its contract; hostile ones differ from it in one thing. */
export const CONSTRAINT_SOURCE = `
export function breaches({ values, part, taken }) {
  return taken.flatMap((taking, at) => {
    const there = at === 0 ? Infinity : (taking.startMs - taken[at - 1].startMs) / 60_000;
    if (there >= values.pause || taking.startMs < part.startMs || taking.startMs >= part.endMs) return [];
    return [{ startMs: taking.startMs, endMs: taking.endMs, taken: [at - 1, at], units: values.pause - there, facts: { there } }];
  });
}
export function delta(question, { gone, come }) {
  const taken = question.taken.filter((_, at) => at !== gone).concat(come ?? []);
  taken.sort((a, b) => a.startMs - b.startMs || a.endMs - b.endMs);
  return unitsOf({ ...question, taken }) - unitsOf(question);
}
const unitsOf = (question) => breaches(question).reduce((sum, { units }) => sum + units, 0);
`;

export const ALGORITHM_JSON = {
  name: "guess",
  version: "1.0.0",
  kind: "algorithm",
  entry: "guess.js",
  title: "Guesses",
  parameters: {},
  examples: [{ says: "One.", domains: [2], costs: [[1, 0]], differ: [], reaches: { hard: 0, soft: 0 } }],
} as const;

function readFrom(json: object) {
  const manifest = readManifest(JSON.stringify(json));
  if ("refused" in manifest) throw new Error(manifest.refused);
  return manifest.read;
}

let count = 0;
/** A plug-in that lies nowhere; its hash is made up, and no other's. */
export const constraintOf = (source: string): Plugin<ConstraintManifest> => ({
  manifest: readFrom(CONSTRAINT_JSON) as ConstraintManifest,
  source,
  hash: `sha256-${++count}`,
});

export const algorithmOf = (source: string): Plugin<AlgorithmManifest> => ({
  manifest: readFrom(ALGORITHM_JSON) as AlgorithmManifest,
  source,
  hash: `sha256-${++count}`,
});

const MINUTE_MS = 60_000;

/** A taking of a day, from minute to minute. */
export const taking = (from: number, to: number): PluginTaking => ({
  startMs: from * MINUTE_MS,
  endMs: to * MINUTE_MS,
  site: null,
  isFocus: false,
  guests: 0,
  skills: [],
});

export const questionOf = (...taken: readonly PluginTaking[]): PluginQuestion => ({
  values: { pause: 60 },
  part: { startMs: 0, endMs: 1_440 * MINUTE_MS },
  taken,
  open: null,
  days: [{ startMs: 0, endMs: 1_440 * MINUTE_MS, isHoliday: false }],
  zone: "UTC",
});
