// Strategy: as each way assigns, then 10,000 bookings with absences and newcomers against everybody's fair share.
import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { seededRandom } from "@hourwright/std";
import type { Role } from "./model.ts";
import { owedAfter, pick, turnAt } from "./picking.ts";

const role = (anyOf: readonly string[], more: Partial<Role> = {}): Role => ({
  name: "Instructor",
  anyOf: [...anyOf],
  count: 1,
  assign: "fair",
  weights: {},
  ...more,
});
const nothing = { owed: [], busyMinutes: new Map<string, number>(), lastTime: null, turn: 0 };

describe("who takes part", () => {
  test("is who is owed most, then who stands first", () => {
    const roles = [role(["ana", "ben"])];
    assert.deepEqual(pick({ ...nothing, roles, candidates: [["ana", "ben"]] }), [["ana"]]);
    const owed = [{ role: 0, subjectId: "ben", owed: 0.5 }];
    assert.deepEqual(pick({ ...nothing, roles, candidates: [["ana", "ben"]], owed }), [["ben"]]);
  });

  test("is, of those who are owed alike, whose turn it is, as often each", () => {
    const roles = [role(["ana", "ben", "cleo"])];
    const candidates = [["ana", "ben", "cleo"]];
    assert.deepEqual(pick({ ...nothing, roles, candidates, turn: 0.5 }), [["ben"]]);
    const owed = [{ role: 0, subjectId: "ana", owed: 0.5 }];
    assert.deepEqual(pick({ ...nothing, roles, candidates, owed, turn: 0.5 }), [["ana"]], "a debt comes before a turn");
    const times = Map.groupBy(
      Array.from(
        { length: 3_000 },
        (_, i) => pick({ ...nothing, roles, candidates, turn: turnAt(i * 1_800_000) })[0]![0],
      ),
      (id) => id,
    );
    for (const id of candidates[0]!) assert.ok(Math.abs(times.get(id)!.length - 1_000) < 150, id);
  });

  test("is who is least busy, or the same as last time where they can", () => {
    const busyMinutes = new Map([["ana", 60]]);
    const leastBusy = [role(["ana", "ben"], { assign: "least-busy" })];
    assert.deepEqual(pick({ ...nothing, roles: leastBusy, candidates: [["ana", "ben"]], busyMinutes }), [["ben"]]);
    const same = [role(["ana", "ben"], { assign: "same" })];
    assert.deepEqual(pick({ ...nothing, roles: same, candidates: [["ana", "ben"]], lastTime: [["ben"]] }), [["ben"]]);
    assert.deepEqual(pick({ ...nothing, roles: same, candidates: [["ana"]], lastTime: [["ben"]] }), [["ana"]]);
  });

  test("is nobody twice, where roles share people", () => {
    const roles = [role(["ana", "ben"]), role(["ana"])];
    assert.deepEqual(pick({ ...nothing, roles, candidates: [["ana", "ben"], ["ana"]] }), [["ben"], ["ana"]]);
    const two = [role(["ana", "ben", "cleo"], { count: 2 })];
    assert.deepEqual(pick({ ...nothing, roles: two, candidates: [["ana", "ben", "cleo"]] }), [["ana", "ben"]]);
  });

  test("is nobody more than one booking off their fair share, through absences and newcomers", () => {
    const people = ["ana", "ben", "cleo", "dan", "eva"];
    const weights = { ana: 2, ben: 1, cleo: 1, dan: 0.5, eva: 1 };
    const roles = [role(people, { weights })];
    const random = seededRandom(20_271);
    const owed = new Map<string, number>();
    const [had, fair] = [new Map<string, number>(), new Map<string, number>()];
    for (let booking = 0; booking < 10_000; booking++) {
      // Eva comes after 4,000; everybody is away for weeks now and then.
      const here = people.filter((id, i) => (id !== "eva" || booking > 4_000) && (booking + 977 * i) % 2_000 > 300);
      const candidates = [here.filter(() => random() > 0.2)].map((some) => (some.length > 0 ? some : here));
      const list = [...owed].map(([subjectId, amount]) => ({ role: 0, subjectId, owed: amount }));
      const picked = pick({ ...nothing, roles, candidates, owed: list });
      for (const each of owedAfter(roles, candidates, picked))
        owed.set(each.subjectId, (owed.get(each.subjectId) ?? 0) + each.owed);
      const sum = candidates[0]!.reduce((all, id) => all + weights[id as keyof typeof weights], 0);
      for (const id of candidates[0]!) fair.set(id, (fair.get(id) ?? 0) + weights[id as keyof typeof weights] / sum);
      const [got] = picked[0]!;
      had.set(got!, (had.get(got!) ?? 0) + 1);
    }
    for (const id of people) {
      const off = Math.abs((had.get(id) ?? 0) - fair.get(id)!);
      assert.ok(off <= Math.max(1, weights[id as keyof typeof weights]), `${id} is ${off} off`);
    }
  });
});
