import { isRefused } from "@hourwright/contract";
import type { Handlers } from "../../platform/operations/dispatcher.ts";
import { publicPage, shownPage, shownServices } from "./queries.ts";
import {
  changePage,
  changeRouting,
  changeService,
  createService,
  noService,
  putService,
  removeService,
} from "./services.ts";
import { routingOf, serviceById, servicesOf } from "./store.ts";

export type ServiceIds =
  | `services.${"list" | "read" | "create" | "update" | "remove" | "put"}`
  | `bookingPage.${"read" | "put" | "readRouting" | "putRouting" | "show"}`;

/** What can be booked, and the page on which it is. */
export const serviceOperations: Handlers<ServiceIds> = {
  "services.list": async (_input, context) =>
    context.read(async (unit) => ({ items: await shownServices(unit, await servicesOf(unit)) })),

  "services.read": async ({ params }, context) =>
    context.read(async (unit) => {
      const service = await serviceById(unit, params.id);
      return service === null ? noService : (await shownServices(unit, [service]))[0]!;
    }),

  "services.create": async ({ body }, context) =>
    context.write(async (unit) => {
      const service = await createService(unit, body);
      if (isRefused(service)) return service;
      context.reply.headers["location"] = `/v1/services/${service.id}`;
      return (await shownServices(unit, [service]))[0]!;
    }),

  "services.update": async ({ params, body }, context) =>
    context.write(async (unit) => {
      const service = await changeService(unit, params.id, body, context.ifMatch);
      return isRefused(service) ? service : (await shownServices(unit, [service]))[0]!;
    }),

  "services.remove": ({ params }, context) => context.write((unit) => removeService(unit, params.id, context.ifMatch)),

  "services.put": ({ params, body }, context) => context.write((unit) => putService(unit, params.id, body.was)),

  "bookingPage.read": (_input, context) => context.read(shownPage),

  "bookingPage.put": async ({ body }, context) =>
    context.write(async (unit) => {
      const page = await changePage(unit, body);
      return isRefused(page) ? page : shownPage(unit);
    }),

  "bookingPage.readRouting": (_input, context) => context.read(routingOf),

  "bookingPage.putRouting": ({ body }, context) => context.write((unit) => changeRouting(unit, body)),

  "bookingPage.show": (_input, context) => context.read(publicPage),
};
