import { assert } from "@hourwright/std";
import { DAY_MS, printWallTime, startOfWeek } from "@hourwright/time";
import { isRefused, type Refused } from "@hourwright/contract";
import type { Database, Unit } from "../platform/db/database.ts";
import type { Clock } from "../platform/clock.ts";
import type { IdMaker } from "../platform/ids.ts";
import type { Caller } from "../platform/operations/context.ts";
import { systemContext } from "../contexts/identity/public.ts";
import {
  createDemand,
  createDraft,
  createSkill,
  editDraft,
  giveSkill,
  holidayDays,
  publishDraft,
  type WrittenEdit,
} from "../contexts/workforce/public.ts";
import type { Tables } from "./plan/model.ts";
import type { Settled } from "./store.ts";

// Who is needed at the two sites of Larkfield, a roster of weekends that was published, and one of later weekends that is being written.

type Ports = { readonly database: Database; readonly clock: Clock; readonly newId: IdMaker };

const PLANNER = "Helena Winter";
const FIRST_MONDAY = 4;
const DRAFTED_AFTER_DAYS = 28;
const weekdays = [1, 2, 3, 4, 5];

/** Writes demands, publishes weekends of the pool from next week on, and begins a draft of those four weeks ahead. One unit. */
export async function openRosters(
  { database, newId, clock }: Ports,
  { organisation, people }: Settled,
  tables: Tables,
): Promise<void> {
  if (tables.slug !== "larkfield") return;
  const pool = tables.teams.find(({ name }) => name === "Pool")!.members.map((member) => people.get(member.name)!.id);
  const planner = people.get(PLANNER)!;
  const caller: Caller = {
    userId: "",
    personId: planner.id,
    organisation,
    role: "owner",
    name: planner.name,
    email: "",
    sessionId: "",
    via: "token",
  };
  const monday = startOfWeek(Math.floor(clock.nowMs() / DAY_MS), 1);
  await database.inOrganisation(systemContext(organisation, "demo.rosters", newId), async (unit) => {
    const skillId = await rescuers(unit, caller, pool, monday);
    await demands(unit, skillId, dayText(monday - 364));
    await published(unit, caller, pool, monday);
    await drafted(unit, caller, pool, monday, skillId);
  });
}

const dayText = (day: number): string => printWallTime(day * DAY_MS, "date");

function made<T>(answer: T | Refused): T {
  assert(!isRefused(answer), isRefused(answer) ? answer.refused.detail : "");
  return answer;
}

/** Most of those at the pool are able to rescue somebody. */
async function rescuers(unit: Unit, caller: Caller, pool: readonly string[], monday: number): Promise<string> {
  const { id: skillId } = made(
    await createSkill(unit, { name: "Pool rescue", levels: ["Assistant", "Guard", "Lead"] }),
  );
  for (const [i, personId] of pool.entries()) {
    if (i % 4 === 3) continue;
    const held = { level: 1 + (i % 3), from: dayText(monday - 400), until: null };
    made(await giveSkill(unit, caller, { personId, skillId }, held, null));
  }
  return skillId;
}

async function demands(unit: Unit, skillId: string, from: string): Promise<void> {
  const stretch = (starts: string, hours: number, minimum: number, ideal: number) => ({
    starts,
    minutes: hours * 60,
    minimum,
    ideal,
  });
  const all = { skillId: null, levelMin: null, weekdays, onHolidays: false, dates: [], from, until: null };
  const wishes = [
    {
      ...all,
      name: "Pool, working days",
      site: "Riverside",
      stretches: [stretch("07:00", 5, 3, 4), stretch("12:00", 3, 6, 8), stretch("15:00", 5, 3, 4)],
    },
    {
      ...all,
      name: "Pool, weekends",
      site: "Riverside",
      weekdays: [6, 7],
      stretches: [stretch("08:00", 10, 1, 2)],
    },
    { ...all, name: "Rescue", site: "Riverside", skillId, levelMin: 2, stretches: [stretch("07:00", 13, 1, 2)] },
    {
      ...all,
      name: "Desk and house",
      site: "Larkfield",
      stretches: [stretch("08:30", 8, 4, 6)],
    },
  ];
  for (const wish of wishes) made(await createDemand(unit, wish));
}

type Shift = Extract<WrittenEdit, { put: unknown }>["put"]["shift"];

const weekend = (name: string, starts: string, minutes: number): Shift => ({
  name,
  kind: "work",
  starts,
  minutes,
  breaks: [],
  site: "Riverside",
});
const MORNING = weekend("weekend morning", "08:00", 360);
const AFTERNOON = weekend("weekend afternoon", "12:00", 360);

const put = (personId: string | null, day: number, shift: Shift, skillId: string | null = null): WrittenEdit => ({
  put: { personId, day: dayText(day), shift, skillId },
});

async function draftOf(
  unit: Unit,
  caller: Caller,
  name: string,
  people: readonly string[],
  fromDay: number,
): Promise<string> {
  const days = { from: dayText(fromDay), to: dayText(fromDay + 14) };
  return made(await createDraft(unit, caller, { name, ...days, team: null, people })).id;
}

async function published(unit: Unit, caller: Caller, pool: readonly string[], monday: number): Promise<void> {
  const id = await draftOf(unit, caller, "Pool weekends", pool, monday + 7);
  const edits = [
    put(pool[0]!, monday + 12, MORNING),
    put(pool[1]!, monday + 12, MORNING),
    put(pool[3]!, monday + 12, AFTERNOON),
    put(pool[8]!, monday + 13, MORNING),
    put(pool[4]!, monday + 19, MORNING),
    put(pool[5]!, monday + 19, AFTERNOON),
    put(pool[6]!, monday + 20, MORNING),
  ];
  made(await editDraft(unit, caller, id, edits, null));
  const wish = { despite: true, insists: true, note: "Swaps are fine: ask before Thursday." };
  made(await publishDraft(unit, caller, id, wish, null));
}

/** Two who work, one who would work for seven days in a row, somebody's shift that nobody has yet, and an open Sunday. */
async function drafted(
  unit: Unit,
  caller: Caller,
  pool: readonly string[],
  monday: number,
  skillId: string,
): Promise<void> {
  const first = monday + DRAFTED_AFTER_DAYS;
  const id = await draftOf(unit, caller, "Pool weekends, later", pool, first);
  const isEarly = ((first - FIRST_MONDAY) / 7) % 2 === 0;
  const starts = isEarly ? "07:00" : "12:00";
  const holidays = await holidayDays(unit);
  const working = [2, 1, 3, 0, 4].map((after) => first + after).find((day) => !holidays.includes(day)) ?? first;
  const edits: WrittenEdit[] = [
    put(pool[2]!, first + 5, MORNING),
    put(pool[6]!, first + 5, AFTERNOON),
    put(pool[6]!, first + 6, MORNING),
    { drop: { personId: pool[0]!, of: { day: dayText(working), starts } } },
    put(null, working, weekend("whoever can", starts, 480)),
    put(null, first + 6, AFTERNOON, skillId),
    put(pool[4]!, first + 12, MORNING),
  ];
  made(await editDraft(unit, caller, id, edits, null));
}
