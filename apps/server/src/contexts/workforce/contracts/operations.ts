import { isRefused, refuseRequest } from "@hourwright/contract";
import type { Caller, RequestContext } from "../../../platform/operations/context.ts";
import type { Handlers } from "../../../platform/operations/dispatcher.ts";
import { cursorOf, isDayKey, pageOf } from "../../../platform/operations/pages.ts";
import { isAdministrator, knownTo, personKnown } from "../access.ts";
import type { HolidayLibrary } from "../holidays/model.ts";
import { learnRegions, newRegions } from "../holidays/regions.ts";
import { createContract, endContract, noContract, putVersions } from "./commands.ts";
import type { Version } from "./model.ts";
import { pageOfVersions, versionById } from "./store.ts";
import { dayText, writtenVersion } from "./terms.ts";

type ContractIds = `contracts.${"list" | "read" | "create" | "end" | "put"}`;

/** Contracts: versions of them by person, a change from a day on, an end. */
export function contractOperations({ library }: { readonly library: HolidayLibrary }): Handlers<ContractIds> {
  return {
    "contracts.list": async ({ query }, context) => {
      const after = pageOf<unknown>(query.cursor);
      if (query.cursor !== undefined && !isPlace(after)) return badCursor;
      return context.read(async (unit) => {
        const caller = context.caller!;
        const known = query.person === undefined ? null : await personKnown(unit, caller, query.person);
        if (known !== null && isRefused(known)) return known;
        const people = known === null ? await knownTo(unit, caller) : [known.id];
        const found = await pageOfVersions(unit, people, isPlace(after) ? after : null, query.limit + 1);
        const page = found.slice(0, query.limit);
        const last = page.at(-1);
        return {
          items: page.map((version) => shown(version, caller)),
          nextCursor: found.length > page.length ? cursorOf([last!.personId, dayText(last!.fromDay)]) : null,
        };
      });
    },

    "contracts.read": ({ params }, context) =>
      context.read(async (unit) => {
        const version = await versionById(unit, params.id);
        if (version === null || isRefused(await personKnown(unit, context.caller!, version.personId)))
          return noContract;
        return withVersion(context, shown(version, context.caller!));
      }),

    "contracts.create": async ({ body }, context) => {
      const regions = await newRegions(context, library, body.region === null ? [] : [body.region]);
      if (isRefused(regions)) return refuseRequest("invalid", "region", { region: body.region ?? "" });
      const created = await context.write(async (unit) => {
        await learnRegions(unit, regions);
        return createContract(unit, context.caller!, body);
      });
      if (isRefused(created)) return created;
      context.reply.headers["location"] = `/v1/contracts/${created.id}`;
      return withVersion(context, shown(created, context.caller!));
    },

    "contracts.end": async ({ params, body }, context) => {
      const ended = await context.write((unit) =>
        endContract(unit, context.caller!, params.id, body.until, context.ifMatch),
      );
      return isRefused(ended) ? ended : withVersion(context, shown(ended, context.caller!));
    },

    "contracts.put": ({ params, body }, context) =>
      context.write((unit) => putVersions(unit, context.caller!, params.id, body.versions)),
  };
}

const badCursor = refuseRequest("invalid", "cursor", {});

/** Whether a cursor names a place in such a list: a person, a day. */
const isPlace = (keys: unknown): keys is readonly [string, string] =>
  Array.isArray(keys) && keys.length === 2 && typeof keys[0] === "string" && isDayKey(keys[1]);

function shown(version: Version, caller: Caller) {
  const written = writtenVersion(version);
  const cost = isAdministrator(caller) ? written.cost : null;
  return { ...written, personId: version.personId, cost, version: version.version };
}

function withVersion<T extends { readonly version: number }>(context: RequestContext, answer: T): T {
  context.reply.headers["etag"] = `"${answer.version}"`;
  return answer;
}
