import { z } from "zod";
import { operation } from "../operation.ts";
import { fieldsQuery, idParams, itemProblem, nothing, plainText, thingId, version, zoneId } from "../values.ts";
import { clockTime, staffDay } from "./contracts.ts";
import { job } from "./jobs.ts";
import { lastPlan } from "./plan-things.ts";

/** Leagues of an organisation. */
export const LEAGUES_MAX = 200;
export const LEAGUE_TEAMS_MIN = 2;
/** 24 teams that meet twice play 552 matches in 46 rounds. */
export const LEAGUE_TEAMS_MAX = 24;
export const LEAGUE_ROUNDS_MAX = 46;
export const LEAGUE_FIXTURES_MAX = 552;
export const LEAGUE_RULES_MAX = 60;
/** Stretches of days on which no round is played. */
export const LEAGUE_LEFT_OUT_MAX = 60;
/** Changes that are tried at once: one for each round that a match may go to, and more. */
export const LEAGUE_TRIES_MAX = 100;
/** Findings that one answer tells; the dearest come first. */
export const LEAGUE_FINDINGS_MAX = 500;
export const LEAGUE_PLAN_SECONDS_MAX = 600;
const LEAGUE_PLAN_STEPS_MAX = 1_000_000_000;
/** Leagues of one person that are planned at once. */
export const LEAGUE_PLANS_OF_ONE_MAX = 2;
const DATES_OF_A_RULE_MAX = 60;
const KILOMETRES_MAX = 40_000;
/** A match with what is before and after it. */
const MATCH_MINUTES_MAX = 720;

const name = plainText(100).refine((text) => text.trim() !== "", "a league has a name");
const teamName = plainText(100).refine((text) => text.trim() !== "", "a team has a name");
const roundNumber = z.int().min(1).max(LEAGUE_ROUNDS_MAX);
const minutes = z.int().min(10).max(MATCH_MINUTES_MAX);
const weekday = z.int().min(1).max(7).describe("1 is Monday");
const span = z.strictObject({ from: staffDay, until: staffDay.describe("The last day") });

const team = z
  .object({
    id: thingId,
    name: z.string(),
    short: z.string().describe("At most 5 characters, for tables"),
    venueId: thingId.nullable().describe("Where it is at home: a room or place; null: not known, nothing is taken"),
    venueName: z.string().nullable(),
    subjectId: thingId.nullable().describe("A thing of its own whose time its matches take as well"),
    kickOff: z.string().nullable().describe("Of its home matches; null: as the league's"),
    minutes: z.int().nullable(),
  })
  .meta({ id: "LeagueTeam" });

const teamWish = z.strictObject({
  id: thingId.optional().describe("Of a team that is there; a new one when left out"),
  name: teamName,
  short: plainText(5).optional().describe("The first letters of its name, when left out"),
  venueId: thingId.nullable().default(null),
  subjectId: thingId.nullable().default(null),
  kickOff: clockTime.nullable().default(null),
  minutes: minutes.nullable().default(null),
});
const teamWishes = z.array(teamWish).min(1).max(LEAGUE_TEAMS_MAX);

const dates = z
  .strictObject({
    firstDay: staffDay.describe("The first round is on the first of its weekdays from here on"),
    weekdays: z.array(weekday).min(1).max(7).default([6]).describe("One round on each"),
    everyWeeks: z.int().min(1).max(8).default(1),
    lastDay: staffDay.nullable().default(null).describe("Fewer days than rounds are refused"),
    leftOut: z.array(span).max(LEAGUE_LEFT_OUT_MAX).default([]).describe("No round on these days"),
    holidays: z.boolean().default(false).describe("Public holidays of the organisation are left out as well"),
  })
  .meta({ id: "LeagueDates" });

const legs = z.int().min(1).max(2);
const back = z.enum(["free", "halves", "mirrored"]);
const format = {
  legs: legs.default(2).describe("How often every two meet"),
  back: back
    .default("halves")
    .describe("When they meet again: any time, in the other half, or in the same round of the other half"),
};

const venue = z.enum(["home", "away", "any"]);
const teams = z.array(thingId).max(LEAGUE_TEAMS_MAX).default([]).describe("None: all of them");
const ruled = {
  hard: z.boolean().default(false).describe("Must hold; else it costs `weight` for each time that it does not"),
  weight: z.int().min(1).max(1_000).default(10),
};
const count = z.int().min(0).max(LEAGUE_FIXTURES_MAX);

const rule = z
  .union([
    z.strictObject({
      kind: z.literal("in-a-row").describe("At most so many matches in a row at home, or away"),
      ...ruled,
      teams,
      venue: venue.describe("`any`: either"),
      most: z.int().min(1).max(LEAGUE_ROUNDS_MAX),
    }),
    z.strictObject({
      kind: z.literal("breaks").describe("At most so many breaks of each: twice in a row at home, or away"),
      ...ruled,
      teams,
      most: count,
    }),
    z.strictObject({
      kind: z.literal("breaks-of-all").describe("At most so many breaks of all of them together"),
      ...ruled,
      teams,
      most: count,
    }),
    z.strictObject({
      kind: z.literal("unavailable").describe("Not at home, not away, or no match, on these days"),
      ...ruled,
      teams,
      venue,
      dates: z.array(span).min(1).max(DATES_OF_A_RULE_MAX),
    }),
    z.strictObject({
      kind: z.literal("meet").describe("Two meet in these rounds, or in none of them"),
      ...ruled,
      home: thingId,
      away: thingId,
      either: z.boolean().default(true).describe("Whoever is at home"),
      rounds: z.array(roundNumber).min(1).max(LEAGUE_ROUNDS_MAX),
      meets: z.boolean().describe("True: at least once in these rounds; false: never in them"),
    }),
    z.strictObject({
      kind: z.literal("return").describe("So many rounds at least lie between the two matches of two teams"),
      ...ruled,
      teams,
      between: z.int().min(1).max(LEAGUE_ROUNDS_MAX),
    }),
    z.strictObject({
      kind: z.literal("home-together").describe("At most so many of them are at home in one round"),
      ...ruled,
      teams,
      most: count,
    }),
    z.strictObject({
      kind: z.literal("balance").describe("Home matches of any two differ by at most so many, at any time"),
      ...ruled,
      teams,
      most: z.int().min(1).max(LEAGUE_ROUNDS_MAX),
    }),
    z.strictObject({
      kind: z.literal("long-trips").describe("No way of more than so many kilometres on these weekdays"),
      ...ruled,
      teams,
      kilometres: z.int().min(1).max(KILOMETRES_MAX),
      weekdays: z.array(weekday).min(1).max(7),
    }),
    z.strictObject({
      kind: z.literal("travel").describe("At most so many kilometres of each; every 10 km more count once"),
      ...ruled,
      teams,
      kilometres: z.int().min(0).max(KILOMETRES_MAX),
    }),
  ])
  .meta({ id: "LeagueRule" });
const rules = z.array(rule).max(LEAGUE_RULES_MAX);

const score = z
  .object({ hard: z.number().describe("Times that something hard is broken"), soft: z.number().describe("Points") })
  .describe("Less is better, hard ones first");

const finding = z
  .object({
    rule: z.int().nullable().describe("Its place in `rules`; null: what holds in every league"),
    kind: z.enum([
      "in-a-row",
      "breaks",
      "breaks-of-all",
      "unavailable",
      "meet",
      "return",
      "home-together",
      "balance",
      "long-trips",
      "travel",
      "venue-closed",
      "venue-shared",
      "halves",
      "mirrored",
    ]),
    hard: z.boolean(),
    units: z.int().describe("How often, or by how much"),
    points: z.number().describe("Units times the weight; of what is hard the units"),
    teams: z.array(thingId),
    rounds: z.array(z.int()),
    fixtures: z.array(thingId).describe("Which are part of it"),
    have: z.int().describe("What is counted: matches in a row, breaks, rounds between, kilometres"),
    limit: z.int(),
    sentence: z
      .string()
      .describe("Stags play 4 times in a row at home in rounds 5 to 8, and at most 2 are wished for."),
  })
  .meta({ id: "LeagueFinding" });
const findings = z.array(finding).max(LEAGUE_FINDINGS_MAX);

const fixture = z
  .object({
    id: thingId,
    round: z.int(),
    homeId: thingId,
    awayId: thingId,
    day: z.string(),
    kickOff: z.string().describe("Clock time in `zone`"),
    minutes: z.int(),
    start: z.string().describe("Instant with offset; a clock time that a change of clocks leaves out is the one after"),
    end: z.string(),
    zone: zoneId.describe("Of the venue"),
    venueId: thingId.nullable(),
    ownTime: z.boolean().describe("Its day, time or venue was chosen for it alone"),
    locked: z.boolean().describe("No plan moves it, and no change of others"),
    played: z.boolean().describe("Its day is over: it stays in its round, and may be put off to another day"),
    eventId: thingId.nullable().describe("Published, as this event"),
    broken: z.array(z.int()).describe("Findings it is part of, by their place in `findings`"),
  })
  .meta({ id: "LeagueFixture" });

const round = z.object({
  round: z.int(),
  day: z.string(),
  played: z.boolean(),
  free: thingId.nullable().describe("Who has no match, where the teams are odd in number"),
});

const league = z
  .object({
    id: thingId,
    name: z.string(),
    calendarId: thingId.describe("The calendar in which its fixtures become events; who may see it sees the league"),
    colour: z.int().describe("A hue in degrees, of the calendar"),
    zone: zoneId,
    legs,
    back,
    kickOff: z.string(),
    minutes: z.int(),
    firstDay: z.string(),
    lastDay: z.string().nullable().describe("Of the last round; null: nothing is planned, and it is not known"),
    teamCount: z.int(),
    roundCount: z.int(),
    fixtureCount: z.int().describe("0: not planned yet"),
    publishedCount: z.int(),
    score: score.describe("In a list: as it was when the league was changed last"),
    canEdit: z.boolean(),
    version,
  })
  .meta({ id: "League" });

const wholeLeague = league
  .extend({
    dates,
    teams: z.array(team),
    rules: z.array(rule),
    rounds: z.array(round),
    fixtures: z.array(fixture).max(LEAGUE_FIXTURES_MAX).describe("By round and kick-off; empty: not planned yet"),
    findings,
    findingCount: z.int().describe("All of them; the list holds the dearest"),
  })
  .meta({ id: "WholeLeague" });

const shape = {
  problems: [],
  permission: "signed-in",
  rateClass: "write",
  mcp: "propose",
  since: "0.7.0",
  example: {},
} as const;
const reading = { ...shape, kind: "query", method: "GET", rateClass: "read", mcp: "read" } as const;
const writing = { ...shape, params: idParams, precondition: "optional" } as const;

export const listLeagues = operation({
  ...reading,
  id: "leagues.list",
  path: "/v1/leagues",
  summary: "Leagues whose calendar you may see, those that begin last first",
  query: z.strictObject({ ...fieldsQuery }),
  answer: z.object({ items: z.array(league) }),
  status: 200,
  list: "items",
});

export const readLeague = operation({
  ...reading,
  id: "leagues.read",
  path: "/v1/leagues/{id}",
  summary: "A league with its teams, rounds and fixtures, and what of its rules does not hold",
  params: idParams,
  query: z.strictObject({ ...fieldsQuery }),
  answer: wholeLeague,
  status: 200,
});

/** What writing events of fixtures may be refused with. */
const writeProblems = [
  "leagues/venue-taken",
  "planning/rule-broken",
  "calendars/read-only",
  "identity/retired",
] as const;

const settings = {
  name,
  legs: format.legs,
  back: format.back,
  kickOff: clockTime.default("15:00"),
  minutes: minutes.default(120).describe("How long a match takes its venue"),
  dates,
  teams: teamWishes,
  rules: rules.default([]),
};

export const createLeague = operation({
  ...shape,
  id: "leagues.create",
  kind: "command",
  method: "POST",
  path: "/v1/leagues",
  summary: "Begin a league: its teams, days and rules. A calendar of the organisation comes with it",
  body: z.strictObject({
    ...settings,
    calendarId: thingId.optional().describe("A calendar of the organisation that you may change, instead of a new one"),
    colour: z.int().min(0).max(359).default(150),
    zone: zoneId.optional(),
  }),
  answer: wholeLeague,
  status: 201,
  problems: ["leagues/invalid", "leagues/too-many", "calendars/unknown-zone", ...writeProblems],
  idempotent: true,
  example: {
    body: {
      name: "Under 12, autumn",
      legs: 1,
      dates: { firstDay: "2027-09-04" },
      teams: [{ name: "Stags" }, { name: "Herons" }, { name: "Otters" }, { name: "Foxes" }],
      rules: [{ kind: "in-a-row", venue: "any", most: 2 }],
    },
  },
});

export const updateLeague = operation({
  ...writing,
  id: "leagues.update",
  kind: "command",
  method: "PATCH",
  path: "/v1/leagues/{id}",
  summary:
    "Change what a league is made of. Other teams or legs put its fixtures away, and are refused once some are published or played",
  body: z.strictObject({
    name: name.optional(),
    legs: legs.optional(),
    back: back.optional(),
    kickOff: clockTime.optional(),
    minutes: minutes.optional(),
    dates: dates.optional(),
    teams: teamWishes.optional().describe("All of them, in their order"),
    rules: rules.optional().describe("All of them, in their order"),
  }),
  answer: wholeLeague,
  status: 200,
  problems: ["leagues/invalid", "leagues/published", ...writeProblems],
  example: { body: { name: "Under 12, autumn 2027" } },
});

export const removeLeague = operation({
  ...writing,
  id: "leagues.remove",
  kind: "command",
  method: "DELETE",
  path: "/v1/leagues/{id}",
  summary: "Take a league away, with what is planned and not published; its calendar stays",
  answer: nothing,
  status: 204,
  problems: ["leagues/published", ...writeProblems],
});

const change = z
  .union([
    z.strictObject({
      move: z
        .strictObject({ fixtureId: thingId, round: roundNumber })
        .describe("A match to another round, with the fewest others that have to go along"),
    }),
    z.strictObject({
      swapTeams: z
        .strictObject({ one: thingId, other: thingId })
        .describe("Two teams take each other's fixtures, all season: refused once one of them has played"),
    }),
    z.strictObject({
      turn: z
        .strictObject({ fixtureId: thingId })
        .describe("Home and away change; where two meet twice, in both matches"),
    }),
    z.strictObject({
      swapRounds: z.strictObject({ one: roundNumber, other: roundNumber }).describe("Two rounds change places"),
    }),
    z.strictObject({
      day: z.strictObject({ round: roundNumber, day: staffDay }).describe("A whole round on another day"),
    }),
    z.strictObject({
      time: z
        .strictObject({
          fixtureId: thingId,
          day: staffDay.nullable().default(null),
          kickOff: clockTime.nullable().default(null),
          venueId: thingId.nullable().default(null),
        })
        .describe("One match on another day, at another time or place, in its round; null: as usual"),
    }),
    z.strictObject({
      lock: z.strictObject({ fixtures: z.array(thingId).min(1).max(LEAGUE_FIXTURES_MAX), locked: z.boolean() }),
    }),
  ])
  .meta({ id: "LeagueChange" });

const where = z.object({
  round: z.int(),
  day: z.string(),
  kickOff: z.string(),
  homeId: thingId,
  awayId: thingId,
  venueId: thingId.nullable(),
});

const tried = z
  .object({
    refusal: z.string().nullable().describe("Why it cannot be; null: it can"),
    problem: itemProblem,
    moved: z
      .array(z.object({ fixtureId: thingId, from: where, to: where }))
      .describe("All that is other than before: the match itself first, then those that go along"),
    broken: z
      .array(finding)
      .describe("What would not hold any more, or less than now; `units` and `points` are the difference"),
    mended: z.array(finding).describe("What would hold, or more than now; `units` and `points` are the difference"),
    score,
  })
  .meta({ id: "LeagueTry" });

export const tryLeague = operation({
  ...shape,
  id: "leagues.try",
  kind: "query",
  method: "POST",
  path: "/v1/leagues/{id}/try",
  summary: "What changes would move, break and mend, each by itself: nothing is written",
  params: idParams,
  body: z.strictObject({ changes: z.array(change).min(1).max(LEAGUE_TRIES_MAX) }),
  answer: z.object({ id: thingId, version, score: score.describe("As it stands"), tries: z.array(tried) }),
  status: 200,
  problems: ["leagues/invalid"],
  rateClass: "read",
  mcp: "read",
  example: { body: { changes: [{ swapRounds: { one: 1, other: 2 } }] } },
});

export const changeLeague = operation({
  ...writing,
  id: "leagues.change",
  kind: "command",
  method: "POST",
  path: "/v1/leagues/{id}/change",
  summary:
    "Make a change of the fixtures, in one step that undo takes back; events of those that are published move along, or it is refused",
  body: z.strictObject({ change }),
  answer: z.object({ league: wholeLeague, tried }),
  status: 200,
  problems: ["leagues/invalid", "leagues/change-refused", ...writeProblems],
  example: { body: { change: { swapRounds: { one: 1, other: 2 } } } },
});

export const planLeague = operation({
  ...writing,
  id: "leagues.plan",
  kind: "command",
  method: "POST",
  path: "/v1/leagues/{id}/plan",
  summary:
    "Plan the season, or what of it is neither played nor locked: a job, applied as one step that undo takes back",
  body: z.strictObject({
    seconds: z.number().min(0.1).max(LEAGUE_PLAN_SECONDS_MAX).default(10).describe("How long to look at most"),
    seed: z
      .int()
      .min(0)
      .max(2 ** 31)
      .default(1),
    steps: z
      .int()
      .min(1)
      .max(LEAGUE_PLAN_STEPS_MAX)
      .optional()
      .describe("Ends after so many: the same seed and steps plan the same"),
    keepRounds: z.array(roundNumber).max(LEAGUE_ROUNDS_MAX).default([]).describe("These rounds stay as they are"),
    asFewChangesAsPossible: z
      .boolean()
      .default(false)
      .describe("Begins at the season as it is; each match that moves weighs much"),
  }),
  answer: job,
  status: 202,
  problems: ["leagues/plan-refused"],
  rateClass: "heavy",
  mcp: "none",
  example: { body: { seconds: 1 } },
});

const planResult = z
  .object({
    seed: z.int(),
    steps: z.int().describe("That were taken"),
    stepsPerSecond: z.int(),
    score,
    before: score.nullable().describe("Of the season as it was; null: it was not planned"),
    constraints: z.array(
      z.object({
        rule: z.int().nullable(),
        kind: z.string(),
        hard: z.boolean(),
        before: z.number().nullable().describe("Units that were broken"),
        after: z.number(),
      }),
    ),
    kept: z.boolean().describe("Everything hard holds; else `findings` say what does not"),
    findings: z.array(finding).max(LEAGUE_FINDINGS_MAX).describe("Hard rules that could not be kept together"),
    applied: z.object({
      moved: z.int().describe("Matches that are in another round, at another place, or turned"),
      requestId: z.string().nullable().describe("Undo takes all of it back; null: nothing was to be changed"),
      version,
    }),
  })
  .meta({ id: "LeaguePlan" });

export const plannedLeague = operation({
  ...reading,
  id: "leagues.planned",
  path: "/v1/leagues/{id}/plan",
  summary: "The last plan of a league: how good it is while it is looked for, and what came of it",
  params: idParams,
  query: z.strictObject({ ...fieldsQuery }),
  answer: z.object({
    id: thingId,
    version,
    plan: lastPlan(planResult),
  }),
  status: 200,
});

const publishing = z.array(roundNumber).max(LEAGUE_ROUNDS_MAX).default([]).describe("None: all that are not over");

const publishedAnswer = z.object({
  league: wholeLeague,
  made: z.int().describe("Events that are new"),
  changed: z.int(),
  removed: z.int(),
});

export const publishLeague = operation({
  ...writing,
  id: "leagues.publish",
  kind: "command",
  method: "POST",
  path: "/v1/leagues/{id}/publish",
  summary:
    "Make fixtures events of the league's calendar: each takes its venue, all or none. What cannot be taken is named with the nearest free time",
  body: z.strictObject({ rounds: publishing }),
  answer: publishedAnswer,
  status: 200,
  problems: ["leagues/change-refused", "leagues/invalid", ...writeProblems],
  example: { body: {} },
});

export const takeBackLeague = operation({
  ...writing,
  id: "leagues.takeBack",
  kind: "command",
  method: "POST",
  path: "/v1/leagues/{id}/take-back",
  summary: "Take events of fixtures out of the calendar again; the fixtures stay, their venues are free",
  body: z.strictObject({ rounds: publishing }),
  answer: publishedAnswer,
  status: 200,
  problems: ["leagues/change-refused", "leagues/invalid", ...writeProblems],
  example: { body: {} },
});

export const leagueFairness = operation({
  ...reading,
  id: "leagues.fairness",
  path: "/v1/leagues/{id}/fairness",
  summary: "Of each team: matches at home and away, breaks, ways, weekends at home, late kick-offs and shortest rest",
  params: idParams,
  query: z.strictObject({
    late: clockTime.default("18:00").describe("A kick-off from this time on is late"),
    ...fieldsQuery,
  }),
  answer: z.object({
    id: thingId,
    teams: z.array(
      z.object({
        teamId: thingId,
        home: z.int(),
        away: z.int(),
        breaksHome: z.int().describe("How often at home where the match before was at home"),
        breaksAway: z.int(),
        inARowMost: z.int(),
        kilometres: z
          .int()
          .nullable()
          .describe(
            "There and back; away matches of one day after another are one journey. Null: a place is not known",
          ),
        journeyMinutes: z.int().nullable().describe("The same in minutes"),
        homeWeekends: z.int().describe("Saturdays and Sundays at home"),
        late: z.int(),
        restDaysLeast: z.int().nullable().describe("Days between two matches at least; null: fewer than two matches"),
      }),
    ),
    placesMissing: z.array(thingId).describe("Venues of which nobody has said where they are"),
  }),
  status: 200,
  list: "teams",
});

export const leagueFile = operation({
  ...shape,
  id: "leagues.file",
  kind: "file",
  method: "GET",
  path: "/v1/leagues/{id}/file",
  summary: "The fixtures as CSV (RFC 4180, UTF-8), or as an .ics file, of all teams or of one",
  params: idParams,
  query: z.strictObject({ format: z.enum(["csv", "ics"]).default("csv"), teamId: thingId.optional() }),
  answer: { mediaType: "text/csv" },
  status: 200,
  problems: ["leagues/invalid"],
  rateClass: "heavy",
  mcp: "none",
});

export const putLeague = operation({
  ...shape,
  id: "leagues.put",
  kind: "command",
  method: "PUT",
  path: "/v1/internal/leagues/{id}",
  internal: true,
  summary: "Put a league back as it was, with its fixtures and their events, or take it away: what undo is made of",
  params: idParams,
  body: z.strictObject({
    ifVersion: z.int().min(0).describe("The version it must have now; 0 when it must not exist"),
    was: z.string().max(2_000_000).describe("JSON of what was others, as the log of changes has it"),
  }),
  answer: z.object({ id: z.string() }),
  status: 200,
  problems: writeProblems,
  mcp: "none",
});
