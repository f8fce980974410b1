import { setImmediate } from "node:timers/promises";
import { isRefused, limits, refuseWork, type Refused } from "@hourwright/contract";
import {
  checkRules,
  contractOn,
  explainMinute,
  minutesOf,
  nominalMinutes,
  stretchFacts,
  stretchText,
  unify,
  type PlacedShift,
  type Stretch,
  type StretchFacts,
  type Unified,
} from "@hourwright/schedule";
import { DAY_MS, findZone, UTC } from "@hourwright/time";
import type { Answers } from "../../../platform/answers/answers.ts";
import { RawJson, type RequestContext } from "../../../platform/operations/context.ts";
import type { Handlers } from "../../../platform/operations/dispatcher.ts";
import type { Unit } from "../../../platform/db/database.ts";
import { answersFor, peopleOfTeams, subjectsById } from "../../identity/public.ts";
import { knownTo, noPerson } from "../access.ts";
import { versionsOf } from "../contracts/store.ts";
import { dayOf, dayText, writtenShift } from "../contracts/terms.ts";
import { publishedTo, type Published } from "../publications/store.ts";
import { KeptSchedules } from "./kept.ts";
import { packedRow, sourceOf, Sources, type Sight } from "./pack.ts";
import { scenesOf, type DayWindow, type Scene } from "./scenes.ts";

type ScheduleIds = `schedules.${"list" | "read" | "explain"}`;

/** Schedules merged before others have their turn: about 10 ms. */
const PEOPLE_OF_A_TURN = 50;

/** What people do: many in compact rows, one with sentences, one at a moment. */
export function scheduleOperations({ answers }: { readonly answers: Answers }): Handlers<ScheduleIds> {
  const kept = new KeptSchedules();
  return {
    "schedules.list": ({ query }, context) => {
      const window = { fromDay: dayOf(query.from), toDay: dayOf(query.to) };
      const wrong = wrongWindow(window, limits.SCHEDULE_PERSON_DAYS_MAX);
      if (wrong !== null) return Promise.resolve(wrong);
      const question = { operation: "schedules.list", query, sight: "person" } as const;
      return answers.to(question, context, (own) => list(own, query, window, kept));
    },

    "schedules.read": ({ params, query }, context) => {
      const window = { fromDay: dayOf(query.from), toDay: dayOf(query.to) };
      const wrong = wrongWindow(window, limits.SCHEDULE_DAYS_MAX);
      if (wrong !== null) return Promise.resolve(wrong);
      return context.read(async (unit) => {
        const scene = await sceneOf(unit, params.personId, window);
        if (isRefused(scene)) return scene;
        const isKnown = await answersFor(unit, context.caller!, scene.personId);
        const isChanged = (await changesIn(unit, [scene], window))(scene);
        return told(scene, window, { idOfContract: idsOf(scene), isKnown, isChanged });
      });
    },

    "schedules.explain": ({ params, query }, context) => {
      const atMs = Temporal.Instant.from(query.at).epochMilliseconds;
      const day = Math.floor(atMs / DAY_MS);
      if (day < dayOf("1970-01-05") || day > dayOf("2199-12-31"))
        return Promise.resolve(refuseWork("bad-window", "years", { from: 1970, to: 2199 }));
      const window = { fromDay: day - 1, toDay: day + 2 };
      return context.read(async (unit) => {
        const scene = await sceneOf(unit, params.personId, window);
        if (isRefused(scene)) return scene;
        const isKnown = await answersFor(unit, context.caller!, scene.personId);
        const found = explainMinute(unify({ ...scene, ...window }), atMs)!;
        const isChanged = (await changesIn(unit, [scene], window))(scene);
        return shownStretch(found.stretch, scene, { idOfContract: idsOf(scene), isKnown, isChanged });
      });
    },
  };
}

function wrongWindow({ fromDay, toDay }: DayWindow, daysMax: number): Refused<"workforce/bad-window"> | null {
  if (toDay <= fromDay) return refuseWork("bad-window", "turned", {});
  const most = Math.min(daysMax, YEAR_DAYS_MAX);
  return toDay - fromDay > most ? refuseWork("bad-window", "days", { most }) : null;
}
const YEAR_DAYS_MAX = 400;

type ListQuery = { readonly people?: readonly string[] | undefined; readonly team?: string | undefined };

/** The rows of an answer. What is read is read in one unit; merging needs none, and lets others have their turn. */
async function list(
  context: RequestContext,
  query: ListQuery & { from: string; to: string },
  window: DayWindow,
  kept: KeptSchedules,
) {
  const read = await context.read(async (unit) => {
    const everybody = [...(await versionsOf(unit, null))];
    const holding = everybody.filter(([, own]) => own.some((each) => isHolding(each, window))).map(([id]) => id);
    const team =
      query.team === undefined ? null : new Set(await peopleOfTeams(unit, [query.team], limits.SCHEDULE_PEOPLE_MAX));
    const asked = query.people === undefined ? null : new Set(query.people);
    const people = holding.filter((id) => (team?.has(id) ?? true) && (asked?.has(id) ?? true));
    const days = people.length * (window.toDay - window.fromDay);
    if (people.length > limits.SCHEDULE_PEOPLE_MAX || days > limits.SCHEDULE_PERSON_DAYS_MAX)
      return refuseWork("bad-window", "people-days", {
        people: limits.SCHEDULE_PEOPLE_MAX,
        most: limits.SCHEDULE_PERSON_DAYS_MAX,
      });
    const known = await knownTo(unit, context.caller!);
    const scenes = await scenesOf(unit, people, window);
    const changes = await changesIn(unit, [...scenes.values()], window);
    return { scenes, changes, known: known === null ? null : new Set(known) };
  });
  if (isRefused(read)) return read;
  const sources = new Sources();
  const rows: string[] = [];
  for (const [id, scene] of read.scenes) {
    const holding = scene.versions.filter((each) => isHolding(each, window));
    const sight = {
      isKnown: read.known?.has(id) ?? true,
      isChanged: read.changes(scene),
      contractIds: holding.map((version) => version.id),
    };
    rows.push(packedRow(id, kept.of(scene, window), sources, sight));
    if (rows.length % PEOPLE_OF_A_TURN === 0) await setImmediate();
  }
  const origin = Temporal.Instant.fromEpochMilliseconds(window.fromDay * DAY_MS).toString();
  const head = `"from":"${query.from}","to":"${query.to}","origin":"${origin}"`;
  return new RawJson(`{${head},"sources":[${sources.list.join(",")}],"items":[${rows.join(",")}]}`);
}

/** Of people, whether an adjustment came after the roster of its day was published to them. */
async function changesIn(unit: Unit, scenes: readonly Scene[], window: DayWindow) {
  const people = scenes.map(({ personId }) => personId);
  const published =
    people.length === 0 ? new Map<string, readonly Published[]>() : await publishedTo(unit, people, window);
  return ({ personId, approvedMs }: Scene): Sight["isChanged"] => {
    const own = published.get(personId);
    if (own === undefined) return () => false;
    return (id, day) =>
      own.some(({ fromDay, toDay, atMs }) => fromDay <= day && day < toDay && atMs < (approvedMs.get(id) ?? 0));
  };
}

const isHolding = ({ fromDay, toDay }: Scene["versions"][number], window: DayWindow): boolean =>
  fromDay < window.toDay && (toDay ?? Infinity) > window.fromDay;

const idsOf = ({ versions }: Scene): ReadonlyMap<string, string> =>
  new Map(versions.map(({ id, fromDay }) => [dayText(fromDay), id]));

/** One person's; of whom nothing was ever agreed, a schedule without a contract. */
async function sceneOf(unit: Unit, personId: string, window: DayWindow): Promise<Scene | typeof noPerson> {
  const [person] = await subjectsById(unit, [personId]);
  if (person?.kind !== "person") return noPerson;
  const nothing = { versions: [], contracts: [], holidays: [], adjustments: [], approvedMs: new Map<string, number>() };
  const zone = findZone(person.zone) ?? UTC;
  return (await scenesOf(unit, [personId], window)).get(personId) ?? { ...nothing, personId, name: person.name, zone };
}

function told(scene: Scene, window: DayWindow, sight: Sight) {
  const unified = unify({ ...scene, ...window });
  const { isKnown } = sight;
  const planned = unified.stretches.filter(({ kind, isPaid }) => isPaid && (kind === "work" || kind === "break"));
  return {
    personId: scene.personId,
    zone: scene.zone.id,
    stretches: unified.stretches.map((stretch) => shownStretch(stretch, scene, sight)),
    pending: isKnown ? unified.pending.map((stretch) => shownStretch(stretch, scene, sight)) : [],
    nominalMinutes: isKnown ? nominalMinutes(scene.contracts, window.fromDay, window.toDay) : null,
    plannedMinutes: isKnown ? planned.reduce((sum, stretch) => sum + minutesOf(stretch), 0) : null,
    broken: isKnown ? brokenIn(scene, unified) : [],
  };
}

/** What breaks the rules of the version that holds on the first day of which one holds. */
function brokenIn({ contracts, zone }: Scene, unified: Unified) {
  const days = Array.from({ length: unified.toDay - unified.fromDay }, (_, i) => unified.fromDay + i);
  const first = days.map((day) => contractOn(contracts, day)).find((contract) => contract !== null);
  return checkRules(unified, first?.rules ?? [])
    .slice(0, BROKEN_TOLD_MAX)
    .map(({ startMs, endMs, facts, sentence }) => ({
      start: zonedText(startMs, zone.id),
      end: zonedText(endMs, zone.id),
      sentence,
      facts,
    }));
}

const BROKEN_TOLD_MAX = 100;

function shownStretch(stretch: Stretch, { zone }: Pick<Scene, "zone">, sight: Sight) {
  const isHidden = !sight.isKnown && stretch.kind === "absence";
  const facts: StretchFacts = isHidden ? { kind: "off-away" } : stretchFacts(stretch);
  return {
    start: zonedText(stretch.startMs, zone.id),
    end: zonedText(stretch.endMs, zone.id),
    day: dayText(stretch.day),
    sentence: stretchText(facts),
    facts,
    ...sourceOf(stretch, sight),
    of: isHidden || stretch.shift === null ? null : shiftNamed(stretch.shift),
  };
}

const shiftNamed = ({ day, shift }: PlacedShift) => ({ day: dayText(day), starts: writtenShift(shift).starts });

const zonedText = (ms: number, zone: string): string =>
  Temporal.Instant.fromEpochMilliseconds(ms).toZonedDateTimeISO(zone).toString({ timeZoneName: "never" });
