import { thingIdIn } from "../../shell/thing-id.ts";

/** What of the leagues is shown: `/leagues`, `/leagues/lea_01…`, `/leagues/new`. */
export type LeagueAddress = { readonly id: string | null; readonly isNew: boolean };

export function parseLeagues(path: string): LeagueAddress {
  const [, id = ""] = new URL(path, "http://localhost").pathname.split("/").slice(1);
  if (id === "new") return { id: null, isNew: true };
  return { id: thingIdIn(id), isNew: false };
}

export const printLeague = (id: string | null = null): string => (id === null ? "/leagues" : `/leagues/${id}`);
