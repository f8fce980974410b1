import { DAY_MS, startOfWeek } from "@hourwright/time";
import type { Caller } from "../platform/operations/context.ts";
import { systemContext } from "../contexts/identity/public.ts";
import { openLeague } from "../contexts/leagues/public.ts";
import { dayText } from "../contexts/workforce/public.ts";
import type { DemoPorts } from "./fill.ts";
import type { Settled } from "./store.ts";

// The indoor league of the region: four of its teams play in the halls of the centre, two in each.

const TEAMS = [
  { name: "Larkfield Stags", short: "STA", hall: "Hall A" },
  { name: "Larkfield Herons", short: "HER", hall: "Hall A" },
  { name: "Riverside Otters", short: "OTT", hall: "Hall B" },
  { name: "Mill Lane Foxes", short: "FOX", hall: "Hall B" },
  { name: "Northgate Hares", short: "HAR", hall: null },
  { name: "Weir End Badgers", short: "BAD", hall: null },
  { name: "Old Town Swifts", short: "SWI", hall: null },
  { name: "Stonebridge Owls", short: "OWL", hall: null },
] as const;

const WEEKS_AHEAD = 5;

/** Begins and plans it for the coming months; nothing of it is published. */
export async function openLeagues(
  { database, newId, clock }: DemoPorts,
  { organisation, things, people }: Settled,
  leader: string,
): Promise<void> {
  const monday = startOfWeek(Math.floor(clock.nowMs() / DAY_MS), 1);
  const { id, name } = people.get(leader)!;
  const context = systemContext(organisation, "demo", newId);
  await database.inOrganisation(context, (unit) => {
    const caller: Caller = {
      userId: id,
      personId: id,
      organisation,
      role: "owner",
      name,
      email: "",
      sessionId: "",
      via: "cookie",
    };
    return openLeague(unit, caller, {
      name: "Regional indoor league",
      colour: 150,
      legs: 2,
      back: "halves",
      kickOff: "19:00",
      minutes: 90,
      dates: {
        firstDay: dayText(monday + 7 * WEEKS_AHEAD),
        weekdays: [7],
        everyWeeks: 1,
        lastDay: null,
        leftOut: [],
        holidays: true,
      },
      teams: TEAMS.map(({ name: called, short, hall }) => ({
        name: called,
        short,
        venueId: hall === null ? null : things.get(hall)!.id,
        subjectId: null,
        kickOff: null,
        minutes: null,
      })),
      rules: [
        { kind: "in-a-row", hard: true, weight: 10, teams: [], venue: "any", most: 2 },
        { kind: "breaks", hard: false, weight: 5, teams: [], most: 2 },
        { kind: "return", hard: false, weight: 5, teams: [], between: 4 },
      ],
    });
  });
}
