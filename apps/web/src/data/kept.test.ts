import assert from "node:assert/strict";
import { test } from "node:test";
import type { Conflict } from "./api.ts";
import { betweenTheSame } from "./kept.ts";

const side = (uid: string, hour: number) => ({
  uid,
  recurrenceId: null,
  start: `2027-03-01T${hour}:00:00Z`,
  end: `2027-03-01T${hour + 2}:00:00Z`,
});
const conflict = (id: string, ...events: ReturnType<typeof side>[]) => ({ id, events }) as unknown as Conflict;

test("what two events have with each other is kept together, whatever its kind and whichever comes first", () => {
  const [yoga, judo, later] = [side("yoga", 10), side("judo", 11), side("judo", 12)];
  const overlap = conflict("overlap", yoga, judo);
  const attendee = conflict("attendee", judo, yoga);
  const other = conflict("other", yoga, later);
  assert.deepEqual(betweenTheSame(overlap, [overlap, other, attendee]), [overlap, attendee]);
});
