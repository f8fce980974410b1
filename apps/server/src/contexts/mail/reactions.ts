import type { ChangeWithContents } from "../../platform/changes/read.ts";
import type { Consumer } from "../../platform/changes/relay.ts";
import type { Database, Unit } from "../../platform/db/database.ts";
import { BOOKING, toldBookings, toldOffers, WISH, type Sealing, type ToldBooking } from "../bookings/public.ts";
import { questionAfter, remindersOf } from "./decide.ts";
import { NEWS_LATE_MS } from "./model.ts";
import { questionOf } from "./sending.ts";
import { noteNews, noteOffer, putQuestion, putReminders, withdrawQuestion } from "./store.ts";

/** A tenth of what news waits anyway: a thousand holds a second are read a few times, and not a thousand. */
const GATHER_MS = 1_000;

/** Notes whose customers may have to be told, and makes the reminders, from the log of changes. */
export function mailConsumer(database: Database, sealing: Sealing): Consumer {
  return {
    name: "mail.news",
    gatherMs: GATHER_MS,
    async take(changes, context) {
      const last = new Map(changes.filter(isAboutBooking).map((change) => [change.thing.id, change]));
      if (last.size > 0)
        await database.inOrganisation(context, (unit) => noteChanges(unit, sealing, last), { lane: "job" });
      const offered = changes.flatMap(heldByOffer);
      if (offered.length > 0)
        await database.inOrganisation(context, (unit) => noteOffers(unit, sealing, offered), { lane: "job" });
    },
  };
}

/** Nobody is told of holds. A demo tells nobody: whom it has made up may have an address. */
const isAboutBooking = ({ thing, kind, operation, after }: ChangeWithContents): boolean =>
  thing.type === BOOKING && kind !== "removed" && !isHold(after) && !operation.startsWith("demo.");

/** What a change has offered to somebody who waits. */
function heldByOffer({ thing, operation, after }: ChangeWithContents): readonly string[] {
  if (thing.type !== WISH || operation.startsWith("demo.")) return [];
  const { state, holdId } = (after ?? {}) as { readonly state?: string; readonly holdId?: string };
  return state === "offered" && holdId !== undefined ? [holdId] : [];
}

/** What stands no more when it is read is not told. Safe to repeat. */
async function noteOffers(unit: Unit, sealing: Sealing, holdIds: readonly string[]): Promise<void> {
  for (const [bookingId, { booking }] of await toldOffers(unit, holdIds, sealing))
    await noteOffer(unit, { bookingId, customerId: booking.customerId, startMs: booking.startMs });
}

const isHold = (after: unknown): boolean => (after as { readonly state?: string } | null)?.state === "held";

/** Bookings by their last change; safe to repeat. */
async function noteChanges(unit: Unit, sealing: Sealing, last: ReadonlyMap<string, ChangeWithContents>): Promise<void> {
  const bookings = await toldBookings(unit, [...last.keys()], sealing);
  for (const [id, told] of bookings) await noteChange(unit, told, last.get(id)!);
}

async function noteChange(unit: Unit, told: ToldBooking, change: ChangeWithContents): Promise<void> {
  const { booking, zone } = told;
  const changedMs = change.at.epochMilliseconds;
  const about = { bookingId: booking.id, customerId: booking.customerId, startMs: booking.startMs };
  // Nobody is told of what was changed so long ago: this server was away, or has been given this part of it since.
  const isNews = unit.nowMs - changedMs <= NEWS_LATE_MS && booking.startMs > unit.nowMs;
  const seriesId = booking.series?.id ?? null;
  if (isNews) await noteNews(unit, { ...about, seriesId, byCustomer: change.actor.userId === null, changedMs });
  const { reminderMinutes: minutes } = booking.terms;
  const reminders = remindersOf(booking, { minutes, zone, changedMs: isNews ? changedMs : unit.nowMs });
  await putReminders(unit, { ...about, changedMs }, reminders);
  if (booking.terms.rating === null) return;
  const question = questionOf(told);
  const deed = questionAfter(question, unit.nowMs);
  if (deed === "wait") await putQuestion(unit, { ...about, changedMs }, question!.askedMs);
  if (deed === "withdraw") await withdrawQuestion(unit, booking.id);
}
