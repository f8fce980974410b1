import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { isRefused } from "@hourwright/contract";
import fc from "fast-check";
import { departmentOf, inOrder, managedBy, managersAbove, pathOf, treeOf, whyNotEmpty, within } from "./decide.ts";
import type { Department } from "./model.ts";

const department = (id: string, parentId: string | null, managerIds: readonly string[] = []): Department => ({
  id,
  name: id.toUpperCase(),
  parentId,
  managerIds,
  version: 1,
});
const chain = (length: number): Department[] =>
  Array.from({ length }, (_, i) => department(`d${i}`, i === 0 ? null : `d${i - 1}`));
const tree = treeOf([department("a", null), department("b", "a"), department("c", "b"), department("x", null)]);
const sentenceOf = (answer: ReturnType<typeof departmentOf>) => (isRefused(answer) ? answer.refused.detail : "kept");

describe("a department that is kept or refused", () => {
  const wish = (name: string, parentId: string | null) => ({ name, parentId, managerIds: [] });
  const table: [string, ReturnType<typeof departmentOf>][] = [
    ["kept", departmentOf(tree, null, wish("New", "c"))],
    ["kept", departmentOf(tree, "c", wish("C", "x"))],
    ["What it is to be part of is no department.", departmentOf(tree, null, wish("New", "gone"))],
    ["“A” cannot be part of itself.", departmentOf(tree, "a", wish("A", "a"))],
    ["“A” cannot be part of “C”, which is part of “A”.", departmentOf(tree, "a", wish("A", "c"))],
    ["There is a department called “B” beside it already.", departmentOf(tree, null, wish(" b ", "a"))],
    ["It would be 13 levels deep; 12 are the limit.", departmentOf(treeOf(chain(12)), null, wish("New", "d11"))],
    [
      "It would be 13 levels deep; 12 are the limit.",
      departmentOf(
        treeOf([...chain(10), department("p", null), department("q", "p"), department("r", "q")]),
        "p",
        wish("P", "d9"),
      ),
    ],
  ];
  for (const [sentence, answer] of table) test(sentence, () => assert.equal(sentenceOf(answer), sentence));
});

describe("a department that is to be removed", () => {
  const table: [string | null, string, number][] = [
    [null, "c", 0],
    ["Inside “C” there is one person. Put them elsewhere first.", "c", 1],
    ["Inside “A” there is one department. Put them elsewhere first.", "a", 0],
    ["Inside “A” there are 3 people and one department. Put them elsewhere first.", "a", 3],
  ];
  for (const [sentence, id, people] of table)
    test(sentence ?? "an empty one goes", () =>
      assert.equal(whyNotEmpty(tree, tree.byId.get(id)!, people)?.refused.detail ?? null, sentence),
    );
});

test("whatever is wished in whatever order, departments stay a tree, and who manages one manages all below it", () => {
  const wishes = fc.array(fc.record({ id: fc.nat(11), parent: fc.option(fc.nat(11)), manager: fc.nat(3) }), {
    maxLength: 60,
  });
  fc.assert(
    fc.property(wishes, (asked) => {
      const kept = new Map<string, Department>();
      for (const { id, parent, manager } of asked) {
        const key = `d${id}`;
        const wish = { name: key, parentId: parent === null ? null : `d${parent}`, managerIds: [`m${manager}`] };
        const contents = departmentOf(treeOf([...kept.values()]), kept.has(key) ? key : null, wish);
        if (!isRefused(contents)) kept.set(key, { id: key, version: 1, ...contents });
      }
      const all = treeOf([...kept.values()]);
      assert.deepEqual(
        inOrder(all)
          .map((each) => each.department.id)
          .sort(),
        [...kept.keys()].sort(),
        "all are reached from the top, each once",
      );
      for (const { department: each, level } of inOrder(all)) {
        const above = ancestors(kept, each.id);
        assert.deepEqual(
          pathOf(all, each.id).map(({ id }) => id),
          above,
        );
        assert.equal(level, above.length);
        assert.deepEqual(
          managersAbove(all, each.id),
          above.map((id) => kept.get(id)!.managerIds),
        );
        for (const id of above) assert.ok(within(all, id).includes(each.id));
        for (const manager of ["m0", "m1", "m2", "m3"])
          assert.equal(
            managedBy(all, manager).has(each.id),
            above.some((id) => kept.get(id)!.managerIds.includes(manager)),
          );
      }
    }),
  );
});

function ancestors(kept: ReadonlyMap<string, Department>, id: string): string[] {
  const { parentId } = kept.get(id)!;
  return [id, ...(parentId === null ? [] : ancestors(kept, parentId))];
}
