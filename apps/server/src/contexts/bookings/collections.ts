import { sql } from "kysely";
import { ruleFacts as ofCalendars } from "../calendars/public.ts";
import type { RuleFacts } from "../planning/public.ts";
import { calendarOfBookings, serviceById, servicesOf } from "./store.ts";

/** Sessions that rules for services or for the calendar of bookings are judged by: beyond, the latest are judged by the rules of everybody alone. */
const COLLECTED_MAX = 100_000;

/** Services as the rules know them, beside calendars: what is booked of one, and the calendar in which all that is booked lies. */
export const ruleFacts: RuleFacts = {
  holidays: ofCalendars.holidays,
  skills: ofCalendars.skills,
  closed: ofCalendars.closed,
  collections: {
    async named(unit, ids) {
      const services = (await servicesOf(unit)).filter(({ id }) => ids.includes(id));
      return [...(await ofCalendars.collections.named(unit, ids)), ...services.map(({ id, name }) => ({ id, name }))];
    },
    async peopleOf(unit, id) {
      const service = await serviceById(unit, id);
      return service === null ? null : [...new Set(service.roles.flatMap(({ anyOf }) => anyOf))];
    },
    async seenBy(unit, viewer) {
      const seen = await ofCalendars.collections.seenBy(unit, viewer);
      return new Set([...seen, ...(await servicesOf(unit)).map(({ id }) => id)]);
    },
    async commitmentsIn(unit, ids, window) {
      const instant = (ms: number) => Temporal.Instant.fromEpochMilliseconds(ms).toString();
      const calendarId = (await calendarOfBookings(unit)) ?? "";
      const { rows } = await sql<{ service: string; commitment: string }>`
        select distinct service_id as service, session_id as commitment from bookings.booking
        where org_id = ${unit.organisation} and (service_id = any(${[...ids]}::text[]) or ${ids.includes(calendarId)})
          and state in ('held', 'requested', 'confirmed', 'no-show', 'completed')
          and starts_at < ${instant(window.toMs)}::timestamptz and ends_at > ${instant(window.fromMs)}::timestamptz
        limit ${COLLECTED_MAX}`.execute(unit.db);
      const booked = rows.flatMap(({ service, commitment }) =>
        [service, calendarId]
          .filter((collection) => ids.includes(collection))
          .map((collection) => ({ source: "bookings" as const, commitment, collection })),
      );
      return [...(await ofCalendars.collections.commitmentsIn(unit, ids, window)), ...booked];
    },
  },
};
