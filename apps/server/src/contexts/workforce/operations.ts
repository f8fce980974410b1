import { isRefused, limits, refuseRequest, refuseWork } from "@hourwright/contract";
import { DAY_MS, parseWallTime, printWallTime } from "@hourwright/time";
import type { Unit } from "../../platform/db/database.ts";
import type { Caller } from "../../platform/operations/context.ts";
import type { Handlers } from "../../platform/operations/dispatcher.ts";
import { clockText, decideWeek, type WorkingTime, type WrittenStretch } from "./decide.ts";
import { organisationHolidays } from "./holidays/queries.ts";
import { changeLayers, holderToChange, ownerOf, usualWeek, withUsualWeek } from "./hours/commands.ts";
import { clockOf } from "./hours/decide.ts";
import { ORGANISATION } from "./hours/model.ts";
import { holdersOf } from "./hours/sources.ts";
import { AVAILABILITY } from "./reconcilers.ts";
import { countHolidays, deleteHoliday, holidaysBetween, putHolidays } from "./store.ts";

type WorkforceIds = "workingHours.read" | "workingHours.put" | "holidays.list" | "holidays.add" | "holidays.remove";

/** The usual week as a view of the layers, and holidays. Whatever changes them wakes the reconciler that hands availability in. */
export const workforceOperations: Handlers<WorkforceIds> = {
  "workingHours.read": ({ query }, context) =>
    context.read(async (unit) => {
      const subject = query.subject ?? null;
      return subject !== null && !(await isPerson(unit, subject)) ? noPerson : shownHours(unit, subject);
    }),
  "workingHours.put": ({ body }, context) =>
    context.write((unit) => putHours(unit, context.caller!, body.subjectId, body.week)),
  "holidays.list": async ({ query }, context) => {
    const [from, to] = [query.from ?? "1900-01-01", query.to ?? "2200-01-01"];
    return context.read(async (unit) => {
      const named = await holidaysBetween(unit, from, to, limits.HOLIDAYS_MAX);
      const days = new Set(named.map(({ day }) => day));
      const ofRegion = await organisationHolidays(unit, dayOf(from), dayOf(to));
      const items = [
        ...named.map((each) => ({ ...each, names: {}, region: null, from: null })),
        ...ofRegion
          .map(({ day, fromMinute, names, ...each }) => ({
            day: printWallTime(day * DAY_MS, "date"),
            ...each,
            names: { ...names },
            from: fromMinute === null ? null : clockOf(fromMinute),
          }))
          .filter(({ day }) => !days.has(day)),
      ];
      return { items: items.sort((a, b) => a.day.localeCompare(b.day)).slice(0, limits.HOLIDAYS_MAX) };
    });
  },
  "holidays.add": ({ body }, context) =>
    context.write(async (unit) => {
      const days = [...new Map(body.days.map((each) => [each.day, each])).values()];
      const before = await putHolidays(unit, days);
      if ((await countHolidays(unit)) > limits.HOLIDAYS_MAX)
        return refuseWork("too-many-holidays", "most", { most: limits.HOLIDAYS_MAX });
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
      if (gone === null) return refuseRequest("not-found", "holiday", { day: params.day });
      unit.record({ kind: "removed", thing: { type: "holiday", id: gone.day }, before: { name: gone.name } });
      unit.wake(AVAILABILITY);
      return null;
    }),
};

const noPerson = refuseRequest("not-found", "person", {});

async function isPerson(unit: Unit, id: string): Promise<boolean> {
  return (await holdersOf(unit, [id])).get(id)?.kind === "person";
}

const dayOf = (text: string): number => parseWallTime(text)!.localMs / DAY_MS;

/** The usual week of somebody: their own, or everybody's. */
async function shownHours(unit: Unit, subjectId: string | null) {
  const { own: ofOne, sources } = (await holdersOf(unit, [ownerOf(subjectId)])).get(ownerOf(subjectId))!;
  const own = subjectId === null ? null : usualWeek(ofOne.layers);
  const everybody = sources.owners.find(({ id }) => id === ORGANISATION)!.layers;
  const week = own ?? usualWeek(everybody) ?? [];
  return { subjectId, own: own !== null, week: [...week] };
}

const written = ({ weekday, opensMinute, closesMinute }: WorkingTime): WrittenStretch => ({
  weekday,
  opens: clockText(opensMinute),
  closes: clockText(closesMinute),
});

/** Sets a usual week: everybody their own, managers those of their scope, administrators all and the organisation's. */
async function putHours(unit: Unit, caller: Caller, subjectId: string | null, wish: readonly WrittenStretch[] | null) {
  if (subjectId !== null && !(await isPerson(unit, subjectId))) return noPerson;
  const holder = await holderToChange(unit, caller, ownerOf(subjectId));
  if (isRefused(holder)) return holder;
  const week = wish === null ? null : decideWeek(wish);
  if (week !== null && isRefused(week)) return week;
  const usual = week === null ? null : week.map(written);
  const changed = await changeLayers(unit, holder, (before) => withUsualWeek(before, usual));
  return isRefused(changed) ? changed : shownHours(unit, subjectId);
}
