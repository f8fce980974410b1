import { sql } from "kysely";
import type { RuleFacts } from "../planning/public.ts";
import { closedText, holidayDays, skillFacts, whyClosed } from "../workforce/public.ts";
import { calendarsSeenBy } from "./access.ts";
import { calendarsById } from "./store.ts";

/** Events that lie in the calendars that rules hold for: beyond, the latest are judged by the rules of everybody alone. */
const COLLECTED_MAX = 100_000;

/** Calendars as the rules know them: what keeps commitments together. */
export const ruleFacts: RuleFacts = {
  holidays: holidayDays,
  skills: skillFacts,
  closed: async (...asked) => {
    const told = await whyClosed(...asked);
    return new Map([...told].map(([id, because]) => [id, { why: closedText(because), because }]));
  },
  collections: {
    named: async (unit, ids) => (await calendarsById(unit, ids)).map(({ id, name }) => ({ id, name })),
    peopleOf: async () => null,
    seenBy: async (unit, viewer) => new Set((await calendarsSeenBy(unit, viewer)).map(({ id }) => id)),
    async commitmentsIn(unit, ids, { fromMs, toMs }) {
      const instant = (ms: number) => Temporal.Instant.fromEpochMilliseconds(ms).toString();
      const { rows } = await sql<{ collection: string; commitment: string }>`
        select calendar_id as collection, uid as commitment from calendars.object
        where org_id = ${unit.organisation} and calendar_id = any(${[...ids]}::text[]) and kind = 'VEVENT'
          and starts_at < ${instant(toMs)}::timestamptz and (ends_at is null or ends_at > ${instant(fromMs)}::timestamptz)
        order by starts_at limit ${COLLECTED_MAX}`.execute(unit.db);
      return rows.map((row) => ({ source: "calendars", ...row }));
    },
  },
};
