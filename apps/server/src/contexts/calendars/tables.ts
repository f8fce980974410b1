import type { Generated } from "kysely";
import type { OverlapPolicy } from "../claims/pure.ts";
import type { Category, Sharing } from "./model.ts";

/** The tables of this context, as the migrations make them. */
export type CalendarTables = {
  "calendars.calendar": {
    org_id: number;
    id: string;
    name: string;
    colour: number;
    category: Category | null;
    owner_subject_id: string | null;
    zone: string;
    policy: OverlapPolicy;
    sharing: Sharing;
    fed: Generated<boolean>;
    version: Generated<number>;
  };
  "calendars.share": {
    org_id: number;
    calendar_id: string;
    subject_id: string;
    access: "none" | "busy" | "read" | "write";
  };
  "calendars.object": {
    org_id: number;
    id: string;
    calendar_id: string;
    name: string;
    uid: string;
    kind: "VEVENT" | "VTODO" | "VJOURNAL";
    bytes: Buffer;
    etag: string;
    content_tag: string;
    version: number;
    sequence: number;
    title: string;
    floating_zone: string | null;
    is_recurring: boolean;
    starts_at: Temporal.Instant | null;
    ends_at: Temporal.Instant | null;
    derived_from: Temporal.Instant | null;
    derived_to: Temporal.Instant | null;
    derive_at: Temporal.Instant | null;
    problem: string | null;
    import_id: string | null;
  };
  "calendars.import": {
    org_id: number;
    id: string;
    job_id: string | null;
    calendar_id: string;
    zone: string | null;
    file_name: string | null;
    request_id: string;
    caller: object;
    state: "uploading" | "uploaded" | "staged" | "pending" | "visible" | "undone";
    bytes: number;
    created_at: Temporal.Instant;
  };
  "calendars.upload": { org_id: number; import_id: string; part: number; bytes: Buffer };
};
