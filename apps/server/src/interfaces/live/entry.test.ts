import assert from "node:assert/strict";
import { test } from "node:test";
import type { Change } from "../../platform/changes/read.ts";
import { entryOf, textFor } from "./entry.ts";

const change = (type: string, kind: Change["kind"]): Change => ({
  seq: 7,
  at: Temporal.Instant.from("2027-03-01T08:00:00Z"),
  actor: { kind: "user", userId: "usr", personId: "per_ana", label: "Ana" },
  operation: "test",
  requestId: "req",
  kind,
  thing: { type, id: "adj_1" },
  collectionId: "per_ben",
  fields: ["state"],
});

const told = (type: string, kind: Change["kind"]) => {
  const entry = entryOf(change(type, kind), false);
  return entry === null ? null : (JSON.parse(textFor(entry, "per_eve", { seq: 7, calendars: new Map() })!) as object);
};

test("what makes a schedule is told as that of a person, without what changed and who did it", () => {
  const bare = { seq: 7, id: "adj_1", collectionId: "per_ben", at: "2027-03-01T08:00:00Z", fields: [], who: null };
  assert.deepEqual(told("adjustment", "created"), { type: "schedule:created", ...bare });
  assert.deepEqual(told("adjustment", "updated"), { type: "schedule:updated", ...bare });
  assert.deepEqual(told("contracts", "removed"), { type: "schedule:deleted", ...bare });
  assert.equal(told("ruleSet", "updated"), null, "rules alone change nobody's day");
  assert.equal(told("clocked", "created"), null);
});

test("a roster is told as a draft, with the ids of the shifts that are others, and as published; nobody hears who did it", () => {
  const bare = { seq: 7, id: "adj_1", collectionId: "per_ben", at: "2027-03-01T08:00:00Z", fields: [], who: null };
  assert.deepEqual(told("rosterDraft", "created"), { type: "draft:updated", ...bare });
  assert.deepEqual(told("rosterItems", "updated"), {
    type: "draft:updated",
    ...bare,
    id: "per_ben",
    fields: ["state"],
  });
  assert.deepEqual(told("publication", "created"), { type: "roster:published", ...bare });
  assert.deepEqual(told("publicationKnown", "updated"), { type: "roster:published", ...bare, id: "per_ben" });
  assert.equal((told("draft", "created") as { type: string }).type, "proposal:created", "a proposal that is stored");
});

test("what people are asked and bid on is told by its id alone: whose it is only reading it again can tell", () => {
  const types = { cover: "cover:updated", openShift: "open-shift:updated", swap: "swap:updated" };
  for (const [type, told1] of Object.entries(types))
    for (const kind of ["created", "updated"] as const)
      assert.deepEqual(told(type, kind), { ...told("adjustment", "updated"), type: told1 });
});

test("a league is told to those who may read its calendar, and to nobody else", () => {
  const entry = entryOf(change("league", "updated"), false)!;
  const toldWith = (access: "busy" | "read" | null) => {
    const calendars = new Map(access === null ? [] : [["per_ben", access] as const]);
    return textFor(entry, "per_eve", { seq: 7, calendars });
  };
  assert.equal((JSON.parse(toldWith("read")!) as { type: string }).type, "league:updated");
  assert.deepEqual([toldWith("busy"), toldWith(null)], [null, null]);
});
