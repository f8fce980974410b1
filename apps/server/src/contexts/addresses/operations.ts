import { isRefused, limits, refuseAddress, refuseRequest } from "@hourwright/contract";
import type { Unit } from "../../platform/db/database.ts";
import type { LinkTokens } from "../../platform/http/link-tokens.ts";
import { entityTag } from "../../platform/http/reply.ts";
import { FileAnswer, type Viewer } from "../../platform/operations/context.ts";
import type { Handlers } from "../../platform/operations/dispatcher.ts";
import { membershipOf } from "../identity/public.ts";
import { leagueCalendar } from "../leagues/public.ts";
import { shiftsCalendar } from "../workforce/public.ts";
import type { Address, Followed } from "./model.ts";
import { addressBy, addressesOf, deleteAddress, insertAddress, lockAddresses } from "./store.ts";

type AddressIds = `calendarAddresses.${"list" | "create" | "remove" | "follow"}`;

const nothingHere = refuseRequest("not-found", "at-address", {});
const notSeen = refuseRequest("not-found", "league-team", {});

/** `publicUrl`: where calendars of others reach the server. */
export function addressOperations(tokens: LinkTokens, publicUrl: string): Handlers<AddressIds> {
  const tokenOf = (unit: Unit, id: string) => tokens(unit.organisation, id);
  const shown = (unit: Unit, { id, what, createdMs }: Address) => ({
    id,
    what,
    url: `${publicUrl}/v1/follow/${tokenOf(unit, id)}/calendar.ics`,
    createdAt: Temporal.Instant.fromEpochMilliseconds(createdMs).toString(),
  });
  return {
    "calendarAddresses.list": (_input, context) =>
      context.read(async (unit) => ({
        items: (await addressesOf(unit, context.caller!.personId)).map((each) => shown(unit, each)),
      })),

    "calendarAddresses.create": ({ body: { what } }, context) =>
      context.write(async (unit) => {
        const made = await createAddress(unit, context.caller!, what, (id) => tokenOf(unit, id));
        return isRefused(made) ? made : shown(unit, made);
      }),

    "calendarAddresses.remove": ({ params }, context) =>
      context.write(async (unit) => {
        const { personId } = context.caller!;
        const removed = await deleteAddress(unit, personId, params.id);
        if (removed === null) return refuseRequest("not-found", "address", {});
        unit.record({ kind: "removed", thing: thingOf(removed), fields: ["what"], before: { what: removed.what } });
        return null;
      }),

    "calendarAddresses.follow": ({ params: { token } }, context) =>
      context.read(async (unit) => {
        const address = await addressBy(unit, token);
        const bytes = address === null ? null : await calendarAt(unit, address);
        if (bytes === null) return nothingHere;
        context.reply.headers["etag"] = entityTag(Buffer.from(bytes));
        return new FileAnswer("text/calendar; charset=utf-8", "calendar.ics", [bytes]);
      }),
  };
}

const thingOf = ({ id }: Address) => ({ type: "calendarAddress", id });

/** The address of something: the one that there is, or a new one. */
async function createAddress(unit: Unit, viewer: Viewer, what: Followed, tokenOf: (id: string) => string) {
  const { personId } = viewer;
  await lockAddresses(unit, personId);
  const own = await addressesOf(unit, personId);
  const same = own.find((each) => isSame(each.what, what));
  if (same !== undefined) return same;
  if (own.length >= limits.CALENDAR_ADDRESSES_MAX)
    return refuseAddress("too-many", "most", { most: limits.CALENDAR_ADDRESSES_MAX });
  if (what.kind === "league" && (await leagueCalendar(unit, viewer, what)) === null) return notSeen;
  const made: Address = { id: unit.newId("adr"), personId, what, createdMs: unit.nowMs };
  await insertAddress(unit, made, tokenOf(made.id));
  unit.record({ kind: "created", thing: thingOf(made), fields: ["what"], after: { what } });
  return made;
}

const isSame = (one: Followed, other: Followed): boolean =>
  one.kind === "league"
    ? other.kind === "league" && one.leagueId === other.leagueId && one.teamId === other.teamId
    : one.kind === other.kind;

/** What is at an address; null when whoever made it has left, or may not see it any more. */
async function calendarAt(unit: Unit, { personId, what }: Address): Promise<Uint8Array | null> {
  const membership = await membershipOf(unit, personId);
  if (membership === null || membership.disabled) return null;
  const viewer = { personId, userId: membership.userId, role: membership.role };
  return what.kind === "shifts" ? shiftsCalendar(unit, personId) : leagueCalendar(unit, viewer, what);
}
