import type { Operation } from "@hourwright/contract";

/** Leaves only the asked fields of each item (`fields=id,title`); an answer without a list is cut itself. */
export function chooseFields(entry: Operation, text: string, url: string): string {
  if (entry.query?.shape["fields"] === undefined) return text;
  const asked = new URLSearchParams(url.split("?")[1] ?? "").getAll("fields").flatMap((list) => list.split(","));
  const fields = new Set(asked.filter((name) => name !== ""));
  if (fields.size === 0) return text;
  const answer = JSON.parse(text) as Record<string, unknown>;
  if (entry.list === undefined) return JSON.stringify(cut(answer, fields));
  const items = answer[entry.list] as Record<string, unknown>[];
  return JSON.stringify({ ...answer, [entry.list]: items.map((item) => cut(item, fields)) });
}

const cut = (item: Record<string, unknown>, fields: ReadonlySet<string>): Record<string, unknown> =>
  Object.fromEntries(Object.entries(item).filter(([name]) => fields.has(name)));
