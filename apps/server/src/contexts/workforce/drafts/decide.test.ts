// Strategy: a table of what is refused, in sentences; then any edits one after the other against a plain map of what stands.
import assert from "node:assert/strict";
import { describe, test } from "node:test";
import fc from "fast-check";
import { isRefused } from "@hourwright/contract";
import type { Entry } from "@hourwright/roster";
import { dayOf, dayText } from "../contracts/terms.ts";
import { closedOf, decideEdits } from "./decide.ts";
import { entryOf, type Draft, type WrittenEdit } from "./model.ts";

const MONDAY = dayOf("2027-03-01");
const draft = { fromDay: MONDAY, toDay: MONDAY + 7 };
const shift = { name: "early shift", kind: "work" as const, starts: "06:00", minutes: 480, breaks: [], site: null };
const put = (personId: string | null, after: number, more: object = {}): WrittenEdit => ({
  put: { personId, day: dayText(MONDAY + after), shift, skillId: null, ...more },
});
const drop = (personId: string, after: number): WrittenEdit => ({
  drop: { personId, of: { day: dayText(MONDAY + after), starts: "06:00" } },
});

function deciding(stands: readonly Entry[], edits: readonly WrittenEdit[]) {
  let made = 0;
  const byId = new Map(stands.map((entry) => [entry.id, entry]));
  return decideEdits(draft, byId, edits, { mayPlan: (id) => id !== "other", newId: () => `new${made++}` });
}

describe("edits of a draft", () => {
  const own = entryOf(put("ben", 0), () => "own")!;
  const dropped = entryOf(drop("ben", 1), () => "dropped")!;
  const theirs = entryOf(put("other", 0), () => "theirs")!;
  const refused: readonly (readonly [title: string, edit: WrittenEdit, sentence: string])[] = [
    ["a day before it", put("ben", -1), "2027-02-28 is none of its days: it is from 2027-03-01 to before 2027-03-08."],
    ["a day after it", drop("ben", 7), "2027-03-08 is none of its days: it is from 2027-03-01 to before 2027-03-08."],
    [
      "a shift without length",
      put("ben", 0, { shift: { ...shift, minutes: 0 } }),
      "early shift (06:00–06:00) has no length.",
    ],
    ["what is not there", { remove: "nothing" }, "The draft has no shift with this id: read it again."],
    [
      "a change of what is not there",
      put("ben", 0, { id: "nothing" }),
      "The draft has no shift with this id: read it again.",
    ],
    ["people it is not for", put("other", 0), "The draft is for people whom you manage, and for those it names alone."],
    [
      "shifts of people it is not for",
      { remove: "theirs" },
      "The draft is for people whom you manage, and for those it names alone.",
    ],
    [
      "another shift in place of what is left out",
      put("ben", 1, { id: "dropped" }),
      "A shift that is left out is put back by removing it from the draft.",
    ],
  ];
  for (const [title, edit, sentence] of refused)
    test(`are refused with ${title}, and nothing else of them is done`, () => {
      const answer = deciding([own, dropped, theirs], [put("ben", 2), edit]);
      assert.ok(isRefused(answer));
      assert.equal(answer.refused.detail, sentence);
    });

  test("see what those before them did: a shift that is new is not changed by its name, one that is gone is gone", () => {
    const twice = deciding([own], [{ remove: "own" }, { remove: "own" }]);
    assert.ok(isRefused(twice));
    assert.deepEqual(deciding([own], [put("ana", 1, { id: "own" }), { remove: "own" }]), { put: [], removed: ["own"] });
  });

  test("are none where the draft was published or discarded, and it is said when", () => {
    const closed = (state: Draft["state"], publishedMs: number | null) => {
      const all = { ...draft, id: "d", name: "March", teamId: null, people: null, publicationId: null, version: 1 };
      return closedOf({ ...all, state, publishedMs, created: { by: null, name: "", atMs: 0 } })?.refused.detail;
    };
    assert.equal(closed("open", null), undefined);
    assert.equal(
      closed("published", MONDAY * 86_400_000),
      "“March” was published on 2027-03-01: copy it into a new draft to go on.",
    );
    assert.equal(closed("discarded", null), "“March” was discarded: copy it into a new draft to go on.");
  });

  test("come to what a map comes to that each is done to", () => {
    const anyEdit = fc.oneof(
      fc
        .record({ after: fc.nat({ max: 6 }), id: fc.option(fc.constantFrom("a", "b", "c")) })
        .map(({ after, id }) => put("ben", after, id === null ? {} : { id })),
      fc.constantFrom("a", "b", "c").map((id): WrittenEdit => ({ remove: id })),
      fc.nat({ max: 6 }).map((after) => drop("ben", after)),
    );
    fc.assert(
      fc.property(fc.array(anyEdit, { maxLength: 8 }), (edits) => {
        const stands = ["a", "b"].map((id) => entryOf(put("ben", 0), () => id)!);
        const model = new Map(stands.map((entry) => [entry.id, entry]));
        let [made, isWrong] = [0, false];
        for (const edit of edits) {
          const named = "remove" in edit ? edit.remove : "put" in edit ? edit.put.id : undefined;
          if (named !== undefined && !model.has(named)) isWrong = true;
          if ("remove" in edit) model.delete(edit.remove);
          else {
            const entry = entryOf(edit, () => `new${made++}`)!;
            model.set(entry.id, entry);
          }
        }
        const answer = deciding(stands, edits);
        assert.equal(isRefused(answer), isWrong);
        if (isRefused(answer)) return;
        const after = new Map(stands.map((entry) => [entry.id, entry]));
        for (const entry of answer.put) after.set(entry.id, entry);
        for (const id of answer.removed) after.delete(id);
        const sorted = (all: ReadonlyMap<string, Entry>) =>
          [...all].toSorted(([one], [other]) => (one < other ? -1 : 1));
        assert.deepEqual(sorted(after), sorted(model));
      }),
    );
  });
});
