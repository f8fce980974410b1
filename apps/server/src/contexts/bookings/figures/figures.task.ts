import { limits } from "@hourwright/contract";
import { findZone, normalise } from "@hourwright/time";
import { openTimeFrom } from "../../claims/pure.ts";
import { figuresOf, type Figures } from "./decide.ts";
import type { OwedNow } from "./store.ts";
import { bookingsFrom } from "./texts.ts";
import type { Service } from "../model.ts";
import { hoursOf } from "../slot-question.ts";

// Figures on a compute thread: those of a year would hold up everybody.

export type FiguresAsked = {
  readonly fromMs: number;
  readonly toMs: number;
  readonly nowMs: number;
  /** `bookingsText` of the period. */
  readonly bookings: string;
  /** `openTimeTexts` of claims. */
  readonly open: readonly string[];
  /** With the zone of each. */
  readonly services: readonly { readonly service: Service; readonly zone: string }[];
  readonly owed: readonly OwedNow[];
  readonly firstVisits: readonly (readonly [string, number])[];
};

/** Null: there are more bookings than one question may be about. */
// oxlint-disable-next-line require-yield -- a task hands out parts; this one has but its result
export async function* figuresTask(asked: FiguresAsked): AsyncGenerator<never, Figures | null> {
  const { fromMs, toMs, nowMs } = asked;
  const bookings = bookingsFrom(asked.bookings);
  if (bookings.length > limits.FIGURES_BOOKINGS_MAX) return null;
  const owed = Map.groupBy(asked.owed, ({ serviceId }) => serviceId);
  return figuresOf({
    fromMs,
    toMs,
    nowMs,
    bookings,
    open: openTimeFrom(asked.open),
    firstMs: new Map(asked.firstVisits),
    services: asked.services.map(({ service, zone }) => {
      const hours = hoursOf(service, findZone(zone)!, { fromMs, toMs });
      const { id, name, roles } = service;
      return { id, name, roles, hours: hours === null ? null : normalise(hours), owed: owed.get(id) ?? [] };
    }),
  });
}
