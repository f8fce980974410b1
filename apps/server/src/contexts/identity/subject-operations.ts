import { isRefused } from "@hourwright/contract";
import type { Answers } from "../../platform/answers/answers.ts";
import type { Unit } from "../../platform/db/database.ts";
import type { RequestContext } from "../../platform/operations/context.ts";
import type { Handlers } from "../../platform/operations/dispatcher.ts";
import { createPerson, createSubjects } from "./commands.ts";
import { changeOrganisation } from "./organisation.ts";
import { createPool, hasPool, listPools, removePool, unknownPool } from "./pools.ts";
import { listSubjects, shownSubject } from "./queries.ts";
import { listTeams, organisationOf } from "./store.ts";
import { changeSubject, retirePerson, retireThing, type SubjectPorts, type SubjectWish } from "./subjects.ts";

type SubjectIds =
  | "people.list"
  | "people.create"
  | "people.update"
  | "people.remove"
  | "resources.list"
  | "resources.create"
  | "resources.update"
  | "resources.remove"
  | "teams.list"
  | "pools.list"
  | "pools.create"
  | "pools.remove"
  | "organisation.read"
  | "organisation.update";

export type SubjectOperationPorts = SubjectPorts & {
  readonly answers: Answers;
  /** The calendar that a person begins with. */
  readonly openCalendarFor: (unit: Unit, personId: string, name: string, zone: string) => Promise<void>;
};

/** People, things, pools, and the organisation they belong to. */
export function subjectOperations(ports: SubjectOperationPorts): Handlers<SubjectIds> {
  const change = async (id: string, family: "person" | "thing", wish: SubjectWish, context: RequestContext) => {
    const changed = await context.write(async (unit) => {
      const after = await changeSubject(unit, ports, { id, family, ifMatch: context.ifMatch }, wish);
      return isRefused(after) ? after : shownSubject(unit, after);
    });
    return isRefused(changed) ? changed : withVersion(context, changed);
  };
  return {
    "people.list": ({ query }, context) =>
      ports.answers.to({ operation: "people.list", query, sight: "everyone" }, context, (reading) =>
        reading.read((unit) => listSubjects(unit, ["person", "outside"], query)),
      ),
    "resources.list": ({ query }, context) =>
      ports.answers.to({ operation: "resources.list", query, sight: "everyone" }, context, (reading) =>
        reading.read((unit) => listSubjects(unit, ["room", "vehicle", "equipment"], query)),
      ),
    "people.create": async ({ body }, context) => {
      const created = await context.write(async (unit) => {
        const zone = body.zone ?? (await organisationOf(unit)).zone;
        const made = await createPerson(unit, { name: body.name, email: body.email ?? null, zone });
        if (isRefused(made)) return made;
        await ports.openCalendarFor(unit, made.id, body.name, zone);
        ports.wakeAvailability(unit);
        return shownSubject(unit, made);
      });
      if (isRefused(created)) return created;
      context.reply.headers["location"] = `/v1/people/${created.id}`;
      return created;
    },
    "people.update": ({ params, body }, context) => change(params.id, "person", body, context),
    "people.remove": ({ params }, context) =>
      context.write(async (unit) => {
        const named = { id: params.id, ifMatch: context.ifMatch };
        const done = await retirePerson(unit, ports, context.caller!, named);
        return isRefused(done) ? done : { ...done, subject: await shownSubject(unit, done.subject) };
      }),
    "resources.create": async ({ body }, context) => {
      const created = await context.write(async (unit) => {
        if (body.poolId !== null && !(await hasPool(unit, body.poolId))) return unknownPool(body.poolId);
        const zone = body.zone ?? (await organisationOf(unit)).zone;
        const made = await createSubjects(unit, [{ ...body, zone }]);
        return isRefused(made) ? made : shownSubject(unit, made[0]!);
      });
      if (isRefused(created)) return created;
      context.reply.headers["location"] = `/v1/resources/${created.id}`;
      return created;
    },
    "resources.update": ({ params, body }, context) => change(params.id, "thing", body, context),
    "resources.remove": ({ params }, context) =>
      context.write(async (unit) => {
        const done = await retireThing(unit, ports, { id: params.id, ifMatch: context.ifMatch });
        return isRefused(done) ? done : { ...done, subject: await shownSubject(unit, done.subject) };
      }),
    "teams.list": async (_input, context) => ({ items: await context.read(listTeams) }),
    "pools.list": async (_input, context) => ({ items: await context.read(listPools) }),
    "pools.create": ({ body }, context) => context.write((unit) => createPool(unit, body.name)),
    "pools.remove": ({ params }, context) => context.write((unit) => removePool(unit, params.id)),
    "organisation.read": async (_input, context) => {
      const organisation = await context.read(organisationOf);
      return withVersion(context, { id: String(context.caller!.organisation), ...organisation });
    },
    "organisation.update": async ({ body }, context) => {
      const changed = await context.write((unit) => changeOrganisation(unit, body, context.ifMatch));
      return isRefused(changed)
        ? changed
        : withVersion(context, { id: String(context.caller!.organisation), ...changed });
    },
  };
}

function withVersion<T extends { readonly version: number }>(context: RequestContext, answer: T): T {
  context.reply.headers["etag"] = `"${answer.version}"`;
  return answer;
}
