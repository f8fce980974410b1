import type { Generated } from "kysely";
import type { OverlapPolicy } from "../claims/pure.ts";
import type { Role, SubjectKind } from "./model.ts";

/** The tables of this context, as the migrations make them. */
export type IdentityTables = {
  "directory.organisation": {
    id: Generated<number>;
    slug: string;
    demo: boolean;
    made_at: Generated<Temporal.Instant>;
    ready: Generated<boolean>;
  };
  "directory.key": {
    kind: "member" | "invitation" | "scim";
    key_hash: Buffer;
    org_id: number;
    thing_id: string;
    expires_at: Temporal.Instant | null;
  };
  "directory.mark": { name: string; at: Generated<Temporal.Instant> };
  "directory.secret": { name: string; value: string };
  "auth.refresh": {
    token_hash: Buffer;
    session_id: string;
    expires_at: Temporal.Instant;
    used_at: Temporal.Instant | null;
  };
  "identity.organisation": {
    org_id: number;
    name: string;
    zone: string;
    first_weekday: number;
    demo: boolean;
    created_at: Temporal.Instant;
    steady_from: Generated<number>;
    full_from: Generated<number>;
    over_from: Generated<number>;
    focus_minutes: Generated<number>;
    version: Generated<number>;
  };
  "identity.subject": {
    org_id: number;
    id: string;
    kind: SubjectKind;
    name: string;
    email: string | null;
    zone: string;
    policy: OverlapPolicy;
    capacity: number | null;
    site: string | null;
    pool_id: string | null;
    retired_at: Temporal.Instant | null;
    version: Generated<number>;
  };
  "identity.pool": { org_id: number; id: string; name: string; version: Generated<number> };
  "identity.invitation": {
    org_id: number;
    id: string;
    role: Role;
    email: string | null;
    subject_id: string | null;
    uses_max: number;
    uses: Generated<number>;
    created_at: Temporal.Instant;
    created_by: string;
    expires_at: Temporal.Instant;
    revoked_at: Temporal.Instant | null;
  };
  "identity.team": { org_id: number; id: string; name: string; parent_id: string | null };
  "identity.team_member": { org_id: number; team_id: string; subject_id: string };
  "identity.membership": {
    org_id: number;
    user_id: string;
    subject_id: string;
    role: Role;
    scope_team_id: string | null;
    shows: Generated<string[]>;
    disabled: Generated<boolean>;
  };
};
