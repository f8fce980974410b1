import { isRefused } from "@hourwright/contract";
import type { Unit } from "../../../platform/db/database.ts";
import type { RequestContext } from "../../../platform/operations/context.ts";
import type { Handlers } from "../../../platform/operations/dispatcher.ts";
import {
  changeDepartment,
  createDepartment,
  noDepartment,
  placePeople,
  putDepartmentBack,
  removeDepartment,
} from "./commands.ts";
import type { Department } from "./model.ts";
import { shownDepartments } from "./queries.ts";
import { departmentsOf, peopleOfDepartments } from "./store.ts";

type DepartmentIds =
  | "departments.list"
  | "departments.people"
  | "departments.create"
  | "departments.update"
  | "departments.remove"
  | "departments.place"
  | "departments.put";

export const departmentOperations: Handlers<DepartmentIds> = {
  "departments.list": async (_input, context) => ({
    items: await context.read((unit) => shownDepartments(unit, context.caller!)),
  }),

  "departments.people": ({ params }, context) =>
    context.read(async (unit) => {
      if (!(await departmentsOf(unit)).byId.has(params.id)) return noDepartment;
      return { items: [...(await peopleOfDepartments(unit, [params.id]))] };
    }),

  "departments.create": async ({ body }, context) => {
    const created = await context.write(async (unit) =>
      shown(unit, context, await createDepartment(unit, context.caller!, body)),
    );
    if (isRefused(created)) return created;
    context.reply.headers["location"] = `/v1/departments/${created.id}`;
    return withVersion(context, created);
  },

  "departments.update": async ({ params, body }, context) => {
    const changed = await context.write(async (unit) => {
      const key = { id: params.id, ifMatch: context.ifMatch };
      return shown(unit, context, await changeDepartment(unit, context.caller!, key, body));
    });
    return isRefused(changed) ? changed : withVersion(context, changed);
  },

  "departments.remove": ({ params }, context) =>
    context.write((unit) => removeDepartment(unit, context.caller!, { id: params.id, ifMatch: context.ifMatch })),

  "departments.place": ({ body }, context) =>
    context.write(async (unit) => {
      const placed = await placePeople(unit, context.caller!, body.people);
      return isRefused(placed) ? placed : { placed };
    }),

  "departments.put": ({ params, body }, context) =>
    context.write((unit) => putDepartmentBack(unit, context.caller!, params.id, body.was)),
};

type Shown = Awaited<ReturnType<typeof shownDepartments>>[number];

/** A department that a command answers, as the list shows it; a refusal stays one. */
async function shown<R>(unit: Unit, { caller }: RequestContext, made: Department | R): Promise<Shown | R> {
  if (isRefused(made)) return made;
  const { id } = made as Department;
  return (await shownDepartments(unit, caller!)).find((each) => each.id === id)!;
}

function withVersion(context: RequestContext, answer: Shown): Shown {
  context.reply.headers["etag"] = `"${answer.version}"`;
  return answer;
}
