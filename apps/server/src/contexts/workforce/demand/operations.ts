import { isRefused, limits, refuseRequest, refuseWork, type Refused } from "@hourwright/contract";
import { evaluate, groundOf, skillOfRow, siteKeyOf, stepsIn, type Evaluation, type Row } from "@hourwright/roster";
import { MINUTE_MS } from "@hourwright/time";
import type { Answers } from "../../../platform/answers/answers.ts";
import type { Unit } from "../../../platform/db/database.ts";
import { RawJson, type RequestContext } from "../../../platform/operations/context.ts";
import type { Handlers } from "../../../platform/operations/dispatcher.ts";
import { knownTo, plans } from "../access.ts";
import { dayOf, dayText } from "../contracts/terms.ts";
import { draftKnown } from "../drafts/commands.ts";
import { rosterQuestion } from "../drafts/question.ts";
import { entriesOf } from "../drafts/store.ts";
import type { DayWindow } from "../schedules/scenes.ts";
import { skillsById } from "../skills/store.ts";
import { changeDemand, createDemand, putDemandBack, removeDemand } from "./commands.ts";
import { writtenDemand, type StoredDemand } from "./model.ts";
import { demandsOf } from "./store.ts";

type DemandIds = `demands.${"list" | "create" | "update" | "remove" | "put"}` | `coverage.${"read" | "day"}`;

/** Who is needed where and when, and who is there. */
export function demandOperations({ answers }: { readonly answers: Answers }): Handlers<DemandIds> {
  return {
    "demands.list": ({ query }, context) =>
      context.read(async (unit) => {
        const all = await demandsOf(unit);
        const of = query.site === undefined ? null : siteKeyOf(query.site);
        return { items: await shownAll(unit, of === null ? all : all.filter(({ site }) => siteKeyOf(site) === of)) };
      }),

    "demands.create": async ({ body }, context) => {
      const created = await context.write(async (unit) => {
        const demand = await createDemand(unit, body);
        return isRefused(demand) ? demand : shown(unit, context, demand);
      });
      if (!isRefused(created)) context.reply.headers["location"] = `/v1/demands/${created.id}`;
      return created;
    },

    "demands.update": ({ params, body }, context) =>
      context.write(async (unit) => {
        const demand = await changeDemand(unit, params.id, body, context.ifMatch);
        return isRefused(demand) ? demand : shown(unit, context, demand);
      }),

    "demands.remove": ({ params }, context) => context.write((unit) => removeDemand(unit, params.id, context.ifMatch)),

    "demands.put": ({ params, body }, context) => context.write((unit) => putDemandBack(unit, params.id, body.was)),

    "coverage.read": ({ query }, context) => {
      const window = { fromDay: dayOf(query.from), toDay: dayOf(query.to) };
      if (window.toDay <= window.fromDay || window.toDay - window.fromDay > limits.COVERAGE_DAYS_MAX)
        return Promise.resolve(refuseWork("bad-window", "days", { most: limits.COVERAGE_DAYS_MAX }));
      return answers.to({ operation: "coverage.read", query, sight: "person" }, context, async (own) => {
        const found = await evaluated(own, window, query);
        if (isRefused(found)) return found;
        const { skillName } = found.ground.question;
        const rows = found.ground.question.rows.map((row) => ({
          ...shownRow(row, skillName),
          days: found.coverage.get(row.key)!.map((day, i) => ({ day: dayText(window.fromDay + i), ...day })),
        }));
        return new RawJson(JSON.stringify({ rows }));
      });
    },

    "coverage.day": async ({ params, query }, context) => {
      const day = dayOf(params.day);
      const found = await evaluated(context, { fromDay: day, toDay: day + 1 }, query);
      if (isRefused(found)) return found;
      const { rows, skillName, clocks } = found.ground.question;
      const [skillId, levelMin] = [query.skill ?? null, query.level ?? null];
      const row = rows.find((each) => each.skillId === skillId && each.levelMin === levelMin);
      if (row === undefined) return refuseRequest("not-found", "no-demand", {});
      const known = await context.read((unit) => knownTo(unit, context.caller!));
      const isKnown = known === null ? () => true : (id: string) => known.includes(id);
      const instantText = (ms: number) => Temporal.Instant.fromEpochMilliseconds(ms).toString();
      return {
        day: params.day,
        zone: clocks.zone.id,
        ...shownRow(row, skillName),
        steps: stepsIn(found, row, day).map(({ startMs, endMs, have, minimum, ideal, people }) => ({
          start: instantText(startMs),
          minutes: Math.round((endMs - startMs) / MINUTE_MS),
          have,
          minimum,
          ideal,
          people: people.filter(isKnown),
        })),
      };
    },
  };
}

/** What stands on some days, with a draft if one is named. Read in one unit; judged outside of it. */
async function evaluated(
  context: RequestContext,
  window: DayWindow,
  { site, draft }: { readonly site?: string | undefined; readonly draft?: string | undefined },
): Promise<Evaluation | Refused<"request/forbidden" | "request/not-found" | "workforce/bad-window">> {
  const read = await context.read(async (unit) => {
    if (!(await plans(unit, context.caller!))) return forPlanners;
    const named = draft === undefined ? null : await draftKnown(unit, context.caller!, draft);
    if (named !== null && isRefused(named)) return named;
    const entries = named === null ? [] : await entriesOf(unit, named.id);
    const touched = [...new Set(entries.flatMap(({ personId }) => personId ?? []))];
    const question = await rosterQuestion(unit, window, { people: null, judged: touched, entries });
    const days = question.people.length * (window.toDay - window.fromDay);
    if (days > limits.SCHEDULE_PERSON_DAYS_MAX) return tooMany;
    const rows =
      site === undefined ? question.rows : question.rows.filter(({ siteKey }) => siteKey === siteKeyOf(site));
    return { question: { ...question, rows }, entries };
  });
  return isRefused(read) ? read : evaluate(groundOf(read.question), read.entries);
}

const tooMany = refuseWork("bad-window", "together", { most: limits.SCHEDULE_PERSON_DAYS_MAX });
const forPlanners = refuseRequest("forbidden", "coverage", {});

const shownRow = (row: Row, skillName: (id: string) => string) => ({
  site: row.site,
  skillId: row.skillId,
  levelMin: row.levelMin,
  name: skillOfRow(row, skillName),
});

async function shown(unit: Unit, context: RequestContext, demand: StoredDemand) {
  context.reply.headers["etag"] = `"${demand.version}"`;
  return (await shownAll(unit, [demand]))[0]!;
}

async function shownAll(unit: Unit, demands: readonly StoredDemand[]) {
  const ids = [...new Set(demands.flatMap(({ skillId }) => skillId ?? []))];
  const names = new Map((await skillsById(unit, ids)).map(({ id, name }) => [id, name]));
  return demands.map((demand) => ({
    id: demand.id,
    ...writtenDemand(demand),
    skillName: demand.skillId === null ? null : (names.get(demand.skillId) ?? null),
    version: demand.version,
  }));
}
