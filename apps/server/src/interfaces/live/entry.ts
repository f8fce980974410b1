import type { LiveChange } from "@hourwright/contract";
import type { Change } from "../../platform/changes/read.ts";
import { reaches, type Access } from "../../contexts/calendars/public.ts";

/** A change of the log as it is told: its texts are made once, however many hear it. */
export type Entry = {
  readonly change: Change;
  /** Everything of the event is public: whoever may read its calendar may know all of it. */
  readonly isPublic: boolean;
  readonly full: string;
  readonly bare: string;
};

/** What one viewer may know, as of a place in the log: the calendars they see, with what they may do. */
export type Sight = { readonly seq: number; readonly calendars: ReadonlyMap<string, Access> };

/** How a change is told; null for what nobody is told of. */
export function entryOf(change: Change, isPublic: boolean): Entry | null {
  const type = typeOf(change);
  if (type === null) return null;
  const { seq, at, thing, collectionId, fields, actor } = change;
  // Which shifts of a draft are others says nothing of them to who may not read it, and who may reads these alone again.
  const shown = thing.type === "rosterItems" ? [...fields] : [];
  const id = isPart(thing) ? collectionId! : thing.id;
  const bare: LiveChange = { type, seq, id, collectionId, at: at.toString(), fields: shown, who: null };
  const full = { ...bare, fields: [...fields], who: { personId: actor.personId, name: actor.label } };
  return { change, isPublic, full: JSON.stringify(full), bare: JSON.stringify(bare) };
}

/** Things whose changes come and go by the same three words. */
const PLAIN = new Set(["event", "calendar", "person", "resource"]);
/** Things that are only read again, whatever became of them. */
const UPDATED = new Set(["availability", "conflict", "league", "poll"]);
/** What is told without what changed of it, and by whom. */
const isOnlyNamed = (thing: Change["thing"]): boolean =>
  isSkill(thing) || isApproval(thing) || isRoster(thing) || SCHEDULES.has(thing.type) || thing.type in ASKED;
/** Drafts of rosters and what was published of them, with who knows it. */
const isRoster = (thing: Change["thing"]): boolean =>
  thing.type === "rosterDraft" || thing.type === "publication" || isPart(thing);
/** What is told as a change of what it is part of, which is its collection. */
const isPart = ({ type }: Change["thing"]): boolean => type === "rosterItems" || type === "publicationKnown";
/** Skills, and what people have of them. */
const isSkill = ({ type }: Change["thing"]): boolean => type === "skill" || type === "personSkill";
/** Requests that somebody approves, and who is asked. */
const isApproval = ({ type }: Change["thing"]): boolean => type === "approval" || type === "approvalAsked";
/** What makes somebody's schedule: told as that, of the person in `collectionId`. */
const SCHEDULES = new Set(["contracts", "adjustment"]);
/** What people are asked and bid on: whose it is only reading it again can tell. */
const ASKED: Readonly<Record<string, LiveChange["type"]>> = {
  cover: "cover:updated",
  openShift: "open-shift:updated",
  swap: "swap:updated",
};
/** What brings events from elsewhere. */
const SOURCES = new Set(["feed", "connection"]);

/** What is seen among the events, whoever owns it: told as they are. */
export const isListed = ({ type }: Change["thing"]): boolean => type === "event" || type === "booking";

function typeOf({ thing, kind, fields }: Change): LiveChange["type"] | null {
  if (thing.type === "booking") return `event:${kind === "removed" ? "deleted" : "updated"}`;
  if (PLAIN.has(thing.type)) return `${thing.type}:${kind === "removed" ? "deleted" : kind}` as LiveChange["type"];
  if (SOURCES.has(thing.type)) return "sync:status";
  if (SCHEDULES.has(thing.type)) return `schedule:${kind === "removed" ? "deleted" : kind}`;
  if (isSkill(thing)) return "skill:updated";
  if (isRoster(thing)) return thing.type.startsWith("roster") ? "draft:updated" : "roster:published";
  if (thing.type === "department" || thing.type === "departmentPerson") return "department:updated";
  if (UPDATED.has(thing.type)) return `${thing.type}:updated` as LiveChange["type"];
  if (isApproval(thing))
    return kind === "created" ? "approval:requested" : `approval:${fields.includes("state") ? "completed" : "updated"}`;
  const asked = ASKED[thing.type];
  if (asked !== undefined) return asked;
  if (thing.type === "draft") return `proposal:${kind === "created" ? kind : "updated"}`;
  return thing.type === "notice" ? "notice" : null;
}

/** The text for one viewer; null when they may not know that it happened. */
export function textFor({ change, isPublic, full, bare }: Entry, personId: string, sight: Sight): string | null {
  const { thing, collectionId } = change;
  if (thing.type === "conflict" || thing.type === "poll" || thing.type === "draft" || isOnlyNamed(thing)) return bare; // Whose it is only reading it again can tell.
  if (thing.type === "notice") return collectionId === personId ? full : null;
  if (thing.type === "league") return reaches(sight.calendars.get(collectionId ?? "") ?? "none", "read") ? full : null;
  if (!isListed(thing) && thing.type !== "calendar" && !SOURCES.has(thing.type)) return full;
  const access = sight.calendars.get(collectionId ?? "");
  if (access === undefined) return null;
  if (!reaches(access, "read")) return bare;
  return thing.type !== "event" || isPublic || reaches(access, "write") ? full : bare;
}

/** Whether a change may have changed who may see what. */
export const changesSight = ({ thing }: Change): boolean => thing.type === "calendar" || thing.type === "person";

/** Whether a change may have changed who is let in, or as what: somebody was retired, brought back, given a role. */
export const changesEntrance = ({ thing, fields }: Change): boolean =>
  thing.type === "person" && fields.some((field) => field === "retired" || field === "role");
