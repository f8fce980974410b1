import { refuse, refusing, shortened, type Read } from "../reading.ts";
import { childOf, escaped, listOf, readXml, type Element } from "../xml.ts";
import type { Ids, Kind, Match, Meeting, Range, Season, SeasonConstraint, Venue } from "./season.ts";
import { KINDS, TEAMS_MAX } from "./season.ts";

/** Reads a season of the competition (RobinX, `<Instance>`). */
export function readSeason(text: string): Read<Season> {
  return refusing(() => {
    const root = rootOf(text, "Instance");
    const resources = childOf(root, "Resources");
    const names = (list: string, one: string) => {
      const found = listOf(resources, list, one);
      for (const [place, { attributes, line }] of found.entries())
        if (attributes.get("id") !== String(place))
          refuse(`line ${line}: the ids of ${list} go from 0 in steps of one`);
      return found.map(({ attributes }, place) => attributes.get("name") ?? String(place));
    };
    const [teams, slots] = [names("Teams", "team"), names("Slots", "slot")];
    const format = childOf(childOf(root, "Structure"), "Format");
    const say = (name: string) => childOf(format, name).text;
    if (say("numberRoundRobin") !== "2") refuse("a season here is a double round robin (numberRoundRobin 2)");
    if (say("compactness") !== "C") refuse("in a season here every team plays in every slot (compactness C)");
    if (teams.length < 4 || teams.length > TEAMS_MAX || teams.length % 2 === 1)
      refuse(`a season has an even number of teams, 4 to ${TEAMS_MAX}, not ${teams.length}`);
    if (slots.length !== 2 * (teams.length - 1))
      refuse(`${teams.length} teams play in ${2 * (teams.length - 1)} slots, not ${slots.length}`);
    const constraints = childOf(root, "Constraints").children.flatMap(({ children }) =>
      children.map((element) => constraintOf(element, { teams: teams.length, slots: slots.length })),
    );
    const name = listOf(root, "MetaData", "InstanceName")[0]?.text ?? "season";
    return { name, teams, slots, isPhased: say("gameMode") === "P", constraints };
  });
}

type Sizes = { readonly teams: number; readonly slots: number };

function constraintOf({ name, attributes, line }: Element, sizes: Sizes): SeasonConstraint {
  const at = `line ${line}: ${name}`;
  if (!KINDS.includes(name as Kind)) refuse(`line ${line}: no constraint that is known here: ${shortened(name)}`);
  const kind = name as Kind;
  const whole = (key: string, absent?: number): number => {
    const text = attributes.get(key) ?? (absent === undefined ? refuse(`${at}: ${key} is missing`) : String(absent));
    return /^\d{1,6}$/.test(text) ? Number(text) : refuse(`${at}: ${key} is no whole number: ${shortened(text)}`);
  };
  const ids = (key: string, size: number): Ids => {
    const words = (attributes.get(key) ?? refuse(`${at}: ${key} is missing`)).split(";").filter((word) => word !== "");
    const found = words.map((word) => (/^\d{1,4}$/.test(word) ? Number(word) : size));
    if (found.some((id) => id >= size))
      refuse(`${at}: ${key} names what there is not: ${shortened(attributes.get(key) ?? "")}`);
    return [...new Set(found)];
  };
  const venue = (key: string): Venue => {
    const text = attributes.get(key) ?? "";
    return text === "H" || text === "A" || text === "HA"
      ? text
      : refuse(`${at}: ${key} is H, A or HA, not ${shortened(text)}`);
  };
  const is = (key: string, ...allowed: readonly string[]): void => {
    const text = attributes.get(key);
    if (text !== undefined && !allowed.includes(text))
      refuse(`${at}: ${key} is ${allowed.join(" or ")} here, not ${shortened(text)}`);
  };
  const type = attributes.get("type");
  if (type !== "HARD" && type !== "SOFT") refuse(`${at}: type is HARD or SOFT, not ${shortened(type ?? "nothing")}`);
  const common = { isHard: type === "HARD", penalty: whole("penalty", 1), line };
  const range = (): Range => ({ min: whole("min", 0), max: whole("max") });
  const teams = (key = "teams") => ids(key, sizes.teams);
  const slots = () => ids("slots", sizes.slots);
  switch (kind) {
    case "CA1":
      return { ...common, kind, teams: teams(), slots: slots(), venue: venue("mode"), range: range() };
    case "CA2":
      is("mode2", "GLOBAL");
      return {
        ...common,
        kind,
        teams: teams("teams1"),
        others: teams("teams2"),
        slots: slots(),
        venue: venue("mode1"),
        range: range(),
      };
    case "CA3": {
      is("mode2", "SLOTS");
      const inRow = whole("intp");
      if (inRow < 1 || inRow > sizes.slots) refuse(`${at}: intp is 1 to ${sizes.slots}, not ${inRow}`);
      const both = { teams: teams("teams1"), others: teams("teams2") };
      return { ...common, kind, ...both, inRow, venue: venue("mode1"), range: range() };
    }
    case "CA4":
      is("mode2", "GLOBAL", "EVERY");
      return {
        ...common,
        kind,
        teams: teams("teams1"),
        others: teams("teams2"),
        slots: slots(),
        venue: venue("mode1"),
        range: range(),
        isEach: attributes.get("mode2") === "EVERY",
      };
    case "GA1":
      return {
        ...common,
        kind,
        meetings: meetingsOf(attributes.get("meetings") ?? "", at, sizes),
        slots: slots(),
        range: range(),
      };
    case "BR1":
      is("mode1", "LEQ");
      return { ...common, kind, teams: teams(), slots: slots(), venue: venue("mode2"), most: whole("intp") };
    case "BR2":
      is("mode2", "LEQ");
      return { ...common, kind, teams: teams(), slots: slots(), venue: venue("homeMode"), most: whole("intp") };
    case "FA2":
      is("mode", "H");
      return { ...common, kind, teams: teams(), slots: slots(), most: whole("intp") };
    case "SE1":
      is("mode1", "SLOTS");
      return { ...common, kind, teams: teams(), least: whole("min") };
  }
}

function meetingsOf(text: string, at: string, { teams }: Sizes): readonly Meeting[] {
  return text
    .split(";")
    .filter((pair) => pair !== "")
    .map((pair) => {
      const [, home, away] =
        /^(\d{1,4}),(\d{1,4})$/.exec(pair) ?? refuse(`${at}: no meeting of two teams: ${shortened(pair)}`);
      const meeting = { home: Number(home), away: Number(away) };
      if (meeting.home >= teams || meeting.away >= teams || meeting.home === meeting.away)
        refuse(`${at}: no meeting of two teams: ${shortened(pair)}`);
      return meeting;
    });
}

/** Reads a timetable (RobinX, `<Solution>`); that every match is there once, and in a slot of its own for both, is part of it. */
export function readMatches(season: Season, text: string): Read<readonly Match[]> {
  return refusing(() => {
    const [teams, slots] = [season.teams.length, season.slots.length];
    const matches = listOf(rootOf(text, "Solution"), "Games", "ScheduledMatch").map(({ attributes, line }) => {
      const whole = (key: string, size: number): number => {
        const value = /^\d{1,4}$/.test(attributes.get(key) ?? "") ? Number(attributes.get(key)) : size;
        return value < size
          ? value
          : refuse(`line ${line}: ${key} is 0 to ${size - 1}, not ${shortened(attributes.get(key) ?? "nothing")}`);
      };
      return { slot: whole("slot", slots), home: whole("home", teams), away: whole("away", teams) };
    });
    const pairs = new Set<string>();
    const busy = new Set<string>();
    for (const { slot, home, away } of matches) {
      if (home === away) refuse(`team ${home} plays against itself in slot ${slot}`);
      if (pairs.has(`${home}-${away}`)) refuse(`${home} against ${away} is there twice`);
      pairs.add(`${home}-${away}`);
      for (const team of [home, away]) {
        if (busy.has(`${team}@${slot}`)) refuse(`team ${team} plays twice in slot ${slot}`);
        busy.add(`${team}@${slot}`);
      }
    }
    if (matches.length !== teams * (teams - 1))
      refuse(`a season has ${teams * (teams - 1)} matches, not ${matches.length}`);
    return matches;
  });
}

export type Judged = { readonly infeasibility: number; readonly objective: number };

/** The timetable as the competition wants it. */
export function printMatches(season: Season, matches: readonly Match[], { infeasibility, objective }: Judged): string {
  const rows = matches
    .toSorted((one, other) => one.slot - other.slot || one.home - other.home)
    .map(({ home, away, slot }) => `    <ScheduledMatch home="${home}" away="${away}" slot="${slot}"/>\n`);
  return `<?xml version="1.0" encoding="UTF-8"?>
<Solution>
  <MetaData>
    <InstanceName>${escaped(season.name)}</InstanceName>
    <SolutionName>${escaped(season.name)}</SolutionName>
    <ObjectiveValue infeasibility="${infeasibility}" objective="${objective}"/>
  </MetaData>
  <Games>
${rows.join("")}  </Games>
</Solution>
`;
}

function rootOf(text: string, name: string): Element {
  const root = readXml(text);
  return root.name === name ? root : refuse(`the root element is <${name}>, not <${shortened(root.name)}>`);
}
