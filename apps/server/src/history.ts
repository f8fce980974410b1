import { randomBytes } from "node:crypto";
import { keyedHash } from "@hourwright/learn/pseudonym";
import type { HistoryRow } from "@hourwright/learn";
import { DAY_MS } from "@hourwright/time";
import { historyRows } from "./contexts/calendars/public.ts";
import { listOrganisations, systemContext } from "./contexts/identity/public.ts";
import { datesFor, historyKey, knownFromMs } from "./contexts/learning/public.ts";
import type { Clock } from "./platform/clock.ts";
import { idMaker } from "./platform/ids.ts";
import { silent } from "./platform/log.ts";
import type { Config } from "./config.ts";
import { openGround } from "./ground.ts";

/** Rows of one organisation, of what was to begin from the start of one day of UTC until that of another. */
export type PastRows = {
  readonly organisation: string;
  readonly rows: readonly HistoryRow[];
  readonly fromMs: number;
  readonly untilMs: number;
  /** There were more than are read at once. */
  readonly isCut: boolean;
};

/**
 * Reads what became of the commitments of an organisation, for whoever learns from it, with no server running on an embedded
 * database. People are named by HMAC-SHA-256 of their id under its key, which is made at the first call and stays in the database; who lets nothing be learned of them is left out. The
 * log of changes knows what became of something for 30 days: nothing older is read, nor what was read before (`sinceMs`).
 * `refused` is a sentence. Changes nothing else.
 */
export async function readPast(
  config: Config,
  clock: Clock,
  { slug, sinceMs }: { readonly slug: string | null; readonly sinceMs: number | null },
): Promise<PastRows | { readonly refused: string }> {
  const newId = idMaker(clock, randomBytes);
  const { database } = await openGround(config, { clock, log: silent, ids: newId });
  try {
    const all = await listOrganisations(database);
    const organisation = all.length === 1 && slug === null ? all[0]! : all.find((each) => each.slug === slug);
    if (organisation === undefined)
      return {
        refused: whichText(
          all.map((each) => each.slug),
          slug,
        ),
      };
    const today = Math.floor(clock.nowMs() / DAY_MS) * DAY_MS;
    const known = knownFromMs(clock.nowMs());
    const [fromMs, untilMs] = [Math.max(known, sinceMs ?? known), today];
    if (fromMs >= untilMs) return { organisation: organisation.slug, rows: [], fromMs, untilMs, isCut: false };
    const inUnit = <T>(work: Parameters<typeof database.inOrganisation<T>>[1]): Promise<T> =>
      database.inOrganisation(systemContext(organisation.id, "model.history", newId), work);
    const key = await inUnit((unit) => historyKey(unit, () => randomBytes(48).toString("base64url")));
    // All that is known, also what was written before: rows tell what had become of others by then.
    const { dates, holidays, isCut } = await datesFor(inUnit, { fromMs: known, untilMs, importedMs: null });
    const made = historyRows({ dates, who: keyedHash(key), holidays: new Set(holidays) });
    const rows = made.flatMap(({ row }) => (row.startMs >= fromMs ? [row] : []));
    return { organisation: organisation.slug, rows, fromMs, untilMs, isCut };
  } finally {
    await database[Symbol.asyncDispose]();
  }
}

function whichText(slugs: readonly string[], slug: string | null): string {
  if (slugs.length === 0) return "There is no organisation here, and so no history.";
  const shown = slugs.slice(0, 20).join(", ");
  return slug === null
    ? `There are several organisations. Name one with --organisation: ${shown}.`
    : `There is no organisation "${slug}". There is: ${shown}.`;
}
