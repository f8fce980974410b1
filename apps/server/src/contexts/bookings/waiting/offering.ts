import { limits } from "@hourwright/contract";
import { DAY_MS } from "@hourwright/time";
import type { Consumer } from "../../../platform/changes/relay.ts";
import type { Database, Unit } from "../../../platform/db/database.ts";
import type { IdMaker } from "../../../platform/ids.ts";
import type { Reconciler } from "../../../platform/reconciler.ts";
import type { Task, WorkerPool } from "../../../platform/workers/pool.ts";
import { systemContext } from "../../identity/public.ts";
import { zoneOf } from "../services.ts";
import { readFacts } from "../slots.ts";
import type { SlotFacts } from "../slot-question.ts";
import type { FoundSlot, SlotsAsked } from "../slots.task.ts";
import { offeredService } from "../store.ts";
import { offerNext, SWEPT_MAX, sweepWishes } from "./commands.ts";
import { groupOf, inTurn, mayFree } from "./decide.ts";
import { organisationsWaiting, servicesWaitedFor, wishesFor } from "./store.ts";

// From what became free to whom it is offered.

const WAITING = "bookings.waiting";
const EVERY_MS = 60_000;
/** Many changes of one moment are looked at together. */
const GATHER_MS = 1_000;
/** Offers, and times that turn out to be taken, of one service before the next has its turn. */
const TRIES_MAX = 50;
/** Lengths, numbers and choices that are looked for at once; others of the service wait for the next time. */
const GROUPS_MAX = 20;
/** A free time that nobody of the first takes is offered to others from the next minute on: so far ahead is looked. */
const AHEAD_DAYS_MAX = limits.WISH_DAYS_MAX;

export type OfferingPorts = {
  readonly database: Database;
  readonly newId: IdMaker;
  readonly questions: WorkerPool;
};

const find: Task<SlotsAsked, never, FoundSlot[]> = {
  module: new URL("../slots.task.ts", import.meta.url),
  name: "slotsTask",
};

/** Offers what a change has made free, about a second after it. */
export function waitingConsumer(ports: OfferingPorts): Consumer {
  return {
    name: WAITING,
    gatherMs: GATHER_MS,
    async take(changes, { organisation }, signal) {
      if (changes.some(mayFree)) await offerIn(ports, organisation, signal);
    },
  };
}

/** Ends offers that were not answered, and offers what became free by time alone: each minute. */
export function waitingReconciler(ports: OfferingPorts): Reconciler {
  return {
    name: WAITING,
    everyMs: EVERY_MS,
    async run(signal) {
      let offered = 0;
      for (const organisation of await organisationsWaiting(ports.database))
        if (!signal.aborted) offered += await offerIn(ports, organisation, signal);
      return { offered };
    },
  };
}

/** Offers of an organisation whatever is free and waited for; how many offers. Safe to repeat, and to run twice at once. */
async function offerIn(ports: OfferingPorts, organisation: number, signal: AbortSignal): Promise<number> {
  const { database, newId } = ports;
  const context = systemContext(organisation, WAITING, newId);
  for (let last = SWEPT_MAX; last >= SWEPT_MAX && !signal.aborted;)
    last = await database.inOrganisation(context, sweepWishes, { lane: "job" });
  let offered = 0;
  for (const serviceId of await database.inOrganisation(context, servicesWaitedFor, { lane: "read" }))
    if (!signal.aborted) offered += await offerOf(ports, context, serviceId, signal);
  return offered;
}

type Context = ReturnType<typeof systemContext>;

async function offerOf(ports: OfferingPorts, context: Context, serviceId: string, signal: AbortSignal) {
  const { database } = ports;
  const free = await freeOf(ports, context, serviceId);
  let offered = 0;
  for (let tries = TRIES_MAX; tries > 0 && !signal.aborted; tries--) {
    const made = await database.inOrganisation(context, (unit) => offerNext(unit, serviceId, free), { lane: "job" });
    if (made === null) break;
    if (!("tried" in made)) offered++;
    else drop(free, made.tried);
  }
  return offered;
}

function drop(free: Map<string, readonly number[]>, tried: { readonly group: string; readonly startMs: number }): void {
  const starts = free.get(tried.group) ?? [];
  free.set(
    tried.group,
    starts.filter((start) => start !== tried.startMs),
  );
}

/** What is free for those who wait, by what they want alike; worked out on a compute thread. */
async function freeOf(
  ports: OfferingPorts,
  context: Context,
  serviceId: string,
): Promise<Map<string, readonly number[]>> {
  const read = (unit: Unit) => factsFor(unit, serviceId);
  const groups = await ports.database.inOrganisation(context, read, { lane: "read" });
  const free = new Map<string, readonly number[]>();
  for (const { group, facts, places } of groups) {
    const slots = await ports.questions.run(find, { facts, places, limit: limits.SLOTS_MAX, near: null }, {});
    free.set(
      group,
      slots.map(({ startMs }) => startMs),
    );
  }
  return free;
}

type Group = { readonly group: string; readonly facts: SlotFacts; readonly places: number };

async function factsFor(unit: Unit, serviceId: string): Promise<Group[]> {
  const offered = await offeredService(unit, serviceId);
  if (offered === null || !offered.service.isOpen) return [];
  const { service } = offered;
  const zone = await zoneOf(unit, service);
  const waiting = inTurn(await wishesFor(unit, serviceId)).filter(
    (wish) => wish.serviceId === serviceId && wish.state === "waiting",
  );
  const alike = [...Map.groupBy(waiting, ({ wanted }) => groupOf(wanted))].slice(0, GROUPS_MAX);
  const groups: Group[] = [];
  for (const [group, wishes] of alike) {
    const { minutes, choose, places } = wishes[0]!.wanted;
    if (!service.lengths.includes(minutes)) continue;
    const first = Math.min(...wishes.map(({ wanted }) => dayMs(wanted.firstDay, zone)));
    const last = Math.max(...wishes.map(({ endsMs }) => endsMs));
    const fromMs = Math.max(unit.nowMs, first);
    const toMs = Math.min(last, unit.nowMs + AHEAD_DAYS_MAX * DAY_MS);
    if (fromMs >= toMs) continue;
    const asked = { service, zone, lengthMinutes: minutes, choose, fromMs, toMs };
    groups.push({ group, places, facts: await readFacts(unit, asked) });
  }
  return groups;
}

const dayMs = (day: string, zone: string): number =>
  Temporal.PlainDate.from(day).toZonedDateTime(zone).epochMilliseconds;
