import type { EventView, Instance } from "@hourwright/ical";
import { DAY_MS, findZone, parseBasicTime, printWallTime, UTC, type Zone } from "@hourwright/time";
import type { OverlapPolicy, Stretch } from "../claims/pure.ts";
import type { DeriveFacts } from "./derive.ts";
import { isThing } from "./model.ts";

// Pure: whose time an event takes, and when.

type Taker = {
  readonly subjectId: string;
  readonly role: Stretch["role"];
  readonly attends: boolean;
  readonly policy: OverlapPolicy;
  readonly zone: string;
};

/** Whose time an event takes: its calendar's owner, everyone invited who has not declined, and the things it needs. */
export function takenBy(view: EventView, { calendar, subjects }: DeriveFacts): Taker[] {
  const takers = new Map<string, Taker>();
  const owner = calendar.ownerSubjectId;
  const ownerIsThing = owner !== null && isThing(owner);
  const ownersReply = view.attendees.find(({ address }) => address === calendar.ownerEmail);
  if (owner !== null && ownersReply?.participation !== "DECLINED") {
    takers.set(owner, {
      subjectId: owner,
      role: ownerIsThing ? "resource" : "owner",
      attends: ownersReply !== undefined && !ownerIsThing,
      policy: calendar.policy,
      zone: calendar.zone,
    });
  }
  for (const { address, participation, kind } of view.attendees) {
    const subject = subjects[address.toLowerCase()];
    if (subject === undefined || participation === "DECLINED" || takers.has(subject.id)) continue;
    const isNeeded = subject.kind === "outside" ? isThingKind(kind) : subject.kind !== "person";
    const policy = calendar.policy === "observe" ? "observe" : subject.policy;
    takers.set(subject.id, {
      subjectId: subject.id,
      role: isNeeded ? "resource" : "participant",
      attends: !isNeeded,
      policy,
      zone: subject.zone,
    });
  }
  return [...takers.values()];
}

/** An address that nobody here owns is what its invitation says it is (RFC 5545 §3.2.3). */
const isThingKind = (kind: string): boolean => kind === "ROOM" || kind === "RESOURCE";

/** Whose time the components of an object take, each asked once however many dates it has. */
export class Takers {
  readonly #facts: DeriveFacts;
  readonly #byView = new Map<EventView, readonly Taker[]>();

  constructor(facts: DeriveFacts) {
    this.#facts = facts;
  }

  /**
   * The time that one occurrence takes. Transparent, cancelled and empty ones take none; an all-day one takes none of
   * people, and the days of its things, in their own zone (a car in the workshop cannot be booked).
   */
  stretchesOf(instance: Instance): Stretch[] {
    const { view } = instance;
    if (view.transparency === "TRANSPARENT" || view.status === "CANCELLED" || instance.endMs <= instance.startMs)
      return [];
    const shared = {
      bufferBeforeMs: 0,
      bufferAfterMs: 0,
      occurrence: instance.recurrenceId ?? "",
      label: view.summary.slice(0, LABEL_CHARACTERS_MAX),
      places: 1,
      site: view.location === "" ? null : view.location.slice(0, LABEL_CHARACTERS_MAX),
      wallStart: printWallTime(instance.startLocalMs, "local"),
      zone: instance.zone,
      expiresAtMs: null,
    };
    return this.#takersOf(view)
      .filter(({ role }) => !instance.allDay || role === "resource")
      .map(({ subjectId, role, attends, policy, zone }) => ({
        ...shared,
        subjectId,
        ...(instance.allDay ? daysIn(instance, zone) : { startMs: instance.startMs, endMs: instance.endMs }),
        policy,
        role,
        attends,
      }));
  }

  #takersOf(view: EventView): readonly Taker[] {
    const known = this.#byView.get(view) ?? takenBy(view, this.#facts);
    this.#byView.set(view, known);
    return known;
  }
}

/** What a claim is called and where it is, for whoever looks at the table. */
const LABEL_CHARACTERS_MAX = 200;

/** The days of an all-day occurrence, the end exclusive. */
export function daysOf(instance: Instance): { start: string; end: string } {
  const start = Temporal.PlainDate.from({ year: 1970, month: 1, day: 1 }).add({
    days: Math.floor(instance.startLocalMs / DAY_MS),
  });
  // A day may have 23 or 25 hours; the count of days is what was meant.
  const days = Math.max(1, Math.round((instance.endMs - instance.startMs) / DAY_MS));
  return { start: start.toString(), end: start.add({ days }).toString() };
}

function daysIn(instance: Instance, zoneId: string): { startMs: number; endMs: number } {
  const zone: Zone = findZone(zoneId) ?? UTC;
  const { start, end } = daysOf(instance);
  const localOf = (day: string) => parseBasicTime(day.replaceAll("-", ""))!.localMs;
  return { startMs: zone.toEpochMs(localOf(start)), endMs: zone.toEpochMs(localOf(end)) };
}
