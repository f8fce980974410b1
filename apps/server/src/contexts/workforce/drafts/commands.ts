import { isDeepStrictEqual } from "node:util";
import { isRefused, limits, refuseRequest, refuseWork, type Refused } from "@hourwright/contract";
import { standingIn, type Entry } from "@hourwright/roster";
import { unify } from "@hourwright/schedule";
import { peopleAnsweredFor, peopleOfTeams, subjectsById, teamsById } from "../../identity/public.ts";
import type { Unit } from "../../../platform/db/database.ts";
import type { Caller, IfMatch } from "../../../platform/operations/context.ts";
import { isAdministrator, plans, type MayNot } from "../access.ts";
import { versionsOf } from "../contracts/store.ts";
import { dayOf } from "../contracts/terms.ts";
import { scenesOf } from "../schedules/scenes.ts";
import { closedOf, decideEdits, type Closed, type Invalid } from "./decide.ts";
import { DRAFT, DRAFT_ITEMS, type Draft, type FormerDraft, type FormerItem, type WrittenEdit } from "./model.ts";
import {
  countItems,
  countOpenDrafts,
  deleteItems,
  draftById,
  entriesOf,
  isCrowded,
  lockDraft,
  putDraftRow,
  putItems,
  touchDraft,
} from "./store.ts";

type TooMany = Refused<"workforce/too-many-drafts">;
type Gone = Refused<"request/not-found" | "request/version-changed">;

export const noDraft = refuseRequest("not-found", "draft", {});
export const versionChanged = refuseRequest("version-changed", "read", {});
export const forPlanners = refuseRequest("forbidden", "rosters", {});

/** Whom somebody plans; null: everybody. */
export async function plannedBy(unit: Unit, caller: Caller): Promise<ReadonlySet<string> | null> {
  return isAdministrator(caller) ? null : new Set(await peopleAnsweredFor(unit, caller));
}

/** The people whom a draft is for; null: everybody. */
export async function peopleOfDraft(unit: Unit, { teamId, people }: Draft): Promise<readonly string[] | null> {
  return teamId === null ? people : peopleOfTeams(unit, [teamId], limits.SCHEDULE_PEOPLE_MAX);
}

/** A draft that the caller may know: their own, and of people whom they all manage. Of others it is not told that they are there. */
export async function draftKnown(unit: Unit, caller: Caller, id: string): Promise<Draft | typeof noDraft> {
  const draft = await draftById(unit, id);
  if (draft === null || !(await maySee(unit, caller, draft))) return noDraft;
  return draft;
}

export async function maySee(unit: Unit, caller: Caller, draft: Draft): Promise<boolean> {
  const own = await plannedBy(unit, caller);
  if (own === null) return true;
  if (own.size === 0) return false;
  if (draft.created.by === caller.personId) return true;
  const people = await peopleOfDraft(unit, draft);
  return people !== null && people.length > 0 && people.every((personId) => own.has(personId));
}

/** Whether somebody's shifts may be planned by the caller in a draft: of those it is for, whom they manage. */
export async function planner(unit: Unit, caller: Caller, draft: Draft): Promise<(personId: string) => boolean> {
  const [own, people] = [await plannedBy(unit, caller), await peopleOfDraft(unit, draft)];
  const named = people === null ? null : new Set(people);
  const known = await versionsOf(unit, null);
  return (personId) => (own?.has(personId) ?? true) && (named?.has(personId) ?? true) && known.has(personId);
}

export type DraftWish = {
  readonly name: string;
  readonly from: string;
  readonly to: string;
  readonly team: string | null;
  readonly people: readonly string[] | null;
  readonly copyOf?: string | undefined;
  readonly weeksFrom?: string | undefined;
};

/** Begins a draft: empty, or with the shifts of another, or with those that stand on other days, or with `more` of its days. */
export async function createDraft(
  unit: Unit,
  caller: Caller,
  wish: DraftWish,
  more: (newId: () => string) => readonly Entry[] = () => [],
): Promise<Draft | Invalid | TooMany | MayNot> {
  if (!(await plans(unit, caller))) return forPlanners;
  const [fromDay, toDay] = [dayOf(wish.from), dayOf(wish.to)];
  if (toDay <= fromDay) return refuseWork("draft-invalid", "turned", {});
  if (toDay - fromDay > limits.DRAFT_DAYS_MAX)
    return refuseWork("draft-invalid", "long", { most: limits.DRAFT_DAYS_MAX });
  if (wish.team !== null && wish.people !== null) return refuseWork("draft-invalid", "team-or-people", {});
  if (wish.team !== null && (await teamsById(unit, [wish.team])).length === 0)
    return refuseWork("draft-invalid", "team", {});
  if (wish.people !== null) {
    const found = await subjectsById(unit, wish.people);
    if (found.filter(({ kind }) => kind === "person").length < new Set(wish.people).size)
      return refuseWork("draft-invalid", "person", {});
  }
  if ((await countOpenDrafts(unit)) >= limits.DRAFTS_OPEN_MAX)
    return refuseWork("too-many-drafts", "most", { most: limits.DRAFTS_OPEN_MAX });
  const draft: Draft = {
    id: unit.newId("drf"),
    name: wish.name.trim(),
    fromDay,
    toDay,
    teamId: wish.team,
    people: wish.people === null ? null : [...new Set(wish.people)],
    state: "open",
    created: { by: caller.personId, name: caller.name, atMs: unit.nowMs },
    publishedMs: null,
    publicationId: null,
    version: 1,
  };
  const own = await plannedBy(unit, caller);
  const people = await peopleOfDraft(unit, draft);
  if (own !== null && (people === null || !people.every((personId) => own.has(personId))))
    return refuseWork("draft-invalid", "everybody", {});
  const begun = await entriesToBegin(unit, caller, draft, wish);
  if (isRefused(begun)) return begun;
  const entries = [...begun, ...more(() => unit.newId("dri"))];
  if (entries.length > limits.DRAFT_ITEMS_MAX)
    return refuseWork("draft-invalid", "full", { most: limits.DRAFT_ITEMS_MAX });
  await putDraftRow(unit, draft);
  await putItems(unit, draft.id, entries);
  if (await isCrowded(unit, draft.id)) return crowded;
  unit.record({ kind: "created", thing: { type: DRAFT, id: draft.id }, fields: ["draft"], before: null, after: draft });
  return draft;
}

const crowded = refuseWork("draft-invalid", "crowded", { most: limits.DRAFT_ITEMS_OF_A_PERSON_MAX });

async function entriesToBegin(
  unit: Unit,
  caller: Caller,
  draft: Draft,
  { copyOf, weeksFrom }: DraftWish,
): Promise<readonly Entry[] | Invalid> {
  const mayPlan = await planner(unit, caller, draft);
  const isTheirs = ({ personId }: Entry) => personId === null || mayPlan(personId);
  const copied = copyOf === undefined ? [] : await copiedEntries(unit, caller, draft, copyOf);
  if (isRefused(copied)) return copied;
  const repeated = weeksFrom === undefined ? [] : await standingFrom(unit, draft, dayOf(weeksFrom), mayPlan);
  return [...copied.filter(isTheirs), ...repeated];
}

async function copiedEntries(unit: Unit, caller: Caller, draft: Draft, copyOf: string): Promise<Entry[] | Invalid> {
  const other = await draftKnown(unit, caller, copyOf);
  if (isRefused(other)) return refuseWork("draft-invalid", "copy", {});
  return (await entriesOf(unit, other.id)).flatMap((entry) => {
    const day = entry.kind === "add" ? entry.day : entry.of.day;
    return draft.fromDay <= day && day < draft.toDay ? [{ ...entry, id: unit.newId("dri") }] : [];
  });
}

/** The shifts that stand from a day on, as many days later as the draft is, where the person has none on that day. */
async function standingFrom(
  unit: Unit,
  { fromDay, toDay, ...draft }: Draft,
  sourceDay: number,
  mayPlan: (personId: string) => boolean,
): Promise<Entry[]> {
  const [by, days] = [fromDay - sourceDay, toDay - fromDay];
  const named = await peopleOfDraft(unit, { fromDay, toDay, ...draft });
  const people = (named ?? [...(await versionsOf(unit, null)).keys()]).filter(mayPlan);
  const entries: Entry[] = [];
  const window = { fromDay: Math.min(sourceDay, fromDay), toDay: Math.max(sourceDay + days, toDay) };
  for (const [personId, scene] of await scenesOf(unit, people, window)) {
    const shiftsIn = (first: number) =>
      standingIn(unify({ ...scene, fromDay: first, toDay: first + days }).stretches).map(({ placed }) => placed);
    const taken = new Set(shiftsIn(fromDay).map(({ day }) => day));
    for (const { day, shift } of shiftsIn(sourceDay))
      if (day >= sourceDay && day < sourceDay + days && !taken.has(day + by))
        entries.push({ id: unit.newId("dri"), kind: "add", personId, day: day + by, shift, skillId: null });
  }
  return entries;
}

/** Calls a draft otherwise, or puts it aside. */
export async function changeDraft(
  unit: Unit,
  caller: Caller,
  id: string,
  change: Partial<Pick<Draft, "name" | "state">>,
  ifMatch: IfMatch,
): Promise<Draft | Closed | Gone> {
  const before = await draftToChange(unit, caller, id, ifMatch);
  if (isRefused(before)) return before;
  const after: Draft = { ...before, ...change, version: before.version + 1 };
  await storeDraft(unit, before, after);
  return after;
}

/** A draft that is open, and that nobody else changes until the unit ends. */
export async function draftToChange(
  unit: Unit,
  caller: Caller,
  id: string,
  ifMatch: IfMatch,
): Promise<Draft | Closed | Gone> {
  const known = await draftKnown(unit, caller, id);
  if (isRefused(known)) return known;
  const draft = await lockDraft(unit, id);
  if (draft === null) return noDraft;
  const closed = closedOf(draft);
  if (closed !== null) return closed;
  return ifMatch?.includes(draft.version) === false ? versionChanged : draft;
}

export async function storeDraft(unit: Unit, before: Draft, after: Draft): Promise<void> {
  await putDraftRow(unit, after);
  const fields = (["name", "state"] as const).filter((field) => before[field] !== after[field]);
  unit.record({ kind: "updated", thing: { type: DRAFT, id: after.id }, fields, before, after });
}

export type EditAnswer = {
  readonly version: number;
  readonly put: readonly Entry[];
  readonly removed: readonly string[];
};

/** Adds, changes and takes away shifts of a draft, all or none. */
export async function editDraft(
  unit: Unit,
  caller: Caller,
  id: string,
  edits: readonly WrittenEdit[],
  ifMatch: IfMatch,
): Promise<EditAnswer | Invalid | Closed | Gone> {
  const draft = await draftToChange(unit, caller, id, ifMatch);
  if (isRefused(draft)) return draft;
  const named = edits.flatMap((edit) => ("remove" in edit ? edit.remove : "put" in edit ? (edit.put.id ?? []) : []));
  const items = named.length === 0 ? [] : await entriesOf(unit, id, named);
  const stands = new Map(items.map((entry) => [entry.id, entry]));
  const mayPlan = await planner(unit, caller, draft);
  const edited = decideEdits(draft, stands, edits, { mayPlan, newId: () => unit.newId("dri") });
  if (isRefused(edited)) return edited;
  const fresh = edited.put.filter((entry) => !stands.has(entry.id)).length;
  if (fresh > 0 && (await countItems(unit, id)) + fresh > limits.DRAFT_ITEMS_MAX)
    return refuseWork("draft-invalid", "full", { most: limits.DRAFT_ITEMS_MAX });
  const version = await writeItems(unit, draft, items, edited);
  return (await isCrowded(unit, id)) ? crowded : { version, ...edited };
}

/** Shifts that one change of the log holds, which keeps contents of a bounded size: of usual ones, and of the longest. */
const ITEMS_OF_A_CHANGE = 100;
const CHANGE_CHARACTERS = 30_000;

/** Why a draft may not stay as it was just written; null: it may. */
export async function crowdedOf(unit: Unit, id: string): Promise<Invalid | null> {
  if ((await countItems(unit, id)) > limits.DRAFT_ITEMS_MAX)
    return refuseWork("draft-invalid", "full", { most: limits.DRAFT_ITEMS_MAX });
  return (await isCrowded(unit, id)) ? crowded : null;
}

/** Writes shifts and says what they were, in parts that each can be undone. */
export async function writeItems(
  unit: Unit,
  draft: Draft,
  before: readonly Entry[],
  { put, removed }: { readonly put: readonly Entry[]; readonly removed: readonly string[] },
): Promise<number> {
  const was = new Map(before.map((entry) => [entry.id, entry]));
  await putItems(unit, draft.id, put);
  await deleteItems(unit, draft.id, removed);
  const former = [
    ...put.map((entry): FormerItem => ({ id: entry.id, was: was.get(entry.id) ?? null, now: entry })),
    ...removed.map((id): FormerItem => ({ id, was: was.get(id) ?? null, now: null })),
  ];
  for (const part of partsOf(former))
    unit.record({
      kind: "updated",
      // Each change is a thing of its own: what others do to other shifts of the draft is in nobody's way.
      thing: { type: DRAFT_ITEMS, id: unit.newId("dch") },
      collectionId: draft.id,
      fields: part.map(({ id }) => id),
      before: { items: part },
      after: null,
    });
  return touchDraft(unit, draft.id);
}

function partsOf(former: readonly FormerItem[]): FormerItem[][] {
  const parts: FormerItem[][] = [];
  let characters = Infinity;
  for (const item of former) {
    const more = JSON.stringify(item).length;
    if (characters + more > CHANGE_CHARACTERS || parts.at(-1)!.length === ITEMS_OF_A_CHANGE) {
      parts.push([]);
      characters = 0;
    }
    parts.at(-1)!.push(item);
    characters += more;
  }
  return parts;
}

/** Puts a draft or some of its shifts back as they were. What somebody has changed since stays, and it is said so. */
export async function putDraftBack(
  unit: Unit,
  caller: Caller,
  id: string,
  former: FormerDraft | null,
): Promise<{ readonly id: string } | Invalid | Closed | Gone | MayNot> {
  const draft = await lockDraft(unit, id);
  if (draft !== null && !(await maySee(unit, caller, draft))) return noDraft;
  if (former?.items !== undefined) {
    if (draft === null) return noDraft;
    return closedOf(draft) ?? putItemsBack(unit, draft, former.items);
  }
  if (former === null) {
    if (draft === null) return { id };
    if (draft.state === "published") return closedOf(draft)!;
    const after: Draft = { ...draft, state: "discarded", version: draft.version + 1 };
    await storeDraft(unit, draft, after);
    return { id };
  }
  if (!(await plans(unit, caller))) return forPlanners;
  const after: Draft = { ...former.draft, version: (draft?.version ?? 0) + 1 };
  if (draft === null) return noDraft;
  await storeDraft(unit, draft, after);
  return { id };
}

async function putItemsBack(
  unit: Unit,
  draft: Draft,
  former: readonly FormerItem[],
): Promise<{ readonly id: string } | Gone> {
  const now = await entriesOf(
    unit,
    draft.id,
    former.map(({ id }) => id),
  );
  const stands = new Map(now.map((entry) => [entry.id, entry]));
  if (former.some(({ id, now: left }) => !isDeepStrictEqual(stands.get(id) ?? null, left))) return versionChanged;
  await writeItems(unit, draft, now, {
    put: former.flatMap(({ was }) => was ?? []),
    removed: former.flatMap(({ id, was }) => (was === null ? [id] : [])),
  });
  return { id: draft.id };
}
