import { MODEL_STATES, type Entry, type ModelState, type Registry } from "./registry.ts";

const REGISTRY_FORMAT = "hourwright-models";
const REGISTRY_VERSION = 1;

/** A registry as JSON, for a file or a column. */
export const printRegistry = (registry: Registry): string =>
  `${JSON.stringify({ format: REGISTRY_FORMAT, version: REGISTRY_VERSION, ...registry }, null, 2)}\n`;

/** What `printRegistry` wrote, or a sentence: it is ours, so it is checked for damage and not for malice. */
export function parseRegistry(text: string): Registry | { readonly refused: string } {
  let given: { format?: unknown; version?: unknown; entries?: unknown; given?: unknown } | null;
  try {
    given = JSON.parse(text) as typeof given;
  } catch {
    return { refused: "It is no JSON." };
  }
  if (given?.format !== REGISTRY_FORMAT || given.version !== REGISTRY_VERSION || !Array.isArray(given.entries))
    return { refused: `It is no ${REGISTRY_FORMAT} of version ${REGISTRY_VERSION}.` };
  const entries = given.entries as readonly Partial<Entry>[];
  const damaged = entries.findIndex((entry) => !isEntry(entry));
  if (damaged >= 0) return { refused: `It is damaged: its entry ${damaged + 1} is none.` };
  const versions = new Set(entries.map(({ version }) => version));
  if (versions.size < entries.length) return { refused: "It is damaged: two models have one version." };
  for (const state of ["canary", "serving"])
    if (entries.filter((entry) => entry.state === state).length > 1)
      return { refused: `It is damaged: there are two models in state ${state}.` };
  const highest = given.given;
  if (highest === undefined) return { entries: entries as readonly Entry[] };
  if (!Number.isSafeInteger(highest)) return { refused: "It is damaged: its highest version is no number." };
  return { entries: entries as readonly Entry[], given: highest as number };
}

function isEntry(entry: Partial<Entry> | null): boolean {
  return (
    Number.isSafeInteger(entry?.version) &&
    MODEL_STATES.includes(entry!.state as ModelState) &&
    typeof entry!.schema?.hash === "string" &&
    typeof entry!.card?.source === "string" &&
    typeof entry!.verdict?.isPassed === "boolean" &&
    typeof entry!.summary === "object" &&
    Array.isArray(entry!.scores) &&
    Array.isArray(entry!.steps) &&
    entry!.steps.length > 0
  );
}
