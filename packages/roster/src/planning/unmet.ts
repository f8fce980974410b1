import { contractOn, isoDay } from "@hourwright/schedule";
import { DAY_MS, MINUTE_MS, overlaps, type Interval } from "@hourwright/time";
import { skillOfRow, type Row } from "../demand.ts";
import { absencesOf, hasSkill } from "../draft.ts";
import { breachKey, stepsIn, type Evaluation } from "../evaluate.ts";
import type { Board } from "./board.ts";
import { UNMET_MAX, type Unmet } from "./model.ts";
import { planText, unmetReasonText, type UnmetFacts, type UnmetReasonFacts } from "./said.ts";
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

/** Why one person does not count; null: they do. */
type Why = UnmetReasonFacts | null;

function explained(board: Board, short: Short): Unmet {
  const { scene } = board;
  const { row, day, startMs, endMs, have, need, shortMinutes } = short;
  const { question } = scene.ground;
  const site = scene.ground.sites.findIndex(({ key }) => key === row.siteKey);
  const able = ableIn(board, row, site, day);
  const said = new Map<string, { readonly why: UnmetReasonFacts; readonly people: string[] }>();
  let there = 0;
  for (const each of able) {
    const why = each.planned === null ? LOCKED : reasonOf(board, each.planned, each.person, site, short);
    if (why === null) {
      there++;
      continue;
    }
    const key = `${why.kind} ${unmetReasonText(why)}`;
    const known = said.get(key);
    if (known === undefined) said.set(key, { why, people: [each.id] });
    else known.people.push(each.id);
  }
  const reasons = [...said.values()]
    .sort((one, other) => other.people.length - one.people.length)
    .map(({ why, people }) => {
      const facts = { ...why, count: people.length };
      return { code: CODES[why.kind], facts, sentence: planText(facts), people };
    });
  const { skillId, levelMin } = row;
  const facts: UnmetFacts = {
    kind: "unmet",
    site: row.site,
    skill: skillId === null ? null : question.skillName(skillId),
    levelMin: skillId === null ? null : levelMin,
    day: isoDay(day),
    fromMinute: minuteOf(board, day, startMs),
    toMinute: minuteOf(board, day, endMs),
    have,
    able: able.length,
    there,
    reasons: reasons.map((reason) => reason.facts),
  };
  return {
    site: row.site,
    skillId,
    levelMin,
    name: skillOfRow(row, question.skillName),
    day,
    startMs,
    endMs,
    have,
    need,
    shortMinutes,
    able: able.length,
    facts,
    sentence: planText(facts),
    reasons,
  };
}

const CODES = {
  "unmet-locked": "locked",
  "unmet-no-contract": "no-contract",
  "unmet-away": "away",
  "unmet-busy": "busy",
  "unmet-rule": "rule",
  "unmet-no-shift": "no-shift",
  "unmet-costly": "costly",
} as const;

const minuteOf = ({ scene }: Board, day: number, ms: number): number =>
  (scene.ground.question.clocks.zone.toLocalMs(ms) - day * DAY_MS) / MINUTE_MS;

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

const one = <const Facts>(facts: Facts): Facts & { readonly count: number } => ({ ...facts, count: 1 });
const LOCKED = one({ kind: "unmet-locked" });
const busy = (meets: "time" | "day" | "shift") => one({ kind: "unmet-busy", meets });

function reasonOf(board: Board, own: PlannedPerson, person: number, site: number, short: Short): Why {
  const { scene, rows } = board;
  const { ground, question } = scene;
  const { fromDay } = ground.question;
  const row = rows[person]!;
  const spans = spansOf(board, own, person);
  const met = spans.find((span) => overlaps(span, short));
  if (met !== undefined) return met.siteKey === short.row.siteKey ? null : busy("time");
  const { day } = short;
  if (contractOn(own.person.contracts, day) === null) return one({ kind: "unmet-no-contract" });
  const away = own.person.adjustments.find(({ approval, what }) => {
    if (approval === null || what.kind !== "absence") return false;
    return "fromDay" in what.span ? what.span.fromDay <= day && day < what.span.toDay : overlaps(what.span, short);
  });
  if (away?.what.kind === "absence") return one({ kind: "unmet-away", type: away.what.type });
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
  if (row[best.at] !== NONE) return busy("day");
  const tried = row.slice();
  tried[best.at] = best.value;
  const broken = breachesOf(own, tried, scene.choice, fromDay).find((breach) => !own.known.has(breachKey(breach)));
  const { items } = board.choiceAt(person, best.at, best.value);
  const meets = spans.some((span) => items.some((item) => overlaps(span, item)));
  if (meets) return busy("shift");
  if (broken !== undefined) return one({ kind: "unmet-rule", rule: broken.rule, measured: broken.measured });
  return one({ kind: "unmet-costly" });
}

const commonMs = (some: Interval, other: Interval): number =>
  Math.max(0, Math.min(some.endMs, other.endMs) - Math.max(some.startMs, other.startMs));

function reasonWithoutShift({ scene }: Board, { person, zone }: PlannedPerson, site: number, short: Short): Why {
  const { day, startMs, endMs } = short;
  const isAway = absencesOf(person).some(({ isOver }) => isOver({ startMs, endMs }, day));
  if (isAway) return one({ kind: "unmet-away", type: null });
  const { templates, ground } = scene;
  const isBefore =
    day === ground.question.fromDay &&
    templates.ofSite[site]!.some((number) => {
      const placed = placedOf(templates.list[number]!.shifts[0]!, day - 1, zone);
      return placed !== null && overlaps(placed, short);
    });
  return one({ kind: "unmet-no-shift", isBefore });
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
