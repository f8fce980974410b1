import assert from "node:assert/strict";
import { test } from "node:test";
import { catalogue, isRefused } from "@hourwright/contract";
import { fixed, parseInput } from "./input.ts";

const entry = catalogue["events.list"];
const wanted = {
  start: "2027-01-01",
  end: "2028-01-01",
  calendars: ["cal_01J8Z3K4M5N6P7Q8R9S0T1V2W1", "cal_01J8Z3K4M5N6P7Q8R9S0T1V2W2"],
};
const parse = (query: object) => {
  const parsed = parseInput(entry, { params: {}, query, body: undefined });
  assert.ok(!isRefused(parsed));
  return parsed.query as { calendars: string[]; limit: number };
};

test("a query that nobody can change is parsed once, and nobody can change what came of it", () => {
  const query = fixed(structuredClone(wanted));
  const first = parse(query);
  assert.equal(parse(query), first);
  assert.throws(() => first.calendars.push("cal_01J8Z3K4M5N6P7Q8R9S0T1V2W3"), TypeError);
  assert.throws(() => (first.limit = 1), TypeError);
  assert.deepEqual(first, parse(structuredClone(wanted)));
});

test("a query that may be changed is parsed each time", () => {
  const query = structuredClone(wanted);
  assert.deepEqual(parse(query).calendars, ["cal_01J8Z3K4M5N6P7Q8R9S0T1V2W1", "cal_01J8Z3K4M5N6P7Q8R9S0T1V2W2"]);
  query.calendars = ["cal_01J8Z3K4M5N6P7Q8R9S0T1V2W3"];
  assert.deepEqual(parse(query).calendars, ["cal_01J8Z3K4M5N6P7Q8R9S0T1V2W3"]);
});

test("a wrong query is refused each time, in the same words", () => {
  const query = fixed({ ...wanted, limit: "many" });
  const [first, second] = [0, 1].map(() => parseInput(entry, { params: {}, query, body: undefined }));
  assert.ok(isRefused(first));
  assert.deepEqual(second, first);
});
