import { sql } from "kysely";
import type { Unit } from "../../platform/db/database.ts";
import type { Notice } from "./model.ts";

// What of their notices people read by mail as well.

/** Kinds of news that are mailed, each of which somebody can do without. */
export const MAILED = ["cover", "swap", "open-shift", "approval", "roster"] as const;
export type Mailed = (typeof MAILED)[number];

/** Which news a notice is; null of what is never mailed. Whatever becomes a notice of such a kind is mailed, whoever makes it. */
export function mailedAs(kind: string): Mailed | null {
  if (kind.startsWith("bid-")) return "open-shift";
  return MAILED.find((each) => kind === each || kind.startsWith(`${each}-`)) ?? null;
}

export type Preferences = { readonly language: "en" | "de"; readonly unmailed: readonly Mailed[] };

const NOTHING_SAID: Preferences = { language: "en", unmailed: [] };

/** What some people want, each. */
export async function preferencesOf(unit: Unit, people: readonly string[]): Promise<(id: string) => Preferences> {
  const { rows } = await sql<{ person_id: string; language: Preferences["language"]; unmailed: Mailed[] }>`
    select person_id, language, unmailed from notifications.preference
    where org_id = ${unit.organisation} and person_id = any(${[...people]}::text[])`.execute(unit.db);
  const found = new Map(rows.map(({ person_id, ...own }) => [person_id, own]));
  return (id) => found.get(id) ?? NOTHING_SAID;
}

export async function putPreferences(unit: Unit, personId: string, { language, unmailed }: Preferences): Promise<void> {
  await sql`
    insert into notifications.preference (org_id, person_id, language, unmailed)
    values (${unit.organisation}, ${personId}, ${language}, ${[...unmailed]}::text[])
    on conflict (org_id, person_id) do update set language = excluded.language, unmailed = excluded.unmailed`.execute(
    unit.db,
  );
}

/** A notice that its person reads by mail as well. */
export type MailedNotice = Pick<
  Notice,
  "id" | "eventId" | "kind" | "title" | "startMs" | "endMs" | "byName" | "isRead"
> & {
  readonly personId: string;
  readonly language: Preferences["language"];
};

/** Those of some notices that were told and their people want by mail. */
export async function noticesToMail(unit: Unit, ids: readonly string[]): Promise<readonly MailedNotice[]> {
  const { rows } = await sql<{
    id: string;
    person_id: string;
    event_id: string;
    kind: Notice["kind"];
    title: string;
    starts_at: Temporal.Instant;
    ends_at: Temporal.Instant;
    by_name: string;
    read_at: Temporal.Instant | null;
  }>`
    select id, person_id, event_id, kind, title, starts_at, ends_at, by_name, read_at from notifications.notice
    where org_id = ${unit.organisation} and id = any(${[...ids]}::text[]) and state = 'sent'`.execute(unit.db);
  const wish = await preferencesOf(
    unit,
    rows.map(({ person_id }) => person_id),
  );
  return rows.flatMap((row): MailedNotice[] => {
    const as = mailedAs(row.kind);
    const { language, unmailed } = wish(row.person_id);
    if (as === null || unmailed.includes(as)) return [];
    return [
      {
        id: row.id,
        personId: row.person_id,
        eventId: row.event_id,
        kind: row.kind,
        title: row.title,
        startMs: row.starts_at.epochMilliseconds,
        endMs: row.ends_at.epochMilliseconds,
        byName: row.by_name,
        isRead: row.read_at !== null,
        language,
      },
    ];
  });
}
