import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { isRefused } from "@hourwright/contract";
import fc from "fast-check";
import { answer, begin, lapse, policyOf, settle, takeBack, withdraw, type Wish } from "./decide.ts";
import type { Approval, Facts, Person, Policy, Step, Waiting } from "./model.ts";
import { peopleAsked, seatsOf } from "./seats.ts";
import { factsAt, policyFor, stepFor } from "./testing.ts";
import { sentenceOf, whoWaitsForWhom } from "./waits.ts";

const HOUR = 3_600_000;

const wishFor = (policy: Policy, more: Partial<Wish> = {}): Wish => ({
  id: "apr",
  kind: "adjustment",
  subjectId: "adj",
  label: "Leave of Rita",
  requestedBy: "rita",
  concerns: "rita",
  policy,
  ...more,
});
const names = (id: string) => id[0]!.toUpperCase() + id.slice(1);
const told = (approval: Approval, facts: Facts) =>
  whoWaitsForWhom(approval, facts).map((view) => sentenceOf(view, names, (ms) => `${ms / HOUR} h`));

function begun(policy: Policy, facts: Facts, more: Partial<Wish> = {}): Waiting {
  const approval = begin(wishFor(policy, more), facts);
  assert.ok(!isRefused(approval), JSON.stringify(approval));
  return approval;
}
function said(approval: Approval, personId: string, says: "yes" | "no", facts: Facts): Approval {
  const after = answer(approval, { personId, says, reason: says === "no" ? "No." : null }, facts);
  assert.ok(!isRefused(after), JSON.stringify(after));
  return after;
}
const detailOf = (answered: unknown): string => (isRefused(answered) ? answered.refused.detail : "not refused");

describe("the scenario: two steps, two of three, a deputy during leave, a deadline, an approver who left", () => {
  const policy = policyFor([
    stepFor(["ana", "ben", "cid"], { quorum: 2, deadlineMinutes: 48 * 60, atDeadline: { kind: "decline" } }),
    stepFor(["dora"], {
      deadlineMinutes: 24 * 60,
      atDeadline: { kind: "escalate", to: [{ kind: "people", ids: ["olga"] }] },
    }),
  ]);
  const people = { rita: {}, ana: {}, ben: {}, cid: {}, dan: {}, dora: {}, eve: {}, olga: {} };
  const at = (hours: number, changed: Readonly<Record<string, Partial<Person>>> = {}) =>
    factsAt(hours * HOUR, { ...people, ...changed }, { byRole: new Map([["owner", ["olga"]]]) });
  const onLeave = { ben: { isAway: true, deputies: ["dan"] } };
  const left = { ...onLeave, cid: { isHere: false } };

  test("each step says who waits for whom, from the request to the escalated yes", () => {
    let approval: Approval = begun(policy, at(0));
    assert.deepEqual(told(approval, at(0)), [
      "Ana, Ben, and Cid; 0 of 2 said yes. Until 48 h; then it is declined.",
      "Then asks Dora.",
    ]);
    assert.deepEqual(told(approval, at(1, onLeave)), [
      "Ana, Dan for Ben (away), and Cid; 0 of 2 said yes. Until 48 h; then it is declined.",
      "Then asks Dora.",
    ]);
    approval = said(approval, "dan", "yes", at(2, onLeave));
    assert.equal(
      detailOf(answer(approval, { personId: "dan", says: "yes", reason: null }, at(3, onLeave))),
      "You have answered this step already.",
    );
    assert.equal(
      detailOf(answer(approval, { personId: "ben", says: "yes", reason: null }, at(3, onLeave))),
      "Somebody who stands in for you has answered already.",
    );
    assert.equal(
      detailOf(answer(approval, { personId: "rita", says: "yes", reason: null }, at(3, onLeave))),
      "You are not asked in the step at which it waits.",
    );
    assert.deepEqual(told(approval, at(4, left)), [
      "Dan said yes for Ben and Ana; 1 of 2 said yes. Until 48 h; then it is declined.",
      "Then asks Dora.",
    ]);
    approval = said(approval, "ana", "yes", at(5, left));
    assert.deepEqual(told(approval, at(5, left)), [
      "Passed by enough of those asked: Dan said yes for Ben and Ana said yes.",
      "Dora; 0 of 1 said yes. Until 29 h; then it is handed on.",
    ]);
    assert.equal(settle(approval, at(28, left)), approval, "nothing happens before its time");
    approval = settle(approval, at(29, left));
    assert.deepEqual(
      told(approval, at(29, left))[1],
      "Dora and Olga (handed on); 0 of 1 said yes. Until 53 h; then it is handed on.",
    );
    approval = said(approval, "olga", "yes", at(30, left));
    assert.deepEqual(
      [approval.state, told(approval, at(30, left))[1]],
      ["approved", "Passed by whom it was handed on to: Olga said yes."],
    );
    assert.equal(
      detailOf(answer(approval, { personId: "dora", says: "no", reason: null }, at(31))),
      "It was approved already.",
    );
  });

  test("nobody answers: the first step declines at its time, and whoever is handed to and silent lets it lapse", () => {
    assert.equal(settle(begun(policy, at(0)), at(48)).state, "declined");
    let approval: Approval = begun(policy, at(0));
    for (const id of ["ana", "cid"]) approval = said(approval, id, "yes", at(1));
    for (const hours of [25, 49]) approval = settle(approval, at(hours));
    assert.equal(approval.state, "lapsed");
  });

  test("who asked takes it back, and then nobody answers any more", () => {
    const approval = withdraw(begun(policy, at(0)), "rita", HOUR);
    assert.ok(!isRefused(approval));
    assert.deepEqual(told(approval as Approval, at(1)), ["Ended without an answer.", "Was not reached."]);
    assert.equal(
      detailOf(answer(approval as Approval, { personId: "ana", says: "yes", reason: null }, at(2))),
      "It was withdrawn.",
    );
    assert.equal(detailOf(withdraw(approval as Approval, "rita", HOUR)), "It was withdrawn.");
  });

  test("one no of three leaves two who can agree; two are a no", () => {
    const once = said(begun(policy, at(0)), "ana", "no", at(1));
    assert.equal(once.state, "waiting");
    const twice = said(once, "ben", "no", at(2));
    assert.deepEqual([twice.state, twice.state === "declined" && twice.endedBy], ["declined", "ben"]);
  });
});

test("where one yes is enough, one no is too", () => {
  const facts = factsAt(0, { rita: {}, ana: {}, ben: {} });
  assert.equal(said(begun(policyFor([stepFor(["ana", "ben"])]), facts), "ana", "no", facts).state, "declined");
});

describe("who is asked", () => {
  const asked = (policy: Policy, facts: Facts, more: Partial<Wish> = {}): string => {
    const approval = begin(wishFor(policy, more), facts);
    if (isRefused(approval)) return approval.refused.detail;
    return [...peopleAsked(seatsOf(approval, facts))].join(" ");
  };
  const managers = (level: number, more: Partial<Policy> = {}) =>
    policyFor([{ ...stepFor([]), who: [{ kind: "managers", level }] }], more);
  const house = {
    levels: [["rita", "max"], ["nina"], ["olga"]],
    byRole: new Map([
      ["owner", ["olga"]],
      ["administrator", ["adam"]],
    ] as const),
  };
  const all = { rita: {}, max: {}, nina: {}, olga: {}, adam: {}, ana: {}, ben: {}, dan: {} };
  const table: [string, string, () => string][] = [
    [
      "the managers of the department, without whom it concerns",
      "max",
      () => asked(managers(0), factsAt(0, all, house)),
    ],
    ["the level above", "nina", () => asked(managers(1), factsAt(0, all, house))],
    [
      "the level above where nobody of the own one can answer",
      "nina",
      () => asked(managers(0), factsAt(0, { ...all, max: { isHere: false } }, house)),
    ],
    [
      "who runs the organisation where there are no managers",
      "olga adam",
      () => asked(managers(0), factsAt(0, all, { ...house, levels: [] })),
    ],
    [
      "whom it concerns, where nobody else can",
      "rita",
      () =>
        asked(
          managers(0, { selfApproval: "only" }),
          factsAt(0, { rita: {} }, { byRole: new Map([["owner", ["rita"]]]) }),
        ),
    ],
    [
      "nobody, where whom it concerns alone could and may not",
      "Step 1 needs somebody to say yes, and nobody else can.",
      () => asked(managers(0), factsAt(0, { rita: {} }, { byRole: new Map([["owner", ["rita"]]]) })),
    ],
    [
      "whom it concerns like anybody",
      "rita max",
      () => asked(managers(0, { selfApproval: "allowed" }), factsAt(0, all, house)),
    ],
    [
      "nothing, where a policy refuses whom it would have to skip",
      "They would have to approve it themselves, and this is not allowed here.",
      () => asked(policyFor([stepFor(["rita", "ana"])], { requester: "refuse" }), factsAt(0, all)),
    ],
    [
      "not who asked for somebody else either",
      "ben",
      () => asked(policyFor([stepFor(["ana", "ben"])]), factsAt(0, all), { requestedBy: "ana" }),
    ],
    [
      "the deputy of a deputy who is away too",
      "ana dan",
      () =>
        asked(
          policyFor([stepFor(["ana"])]),
          factsAt(0, {
            ...all,
            ana: { isAway: true, deputies: ["ben"] },
            ben: { isAway: true, deputies: ["ana", "dan"] },
          }),
        ),
    ],
    [
      "not whom it concerns as a deputy",
      "ana dan",
      () =>
        asked(policyFor([stepFor(["ana"])]), factsAt(0, { ...all, ana: { isAway: true, deputies: ["rita", "dan"] } })),
    ],
    [
      "one person once, for two whose place they take, and so somebody more",
      "ben olga",
      () =>
        asked(
          policyFor([stepFor(["ana", "max"], { quorum: 2 })]),
          factsAt(
            0,
            { ...all, ana: { isHere: false, deputies: ["ben"] }, max: { isHere: false, deputies: ["ben"] } },
            { byRole: new Map([["owner", ["olga"]]]) },
          ),
        ),
    ],
    [
      "more than there are is refused",
      "Step 1 needs 3 people to say yes, and 2 others can.",
      () => asked(policyFor([{ ...stepFor(["ana", "ben"]), quorum: 3 }]), factsAt(0, { rita: {}, ana: {}, ben: {} })),
    ],
  ];
  for (const [name, expected, ask] of table) test(name, () => assert.equal(ask(), expected));

  test("handed on above goes one level higher each time, then to who runs the organisation, then lapses", () => {
    const policy = policyFor([
      {
        who: [{ kind: "managers", level: 0 }],
        quorum: 1,
        deadlineMinutes: 60,
        atDeadline: { kind: "escalate", to: [{ kind: "above" }] },
      },
    ]);
    const seen: string[] = [];
    let approval: Approval = begun(policy, factsAt(0, all, house));
    for (let hour = 1; approval.state === "waiting"; hour++) {
      seen.push([...peopleAsked(seatsOf(approval, factsAt(hour * HOUR, all, house)))].join(" "));
      approval = settle(approval, factsAt(hour * HOUR, all, house));
    }
    assert.deepEqual(seen, ["max", "max nina", "max nina olga", "max nina olga adam"]);
    assert.equal(approval.state, "lapsed");
  });

  test("an answer is taken back while its step waits, and not later", () => {
    const facts = factsAt(0, all);
    const waiting = begun(policyFor([stepFor(["ana", "ben", "max"], { quorum: 2 }), stepFor(["nina"])]), facts);
    const once = said(waiting, "ana", "yes", facts);
    assert.deepEqual(takeBack(once, "ana"), waiting);
    const twice = said(once, "ben", "yes", facts);
    assert.equal(
      detailOf(takeBack(twice, "ana")),
      "The step in which this was answered is behind: it is not taken back any more.",
    );
    assert.equal(
      detailOf(takeBack(lapse(waiting, null, 0), "ana")),
      "It has lapsed: nobody answered in time, or it cannot be done any more.",
    );
  });
});

describe("a policy that is refused", () => {
  const table: [string, Partial<Step>][] = [
    ["Step 1: it asks nobody.", { who: [] }],
    ["Step 1: it asks nobody.", { who: [{ kind: "people", ids: [] }] }],
    ["Step 1: one of those named is nobody here.", { who: [{ kind: "people", ids: ["ghost"] }] }],
    ["Step 1: it wants 2 to say yes, and names one.", { quorum: 2 }],
    ["Step 1: it wants 2 to say yes, and names one.", { who: [{ kind: "people", ids: ["ana", "ana"] }], quorum: 2 }],
    ["Step 1: without a deadline nothing happens at it.", { atDeadline: { kind: "approve" } }],
    ["Step 1: it is to be handed on, and to nobody.", { deadlineMinutes: 1, atDeadline: { kind: "escalate", to: [] } }],
  ];
  for (const [sentence, step] of table)
    test(`${sentence} ${JSON.stringify(step)}`, () =>
      assert.equal(detailOf(policyOf(policyFor([stepFor(["ana"], step)]), (id) => id !== "ghost")), sentence));
  test("none, where a role or managers may be more than are known", () => {
    const step: Partial<Step> = { who: [{ kind: "managers", level: 0 }], quorum: 2 };
    assert.equal(detailOf(policyOf(policyFor([stepFor([], step)]), () => true)), "not refused");
  });
});

describe("whatever is answered by whom, whoever is away, leaves or comes back, whenever time runs out", () => {
  const ids = ["rita", "ana", "ben", "cid", "dan", "eve", "olga"] as const;
  const anyId = fc.constantFrom(...ids);
  const anyStep: fc.Arbitrary<Step> = fc
    .record({
      named: fc.uniqueArray(anyId, { minLength: 1, maxLength: 4 }),
      quorum: fc.integer({ min: 1, max: 3 }),
      deadlineMinutes: fc.option(fc.integer({ min: 1, max: 30 })),
      at: fc.constantFrom("approve", "decline", "lapse", "escalate" as const),
      to: anyId,
    })
    .map(({ named, quorum, deadlineMinutes, at, to }) => ({
      who: [{ kind: "people", ids: named }],
      quorum: Math.min(quorum, named.length),
      deadlineMinutes,
      atDeadline: at === "escalate" ? { kind: at, to: [{ kind: "people", ids: [to] }] } : { kind: at },
    }));
  const anyPolicy = fc.record({
    steps: fc.array(anyStep, { minLength: 1, maxLength: 3 }),
    selfApproval: fc.constantFrom("refused", "only", "allowed" as const),
    requester: fc.constant("skip" as const),
  });
  const anyPeople = fc.array(
    fc.record({
      isHere: fc.integer({ max: 4, min: 0 }).map((chance) => chance > 0),
      isAway: fc.boolean(),
      deputies: fc.uniqueArray(anyId, { maxLength: 2 }),
    }),
    { minLength: ids.length, maxLength: ids.length },
  );
  const anyDeed = fc.oneof(
    { weight: 6, arbitrary: fc.record({ what: fc.constant("answer" as const), id: anyId, no: fc.boolean() }) },
    { weight: 2, arbitrary: fc.record({ what: fc.constantFrom("away", "left", "taken back" as const), id: anyId }) },
    { weight: 1, arbitrary: fc.record({ what: fc.constant("deputy" as const), id: anyId, deputy: anyId }) },
    { weight: 1, arbitrary: fc.record({ what: fc.constant("withdraw" as const) }) },
    {
      weight: 3,
      arbitrary: fc.record({ what: fc.constant("time" as const), minutes: fc.integer({ min: 1, max: 20 }) }),
    },
  );

  test("is approved by enough people in each step, each once, none for themselves, and stays as it was decided", () => {
    fc.assert(
      fc.property(anyPolicy, anyPeople, fc.array(anyDeed, { maxLength: 40 }), (policy, those, deeds) => {
        const people = new Map<string, Person>(ids.map((id, i) => [id, those[i]!]));
        let atMs = 0;
        const facts = (): Facts => ({ atMs, levels: [], byRole: new Map([["owner", ["olga"]]]), people });
        const first = begin(wishFor(policy), facts());
        if (isRefused(first)) return;
        let approval: Approval = first;
        for (const deed of deeds) {
          const before: Approval = approval;
          const kept: string = JSON.stringify(before);
          const wasAt: number = before.passed.length;
          if (deed.what === "time") atMs += deed.minutes * 60_000;
          else if (deed.what === "away")
            people.set(deed.id, { ...people.get(deed.id)!, isAway: !people.get(deed.id)!.isAway });
          else if (deed.what === "left")
            people.set(deed.id, { ...people.get(deed.id)!, isHere: !people.get(deed.id)!.isHere });
          else if (deed.what === "deputy") people.set(deed.id, { ...people.get(deed.id)!, deputies: [deed.deputy] });
          const after: unknown =
            deed.what === "answer"
              ? answer(approval, { personId: deed.id, says: deed.no ? "no" : "yes", reason: null }, facts())
              : deed.what === "withdraw"
                ? withdraw(approval, "rita", atMs)
                : deed.what === "taken back"
                  ? takeBack(approval, deed.id)
                  : settle(approval, facts());
          if (!isRefused(after)) approval = after as Approval;
          assert.equal(JSON.stringify(before), kept, "nothing is changed in its place");
          if (before.state !== "waiting") assert.equal(approval, before, "what was decided stays");
          if (deed.what === "answer" && !isRefused(after))
            assert.ok(people.get(deed.id)!.isHere, "who left answers nothing");
          assert.ok(approval.passed.length - wasAt <= 2, "an answer and a deadline at most");
          holds(approval);
        }
      }),
      { numRuns: 2_000 },
    );
  });

  /** The obvious model: what was said, counted. */
  function holds(approval: Approval): void {
    const { policy, passed, answers } = approval;
    for (const [n, step] of policy.steps.entries()) {
      const said = answers.filter((each) => each.step === n);
      assert.equal(new Set(said.map(({ personId }) => personId)).size, said.length, "nobody answers a step twice");
      assert.equal(new Set(said.map(({ forId }) => forId)).size, said.length, "nobody's place is taken twice");
      const yes = said.filter(({ says }) => says === "yes");
      const how = passed[n]?.how;
      if (how === "quorum") assert.ok(yes.filter(({ by }) => by !== "escalation").length >= step.quorum);
      if (how === "escalation") assert.ok(yes.some(({ by }) => by === "escalation"));
      if (how === "deadline") assert.equal(step.atDeadline.kind, "approve");
      if (how !== undefined) assert.ok(!said.some(({ by, says }) => by === "escalation" && says === "no"));
      const own = said.filter(({ personId }) => personId === "rita");
      if (policy.selfApproval === "refused") assert.deepEqual(own, []);
      if (policy.selfApproval === "only") assert.ok(own.every(({ by }) => by === "too-few"));
    }
    if (approval.state === "approved") assert.equal(passed.length, policy.steps.length);
    else assert.ok(passed.length < policy.steps.length);
  }
});
