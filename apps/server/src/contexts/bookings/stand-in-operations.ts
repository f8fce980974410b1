import {
  isRefused,
  limits,
  refuseBooking,
  type Catalogue,
  type OperationAnswer,
  type OperationInput,
  type Refused,
} from "@hourwright/contract";
import { DAY_MS, findZone, parseWallTime, UTC } from "@hourwright/time";
import type { Call } from "../../platform/bundle/bundle.ts";
import type { Unit } from "../../platform/db/database.ts";
import { inUnit, type RequestContext } from "../../platform/operations/context.ts";
import type { Handlers } from "../../platform/operations/dispatcher.ts";
import type { WorkerPool } from "../../platform/workers/pool.ts";
import { subjectsById } from "../identity/public.ts";
import { linkOf, zonedText } from "./queries.ts";
import type { Sealing } from "./sealing.ts";
import { roleOf, type Absence, type PlannedRow, type Wish } from "./standing-in.ts";
import { planOnThread } from "./standing-in.task.ts";
import { applyStandIns, readTouched, type RowWish, type TouchedBy } from "./stand-ins.ts";
import { sealedCustomers } from "./store.ts";

export type StandInPorts = {
  readonly sealing: Sealing;
  readonly questions: WorkerPool;
  readonly isMailed: boolean;
  readonly call: Call;
};

type Body = OperationInput<Catalogue["bookings.standIns"]>["body"];
type Layers = OperationAnswer<Catalogue["availability.layers"]>;

/** Whose absence it is, when, and their layers as they stand. */
type Asked = { readonly layers: Layers; readonly zone: string; readonly absence: Absence };

/** What is booked of somebody or something that is away: planned, or done. */
export function standInOperations(ports: StandInPorts): Handlers<"bookings.standIns"> {
  const { questions, call } = ports;
  const planned = async (body: Body, context: RequestContext) => {
    const read = await context.read(async (unit) => {
      const asked = await askedOf(unit, context, call, body);
      return isRefused(asked) ? asked : { asked, touched: await readTouched(unit, asked.absence) };
    });
    if (isRefused(read)) return read;
    const { asked, touched } = read;
    const wishes = new Map(wishesOf(body).map(({ sessionId, wish }) => [sessionId, wish]));
    const rows = await questions.run(planOnThread, { touched: touched.sessions, absence: asked.absence, wishes }, {});
    return context.read((unit) => shownPlan(unit, ports, asked, { touched, rows }, false));
  };
  const applied = (body: Body, context: RequestContext) =>
    context.write(async (unit) => {
      const asked = await askedOf(unit, context, call, body);
      if (isRefused(asked)) return asked;
      const enter = () =>
        body.timeOff ? enterTimeOff(unit, context, call, asked.layers, body) : Promise.resolve(null);
      const done = await applyStandIns(unit, asked.absence, wishesOf(body), enter);
      return isRefused(done) ? done : shownPlan(unit, ports, asked, done, true);
    });
  return {
    "bookings.standIns": async ({ body }, context) =>
      (body.apply ? await applied(body, context) : await planned(body, context)) as
        | OperationAnswer<Catalogue["bookings.standIns"]>
        | Refused<"bookings/plan-stale">,
  };
}

const wishesOf = ({ rows }: Body): RowWish[] =>
  rows.map(({ sessionId, deed, standInId, times, versions }) => {
    const starts = times.map((text) => Temporal.Instant.from(text).epochMilliseconds);
    const wish: Wish =
      deed === "stand-in" ? { deed, standInId } : deed === "offer" ? { deed, starts } : { deed: "leave" };
    return { sessionId, wish, versions };
  });

/** By the clock of who is away, as their time off is written. */
async function askedOf(
  unit: Unit,
  context: RequestContext,
  call: Call,
  { subjectId, from, until }: Body,
): Promise<Asked | Refused> {
  if (from.length !== until.length) return refuseBooking("window-invalid", "mixed", {});
  const layers = await within(unit, context, call, "availability.layers", {
    params: { id: subjectId },
    query: {},
    body: undefined,
  });
  if (isRefused(layers)) return layers;
  const known = layers as Layers;
  const zone = findZone(known.zone) ?? UTC;
  const startMs = zone.toEpochMs(parseWallTime(from)!.localMs);
  const endMs = zone.toEpochMs(parseWallTime(until)!.localMs + (until.length === DAY_CHARACTERS ? DAY_MS : 0));
  if (endMs <= startMs) return refuseBooking("window-invalid", "turned", {});
  if (endMs - startMs > limits.AWAY_DAYS_MAX * DAY_MS)
    return refuseBooking("window-invalid", "away", { most: limits.AWAY_DAYS_MAX });
  return { layers: known, zone: known.zone, absence: { subjectId, startMs, endMs } };
}

const DAY_CHARACTERS = "2027-03-01".length;

/** The time off as a layer of theirs, unless it is there already. */
async function enterTimeOff(
  unit: Unit,
  context: RequestContext,
  call: Call,
  { id, layers, version }: Layers,
  { from, until, reason }: Body,
): Promise<null | Refused> {
  if (layers.some((layer) => layer.kind === "away" && layer.start === from && layer.end === until)) return null;
  const away = { kind: "away", start: from, end: until, reason: reason === "" ? null : reason };
  const input = { params: { id }, query: {}, body: { layers: [...layers, away] } };
  const put = await within(unit, context, call, "availability.putLayers", input, [version]);
  return isRefused(put) ? put : null;
}

/** An operation of another context in this unit, with its own check of who may. */
const within = (
  unit: Unit,
  context: RequestContext,
  call: Call,
  operation: "availability.layers" | "availability.putLayers",
  input: Parameters<Call>[1],
  ifMatch: readonly number[] | null = null,
): Promise<unknown> => call(operation, input, { ...inUnit(context, unit), operation, ifMatch, reply: { headers: {} } });

async function shownPlan(
  unit: Unit,
  { sealing, isMailed }: StandInPorts,
  { layers, zone, absence }: Asked,
  { touched, rows }: { readonly touched: TouchedBy; readonly rows: readonly PlannedRow[] },
  isApplied: boolean,
): Promise<OperationAnswer<Catalogue["bookings.standIns"]>> {
  const { sessions, isMore } = touched;
  const ids = [
    absence.subjectId,
    ...sessions.flatMap(({ picked }) => picked.flat()),
    ...rows.flatMap(({ candidates }) => candidates.map(({ id }) => id)),
  ];
  const subjects = await subjectsById(unit, [...new Set(ids)]);
  const names = new Map(subjects.map(({ id, name }) => [id, name]));
  const named = (id: string) => ({ id, name: names.get(id) ?? "" });
  const here = new Set(subjects.filter(({ retired }) => !retired).map(({ id }) => id));
  const sealed = await sealedCustomers(
    unit,
    sessions.flatMap(({ bookings }) => bookings.map(({ customerId }) => customerId)),
  );
  const nameOf = (customerId: string): string | null => {
    const kept = sealed.get(customerId);
    return kept === undefined ? null : (sealing.unseal(unit.organisation, kept)?.name ?? null);
  };
  const text = (ms: number) => zonedText(ms, zone);
  return {
    subject: named(absence.subjectId),
    zone,
    start: text(absence.startMs),
    end: text(absence.endMs),
    mayEnter: layers.mayChange,
    isApplied,
    isMailed,
    isMore,
    rows: sessions.map((session, at) => {
      const row = rows[at]!;
      const { sessionId, serviceId, terms, startMs, endMs, picked, bookings, facts } = session;
      return {
        sessionId,
        service: { id: serviceId, name: terms.service },
        role: facts?.service.roles[roleOf(picked, absence.subjectId)]?.name ?? "",
        start: text(startMs),
        end: text(endMs),
        bookings: bookings.map(({ id, version, customerId }) => ({
          id,
          version,
          customer: nameOf(customerId),
          link: linkOf(id, sealing),
        })),
        subjects: picked.flat().map(named),
        deed: row.deed,
        standIn: row.standInId === null ? null : named(row.standInId),
        candidates: row.candidates
          .filter(({ id }) => here.has(id))
          .map(({ id, code, why }) => ({ ...named(id), can: code === null, code, why })),
        times: row.starts.map((ms) => ({ start: text(ms), end: text(ms + (endMs - startMs)) })),
        isAsWished: row.isAsWished,
      };
    }),
  };
}
