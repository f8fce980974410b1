import type { OperationCall } from "../../../platform/bundle/bundle.ts";
import type { MadeRequest } from "../../../platform/bundle/mine.ts";
import type { ChangeWithContents } from "../../../platform/changes/read.ts";
import { DEPARTMENT, DEPARTMENT_PERSON } from "./model.ts";

/** The call that takes a change of departments back; null for a change of something else. */
export function inverseOfDepartments({ thing, before }: ChangeWithContents): OperationCall | null {
  const input = { params: { id: thing.id }, query: {}, body: { was: before } };
  if (thing.type === DEPARTMENT) return { id: "departments.put", input };
  if (thing.type !== DEPARTMENT_PERSON) return null;
  const { departmentId } = before as { readonly departmentId: string | null };
  const people = [{ personId: thing.id, departmentId }];
  return { id: "departments.place", input: { params: {}, query: {}, body: { people } } };
}

/** What a request did to departments, in a few words for who made it; null for what changed none. */
export function summaryOfDepartments({ changes }: MadeRequest): string | null {
  const first = changes.find(({ thing }) => thing.type === DEPARTMENT || thing.type === DEPARTMENT_PERSON);
  if (first === undefined) return null;
  return first.thing.type === DEPARTMENT ? "Changed a department" : "Put people into departments";
}
