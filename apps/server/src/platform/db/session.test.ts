import assert from "node:assert/strict";
import { describe, test } from "node:test";
import pg from "pg";
import { Unavailable } from "../failure.ts";
import { asFailure, isStalePlan, StatementNames } from "./session.ts";

const databaseError = (code: string, message = "said the server") =>
  Object.assign(new pg.DatabaseError(message, message.length, "error"), { code });

describe("the name of a statement", () => {
  test("is given at the third use, and stays", () => {
    const names = new StatementNames();
    const given = Array.from({ length: 4 }, () => names.nameOf("select $1"));
    assert.deepEqual(given, [undefined, undefined, "h1", "h1"]);
  });

  test("is a new one after its plan went stale: the server still has the old one", () => {
    const names = new StatementNames();
    const use = () => Array.from({ length: 3 }, () => names.nameOf("select $1")).at(-1);
    assert.equal(use(), "h1");
    names.forget("select $1");
    assert.equal(use(), "h2");
  });

  test("is not given to more than 500 texts, so that lists of any length do not fill the server", () => {
    const names = new StatementNames();
    const named = Array.from({ length: 600 }, (_, i) => {
      for (let use = 0; use < 3; use++) names.nameOf(`select ${i}`);
      return names.nameOf(`select ${i}`);
    });
    assert.equal(named.filter((name) => name !== undefined).length, 500);
  });
});

describe("an error of a query", () => {
  const table: [sentence: string, error: unknown, isUnavailable: boolean][] = [
    ["is the world's when the connection was lost", new Error("Connection terminated unexpectedly"), true],
    ["is the world's when nobody answers", Object.assign(new Error("connect"), { code: "ECONNREFUSED" }), true],
    ["is the world's when the server is shutting down", databaseError("57P01"), true],
    ["is the world's when it ran too long", databaseError("57014"), true],
    ["is the world's when the server has no more connections", databaseError("53300"), true],
    ["is the statement's when a constraint held", databaseError("23505"), false],
    ["is the statement's when it met another, which runs it again", databaseError("40P01"), false],
    ["is ours when it is a bug", new TypeError("x is not a function"), false],
  ];
  for (const [sentence, error, isUnavailable] of table) {
    test(sentence, () => {
      const failure = asFailure(error, "select 1");
      assert.equal(failure instanceof Unavailable, isUnavailable);
      assert.equal(failure instanceof Unavailable ? failure.cause : failure, error);
    });
  }

  test("tells a stale plan from what else cannot be done", () => {
    assert.ok(isStalePlan(databaseError("0A000", "cached plan must not change result type")));
    assert.ok(!isStalePlan(databaseError("0A000", "window functions are not supported here")));
  });
});
