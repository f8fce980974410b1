import assert from "node:assert/strict";
import { describe, test } from "node:test";
import fc from "fast-check";
import { AT_DEADLINE, formOf, NEW_STEP, stepOf, WHO, wrongWithStep, type StepForm } from "./policy-form.ts";

describe("a policy in its form", () => {
  const anyForm: fc.Arbitrary<StepForm> = fc.record({
    who: fc.constantFrom(...WHO),
    people: fc.uniqueArray(fc.constantFrom("ana", "ben", "cid"), { minLength: 1 }),
    quorum: fc.constantFrom("1", "2"),
    hours: fc.constantFrom("", "1", "48"),
    atDeadline: fc.constantFrom(...AT_DEADLINE),
  });

  test("is sent and read again as it was typed, but for what says nothing", () => {
    fc.assert(
      fc.property(anyForm, (form) => {
        const people = form.who === "people" ? form.people : [];
        const atDeadline = form.hours === "" ? NEW_STEP.atDeadline : form.atDeadline;
        assert.deepEqual(formOf({ steps: [stepOf(form)] }), [{ ...form, people, atDeadline }]);
      }),
    );
  });

  test("is left to programs where they have set more than it can say", () => {
    const managers = (level: number) => ({ kind: "managers" as const, level });
    const step = { ...stepOf(NEW_STEP), quorum: 1 };
    const table = [
      { ...step, who: [managers(0), managers(1)] },
      { ...step, who: [managers(2)] },
      { ...step, who: [{ kind: "role" as const, role: "member" as const }] },
      { ...step, deadlineMinutes: 90 },
      { ...step, deadlineMinutes: 60, atDeadline: { kind: "escalate" as const, to: [managers(0)] } },
    ];
    for (const each of table) assert.equal(formOf({ steps: [each] }), null);
  });

  const table: [ReturnType<typeof wrongWithStep>, Partial<StepForm>][] = [
    [null, {}],
    ["people", { who: "people" }],
    ["quorum", { quorum: "0" }],
    ["quorum", { quorum: "two" }],
    ["quorum", { who: "people", people: ["ana"], quorum: "2" }],
    ["hours", { hours: "0" }],
    ["hours", { hours: "2161" }],
    [null, { hours: "2160" }],
  ];
  for (const [wrong, typed] of table)
    test(`${wrong ?? "nothing"} is wrong with ${JSON.stringify(typed)}`, () =>
      assert.equal(wrongWithStep({ ...NEW_STEP, ...typed }), wrong));
});
