import type { Call } from "@hourwright/client";
import type { League } from "./model.ts";

type Body = Call<"leagues.create">["body"];
export type Rule = League["rules"][number];
export type RuleKind = Rule["kind"];
export const RULE_KINDS = [
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
] as const satisfies readonly RuleKind[];

export const TEAMS_MAX = 24;
export const RULES_MAX = 60;
export const SPANS_MAX = 60;

/** Tells lines apart that are typed; never sent. */
type Keyed = { readonly key: string };
let made = 0;
const newKey = (): string => `line ${++made}`;

type Span = Keyed & { readonly from: string; readonly until: string };
export type RuleLine = Keyed & { readonly rule: Rule };
export type TeamLine = Keyed & {
  /** Of a team that is there; null: a new one. */
  readonly id: string | null;
  readonly name: string;
  readonly short: string;
  readonly venueId: string;
  readonly kickOff: string;
};
/** A league as it is typed: numbers are texts, and what may be left out is an empty one. */
export type LeagueForm = {
  readonly name: string;
  readonly legs: "1" | "2";
  readonly back: League["back"];
  readonly kickOff: string;
  readonly minutes: string;
  readonly firstDay: string;
  readonly lastDay: string;
  readonly weekdays: readonly number[];
  readonly everyWeeks: string;
  readonly holidays: boolean;
  readonly leftOut: readonly Span[];
  readonly teams: readonly TeamLine[];
  readonly rules: readonly RuleLine[];
};

export const newTeam = (): TeamLine => ({ key: newKey(), id: null, name: "", short: "", venueId: "", kickOff: "" });
export const newSpan = (day: string): Span => ({ key: newKey(), from: day, until: day });
export const newRule = (rule: Rule): RuleLine => ({ key: newKey(), rule });

export function formOf(league: League | null, today: string): LeagueForm {
  if (league === null)
    return {
      name: "",
      legs: "2",
      back: "halves",
      kickOff: "15:00",
      minutes: "120",
      firstDay: today,
      lastDay: "",
      weekdays: [6],
      everyWeeks: "1",
      holidays: false,
      leftOut: [],
      teams: [newTeam(), newTeam(), newTeam(), newTeam()],
      rules: [newRule({ kind: "in-a-row", hard: true, weight: 10, teams: [], venue: "any", most: 2 })],
    };
  const { dates } = league;
  return {
    name: league.name,
    legs: league.legs === 1 ? "1" : "2",
    back: league.back,
    kickOff: league.kickOff,
    minutes: String(league.minutes),
    firstDay: dates.firstDay,
    lastDay: dates.lastDay ?? "",
    weekdays: dates.weekdays ?? [6],
    everyWeeks: String(dates.everyWeeks ?? 1),
    holidays: dates.holidays ?? false,
    leftOut: (dates.leftOut ?? []).map((span) => ({ key: newKey(), ...span })),
    teams: league.teams.map(({ id, name, short, venueId, kickOff }) => ({
      key: newKey(),
      id,
      name,
      short,
      venueId: venueId ?? "",
      kickOff: kickOff ?? "",
    })),
    rules: league.rules.map(newRule),
  };
}

/** A rule of a kind, as it begins. */
export function ruleOf(
  kind: RuleKind,
  { teams, today }: { readonly teams: readonly string[]; readonly today: string },
): Rule {
  const shared = { hard: false, weight: 10 };
  const [one = "", other = ""] = teams;
  switch (kind) {
    case "in-a-row":
      return { kind, ...shared, teams: [], venue: "any", most: 2 };
    case "breaks":
    case "breaks-of-all":
      return { kind, ...shared, teams: [], most: kind === "breaks" ? 2 : 2 * teams.length };
    case "unavailable":
      return { kind, ...shared, hard: true, teams: [one], venue: "home", dates: [{ from: today, until: today }] };
    case "meet":
      return { kind, ...shared, home: one, away: other, either: true, rounds: [1], meets: false };
    case "return":
      return { kind, ...shared, teams: [], between: 3 };
    case "home-together":
      return { kind, ...shared, hard: true, teams: teams.slice(0, 2), most: 1 };
    case "balance":
      return { kind, ...shared, teams: [], most: 2 };
    case "long-trips":
      return { kind, ...shared, teams: [], kilometres: 100, weekdays: [1, 2, 3, 4, 5] };
    case "travel":
      return { kind, ...shared, teams: [], kilometres: 500 };
  }
}

export type Fault =
  | "name"
  | "teams"
  | "doubled"
  | "weekdays"
  | "firstDay"
  | "endsFirst"
  | "kickOff"
  | "minutes"
  | "leftOut";

const named = ({ teams }: LeagueForm): readonly TeamLine[] => teams.filter(({ name }) => name.trim() !== "");

/** What keeps it from being sent. */
export function faultsOf(form: LeagueForm): ReadonlySet<Fault> {
  const faults = new Set<Fault>();
  const minutes = Number(form.minutes);
  const names = named(form).map(({ name }) => name.trim().toLowerCase());
  if (form.name.trim() === "") faults.add("name");
  if (names.length < 2) faults.add("teams");
  if (new Set(names).size < names.length) faults.add("doubled");
  if (form.weekdays.length === 0) faults.add("weekdays");
  if (form.firstDay === "") faults.add("firstDay");
  if (form.lastDay !== "" && form.lastDay < form.firstDay) faults.add("endsFirst");
  if (form.kickOff === "") faults.add("kickOff");
  if (!Number.isInteger(minutes) || minutes < 10 || minutes > 720) faults.add("minutes");
  if (form.leftOut.some(({ from, until }) => from === "" || until < from)) faults.add("leftOut");
  return faults;
}

/** What is sent: only what is not faulty. */
export function bodyOf(form: LeagueForm): Omit<Body, "calendarId" | "colour" | "zone"> {
  return {
    name: form.name.trim(),
    legs: Number(form.legs),
    back: form.back,
    kickOff: form.kickOff,
    minutes: Number(form.minutes),
    dates: {
      firstDay: form.firstDay,
      lastDay: form.lastDay === "" ? null : form.lastDay,
      weekdays: form.weekdays.toSorted((a, b) => a - b),
      everyWeeks: Number(form.everyWeeks),
      holidays: form.holidays,
      leftOut: form.leftOut.map(({ from, until }) => ({ from, until })),
    },
    teams: named(form).map(({ id, name, short, venueId, kickOff }) => ({
      ...(id === null ? {} : { id }),
      name: name.trim(),
      ...(short.trim() === "" ? {} : { short: short.trim() }),
      venueId: venueId === "" ? null : venueId,
      kickOff: kickOff === "" ? null : kickOff,
    })),
    rules: form.rules.map(({ rule }) => rule),
  };
}
