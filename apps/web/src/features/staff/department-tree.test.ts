import assert from "node:assert/strict";
import { describe, test } from "node:test";
import type { Department } from "../../data/staff.ts";
import { hasTwin, linesOf, stepOf } from "./department-tree.ts";

const department = (id: string, parentId: string | null, level: number) =>
  ({ id, name: id, parentId, level }) as unknown as Department;
const tree = [
  department("House", null, 1),
  department("Desk", "House", 2),
  department("Pool", "House", 2),
  department("Rescue", "Pool", 3),
  department("Sports", null, 1),
];
const ids = (...closed: string[]) => linesOf(tree, new Set(closed)).map((line) => line.department.id);

describe("the tree of departments", () => {
  test("shows all that is open, and nothing below what is closed", () => {
    assert.deepEqual(ids(), ["House", "Desk", "Pool", "Rescue", "Sports"]);
    assert.deepEqual(ids("Pool"), ["House", "Desk", "Pool", "Sports"]);
    assert.deepEqual(ids("House"), ["House", "Sports"]);
  });

  const steps: readonly [string, string, ReturnType<typeof stepOf>][] = [
    ["Desk", "ArrowDown", { to: "Pool" }],
    ["House", "ArrowUp", { to: "House" }],
    ["Sports", "ArrowDown", { to: "Sports" }],
    ["House", "ArrowRight", { to: "Desk" }],
    ["Desk", "ArrowRight", { to: "Desk" }],
    ["Pool", "ArrowLeft", { close: "Pool" }],
    ["Rescue", "ArrowLeft", { to: "Pool" }],
    ["Rescue", "Home", { to: "House" }],
    ["House", "End", { to: "Sports" }],
    ["House", "a", null],
    ["None", "End", null],
  ];
  for (const [id, key, step] of steps)
    test(`${key} on ${id}: ${JSON.stringify(step)}`, () =>
      assert.deepEqual(stepOf(linesOf(tree, new Set()), id, key), step));

  test("opens what is closed", () =>
    assert.deepEqual(stepOf(linesOf(tree, new Set(["House"])), "House", "ArrowRight"), { open: "House" }));

  test("knows of a name that stands beside already, whatever the case, and not of itself", () => {
    assert.equal(hasTwin(tree, null, "House", " pool "), true);
    assert.equal(hasTwin(tree, "Pool", "House", "pool"), false);
    assert.equal(hasTwin(tree, null, null, "Pool"), false);
  });
});
