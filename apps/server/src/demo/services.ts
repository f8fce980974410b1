import { assert } from "@hourwright/std";
import { catalogue, isRefused } from "@hourwright/contract";
import type { Clock } from "../platform/clock.ts";
import type { Database } from "../platform/db/database.ts";
import type { IdMaker } from "../platform/ids.ts";
import {
  changePage,
  createBooking,
  createHold,
  createKind,
  createService,
  createWish,
  issuePackage,
  type Sealing,
  type Service,
  type ServiceContents,
} from "../contexts/bookings/public.ts";
import { systemContext } from "../contexts/identity/public.ts";
import { handInHoursOf, PEOPLE_OF_A_UNIT } from "../contexts/workforce/public.ts";
import type { Settled } from "./store.ts";

type Ports = {
  readonly database: Database;
  readonly clock: Clock;
  readonly newId: IdMaker;
  readonly sealing: Sealing;
};

/** A service whose people and things are named; what is left out is as the contract has it. */
export type DemoService = Pick<ServiceContents, "name" | "slug" | "lengths"> &
  Partial<Omit<ServiceContents, "roles">> & {
    readonly roles: readonly (Pick<ServiceContents["roles"][number], "name" | "assign"> & {
      readonly anyOf: readonly string[];
    })[];
  };

export type DemoBooking = {
  /** The slug of its service. */
  readonly service: string;
  /** So many days from today, or on the next that is free, at this hour. */
  readonly days: number;
  readonly at: string;
  readonly who: string;
  readonly with?: string;
  readonly places?: number;
  readonly answers: Readonly<Record<string, string>>;
};

/** Who waits for what is hardly ever free: their wish stays on the list. */
export type DemoWish = {
  /** The slug of its service. */
  readonly service: string;
  readonly who: string;
  /** From 1 for Monday. */
  readonly weekdays: readonly number[];
  /** So many days from today on. */
  readonly days: number;
};

/** A kind of package, and who has one of it. */
export type DemoPackage = {
  readonly name: string;
  /** The slugs of what it is good for. */
  readonly services: readonly string[];
  readonly units: number;
  readonly validDays: number;
  readonly price: string;
  readonly owners: readonly string[];
};

/** Of the mark and nothing else. */
const HUE = 75;
/** So many days are tried from the one that was wished. */
const DAYS_TRIED = 10;

/**
 * Opens the public pages with what is offered on them, and books some of it ahead, by the commands that customers use: a time
 * that clashes with anything is refused, so none of it is ever a conflict. The hours of who can be
 * booked are worked out first.
 */
export async function openServices(
  ports: Ports,
  { organisation, people, things }: Settled,
  services: readonly DemoService[],
  booked: readonly DemoBooking[],
  packages: readonly DemoPackage[],
  wishes: readonly DemoWish[],
  zone: string,
): Promise<void> {
  const { database, clock, newId, sealing } = ports;
  const idOf = (name: string): string => (people.get(name) ?? things.get(name))!.id;
  const bookable = services
    .flatMap(({ roles }) => roles.flatMap(({ anyOf }) => anyOf))
    .filter((name) => people.has(name));
  await handIn(ports, organisation, [...new Set(bookable)].map(idOf));
  const opened = await database.inOrganisation(systemContext(organisation, "demo.services", newId), async (unit) => {
    await changePage(unit, {
      who: "larkfield",
      greeting: "Lessons, theory and advice of the driving school. No account needed.",
      hue: HUE,
      logo: null,
      asksForProof: false,
    });
    const made: Service[] = [];
    for (const { roles, ...contents } of services) {
      const named = roles.map((role) => ({ ...role, anyOf: role.anyOf.map(idOf) }));
      const service = await createService(unit, catalogue["services.create"].body.parse({ ...contents, roles: named }));
      assert(!isRefused(service), `${contents.name} is refused: ${JSON.stringify(service)}`);
      made.push(service);
    }
    for (const { services: slugs, owners, ...contents } of packages) {
      const serviceIds = made.flatMap(({ id, slug }) => (slugs.includes(slug) ? [id] : []));
      const kind = await createKind(unit, { ...contents, serviceIds });
      assert(!isRefused(kind), `${contents.name} is refused: ${JSON.stringify(kind)}`);
      for (const who of owners)
        await issuePackage(unit, sealing, { kindId: kind.id, customer: customerOf(who), reason: "" });
    }
    return made;
  });
  const today = Temporal.Instant.fromEpochMilliseconds(clock.nowMs()).toZonedDateTimeISO(zone).toPlainDate();
  for (const wish of booked) {
    const service = opened.find(({ slug }) => slug === wish.service)!;
    const choose = wish.with === undefined ? [] : [idOf(wish.with)];
    const startOn = (days: number) =>
      today.add({ days: wish.days + days }).toZonedDateTime({ timeZone: zone, plainTime: wish.at }).epochMilliseconds;
    await book(ports, organisation, { ...wish, service, choose, startOn });
  }
  for (const wish of wishes)
    await wait(
      ports,
      organisation,
      opened.find(({ slug }) => slug === wish.service)!,
      wish,
      today,
    );
}

async function wait(
  { database, newId, sealing }: Ports,
  organisation: number,
  { id: serviceId }: Service,
  { who, weekdays, days }: DemoWish,
  today: Temporal.PlainDate,
): Promise<void> {
  await database.inOrganisation(systemContext(organisation, "demo.wait", newId), async (unit) => {
    const made = await createWish(unit, sealing, {
      serviceId,
      customer: customerOf(who),
      zone: null,
      language: "en",
      minutes: null,
      firstDay: today.toString(),
      lastDay: today.add({ days }).toString(),
      weekdays,
      fromMinute: 0,
      toMinute: MINUTES_OF_A_DAY,
      choose: [],
      places: 1,
    });
    assert(!isRefused(made), `${who} cannot wait: ${JSON.stringify(made)}`);
  });
}
const MINUTES_OF_A_DAY = 1_440;

const customerOf = (who: string) => ({
  name: who,
  email: `${who
    .toLowerCase()
    .normalize("NFD")
    .replaceAll(/\p{M}/gu, "")
    .replaceAll(/[^a-z]+/g, ".")}@example.org`,
  phone: "",
});

async function handIn({ database, newId }: Ports, organisation: number, ids: readonly string[]): Promise<void> {
  for (let from = 0; from < ids.length; from += PEOPLE_OF_A_UNIT) {
    const some = ids.slice(from, from + PEOPLE_OF_A_UNIT);
    const context = systemContext(organisation, "demo.hours", newId);
    await database.inOrganisation(context, (unit) => handInHoursOf(unit, some));
  }
}

type Wish = Omit<DemoBooking, "service"> & {
  readonly service: Service;
  readonly choose: readonly string[];
  readonly startOn: (days: number) => number;
};

/** Books the first time that is free; where nothing is, as around the New Year, nothing. */
async function book({ database, newId, sealing }: Ports, organisation: number, wish: Wish): Promise<void> {
  const { service, choose, places = 1, who, answers, startOn } = wish;
  await database.inOrganisation(systemContext(organisation, "demo.book", newId), async (unit) => {
    for (let days = 0; days < DAYS_TRIED; days++) {
      const startMs = startOn(days);
      const held = await createHold(unit, {
        serviceId: service.id,
        startMs,
        minutes: null,
        choose,
        places,
        zone: null,
      });
      if (isRefused(held)) continue;
      const customer = customerOf(who);
      await createBooking(unit, sealing, held.id, { customer, answers, zone: null, language: "en", package: "" });
      return;
    }
  });
}
