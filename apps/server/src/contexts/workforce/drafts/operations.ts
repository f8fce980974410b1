import { isRefused, limits } from "@hourwright/contract";
import {
  brokenIn,
  compare,
  costOf,
  dayOfEntry,
  evaluate,
  groundOf,
  objectionsIn,
  resultFor,
  skillOfRow,
  toldOf,
  whyNot,
  type BrokenRule,
  type Entry,
  type Evaluation,
} from "@hourwright/roster";
import type { Unit } from "../../../platform/db/database.ts";
import type { Caller, RequestContext } from "../../../platform/operations/context.ts";
import type { Handlers } from "../../../platform/operations/dispatcher.ts";
import { isAdministrator } from "../access.ts";
import { versionsOf } from "../contracts/store.ts";
import { dayText, writtenShift } from "../contracts/terms.ts";
import { shownTold, writtenTold } from "../publications/model.ts";
import { shown as shownPublication } from "../publications/operations.ts";
import { publishDraft } from "../publications/publish.ts";
import {
  changeDraft,
  createDraft,
  draftKnown,
  editDraft,
  maySee,
  peopleOfDraft,
  plannedBy,
  planner,
  putDraftBack,
} from "./commands.ts";
import { closedOf, decideEdits } from "./decide.ts";
import {
  entryOf,
  instantText,
  shownDraft,
  shownItem,
  type Draft,
  type FormerDraft,
  type WrittenEdit,
} from "./model.ts";
import { rosterQuestion } from "./question.ts";
import { countItems, draftsOf, entriesOf } from "./store.ts";

type DraftIds =
  `drafts.${"list" | "create" | "read" | "update" | "discard" | "edit" | "put" | "check" | "try" | "compare" | "preview" | "publish"}`;

/** Rosters to come: written, judged, compared and published by who manages the people. */
export const draftOperations: Handlers<DraftIds> = {
  "drafts.list": ({ query }, context) =>
    context.read(async (unit) => {
      const filter = { states: query.states ?? null, from: query.from ?? null, to: query.to ?? null };
      const items = [];
      for (const { draft, entries } of await draftsOf(unit, filter))
        if (await maySee(unit, context.caller!, draft)) items.push(shownDraft(draft, entries));
      return { items };
    }),

  "drafts.create": async ({ body }, context) => {
    const created = await context.write(async (unit) => {
      const draft = await createDraft(unit, context.caller!, body);
      return isRefused(draft) ? draft : shown(unit, context, draft);
    });
    if (!isRefused(created)) context.reply.headers["location"] = `/v1/drafts/${created.id}`;
    return created;
  },

  "drafts.read": ({ params, query }, context) =>
    context.read(async (unit) => {
      const draft = await draftKnown(unit, context.caller!, params.id);
      if (isRefused(draft)) return draft;
      const entries = await entriesOf(unit, draft.id, query.items ?? null);
      const count = query.items === undefined ? entries.length : await countItems(unit, draft.id);
      context.reply.headers["etag"] = `"${draft.version}"`;
      return { ...shownDraft(draft, count), items: entries.toSorted(byDay).map(shownItem) };
    }),

  "drafts.update": ({ params, body }, context) => change(context, params.id, { name: body.name.trim() }),

  "drafts.discard": ({ params }, context) => change(context, params.id, { state: "discarded" }),

  "drafts.edit": ({ params, body }, context) =>
    context.write(async (unit) => {
      const edited = await editDraft(unit, context.caller!, params.id, body.edits, context.ifMatch);
      if (isRefused(edited)) return edited;
      const { version, put, removed } = edited;
      context.reply.headers["etag"] = `"${version}"`;
      return { id: params.id, version, items: put.map(shownItem), removed: [...removed] };
    }),

  "drafts.put": ({ params, body }, context) =>
    context.write((unit) => {
      const former = body.was === null ? null : (JSON.parse(body.was) as FormerDraft);
      return putDraftBack(unit, context.caller!, params.id, former);
    }),

  "drafts.check": async ({ params }, context) => {
    const judged = await judgedFor(context, params.id, "coverage");
    if (isRefused(judged)) return judged;
    const { draft, evaluation, knows } = judged;
    const { results } = evaluation;
    const broken = toldBroken(evaluation, knows);
    const totals = totalsOf(evaluation, context.caller!);
    return {
      id: draft.id,
      version: draft.version,
      broken: broken.map(({ personId, facts, sentence, startMs, endMs, rule }) => ({
        personId,
        sentence,
        facts,
        start: instantText(startMs),
        end: instantText(endMs),
        kind: rule.kind,
      })),
      objections: toldObjections(evaluation, knows),
      people: [...results.values()]
        .filter(({ personId }) => knows(personId))
        .map(({ personId, plannedMinutes, nominalMinutes }) => ({ personId, plannedMinutes, nominalMinutes })),
      short: shortOf(evaluation),
      totals,
      cost: totals.cost,
    };
  },

  "drafts.try": async ({ params, body }, context) => {
    const judged = await judgedFor(context, params.id, body.edit);
    if (isRefused(judged)) return judged;
    const { draft, evaluation, mayPlan } = judged;
    const closed = closedOf(draft);
    if (closed !== null) return closed;
    const stands = new Map(evaluation.entries.map((entry) => [entry.id, entry]));
    const edited = decideEdits(draft, stands, [body.edit], { mayPlan, newId: () => TRIED });
    if (isRefused(edited)) return edited;
    const [entry] = edited.put;
    if (entry === undefined) return { objections: [], broken: [], alternatives: [] };
    const { objections, broken, alternatives } = whyNot(evaluation, entry);
    return {
      objections: objections.map(({ code, facts, sentence }) => ({ code, facts, sentence })),
      broken: broken.map(shownBroken),
      alternatives: alternatives.map(({ entry: other, ...each }) => ({ ...each, edit: editOf(other) })),
    };
  },

  "drafts.compare": async ({ params, query }, context) => {
    const here = await judgedFor(context, params.id, "coverage");
    if (isRefused(here)) return here;
    const theirs = await context.read(async (unit) => {
      const other = await draftKnown(unit, context.caller!, query.with);
      return isRefused(other) ? other : entriesOf(unit, other.id);
    });
    if (isRefused(theirs)) return theirs;
    const { fromDay, toDay } = here.draft;
    const there = theirs.filter((entry) => fromDay <= dayOfEntry(entry) && dayOfEntry(entry) < toDay);
    return {
      items: compare(here.evaluation.entries, there).map(({ personId, day, ...sides }) => ({
        personId,
        day: dayText(day),
        here: sides.here.map(shownItem),
        there: sides.there.map(shownItem),
      })),
      here: totalsOf(here.evaluation, context.caller!),
      there: totalsOf(evaluate(here.evaluation.ground, there), context.caller!),
    };
  },

  "drafts.preview": async ({ params }, context) => {
    const judged = await judgedFor(context, params.id, "coverage");
    if (isRefused(judged)) return judged;
    const { draft, evaluation, knows } = judged;
    const { byPerson, ground, entries } = evaluation;
    const people = [...byPerson].flatMap(([personId, own]) => {
      const found = ground.byId.get(personId);
      if (found === undefined) return [];
      return [{ personId, name: found.person.name, ...shownTold(writtenTold(toldOf(own, found.stretches))) }];
    });
    return {
      id: draft.id,
      version: draft.version,
      people: people.toSorted((one, other) => one.name.localeCompare(other.name, "en")),
      openShifts: entries.filter(({ personId }) => personId === null).map(shownItem),
      objections: toldObjections(evaluation, knows),
      broken: toldBroken(evaluation, knows).map(shownBroken),
      short: shortOf(evaluation).map(({ site, name, levelMin, day, have, need }) => {
        return { site, name, levelMin, day, have, need };
      }),
      totals: totalsOf(evaluation, context.caller!),
    };
  },

  "drafts.publish": async ({ params, body }, context) => {
    const published = await context.write(async (unit) => {
      const { despite, preventConflicts, note } = body;
      const wish = { despite, insists: !preventConflicts, note: note.trim() };
      const done = await publishDraft(unit, context.caller!, params.id, wish, context.ifMatch);
      return isRefused(done) ? done : shownPublication(unit, context.caller!, done);
    });
    if (!isRefused(published)) context.reply.headers["location"] = `/v1/publications/${published.id}`;
    return published;
  },
};

/** What an edit that is only tried would be called. */
const TRIED = "new";

const byDay = (one: Entry, other: Entry): number => dayOfEntry(one) - dayOfEntry(other) || (one.id < other.id ? -1 : 1);

function change(context: RequestContext, id: string, wish: Partial<Pick<Draft, "name" | "state">>) {
  return context.write(async (unit) => {
    const draft = await changeDraft(unit, context.caller!, id, wish, context.ifMatch);
    return isRefused(draft) ? draft : shown(unit, context, draft);
  });
}

async function shown(unit: Unit, context: RequestContext, draft: Draft) {
  context.reply.headers["etag"] = `"${draft.version}"`;
  return shownDraft(draft, await countItems(unit, draft.id));
}

/**
 * A draft with what comes of it. Read in one unit, judged outside of it. `for`: with the coverage of all that it is for; or an edit,
 * for which everybody may be asked who could have the shift instead.
 */
async function judgedFor(context: RequestContext, id: string, what: "coverage" | WrittenEdit) {
  const caller = context.caller!;
  const read = await context.read(async (unit) => {
    const draft = await draftKnown(unit, caller, id);
    if (isRefused(draft)) return draft;
    const entries = await entriesOf(unit, id);
    const mayPlan = await planner(unit, caller, draft);
    const planned = await plannedBy(unit, caller);
    const knows = (personId: string) => planned?.has(personId) ?? true;
    const touched = [...new Set(entries.flatMap(({ personId }) => personId ?? []))];
    const days = { fromDay: draft.fromDay, toDay: draft.toDay };
    if (what === "coverage")
      return {
        draft,
        entries,
        mayPlan,
        knows,
        question: await rosterQuestion(unit, days, { people: null, judged: touched, entries }),
      };
    const named = await peopleOfDraft(unit, draft);
    const all = named ?? (await rosterPeople(unit));
    const able = all.filter(mayPlan);
    const question = await rosterQuestion(unit, days, {
      people: able,
      judged: able,
      entries: [...entries, ...triedOf(what)],
    });
    return { draft, entries, mayPlan, knows, question: { ...question, rows: [] } };
  });
  if (isRefused(read)) return read;
  const { question, ...rest } = read;
  const asked = new Set(question.people.map(({ personId }) => personId));
  // Who is tried is judged beside their own shifts: those of others do not matter to them.
  const entries =
    what === "coverage"
      ? rest.entries
      : rest.entries.filter(({ personId }) => personId === null || asked.has(personId));
  return {
    draft: rest.draft,
    mayPlan: rest.mayPlan,
    knows: rest.knows,
    evaluation: evaluate(groundOf(question), entries),
  };
}

async function rosterPeople(unit: Unit): Promise<readonly string[]> {
  return [...(await versionsOf(unit, null)).keys()];
}

/** The skill that an edit asks for: its holders are looked up. */
function triedOf(edit: WrittenEdit): Entry[] {
  if (!("put" in edit)) return [];
  const entry = entryOf(edit, () => TRIED);
  return entry === null ? [] : [entry];
}

/** What speaks against shifts, of those of whom all may be known: why others are away is not told. */
const toldObjections = (evaluation: Evaluation, knows: (personId: string) => boolean) =>
  objectionsIn(evaluation)
    .filter(({ personId }) => personId === null || knows(personId))
    .slice(0, limits.DRAFT_FINDINGS_MAX)
    .map(({ entryId, ...each }) => ({ itemId: entryId, ...each }));

const shownBroken = ({ personId, facts, sentence }: BrokenRule) => ({ personId, facts, sentence });

const toldBroken = (evaluation: Evaluation, knows: (personId: string) => boolean) =>
  brokenIn(evaluation)
    .filter(({ personId }) => knows(personId))
    .slice(0, limits.DRAFT_FINDINGS_MAX);

/** Days on which fewer are there than are needed, with the draft. */
function shortOf({ coverage, ground: { question } }: Evaluation) {
  return question.rows
    .flatMap((row) =>
      coverage.get(row.key)!.flatMap(({ have, need, level, shortMinutes }, i) => {
        if (level !== "short") return [];
        const { site, skillId, levelMin } = row;
        const name = skillOfRow(row, question.skillName);
        return [{ site, skillId, levelMin, name, day: dayText(question.fromDay + i), have, need, shortMinutes }];
      }),
    )
    .slice(0, limits.DRAFT_FINDINGS_MAX);
}

/** What comes of everybody with a draft; costs are told to administrators alone. */
function totalsOf(evaluation: Evaluation, caller: Caller) {
  const { entries, ground, coverage } = evaluation;
  const results = [...ground.byId.keys()].map((personId) => resultFor(evaluation, personId)!);
  const shortMinutes = [...coverage.values()].flat().reduce((sum, day) => sum + day.shortMinutes, 0);
  return {
    shifts: entries.filter(({ kind, personId }) => kind === "add" && personId !== null).length,
    openShifts: entries.filter(({ personId }) => personId === null).length,
    plannedMinutes: results.reduce((sum, { plannedMinutes }) => sum + plannedMinutes, 0),
    broken: brokenIn(evaluation).length,
    objections: objectionsIn(evaluation).length,
    shortMinutes,
    cost: isAdministrator(caller) ? [...costOf(results)] : null,
  };
}

function editOf({ id, personId, day, shift, skillId }: Entry & { readonly kind: "add" }) {
  const named = id === TRIED ? {} : { id };
  return { put: { ...named, personId, day: dayText(day), shift: writtenShift(shift), skillId } };
}
