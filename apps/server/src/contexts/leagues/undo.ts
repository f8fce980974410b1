import type { OperationCall } from "../../platform/bundle/bundle.ts";
import type { MadeRequest } from "../../platform/bundle/mine.ts";
import type { ChangeWithContents } from "../../platform/changes/read.ts";
import { jsonOf, type LeagueKept } from "./kept.ts";
import { LEAGUE } from "./model.ts";

/** The call that takes a change of a league back, with the events of its fixtures; null for a change of something else. */
export function inverseOfLeagues({ thing, before, after }: ChangeWithContents): OperationCall | null {
  if (thing.type !== LEAGUE || before === null || after === null) return null;
  const { version } = after as { readonly version: number };
  const body = { ifVersion: version, was: jsonOf(before as LeagueKept) };
  return { id: "leagues.put", input: { params: { id: thing.id }, query: {}, body } };
}

const SAID: Readonly<Record<string, string>> = {
  "leagues.create": "Began a league",
  "leagues.update": "Changed a league",
  "leagues.remove": "Took a league away",
  "leagues.change": "Changed fixtures",
  "leagues.plan": "Planned a league",
  "leagues.publish": "Published fixtures",
  "leagues.takeBack": "Took fixtures back",
};

export const summaryOfLeagues = ({ operation }: MadeRequest): string | null => SAID[operation] ?? null;
