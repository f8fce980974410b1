import { refuseBooking, type Refused } from "@hourwright/contract";
import { findZone, MINUTE_MS } from "@hourwright/time";
import type { Unit } from "../../platform/db/database.ts";
import { instantWithin } from "../claims/pure.ts";
import { organisationOf, subjectsById } from "../identity/public.ts";
import { changeUntilMs, isBooked, mayChange, needsYes, unsureOf } from "./decide.ts";
import { reasonOf, type Answer, type Booking, type Held, type OwnPackage, type Page, type Service } from "./model.ts";
import { filesOfBookings, type ShownFile } from "./files/queries.ts";
import { kindsOf, movementsOf, packagesById } from "./package-store.ts";
import { packageUse } from "./packages.ts";
import { isAskedAbout, mayRate, ratedUntilMs, type Rating } from "./rating/decide.ts";
import { ratingsOf } from "./rating/store.ts";
import type { Sealing } from "./sealing.ts";
import { pageOf, routingOf, sealedCustomers, servicesOf } from "./store.ts";
import type { By } from "./changing.ts";
import { seenBy } from "./customers/given.ts";
import type { FoundSlot } from "./slots.task.ts";
import { wishesOfHolds } from "./waiting/store.ts";

// The reading side: services and bookings as they are shown to customers and to those who offer them.

export const shownSlot = ({ startMs, endMs, placesLeft }: FoundSlot, zone: string) => ({
  start: zonedText(startMs, zone),
  end: zonedText(endMs, zone),
  placesLeft,
});

/** An instant as a zone shows it, with its offset. */
export const zonedText = (ms: number, zone: string): string =>
  Temporal.Instant.fromEpochMilliseconds(ms).toZonedDateTimeISO(zone).toString({ timeZoneName: "never" });

/** The path of a service's public page. */
const addressOf = (page: Page | null, { slug }: Service): string => (page === null ? "" : `/book/${page.who}/${slug}`);

export async function shownServices(unit: Unit, services: readonly Service[]) {
  const page = await pageOf(unit);
  return services.map((service) => ({ ...service, address: addressOf(page, service) }));
}

export async function shownPage(unit: Unit) {
  const { name } = await organisationOf(unit);
  return { who: null, greeting: "", hue: 250, logo: null, asksForProof: false, ...(await pageOf(unit)), name };
}

/** What everybody is told of an organisation and what it offers. */
export async function publicPage(unit: Unit) {
  const [page, { name, zone }] = [await pageOf(unit), await organisationOf(unit)];
  const services = (await servicesOf(unit)).filter(({ isOpen }) => isOpen);
  const kinds = await kindsOf(unit);
  const subjects = await subjectsById(unit, [
    ...new Set(
      services.flatMap(({ roles }) => roles.flatMap(({ anyOf, assign }) => (assign === "customer" ? anyOf : []))),
    ),
  ]);
  const nameOf = new Map(subjects.filter(({ retired }) => !retired).map((subject) => [subject.id, subject.name]));
  return {
    who: page!.who,
    name,
    greeting: page!.greeting,
    hue: page!.hue,
    logo: page!.logo,
    asksForProof: page!.asksForProof,
    routing: await openRouting(unit, services),
    services: services.map((service) => ({
      ...pickFields(service),
      zone: service.zone ?? zone,
      package: packageUse(service, kinds),
      choices: service.roles.flatMap((role) =>
        role.assign === "customer"
          ? [
              {
                name: role.name,
                anyOf: role.anyOf.flatMap((id) => (nameOf.has(id) ? [{ id, name: nameOf.get(id)! }] : [])),
              },
            ]
          : [],
      ),
    })),
  };
}

/** What is asked, without the rules that lead to what is not offered now; nothing is asked where none is left. */
async function openRouting(unit: Unit, services: readonly Service[]) {
  const { questions, rules } = await routingOf(unit);
  const open = rules.filter(({ serviceId }) => services.some(({ id }) => id === serviceId));
  return open.length === 0 ? { questions: [], rules: [] } : { questions, rules: open };
}

const pickFields = ({
  id,
  slug,
  name,
  description,
  lengths,
  isZoneLocked,
  places,
  needsApproval,
  noticeMinutes,
  cancelUntilMinutes,
  price,
  policy,
  where,
  questions,
  holdMinutes,
  seriesMax,
}: Service) => ({
  id,
  slug,
  name,
  description,
  lengths: [...lengths],
  isZoneLocked,
  places,
  needsApproval,
  noticeMinutes,
  cancelUntilMinutes,
  price,
  policy,
  where,
  questions: questions.map((question) => ({ ...question, options: [...question.options] })),
  holdMinutes,
  seriesMax: seriesMax === 1 ? null : seriesMax,
});

/** In whose zone a booking's times are told: the service's own where one has to be there. */
export const zoneOf = ({ terms, zone }: Booking): string => (terms.isZoneLocked ? terms.zone : zone);

export async function shownHold(unit: Unit, hold: Held, sealing: Sealing) {
  const zone = zoneOf(hold);
  const names = await namesOf(unit, [hold]);
  return {
    id: hold.id,
    key: sealing.linkKey(hold.id),
    serviceId: hold.serviceId,
    start: zonedText(hold.startMs, zone),
    end: zonedText(hold.endMs, zone),
    zone,
    places: hold.places,
    subjects: hold.picked.flat().map((id) => ({ id, name: names.get(id) ?? "" })),
    expiresAt: zonedText(hold.expiresMs, "UTC"),
  };
}

/** What is held for all dates of a series, as its first. */
export async function shownSeriesHold(unit: Unit, holds: readonly Held[], sealing: Sealing) {
  const first = await shownHold(unit, holds[0]!, sealing);
  const names = await namesOf(unit, holds);
  return {
    ...first,
    seriesId: holds[0]!.series!.id,
    dates: holds.map((hold) => ({
      id: hold.id,
      index: hold.series!.index,
      start: zonedText(hold.startMs, first.zone),
      end: zonedText(hold.endMs, first.zone),
      subjects: hold.picked.flat().map((id) => ({ id, name: names.get(id) ?? "" })),
    })),
  };
}

/** Bookings as whoever may read them sees them. Six statements, however many, and one where files were sent. */
export async function shownBookings(
  unit: Unit,
  bookings: readonly Booking[],
  { sealing, isMailed }: { readonly sealing: Sealing; readonly isMailed: boolean },
  by: By,
) {
  const who = (await pageOf(unit))?.who ?? null;
  const names = await namesOf(unit, bookings);
  // What is offered to somebody who waits is theirs already: their page knows it.
  const offers = await wishesOfHolds(
    unit,
    bookings.flatMap(({ id, state }) => (state === "held" ? [id] : [])),
  );
  const customers = await sealedCustomers(unit, [
    ...bookings.flatMap((booking) => (isBooked(booking) ? [booking.customerId] : [])),
    ...[...offers.values()].map(({ customerId }) => customerId),
  ]);
  const packages = await packagesById(
    unit,
    bookings.flatMap((booking) => (isBooked(booking) && booking.paid !== null ? [booking.paid.packageId] : [])),
  );
  const ratings = await ratingsOf(
    unit,
    bookings.flatMap(({ id, terms }) => (terms.rating === null ? [] : [id])),
    sealing,
  );
  const files = await filesOfBookings(unit, sealing, bookings);
  return bookings.map((booking) => {
    const sent = files.get(booking.id) ?? [];
    const zone = zoneOf(booking);
    const paid = isBooked(booking) ? booking.paid : null;
    const owned = paid === null ? undefined : packages.get(paid.packageId);
    const whose = isBooked(booking) ? booking : offers.get(booking.id);
    const kept = { sealed: customers.get(whose?.customerId ?? ""), given: whose?.given ?? null };
    const { customer, differs } = seenBy(unit, sealing, kept, by);
    const previous = isBooked(booking) ? booking.previous : null;
    return {
      id: booking.id,
      service: { id: booking.serviceId, name: booking.terms.service },
      state: booking.state,
      start: zonedText(booking.startMs, zone),
      end: zonedText(booking.endMs, zone),
      zone,
      places: booking.places,
      subjects: booking.picked.flat().map((id) => ({ id, name: names.get(id) ?? "" })),
      customer,
      differs,
      answers: isBooked(booking) ? booking.answers.map((answer) => shownAnswer(answer, sent)) : [],
      files: [...sent],
      where: booking.terms.where,
      policy: booking.terms.policy,
      reason: reasonOf(booking),
      previous:
        previous === null ? null : { start: zonedText(previous.startMs, zone), end: zonedText(previous.endMs, zone) },
      needsApproval: needsYes(booking),
      unsure:
        by === "customer"
          ? []
          : unsureOf(booking).map(({ subjectId, calendar, freshMs }) => ({
              subject: { id: subjectId, name: names.get(subjectId) ?? "" },
              calendar,
              freshAt: freshMs === null ? null : zonedText(freshMs, zone),
            })),
      mayChange: mayChange(booking, by, unit.nowMs),
      changeUntil: zonedText(changeUntilMs(booking), zone),
      isMailed,
      link: linkOf(booking.id, sealing),
      heldUntil: booking.state === "held" ? zonedText(booking.expiresMs, zone) : null,
      who,
      series: booking.series,
      package:
        paid === null || owned === undefined
          ? null
          : { id: owned.id, name: owned.name, units: paid.units, left: owned.balance },
      offer: shownOffer(booking, zone, unit.nowMs),
      rating: shownRating(booking, ratings.get(booking.id) ?? null, zone, unit.nowMs),
      version: booking.version,
    };
  });
}

/** The question after the visit, from its end on; what was said is told whatever became of the booking. */
function shownRating(booking: Booking, given: Rating | null, zone: string, nowMs: number) {
  const { rating } = booking.terms;
  if (rating === null || (given === null && (!isAskedAbout(booking) || nowMs < booking.endMs))) return null;
  return {
    question: rating.question,
    isOpen: mayRate(booking, given, nowMs),
    until: zonedText(ratedUntilMs(booking, given), zone),
    score: given?.score ?? null,
    comment: given?.comment ?? "",
  };
}

function shownOffer(booking: Booking, zone: string, nowMs: number) {
  if (!isBooked(booking) || booking.offer === null) return null;
  const { starts, endsMs } = booking.offer;
  const lengthMs = booking.endMs - booking.startMs;
  return {
    times: starts.map((startMs) => ({ start: zonedText(startMs, zone), end: zonedText(startMs + lengthMs, zone) })),
    until: zonedText(endsMs, zone),
    isOpen: nowMs < endsMs,
  };
}

/** Files are named; one that is gone is not. */
function shownAnswer({ question, answer, files = [] }: Answer, sent: readonly ShownFile[]) {
  const own = sent.filter(({ id }) => files.includes(id));
  return {
    question,
    answer: files.length === 0 ? answer : own.map(({ name }) => name).join(", "),
    files: own.map(({ id }) => id),
  };
}

/** Packages as those who have issued them see them. Three statements, however many. */
export async function shownPackages(unit: Unit, packages: readonly OwnPackage[], sealing: Sealing) {
  const page = await pageOf(unit);
  const services = page === null ? [] : await servicesOf(unit);
  const { zone } = await organisationOf(unit);
  const customers = await sealedCustomers(
    unit,
    packages.map(({ customerId }) => customerId),
  );
  return packages.map((owned) => {
    const code = sealing.packageCode(owned.id);
    const service = services.find(({ id, isOpen }) => isOpen && owned.serviceIds.includes(id));
    const sealed = customers.get(owned.customerId);
    return {
      id: owned.id,
      kindId: owned.kindId,
      name: owned.name,
      serviceIds: [...owned.serviceIds],
      code,
      link: service === undefined ? "" : `${addressOf(page, service)}?package=${code}`,
      customer: sealed === undefined ? null : sealing.unseal(unit.organisation, sealed),
      units: owned.units,
      balance: owned.balance,
      issuedAt: zonedText(owned.issuedMs, zone),
      expiresAt: zonedText(owned.expiresMs, zone),
      version: owned.version,
    };
  });
}

export async function shownMovements(unit: Unit, packageId: string) {
  const { zone } = await organisationOf(unit);
  return (await movementsOf(unit, packageId)).map(({ atMs, ...movement }) => ({
    ...movement,
    at: zonedText(atMs, zone),
  }));
}

export const linkOf = (id: string, sealing: Sealing): string => `/booking/${id}?key=${sealing.linkKey(id)}`;

async function namesOf(unit: Unit, bookings: readonly Booking[]): Promise<ReadonlyMap<string, string>> {
  const ids = [...new Set(bookings.flatMap(({ picked }) => picked.flat()))];
  return new Map((await subjectsById(unit, ids)).map(({ id, name }) => [id, name]));
}

const noInstant = ({ refused }: Refused): Refused<"bookings/window-invalid"> =>
  refuseBooking("window-invalid", "instant", { said: refused.detail });

/** A window of at most so many days, in years that are kept. */
export function slotWindow(
  { from, to }: { readonly from: string; readonly to: string },
  daysMax: number,
): { readonly fromMs: number; readonly toMs: number } | Refused<"bookings/window-invalid"> {
  const [fromMs, toMs] = [instantWithin(from, "from"), instantWithin(to, "to")];
  if (typeof fromMs !== "number") return noInstant(fromMs);
  if (typeof toMs !== "number") return noInstant(toMs);
  if (toMs <= fromMs) return refuseBooking("window-invalid", "order", {});
  if (toMs - fromMs > daysMax * 1_440 * MINUTE_MS) return refuseBooking("window-invalid", "days", { most: daysMax });
  return { fromMs, toMs };
}

/** An instant in years that are kept. */
export function momentOf(text: string): number | Refused<"bookings/window-invalid"> {
  const ms = instantWithin(text, "at");
  return typeof ms === "number" ? ms : noInstant(ms);
}

/** A zone that somebody asked for, or null where there is no such. */
export const knownZone = (name: string | undefined): string | null =>
  name === undefined || findZone(name) === null ? null : name;
