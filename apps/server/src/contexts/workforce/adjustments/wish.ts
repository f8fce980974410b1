import { refuseWork, type Catalogue, type OperationInput, type Refused } from "@hourwright/contract";
import type { Deviation, Shift, ShiftKey } from "@hourwright/schedule";
import { MINUTE_MS, type Zone } from "@hourwright/time";
import { dayOf, dayText, shiftOf, untilOf, writtenShift } from "../contracts/terms.ts";
import { clockOf, minuteOf } from "../hours/decide.ts";
import type { StoredAdjustment } from "./model.ts";

// Pure: adjustments as people write them, and as the merge reads them.

export type Wish = OperationInput<Catalogue["adjustments.create"]>["body"]["what"];
type WishOf<Kind extends Wish["kind"]> = Extract<Wish, { kind: Kind }>;
type Invalid = Refused<"workforce/adjustment-invalid">;

/** Whose deviation. A swap is several, decided together; all else is one. */
export type Half = { readonly personId: string; readonly what: Deviation };

type ShiftAt = (personId: string, key: ShiftKey) => Shift | null;

/** What somebody asks for, as deviations. `shiftAt`: which shift a person has at a key of a swap; null where none. */
export function halvesOf(personId: string, wish: Wish, shiftAt: ShiftAt): readonly Half[] | Invalid {
  switch (wish.kind) {
    case "absence":
      return absenceOf(personId, wish);
    case "change":
      return [
        {
          personId,
          what: { kind: "change", of: keyOf(wish.of), day: dayOf(wish.day), shift: shiftOf(wish.shift) },
        },
      ];
    case "extra":
    case "overtime":
    case "cover": {
      const { kind, interrupts } = wish;
      const from = wish.kind === "cover" ? wish.from : null;
      return [{ personId, what: { kind, day: dayOf(wish.day), shift: shiftOf(wish.shift), from, interrupts } }];
    }
    case "activation": {
      const time = { startMs: instantMs(wish.start), endMs: instantMs(wish.end) };
      return [{ personId, what: { kind: "activation", time } }];
    }
    case "swap":
      return swapOf(personId, wish, shiftAt);
  }
}

const instantMs = (text: string): number => Temporal.Instant.from(text).epochMilliseconds;

export const keyOf = ({ day, starts }: { readonly day: string; readonly starts: string }) => ({
  day: dayOf(day),
  fromMinute: minuteOf(starts),
});

function absenceOf(personId: string, { type, from, until }: WishOf<"absence">): readonly Half[] | Invalid {
  const [isDay, endsOnDay] = [from.length === 10, until.length === 10];
  if (isDay !== endsOnDay) return refuseWork("adjustment-invalid", "mixed", {});
  const [begins, ends] = isDay ? [dayOf(from), dayOf(until) + 1] : [instantMs(from), instantMs(until)];
  if (ends <= begins) return refuseWork("adjustment-invalid", "turned", { from, until });
  if (!isDay && (begins % MINUTE_MS !== 0 || ends % MINUTE_MS !== 0))
    return refuseWork("adjustment-invalid", "minutes", {});
  const span = isDay ? { fromDay: begins, toDay: ends } : { startMs: begins, endMs: ends };
  return [{ personId, what: { kind: "absence", type, span } }];
}

function swapOf(
  personId: string,
  { of, with: other, theirs }: WishOf<"swap">,
  shiftAt: ShiftAt,
): readonly Half[] | Invalid {
  if (other === personId) return refuseWork("adjustment-invalid", "alone", {});
  const one = given(personId, other, of, shiftAt);
  const back = theirs === null ? [] : given(other, personId, theirs, shiftAt);
  if (one === null || back === null) {
    const key = one === null ? of : theirs!;
    return refuseWork("adjustment-invalid", "no-shift", { day: key.day, starts: key.starts });
  }
  const all = [...one, ...back];
  // What is given goes first, so that there is room for what comes.
  return [...all.filter(({ what }) => what.kind === "given"), ...all.filter(({ what }) => what.kind !== "given")];
}

function given(
  from: string,
  to: string,
  written: { readonly day: string; readonly starts: string },
  shiftAt: ShiftAt,
): readonly Half[] | null {
  const of = keyOf(written);
  const shift = shiftAt(from, of);
  if (shift === null) return null;
  return [
    { personId: from, what: { kind: "given", of, to } },
    { personId: to, what: { kind: "taken", day: of.day, shift, from, interrupts: false } },
  ];
}

/** An adjustment as it is told. `group`: the other halves. */
export function shownAdjustment(stored: StoredAdjustment, zone: Zone, together: readonly string[]) {
  const { id, personId, what, state, note, asked, decided, answer, version } = stored;
  const exact =
    what.kind === "activation" ? what.time : what.kind === "absence" && !("fromDay" in what.span) ? what.span : null;
  const by = (who: NonNullable<StoredAdjustment["decided"]>) => ({
    personId: who.by,
    name: who.name,
    at: Temporal.Instant.fromEpochMilliseconds(who.atMs).toString(),
  });
  return {
    id,
    personId,
    kind: what.kind,
    type: what.kind === "absence" ? what.type : null,
    from: exact === null ? dayText(stored.firstDay) : zonedText(exact.startMs, zone),
    until: exact === null ? untilOf(stored.lastDay + 1)! : zonedText(exact.endMs, zone),
    of: "of" in what ? { day: dayText(what.of.day), starts: clockOf(what.of.fromMinute) } : null,
    day: "day" in what ? dayText(what.day) : null,
    shift: "shift" in what ? writtenShift(what.shift) : null,
    otherId: what.kind === "given" ? what.to : "from" in what ? what.from : null,
    interrupts: "interrupts" in what && what.interrupts,
    state,
    note,
    askedBy: by(asked),
    decidedBy: decided === null ? null : by(decided),
    reason: answer,
    together: together.filter((other) => other !== id),
    version,
  };
}

const zonedText = (ms: number, zone: Zone): string =>
  Temporal.Instant.fromEpochMilliseconds(ms).toZonedDateTimeISO(zone.id).toString({ timeZoneName: "never" });
