import { claimProblems, claimSays, isRefused, refuseClaim, type Refused } from "@hourwright/contract";
import { DAY_MS } from "@hourwright/time";
import type { Unit } from "../../../platform/db/database.ts";
import { claimsOfCommitments, take, type TakeOptions } from "../../claims/public.ts";
import type { Clash } from "../../claims/pure.ts";
import type { CommitmentDate, Described } from "../../planning/pure.ts";
import { commitmentsOf, type Month, type OnDuty } from "./model.ts";

export type Taken = Refused<"claims/taken">;

/** The clashes that a refusal names. */
const CLASHES_TOLD_MAX = 20;

/**
 * Brings the time that duties of some months take to what the schedules say, within the unit that changes them. Refused, naming the
 * clash, when somebody has it; `report` keeps it as contested. O(shifts of the months).
 */
export async function claimDuties(
  unit: Unit,
  people: readonly OnDuty[],
  months: readonly Month[],
  onTaken: TakeOptions["onTaken"],
): Promise<Taken | null> {
  if (months.length === 0) return null;
  const commitments = people.flatMap((person) => commitmentsOf(person, months));
  const taken = await take(unit, commitments, { onTaken });
  if (isRefused(taken)) {
    const { code, detail, extra } = taken.refused;
    return claimProblems.refuse("taken", detail, { ...extra, because: code });
  }
  return "clashes" in taken ? takenBy(taken.clashes, people) : null;
}

function takenBy(clashes: readonly Clash[], people: readonly OnDuty[]): Taken {
  const told = clashes.slice(0, CLASHES_TOLD_MAX).map(({ wanted, standing }) => {
    const person = people.find(({ personId }) => personId === wanted.subjectId)!;
    const [day = ""] = (wanted.wallStart ?? "").split("T");
    const facts = {
      shift: wanted.label,
      day,
      name: person.name,
      ...whatOf(standing),
      from: clock(standing.startMs, person),
      to: clock(standing.endMs, person),
    };
    return {
      facts,
      subjectId: wanted.subjectId,
      source: standing.source,
      start: instantText(standing.startMs),
      end: instantText(standing.endMs),
      sentence: claimSays.taken.duty(facts),
    };
  });
  const [first] = told;
  const extra = { conflicts: told };
  return first === undefined
    ? refuseClaim("taken", "somebody", {}, extra)
    : refuseClaim("taken", "duty", first.facts, extra);
}

/** What lies in calendars is told to those who may read it, and not here. */
const whatOf = ({ source, label }: Clash["standing"]) =>
  source === "calendars"
    ? ({ meets: "event", label: null } as const)
    : ({ meets: source === "bookings" ? "booking" : "duty", label } as const);

const instantText = (ms: number): string => Temporal.Instant.fromEpochMilliseconds(ms).toString();

function clock(ms: number, { zone }: OnDuty): string {
  const minutes = Math.floor((((zone.toLocalMs(ms) % DAY_MS) + DAY_MS) % DAY_MS) / 60_000);
  return `${String(Math.floor(minutes / 60)).padStart(2, "0")}:${String(minutes % 60).padStart(2, "0")}`;
}

/** What duties are called in conflicts. They are moved by adjustments, and not by a repair. */
export async function describeDuties(
  unit: Unit,
  _viewer: unknown,
  dates: readonly CommitmentDate[],
): Promise<ReadonlyMap<CommitmentDate, Described>> {
  const own = dates.filter(({ source }) => source === "workforce");
  if (own.length === 0) return new Map();
  const claims = await claimsOfCommitments(unit, "workforce", [...new Set(own.map(({ commitment }) => commitment))]);
  const labels = new Map(claims.map(({ commitment, occurrence, label }) => [`${commitment} ${occurrence}`, label]));
  return new Map(
    own.flatMap((date): [CommitmentDate, Described][] => {
      const title = labels.get(`${date.commitment} ${date.occurrence}`);
      if (title === undefined) return [];
      const nowhere = { eventId: null, calendarId: null, calendarName: "Duties" };
      return [[date, { title, ...nowhere, mayRead: true, mayMove: false, mayChange: false, parts: null }]];
    }),
  );
}
