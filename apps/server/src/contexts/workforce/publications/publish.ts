import { isRefused, limits, refuseObjected, refuseWork, workforceProblems, type Refused } from "@hourwright/contract";
import {
  brokenIn,
  evaluate,
  groundOf,
  objectionsIn,
  standingIn,
  toldOf,
  withEntries,
  type Entry,
  type Evaluation,
} from "@hourwright/roster";
import type { Deviation } from "@hourwright/schedule";
import { DAY_MS } from "@hourwright/time";
import type { Unit } from "../../../platform/db/database.ts";
import type { Caller, IfMatch } from "../../../platform/operations/context.ts";
import { subjectsById } from "../../identity/public.ts";
import { plans, type MayNot } from "../access.ts";
import { daysTouched, type StoredAdjustment } from "../adjustments/model.ts";
import { insertAdjustments } from "../adjustments/store.ts";
import { lockSchedules } from "../contracts/store.ts";
import { draftToChange, noDraft, planner, storeDraft } from "../drafts/commands.ts";
import { type Closed, type Invalid } from "../drafts/decide.ts";
import type { Draft } from "../drafts/model.ts";
import { rosterQuestion } from "../drafts/question.ts";
import { entriesOf } from "../drafts/store.ts";
import { claimDuties, type Taken } from "../duties/claim.ts";
import { daysOfMonths, monthsOf, type Month, type OnDuty } from "../duties/model.ts";
import { followSchedules } from "../schedules/follow.ts";
import { postOpenShifts, type Posted } from "../open-shifts/commands.ts";
import { scenesOf } from "../schedules/scenes.ts";
import { PUBLICATION, writtenTold, type Concerned, type Publication } from "./model.ts";
import {
  approveAgain,
  concernedBy,
  insertConcerned,
  lockPublication,
  nextPositions,
  putPublicationRow,
  withdrawAdjustments,
} from "./store.ts";

type DraftRefused = Refused<"workforce/draft-refused" | "workforce/rules-broken">;
type Gone = Refused<"request/not-found" | "request/version-changed">;

export type PublishWish = { readonly despite: boolean; readonly insists: boolean; readonly note: string };

/**
 * Publishes a draft within one unit, all or nothing: its shifts become approved adjustments, duties take their time, and who is told what
 * is written down. Who publishes at the same moment waits, and finds it published.
 */
export async function publishDraft(
  unit: Unit,
  caller: Caller,
  id: string,
  { despite, insists, note }: PublishWish,
  ifMatch: IfMatch,
): Promise<Publication | DraftRefused | Invalid | Closed | Taken | Gone> {
  const draft = await draftToChange(unit, caller, id, ifMatch);
  if (isRefused(draft)) return draft;
  const entries = await entriesOf(unit, id);
  if (entries.length === 0) return refuseWork("draft-invalid", "empty", {});
  const people = [...new Set(entries.flatMap(({ personId }) => personId ?? []))];
  const mayPlan = await planner(unit, caller, draft);
  if (!people.every(mayPlan)) return refuseWork("draft-invalid", "not-planned", {});
  await lockSchedules(unit, people);
  const months = entries.some(mayTouchDuties) ? monthsAround(unit, draft) : [];
  const evaluation = await judgedDraft(unit, draft, entries, { people, months });
  const refused = (await leftOf(unit, people)) ?? refusalOf(evaluation, despite);
  if (refused !== null) return refused;
  const publication: Publication = {
    id: unit.newId("pub"),
    draftId: draft.id,
    name: draft.name,
    fromDay: draft.fromDay,
    toDay: draft.toDay,
    note,
    published: { by: caller.personId, name: caller.name, atMs: unit.nowMs },
    state: "published",
    added: entries.filter(({ kind, personId }) => kind === "add" && personId !== null).length,
    dropped: entries.filter(({ kind }) => kind === "drop").length,
    openShifts: entries.filter(({ personId }) => personId === null).length,
    version: 1,
  };
  const { concerned, adjustments } = await publishedOf(unit, evaluation, publication);
  for (let i = 0; i < adjustments.length; i += ADJUSTMENTS_OF_A_STATEMENT)
    await insertAdjustments(unit, adjustments.slice(i, i + ADJUSTMENTS_OF_A_STATEMENT));
  await putPublicationRow(unit, publication);
  await insertConcerned(unit, publication.id, concerned);
  const open = openShiftsOf(entries);
  const posted = open.length === 0 ? [] : await postOpenShifts(unit, caller, open);
  if (isRefused(posted)) return workforceProblems.refuse("draft-refused", posted.refused.detail, posted.refused.extra);
  await storeDraft(unit, draft, {
    ...draft,
    state: "published",
    publishedMs: unit.nowMs,
    publicationId: publication.id,
    version: draft.version + 1,
  });
  unit.record({
    kind: "created",
    thing: { type: PUBLICATION, id: publication.id },
    fields: ["state"],
    before: null,
    after: publication,
  });
  const taken = await claimDuties(unit, peopleWithDuties(evaluation), months, insists ? "insist" : "refuse");
  if (taken !== null) return taken;
  await followSchedules(unit, people);
  return publication;
}

/** Shifts of nobody: people bid on them, and who plans gives them away. */
const openShiftsOf = (entries: readonly Entry[]): Posted[] =>
  entries.flatMap((entry) => {
    if (entry.kind === "drop" || entry.personId !== null) return [];
    const { day, shift, skillId } = entry;
    return [{ day, shift, skillId, levelMin: null, places: 1, award: "manager", note: "" }];
  });

const ADJUSTMENTS_OF_A_STATEMENT = 2_000;

/**
 * A draft judged of the people it touches alone: coverage does not matter to whether it may be published. What stands in the months is
 * read with it.
 */
async function judgedDraft(
  unit: Unit,
  { fromDay, toDay }: Draft,
  entries: readonly Entry[],
  { people, months }: { readonly people: readonly string[]; readonly months: readonly Month[] },
): Promise<Evaluation> {
  const days = { fromDay, toDay };
  const around = months.length === 0 ? days : daysOfMonths(months);
  const question = await rosterQuestion(unit, days, { people, judged: people, entries, around });
  return evaluate(groundOf({ ...question, rows: [] }), entries);
}

async function leftOf(unit: Unit, people: readonly string[]): Promise<DraftRefused | null> {
  const gone = (await subjectsById(unit, people)).find(({ retired }) => retired);
  if (gone === undefined) return null;
  return refuseWork("draft-refused", "gone", { name: gone.name });
}

function refusalOf(evaluation: Evaluation, despite: boolean): DraftRefused | null {
  const objections = objectionsIn(evaluation);
  if (objections.length > 0) {
    const told = objections
      .slice(0, limits.DRAFT_FINDINGS_MAX)
      .map(({ entryId, ...each }) => ({ itemId: entryId, ...each }));
    const { code, facts, sentence } = objections[0]!;
    return refuseObjected("draft-refused", { who: null, code, facts, sentence }, { objections: told });
  }
  const broken = despite ? [] : brokenIn(evaluation);
  if (broken.length === 0) return null;
  const told = broken
    .slice(0, limits.DRAFT_FINDINGS_MAX)
    .map(({ personId, facts, sentence }) => ({ personId, facts, sentence }));
  return refuseWork("rules-broken", "rules", { sentence: broken[0]!.sentence, count: broken.length }, { broken: told });
}

/** What each person is told, and their adjustments, each after all that was approved of them. */
async function publishedOf(unit: Unit, { byPerson, ground }: Evaluation, { published }: Publication) {
  const positions = await nextPositions(unit, [...byPerson.keys()]);
  const concerned: Concerned[] = [];
  const adjustments: StoredAdjustment[] = [];
  for (const [personId, own] of byPerson) {
    const { stretches, person } = ground.byId.get(personId)!;
    let position = positions.get(personId) ?? 1;
    const ids: string[] = [];
    for (const what of deviationsOf(own)) {
      const id = unit.newId("adj");
      ids.push(id);
      adjustments.push({
        id,
        groupId: id,
        personId,
        what,
        ...daysTouched(what, person.zone),
        state: "approved",
        note: "",
        asked: published,
        decided: published,
        answer: "",
        position: position++,
        version: 1,
      });
    }
    concerned.push({ personId, told: writtenTold(toldOf(own, stretches)), adjustments: ids, acknowledgedMs: null });
  }
  return { concerned, adjustments };
}

/** What is dropped goes first, so that there is room for what comes. */
const deviationsOf = (own: readonly Entry[]): Deviation[] => [
  ...own.flatMap((entry): Deviation[] => (entry.kind === "drop" ? [{ kind: "cancelled", of: entry.of }] : [])),
  ...own.flatMap((entry): Deviation[] => {
    if (entry.kind === "drop") return [];
    return [{ kind: "rostered", day: entry.day, shift: entry.shift, from: null, interrupts: false }];
  }),
];

/** What is dropped may have been one. */
const mayTouchDuties = (entry: Entry): boolean => entry.kind === "drop" || entry.shift.kind === "duty";

/** Those whose taken time is others afterwards, as they will be: by a duty that comes, or by what goes unless it is plain work. */
function peopleWithDuties({ byPerson, ground }: Evaluation): OnDuty[] {
  return [...byPerson].flatMap(([personId, own]) => {
    const { person, stretches } = ground.byId.get(personId)!;
    const isComing = own.some((entry) => entry.kind === "add" && entry.shift.kind === "duty");
    if (isComing) return [withEntries(person, own)];
    const drops = own.flatMap((entry) => (entry.kind === "drop" ? [entry.of] : []));
    if (drops.length === 0) return [];
    const isGoing = standingIn(stretches).some(
      ({ placed: { shift, day } }) =>
        shift.kind !== "work" && drops.some((of) => of.day === day && of.fromMinute === shift.fromMinute),
    );
    return isGoing ? [withEntries(person, own)] : [];
  });
}

/** Whole months are claimed: what else lies in them counts. */
const monthsAround = (
  { nowMs }: Unit,
  { fromDay, toDay }: { readonly fromDay: number; readonly toDay: number },
): Month[] => monthsOf({ firstDay: fromDay - 1, lastDay: toDay }, Math.floor(nowMs / DAY_MS));

/** Takes a publication back with its shifts (`was` null), or publishes it again: what meets others then is a conflict, as undo has it. */
export async function putPublicationBack(
  unit: Unit,
  caller: Caller,
  id: string,
  was: Publication | null,
): Promise<{ readonly id: string } | MayNot | Taken> {
  if (!(await plans(unit, caller))) return noDraft;
  const before = await lockPublication(unit, id);
  if (before === null) return noDraft;
  const state = was?.state ?? "withdrawn";
  if (before.state === state) return { id };
  const concerned = await concernedBy(unit, id, null);
  const people = concerned.map(({ personId }) => personId);
  await lockSchedules(unit, people);
  if (state === "withdrawn") {
    await withdrawAdjustments(
      unit,
      concerned.flatMap(({ adjustments }) => adjustments),
    );
  } else {
    const next = await nextPositions(unit, people);
    const positions = concerned.flatMap(({ personId, adjustments }) =>
      adjustments.map((each, i) => ({ id: each, position: (next.get(personId) ?? 1) + i })),
    );
    await approveAgain(unit, before.published.atMs, positions);
  }
  const after: Publication = { ...before, state, version: before.version + 1 };
  await putPublicationRow(unit, after);
  unit.record({ kind: "updated", thing: { type: PUBLICATION, id }, fields: ["state"], before, after });
  const months = monthsAround(unit, before);
  if (months.length > 0)
    await claimDuties(unit, [...(await scenesOf(unit, people, daysOfMonths(months))).values()], months, "report");
  await followSchedules(unit, people);
  return { id };
}
