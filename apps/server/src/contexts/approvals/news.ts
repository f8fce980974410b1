import type { ChangeWithContents } from "../../platform/changes/read.ts";
import type { Unit } from "../../platform/db/database.ts";
import { APPROVAL, ASKED, type Approval } from "./model.ts";
import { approvalById, askedNow } from "./store.ts";

type Told = {
  readonly state: Approval["state"];
  readonly label: string;
  readonly requestedBy: string;
  readonly concerns: string;
  readonly asked?: readonly string[];
};

export type ApprovalNews = {
  readonly seq: number;
  readonly eventId: string;
  readonly personId: string;
  readonly kind: "approval" | "approval-approved" | "approval-declined" | "approval-lapsed";
  readonly title: string;
  readonly startMs: number;
  readonly endMs: number;
  readonly allDay: boolean;
};

/** Whether a change is one that `approvalNewsOf` tells of. */
export const isApprovalNews = ({ thing, fields }: ChangeWithContents): boolean =>
  thing.type === ASKED || (thing.type === APPROVAL && fields.includes("state"));

/**
 * What is told of a change: to who is asked anew and still is, that they are; to who asked and whom it concerns, what became of it,
 * unless they did it themselves. The request stands in the place of an event.
 */
export async function approvalNewsOf(unit: Unit, change: ChangeWithContents): Promise<ApprovalNews[]> {
  const told = change.after as Told | null;
  if (told === null) return [];
  const { id } = change.thing;
  const atMs = change.at.epochMilliseconds;
  const news = { seq: change.seq, eventId: id, title: told.label, startMs: atMs, endMs: atMs, allDay: false };
  if (change.thing.type === ASKED) {
    const stillAsked = new Set((await askedNow(unit, [id])).get(id) ?? []);
    const asked = (told.asked ?? []).filter((personId) => stillAsked.has(personId));
    return asked.map((personId) => ({ ...news, personId, kind: "approval" }));
  }
  if (told.state === "waiting" || told.state === "withdrawn") return [];
  const kind = `approval-${told.state}` as const;
  const people = [...new Set([told.requestedBy, told.concerns])].filter(
    (personId) => personId !== change.actor.personId,
  );
  return people.map((personId) => ({ ...news, personId, kind }));
}

/** Who asked for a request: told as who it is from, where the system asks others by itself. */
export async function askerOf(unit: Unit, id: string): Promise<string | null> {
  return (await approvalById(unit, id))?.approval.requestedBy ?? null;
}

/** Whether somebody is asked by a request now. */
export async function isStillAsked(unit: Unit, id: string, personId: string): Promise<boolean> {
  return (await askedNow(unit, [id])).get(id)?.includes(personId) ?? false;
}
