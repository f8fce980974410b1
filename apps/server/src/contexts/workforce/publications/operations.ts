import { isRefused, refuseRequest, refuseWork } from "@hourwright/contract";
import type { Unit } from "../../../platform/db/database.ts";
import type { Caller } from "../../../platform/operations/context.ts";
import type { Handlers } from "../../../platform/operations/dispatcher.ts";
import { cursorOf, isMomentKey, pageOf } from "../../../platform/operations/pages.ts";
import { subjectsById } from "../../identity/public.ts";
import { knownTo } from "../access.ts";
import { instantText } from "../drafts/model.ts";
import { shownPublication, shownTold, type Publication } from "./model.ts";
import { putPublicationBack } from "./publish.ts";
import { acknowledge, concernedBy, countsOf, pageOfPublications, publicationById } from "./store.ts";

type PublicationIds = `publications.${"list" | "read" | "acknowledge" | "put"}`;

/** What the log of changes calls it that somebody knows: undo of a publication is in nobody's way. */
const ACKNOWLEDGED = "publicationKnown";

const noPublication = refuseRequest("not-found", "publication", {});

/** Rosters that were published: what each person was told, and who has said that they know. */
export const publicationOperations: Handlers<PublicationIds> = {
  "publications.list": async ({ query }, context) => {
    const after = pageOf<unknown>(query.cursor);
    if (query.cursor !== undefined && !isPlace(after)) return refuseRequest("invalid", "cursor", {});
    return context.read(async (unit) => {
      const filter = {
        people: await knownTo(unit, context.caller!),
        from: query.from ?? null,
        to: query.to ?? null,
      };
      const found = await pageOfPublications(unit, filter, isPlace(after) ? after : null, query.limit + 1);
      const page = found.slice(0, query.limit);
      const last = page.at(-1);
      return {
        items: await shownAll(unit, context.caller!, page),
        nextCursor: found.length > page.length ? cursorOf([last!.published.atMs, last!.id]) : null,
      };
    });
  },

  "publications.read": ({ params }, context) =>
    context.read(async (unit) => {
      const caller = context.caller!;
      const publication = await publicationKnown(unit, caller, params.id);
      if (isRefused(publication)) return publication;
      const known = await knownTo(unit, caller);
      const concerned = await concernedBy(unit, publication.id, known);
      const names = new Map(
        (
          await subjectsById(
            unit,
            concerned.map(({ personId }) => personId),
          )
        ).map(({ id, name }) => [id, name]),
      );
      const own = concerned.find(({ personId }) => personId === caller.personId);
      context.reply.headers["etag"] = `"${publication.version}"`;
      return {
        ...(await shown(unit, caller, publication)),
        mine: own === undefined ? null : shownTold(own.told),
        people: concerned
          .filter(({ personId }) => known === null || known.length > 1 || personId !== caller.personId)
          .map(({ personId, told, acknowledgedMs }) => ({
            personId,
            name: names.get(personId) ?? "",
            ...shownTold(told),
            acknowledgedAt: acknowledgedMs === null ? null : instantText(acknowledgedMs),
          })),
      };
    }),

  "publications.acknowledge": ({ params }, context) =>
    context.write(async (unit) => {
      const caller = context.caller!;
      const publication = await publicationKnown(unit, caller, params.id);
      if (isRefused(publication)) return publication;
      const before = (await countsOf(unit, [publication.id], caller.personId)).get(publication.id);
      if (before?.concernsMe !== true) return refuseWork("not-concerned", "nothing", {});
      if (await acknowledge(unit, publication.id, caller.personId))
        unit.record({
          kind: "updated",
          thing: { type: ACKNOWLEDGED, id: `${publication.id} ${caller.personId}` },
          collectionId: publication.id,
          fields: ["acknowledgedAt"],
        });
      return shown(unit, caller, publication);
    }),

  "publications.put": ({ params, body }, context) =>
    context.write((unit) => {
      const was = body.was === null ? null : (JSON.parse(body.was) as Publication);
      return putPublicationBack(unit, context.caller!, params.id, was);
    }),
};

/** One that concerns the caller or somebody they manage. */
async function publicationKnown(unit: Unit, caller: Caller, id: string): Promise<Publication | typeof noPublication> {
  const publication = await publicationById(unit, id);
  if (publication === null) return noPublication;
  const known = await knownTo(unit, caller);
  if (known === null || publication.published.by === caller.personId) return publication;
  return (await concernedBy(unit, id, known)).length > 0 ? publication : noPublication;
}

export async function shown(unit: Unit, caller: Caller, publication: Publication) {
  return (await shownAll(unit, caller, [publication]))[0]!;
}

async function shownAll(unit: Unit, caller: Caller, publications: readonly Publication[]) {
  const counts = await countsOf(
    unit,
    publications.map(({ id }) => id),
    caller.personId,
  );
  const nobody = { told: 0, acknowledged: 0, concernsMe: false, mineMs: null };
  return publications.map((each) => shownPublication(each, counts.get(each.id) ?? nobody));
}

/** Whether a cursor names a place in such a list: a moment, an id. */
const isPlace = (keys: unknown): keys is readonly [number, string] =>
  Array.isArray(keys) && keys.length === 2 && isMomentKey(keys[0]) && typeof keys[1] === "string";
