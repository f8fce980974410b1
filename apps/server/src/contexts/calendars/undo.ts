import type { ChangeWithContents } from "../../platform/changes/read.ts";
import type { OperationCall } from "../../platform/bundle/bundle.ts";
import type { TakeOptions } from "../claims/public.ts";
import { PROPOSAL, type TimeProposal } from "./proposal-store.ts";

type Was = {
  readonly calendarId: string;
  readonly name: string;
  readonly uid: string;
  readonly version: number;
  readonly floatingZone: string | null;
  readonly bytes: string;
  readonly beside?: TakeOptions["beside"];
};
type Reached = { readonly version: number; readonly calendarId: string };

/**
 * The call that takes a change of an event back, made from what the change holds; null for a change of something else.
 * Only the request's last change of the event asks for its version: taking that back makes another one.
 */
export function inverseOfEvent(
  { thing, kind, before, after }: ChangeWithContents,
  isLastOfThing: boolean,
): OperationCall | null {
  if (thing.type !== "event" || (before === null && after === null)) return null;
  const was = before as Was | null;
  const reached = after as Reached | null;
  const ifVersion = isLastOfThing ? (reached?.version ?? 0) : null;
  const putting = (body: object): OperationCall => ({
    id: "objects.put",
    input: { params: { id: thing.id }, query: {}, body: { insist: true, ifVersion, ...body } },
  });
  if (kind === "created")
    return putting({
      calendarId: reached!.calendarId,
      bytes: null,
      name: "",
      uid: "",
      floatingZone: null,
    });
  const { version: _, ...put } = was!;
  return putting(put);
}

/** The call that takes back that somebody proposed a time, or declined one; null for a change of something else. */
export function inverseOfProposal({ thing, before, after }: ChangeWithContents): OperationCall | null {
  if (thing.type !== PROPOSAL || (before === null && after === null)) return null;
  const { id: _, ...was } = (before ?? {}) as Partial<TimeProposal>;
  const body = { before: before === null ? null : was };
  return { id: "events.putProposal", input: { params: { id: thing.id }, query: {}, body } };
}
