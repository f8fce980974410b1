import { isRefused, limits, refuseLeague } from "@hourwright/contract";
import type { Unit } from "../../platform/db/database.ts";
import { enqueue, readJob } from "../../platform/jobs/jobs.ts";
import { shownJob } from "../../platform/jobs/operations.ts";
import { shownPlan, whyNotPlanned } from "../../platform/jobs/plans.ts";
import { FileAnswer, type RequestContext } from "../../platform/operations/context.ts";
import type { Handlers } from "../../platform/operations/dispatcher.ts";
import { calendarsSeenBy, reaches } from "../calendars/public.ts";
import {
  changeLeague,
  createLeague,
  publishLeague,
  putLeague,
  removeLeague,
  tryChanges,
  updateLeague,
} from "./commands.ts";
import { noTeam } from "./changing.ts";
import { meetingOf } from "./core/question.ts";
import { sharesOf } from "./core/fairness.ts";
import { factsOf, type LeagueFacts } from "./facts.ts";
import { csvOfLeague, fileName, icsOfLeague, isOf, nameOf } from "./file.ts";
import { LEAGUE_PLAN_JOB, type LeaguePlanInput } from "./handler.ts";
import type { LeaguePlanWish, LeagueState, LeagueWas } from "./model.ts";
import { judged, shownLeague, shownListed } from "./shown.ts";
import { listLeagues, planOf, putPlan } from "./store.ts";
import { dayNumber, timeOf } from "./times.ts";
import { heldLeague, seenLeague } from "./writing.ts";

type LeagueIds =
  `leagues.${"list" | "create" | "read" | "update" | "remove" | "try" | "change" | "plan" | "planned" | "publish" | "takeBack" | "fairness" | "file" | "put"}`;

/** Leagues, their fixtures, and what a change of these would break. */
export const leagueOperations: Handlers<LeagueIds> = {
  "leagues.list": (_input, context) =>
    context.read(async (unit) => {
      const calendars = await calendarsSeenBy(unit, context.caller!);
      const seen = new Map(calendars.filter(({ access }) => reaches(access, "read")).map((each) => [each.id, each]));
      return {
        items: (await listLeagues(unit)).flatMap((listed) => {
          const calendar = seen.get(listed.league.calendarId);
          return calendar === undefined ? [] : [shownListed(listed, calendar)];
        }),
      };
    }),

  "leagues.read": ({ params }, context) =>
    context.read(async (unit) => {
      const seen = await seenLeague(unit, context.caller!, params.id);
      if (isRefused(seen)) return seen;
      return shownLeague(seen.state, await factsOf(unit, seen.calendar.zone, [seen.state]), seen.calendar);
    }),

  "leagues.create": ({ body }, context) => context.write((unit) => createLeague(unit, context.caller!, body)),

  "leagues.update": ({ params: { id }, body: wish }, context) =>
    context.write((unit) => updateLeague(unit, context.caller!, { id, wish, ifMatch: context.ifMatch })),

  "leagues.remove": ({ params }, context) =>
    context.write((unit) => removeLeague(unit, context.caller!, params.id, context.ifMatch)),

  "leagues.try": ({ params, body }, context) =>
    context.read(async (unit) => {
      const seen = await seenLeague(unit, context.caller!, params.id);
      if (isRefused(seen)) return seen;
      const tried = await tryChanges(unit, seen, body.changes);
      if (isRefused(tried)) return tried;
      return { id: params.id, version: seen.state.league.version, ...tried };
    }),

  "leagues.change": ({ params: { id }, body: { change } }, context) =>
    context.write((unit) => changeLeague(unit, context.caller!, { id, change, ifMatch: context.ifMatch })),

  "leagues.publish": ({ params: { id }, body: { rounds } }, context) =>
    context.write((unit) =>
      publishLeague(unit, context.caller!, { id, rounds, ifMatch: context.ifMatch, isPublic: true }),
    ),

  "leagues.takeBack": ({ params: { id }, body: { rounds } }, context) =>
    context.write((unit) =>
      publishLeague(unit, context.caller!, { id, rounds, ifMatch: context.ifMatch, isPublic: false }),
    ),

  "leagues.plan": async ({ params, body }, context) => {
    const job = await context.write((unit) => startPlan(unit, context, params.id, body));
    if (isRefused(job)) return job;
    context.reply.headers["location"] = `/v1/jobs/${job.id}`;
    return shownJob(job);
  },

  "leagues.planned": ({ params }, context) =>
    context.read(async (unit) => {
      const seen = await seenLeague(unit, context.caller!, params.id);
      if (isRefused(seen)) return seen;
      const plan = await planOf(unit, params.id);
      return {
        id: params.id,
        version: seen.state.league.version,
        plan: plan === null ? null : await shownPlan(unit, plan),
      };
    }),

  "leagues.fairness": ({ params, query }, context) =>
    context.read(async (unit) => {
      const seen = await seenLeague(unit, context.caller!, params.id);
      if (isRefused(seen)) return seen;
      const facts = await factsOf(unit, seen.calendar.zone, [seen.state]);
      return { id: params.id, teams: shownShares(seen.state, facts, query.late), placesMissing: placesMissing(facts) };
    }),

  "leagues.file": async ({ params, query }, context) => {
    const { format, teamId = null } = query;
    return context.read(async (unit) => {
      const seen = await seenLeague(unit, context.caller!, params.id);
      if (isRefused(seen)) return seen;
      const { state, calendar } = seen;
      if (!isOf(state, teamId)) return noTeam;
      const facts = await factsOf(unit, calendar.zone, [state]);
      const name = `${fileName(nameOf(state, teamId))}.${format}`;
      if (format === "ics")
        return new FileAnswer("text/calendar; charset=utf-8", name, [icsOfLeague(state, facts, teamId)]);
      return new FileAnswer("text/csv; charset=utf-8", name, [Buffer.from(csvOfLeague(state, facts, teamId))]);
    });
  },

  "leagues.put": ({ params, body: { ifVersion, was } }, context) =>
    context.write((unit) =>
      putLeague(unit, context.caller!, { id: params.id, ifVersion, was: JSON.parse(was) as LeagueWas }),
    ),
};

async function startPlan(unit: Unit, context: RequestContext, leagueId: string, wish: LeaguePlanWish) {
  const caller = context.caller!;
  const held = await heldLeague(unit, caller, leagueId, context.ifMatch);
  if (isRefused(held)) return held;
  const last = await planOf(unit, leagueId);
  const plans = {
    kind: LEAGUE_PLAN_JOB,
    userId: caller.userId,
    most: limits.LEAGUE_PLANS_OF_ONE_MAX,
  };
  const why = await whyNotPlanned(unit, last, plans);
  if (why !== null) return refuseLeague("plan-refused", why, { most: plans.most });
  const input: LeaguePlanInput = { sessionId: caller.sessionId, leagueId };
  const jobId = await enqueue(unit, { kind: LEAGUE_PLAN_JOB, input });
  await putPlan(unit, { leagueId, jobId, asked: { by: caller.personId, name: caller.name, atMs: unit.nowMs }, wish });
  return (await readJob(unit, jobId))!;
}

function shownShares(state: LeagueState, facts: LeagueFacts, late: string) {
  const { teams } = state.league.setup;
  const { question, table } = judged(state, facts);
  const placeOf = new Map(teams.map(({ id }, place) => [id, place]));
  const times = new Map(
    state.fixtures.map((fixture) => [
      meetingOf(placeOf.get(fixture.homeId)!, placeOf.get(fixture.awayId)!),
      timeOf({ ...facts, league: state.league }, fixture),
    ]),
  );
  const timeAt = (home: number, away: number) => times.get(meetingOf(home, away))!;
  const minutes = { ...question, kilometres: minutesBetween(state, facts) };
  const [shares, journeys] = [question, minutes].map((asked) =>
    sharesOf(asked, table, {
      dayOf: (_, home, away) => dayNumber(timeAt(home, away).day),
      isLate: (_, home, away) => timeAt(home, away).kickOff >= late,
    }),
  );
  return shares!.map(({ team, kilometres, ...share }, place) => ({
    ...share,
    teamId: teams[team]!.id,
    kilometres: rounded(kilometres),
    journeyMinutes: rounded(journeys![place]!.kilometres),
  }));
}

const minutesBetween = ({ league }: LeagueState, facts: LeagueFacts): (number | null)[][] =>
  league.setup.teams.map(({ venueId: from }) =>
    league.setup.teams.map(({ venueId: to }) =>
      from === null || to === null ? null : (facts.wayBetween(from, to)?.minutes ?? null),
    ),
  );

const rounded = (value: number | null): number | null => (value === null ? null : Math.round(value));

const placesMissing = ({ venues, isPlaced }: LeagueFacts): string[] => [...venues.keys()].filter((id) => !isPlaced(id));
