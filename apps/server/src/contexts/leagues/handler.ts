import { isRefused, refuseLeague, limits, refuseRequest, type Refused } from "@hourwright/contract";
import type { Clock } from "../../platform/clock.ts";
import type { Database, Unit } from "../../platform/db/database.ts";
import type { JobHandler } from "../../platform/jobs/jobs.ts";
import { APPLIED, searchTold } from "../../platform/jobs/telling.ts";
import type { Caller, RequestContext } from "../../platform/operations/context.ts";
import { flagOf } from "../../platform/workers/flag.ts";
import { SILENT_MS_MAX, type Task, type WorkerPool } from "../../platform/workers/pool.ts";
import type { SearchPoint } from "../../platform/workers/slices.ts";
import { scored } from "./core/judge.ts";
import type { Finding } from "./core/rules.ts";
import { fixturesAfter, matchesOf } from "./decide.ts";
import { factsOf } from "./facts.ts";
import type { LeaguePlanResult, LeaguePlanWish, LeagueState } from "./model.ts";
import type { LeagueFound, LeagueTaskInput } from "./plan.task.ts";
import { findingShower, judged } from "./shown.ts";
import { planOf, putResult } from "./store.ts";
import { firstOpenRound } from "./times.ts";
import { heldLeague, seenLeague, writeLeague } from "./writing.ts";

// A season planned as a job: it tells how good it is, can be cancelled, and told that the best so far is enough.

export const LEAGUE_PLAN_JOB = "leagues.plan";

/** Seasons that a process plans at once. */
const LANES = 1;

const plan: Task<LeagueTaskInput, never, LeagueFound, SearchPoint> = {
  module: new URL("plan.task.ts", import.meta.url),
  name: "leagueTask",
  priority: "plan",
  silentMs: limits.LEAGUE_PLAN_SECONDS_MAX * 1_000 + SILENT_MS_MAX,
};

export type LeaguePlanInput = { readonly sessionId: string; readonly leagueId: string };

export type LeaguePlanPorts = {
  readonly database: Database;
  readonly callersOf: (sessionIds: readonly string[]) => Promise<readonly Caller[]>;
  /** A thread for plans: they take seconds. */
  readonly plans: WorkerPool;
  readonly clock: Pick<Clock, "sleep">;
};

type Read = RequestContext["read"];

const signInAgain = refuseRequest("unauthenticated", "plan", {});

/** Plans as whoever asked; what comes of it is one change of the league, in their name. */
export function leaguePlanHandler({ database, callersOf, plans, clock }: LeaguePlanPorts): JobHandler {
  return {
    kind: LEAGUE_PLAN_JOB,
    lanes: LANES,
    async run(input, { id: jobId, context, signal, enough, progress }) {
      const { sessionId, leagueId } = input as LeaguePlanInput;
      const [viewer] = await callersOf([sessionId]);
      if (viewer === undefined) return signInAgain;
      const read: Read = (work) => database.inOrganisation(context, work, { lane: "read" });
      const before = await read((unit) => planOf(unit, leagueId));
      // A run that was given back after it had been applied is over.
      if (before?.jobId !== jobId) return refuseLeague("plan-refused", "another", {});
      if (before.result !== null) return APPLIED;
      const gathered = await read((unit) => gather(unit, viewer, leagueId, before.wish));
      if (isRefused(gathered)) return gathered;

      const { found, tellEnd } = await searchTold({ signal, progress }, clock, (ending, onWord) =>
        plans.run(plan, { ...gathered.input, enough: flagOf(enough) }, { signal: ending, onWord }),
      );
      const [still] = await callersOf([sessionId]);
      if (still === undefined) return signInAgain;
      await tellEnd();
      const applied = await database.inOrganisation(
        context,
        (unit) => apply(unit, still, { ...gathered, found, wish: before.wish, jobId, requestId: context.requestId }),
        { lane: "job" },
      );
      return isRefused(applied) ? applied : APPLIED;
    },
  };
}

type Gathered = {
  readonly state: LeagueState;
  readonly input: Omit<LeagueTaskInput, "enough">;
  readonly before: readonly Finding[] | null;
};

async function gather(
  unit: Unit,
  viewer: Caller,
  leagueId: string,
  wish: LeaguePlanWish,
): Promise<Gathered | Refused<"request/not-found">> {
  const seen = await seenLeague(unit, viewer, leagueId);
  if (isRefused(seen)) return seen;
  const { state, calendar } = seen;
  const facts = await factsOf(unit, calendar.zone, [state]);
  const known = judged(state, facts);
  const open = firstOpenRound(state.league.days, calendar.zone, unit.nowMs);
  const kept = new Set(wish.keepRounds.map((round) => round - 1));
  const matches = matchesOf(state);
  const fixed = matches.filter(({ round }, place) => round < open || kept.has(round) || state.fixtures[place]!.locked);
  const isPlanned = matches.length > 0;
  const { seconds, seed, steps, asFewChangesAsPossible } = wish;
  return {
    state,
    before: isPlanned ? known.findings : null,
    input: {
      question: known.question,
      from: isPlanned ? matches : null,
      fixed,
      asFewChangesAsPossible,
      seconds,
      seed,
      steps: steps ?? null,
    },
  };
}

type Applying = Gathered & {
  readonly found: LeagueFound;
  readonly wish: LeaguePlanWish;
  readonly jobId: string;
  readonly requestId: string;
};

/** Writes the season, unless the league has changed meanwhile: a season is one thing, of which no part goes without the rest. */
async function apply(
  unit: Unit,
  viewer: Caller,
  { state: began, before, found, wish, jobId, requestId }: Applying,
): Promise<null | Refused> {
  const held = await heldLeague(unit, viewer, began.league.id, null);
  if (isRefused(held)) return held;
  const { state, calendar } = held;
  if (state.league.version !== began.league.version) return refuseLeague("plan-refused", "changed", {});
  const after = { league: state.league, fixtures: fixturesAfter(state, found.matches, () => unit.newId("fix")) };
  const facts = await factsOf(unit, calendar.zone, [state, after]);
  const known = judged(after, facts);
  const moved = movedCount(state, after);
  const score = scored(known.findings);
  let { version } = state.league;
  if (moved > 0) {
    const written = await writeLeague(unit, { caller: viewer, calendar, facts, score }, state, after);
    if (isRefused(written)) return written;
    ({ version } = written.state.league);
  }
  const shows = findingShower(after);
  const result: LeaguePlanResult = {
    seed: wish.seed,
    steps: found.steps,
    stepsPerSecond: Math.round(found.steps / Math.max(0.001, found.tookMs / 1_000)),
    score,
    before: before === null ? null : scored(before),
    constraints: constraintsOf(before, known.findings),
    kept: score.hard === 0,
    findings: known.findings
      .filter(({ hard }) => hard)
      .slice(0, limits.LEAGUE_FINDINGS_MAX)
      .map(shows),
    applied: { moved, requestId: moved === 0 ? null : requestId, version },
  };
  await putResult(unit, began.league.id, jobId, result);
  return null;
}

function movedCount(before: LeagueState, after: LeagueState): number {
  const known = new Map(before.fixtures.map((fixture) => [fixture.id, fixture]));
  return after.fixtures.filter(({ id, round, homeId }) => {
    const was = known.get(id);
    return was?.round !== round || was.homeId !== homeId;
  }).length;
}

/** Each rule that did not hold before or does not now, with how much. */
function constraintsOf(before: readonly Finding[] | null, after: readonly Finding[]): LeaguePlanResult["constraints"] {
  const keyOf = ({ rule, kind }: Finding) => `${rule} ${kind}`;
  const keys = new Map([...(before ?? []), ...after].map((finding) => [keyOf(finding), finding]));
  const units = (findings: readonly Finding[], key: string) =>
    findings.reduce((sum, finding) => sum + (keyOf(finding) === key ? finding.units : 0), 0);
  return Array.from(keys, ([key, { rule, kind, hard }]) => ({
    rule,
    kind,
    hard,
    before: before === null ? null : units(before, key),
    after: units(after, key),
  })).toSorted((a, b) => (a.rule ?? -1) - (b.rule ?? -1));
}
