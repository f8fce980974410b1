import { useState } from "react";
import { RequestFailed } from "../../data/api.ts";
import { change, useAsked } from "../../data/office.ts";
import { useLanguage } from "../../messages/index.tsx";
import { Sheet } from "../../shell/section.tsx";
import section from "../../shell/section.module.css";
import { Choice, TextInput } from "../../ui/field.tsx";
import { timesOf, type Booking } from "./day-sheet.tsx";
import { useBookingWords } from "./use-booking-words.ts";

const REASON_CHARACTERS_MAX = 500;
const MINUTE_MS = 60_000;

type Which = "this" | "following" | "all";
const WHICH: readonly Which[] = ["this", "following", "all"];

/** This date, those after it, or all: asked of a date of a series alone. */
function WhichDates(props: {
  readonly booking: Booking;
  readonly which: Which;
  readonly onChange: (which: Which) => void;
}) {
  const words = useBookingWords();
  if (props.booking.series === null) return null;
  return (
    <Choice
      label={words.deeds.which}
      value={props.which}
      options={WHICH.map((value) => ({ value, label: words.deeds.whichOf[value] }))}
      onChange={(value) => props.onChange(WHICH.find((each) => each === value) ?? "this")}
    />
  );
}

/** Cancels a booking, or says no to it, with a reason that its customer reads. */
export function EndSheet(props: {
  readonly booking: Booking;
  readonly deed: "cancel" | "decline";
  readonly onClose: () => void;
}) {
  const { booking, deed, onClose } = props;
  const { words: all, format } = useLanguage();
  const words = useBookingWords();
  const [reason, setReason] = useState("");
  const [which, setWhich] = useState<Which>("this");
  const who = booking.customer?.name ?? words.day.nobody;
  const call = { params: { id: booking.id }, body: { reason, which }, ifMatch: booking.version };
  const told = { offline: all.failures.network, isUndoable: true };
  return (
    <Sheet
      title={words.deeds.of(words.deeds[deed], who, timesOf(booking, format))}
      submit={words.deeds[deed]}
      onSubmit={() =>
        deed === "cancel"
          ? change("bookings.cancel", call, { ...told, said: words.deeds.cancelled(who) })
          : change("bookings.decline", call, { ...told, said: words.deeds.declined(who) })
      }
      onClose={onClose}
    >
      {() => (
        <>
          <WhichDates booking={booking} which={which} onChange={setWhich} />
          <TextInput
            label={words.deeds.reason}
            value={reason}
            isFirst
            maxLength={REASON_CHARACTERS_MAX}
            onChange={setReason}
          />
        </>
      )}
    </Sheet>
  );
}

/** Moves a booking to another time that is free: told of each day, exact as customers see it. */
export function MoveSheet(props: { readonly booking: Booking; readonly zone: string; readonly onClose: () => void }) {
  const { booking, zone, onClose } = props;
  const { words: all, format } = useLanguage();
  const words = useBookingWords();
  const [day, setDay] = useState(() =>
    Temporal.Instant.from(booking.start).toZonedDateTimeISO(zone).toPlainDate().toString(),
  );
  const [start, setStart] = useState("");
  const [which, setWhich] = useState<Which>("this");
  const minutes =
    (Temporal.Instant.from(booking.end).epochMilliseconds - Temporal.Instant.from(booking.start).epochMilliseconds) /
    MINUTE_MS;
  const date = parsed(day);
  const from = (date ?? Temporal.Now.plainDateISO(zone)).toZonedDateTime(zone);
  const asked = useAsked("services.slots", {
    params: { id: booking.service.id },
    query: {
      from: from.toInstant().toString(),
      to: from.add({ days: 1 }).toInstant().toString(),
      minutes,
      places: booking.places,
    },
  });
  const times = asked.status === "ready" ? asked.value.items : [];
  const chosen = times.some((slot) => slot.start === start) ? start : (times[0]?.start ?? "");
  const who = booking.customer?.name ?? words.day.nobody;
  return (
    <Sheet
      title={words.deeds.of(words.deeds.move, who, timesOf(booking, format))}
      submit={words.deeds.move}
      onSubmit={async () =>
        chosen === ""
          ? null
          : change(
              "bookings.reschedule",
              { params: { id: booking.id }, body: { start: chosen, which }, ifMatch: booking.version },
              { said: words.deeds.moved(who), offline: all.failures.network, isUndoable: true },
            )
      }
      onClose={onClose}
    >
      {(refused) => (
        <>
          <WhichDates booking={booking} which={which} onChange={setWhich} />
          <TextInput label={words.deeds.to} type="date" value={day} isFirst onChange={setDay} />
          {asked.status === "loading" && <output className={section.quiet}>{words.deeds.looking}</output>}
          {asked.status === "ready" && times.length === 0 && <p role="status">{words.deeds.none}</p>}
          {times.length > 0 && (
            <Choice
              label={words.deeds.at}
              value={chosen}
              options={times.map((slot) => ({ value: slot.start, label: timesOf(slot, format) }))}
              onChange={setStart}
            />
          )}
          {refused?.code === "bookings/dates-clash" && <Clashes dates={clashesIn(refused.error)} zone={zone} />}
        </>
      )}
    </Sheet>
  );
}

type ToldDate = {
  readonly index: number;
  readonly start: string;
  readonly fits: boolean;
  readonly alternatives: readonly { readonly start: string }[];
};

function clashesIn(error: unknown): readonly ToldDate[] {
  const dates = error instanceof RequestFailed ? error.problem?.["dates"] : null;
  return Array.isArray(dates) ? (dates as readonly ToldDate[]).filter(({ fits }) => !fits) : [];
}

/** Dates of a series that cannot go where the others would, each with what is free near it. */
function Clashes({ dates, zone }: { readonly dates: readonly ToldDate[]; readonly zone: string }) {
  const words = useBookingWords();
  const { locale } = useLanguage();
  const textOf = (start: string) =>
    Temporal.Instant.from(start).toLocaleString(locale, {
      timeZone: zone,
      weekday: "short",
      day: "numeric",
      month: "short",
      hour: "2-digit",
      minute: "2-digit",
    });
  return (
    <div role="status">
      <p>{words.deeds.clash}</p>
      <ul className={section.quiet}>
        {dates.map(({ index, start, alternatives }) => (
          <li key={index}>
            {alternatives.length === 0
              ? words.deeds.clashNone(textOf(start))
              : words.deeds.clashWith(textOf(start), alternatives.map((slot) => textOf(slot.start)).join(", "))}
          </li>
        ))}
      </ul>
    </div>
  );
}

export function parsed(day: string): Temporal.PlainDate | null {
  try {
    return Temporal.PlainDate.from(day);
  } catch {
    return null;
  }
}
