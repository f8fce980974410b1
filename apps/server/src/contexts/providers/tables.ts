import type { FeedTrouble } from "./model.ts";

/** The tables of this context, as the migrations make them. */
export type ProviderTables = {
  "providers.feed": {
    org_id: number;
    id: string;
    calendar_id: string;
    url: string;
    etag: string | null;
    last_modified: string | null;
    content_hash: string | null;
    events: number;
    failures: number;
    halted: boolean;
    accept: boolean;
    removing: boolean;
    why: FeedTrouble | null;
    detail: string | null;
    tried_at: Temporal.Instant | null;
    fresh_at: Temporal.Instant | null;
    changed_at: Temporal.Instant | null;
    next_poll_at: Temporal.Instant;
  };
};
