import { isRefused, refuseRequest } from "@hourwright/contract";
import { undoChains } from "../../platform/changes/read.ts";
import type { Unit } from "../../platform/db/database.ts";
import type { Caller } from "../../platform/operations/context.ts";
import { cursorOf, pageOf } from "../../platform/operations/pages.ts";
import { organisationOf, subjectsById } from "../identity/public.ts";
import type { Describe } from "./conflicts.ts";
import { resolutionsBefore, type Resolution } from "./store.ts";
import { unknown, zonedText, type Described } from "./tell.ts";

/** What repairs have put right and still stands, as a viewer may see it, newest first. */
export async function resolvedFor(
  unit: Unit,
  viewer: Caller,
  describe: Describe,
  { limit, cursor }: { readonly limit: number; readonly cursor?: string | undefined },
) {
  const before = beforeOf(cursor);
  if (isRefused(before)) return before;
  const page = await resolutionsBefore(unit, before, limit + 1);
  const chains = await undoChains(
    unit,
    page.map(({ requestId }) => requestId),
  );
  const standing = page.slice(0, limit).filter(({ requestId }) => chains.get(requestId)?.isUndone !== true);
  const dates = standing.flatMap((each) => each.dates);
  const described = await describe(unit, viewer, dates);
  const names = await namesOf(unit, standing);
  const nameOf = (id: string): string => names.get(id) ?? "Somebody";
  const { zone } = await organisationOf(unit);
  const of = (date: Resolution["dates"][number]) => described.get(date) ?? unknown;
  const items = standing
    .filter(({ dates }) => dates.some((date) => of(date).mayRead))
    .map((each) => ({
      id: each.id,
      requestId: chains.get(each.requestId)?.last ?? each.requestId,
      at: Temporal.Instant.fromEpochMilliseconds(each.atMs).toString(),
      by: nameOf(each.personId),
      mine: each.userId === viewer.userId,
      kind: each.kind,
      events: each.dates.slice(0, SIDES).map((date) => of(date).title),
      moves: each.moves.map((move) => shownMove(each, move, of, nameOf, zone)),
    }));
  return { items, nextCursor: page.length > limit ? cursorOf([page[limit - 1]!.id]) : null };
}

/** The first dates of a resolution are those that clashed. */
const SIDES = 2;

function shownMove(
  { dates }: Resolution,
  { date, startMs, endMs, add = [], remove = [], rest = null }: Resolution["moves"][number],
  of: (date: Resolution["dates"][number]) => Described,
  nameOf: (subject: string) => string,
  zone: string,
) {
  const was = dates[date]!;
  return {
    eventId: of(was).eventId,
    summary: of(was).title,
    from: { start: zonedText(was.startMs, zone), end: zonedText(was.endMs, zone) },
    to: { start: zonedText(startMs, zone), end: zonedText(endMs, zone) },
    // Who takes part in what may only be known as busy is told to nobody.
    add: of(was).mayRead ? add.map(nameOf) : [],
    remove: of(was).mayRead ? remove.map(nameOf) : [],
    rest: rest && { start: zonedText(rest.startMs, zone), end: zonedText(rest.endMs, zone) },
  };
}

function beforeOf(cursor: string | undefined) {
  if (cursor === undefined) return null;
  const id = pageOf<unknown[]>(cursor)?.[0];
  if (typeof id === "string" && id.startsWith("rsl_")) return id;
  return refuseRequest("invalid", "cursor", {});
}

async function namesOf(unit: Unit, resolutions: readonly Resolution[]): Promise<ReadonlyMap<string, string>> {
  const parties = resolutions.flatMap(({ moves }) => moves.flatMap(({ add = [], remove = [] }) => [...add, ...remove]));
  const people = [...new Set([...resolutions.map(({ personId }) => personId), ...parties])];
  if (people.length === 0) return new Map();
  return new Map((await subjectsById(unit, people)).map(({ id, name }) => [id, name]));
}
