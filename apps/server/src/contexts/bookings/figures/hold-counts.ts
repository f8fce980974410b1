import type { ChangeWithContents } from "../../../platform/changes/read.ts";
import type { Consumer } from "../../../platform/changes/relay.ts";
import type { Database } from "../../../platform/db/database.ts";
import { organisationOf } from "../../identity/public.ts";
import type { BookingWas } from "../recording.ts";
import { addCounted, lockCounted, type Counted } from "./store.ts";
import { BOOKING } from "../model.ts";

/** Nobody looks at figures within the minute. */
const GATHER_MS = 10_000;
/** As long as figures can be asked for: two years and some days. */
const DAYS_KEPT = 800;

/** Counts what is held and what of it is booked, from the log of changes: holding itself does nothing for it. */
export function holdCounter(database: Database): Consumer {
  return {
    name: "bookings.holdCounts",
    gatherMs: GATHER_MS,
    async take(changes, context) {
      const seq = changes.at(-1)!.seq;
      if (countedIn(changes, "UTC").length === 0) return;
      await database.inOrganisation(
        context,
        async (unit) => {
          const before = await lockCounted(unit);
          const { zone } = await organisationOf(unit);
          const counted = countedIn(
            changes.filter((change) => change.seq > before),
            zone,
          );
          if (counted.length === 0) return;
          const today = dayOf(unit.nowMs, zone);
          const forgetBefore = today.subtract({ days: DAYS_KEPT }).toString();
          await addCounted(unit, counted, seq, { today: counted[0]!.day, forgetBefore });
        },
        { lane: "job" },
      );
    },
  };
}

const dayOf = (ms: number, zone: string): Temporal.PlainDate =>
  Temporal.Instant.fromEpochMilliseconds(ms).toZonedDateTimeISO(zone).toPlainDate();

/** Holds by the day on which they were made and by service. What was recorded before it was named counts for nothing. */
export function countedIn(
  changes: readonly Pick<ChangeWithContents, "thing" | "before" | "after">[],
  zone: string,
): readonly Counted[] {
  const counts = new Map<string, Counted>();
  for (const { thing, before, after } of changes) {
    const [was, is] = [before, after] as [BookingWas | null, BookingWas | null];
    if (thing.type !== BOOKING) continue;
    const [serviceId, madeMs] = [is?.serviceId ?? null, is?.madeMs ?? null];
    if (is === null || serviceId === null || madeMs === null) continue;
    const isHeld = was === null && is.state === "held";
    const isBooked = was?.state === "held" && is.state !== "held";
    if (!isHeld && !isBooked) continue;
    const day = dayOf(madeMs, zone).toString();
    const key = `${day} ${serviceId}`;
    const { held, booked } = counts.get(key) ?? { held: 0, booked: 0 };
    counts.set(key, { day, serviceId, held: held + Number(isHeld), booked: booked + Number(isBooked) });
  }
  return [...counts.values()].toSorted((a, b) => (a.day < b.day ? -1 : a.day > b.day ? 1 : 0));
}
