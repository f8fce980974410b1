import type { ConstraintManifest, Values } from "./manifest.ts";
import { listOf, numberOf, objectOf, wholeOf, wrong } from "./reading.ts";

type Interval = { readonly startMs: number; readonly endMs: number };

/** One taking of a subject's time: a meeting, a focus block, a shift. `site` is a place by its number, null where it does not matter. */
export type PluginTaking = Interval & {
  readonly site: number | null;
  readonly isFocus: boolean;
  readonly guests: number;
  readonly skills: readonly string[];
};

/**
 * What a constraint is asked: one subject's line, and the part of it that is judged. Breaches that begin in `part` count; the line
 * reaches farther, to the ends of the days or weeks that the part touches. Plain JSON, epoch milliseconds.
 */
export type PluginQuestion = {
  /** The numbers that are set, each within its bounds. */
  readonly values: Values;
  readonly part: Interval;
  /** By start, then end. */
  readonly taken: readonly PluginTaking[];
  /** When the subject may be taken; null where that is not known. */
  readonly open: readonly Interval[] | null;
  /** The days that the line touches, as the subject's zone has them. */
  readonly days: readonly (Interval & { readonly isHoliday: boolean })[];
  readonly zone: string;
};

/** What would be: one taking goes (by its place in `taken`), one comes, or both. */
export type PluginChange = { readonly gone: number | null; readonly come: PluginTaking | null };

/** One place where the constraint does not hold, by how many units; `taken`: what takes part, by its place on the line. */
export type PluginBreach = Interval & {
  readonly taken: readonly number[];
  readonly units: number;
  readonly facts: Values;
};

export const TAKEN_MAX = 10_000;
const BREACHES_MAX = 1_000;
const UNITS_MAX = 1e9;

/** Reads what a module answered; throws `Wrong` with what is wrong about it. */
export function readBreaches(value: unknown, question: PluginQuestion, manifest: ConstraintManifest): PluginBreach[] {
  const { part, taken } = question;
  return listOf(value, "what it answers", BREACHES_MAX).map((each) => {
    const fields = objectOf(each, "a breach", ["startMs", "endMs", "taken", "units", "facts"]);
    const startMs = numberOf(fields.get("startMs"), "a breach: startMs", part.startMs, part.endMs - 1);
    const facts = objectOf(fields.get("facts"), "a breach: facts", manifest.facts);
    return {
      startMs,
      endMs: numberOf(fields.get("endMs"), "a breach: endMs", startMs, Number.MAX_SAFE_INTEGER),
      taken: listOf(fields.get("taken"), "a breach: taken", taken.length).map((at) =>
        wholeOf(at, "a breach: a place in taken", 0, taken.length - 1),
      ),
      units: numberOf(fields.get("units"), "a breach: units", Number.MIN_VALUE, UNITS_MAX),
      facts: Object.fromEntries(
        manifest.facts.map((name) => [name, numberOf(facts.get(name), `a breach: ${name}`, -UNITS_MAX, UNITS_MAX)]),
      ),
    };
  });
}

export function readDelta(value: unknown): number {
  return typeof value === "number" && Math.abs(value) <= UNITS_MAX
    ? value
    : wrong(`a delta is a number of at most ${UNITS_MAX} units`);
}

/** The line after a change. */
export function changedQuestion(question: PluginQuestion, { gone, come }: PluginChange): PluginQuestion {
  const left = question.taken.filter((_, at) => at !== gone);
  const taken = come === null ? left : [...left, come];
  return { ...question, taken: taken.toSorted((a, b) => a.startMs - b.startMs || a.endMs - b.endMs) };
}

export const unitsOf = (breaches: readonly PluginBreach[]): number =>
  breaches.reduce((sum, { units }) => sum + units, 0);

/** What a sentence about a breach may name, beside its facts. */
export type PluginTelling = { readonly who: string; readonly what: string; readonly when: string };

/** Why a constraint does not hold: the manifest's sentence in a language, or in English. */
export function breachSentence(
  { sentences }: ConstraintManifest,
  { facts }: PluginBreach,
  telling: PluginTelling,
  language = "en",
): string {
  const template = Object.hasOwn(sentences, language) ? sentences[language]! : sentences["en"]!;
  const words = new Map<string, string | number>([...Object.entries(telling), ...Object.entries(facts)]);
  return template.replaceAll(/\{([^}]*)\}/g, (_, name: string) => String(words.get(name)));
}
