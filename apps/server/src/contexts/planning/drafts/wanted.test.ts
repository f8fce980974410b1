// Strategy: a table of times as callers may write them, also such as the contract lets in and no calendar knows; then whatever is
// wished has a sentence.
import assert from "node:assert/strict";
import { describe, test } from "node:test";
import * as fc from "fast-check";
import type { OperationCall } from "../../../platform/bundle/bundle.ts";
import type { EventNow } from "./model.ts";
import { wantedBy } from "./wanted.ts";
import { saysOf } from "./words.ts";

const ZONE = "Europe/Prague";
const create = (body: object): OperationCall => ({ id: "events.create", input: { params: {}, query: {}, body } });
const update = (body: object): OperationCall => ({ id: "events.update", input: { params: {}, query: {}, body } });
const NOW: EventNow = {
  title: "Yoga",
  startMs: Temporal.Instant.from("2027-03-25T10:00:00Z").epochMilliseconds,
  endMs: Temporal.Instant.from("2027-03-25T11:00:00Z").epochMilliseconds,
  days: null,
  location: null,
  people: [],
  calendar: "",
  isSeries: false,
  isLocked: false,
  mayChange: true,
  tag: "",
};
const timesOf = (call: OperationCall): readonly [string, string] | null => {
  const [wanted] = wantedBy(call, [NOW], ZONE);
  if (wanted === null || wanted === undefined) return null;
  if (wanted.days !== null) return [wanted.days.start, wanted.days.end];
  const textOf = (ms: number) => Temporal.Instant.fromEpochMilliseconds(ms).toString();
  return [textOf(wanted.startMs), textOf(wanted.endMs)];
};

describe("what a change would have made", () => {
  const table: [string, OperationCall, readonly [string, string] | null][] = [
    [
      "an hour when no end is said",
      create({ start: "2027-03-25T10:00:00Z" }),
      ["2027-03-25T10:00:00Z", "2027-03-25T11:00:00Z"],
    ],
    ["local time", create({ start: "2027-03-25T10:00:00" }), ["2027-03-25T09:00:00Z", "2027-03-25T10:00:00Z"]],
    ["a day when no end is said", create({ start: "2027-03-28" }), ["2027-03-28", "2027-03-29"]],
    ["days", create({ start: "2027-03-28", end: "2027-03-30" }), ["2027-03-28", "2027-03-30"]],
    ["of an hour a day", update({ start: "2027-03-28" }), ["2027-03-28", "2027-03-29"]],
    ["another end", update({ end: "2027-03-25T12:00:00Z" }), ["2027-03-25T10:00:00Z", "2027-03-25T12:00:00Z"]],
    ["a day that does not exist", create({ start: "2027-02-30" }), null],
    ["a month that does not exist", create({ start: "2027-13-01T10:00:00" }), null],
    ["an hour that does not exist", create({ start: "2027-03-01T25:00:00Z" }), null],
    ["an offset that does not exist", create({ start: "2027-03-01T10:00:00+99:00" }), null],
    ["an end that does not exist", update({ end: "2027-02-30T10:00:00Z" }), null],
    ["a day that ends at an hour", create({ start: "2027-03-28", end: "2027-03-29T10:00:00Z" }), null],
  ];
  for (const [what, call, times] of table) test(what, () => assert.deepEqual(timesOf(call), times));

  test("has a sentence, whatever the contract lets in", () => {
    const two = fc.integer({ min: 0, max: 99 }).map((each) => String(each).padStart(2, "0"));
    const when = fc
      .tuple(two, two, two, two, fc.constantFrom("day", "", "Z", "+02:00", "-99:99"))
      .map(([month, day, hour, minute, offset]) =>
        offset === "day" ? `2027-${month}-${day}` : `2027-${month}-${day}T${hour}:${minute}${offset}`,
      );
    const body = fc.record({ start: when, end: when }, { requiredKeys: [] });
    fc.assert(
      fc.property(body, fc.constantFrom(create, update), (said, callOf) => {
        const call = callOf(said);
        const [after = null] = wantedBy(call, [NOW], ZONE);
        assert.notEqual(saysOf(call, [{ before: NOW, after }], ZONE), "");
      }),
    );
  });
});
