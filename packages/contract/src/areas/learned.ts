import { z } from "zod";
import { operation } from "../operation.ts";
import { nothing, plainText } from "../values.ts";
import { applied } from "./planning.ts";

/** What a repair may ask of people, each of which has a weight. */
const costs = [
  "distance",
  "other day",
  "people",
  "length",
  "unloved hour",
  "focus",
  "load",
  "way",
  "other place",
] as const;

const stretch = z.object({
  fromMinute: z.int().min(0).max(10_080).describe("Minutes from Monday 00:00 on"),
  toMinute: z.int().min(0).max(10_080),
  score: z.number().min(0).max(1),
});

const learned = z
  .object({
    isOn: z.boolean().describe("Whether anything is learned of you; it is until you switch it off"),
    answers: z.object({
      count: z.int().describe("Repairs that you took or refused, the last 1,000; what was undone does not count"),
      few: z.int().describe("Below this no chance is told"),
      enough: z.int().describe("From here on a chance means what it says"),
      state: z.enum(["none", "few", "calibrated"]),
    }),
    weights: z
      .array(
        z.object({
          name: z.enum(costs),
          default: z.number(),
          weight: z.number(),
          factor: z.number().describe("What answers have made of the default"),
          factorMin: z.number(),
          factorMax: z.number(),
          stepMax: z.number().describe("No answer moves it by a larger part"),
        }),
      )
      .describe("How much it counts that a repair asks something"),
    calibration: z
      .object({
        error: z.number().describe("Mean distance between what was said of the last fifth of answers and what came"),
        noise: z.number().describe("What chance alone would leave"),
        bins: z.array(z.object({ count: z.int(), said: z.number(), happened: z.number() })),
      })
      .nullable()
      .describe("null below 500 answers"),
    hours: z.object({
      seen: z.int().describe("Things of yours that you made, accepted, refused or moved"),
      zone: z.string(),
      liked: z.array(stretch).describe("Where you made, accepted or moved something, and do so more than elsewhere"),
      avoided: z.array(stretch).describe("What you moved away from or refused"),
      scores: z
        .array(z.number())
        .describe("How well each hour of the week suits, 0 to 1; empty while nothing is known"),
    }),
  })
  .meta({ id: "Learned" });

const shape = { permission: "signed-in", rateClass: "write", mcp: "none", since: "0.1.0" } as const;

export const readLearned = operation({
  ...shape,
  id: "learned.read",
  kind: "query",
  method: "GET",
  path: "/v1/preferences/learned",
  summary: "What was learned of your own answers and hours: told to you alone",
  answer: learned,
  status: 200,
  problems: [],
  rateClass: "read",
  example: {},
});

export const switchLearned = operation({
  ...shape,
  id: "learned.switch",
  kind: "command",
  method: "PUT",
  path: "/v1/preferences/learned",
  summary:
    "Switch learning of your own answers and hours on or off; off forgets all that is there, and cannot be undone",
  body: z.strictObject({ isOn: z.boolean() }),
  answer: nothing,
  status: 204,
  problems: [],
  example: {},
});

export const resetLearned = operation({
  ...shape,
  id: "learned.reset",
  kind: "command",
  method: "POST",
  path: "/v1/preferences/learned/reset",
  summary: "Forget what was learned: all answers, what they made of one weight, or all hours. It cannot be undone",
  body: z.strictObject({
    what: z.enum(["weights", "hours"]),
    weight: z
      .enum(costs)
      .nullable()
      .default(null)
      .describe("Of `weights`: this one alone; null: all, with the answers"),
  }),
  answer: nothing,
  status: 204,
  problems: [],
  example: {},
});

export const dismissRepair = operation({
  ...shape,
  id: "repairs.dismiss",
  kind: "command",
  method: "POST",
  path: "/v1/repairs/{id}/dismiss",
  summary: "Not this: the repair is not offered to you again, until one of the events moves. One undoable step",
  params: z.strictObject({ id: plainText(120) }),
  answer: applied,
  status: 200,
  problems: ["planning/conflict-gone", "planning/repair-stale"],
  permission: "conflict.repair",
  idempotent: true,
  mcp: "propose",
  example: {},
});

export const putDismissed = operation({
  ...shape,
  id: "repairs.putDismissed",
  kind: "command",
  method: "PUT",
  path: "/v1/internal/repairs/{id}/dismissed",
  internal: true,
  summary: "Put a repair aside again, or offer it again, as it was",
  params: z.strictObject({ id: plainText(120) }),
  body: z.strictObject({ clash: plainText(100), isDismissed: z.boolean() }),
  answer: z.object({ id: z.string() }),
  status: 200,
  problems: [],
  permission: "conflict.repair",
  example: {},
});
