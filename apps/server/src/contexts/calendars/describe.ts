import { sql } from "kysely";
import type { Unit } from "../../platform/db/database.ts";
import type { Caller } from "../../platform/operations/context.ts";
import type { CommitmentDate, Described } from "../planning/pure.ts";
import { subjectsByEmail } from "../identity/public.ts";
import { calendarsSeenBy } from "./access.ts";
import { mayWriteInto, reaches, type Calendar } from "./model.ts";
import { accessTo } from "./queries.ts";

type Row = {
  uid: string;
  recurrence_id: string;
  object_id: string;
  calendar_id: string;
  shown: string;
  all_day: boolean;
};

/** What is read of a face to tell of it. */
type Shown = {
  readonly title: string;
  readonly location: string | null;
  readonly link?: string;
  readonly locked?: boolean;
  readonly attendees: readonly { readonly email: string; readonly status: string; readonly optional?: boolean }[];
  readonly subjectIds: readonly string[];
};

/** What events are called, for those who may know: the port by which planning speaks of commitments it does not own. */
export async function describeEvents(
  unit: Unit,
  viewer: Caller,
  dates: readonly CommitmentDate[],
): Promise<ReadonlyMap<CommitmentDate, Described>> {
  const own = dates.filter(({ source }) => source === "calendars");
  if (own.length === 0) return new Map();
  const { rows } = await sql<Row>`
    select found.*
    from unnest(${own.map(({ commitment }) => commitment)}::text[], ${own.map(({ occurrence }) => occurrence)}::text[]) as asked(uid, occurrence)
    -- "offset 0" keeps one look-up for each date: joined at large, the planner would read every occurrence there is.
    cross join lateral (
      select o.uid, i.recurrence_id, o.id as object_id, o.calendar_id, f.shown::text as shown, i.start_day is not null as all_day
      from calendars.object o
      join calendars.instance i on i.org_id = o.org_id and i.object_id = o.id and i.recurrence_id = asked.occurrence
      join calendars.face f on f.org_id = o.org_id and f.object_id = o.id and f.face = i.face
      where o.org_id = ${unit.organisation} and o.uid = asked.uid
      offset 0
    ) found`.execute(unit.db);
  const seen = new Map((await calendarsSeenBy(unit, viewer)).map((calendar) => [calendar.id, calendar]));
  const optional = await optionalIn(unit, rows);
  const byKey = Map.groupBy(rows, (row) => `${row.uid} ${row.recurrence_id}`);
  const described = new Map<CommitmentDate, Described>();
  for (const date of own) {
    // The same event in several calendars: the one in which the viewer may do most speaks for it.
    const copies = (byKey.get(`${date.commitment} ${date.occurrence}`) ?? []).map((row) => ({
      row,
      calendar: seen.get(row.calendar_id),
    }));
    const best = copies.toSorted((a, b) => reach(b.calendar?.access) - reach(a.calendar?.access))[0];
    if (best === undefined) continue;
    const mayRead = best.calendar !== undefined && reaches(accessTo(best.row.shown, best.calendar), "read");
    const mayChange = best.calendar !== undefined && mayWriteInto(best.calendar);
    // What only a hand moves is offered to nobody, in whichever calendar it is locked.
    const isFree = !copies.some(({ row }) => isLockedIn(row.shown));
    // What lies in several calendars takes whom each copy takes: a change of one of them says nothing of the others.
    const parts = mayChange && isFree && copies.length === 1 ? partsOf(best.row.shown, best.calendar!, optional) : null;
    described.set(date, {
      title: mayRead ? titleOf(best.row.shown) : "Busy",
      eventId: mayRead ? best.row.object_id : null,
      calendarId: best.calendar?.id ?? null,
      calendarName: best.calendar?.name ?? "",
      mayRead,
      mayMove: mayChange && isFree && !best.row.all_day,
      mayChange,
      parts,
    });
  }
  return described;
}

/** Few are: the text says it before it is parsed. */
const isLockedIn = (shown: string): boolean =>
  shown.includes('"locked":true') && (JSON.parse(shown) as Shown).locked === true;

const titleOf = (shown: string): string => (JSON.parse(shown) as Shown).title;

/** Who is behind the addresses of those who need not come, of all dates at once. */
async function optionalIn(unit: Unit, rows: readonly Row[]): Promise<ReadonlyMap<string, string>> {
  const emails = rows
    .filter(({ shown }) => shown.includes('"optional":true'))
    .flatMap(({ shown }) => (JSON.parse(shown) as Shown).attendees.filter((each) => each.optional === true))
    .map(({ email }) => email.toLowerCase());
  if (emails.length === 0) return new Map();
  return new Map((await subjectsByEmail(unit, [...new Set(emails)])).map(({ id, email }) => [email!, id]));
}

/** What may be changed of an event beside its time: who is there by invitation, and what it can be held by. */
function partsOf(shown: string, calendar: Calendar, optional: ReadonlyMap<string, string>): Described["parts"] {
  const { attendees, subjectIds, link } = JSON.parse(shown) as Shown;
  return {
    invited: subjectIds.filter((id) => id !== calendar.ownerSubjectId),
    optional: attendees.flatMap((each) =>
      each.optional === true ? (optional.get(each.email.toLowerCase()) ?? []) : [],
    ),
    link: link ?? null,
    // What somebody does alone, in their own calendar: nobody waits for it to be done at once.
    maySplit: attendees.length === 0 && calendar.ownerSubjectId !== null,
  };
}

const reach = (access: string | undefined): number =>
  ["none", "busy", "read", "write", "own"].indexOf(access ?? "none");
