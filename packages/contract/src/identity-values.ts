import { z } from "zod";
import { version, zoneId } from "./values.ts";

export const role = z.enum(["owner", "administrator", "manager", "member"]);
export const subjectKind = z.enum(["person", "room", "vehicle", "equipment", "outside"]);
export const overlapPolicy = z
  .enum(["forbid", "warn", "allow", "observe"])
  .describe("What happens when time is taken twice: refused, refused unless insisted on, accepted, or only watched");

export const email = z
  .string()
  .trim()
  .toLowerCase()
  .min(3)
  .max(254)
  .regex(/^[^\s@]+@[^\s@]+$/, "an address looks like ana@example.org");
export const password = z.string().min(10, "a password has at least 10 characters").max(200);

export const firstWeekday = z.int().min(1).max(7).describe("1 is Monday, 7 is Sunday");
export const part = z.number().min(0.01).max(2);
export const thresholds = z
  .object({ steady: part, full: part, over: part })
  .describe("From which part of the open time a day counts as steady, full, over; each higher than the one before");
export const FOCUS_MINUTES_MIN = 15;
export const FOCUS_MINUTES_MAX = 480;
export const focusMinutes = z
  .int()
  .min(FOCUS_MINUTES_MIN)
  .max(FOCUS_MINUTES_MAX)
  .describe("The shortest free stretch that counts as focus time");

export const organisation = z
  .object({
    id: z.string(),
    name: z.string(),
    zone: zoneId,
    firstWeekday,
    demo: z.boolean(),
    thresholds,
    focusMinutes,
    version,
  })
  .meta({ id: "Organisation" });
