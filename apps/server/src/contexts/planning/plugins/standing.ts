import { momentText } from "@hourwright/conflict";
import { breachSentence } from "@hourwright/plugin";
import type { Task, WorkerPool } from "../../../platform/workers/pool.ts";
import type { FoundBreach } from "../rules/standing.task.ts";
import type { Saying } from "../rules/standing.ts";
import type { FoundByPlugin, Plugins } from "./asking.ts";
import type { Lines, LinesInput } from "./lines.task.ts";
import { constraintIdOf, type AllowedPlugin } from "./model.ts";

const linesOf: Task<LinesInput, never, Lines> = {
  module: new URL("lines.task.ts", import.meta.url),
  name: "linesTask",
};

/** What plug-ins find of what stands: breaches beside those of rules, and how each is said. */
export type FoundByPlugins = {
  readonly breaches: readonly FoundBreach[];
  readonly sayings: ReadonlyMap<FoundBreach, Saying>;
  readonly isCut: boolean;
};

/** Asks those that are allowed. A plug-in's constraint is soft: it judges what stands, and refuses nobody. */
export async function standingByPlugins(
  { plugins, questions }: { readonly plugins: Plugins; readonly questions: WorkerPool },
  organisation: number,
  allowed: readonly AllowedPlugin[],
  input: LinesInput,
): Promise<FoundByPlugins> {
  const { lines, isCut } = await questions.run(linesOf, input, {});
  const answer = await plugins.ask(organisation, allowed, lines);
  const sayings = new Map(answer.found.map((found) => [foundBreach(found), sayingOf(found)]));
  return { breaches: [...sayings.keys()], sayings, isCut: isCut || answer.isCut };
}

const foundBreach = ({ allowed, breach, subjectId, dates }: FoundByPlugin): FoundBreach => ({
  startMs: breach.startMs,
  endMs: breach.endMs,
  units: breach.units,
  facts: breach.facts,
  constraintId: constraintIdOf(allowed.name),
  ruleId: allowed.id,
  isHard: false,
  collection: null,
  subjectId,
  others: [],
  dates,
});

/** `{what}` is the last of what the plug-in names as taking part. */
export function sayingOf({ manifest, breach, dates }: Pick<FoundByPlugin, "manifest" | "breach" | "dates">): Saying {
  return {
    severity: manifest.severity,
    sentence: ({ subject, titleOf, zone }) => {
      const title = dates.length === 0 ? null : titleOf(dates.length - 1);
      return breachSentence(manifest, breach, {
        who: subject,
        what: title === null ? "something else" : `“${title}”`,
        when: momentText(breach.startMs, zone),
      });
    },
  };
}
