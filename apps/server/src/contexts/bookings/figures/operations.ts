import {
  isRefused,
  limits,
  refuseBooking,
  type Catalogue,
  type OperationInput,
  type Refused,
} from "@hourwright/contract";
import { findZone } from "@hourwright/time";
import type { Unit } from "../../../platform/db/database.ts";
import { FileAnswer, type RequestContext } from "../../../platform/operations/context.ts";
import type { Handlers } from "../../../platform/operations/dispatcher.ts";
import type { Task, WorkerPool } from "../../../platform/workers/pool.ts";
import { openTimeTexts } from "../../claims/public.ts";
import { YEAR_MAX, YEAR_MIN } from "../../claims/pure.ts";
import { organisationOf, subjectsById } from "../../identity/public.ts";
import { csvOf } from "../../../platform/sheets/csv.ts";
import type { Figures, Tally } from "./decide.ts";
import type { FiguresAsked } from "./figures.task.ts";
import { bookingsText, firstVisits, heldIn, owedNow, takenInPeriod, type HoldCount } from "./store.ts";
import { noService } from "../services.ts";
import { serviceById, servicesOf } from "../store.ts";

export type FigureIds = "bookings.figures" | "bookings.figuresFile";
type Query = OperationInput<Catalogue["bookings.figures"]>["query"];
type Invalid = Refused<"bookings/window-invalid" | "request/not-found">;

const figures: Task<FiguresAsked, never, Figures | null> = {
  module: new URL("figures.task.ts", import.meta.url),
  name: "figuresTask",
};

export function figureOperations({ questions }: { readonly questions: WorkerPool }): Handlers<FigureIds> {
  const shown = async (query: Query, context: RequestContext) => {
    const read = await readAsked(query, context);
    if (isRefused(read)) return read;
    const found = await questions.run(figures, read.asked, {});
    if (found === null) return refuseBooking("window-invalid", "bookings", { most: limits.FIGURES_BOOKINGS_MAX });
    return told(query, found, read);
  };
  return {
    "bookings.figures": ({ query }, context) => shown(query, context),

    "bookings.figuresFile": async ({ query }, context) => {
      const found = await shown(query, context);
      if (isRefused(found)) return found;
      const rows = [
        rowOf("total", "", found.total),
        ...found.services.map((each) => rowOf("service", each.name, each)),
        ...found.subjects.map((each) => rowOf(each.kind, each.name, each)),
      ];
      const name = `figures-${query.from}-${query.to}.csv`;
      return new FileAnswer("text/csv; charset=utf-8", name, [Buffer.from(csvOf(COLUMNS, rows))]);
    },
  };
}

/** Everything that figures are made of: the rows in one unit, open time in units of some people each. */
async function readAsked(query: Query, context: RequestContext) {
  const rows = await context.read(async (unit) => {
    const { zone: own } = await organisationOf(unit);
    const zone = query.zone ?? own;
    const window = windowOf(query, zone);
    if (isRefused(window)) return window;
    const serviceId = query.serviceId ?? null;
    const one = serviceId === null ? null : await serviceById(unit, serviceId);
    if (serviceId !== null && one === null) return noService;
    const services = one === null ? await servicesOf(unit) : [one];
    const offered = services.flatMap(({ roles }) => roles.flatMap(({ anyOf }) => anyOf));
    const subjectIds = [...new Set([...offered, ...(await takenInPeriod(unit, window, serviceId))])];
    if (subjectIds.length > limits.FIGURES_SUBJECTS_MAX)
      return refuseBooking("window-invalid", "subjects", { most: limits.FIGURES_SUBJECTS_MAX });
    return {
      ...window,
      zone,
      subjectIds,
      services: services.map((service) => ({ service, zone: service.zone ?? own })),
      bookings: await bookingsText(unit, window, serviceId),
      firstVisits: await firstVisits(unit, window, serviceId),
      owed: await owedNow(unit),
      holds: await heldIn(unit, query, serviceId),
      subjects: await namesOf(unit, subjectIds),
    };
  });
  if (isRefused(rows)) return rows;
  const { subjectIds, subjects, holds, zone, ...asked } = rows;
  const open = await openTimeTexts(context.read, subjectIds, asked);
  return { asked: { ...asked, open, nowMs: context.nowMs }, subjects, holds, zone };
}

/** Days of a zone, as instants. */
function windowOf(
  { from, to }: Query,
  zone: string,
): { readonly fromMs: number; readonly toMs: number } | Refused<"bookings/window-invalid"> {
  if (findZone(zone) === null) return refuseBooking("window-invalid", "zone", { zone });
  const [first, end] = [Temporal.PlainDate.from(from), Temporal.PlainDate.from(to)];
  if (first.year < YEAR_MIN || end.year > YEAR_MAX)
    return refuseBooking("window-invalid", "years", { from: YEAR_MIN, to: YEAR_MAX });
  const { days } = first.until(end, { largestUnit: "days" });
  if (days < 1) return refuseBooking("window-invalid", "order", {});
  if (days > limits.FIGURES_DAYS_MAX) return refuseBooking("window-invalid", "days", { most: limits.FIGURES_DAYS_MAX });
  const startOf = (day: Temporal.PlainDate) => day.toZonedDateTime(zone).epochMilliseconds;
  return { fromMs: startOf(first), toMs: startOf(end) };
}

type Named = { readonly name: string; readonly kind: "person" | "thing" };

async function namesOf(unit: Unit, ids: readonly string[]): Promise<ReadonlyMap<string, Named>> {
  const subjects = await subjectsById(unit, ids);
  return new Map(subjects.map(({ id, name, kind }) => [id, { name, kind: kind === "person" ? "person" : "thing" }]));
}

type Read = Exclude<Awaited<ReturnType<typeof readAsked>>, Invalid>;

/** With names, people before things, by name. */
function told(
  { from, to }: Query,
  found: Figures,
  { subjects, holds, zone }: Pick<Read, "subjects" | "holds" | "zone">,
) {
  const nameOf = (id: string) => subjects.get(id)?.name ?? "";
  return {
    from,
    to,
    zone,
    total: plain(found.total),
    services: found.services.map((each) => ({ id: each.id, name: each.name, ...plain(each) })),
    subjects: found.subjects
      .map((each) => ({
        id: each.id,
        name: nameOf(each.id),
        kind: subjects.get(each.id)?.kind ?? "thing",
        ...plain(each),
      }))
      .toSorted((a, b) => a.kind.localeCompare(b.kind) || a.name.localeCompare(b.name)),
    customers: found.customers,
    holds: heldOf(holds),
    fairness: found.fairness.map(({ service, role, subjects: shares }) => ({
      service,
      role,
      subjects: shares.map((each) => ({ ...each, name: nameOf(each.id) })),
    })),
  };
}

const heldOf = (holds: HoldCount | null) => (holds === null ? null : { ...holds, rate: holds.booked / holds.held });

/** What an answer may change: its own lists. */
function plain({ rating, ...tally }: Tally) {
  const { bookings, outcomes, cancelledLate, moved, noShows, bookedMinutes, openMinutes, utilisation, leadMinutes } =
    tally;
  return {
    bookings,
    outcomes,
    cancelledLate,
    moved,
    noShows,
    bookedMinutes,
    openMinutes,
    utilisation,
    leadMinutes,
    rating: rating === null ? null : { ...rating, distribution: [...rating.distribution] },
  };
}

const COLUMNS = [
  "of",
  "name",
  "bookings",
  "booked minutes",
  "open minutes",
  "utilisation",
  "completed",
  "confirmed",
  "asked for",
  "no-shows",
  "no-shows of",
  "no-show rate",
  "cancelled by customer",
  "cancelled by organisation",
  "cancelled by nobody known",
  "cancelled late",
  "declined",
  "moved",
  "minutes ahead (median)",
  "answers",
  "answers (mean)",
];

const SHARE_DIGITS = 4;

function rowOf(kind: string, name: string, tally: Tally): readonly string[] {
  const { outcomes, noShows, rating } = tally;
  const part = (share: number | null) => (share === null ? "" : String(Number(share.toFixed(SHARE_DIGITS))));
  return [
    kind,
    name,
    String(tally.bookings),
    String(Math.round(tally.bookedMinutes)),
    tally.openMinutes === null ? "" : String(Math.round(tally.openMinutes)),
    part(tally.utilisation),
    String(outcomes.completed),
    String(outcomes.confirmed),
    String(outcomes.requested),
    String(noShows.count),
    String(noShows.of),
    part(noShows.rate),
    String(outcomes.cancelledByCustomer),
    String(outcomes.cancelledByOrganisation),
    String(outcomes.cancelledByNobodyKnown),
    String(tally.cancelledLate),
    String(outcomes.declined),
    String(tally.moved),
    tally.leadMinutes === null ? "" : String(Math.round(tally.leadMinutes)),
    String(rating?.count ?? 0),
    part(rating?.mean ?? null),
  ];
}
