import { isRefused, limits, requestProblems, workforceProblems, type Refused } from "@hourwright/contract";
import type { Unit } from "../../platform/db/database.ts";
import type { Caller } from "../../platform/operations/context.ts";
import type { Handlers } from "../../platform/operations/dispatcher.ts";
import { mayActFor, subjectsById } from "../identity/public.ts";
import { clockText, decideWeek, type WorkingTime, type WrittenStretch } from "./decide.ts";
import { AVAILABILITY } from "./reconcilers.ts";
import {
  countHolidays,
  deleteHoliday,
  deleteWeek,
  EVERYBODY,
  holidaysBetween,
  insertWeek,
  lockWeek,
  putHolidays,
  weekOf,
} from "./store.ts";

type WorkforceIds = "workingHours.read" | "workingHours.put" | "holidays.list" | "holidays.add" | "holidays.remove";

/** Working hours and holidays. Whatever changes them wakes the reconciler that hands availability in. */
export const workforceOperations: Handlers<WorkforceIds> = {
  "workingHours.read": ({ query }, context) =>
    context.read(async (unit) => {
      const subject = query.subject ?? null;
      return subject !== null && !(await isPerson(unit, subject)) ? noPerson : shownHours(unit, subject);
    }),
  "workingHours.put": ({ body }, context) =>
    context.write((unit) => putHours(unit, context.caller!, body.subjectId, body.week)),
  "holidays.list": async ({ query }, context) => ({
    items: await context.read((unit) =>
      holidaysBetween(unit, query.from ?? "1900-01-01", query.to ?? "2200-01-01", limits.HOLIDAYS_MAX),
    ),
  }),
  "holidays.add": ({ body }, context) =>
    context.write(async (unit) => {
      const days = [...new Map(body.days.map((each) => [each.day, each])).values()];
      const before = await putHolidays(unit, days);
      if ((await countHolidays(unit)) > limits.HOLIDAYS_MAX)
        return workforceProblems.refuse("too-many-holidays", `At most ${limits.HOLIDAYS_MAX} are kept.`);
      const names = new Map(before.map(({ day, name }) => [day, name]));
      for (const { day, name } of days) {
        const was = names.get(day);
        unit.record({
          kind: was === undefined ? "created" : "updated",
          thing: { type: "holiday", id: day },
          fields: ["name"],
          before: was === undefined ? null : { name: was },
          after: { name },
        });
      }
      unit.wake(AVAILABILITY);
      return { items: days };
    }),
  "holidays.remove": ({ params }, context) =>
    context.write(async (unit) => {
      const gone = await deleteHoliday(unit, params.day);
      if (gone === null) return requestProblems.refuse("not-found", `${params.day} is no holiday.`);
      unit.record({ kind: "removed", thing: { type: "holiday", id: gone.day }, before: { name: gone.name } });
      unit.wake(AVAILABILITY);
      return null;
    }),
};

const noPerson = requestProblems.refuse("not-found", "No person has this id.");

async function isPerson(unit: Unit, id: string): Promise<boolean> {
  return (await subjectsById(unit, [id]))[0]?.kind === "person";
}

async function shownHours(unit: Unit, subjectId: string | null) {
  const own = subjectId === null ? null : await weekOf(unit, subjectId);
  const week = own ?? (await weekOf(unit, EVERYBODY)) ?? [];
  return { subjectId, own: own !== null, week: week.map(written) };
}

const written = ({ weekday, opensMinute, closesMinute }: WorkingTime): WrittenStretch => ({
  weekday,
  opens: clockText(opensMinute),
  closes: clockText(closesMinute),
});

/** Sets a week: everybody their own, managers those of their scope, administrators all and the organisation's. */
async function putHours(
  unit: Unit,
  caller: Caller,
  subjectId: string | null,
  wish: readonly WrittenStretch[] | null,
): Promise<
  | Awaited<ReturnType<typeof shownHours>>
  | Refused<"workforce/closes-before-opens" | "workforce/stretches-meet" | `request/${string}`>
> {
  const rules = caller.role === "owner" || caller.role === "administrator";
  if (subjectId === null && !rules)
    return requestProblems.refuse("forbidden", "The hours of the organisation are set by its administrators.");
  if (subjectId !== null && !(await isPerson(unit, subjectId))) return noPerson;
  if (subjectId !== null && !(await mayActFor(unit, caller, subjectId)))
    return requestProblems.refuse("forbidden", "You may set your own hours, and those of people you manage.");
  const week = wish === null ? null : decideWeek(wish);
  if (week !== null && isRefused(week)) return week;
  const key = subjectId ?? EVERYBODY;
  await lockWeek(unit, key);
  const before = await weekOf(unit, key);
  await deleteWeek(unit, key);
  if (week !== null) await insertWeek(unit, key, week);
  unit.record({
    kind: "updated",
    thing: { type: "workingHours", id: subjectId ?? "organisation" },
    fields: ["week"],
    before: { week: before?.map(written) ?? null },
    after: { week: wish },
  });
  unit.wake(AVAILABILITY);
  return shownHours(unit, subjectId);
}
