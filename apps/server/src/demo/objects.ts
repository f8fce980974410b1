import { assert } from "@hourwright/std";
import { DAY_MS, MINUTE_MS, printBasicTime, type Zone } from "@hourwright/time";
import {
  changeEvent,
  createEvent,
  deleteEvent,
  type CalendarObject,
  type Edit,
  type EventFields,
  type NewPerson,
  type Target,
} from "@hourwright/ical";
import { isWholeDays, type Hours, type Override, type PlannedEvent, type WholeDays } from "./plan/model.ts";

/** What a plan's names stand for in calendar objects. */
export type Names = {
  readonly zone: Zone;
  /** Stamped on everything. */
  readonly nowMs: number;
  /** How a person or thing is invited. */
  invitation(name: string): NewPerson;
};

/** The calendar object of a planned event, with its excluded dates and overrides. 0.1 ms, and 0.3 ms for each of those. */
export function objectOf(event: PlannedEvent, names: Names): CalendarObject {
  const { series, when } = event;
  let object = createEvent(
    {
      ...spanOf(when, names.zone),
      summary: event.title,
      location: event.location ?? "",
      status: event.status === "TENTATIVE" ? "TENTATIVE" : null,
      rrules: series === null ? [] : [{ ...series.rule, until: untilOf(event, names.zone) }],
      ...guestsOf(event, names),
    },
    { uid: event.uid, nowMs: names.nowMs },
  );
  if (series === null) return object;
  for (const day of series.excluded) object = edited(event, deleteEvent(object, dateOf(day, when), names));
  for (const override of series.overrides) {
    const fields = overrideFields(event, override, names);
    object = edited(event, changeEvent(object, dateOf(override.day, when), fields, names));
  }
  return object;
}

function spanOf(when: Hours | WholeDays, zone: Zone): Pick<EventFields, "start" | "end"> {
  if (isWholeDays(when)) {
    const date = (day: number) => ({ form: "date", localMs: day * DAY_MS, zone: null }) as const;
    return { start: date(when.day), end: date(when.day + when.days) };
  }
  const time = (minute: number) => ({ form: "local", localMs: when.day * DAY_MS + minute * MINUTE_MS, zone }) as const;
  return { start: time(when.fromMinute), end: time(when.fromMinute + when.minutes) };
}

/** The start of the last occurrence, in UTC as RFC 5545 §3.3.10 asks. */
function untilOf({ series, when, title }: PlannedEvent, zone: Zone): { form: "utc"; localMs: number } {
  assert(series !== null && !isWholeDays(when), `only what has hours recurs: "${title}"`);
  return { form: "utc", localMs: zone.toEpochMs(series.lastDay * DAY_MS + when.fromMinute * MINUTE_MS) };
}

function guestsOf(
  { leader, people, things }: Pick<PlannedEvent, "leader" | "people" | "things">,
  { invitation }: Names,
): Partial<Pick<EventFields, "organizer" | "attendees">> {
  const attendees = [...people, ...things].map(invitation);
  if (attendees.length === 0) return {};
  if (leader === null) return { attendees };
  const { address, name } = invitation(leader);
  return { attendees, organizer: { address, name: name ?? null } };
}

function overrideFields(event: PlannedEvent, override: Override, names: Names): Partial<EventFields> {
  const { when } = event;
  assert(!isWholeDays(when), `only what has hours is moved: "${event.title}"`);
  const hasOtherGuests = override.people !== undefined || override.things !== undefined;
  return {
    ...(override.title === undefined ? {} : { summary: override.title }),
    ...(override.location === undefined ? {} : { location: override.location }),
    ...(override.fromMinute === undefined
      ? {}
      : spanOf({ ...when, day: override.day, fromMinute: override.fromMinute }, names.zone)),
    ...(hasOtherGuests
      ? guestsOf(
          {
            leader: override.people?.[0] ?? event.leader,
            people: override.people ?? event.people,
            things: override.things ?? event.things,
          },
          names,
        )
      : {}),
  };
}

function dateOf(day: number, when: Hours | WholeDays): Target {
  assert(!isWholeDays(when), "only what has hours recurs");
  return { scope: "this", recurrenceId: printBasicTime(day * DAY_MS + when.fromMinute * MINUTE_MS, "local") };
}

function edited(event: PlannedEvent, edit: Edit): CalendarObject {
  assert(
    edit.refused === undefined && edit.object !== null,
    `"${event.title}" cannot be made: ${edit.refused?.message}`,
  );
  return edit.object;
}
