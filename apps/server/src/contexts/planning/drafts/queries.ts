import { isRefused } from "@hourwright/contract";
import type { ChangeWithContents } from "../../../platform/changes/read.ts";
import type { Unit } from "../../../platform/db/database.ts";
import type { RequestContext } from "../../../platform/operations/context.ts";
import { organisationOf, subjectsById } from "../../identity/public.ts";
import { zonedText } from "../tell.ts";
import { noDraft } from "./commands.ts";
import { maySee, stateOf } from "./decide.ts";
import { ACCEPTED, DRAFT, type Asking, type Draft, type DraftChange, type EventNow } from "./model.ts";
import { standingOf, type Standing } from "./since.ts";
import { draftById, draftsOf } from "./store.ts";
import { triedAlone, triedTogether, type Numbered, type Trial, type TrialPorts } from "./trial.ts";
import { wantedBy } from "./wanted.ts";
import { saysOf, type Pair } from "./words.ts";

const DRAFTS_SHOWN_MAX = 100;

/** The proposals that a person made or is asked to look at. */
export const listDrafts = async (unit: Unit, personId: string) =>
  shownDrafts(unit, await draftsOf(unit, personId, DRAFTS_SHOWN_MAX), personId);

/** A proposal as lists show it. */
export const shownDraft = async (unit: Unit, draft: Draft, personId: string) =>
  (await shownDrafts(unit, [draft], personId))[0]!;

async function shownDrafts(unit: Unit, drafts: readonly Draft[], personId: string) {
  const states = drafts.map((draft) => stateOf(draft, unit.nowMs));
  const enders = states.flatMap((state) => ("personId" in state ? [state.personId] : []));
  const ids = [...drafts.flatMap(({ makerId, reviewers }) => [makerId, ...reviewers]), ...enders];
  const names = new Map((await subjectsById(unit, [...new Set(ids)])).map(({ id, name }) => [id, name]));
  const nameOf = (id: string) => ({ id, name: names.get(id) ?? "Somebody" });
  return drafts.map((draft, place) => {
    const state = states[place]!;
    return {
      id: draft.id,
      title: draft.title,
      note: draft.note,
      source: draft.source,
      maker: nameOf(draft.makerId),
      isMine: draft.makerId === personId,
      reviewers: draft.reviewers.map(nameOf),
      state: state.is,
      endedBy: "personId" in state ? nameOf(state.personId) : null,
      changeCount: draft.changes.length,
      openCount: draft.taken.filter((each) => each === null).length,
      at: textOf(draft.madeMs),
      expires: textOf(draft.expiresMs),
    };
  });
}

const textOf = (ms: number): string => Temporal.Instant.fromEpochMilliseconds(ms).toString();

/** A proposal with what each change would do now, what stands against it, and what changed since it was made. */
export async function readDraft(ports: TrialPorts, context: RequestContext, id: string) {
  const caller = context.caller!;
  const read = await context.read(async (unit) => {
    const draft = await draftById(unit, id);
    if (draft === null || !maySee(draft, caller.personId)) return noDraft;
    const { zone } = await organisationOf(unit);
    const indexes = draft.changes.map((_, index) => index);
    const standings = await standingOf(unit, ports.lookAt, caller, draft, { indexes, isHeld: false, zone });
    return { draft, zone, standings, shown: await shownDraft(unit, draft, caller.personId) };
  });
  if (isRefused(read)) return read;
  const { draft, zone, standings, shown } = read;
  const state = stateOf(draft, context.nowMs);
  // What is locked is not tried: nothing but a hand moves it, whoever asks.
  const isTried = (index: number) => standings.get(index)!.since.every(({ what }) => what !== "locked");
  const tried = (state.is === "open" ? state.left : [])
    .filter(isTried)
    .map((index) => ({ index, call: draft.changes[index]!.call }));
  const { alone, together } = await trialsOf(ports, context, tried, zone);
  const changes = draft.changes.map((change, index) => {
    const standing = standings.get(index)!;
    const whole = together.get(index) ?? untried(standing);
    const trials = { alone: alone.get(index) ?? { ...whole, after: [] }, together: whole };
    return shownChange(draft, { change, index, standing, ...trials, viewerId: caller.personId, zone });
  });
  const open = state.is === "open" ? state.left : [];
  return {
    ...shown,
    checkedAt: textOf(context.nowMs),
    fits: open.every((index) => changes[index]!.together.fits),
    changes,
  };
}

/** Changes that are each tried alone: of more, only those that do not fit with the others are. */
const TRIED_ALONE_MAX = 40;

async function trialsOf(ports: TrialPorts, context: RequestContext, tried: readonly Numbered[], zone: string) {
  if (tried.length <= 1) {
    const alone = await triedAlone(ports, context, tried, zone);
    return { alone, together: alone };
  }
  const together = await triedTogether(ports, context, tried, zone);
  const isTried = ({ index }: Numbered) => tried.length <= TRIED_ALONE_MAX || together.get(index)!.problem !== null;
  const alone = await triedAlone(ports, context, tried.filter(isTried), zone);
  return { alone, together };
}

/** Of a change that is over, and of one that only a hand may make. */
function untried({ since }: Standing): Trial {
  const locked = since.find(({ what }) => what === "locked");
  const problem = locked === undefined ? null : { code: "since/locked", sentence: locked.sentence, reasons: [] };
  return { problem, warnings: [], after: [] };
}

type Seen = {
  readonly change: DraftChange;
  readonly index: number;
  readonly standing: Standing;
  readonly alone: Trial;
  readonly together: Trial;
  readonly viewerId: string;
  readonly zone: string;
};

function shownChange(draft: Draft, { change, index, standing, alone, together, viewerId, zone }: Seen) {
  const { call, reason, based } = change;
  const { now, seen, since } = standing;
  const isTaken = draft.taken[index] !== null;
  const made =
    alone.after.length > 0 ? alone.after : together.after.length === lengthOf(change) ? together.after : null;
  const after = isTaken ? now : (made ?? wantedBy(call, now, zone));
  // Who made it saw how it was, and who accepted it might change it; others are told as much as they may know now.
  const knew = draft.makerId === viewerId || draft.taken[index]?.personId === viewerId;
  const before = isTaken ? based.map((each, place) => asItWas(each, knew ? each.title : now[place]?.title)) : now;
  const pairs: Pair[] = Array.from({ length: Math.max(before.length, after.length) }, (_, place) => ({
    before: before[place] ?? null,
    after: after[place] ?? null,
  }));
  return {
    index,
    operation: call.id,
    says: saysOf(call, pairs, zone),
    reason,
    state: isTaken ? ("accepted" as const) : ("open" as const),
    seen,
    things: pairs.map((pair, place) => ({
      eventId: based[place]?.id ?? null,
      recurrenceId: based[place]?.recurrenceId ?? null,
      before: pair.before && shownThing(pair.before, zone),
      after: pair.after && shownThing(pair.after, zone),
    })),
    since: isTaken ? [] : since.map((each) => ({ ...each })),
    alone: shownTrial(alone),
    together: shownTrial(together),
  };
}

/** How many events a change leaves to look at. */
const lengthOf = ({ call, based }: DraftChange): number => (call.id === "events.create" ? 1 : based.length);

function asItWas(
  { startMs, endMs, days, isSeries, tag }: DraftChange["based"][number],
  title: string | undefined,
): EventNow | null {
  if (title === undefined) return null;
  const unknown = { location: null, people: [], calendar: "", isLocked: false, mayChange: false };
  return { title, startMs, endMs, days, isSeries, tag, ...unknown };
}

const shownThing = ({ title, startMs, endMs, days, location, people, calendar }: EventNow, zone: string) => ({
  title,
  start: days?.start ?? zonedText(startMs, zone),
  end: days?.end ?? zonedText(endMs, zone),
  allDay: days !== null,
  location,
  people: [...people],
  calendar,
});

const shownTrial = ({ problem, warnings }: Trial) => ({
  fits: problem === null,
  problem: problem && { ...problem, reasons: [...problem.reasons] },
  warnings: [...warnings],
});

/** What of a proposal is told to whom, of some changes: who is asked to look at it, and to its maker what others say. */
export async function draftNewsOf(unit: Unit, changes: readonly ChangeWithContents[]) {
  const news: {
    readonly seq: number;
    readonly eventId: string;
    readonly personId: string;
    readonly kind: "review" | "review-accepted" | "review-declined";
    readonly title: string;
    readonly startMs: number;
    readonly endMs: number;
    readonly allDay: false;
  }[] = [];
  for (const { seq, thing, kind, fields, before, after, actor, at } of changes) {
    const draft = thing.type === DRAFT ? await draftById(unit, thing.id) : null;
    if (draft === null) continue;
    const span = { startMs: at.epochMilliseconds, endMs: draft.expiresMs, allDay: false as const };
    const of = { seq, eventId: draft.id, title: draft.title, ...span };
    const asked = new Set((before as Asking | null)?.reviewers);
    const fresh = ((after as Asking | null)?.reviewers ?? []).filter((id) => !asked.has(id) && id !== actor.personId);
    news.push(...fresh.map((personId) => ({ ...of, personId, kind: "review" as const })));
    const isDeclined = kind === "updated" && (after as Asking | null)?.ended?.how === "declined";
    const said = isDeclined ? "review-declined" : fields[0] === ACCEPTED ? "review-accepted" : null;
    if (said !== null && draft.makerId !== actor.personId) news.push({ ...of, personId: draft.makerId, kind: said });
  }
  return news;
}
