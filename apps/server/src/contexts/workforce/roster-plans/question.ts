import { groundOf, siteKeyOf, type Entry, type Person, type RosterQuestion } from "@hourwright/roster";
import type { Past, PlanQuestion, PlanWish } from "@hourwright/roster/planning";
import { DAY_MS, findZone, UTC } from "@hourwright/time";
import type { PlanAsked } from "./model.ts";

// A question as it goes to a thread: functions and zones are made anew there.

type SentPerson = Omit<Person, "zone"> & { readonly zone: string };

export type SentQuestion = Omit<RosterQuestion, "people" | "clocks" | "skillName"> & {
  readonly people: readonly SentPerson[];
  readonly zone: string;
  readonly holidays: readonly number[];
  readonly skillNames: readonly (readonly [id: string, name: string])[];
};

export type PlanInput = {
  readonly question: SentQuestion;
  readonly entries: readonly Entry[];
  readonly people: readonly string[];
  readonly past: readonly (readonly [personId: string, past: Past])[];
  readonly asked: PlanAsked;
};

/** Demand of a day looks a few days back, and shifts reach beyond the last. */
const AROUND_DAYS = 7;

export function sentQuestion(question: RosterQuestion, entries: readonly Entry[]): SentQuestion {
  const { people, rows, clocks, skillName, fromDay, toDay } = question;
  const skillIds = new Set([
    ...rows.flatMap(({ skillId }) => skillId ?? []),
    ...entries.flatMap((entry) => (entry.kind === "add" ? (entry.skillId ?? []) : [])),
  ]);
  const holidays: number[] = [];
  for (let day = fromDay - AROUND_DAYS; day < toDay + AROUND_DAYS; day++) if (clocks.isHoliday(day)) holidays.push(day);
  return {
    people: people.map((person) => ({ ...person, zone: person.zone.id })),
    rows,
    zone: clocks.zone.id,
    holidays,
    skillNames: [...skillIds].map((id) => [id, skillName(id)]),
    fromDay,
    toDay,
  };
}

/**
 * Only the rows of sites at which some people work by contract or have shifts: what others are missing is none of a plan's that is for
 * a team. All of them where a contract names no site.
 */
export function atSitesOf(
  question: RosterQuestion,
  entries: readonly Entry[],
  people: readonly string[],
): RosterQuestion {
  const { fromDay, toDay } = question;
  const planned = new Set(people);
  const sites = new Set<string>();
  const note = (site: string | null): void => {
    if (site !== null) sites.add(siteKeyOf(site));
  };
  for (const { personId, contracts, adjustments } of question.people) {
    if (!planned.has(personId)) continue;
    const holding = contracts.filter((each) => each.fromDay < toDay && (each.toDay ?? Infinity) > fromDay);
    if (holding.some(({ site }) => site === null)) return question;
    for (const { site, turns } of holding) {
      note(site);
      for (const shift of turns.weeks.flat(2)) note(shift.site);
    }
    for (const { what } of adjustments) if ("shift" in what) note(what.shift.site);
  }
  for (const entry of entries) if (entry.kind === "add") note(entry.shift.site);
  return { ...question, rows: question.rows.filter(({ siteKey }) => sites.has(siteKey)) };
}

/** The question as it was before it was sent. */
export function receivedQuestion(sent: SentQuestion): RosterQuestion {
  const holidays = new Set(sent.holidays);
  const names = new Map(sent.skillNames);
  const zones = new Map(sent.people.map(({ zone }) => [zone, findZone(zone) ?? UTC]));
  return {
    people: sent.people.map((person): Person => ({ ...person, zone: zones.get(person.zone)! })),
    rows: sent.rows,
    clocks: { zone: findZone(sent.zone) ?? UTC, isHoliday: (day) => holidays.has(day) },
    skillName: (id) => names.get(id) ?? "",
    fromDay: sent.fromDay,
    toDay: sent.toDay,
  };
}

/** The same on a thread, with what is asked for but not decided yet as wishes beside those that were written. */
export function planQuestionOf({ question, entries, people, past, asked }: PlanInput): PlanQuestion {
  const known = receivedQuestion(question);
  const planned = new Set(people);
  const { keep, mayDrop, otherSites, asFewChangesAsPossible, wishes, unpopular, weights } = asked;
  return {
    ground: groundOf(known),
    entries,
    people: planned,
    keep: { items: new Set(keep.items), people: new Set(keep.people), days: new Set(keep.days) },
    mayDrop,
    otherSites,
    asFewChangesAsPossible,
    wishes: [
      ...wishes,
      ...known.people.flatMap((person) => (planned.has(person.personId) ? askedFor(person, known) : [])),
    ],
    past: new Map(past),
    unpopular: new Set(unpopular),
    weights,
  };
}

/** What somebody asks for and nobody has decided is a wish of this weight, of 1 to 10. */
const ASKED_WEIGHT = 5;

/** Absences that are asked for are wishes to be off, extra shifts to work then. */
export function askedFor(
  { personId, zone, adjustments }: Person,
  { fromDay, toDay }: Pick<RosterQuestion, "fromDay" | "toDay">,
): PlanWish[] {
  const wish = (day: number, want: PlanWish["want"], fromMinute: number | null): PlanWish => {
    return { personId, day, want, fromMinute, weight: ASKED_WEIGHT };
  };
  return adjustments.flatMap(({ approval, what }): PlanWish[] => {
    if (approval !== null) return [];
    if (what.kind === "extra") return [wish(what.day, "work", what.shift.fromMinute)];
    if (what.kind !== "absence") return [];
    const dayAt = (ms: number) => Math.floor(zone.toLocalMs(ms) / DAY_MS);
    const { span } = what;
    const [first, beyond] =
      "fromDay" in span ? [span.fromDay, span.toDay] : [dayAt(span.startMs), dayAt(span.endMs - 1) + 1];
    const from = Math.max(fromDay, first);
    const days = Math.max(0, Math.min(toDay, beyond) - from);
    return Array.from({ length: days }, (_, i) => wish(from + i, "off", null));
  });
}
