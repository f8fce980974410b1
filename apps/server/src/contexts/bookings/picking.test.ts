// Strategy: as each way assigns, then 10,000 bookings with absences and newcomers against everybody's fair share.
import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { seededRandom } from "@hourwright/std";
import type { Role } from "./model.ts";
import fc from "fast-check";
import { fewestOf, owedAfter, pick, turnAt } from "./picking.ts";

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

  test("is the same for all dates of a series where somebody can all, else who can most of them", () => {
    const roles = [role(["ana", "ben", "cleo"])];
    const whoComes = (...candidates: readonly (readonly string[])[]) => {
      const dates = candidates.map((could) => ({ ...nothing, roles, candidates: [could] }));
      const first = fewestOf(dates);
      return dates.map((date) => pick({ ...date, first })[0]![0]);
    };
    assert.deepEqual(whoComes(["ana", "ben"], ["ben", "cleo"], ["ana", "ben"]), ["ben", "ben", "ben"]);
    assert.deepEqual(whoComes(["ana", "ben"], ["ana", "ben"]), ["ana", "ana"], "of those alike, whose turn it is");
    assert.deepEqual(whoComes(["ana"], ["ana", "ben"], ["cleo"], ["ben", "cleo"]), ["ana", "ana", "cleo", "cleo"]);
  });

  test("is, for a series, no more people than one where one can all dates, and who can most dates has all theirs", () => {
    const people = ["ana", "ben", "cleo", "dan"];
    const roles = [role(people)];
    const some = fc.subarray(people, { minLength: 1 });
    fc.assert(
      fc.property(fc.array(some, { minLength: 1, maxLength: 12 }), (lists) => {
        const dates = lists.map((could) => ({ ...nothing, roles, candidates: [could] }));
        const first = fewestOf(dates);
        const came = dates.map((date) => pick({ ...date, first })[0]![0]!);
        for (const [at, who] of came.entries()) assert.ok(lists[at]!.includes(who), "who comes can");
        const times = (id: string) => lists.filter((list) => list.includes(id)).length;
        const most = Math.max(...people.map(times));
        const best = first[0]![0]!;
        assert.equal(times(best), most);
        assert.equal(came.filter((id) => id === best).length, most);
      }),
    );
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
