import { isRefused, limits, refuseWork } from "@hourwright/contract";
import { DAY_MS, findZone, UTC } from "@hourwright/time";
import type { Unit } from "../../../platform/db/database.ts";
import type { RequestContext } from "../../../platform/operations/context.ts";
import type { Handlers } from "../../../platform/operations/dispatcher.ts";
import { personKnown } from "../access.ts";
import { dayOf, dayText } from "../contracts/terms.ts";
import { scenesOf, type DayWindow, type Scene } from "../schedules/scenes.ts";
import { askForCorrection, comeIn, decideCorrection, goOut, setAccountRules } from "./commands.ts";
import { daysRead, decideAccount } from "./decide.ts";
import type { AccountRules, Pair, StoredCorrection } from "./model.ts";
import { accountRules, correctionsOf, pairOpen, pairsOf } from "./store.ts";

type AccountIds =
  | "timeAccounts.read"
  | `timeAccountRules.${"read" | "put"}`
  | `timeClock.${"in" | "out" | "list"}`
  | `timeCorrections.${"create" | "decide"}`;

/** Time accounts: hours and leave of a person, comings and goings, and what is corrected of them. */
export const accountOperations: Handlers<AccountIds> = {
  "timeAccounts.read": ({ params, query }, context) => {
    const window = { fromDay: dayOf(query.from), toDay: dayOf(query.to) };
    if (isWrong(window)) return Promise.resolve(badWindow);
    return context.read(async (unit) => {
      const person = await personKnown(unit, context.caller!, params.personId);
      if (isRefused(person)) return person;
      const zone = findZone(person.zone) ?? UTC;
      const today = Math.floor(zone.toLocalMs(unit.nowMs) / DAY_MS);
      const nothing: Scene = {
        personId: person.id,
        name: person.name,
        zone,
        versions: [],
        contracts: [],
        holidays: [],
        adjustments: [],
        approvedMs: new Map(),
      };
      const first = (await scenesOf(unit, [person.id], window)).get(person.id) ?? nothing;
      const read = daysRead(first, window, today);
      const scene = (await scenesOf(unit, [person.id], read)).get(person.id) ?? nothing;
      const { rules } = await accountRules(unit);
      const clocked = await clockedIn(unit, person.id, read, scene);
      const { days, nominal, months, leave, faults } = decideAccount(scene, clocked, rules, window, today);
      const sum = (key: "planned" | "credited" | "worked" | "overtime") => days.reduce((all, day) => all + day[key], 0);
      const open = await pairOpen(unit, person.id);
      return {
        personId: person.id,
        days: days
          .filter(({ planned, credited, worked }) => planned + credited + worked > 0)
          .map(({ day, ...minutes }) => ({ day: dayText(day), ...minutes })),
        total: {
          nominal,
          planned: sum("planned"),
          credited: sum("credited"),
          worked: sum("worked"),
          overtime: sum("overtime"),
        },
        months: [...months],
        leave: [...leave],
        inSince: open === null ? null : instantText(open.startMs),
        faults: [...faults],
      };
    });
  },

  "timeAccountRules.read": async (_input, context) => shownRules(context, await context.read(accountRules)),

  "timeAccountRules.put": async ({ body }, context) => {
    const set = await context.write((unit) => setAccountRules(unit, body, context.ifMatch));
    return isRefused(set) ? set : shownRules(context, set);
  },

  "timeClock.in": async (_input, context) => {
    const pair = await context.write((unit) => comeIn(unit, context.caller!));
    return isRefused(pair) ? pair : shownPair(pair);
  },

  "timeClock.out": async (_input, context) => {
    const pair = await context.write((unit) => goOut(unit, context.caller!));
    return isRefused(pair) ? pair : shownPair(pair);
  },

  "timeClock.list": ({ query }, context) => {
    const window = { fromDay: dayOf(query.from), toDay: dayOf(query.to) };
    if (isWrong(window)) return Promise.resolve(badWindow);
    return context.read(async (unit) => {
      const person = await personKnown(unit, context.caller!, query.person);
      if (isRefused(person)) return person;
      const clocked = await clockedIn(unit, person.id, window, { zone: findZone(person.zone) ?? UTC });
      return {
        items: clocked.pairs.slice(0, limits.CLOCKED_LISTED_MAX).map(shownPair),
        corrections: clocked.corrections.slice(0, limits.CLOCKED_LISTED_MAX).map(shownCorrection),
      };
    });
  },

  "timeCorrections.create": async ({ body }, context) => {
    const asked = await context.write((unit) => askForCorrection(unit, context.caller!, body));
    return isRefused(asked) ? asked : shownCorrection(asked);
  },

  "timeCorrections.decide": async ({ params, body }, context) => {
    const decided = await context.write((unit) =>
      decideCorrection(unit, context.caller!, params.id, body, context.ifMatch),
    );
    return isRefused(decided) ? decided : shownCorrection(decided);
  },
};

const isWrong = ({ fromDay, toDay }: DayWindow): boolean =>
  toDay <= fromDay || toDay - fromDay > limits.ACCOUNT_DAYS_MAX;

const badWindow = refuseWork("bad-window", "days", { most: limits.ACCOUNT_DAYS_MAX });

async function clockedIn(unit: Unit, personId: string, { fromDay, toDay }: DayWindow, { zone }: Pick<Scene, "zone">) {
  return {
    pairs: await pairsOf(unit, personId, zone.toEpochMs(fromDay * DAY_MS), zone.toEpochMs(toDay * DAY_MS)),
    corrections: await correctionsOf(unit, personId, fromDay, toDay),
  };
}

const instantText = (ms: number): string => Temporal.Instant.fromEpochMilliseconds(ms).toString();

function shownRules(
  context: RequestContext,
  { rules, version }: { readonly rules: AccountRules; readonly version: number },
) {
  context.reply.headers["etag"] = `"${version}"`;
  return { ...structuredClone(rules), version };
}

const shownPair = ({ id, personId, startMs, endMs }: Pair) => ({
  id,
  personId,
  start: instantText(startMs),
  end: endMs === null ? null : instantText(endMs),
});

const shownCorrection = ({
  id,
  personId,
  of,
  time,
  state,
  note,
  askedName,
  decidedName,
  answer,
  version,
}: StoredCorrection) => ({
  id,
  personId,
  clockedId: of,
  start: time === null ? null : instantText(time.startMs),
  end: time === null ? null : instantText(time.endMs),
  state,
  note,
  askedBy: askedName,
  decidedBy: decidedName,
  reason: answer,
  version,
});
