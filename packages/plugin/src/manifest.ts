import { listOf, numberOf, objectOf, oneOfThese, reading, textOf, truthOf, wholeOf, wrong } from "./reading.ts";

/** What a parameter is measured in, as in the catalogue of constraints: a time of day in minutes, a share from 0 to 1. */
export const UNITS = ["minutes", "hours", "days", "times", "share", "time of day"] as const;

/** One number that administrators may set: within bounds, both of them allowed. */
export type PluginParameter = {
  readonly unit: (typeof UNITS)[number];
  readonly from: number;
  readonly to: number;
  readonly preset: number;
  readonly says: string;
};

export type Parameters = Readonly<Record<string, PluginParameter>>;
export type Values = Readonly<Record<string, number>>;

type Common = {
  /** Lower case words with hyphens; also its id in the catalogue. */
  readonly name: string;
  /** Three numbers. */
  readonly version: string;
  /** The module beside the manifest. */
  readonly entry: string;
  readonly title: string;
  readonly parameters: Parameters;
};

export type ConstraintManifest = Common & {
  readonly kind: "constraint";
  /** The rule in a few words, for the end of a sentence. */
  readonly rule: string;
  readonly hard: boolean;
  /** What one unit weighs when it is soft. */
  readonly weight: number;
  readonly severity: "must" | "should" | "look";
  /** How far from a change a breach may come or go: in its days, or its weeks. */
  readonly reach: "day" | "week";
  /** Why it does not hold, by language; `{who}`, `{what}`, `{when}` and the facts of a breach in braces. English is there always. */
  readonly sentences: Readonly<Record<string, string>>;
  /** The facts that the sentences name; each breach says them all. */
  readonly facts: readonly string[];
  readonly examples: readonly [kept: ConstraintExample, broken: ConstraintExample];
};

/** Minutes of a Monday, in UTC; beyond 1,440 it is Tuesday. */
export type ExampleTaking = {
  readonly from: number;
  readonly to: number;
  readonly site: number | null;
  readonly isFocus: boolean;
  readonly guests: number;
  readonly skills: readonly string[];
};

/** What is there, and what somebody wishes to add: kept in the first, broken in the second. */
export type ConstraintExample = {
  readonly says: string;
  readonly there: readonly ExampleTaking[];
  readonly wish: ExampleTaking;
  readonly values: Values;
};

export type AlgorithmManifest = Common & {
  readonly kind: "algorithm";
  readonly examples: readonly AlgorithmExample[];
};

/**
 * A small problem: how many values each variable has, what each of them costs (soft), which two must differ (hard), and the
 * points that are to be reached or undercut.
 */
export type AlgorithmExample = {
  readonly says: string;
  readonly domains: readonly number[];
  readonly costs: readonly (readonly number[])[];
  readonly differ: readonly (readonly [number, number])[];
  readonly reaches: { readonly hard: number; readonly soft: number };
};

export type Manifest = ConstraintManifest | AlgorithmManifest;

export const MANIFEST_BYTES_MAX = 65_536;
/** No folder, no dot in front: what is named lies beside the manifest. */
const ENTRY = /^[A-Za-z0-9_-]+(?:\.[A-Za-z0-9_-]+)*\.m?js$/;
const NAME = /^[a-z][a-z0-9]*(?:-[a-z0-9]+)*$/;
const NAME_MAX = 60;
const TITLE_MAX = 120;
const SENTENCE_MAX = 500;
const PARAMETERS_MAX = 20;
const FACTS_MAX = 20;
const NUMBER_MAX = 1e9;
/** As a constraint of the solver may weigh. */
const WEIGHT_MAX = 1_000_000;
const WORD = /^[a-z][a-zA-Z0-9]{0,30}$/;
const COMMON = ["name", "version", "kind", "entry", "title", "parameters", "examples"];
const TOLD = new Set(["who", "what", "when"]);
const SEVERITIES = ["must", "should", "look"] as const;

/** Reads `plugin.json`. `refused` is a sentence that says what is wrong with it. */
export function readManifest(json: string): { readonly read: Manifest } | { readonly refused: string } {
  return reading(() => {
    const value = parsed(json);
    const kind = oneOfThese((value as { kind?: unknown } | null)?.kind, "kind", ["constraint", "algorithm"]);
    return kind === "constraint" ? constraintOf(value) : algorithmOf(value);
  });
}

function parsed(json: string): unknown {
  try {
    return JSON.parse(json);
  } catch {
    return wrong("plugin.json is no JSON");
  }
}

function commonOf(fields: ReadonlyMap<string, unknown>): Common {
  const name = textOf(fields.get("name"), "name", NAME_MAX);
  if (!NAME.test(name)) wrong(`name is lower case words with hyphens, such as no-late-meetings`);
  const version = textOf(fields.get("version"), "version", NAME_MAX);
  if (!/^\d{1,6}\.\d{1,6}\.\d{1,6}$/.test(version)) wrong("version is three numbers, such as 1.0.0");
  const entry = textOf(fields.get("entry"), "entry", NAME_MAX);
  if (!ENTRY.test(entry)) wrong("entry is the name of a .js or .mjs file beside plugin.json");
  return {
    name,
    version,
    entry,
    title: textOf(fields.get("title"), "title", TITLE_MAX),
    parameters: parametersOf(fields.get("parameters")),
  };
}

function parametersOf(value: unknown): Parameters {
  const entries = entriesOf(value, "parameters", PARAMETERS_MAX);
  return Object.fromEntries(
    entries.map(([name, each]) => {
      const what = `the parameter "${name}"`;
      const fields = objectOf(each, what, ["unit", "from", "to", "preset", "says"]);
      const unit = oneOfThese(fields.get("unit"), `${what}: unit`, UNITS);
      const from = numberOf(fields.get("from"), `${what}: from`, 0, NUMBER_MAX);
      const to = numberOf(fields.get("to"), `${what}: to`, from, NUMBER_MAX);
      const preset = numberOf(fields.get("preset"), `${what}: preset`, from, to);
      return [name, { unit, from, to, preset, says: textOf(fields.get("says"), `${what}: says`, SENTENCE_MAX) }];
    }),
  );
}

/** Names that are words of ours: never `__proto__`, never a path. */
function entriesOf(value: unknown, what: string, max: number): [string, unknown][] {
  if (typeof value !== "object" || value === null || Array.isArray(value)) wrong(`${what} is an object`);
  const entries = Object.entries(value) as [string, unknown][];
  if (entries.length > max) wrong(`${what} has at most ${max} entries`);
  if (entries.some(([name]) => !WORD.test(name))) wrong(`names in ${what} are words of letters and digits`);
  return entries;
}

function constraintOf(value: unknown): ConstraintManifest {
  const own = ["rule", "hard", "weight", "severity", "reach", "sentences"];
  const fields = objectOf(value, "plugin.json", [...COMMON, ...own]);
  const common = commonOf(fields);
  const sentences = Object.fromEntries(
    entriesOf(fields.get("sentences"), "sentences", 50).map(([language, each]) => [
      language,
      textOf(each, `the sentence in "${language}"`, SENTENCE_MAX),
    ]),
  );
  if (!Object.hasOwn(sentences, "en")) wrong('sentences has no "en"');
  const examples = listOf(fields.get("examples"), "examples", 2);
  if (examples.length !== 2) wrong("examples are two: one that is kept, one that is broken");
  const [kept, broken] = examples.map((each, i) => constraintExampleOf(each, `example ${i + 1}`, common.parameters));
  return {
    ...common,
    kind: "constraint",
    rule: textOf(fields.get("rule"), "rule", TITLE_MAX),
    hard: truthOf(fields.get("hard"), "hard"),
    weight: wholeOf(fields.get("weight"), "weight", 1, WEIGHT_MAX),
    severity: oneOfThese(fields.get("severity"), "severity", SEVERITIES),
    reach: oneOfThese(fields.get("reach"), "reach", ["day", "week"]),
    sentences,
    facts: factsOf(Object.values(sentences)),
    examples: [kept!, broken!],
  };
}

function factsOf(sentences: readonly string[]): string[] {
  const names = sentences.flatMap((sentence) => [...sentence.matchAll(/\{([^}]*)\}/g)].map(([, name]) => name!));
  const odd = names.find((name) => !WORD.test(name));
  if (odd !== undefined) wrong(`a sentence has {${odd.slice(0, 40)}}, which is no word`);
  const facts = [...new Set(names)].filter((name) => !TOLD.has(name));
  return facts.length <= FACTS_MAX ? facts : wrong(`sentences name at most ${FACTS_MAX} facts`);
}

function constraintExampleOf(value: unknown, what: string, parameters: Parameters): ConstraintExample {
  const fields = objectOf(value, what, ["says", "there", "wish"], ["values"]);
  const there = listOf(fields.get("there"), `${what}: there`, 100);
  return {
    says: textOf(fields.get("says"), `${what}: says`, SENTENCE_MAX),
    there: there.map((each) => exampleTakingOf(each, `${what}: there`)),
    wish: exampleTakingOf(fields.get("wish"), `${what}: wish`),
    values: valuesOf(parameters, fields.get("values") ?? {}, `${what}: values`),
  };
}

function exampleTakingOf(value: unknown, what: string): ExampleTaking {
  const fields = objectOf(value, what, ["from", "to"], ["site", "isFocus", "guests", "skills"]);
  const from = wholeOf(fields.get("from"), `${what}: from`, 0, 20_000);
  return {
    from,
    to: wholeOf(fields.get("to"), `${what}: to`, from + 1, 30_000),
    site: fields.has("site") ? wholeOf(fields.get("site"), `${what}: site`, 0, 1_000) : null,
    isFocus: truthOf(fields.get("isFocus") ?? false, `${what}: isFocus`),
    guests: wholeOf(fields.get("guests") ?? 0, `${what}: guests`, 0, 100_000),
    skills: listOf(fields.get("skills") ?? [], `${what}: skills`, 20).map((each) => textOf(each, `${what}: skill`, 60)),
  };
}

/** What is set, beside what is preset; within the bounds. */
export function valuesOf(parameters: Parameters, set: unknown, what: string): Values {
  const fields = objectOf(set, what, [], Object.keys(parameters));
  return Object.fromEntries(
    Object.entries(parameters).map(([name, { preset, from, to }]) => [
      name,
      numberOf(fields.get(name) ?? preset, `${what}: ${name}`, from, to),
    ]),
  );
}

function algorithmOf(value: unknown): AlgorithmManifest {
  const fields = objectOf(value, "plugin.json", COMMON);
  const examples = listOf(fields.get("examples"), "examples", 10);
  if (examples.length === 0) wrong("examples has one entry at least");
  return {
    ...commonOf(fields),
    kind: "algorithm",
    examples: examples.map((each, i) => algorithmExampleOf(each, `example ${i + 1}`)),
  };
}

function algorithmExampleOf(value: unknown, what: string): AlgorithmExample {
  const fields = objectOf(value, what, ["says", "domains", "costs", "differ", "reaches"]);
  const domains = listOf(fields.get("domains"), `${what}: domains`, 1_000).map((each) =>
    wholeOf(each, `${what}: a domain`, 1, 1_000),
  );
  if (domains.length === 0) wrong(`${what}: domains has one entry at least`);
  const costs = listOf(fields.get("costs"), `${what}: costs`, 1_000).map((row, variable) =>
    listOf(row, `${what}: costs`, domains[variable] ?? 0).map((each) => wholeOf(each, `${what}: a cost`, 0, 1e6)),
  );
  if (costs.length !== domains.length || costs.some((row, i) => row.length !== domains[i])) {
    wrong(`${what}: costs has a row for each variable, with a cost for each of its values`);
  }
  const variable = (each: unknown) => wholeOf(each, `${what}: differ`, 0, domains.length - 1);
  const differ = listOf(fields.get("differ"), `${what}: differ`, 10_000).map((pair): readonly [number, number] => {
    const [a, b] = listOf(pair, `${what}: differ`, 2);
    return [variable(a), variable(b)];
  });
  const reaches = objectOf(fields.get("reaches"), `${what}: reaches`, ["hard", "soft"]);
  return {
    says: textOf(fields.get("says"), `${what}: says`, SENTENCE_MAX),
    domains,
    costs,
    differ,
    reaches: {
      hard: wholeOf(reaches.get("hard"), `${what}: hard`, 0, 1e6),
      soft: wholeOf(reaches.get("soft"), `${what}: soft`, 0, 1e9),
    },
  };
}
