import type { OperationCall } from "../../platform/bundle/bundle.ts";
import type { ChangeWithContents } from "../../platform/changes/read.ts";

/** The call that takes a change of a person, a thing or the organisation back; null for a change of something else. */
export function inverseOfIdentity({ thing, kind, before, after }: ChangeWithContents): OperationCall | null {
  if (kind !== "updated" || before === null) return null;
  const was = before as Record<string, unknown>;
  if (thing.type === "organisation") return { id: "organisation.update", input: { params: {}, query: {}, body: was } };
  if (thing.type !== "person" && thing.type !== "resource") return null;
  const area = thing.type === "person" ? "people" : "resources";
  const params = { id: thing.id };
  // Bringing somebody back is undone by retiring them; everything else by the fields as they were.
  if ((after as { retired?: boolean } | null)?.retired === false && was["retired"] === true)
    return { id: `${area}.remove`, input: { params, query: {}, body: undefined } };
  return { id: `${area}.update`, input: { params, query: {}, body: was } };
}
