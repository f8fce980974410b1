import { ABSENCES, contractOn, minutesText, type Breach } from "@hourwright/schedule";
import { DAY_MS, MINUTE_MS, overlaps, weekdayOf, type Interval } from "@hourwright/time";
import { dayText } from "@hourwright/schedule";
import { rowName, type Row } from "../demand.ts";
import { absencesOf, clockOf, hasSkill } from "../draft.ts";
import { breachKey, stepsIn, type Evaluation } from "../evaluate.ts";
import type { Board } from "./board.ts";
import { UNMET_MAX, type Unmet, type UnmetReason } from "./model.ts";
import { NONE, breachesOf, type PlannedPerson } from "./scene.ts";
import { placedOf } from "./templates.ts";

type Short = Interval & {
  readonly row: Row;
  readonly day: number;
  readonly have: number;
  readonly need: number;
  readonly shortMinutes: number;
};

/** Where fewer are than are needed, the worst first, and why nobody more is there [PL7]. O(short days + told × people). */
export function unmetOf(
  board: Board,
  evaluation: Evaluation,
): { readonly unmet: Unmet[]; readonly unmetCount: number } {
  const short = shortStretches(evaluation).sort(
    (one, other) => other.shortMinutes - one.shortMinutes || one.startMs - other.startMs,
  );
  return { unmet: short.slice(0, UNMET_MAX).map((each) => explained(board, each)), unmetCount: short.length };
}

/** Steps below the minimum that follow each other on a day of a row, as one. */
function shortStretches(evaluation: Evaluation): Short[] {
  const { question } = evaluation.ground;
  return question.rows.flatMap((row) =>
    evaluation.coverage
      .get(row.key)!
      .flatMap(({ level }, i) => (level === "short" ? shortOn(evaluation, row, question.fromDay + i) : [])),
  );
}

function shortOn(evaluation: Evaluation, row: Row, day: number): Short[] {
  const found: Short[] = [];
  for (const { startMs, endMs, have, minimum: need } of stepsIn(evaluation, row, day)) {
    if (have >= need) continue;
    const shortMinutes = ((need - have) * (endMs - startMs)) / MINUTE_MS;
    const last = found.at(-1);
    if (last?.endMs !== startMs) {
      found.push({ row, day, startMs, endMs, have, need, shortMinutes });
      continue;
    }
    const worst = need - have > last.need - last.have ? { have, need } : { have: last.have, need: last.need };
    found[found.length - 1] = { ...last, ...worst, endMs, shortMinutes: last.shortMinutes + shortMinutes };
  }
  return found;
}

type Said = { readonly code: UnmetReason["code"] | "there"; readonly text: string };

function explained(board: Board, short: Short): Unmet {
  const { scene } = board;
  const { row, day, startMs, endMs, have, need, shortMinutes } = short;
  const { question } = scene.ground;
  const site = scene.ground.sites.findIndex(({ key }) => key === row.siteKey);
  const able = ableIn(board, row, site, day);
  const said = new Map<string, Said & { people: string[] }>();
  for (const each of able) {
    const { code, text } = each.planned === null ? LOCKED : reasonOf(board, each.planned, each.person, site, short);
    const known = said.get(`${code} ${text}`);
    if (known === undefined) said.set(`${code} ${text}`, { code, text, people: [each.id] });
    else known.people.push(each.id);
  }
  const reasons = [...said.values()]
    .filter(({ code }) => code !== "there")
    .sort((one, other) => other.people.length - one.people.length)
    .map(({ code, text, people }): UnmetReason => {
      return { code: code as UnmetReason["code"], sentence: `${people.length} ${text}.`, people };
    });
  const there = [...said.values()].find(({ code }) => code === "there")?.people.length ?? 0;
  const name = rowName(row, question.skillName);
  const sentence = sentenceOf(board, short, { name, able: able.length, there, reasons });
  const { skillId, levelMin } = row;
  return {
    site: row.site,
    skillId,
    levelMin,
    name,
    day,
    startMs,
    endMs,
    have,
    need,
    shortMinutes,
    able: able.length,
    sentence,
    reasons,
  };
}

type Able = { readonly id: string; readonly planned: PlannedPerson | null; readonly person: number };

/** Who could count: planned people who may work there and have the skill on the day; of those whom nothing changes, too. */
function ableIn({ scene }: Board, row: Row, site: number, day: number): Able[] {
  const { question, ground, people } = scene;
  const isAble = (person: Parameters<typeof hasSkill>[0]) =>
    row.skillId === null || hasSkill(person, row.skillId, row.levelMin, day);
  const planned = people.flatMap((own, person): Able[] =>
    own.sites.has(site) && isAble(own.person) ? [{ id: own.id, planned: own, person }] : [],
  );
  const known = new Set(people.map(({ id }) => id));
  const locked = [...question.people].flatMap((id): Able[] => {
    const found = known.has(id) ? undefined : ground.byId.get(id);
    if (found === undefined || !isAble(found.person)) return [];
    const contract = contractOn(found.person.contracts, day);
    const isOfSite = contract?.site === null || contract?.site.trim().toLowerCase() === row.siteKey;
    return isOfSite ? [{ id, planned: null, person: -1 }] : [];
  });
  return [...planned, ...locked];
}

const LOCKED: Said = { code: "locked", text: "is kept as they are" };
const THERE: Said = { code: "there", text: "is there" };

function reasonOf(board: Board, own: PlannedPerson, person: number, site: number, short: Short): Said {
  const { scene, rows } = board;
  const { ground, question } = scene;
  const { fromDay } = ground.question;
  const row = rows[person]!;
  const spans = spansOf(board, own, person);
  const met = spans.find((span) => overlaps(span, short));
  if (met !== undefined)
    return met.siteKey === short.row.siteKey ? THERE : { code: "busy", text: "has another shift then" };
  const { day } = short;
  if (contractOn(own.person.contracts, day) === null) return { code: "no-contract", text: "has no contract then" };
  const away = own.person.adjustments.find(({ approval, what }) => {
    if (approval === null || what.kind !== "absence") return false;
    return "fromDay" in what.span ? what.span.fromDay <= day && day < what.span.toDay : overlaps(what.span, short);
  });
  if (away?.what.kind === "absence") return { code: "away", text: `is on ${ABSENCES[away.what.type].text}` };
  if (question.keep.days.has(day)) return LOCKED;

  // The shift that would cover most of it, today or from the evening before.
  let best: { readonly at: number; readonly value: number; readonly coveredMs: number } | null = null;
  for (const at of [day - fromDay, day - 1 - fromDay])
    for (const value of own.options[at] ?? []) {
      const choice = board.choiceAt(person, at, value);
      if (choice.site !== site) continue;
      const coveredMs = choice.items.reduce((sum, item) => sum + commonMs(item, short), 0);
      if (coveredMs > 0 && coveredMs > (best?.coveredMs ?? 0)) best = { at, value, coveredMs };
    }
  if (best === null) return reasonWithoutShift(board, own, site, short);
  if (row[best.at] !== NONE) return { code: "busy", text: "has another shift that day" };
  const tried = row.slice();
  tried[best.at] = best.value;
  const broken = breachesOf(own, tried, scene.choice, fromDay).filter((breach) => !own.known.has(breachKey(breach)));
  const { items } = board.choiceAt(person, best.at, best.value);
  const meets = spans.some((span) => items.some((item) => overlaps(span, item)));
  if (meets) return { code: "busy", text: "has a shift that meets it" };
  if (broken.length > 0) return { code: "rule", text: wouldText(broken[0]!) };
  return { code: "costly", text: "could, and hours, fairness, wishes or changes weigh more" };
}

const commonMs = (one: Interval, other: Interval): number =>
  Math.max(0, Math.min(one.endMs, other.endMs) - Math.max(one.startMs, other.startMs));

function reasonWithoutShift({ scene }: Board, { person, zone }: PlannedPerson, site: number, short: Short): Said {
  const { day, startMs, endMs } = short;
  const isAway = absencesOf(person).some(({ isOver }) => isOver({ startMs, endMs }, day));
  if (isAway) return { code: "away", text: "is away then" };
  const { templates, ground } = scene;
  const isEarlier =
    day === ground.question.fromDay &&
    templates.ofSite[site]!.some((number) => {
      const placed = placedOf(templates.list[number]!.shifts[0]!, day - 1, zone);
      return placed !== null && overlaps(placed, short);
    });
  return isEarlier
    ? { code: "no-shift", text: "could by a shift that begins before the draft alone" }
    : { code: "no-shift", text: "has no shift that fits then" };
}

/** When somebody is somewhere by the plan. */
function spansOf(board: Board, own: PlannedPerson, person: number): (Interval & { readonly siteKey: string })[] {
  const { sites } = board.scene.ground;
  const fixed = Array.from(own.result.presences, ([siteKey, all]) => all.map((span) => ({ ...span, siteKey }))).flat();
  const elsewhere = own.fixed
    .filter((item) => !fixed.some((span) => overlaps(span, item)))
    .map(({ startMs, endMs }) => ({ startMs, endMs, siteKey: "" }));
  const given = Array.from(board.rows[person]!, (value, at) => {
    if (value === NONE) return [];
    const { items, site } = board.choiceAt(person, at, value);
    const siteKey = site === -1 ? "" : sites[site]!.key;
    return items.map(({ startMs, endMs }) => ({ startMs, endMs, siteKey }));
  }).flat();
  return [...fixed, ...elsewhere, ...given];
}

/** "would have 9 h of rest of 11 h" */
function wouldText({ rule, measured }: Breach): string {
  switch (rule.kind) {
    case "rest":
      return `would have ${minutesText(measured)} of rest of ${minutesText(rule.minutesMin)}`;
    case "week-rest":
      return `would have ${minutesText(measured)} of rest that week of ${minutesText(rule.minutesMin)}`;
    case "days":
      return `would work ${measured} days in a row of at most ${rule.max}`;
    case "nights":
      return `would work ${measured} nights in a row of at most ${rule.max}`;
    case "weekends":
      return `would have ${measured} free of ${rule.of} weekends in a row, and needs ${rule.freeMin}`;
    case "curfew":
      return `may not work from ${clockOf(rule.fromMinute)} to ${clockOf(rule.toMinute)}`;
    case "rolling":
      return `would work ${minutesText(measured)} within ${rule.days} days, of at most ${minutesText(rule.minutesMax)}`;
    default:
      return `would work ${minutesText(measured)} in a ${rule.kind}, of at most ${minutesText(rule.minutesMax)}`;
  }
}

type Facts = {
  readonly name: string;
  readonly able: number;
  readonly there: number;
  readonly reasons: readonly UnmetReason[];
};

/** "No second person with First aid at Ward 3 on Sunday 7 March 2027, 22:00–06:00. Of 2 who have it 1 is there, 1 is on leave." */
function sentenceOf({ scene }: Board, short: Short, { name, able, there, reasons }: Facts): string {
  const { row, day, startMs, endMs, have } = short;
  const { zone } = scene.ground.question.clocks;
  const minuteOf = (ms: number) => (zone.toLocalMs(ms) - day * DAY_MS) / MINUTE_MS;
  const who = have === 0 ? "Nobody" : `No ${ORDINALS[have + 1] ?? `${have + 1}th`} person`;
  const skill = name === "" ? "" : ` with ${name}`;
  const when = `${WEEKDAYS[weekdayOf(day) - 1]!} ${dayText(day)}, ${clockOf(minuteOf(startMs))}–${clockOf(minuteOf(endMs))}`;
  const what = `${who}${skill} at ${row.site} on ${when}.`;
  if (able === 0)
    return `${what} ${name === "" ? "Nobody may be planned there." : "Nobody who may be planned there has it."}`;
  const parts = [
    ...(there === 0 ? [] : [`${there} ${there === 1 ? "is" : "are"} there`]),
    ...reasons.slice(0, REASONS_TOLD_MAX).map(({ sentence, people }) => plural(sentence.slice(0, -1), people.length)),
  ];
  return `${what} Of ${able} who ${name === "" ? "work there" : `${able === 1 ? "has" : "have"} it`} ${parts.join(", ")}.`;
}

const REASONS_TOLD_MAX = 4;
const ORDINALS = ["", "", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth", "tenth"];
const WEEKDAYS = ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"];

const plural = (text: string, count: number): string =>
  count === 1 ? text : text.replace(/^(\d+) is /, "$1 are ").replace(/^(\d+) has /, "$1 have ");
