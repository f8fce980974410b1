import { limits } from "@hourwright/contract";
import type { Unit } from "../../platform/db/database.ts";
import type { Role } from "../../platform/operations/context.ts";
import { managersOf, peopleOfRole, signInsOf, subjectsById } from "../identity/public.ts";
import type { Approval, Facts, Person } from "./model.ts";
import { DEPUTY_CHAIN_MAX } from "./seats.ts";
import { deputiesOf, type Deputy } from "./store.ts";

/** Which of some people are away at an instant; filled by `compose.ts`, since absences are kept above approvals. */
export type IsAway = (unit: Unit, personIds: readonly string[], atMs: number) => Promise<ReadonlySet<string>>;

/** Where who is away makes no difference: whether a request finds anybody at all. */
export const nobodyIsAway: IsAway = async () => new Set();

/** What people are at the instant of the unit, as far as one request asks. */
export async function factsFor(
  unit: Unit,
  approval: Pick<Approval, "concerns" | "requestedBy" | "policy" | "answers">,
  isAway: IsAway,
): Promise<Facts> {
  const levels = (await managersOf(unit, approval.concerns)).map((level) =>
    level.slice(0, limits.APPROVERS_OF_A_STEP_MAX),
  );
  const byRole = await rolesOf(unit, approval);
  const named = [...whoOf(approval)].flatMap((who) => (who.kind === "people" ? who.ids : []));
  const first = [...levels.flat(), ...[...byRole.values()].flat(), ...named, approval.requestedBy, approval.concerns];
  const answered = approval.answers.flatMap(({ personId, forId }) => [personId, forId]);
  const deputies = await chainsOf(unit, [...new Set([...first, ...answered])]);
  return { atMs: unit.nowMs, levels, byRole, people: await peopleAt(unit, deputies, isAway) };
}

const whoOf = ({ policy }: Pick<Approval, "policy">) =>
  policy.steps.flatMap(({ who, atDeadline }) => [...who, ...(atDeadline.kind === "escalate" ? atDeadline.to : [])]);

/** Who runs the organisation, and the roles that are asked. */
async function rolesOf(unit: Unit, approval: Pick<Approval, "policy">): Promise<Map<Role, readonly string[]>> {
  const asked = whoOf(approval).flatMap((who) => (who.kind === "role" ? [who.role] : []));
  const byRole = new Map<Role, readonly string[]>();
  for (const role of new Set<Role>(["owner", "administrator", ...asked]))
    byRole.set(role, await peopleOfRole(unit, role, limits.APPROVERS_OF_A_STEP_MAX));
  return byRole;
}

/** Some people with their deputies, and with the deputies of these, as far as they are followed. */
async function chainsOf(unit: Unit, people: readonly string[]): Promise<ReadonlyMap<string, readonly Deputy[]>> {
  const found = new Map<string, readonly Deputy[]>();
  let next: readonly string[] = people;
  for (let depth = 0; depth <= DEPUTY_CHAIN_MAX && next.length > 0; depth++) {
    const named = Map.groupBy(await deputiesOf(unit, next), ({ personId }) => personId);
    for (const id of next) found.set(id, named.get(id) ?? []);
    const beyond = [...named.values()].flat().map(({ deputyId }) => deputyId);
    next = [...new Set(beyond)].filter((id) => !found.has(id));
  }
  return found;
}

async function peopleAt(
  unit: Unit,
  deputies: ReadonlyMap<string, readonly Deputy[]>,
  isAway: IsAway,
): Promise<ReadonlyMap<string, Person>> {
  const ids = [...deputies.keys()];
  const subjects = new Map((await subjectsById(unit, ids)).map((each) => [each.id, each]));
  const canSignIn = await signInsOf(unit, ids);
  const away = await isAway(unit, ids, unit.nowMs);
  return new Map(
    ids.map((id) => {
      const subject = subjects.get(id);
      const isHere = subject?.kind === "person" && !subject.retired && canSignIn.has(id);
      const today = dayAt(unit.nowMs, subject?.zone ?? "UTC");
      const now = deputies.get(id)!.filter((each) => isOn(each, today));
      return [id, { isHere, isAway: away.has(id), deputies: now.map(({ deputyId }) => deputyId) }];
    }),
  );
}

export const dayAt = (ms: number, zone: string): string =>
  Temporal.Instant.fromEpochMilliseconds(ms).toZonedDateTimeISO(zone).toPlainDate().toString();

/** Whether a day lies in the period of a deputy; both ends count. */
export const isOn = ({ from, until }: Pick<Deputy, "from" | "until">, day: string): boolean =>
  (from === null || from <= day) && (until === null || day <= until);
