import { deflateRawSync, inflateRawSync } from "node:zlib";
import type { LeagueWas } from "./model.ts";

/** What undo needs as the log keeps it: a season of 24 teams is longer than the log keeps of one change, and deflated it is a fifth. */
export type LeagueKept = { readonly deflated: string };

export const keptOf = (was: LeagueWas): LeagueKept => ({
  deflated: deflateRawSync(JSON.stringify(was)).toString("base64"),
});

/** The JSON of what was kept. */
export const jsonOf = ({ deflated }: LeagueKept): string =>
  inflateRawSync(Buffer.from(deflated, "base64"), { maxOutputLength: JSON_BYTES_MAX }).toString();

/** As much as `leagues.put` takes. */
const JSON_BYTES_MAX = 2_000_000;
