import type { Schema } from "../features/vector.ts";
import { SCHEMA } from "../features/vector.ts";
import { alarmsOf, watchedCount, WATCHED_MIN, type Watch } from "./monitor.ts";
import { ENTRIES_MAX, entryIn, entryOf, type Entry, type ModelState, type Registry } from "./registry.ts";

/** What can be done with models. `watch` is what was seen of the model while it was tried. */
export type Command =
  | { readonly do: "add"; readonly model: Omit<Entry, "version" | "state" | "replacedBy" | "steps"> }
  | { readonly do: "promote"; readonly version: number; readonly watch: Watch | null }
  | { readonly do: "retire"; readonly version: number }
  | { readonly do: "roll back"; readonly version: number }
  | { readonly do: "remove"; readonly version: number }
  | { readonly do: "observe"; readonly watch: Watch };

/** The registry afterwards, with a sentence for whoever asked; or why nothing was done. */
export type Decision = { readonly registry: Registry; readonly said: string } | { readonly refused: string };

/** Decides about models; nothing else changes a registry. `at` is the instant of the decision, ISO 8601. */
export function decide(registry: Registry, command: Command, at: string): Decision {
  switch (command.do) {
    case "add":
      return add(registry, command.model, at);
    case "promote":
      return promote(registry, command.version, command.watch, at);
    case "retire":
      return retire(registry, command.version, at);
    case "roll back":
      return rollBack(registry, command.version, at);
    case "remove":
      return remove(registry, command.version);
    case "observe":
      return observe(registry, command.watch, at);
  }
}

function add({ entries, given = 0 }: Registry, model: Extract<Command, { do: "add" }>["model"], at: string): Decision {
  if (entries.length >= ENTRIES_MAX) return { refused: `There are ${ENTRIES_MAX} models already.` };
  const version = Math.max(given, ...entries.map((entry) => entry.version)) + 1;
  const state = model.verdict.isPassed ? "candidate" : "refused";
  const why = model.verdict.reasons.join(" ");
  const entry: Entry = { ...model, version, state, replacedBy: null, steps: [{ at, state, why }] };
  const said =
    state === "candidate"
      ? `Model ${version} is a candidate. ${why} Promote it to try it on 5 % of people.`
      : `Model ${version} stays off. ${why}`;
  return { registry: { entries: [...entries, entry], given: version }, said };
}

function promote(registry: Registry, version: number, watch: Watch | null, at: string): Decision {
  const entry = entryOf(registry, version);
  if (entry === undefined) return { refused: `There is no model ${version}.` };
  if (!isOfSchema(entry.schema))
    return { refused: `Model ${version} was made for other features (schema ${entry.schema.version}). Train it anew.` };
  switch (entry.state) {
    case "refused":
      return { refused: `Model ${version} was refused by the gate and stays off. ${entry.steps[0]!.why}` };
    case "candidate":
      return toCanary(registry, entry, at);
    case "canary":
      return toServing(registry, entry, watch, at);
    case "serving":
      return { refused: `Model ${version} serves already.` };
    case "retired":
      return { refused: `Model ${version} was retired. Train a new one from today's history.` };
    case "rolled back":
      return { refused: `Model ${version} was rolled back: ${entry.steps.at(-1)!.why} Train a new one.` };
  }
}

function toCanary(registry: Registry, { version }: Entry, at: string): Decision {
  const other = entryIn(registry, "canary");
  if (other !== undefined)
    return { refused: `Model ${other.version} is being tried; one at a time. Promote or retire it first.` };
  return {
    registry: moved(registry, version, { at, state: "canary", why: "It is tried on 5 % of people." }),
    said: `Model ${version} is a canary: it is asked for 5 % of people, always the same ones.`,
  };
}

function toServing(registry: Registry, entry: Entry, watch: Watch | null, at: string): Decision {
  const { version } = entry;
  if (watch === null || watch.version !== version || watchedCount(watch) < WATCHED_MIN) {
    const seen = watch?.version === version ? watchedCount(watch) : 0;
    return {
      refused: `Model ${version} has been seen on ${seen} outcomes; ${WATCHED_MIN} are needed before it serves everybody.`,
    };
  }
  const alarms = alarmsOf(watch, entry);
  if (alarms.length > 0) return rolledBack(registry, entry, alarms, at);
  const before = entryIn(registry, "serving");
  const cleared =
    before === undefined
      ? registry
      : moved(registry, before.version, { at, state: "retired", why: `Model ${version} took its place.` }, version);
  return {
    registry: moved(cleared, version, { at, state: "serving", why: "No monitor spoke against it." }),
    said: `Model ${version} serves everybody${before === undefined ? "" : ` in place of model ${before.version}`}.`,
  };
}

function retire(registry: Registry, version: number, at: string): Decision {
  const entry = entryOf(registry, version);
  if (entry === undefined) return { refused: `There is no model ${version}.` };
  if (entry.state === "retired" || entry.state === "rolled back" || entry.state === "refused")
    return { refused: `Model ${version} is not in use.` };
  const rest = entry.state === "serving" ? " Nothing is foretold until another one serves." : "";
  return {
    registry: moved(registry, version, { at, state: "retired", why: "It was retired by hand." }),
    said: `Model ${version} is retired.${rest}`,
  };
}

/** By hand what a monitor does by itself: whom it replaced comes back. */
function rollBack(registry: Registry, version: number, at: string): Decision {
  const entry = entryOf(registry, version);
  if (entry === undefined) return { refused: `There is no model ${version}.` };
  if (entry.state !== "canary" && entry.state !== "serving")
    return { refused: `Model ${version} is not asked, so there is nothing to take back.` };
  return rolledBack(registry, entry, ["It was taken back by hand."], at);
}

/** Its card and its steps go with it; its number is never given again. */
function remove({ entries, ...rest }: Registry, version: number): Decision {
  const entry = entryOf({ entries }, version);
  if (entry === undefined) return { refused: `There is no model ${version}.` };
  if (entry.state === "canary" || entry.state === "serving")
    return { refused: `Model ${version} is asked. Retire it first.` };
  const given = Math.max(rest.given ?? 0, ...entries.map((each) => each.version));
  const left = entries.filter((each) => each !== entry);
  return { registry: { entries: left, given }, said: `Model ${version} is deleted.` };
}

/** Monitors decide by themselves: an alarm takes the model back at once. */
function observe(registry: Registry, watch: Watch, at: string): Decision {
  const entry = entryOf(registry, watch.version);
  if (entry === undefined) return { refused: `There is no model ${watch.version}.` };
  if (entry.state !== "canary" && entry.state !== "serving")
    return { refused: `Model ${watch.version} is not asked, so there is nothing to watch.` };
  const alarms = alarmsOf(watch, entry);
  if (alarms.length > 0) return rolledBack(registry, entry, alarms, at);
  return {
    registry,
    said: `Model ${watch.version}: ${watchedCount(watch)} outcomes seen, no monitor speaks against it.`,
  };
}

/** Whom it replaced comes back, if it was made for the features of today. */
function rolledBack(registry: Registry, { version, state }: Entry, alarms: readonly string[], at: string): Decision {
  const why = alarms.join(" ");
  const without = moved(registry, version, { at, state: "rolled back", why });
  const before = registry.entries.find((entry) => entry.replacedBy === version && isOfSchema(entry.schema));
  if (state !== "serving" || before === undefined || before.state !== "retired")
    return { registry: without, said: `Model ${version} is rolled back. ${why}` };
  return {
    registry: moved(without, before.version, { at, state: "serving", why: `Model ${version} was rolled back.` }),
    said: `Model ${version} is rolled back, and model ${before.version} serves again. ${why}`,
  };
}

const isOfSchema = ({ hash }: Schema): boolean => hash === SCHEMA.hash;

function moved(
  { entries, ...rest }: Registry,
  version: number,
  step: { readonly at: string; readonly state: ModelState; readonly why: string },
  replacedBy: number | null = null,
): Registry {
  return {
    ...rest,
    entries: entries.map((entry) =>
      entry.version === version ? { ...entry, state: step.state, replacedBy, steps: [...entry.steps, step] } : entry,
    ),
  };
}
