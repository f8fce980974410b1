import { isRefused, refuseObjected, refuseRequest, refuseWork, type Refused } from "@hourwright/contract";
import { objectionText, unify, type Shift, type ShiftOnDay } from "@hourwright/schedule";
import { DAY_MS, findZone, MINUTE_MS, UTC, type Zone } from "@hourwright/time";
import type { Unit } from "../../../platform/db/database.ts";
import type { Caller } from "../../../platform/operations/context.ts";
import { subjectsById } from "../../identity/public.ts";
import { manages, personManaged, type MayNot } from "../access.ts";
import { approveAtOnce } from "../adjustments/commands.ts";
import { putLinks, type AskedLinks } from "../asked/links.ts";
import { lockSchedules } from "../contracts/store.ts";
import { dayOf } from "../contracts/terms.ts";
import { minuteOf } from "../hours/decide.ts";
import { scenesOf } from "../schedules/scenes.ts";
import { skillsById } from "../skills/store.ts";
import { givenShiftsBy, rankedFor, type Ranked, type Wanted } from "./candidates.ts";
import { advanced, answered, asking, cancelled, inTurn, leftOut, newsOf } from "./decide.ts";
import { barredBy, COVER, COVERS, type Asked, type Cover } from "./model.ts";
import { coverById, isFull, lockCover, putCover, runningFor } from "./store.ts";

type Invalid = Refused<"workforce/cover-invalid">;

export const noCover = refuseRequest("not-found", "cover", {});

/** A shift of somebody that others may be asked to work. */
export type Missing = Wanted & {
  readonly personId: string;
  readonly name: string;
  readonly day: number;
  readonly fromMinute: number;
  readonly startsMs: number;
  readonly endsMs: number;
};

type ShiftNamed = {
  readonly personId: string;
  readonly of: { readonly day: string; readonly starts: string };
  readonly skillId: string | null;
  readonly levelMin: number | null;
};

/** The shift of somebody that is missing, of those whom the caller manages. What stands need not be covered: `isPlanned` looks at it all the same. */
export async function missingShift(
  unit: Unit,
  caller: Caller,
  { personId, of, skillId, levelMin }: ShiftNamed,
  isPlanned = false,
): Promise<Missing | Invalid | MayNot> {
  const person = await personManaged(unit, caller, personId);
  if (isRefused(person)) return person;
  if (skillId !== null && (await skillsById(unit, [skillId])).length === 0)
    return refuseWork("cover-invalid", "skill", {});
  const [day, fromMinute] = [dayOf(of.day), minuteOf(of.starts)];
  const scene = (await scenesOf(unit, [personId], { fromDay: day - 1, toDay: day + 3 })).get(personId);
  const zone = findZone(person.zone) ?? UTC;
  const parts =
    scene === undefined
      ? []
      : unify({ ...scene, fromDay: day, toDay: day + 3 }).stretches.filter(
          ({ shift }) => shift?.day === day && shift.shift.fromMinute === fromMinute,
        );
  const away = parts.filter(({ why }) => why.kind === "absence");
  const part = away.length > 0 ? away : isPlanned ? parts.filter(({ why }) => why.kind === "shift") : [];
  if (part.length === 0) {
    const stands = parts.some(({ why }) => why.kind === "shift");
    return stands
      ? refuseWork("cover-invalid", "works", { name: person.name })
      : refuseWork("cover-invalid", "not-missing", { name: person.name, day: of.day, starts: of.starts });
  }
  const [startsMs, endsMs] = [part[0]!.startMs, part.at(-1)!.endMs];
  if (startsMs <= unit.nowMs) return refuseWork("cover-invalid", "begun", {});
  const placed = placedBetween(part[0]!.shift!.shift, day, startsMs, endsMs, zone);
  return { personId, name: person.name, day, fromMinute, startsMs, endsMs, zone, placed, skillId, levelMin };
}

/** The part of a shift of which somebody is away. */
function placedBetween(shift: Shift, day: number, startsMs: number, endsMs: number, zone: Zone): ShiftOnDay {
  const minute = (ms: number) => (zone.toLocalMs(ms) - day * DAY_MS) / MINUTE_MS;
  const [fromMinute, toMinute] = [minute(startsMs), minute(endsMs)];
  const ahead = Math.floor(fromMinute / 1_440) * 1_440; // What is left of a night may begin on the next day.
  const breaks = shift.breaks
    .filter((each) => each.fromMinute >= fromMinute && each.toMinute <= toMinute)
    .map((each) => ({ ...each, fromMinute: each.fromMinute - ahead, toMinute: each.toMinute - ahead }));
  return {
    day: day + ahead / 1_440,
    shift: { ...shift, fromMinute: fromMinute - ahead, toMinute: toMinute - ahead, breaks },
  };
}

/** Everybody who could be asked by the caller, ranked. */
export async function candidatesFor(unit: Unit, caller: Caller, missing: Missing): Promise<readonly Ranked[]> {
  const people = await givenShiftsBy(unit, caller, missing.placed.day);
  return rankedFor(
    unit,
    missing,
    people.filter((id) => id !== missing.personId),
  );
}

export type CoverWish = ShiftNamed & {
  readonly how: Cover["how"];
  readonly minutesEach: number;
  readonly people?: readonly string[] | undefined;
  readonly exclude: readonly string[];
  readonly despiteRules: boolean;
  readonly note: string;
};

/** Begins to ask for cover. */
export async function callForCover(
  unit: Unit,
  links: AskedLinks,
  caller: Caller,
  wish: CoverWish,
): Promise<Cover | Invalid | MayNot | Refused<"workforce/cover-running" | "workforce/nobody-to-cover">> {
  // Nobody calls for the same shift, or takes its absence back, at the same time.
  await lockSchedules(unit, [wish.personId]);
  const missing = await missingShift(unit, caller, wish);
  if (isRefused(missing)) return missing;
  const running = await runningFor(unit, missing);
  if (running.isRunning) return refuseWork("cover-running", "asked", { name: missing.name });
  if (isFull(running.count)) return refuseWork("cover-invalid", "full", { count: running.count });
  const people = await peopleAsked(unit, caller, missing, wish);
  if (isRefused(people)) return people;
  const cover: Cover = {
    id: unit.newId("cov"),
    personId: missing.personId,
    day: missing.day,
    fromMinute: missing.fromMinute,
    shift: { ...missing.placed.shift },
    zone: missing.zone.id,
    startsMs: missing.startsMs,
    endsMs: missing.endsMs,
    skillId: wish.skillId,
    levelMin: wish.levelMin,
    how: wish.how,
    minutesEach: wish.minutesEach,
    despiteRules: wish.despiteRules,
    note: wish.note.trim(),
    state: "asking",
    calledBy: { personId: caller.personId, name: caller.name, atMs: unit.nowMs },
    coveredBy: null,
    adjustmentId: null,
    endedMs: null,
    people: people.map((personId): Asked => ({
      personId,
      state: "waiting",
      askedMs: null,
      untilMs: null,
      answeredMs: null,
      why: "",
    })),
    version: 1,
  };
  return save(unit, links, null, await goOn(unit, cover, new Set(people)));
}

async function peopleAsked(
  unit: Unit,
  caller: Caller,
  missing: Missing,
  { people, exclude, despiteRules }: CoverWish,
): Promise<readonly string[] | Invalid | Refused<"workforce/nobody-to-cover">> {
  const ranked = (await candidatesFor(unit, caller, missing)).filter(({ id }) => !exclude.includes(id));
  const mayBe = new Map(ranked.map((each) => [each.id, each]));
  const named = people === undefined ? null : [...new Set(people)];
  const unknown = named?.find((id) => !mayBe.has(id));
  if (unknown !== undefined) return refuseWork("cover-invalid", "person", {});
  for (const id of named ?? []) {
    const each = mayBe.get(id)!;
    const why = barredBy(each, despiteRules);
    const who = each.person.name;
    if (why !== null) return refuseObjected("nobody-to-cover", { who, ...why, sentence: `${who}: ${why.sentence}` });
  }
  const able = named ?? ranked.filter((each) => barredBy(each, despiteRules) === null).map(({ id }) => id);
  if (able.length === 0) return refuseWork("nobody-to-cover", "nobody", {});
  return able.slice(0, PEOPLE_OF_A_CALL_MAX);
}

const PEOPLE_OF_A_CALL_MAX = 300;

/** Does what time and answers ask for, until somebody is asked or the call is over. `judged`: of whom it was looked at a moment ago. */
async function goOn(unit: Unit, call: Cover, judged: ReadonlySet<string> = new Set()): Promise<Cover> {
  if (call.state === "asking" && unit.nowMs < call.startsMs && !(await isMissing(unit, call))) {
    const over = cancelled(call, unit.nowMs);
    return isRefused(over) ? call : over;
  }
  for (let cover = advanced(call, unit.nowMs); ; cover = advanced(cover, unit.nowMs)) {
    const turn = inTurn(cover);
    if (turn.length === 0) return cover;
    const unknown = turn.filter((id) => !judged.has(id));
    const ranked = new Map((await rankedFor(unit, wantedOf(cover), unknown)).map((each) => [each.id, each]));
    for (const id of turn) {
      const own = ranked.get(id);
      const why = judged.has(id)
        ? null
        : own === undefined
          ? "They are not here any more."
          : (barredBy(own, cover.despiteRules)?.sentence ?? null);
      cover = why === null ? asking(cover, id, unit.nowMs) : leftOut(cover, id, why);
    }
  }
}

/** Whether they are still away then: who comes back works the shift themselves. */
async function isMissing(unit: Unit, { personId, day, fromMinute, startsMs }: Cover): Promise<boolean> {
  const scene = (await scenesOf(unit, [personId], { fromDay: day - 1, toDay: day + 3 })).get(personId);
  if (scene === undefined) return false;
  const { stretches } = unify({ ...scene, fromDay: day, toDay: day + 3 });
  return stretches.some(
    ({ why, shift, startMs, endMs }) =>
      why.kind === "absence" &&
      shift?.day === day &&
      shift.shift.fromMinute === fromMinute &&
      startMs <= startsMs &&
      startsMs < endMs,
  );
}

function wantedOf({ shift, startsMs, zone: zoneId, skillId, levelMin }: Cover): Wanted {
  const zone = findZone(zoneId) ?? UTC;
  return { placed: { day: Math.floor(zone.toLocalMs(startsMs) / DAY_MS), shift }, zone, skillId, levelMin };
}

/** What somebody who is asked says. A yes is theirs at once: approved in the name of who called, with the time of duties. */
export async function answerCall(
  unit: Unit,
  links: AskedLinks,
  id: string,
  personId: string,
  says: "yes" | "no",
): Promise<Cover | Refused> {
  const before = await lockCover(unit, id);
  if (before === null) return noCover;
  const after = answered(before, personId, says, unit.nowMs);
  if (isRefused(after) || after === before) return after;
  if (after.state !== "covered") return save(unit, links, before, await goOn(unit, after));
  const [person] = await subjectsById(unit, [personId]);
  await lockSchedules(unit, [before.personId, personId]);
  if (!(await isMissing(unit, before))) return refuseWork("cover-over", "back", {});
  const [own] = await rankedFor(unit, wantedOf(before), [personId]);
  const gone = { kind: "left-yourself" } as const;
  const why =
    own === undefined
      ? { code: "left", facts: gone, sentence: objectionText(gone) }
      : barredBy(own, before.despiteRules);
  if (why !== null)
    return refuseObjected("adjustment-refused", { who: null, ...why }, { objections: [{ ...why, code: "barred" }] });
  const what = { kind: "cover", ...own!.placed, from: before.personId, interrupts: false } as const;
  const half = { personId, zone: findZone(person!.zone) ?? UTC, what };
  const { calledBy, note } = before;
  const group = await approveAtOnce(unit, [half], { asked: { by: personId, name: person!.name }, by: calledBy, note });
  if (isRefused(group)) return group;
  return save(unit, links, before, { ...after, coveredBy: personId, adjustmentId: group[0]!.id });
}

/** That somebody turned out not to be able to: the next is asked. */
export async function leaveOut(
  unit: Unit,
  links: AskedLinks,
  id: string,
  personId: string,
  why: string,
): Promise<void> {
  const before = await lockCover(unit, id);
  if (before === null) return;
  const after = leftOut(before, personId, why);
  if (after !== before) await save(unit, links, before, await goOn(unit, after));
}

/** Asks nobody any more, by who manages whose shift it is. */
export async function cancelCall(
  unit: Unit,
  links: AskedLinks,
  caller: Caller,
  id: string,
): Promise<Cover | Refused<"request/not-found" | "workforce/cover-over">> {
  const before = await lockCover(unit, id);
  if (before === null || !(await manages(unit, caller, before.personId))) return noCover;
  const after = cancelled(before, unit.nowMs);
  return isRefused(after) || after === before ? after : save(unit, links, before, after);
}

/** What time has made of a call: asks the next, or ends it. Safe to repeat. */
export async function lookAtCall(unit: Unit, links: AskedLinks, id: string): Promise<void> {
  const before = await lockCover(unit, id);
  if (before === null || before.state !== "asking") return;
  await save(unit, links, before, await goOn(unit, before));
}

async function save(unit: Unit, links: AskedLinks, before: Cover | null, call: Cover): Promise<Cover> {
  const after = before === null ? call : { ...call, version: before.version + 1 };
  await putCover(unit, after);
  const told = newsOf(before, after, after.calledBy.personId);
  const asked = told.filter(({ kind }) => kind === "cover").map(({ personId }) => personId);
  await putLinks(unit, links, { kind: "cover", thingId: after.id, endsMs: after.endsMs }, asked);
  const names = new Map((await subjectsById(unit, [after.personId])).map(({ id, name }) => [id, name]));
  unit.record({
    kind: before === null ? "created" : "updated",
    thing: { type: COVER, id: after.id },
    fields: before === null || before.state === after.state ? ["people"] : ["state", "people"],
    after: {
      title: `${after.shift.name === "" ? "shift" : after.shift.name} of ${names.get(after.personId) ?? "somebody"}`,
      startMs: after.startsMs,
      endMs: after.endsMs,
      by: { personId: after.calledBy.personId, name: after.calledBy.name },
      state: after.state,
      isOver: after.state !== "asking",
      told,
    },
  });
  if (after.state === "asking") unit.wake(COVERS);
  return (await coverById(unit, after.id))!;
}
