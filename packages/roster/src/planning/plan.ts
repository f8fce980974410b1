import type { Entry } from "../draft.ts";
import { breachKey, evaluate, type Evaluation, type PersonResult } from "../evaluate.ts";
import type { PlanOptions, PlanQuestion, PlanSlice, RosterPlan } from "./model.ts";
import { openBoard, type Board } from "./board.ts";
import { NONE, openKey, sceneOf, type PlannedPerson } from "./scene.ts";
import { searchRows } from "./search.ts";
import { isSameShift, type Template } from "./templates.ts";
import { unmetOf } from "./unmet.ts";

/**
 * Plans what may change of a draft: shifts given and taken, until the budget is spent or `signal` is aborted. Nothing that is kept changes,
 * no shift meets another or an absence, and no rule is broken that was not broken before: the judge of drafts has the last word [PL1] [PL2].
 * How it is sliced changes nothing about what is found.
 */
export function* planRoster(question: PlanQuestion, options: PlanOptions): Generator<PlanSlice, RosterPlan> {
  const scene = sceneOf(question);
  const asItIs = openBoard(scene);
  asItIs.load(scene.people.map(standingBase));
  const { board, steps, totals } = yield* searchRows(scene, options);
  asItIs.shareOut(totals);
  const [counted, score] = [asItIs.counted(), asItIs.score()];
  const judgedBefore = evaluate(question.ground, question.entries);
  const { edits, evaluation, mended } = judgedEdits(board, judgedBefore, options.newId);
  const { put, removed, given, filled, taken, dropped } = edits;
  return {
    put,
    removed,
    given,
    filled,
    taken,
    dropped,
    steps,
    score: board.score(),
    before: score,
    counted: { before: counted, after: board.counted() },
    ...unmetOf(board, evaluation),
    wishesRefused: board.wishesRefused(),
    evaluation,
    mended,
  };
}

/** What of a draft holds as it is: what meets an absence does not. */
const standingBase = ({ base, options }: PlannedPerson): Int16Array =>
  base.map((value, at) => (options[at]!.includes(value) ? value : NONE));

/** The same at once. */
export function planRosterNow(question: PlanQuestion, options: PlanOptions): RosterPlan {
  const slices = planRoster(question, options);
  for (;;) {
    const slice = slices.next();
    if (slice.done === true) return slice.value;
  }
}

type Edits = Pick<RosterPlan, "put" | "removed" | "given" | "filled" | "taken" | "dropped">;

/** Edits of which the judge has nothing to say that it had not said before; of whom it has keep what they had. */
function judgedEdits(board: Board, before: Evaluation, newId: () => string) {
  const { scene } = board;
  for (let mended = 0; ;) {
    const edits = editsOf(board, newId);
    const evaluation = evaluate(scene.ground, edited(scene.question.entries, edits));
    const wrong = scene.people.flatMap(({ id }, person) =>
      isWorse(before.results.get(id), evaluation.results.get(id)) ? [person] : [],
    );
    if (wrong.length === 0) return { edits, evaluation, mended };
    mended += wrong.length;
    for (const person of wrong)
      board.put(Array.from(scene.people[person]!.base, (value, at) => ({ person, at, value })));
  }
}

function isWorse(before: PersonResult | undefined, after: PersonResult | undefined): boolean {
  if (after === undefined) return false;
  const said = new Set(before?.objections.map(({ entryId, code }) => `${entryId} ${code}`));
  const broken = new Set(before?.broken.map(breachKey));
  return (
    after.objections.some(({ entryId, code }) => !said.has(`${entryId} ${code}`)) ||
    after.broken.some((breach) => !broken.has(breachKey(breach)))
  );
}

/** The entries of a draft once some are others: new ones come last. */
export function edited(entries: readonly Entry[], { put, removed }: Pick<Edits, "put" | "removed">): Entry[] {
  const changed = new Map(put.map((entry) => [entry.id, entry]));
  const gone = new Set(removed);
  const known = new Set(entries.map(({ id }) => id));
  return [
    ...entries.filter(({ id }) => !gone.has(id)).map((entry) => changed.get(entry.id) ?? entry),
    ...put.filter(({ id }) => !known.has(id)),
  ];
}

const NOTHING: Pick<Template, "shifts" | "skillId"> = { shifts: [], skillId: null };

/** What differs from the draft as it was. */
function editsOf(board: Board, newId: () => string): Edits {
  const { scene, rows } = board;
  const { templates } = scene;
  const { fromDay } = scene.ground.question;
  const open = new Map(Array.from(scene.open, ([key, own]) => [key, [...own]]));
  const put: Entry[] = [];
  const removed: string[] = [];
  let [given, filled, taken, dropped] = [0, 0, 0, 0];
  for (const [person, { id: personId, base, origins }] of scene.people.entries())
    for (let at = 0; at < scene.days; at++) {
      const value = rows[person]![at]!;
      if (value === base[at]) continue;
      const day = fromDay + at;
      const { shifts, skillId } = value === NONE ? NOTHING : templates.list[value - 1]!;
      const coming = [...shifts];
      for (const [i, origin] of origins[at]!.entries()) {
        const was = templates.list[base[at]! - 1]!;
        const stays = was.skillId === skillId ? coming.findIndex((shift) => isSameShift(shift, was.shifts[i]!)) : -1;
        if (stays !== -1) coming.splice(stays, 1);
        else if (origin.kind === "entry") {
          removed.push(origin.entry.id);
          taken++;
        } else {
          put.push({ id: newId(), kind: "drop", personId, of: { day, fromMinute: origin.fromMinute } });
          dropped++;
        }
      }
      const offered = open.get(openKey(value, day))?.shift();
      if (offered !== undefined) {
        put.push({ ...offered, personId });
        filled++;
        continue;
      }
      for (const shift of coming) put.push({ id: newId(), kind: "add", personId, day, shift, skillId });
      given += coming.length;
    }
  return { put, removed, given, filled, taken, dropped };
}
