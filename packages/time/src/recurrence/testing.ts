// What the tests of recurrence say a series with: rules and times as text.

import assert from "node:assert/strict";
import { parseBasicTime, parseWallTime, printBasicTime } from "../wall-time.ts";
import { UTC } from "../zone.ts";
import { expand, type Window } from "./expand.ts";
import { parseRule } from "./parse-rule.ts";
import type { Rule } from "./rule.ts";
import type { Series } from "./series.ts";

export const wall = (text: string): number => (parseBasicTime(text) ?? parseWallTime(text))!.localMs;

export function rule(text: string): Rule {
  const { rule, refused } = parseRule(text);
  assert.ok(rule !== undefined, `${text}: ${refused?.message ?? ""}`);
  return rule;
}

/** In UTC; all-day when the start is a date. */
export function series(start: string, ...rrules: string[]): Series {
  return { startLocalMs: wall(start), zone: UTC, isDate: start.length === 8, rrules: rrules.map(rule) };
}

export const first = (limit: number, fromMs = -Infinity): Window => ({ kind: "from", fromMs, limit });

/** The wall times of a window that is answered, in one line. */
export function times(given: Series, window: Window): string {
  const { epochMs, refused } = expand(given, window);
  assert.equal(refused, null);
  return epochMs.map((ms) => printBasicTime(given.zone.toLocalMs(ms), given.isDate ? "date" : "local")).join(" ");
}
