import { refusePlanning, type Refused } from "@hourwright/contract";
import type { Unit } from "../../platform/db/database.ts";
import type { Caller, RequestContext } from "../../platform/operations/context.ts";
import { askFor, seenBy, type ConflictPorts, type Question, type Window } from "./conflicts.ts";
import { refusedOf } from "./answers/learned.ts";
import { insertAnswers } from "./answers/store.ts";
import { countMarks, deleteMarks, insertMarks, KEPT_MAX, marksBetween, type Mark } from "./store.ts";
import { CONFLICT, keptText, releasedText, type KeptContents } from "./undo.ts";

type Asked = { readonly ids: readonly string[]; readonly horizon: Window };

/** A conflict that somebody may decide about. */
type Decidable = Pick<Mark, "clash" | "conflictId" | "startMs" | "endMs">;

const gone = refusePlanning("conflict-gone", "gone", {});
const notYours = refusePlanning("not-yours", "events", {});

/**
 * Keeps conflicts: they stand, and no longer count. Nothing is locked before: a mark names what clashes and when, so one
 * that comes too late marks nothing.
 */
export async function keep(
  ports: ConflictPorts,
  context: RequestContext,
  { ids, horizon, note }: Asked & { readonly note: string | null },
) {
  const { caller } = context;
  const question = await askFor(ports, caller!, ids, 0, horizon);
  if (question === null || question.candidates.places.length < new Set(ids).size) return gone;
  const decidable = await decidableBy(ports, caller!, question);
  if (decidable.length < question.candidates.places.length) return notYours;
  return context.write(async (unit) => {
    const marks = await insertMarks(
      unit,
      decidable.map((each) => ({
        ...each,
        personId: caller!.personId,
        atMs: unit.nowMs,
        note: note === "" ? null : note,
      })),
    );
    if ((await countMarks(unit)) > KEPT_MAX) return refusePlanning("too-many-kept", "most", { most: KEPT_MAX });
    const refused = marks.flatMap(({ conflictId }) => refusedOf(caller!, conflictId, null));
    await insertAnswers(unit, caller!.personId, refused);
    for (const mark of marks) recordKept(unit, mark, null, mark);
    return answerOf(context, marks, keptText);
  });
}

/** Lets conflicts count again: by who may change one of their events, and by who kept them. */
export async function release(ports: ConflictPorts, context: RequestContext, { ids, horizon }: Asked) {
  const { caller } = context;
  const question = await askFor(ports, caller!, ids, 0, horizon);
  if (question === null || question.candidates.places.length < new Set(ids).size) return gone;
  const { clashes } = question.candidates;
  const decidable = new Set((await decidableBy(ports, caller!, question)).map(({ clash }) => clash));
  return context.write(async (unit) => {
    const { fromMs, toMs } = question.input;
    const own = (await marksBetween(unit, fromMs, toMs)).filter(({ personId }) => personId === caller!.personId);
    const mayRelease = new Set([...decidable, ...own.map(({ clash }) => clash)]);
    if (clashes.some((clash) => !mayRelease.has(clash))) return notYours;
    const marks = await deleteMarks(unit, clashes);
    for (const mark of marks) recordKept(unit, mark, mark, null);
    return answerOf(context, marks, releasedText);
  });
}

/** Puts a mark back as it was before a change, or takes away the one that a change made. */
export function putKept(
  context: RequestContext,
  conflictId: string,
  { clash, kept }: KeptContents,
): Promise<{ id: string } | Refused<never>> {
  return context.write(async (unit) => {
    const mark = kept === null ? null : { ...kept, clash, conflictId };
    const [gone] = await deleteMarks(unit, [clash]);
    const put = mark === null ? undefined : (await insertMarks(unit, [mark]))[0];
    const either = put ?? gone;
    if (either !== undefined) recordKept(unit, either, gone ?? null, put ?? null);
    return { id: conflictId };
  });
}

/** Those of the conflicts that were found of which the viewer may change one side, in order. */
async function decidableBy(ports: ConflictPorts, viewer: Caller, { candidates }: Question): Promise<Decidable[]> {
  const { seen, described } = await seenBy(ports, viewer, candidates);
  const mayChange = (date: number) => described.get(date)?.mayChange === true;
  return seen
    .filter((each) => mayChange(candidates.first[each]!) || mayChange(candidates.second[each]!))
    .map((each) => ({
      clash: candidates.clashes[each]!,
      conflictId: candidates.ids[each]!,
      startMs: candidates.startMs[each]!,
      endMs: candidates.endMs[each]!,
    }));
}

function recordKept(unit: Unit, { clash, conflictId }: Mark, before: Mark | null, after: Mark | null): void {
  const contents = (mark: Mark | null): KeptContents => {
    if (mark === null) return { clash, kept: null };
    const { startMs, endMs, personId, atMs, note } = mark;
    return { clash, kept: { startMs, endMs, personId, atMs, note } };
  };
  unit.record({
    kind: "updated",
    thing: { type: CONFLICT, id: conflictId },
    fields: ["kept"],
    before: contents(before),
    after: contents(after),
  });
}

const answerOf = ({ requestId }: RequestContext, marks: readonly Mark[], say: (count: number) => string) => ({
  requestId,
  summary: marks.length === 0 ? "Nothing has changed" : say(marks.length),
  undoable: marks.length > 0,
  changed: marks.map(({ conflictId }) => ({ type: CONFLICT, id: conflictId })),
});
