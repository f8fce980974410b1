import type { OperationCall } from "../../platform/bundle/bundle.ts";
import type { ChangeWithContents } from "../../platform/changes/read.ts";

/** The call that takes a change of working hours or holidays back; null for a change of something else. */
export function inverseOfWorkforce({ thing, kind, before }: ChangeWithContents): OperationCall | null {
  if (thing.type === "workingHours") {
    const subjectId = thing.id === "organisation" ? null : thing.id;
    return { id: "workingHours.put", input: { params: {}, query: {}, body: { subjectId, ...(before as object) } } };
  }
  if (thing.type !== "holiday") return null;
  if (kind === "created")
    return { id: "holidays.remove", input: { params: { day: thing.id }, query: {}, body: undefined } };
  const { name } = before as { name: string };
  return { id: "holidays.add", input: { params: {}, query: {}, body: { days: [{ day: thing.id, name }] } } };
}
