import { isRefused, refuseRequest } from "@hourwright/contract";
import type { Handlers } from "../../platform/operations/dispatcher.ts";
import { cursorOf, pageOf as pageAt } from "../../platform/operations/pages.ts";
import { findPackages, kindsOf, packagesById } from "./package-store.ts";
import { changeKind, correctPackage, createKind, issuePackage, putKind, putPackage, removeKind } from "./packages.ts";
import { momentOf, shownMovements, shownPackages } from "./queries.ts";
import type { Sealing } from "./sealing.ts";

export type PackageIds =
  | `packageKinds.${"list" | "create" | "update" | "remove" | "put"}`
  | `packages.${"list" | "read" | "issue" | "correct" | "put"}`;

export function packageOperations(sealing: Sealing): Handlers<PackageIds> {
  return {
    "packageKinds.list": (_input, context) =>
      context.read(async (unit) => ({
        items: (await kindsOf(unit)).map((kind) => ({ ...kind, serviceIds: [...kind.serviceIds] })),
      })),

    "packageKinds.create": ({ body }, context) =>
      context.write(async (unit) => {
        const kind = await createKind(unit, body);
        if (!isRefused(kind)) context.reply.headers["location"] = `/v1/package-kinds/${kind.id}`;
        return kind;
      }),

    "packageKinds.update": ({ params, body }, context) =>
      context.write((unit) => changeKind(unit, params.id, body, context.ifMatch)),

    "packageKinds.remove": ({ params }, context) =>
      context.write((unit) => removeKind(unit, params.id, context.ifMatch)),

    "packageKinds.put": ({ params, body }, context) => context.write((unit) => putKind(unit, params.id, body.was)),

    "packages.list": ({ query }, context) =>
      context.read(async (unit) => {
        const emailKey = query.email === undefined ? null : sealing.emailKey(unit.organisation, query.email);
        const before = pageAt<[string]>(query.cursor)?.[0] ?? null;
        const found = await findPackages(unit, { emailKey, before, limit: query.limit + 1 });
        const page = found.slice(0, query.limit);
        const last = page.at(-1);
        return {
          items: await shownPackages(unit, page, sealing),
          nextCursor: found.length > page.length && last !== undefined ? cursorOf([last.id]) : null,
        };
      }),

    "packages.read": ({ params }, context) =>
      context.read(async (unit) => {
        const owned = (await packagesById(unit, [params.id])).get(params.id);
        if (owned === undefined) return refuseRequest("not-found", "package", {});
        const [shown] = await shownPackages(unit, [owned], sealing);
        return { ...shown!, movements: await shownMovements(unit, params.id) };
      }),

    "packages.issue": ({ body }, context) =>
      context.write(async (unit) => {
        const owned = await issuePackage(unit, sealing, body);
        if (isRefused(owned)) return owned;
        context.reply.headers["location"] = `/v1/packages/${owned.id}`;
        return (await shownPackages(unit, [owned], sealing))[0]!;
      }),

    "packages.correct": async ({ params, body }, context) => {
      const expiresMs = body.expiresAt === undefined ? null : momentOf(body.expiresAt);
      if (isRefused(expiresMs)) return expiresMs;
      const { units, reason } = body;
      return context.write(async (unit) => {
        const owned = await correctPackage(unit, params.id, { units, reason, expiresMs, ifMatch: context.ifMatch });
        return isRefused(owned) ? owned : (await shownPackages(unit, [owned], sealing))[0]!;
      });
    },

    "packages.put": ({ params, body }, context) => context.write((unit) => putPackage(unit, params.id, body.change)),
  };
}
