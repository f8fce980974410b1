import { limits, refuseBooking, refuseRequest, type Refused } from "@hourwright/contract";
import { findZone } from "@hourwright/time";
import type { Unit } from "../../platform/db/database.ts";
import type { IfMatch } from "../../platform/operations/context.ts";
import { calendarsById, openCalendars } from "../calendars/public.ts";
import { organisationOf, subjectsById } from "../identity/public.ts";
import { closeUntilHandedIn } from "../workforce/public.ts";
import { decideWeek } from "../workforce/pure.ts";
import { forgetUnasked } from "./files/store.ts";
import { whyInvalid } from "./decide.ts";
import { whyInvalidRouting, type Routing } from "./routing.ts";
import { PAGE, ROUTING, SERVICE, type Page, type Service, type ServiceContents } from "./model.ts";
import {
  calendarOfBookings,
  deleteService,
  insertService,
  isBookedAhead,
  lockService,
  pageOf,
  putPage,
  putRouting,
  routingOf,
  servicesOf,
  setCalendarOfBookings,
  updateService,
} from "./store.ts";

type Invalid = Refused<"bookings/service-invalid">;
type Gone = Refused<"request/not-found" | "request/version-changed">;

export const noService = refuseRequest("not-found", "service", {});
const versionChanged = refuseRequest("version-changed", "read", {});
const calledSo = (slug: string): Invalid => refuseBooking("service-invalid", "address", { slug });
const booked = refuseBooking("service-booked", "ahead", {});

export async function createService(unit: Unit, contents: ServiceContents): Promise<Service | Invalid> {
  if ((await servicesOf(unit)).length >= limits.SERVICES_MAX)
    return refuseBooking("service-invalid", "too-many", { most: limits.SERVICES_MAX });
  const wrong = await whyRefused(unit, contents);
  if (wrong !== null) return wrong;
  const service: Service = { ...contents, id: unit.newId("svc"), version: 1 };
  // Timelines before facts, as whoever hands hours in has them.
  await closeUntilHandedIn(unit, subjectsOf(service));
  await openCalendar(unit);
  if (!(await insertService(unit, service))) return calledSo(contents.slug);
  record(unit, service.id, "created", null, contents);
  return service;
}

export async function changeService(
  unit: Unit,
  id: string,
  wish: { readonly [Field in keyof ServiceContents]?: ServiceContents[Field] | undefined },
  ifMatch: IfMatch,
): Promise<Service | Invalid | Gone> {
  const before = await lockService(unit, id);
  if (before === null) return noService;
  if (ifMatch?.includes(before.version) === false) return versionChanged;
  const given = Object.fromEntries(Object.entries(wish).filter(([, value]) => value !== undefined));
  const contents: ServiceContents = { ...contentsOf(before), ...given };
  const wrong = await whyRefused(unit, contents);
  if (wrong !== null) return wrong;
  const after: Service = { ...contents, id, version: before.version + 1 };
  await closeUntilHandedIn(unit, subjectsOf(after));
  if (!(await updateService(unit, after))) return calledSo(contents.slug);
  await keepAskedFiles(unit, before, after);
  record(unit, id, "updated", contentsOf(before), contents);
  return after;
}

export async function removeService(
  unit: Unit,
  id: string,
  ifMatch: IfMatch,
): Promise<null | Gone | Refused<"bookings/service-booked">> {
  const before = await lockService(unit, id);
  if (before === null) return noService;
  if (ifMatch?.includes(before.version) === false) return versionChanged;
  if (await isBookedAhead(unit, id)) return booked;
  await deleteService(unit, id);
  record(unit, id, "removed", contentsOf(before), null);
  return null;
}

/** Puts a service back as it was before a change, or takes away the one that a change made. */
export async function putService(
  unit: Unit,
  id: string,
  was: ServiceContents | null,
): Promise<null | Invalid | Refused<"bookings/service-booked">> {
  const before = await lockService(unit, id);
  if (was === null && before === null) return null;
  if (was === null) {
    if (await isBookedAhead(unit, id)) return booked;
    await deleteService(unit, id);
  } else {
    const service = { ...was, id, version: (before?.version ?? 0) + 1 };
    await closeUntilHandedIn(unit, subjectsOf(service));
    if (!(await (before === null ? insertService : updateService)(unit, service))) return calledSo(was.slug);
    if (before !== null) await keepAskedFiles(unit, before, service);
  }
  const kind = before === null ? "created" : was === null ? "removed" : "updated";
  record(unit, id, kind, before === null ? null : contentsOf(before), was);
  return null;
}

/** What was sent for a question that is asked no more goes with it. */
async function keepAskedFiles(unit: Unit, before: Service, after: Service): Promise<void> {
  const asking = (service: Service) => service.questions.flatMap(({ id, kind }) => (kind === "file" ? [id] : []));
  const still = asking(after);
  if (asking(before).some((id) => !still.includes(id))) await forgetUnasked(unit, after.id, still);
}

export async function changePage(unit: Unit, page: Page): Promise<Page | Refused<"bookings/address-taken">> {
  const before = await pageOf(unit);
  await openCalendar(unit);
  if (!(await putPage(unit, page))) return refuseBooking("address-taken", "other", { who: page.who });
  unit.record({ kind: before === null ? "created" : "updated", thing: { type: PAGE, id: "page" }, fields: ["page"] });
  return page;
}

export async function changeRouting(
  unit: Unit,
  routing: Routing,
): Promise<Routing | Refused<"bookings/routing-invalid">> {
  const why = whyInvalidRouting(routing, await servicesOf(unit));
  if (why !== null) return why;
  await openCalendar(unit);
  const before = await routingOf(unit);
  await putRouting(unit, routing);
  unit.record({ kind: "updated", thing: { type: ROUTING, id: "page" }, fields: ["routing"], before, after: routing });
  return routing;
}

/** Opens the calendar in which the organisation sees what is booked, with the first thing it offers. */
async function openCalendar(unit: Unit): Promise<void> {
  const known = await calendarOfBookings(unit);
  if (known !== null && (await calendarsById(unit, [known])).length > 0) return;
  const { zone } = await organisationOf(unit);
  const wish = { name: "Bookings", colour: 75, category: "booking", ownerSubjectId: null, zone } as const;
  const [calendar] = await openCalendars(unit, [{ ...wish, policy: "forbid", sharing: "read" }]);
  await setCalendarOfBookings(unit, calendar!.id);
}

async function whyRefused(unit: Unit, contents: ServiceContents): Promise<Invalid | null> {
  if (contents.zone !== null && findZone(contents.zone) === null)
    return refuseBooking("service-invalid", "zone", { zone: contents.zone });
  const week = contents.hours === null ? null : decideWeek(contents.hours);
  if (week !== null && "refused" in week)
    return refuseBooking("service-invalid", "hours", { said: week.refused.detail });
  const subjects = await subjectsById(unit, subjectsOf(contents));
  const here = subjects.filter(({ retired, kind }) => !retired && kind !== "outside");
  return whyInvalid(contents, new Set(here.map(({ id }) => id)));
}

/** Whom it may take. */
const subjectsOf = ({ roles }: Pick<ServiceContents, "roles">): string[] => [
  ...new Set(roles.flatMap(({ anyOf }) => anyOf)),
];

function contentsOf(service: Service): ServiceContents {
  const { id: _id, version: _version, ...contents } = service;
  return contents;
}

function record(
  unit: Unit,
  id: string,
  kind: "created" | "updated" | "removed",
  before: ServiceContents | null,
  after: ServiceContents | null,
): void {
  unit.record({ kind, thing: { type: SERVICE, id }, fields: ["service"], before, after });
}

/** The service's own zone, or its organisation's. */
export const zoneOf = async (unit: Unit, { zone }: Pick<Service, "zone">): Promise<string> =>
  zone ?? (await organisationOf(unit)).zone;
