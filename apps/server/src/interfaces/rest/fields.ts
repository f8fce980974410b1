import type { Operation } from "@hourwright/contract";
import { RawJson } from "../../platform/operations/context.ts";

/** Leaves only the asked fields of each item (`fields=id,title`); an answer without a list is cut itself. */
export function cutTo(fields: ReadonlySet<string>, entry: Operation, json: RawJson): RawJson {
  const answer = JSON.parse(json.text) as Record<string, unknown>;
  if (entry.list === undefined) return new RawJson(JSON.stringify(cut(answer, fields)));
  const items = answer[entry.list] as Record<string, unknown>[];
  return new RawJson(JSON.stringify({ ...answer, [entry.list]: items.map((item) => cut(item, fields)) }));
}

const cut = (item: Record<string, unknown>, fields: ReadonlySet<string>): Record<string, unknown> =>
  Object.fromEntries(Object.entries(item).filter(([name]) => fields.has(name)));
