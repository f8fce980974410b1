import { assert } from "@hourwright/std";
import { DAY_MS, findZone, UTC, type Zone } from "@hourwright/time";
import type { Unit } from "../../../platform/db/database.ts";
import { organisationOf, subjectsById } from "../../identity/public.ts";
import { placesOf } from "../../planning/public.ts";
import { knownRegions, namedDays } from "../holidays/store.ts";
import type { Agreed } from "../schedules/agreed.ts";
import { scenesOf, type DayWindow } from "../schedules/scenes.ts";
import { ORGANISATION, type Layers, type Owned } from "./model.ts";
import type { Sources } from "./stack.ts";
import { layersOf, siteOf } from "./store.ts";

/** Somebody or something with opening times: a person, a thing, a place, or the organisation. */
export type Holder = {
  readonly id: string;
  readonly name: string;
  readonly kind: "person" | "thing" | "place" | "organisation";
  readonly zone: Zone;
  readonly own: Layers;
  readonly sources: Sources;
};

/** Holders of one question. */
const HOLDERS_MAX = 500;

/** Adjustments far from today matter to nobody who asks when somebody may be taken, but to who names the days. */
const DAYS_AROUND = 1_200;

/** Those of some ids that there are, with all that counts for them on some days (else, around today). Some statements, and what is known. */
export async function holdersOf(
  unit: Unit,
  ids: readonly string[],
  days: DayWindow = around(unit.nowMs),
): Promise<ReadonlyMap<string, Holder>> {
  assert(ids.length <= HOLDERS_MAX, `at most ${HOLDERS_MAX} at once: ${ids.length}`);
  const subjects = (await subjectsById(unit, ids)).filter(({ kind }) => kind !== "outside");
  const organisation = await organisationOf(unit);
  const places = await placesOf(unit);
  const bySite = new Map(places.map((place) => [siteOf(place.name), place]));
  const placeOf = (site: string | null) => (site === null ? undefined : bySite.get(siteOf(site)));
  const asked = places.filter(({ id }) => ids.includes(id));
  const stored = await layersOf(unit, [
    ...new Set([ORGANISATION, ...ids, ...subjects.flatMap(({ site }) => placeOf(site)?.id ?? [])]),
  ]);
  const people = subjects.filter(({ kind }) => kind === "person").map(({ id }) => id);
  const agreed: ReadonlyMap<string, Agreed> = await scenesOf(unit, people, days);
  const [regions, named] = [await knownRegions(unit), await namedDays(unit)];
  const owned = (id: string, name: string): Owned => ({ id, name, layers: stored.get(id)!.layers });
  const everybody = owned(ORGANISATION, organisation.name);
  const holderOf = (holder: Omit<Holder, "sources" | "own">, owners: readonly Owned[]): [string, Holder] => {
    const sources = {
      isThing: holder.kind === "thing",
      owners,
      regions,
      namedDays: named,
      agreed: agreed.get(holder.id) ?? null,
    };
    return [holder.id, { ...holder, own: stored.get(holder.id)!, sources }];
  };
  const zone = zoneCalled(organisation.zone);
  return new Map([
    ...subjects.map((subject) => {
      const { id, name, kind, site } = subject;
      const place = placeOf(site);
      const above = [...(place === undefined ? [] : [owned(place.id, place.name)]), everybody];
      const holder = { id, name, kind: kind === "person" ? kind : ("thing" as const), zone: zoneCalled(subject.zone) };
      return holderOf(holder, [owned(id, name), ...above]);
    }),
    ...asked.map(({ id, name }) => holderOf({ id, name, kind: "place", zone }, [owned(id, name), everybody])),
    ...(ids.includes(ORGANISATION)
      ? [holderOf({ id: ORGANISATION, name: organisation.name, kind: "organisation", zone }, [everybody])]
      : []),
  ]);
}

const zoneCalled = (name: string): Zone => findZone(name) ?? UTC;

function around(nowMs: number): DayWindow {
  const today = Math.floor(nowMs / DAY_MS);
  return { fromDay: today - DAYS_AROUND, toDay: today + DAYS_AROUND };
}
