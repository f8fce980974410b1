import { isRefused, type Problem } from "@hourwright/contract";
import type { Clock } from "../../../platform/clock.ts";
import type { Database, Unit } from "../../../platform/db/database.ts";
import { isHeld } from "../../../platform/http/reply.ts";
import type { IdMaker } from "../../../platform/ids.ts";
import type { Caller } from "../../../platform/operations/context.ts";
import type { SubjectPorts } from "../subjects.ts";
import { versionOf } from "./answers.ts";
import type { Fault } from "./fault.ts";
import type { Directory } from "./tokens.ts";
import type { Resource } from "./values.ts";

export type ScimPorts = SubjectPorts & {
  readonly database: Database;
  readonly clock: Clock;
  readonly newId: IdMaker;
  readonly openCalendarFor: (unit: Unit, personId: string, name: string, zone: string) => Promise<void>;
  /** What a session keeps open ends with it. */
  readonly sessionEnded: (sessionId: string) => void;
};

/** On whose behalf a request is answered, and where its resources have their addresses. */
export type Visit = {
  readonly directory: Directory;
  readonly requestId: string;
  readonly base: string;
  readonly ifMatch: string | undefined;
  readonly ifNoneMatch: string | undefined;
};

/** How a unit of a directory is written in: as who runs the organisation, named by the token. */
export type Writing = {
  readonly unit: Unit;
  readonly caller: Caller;
  readonly ports: ScimPorts;
  readonly visit: Visit;
};

/** What a write came to; `left` is the user who may sign in no more. */
export type Written = { readonly resource: Resource | null; readonly left?: string | null };

type Faulty = { readonly fault: Fault };

const faulty = (status: Fault["status"], detail: string, scimType: Fault["scimType"] = null): Faulty => ({
  fault: { status, scimType, detail },
});

export const revoked = faulty(401, "This token was revoked. An administrator makes another one.");
export const unknown = faulty(404, "There is no such resource.");
export const versionChanged = faulty(412, "It was changed meanwhile: read it again.");

/** Whether a resource is at the version that the request wants. */
export const isWanted = ({ ifMatch }: Visit, resource: Resource): boolean =>
  ifMatch === undefined || isHeld(ifMatch, versionOf(resource));

/** What the product refuses, as SCIM says it. */
export function faultOf({ code, status, detail, title }: Problem): Faulty {
  const why = detail ?? title;
  if (code === "identity/email-taken") return faulty(409, why, "uniqueness");
  if (status === 422 || status === 400) return faulty(400, why, "invalidValue");
  return faulty(status === 404 || status === 409 || status === 412 ? status : 403, why);
}

/** The answer of a command, or its refusal as a fault. */
export const orFault = <T>(answer: T): Exclude<T, { readonly refused: Problem }> | Faulty =>
  isRefused(answer) ? faultOf(answer.refused) : (answer as Exclude<T, { readonly refused: Problem }>);
