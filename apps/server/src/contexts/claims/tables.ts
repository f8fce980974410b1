import type { Generated, GeneratedAlways } from "kysely";
import type { OverlapPolicy } from "./model.ts";

/** The tables of this context, as the migrations make them. */
export type ClaimTables = {
  "claims.timeline": {
    org_id: number;
    subject_id: string;
    track: GeneratedAlways<number>;
    policy: OverlapPolicy;
    capacity: number | null;
    zone: string;
  };
  "claims.claim": {
    org_id: number;
    id: GeneratedAlways<number>;
    track: number;
    starts_at: Temporal.Instant;
    ends_at: Temporal.Instant;
    guard: string;
    status: "held" | "confirmed" | "contested";
    expires_at: Temporal.Instant | null;
    policy: OverlapPolicy;
    role: "owner" | "participant" | "resource";
    attends: Generated<boolean>;
    places: Generated<number>;
    site: string | null;
    source: string;
    commitment: string;
    occurrence: string;
    label: string;
    wall_start: string | null;
    zone: string | null;
    batch: string | null;
  };
  "claims.pending_batch": { org_id: number; batch: string };
  "claims.availability": {
    org_id: number;
    id: GeneratedAlways<number>;
    track: number;
    starts_at: Temporal.Instant;
    ends_at: Temporal.Instant;
    reason: string;
  };
};
