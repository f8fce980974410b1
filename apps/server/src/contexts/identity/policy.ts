import type { Permission } from "@hourwright/contract";
import type { Caller, Role } from "../../platform/operations/context.ts";

const everyone: readonly Role[] = ["owner", "administrator", "manager", "member"];
const administrators: readonly Role[] = ["owner", "administrator"];

/**
 * Which roles may ask for what. Whether for *this* thing is decided by the context that owns it, from the same caller:
 * a member may write events, and only into calendars shared with them for writing.
 */
export const policy: Readonly<Record<Exclude<Permission, "everyone">, readonly Role[]>> = {
  "signed-in": everyone,
  "organisation.read": everyone,
  "organisation.manage": administrators,
  "subject.read": everyone,
  "subject.manage": administrators,
  "calendar.read": everyone,
  "calendar.write": everyone,
  "calendar.manage": everyone,
  "event.read": everyone,
  "event.write": everyone,
  "conflict.read": everyone,
  "conflict.repair": everyone,
  "job.read": everyone,
  "change.read": everyone,
  "service.manage": administrators,
  "booking.read": everyone,
  "booking.write": ["owner", "administrator", "manager"],
};

export function may(caller: Caller | null, permission: Permission): boolean {
  if (permission === "everyone") return true;
  return caller !== null && policy[permission].includes(caller.role);
}
