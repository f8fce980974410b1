import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { z } from "zod";
import { queryValues } from "./query-values.ts";

const schema = z.strictObject({
  limit: z.int().default(10),
  deep: z.boolean().optional(),
  ids: z.array(z.string()).optional(),
  name: z.string().nullable().optional(),
});

const read = (text: string) => schema.safeParse(queryValues(schema, new URLSearchParams(text)));

describe("the values of a query", () => {
  test("are what its schema speaks of", () => {
    assert.deepEqual(read("limit=5&deep=true&ids=a,b&ids=c&name=7").data, {
      limit: 5,
      deep: true,
      ids: ["a", "b", "c"],
      name: "7",
    });
  });

  for (const query of ["limit=five", "deep=yes", "name=a&name=b", "other=1"])
    test(`are refused where they are none: ${query}`, () => assert.equal(read(query).success, false));

  for (const name of ["__proto__", "constructor", "toString", "hasOwnProperty", "valueOf"])
    test(`are refused under a name that every object has: ${name}`, () => {
      assert.equal(read(`${name}=1`).success, false);
      assert.equal(read(`${name}=1&${name}=2`).success, false);
    });
});
