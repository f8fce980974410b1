import { lazy, Suspense, useState } from "react";
import type { Answer, Me } from "../../data/api.ts";
import { changeOrSay, useAsked } from "../../data/office.ts";
import { useLanguage } from "../../messages/index.tsx";
import { Answered, Rows, Section } from "../../shell/section.tsx";
import section from "../../shell/section.module.css";
import { Button } from "../../ui/button.tsx";
import { Icon } from "../../ui/icon.tsx";
import styles from "./bookings.module.css";
import { EndSheet, MoveSheet } from "./booking-sheets.tsx";
import { GivenOtherwise } from "./given.tsx";
import { useAwayWords } from "./use-away-words.ts";
import { useBookingWords } from "./use-booking-words.ts";
import type { BookingWords } from "./words-en.ts";
import { useQuestionWords } from "./use-question-words.ts";

const AwaySheet = lazy(async () => ({ default: (await import("./away-sheet.tsx")).AwaySheet }));

export type Booking = Answer<"bookings.list">["items"][number];

const ASKED_EVERY_MS = 30_000;
const OF_A_DAY_MAX = 500;
const DAY_MS = 86_400_000;

/** The bookings of one day, for whoever meets the customers: printed on one page, and read on a phone. */
export function DaySheet(props: {
  readonly me: Me;
  /** The day to begin with; today where none is said. */
  readonly on: Temporal.PlainDate | null;
  readonly mayDecide: boolean;
}) {
  const { me, on, mayDecide } = props;
  const { zone } = me.organisation;
  const words = useBookingWords();
  const away = useAwayWords();
  const [isAway, setAway] = useState(false);
  const { format } = useLanguage();
  const today = Temporal.Now.plainDateISO(zone);
  const [day, setDay] = useState(on ?? today);
  const [open, setOpen] = useState<{ readonly booking: Booking; readonly deed: "move" | "cancel" | "decline" } | null>(
    null,
  );
  const [start, end] = [day, day.add({ days: 1 })].map((date) => date.toZonedDateTime(zone).toInstant().toString()) as [
    string,
    string,
  ];
  const asked = useAsked("bookings.list", { query: { start, end, limit: OF_A_DAY_MAX } }, ASKED_EVERY_MS);
  const dayText = format.dayWithYear(epochDayOf(day));
  return (
    <Section
      title={dayText}
      intro={words.day.intro}
      action={
        <div className={styles.steps} role="group" aria-label={words.sections.day}>
          <Button size="icon" aria-label={words.day.before} onPress={() => setDay(day.subtract({ days: 1 }))}>
            <Icon name="previous" size={14} />
          </Button>
          <Button onPress={() => setDay(today)}>{words.day.today}</Button>
          <Button size="icon" aria-label={words.day.after} onPress={() => setDay(day.add({ days: 1 }))}>
            <Icon name="next" size={14} />
          </Button>
          <Button onPress={() => print()}>{words.day.print}</Button>
          {mayDecide && <Button onPress={() => setAway(true)}>{away.open}</Button>}
        </div>
      }
    >
      <Answered asked={asked}>
        {({ items }) => (
          <>
            <p className={section.quiet}>
              {[
                words.day.count(items.length),
                items.some(({ state }) => state === "requested") &&
                  words.day.waiting(items.filter(({ state }) => state === "requested").length),
              ]
                .filter((part) => part !== false)
                .join(" · ")}
            </p>
            {items.length === 0 ? (
              <NextBooking after={end} zone={zone} onDay={setDay} />
            ) : (
              <Rows items={items} label={dayText} empty={words.day.empty}>
                {(booking) => (
                  <BookingRow
                    key={booking.id}
                    booking={booking}
                    zone={zone}
                    mayDecide={mayDecide}
                    onOpen={(deed) => setOpen({ booking, deed })}
                  />
                )}
              </Rows>
            )}
            {items.some(({ isMailed }) => !isMailed) && <p className={section.quiet}>{words.day.mailOff}</p>}
          </>
        )}
      </Answered>
      {mayDecide && <Waiting zone={zone} />}
      {isAway && (
        <Suspense fallback={null}>
          <AwaySheet day={day} onClose={() => setAway(false)} />
        </Suspense>
      )}
      {open !== null && open.deed === "move" && (
        <MoveSheet booking={open.booking} zone={zone} onClose={() => setOpen(null)} />
      )}
      {open !== null && open.deed !== "move" && (
        <EndSheet booking={open.booking} deed={open.deed} onClose={() => setOpen(null)} />
      )}
    </Section>
  );
}

export const epochDayOf = (day: Temporal.PlainDate): number =>
  Math.round(day.toZonedDateTime("UTC").epochMilliseconds / DAY_MS);

export const timesOf = (
  { start, end }: Pick<Booking, "start" | "end">,
  format: { timeRange: (a: number, b: number) => string },
) => format.timeRange(Temporal.Instant.from(start).epochMilliseconds, Temporal.Instant.from(end).epochMilliseconds);

/** What its customer said after the visit; null: nothing. */
export const ratedText = ({ rating }: Pick<Booking, "rating">, { day }: BookingWords): string | null =>
  rating === null || rating.score === null ? null : day.rated(rating.score, rating.comment);

/** Of all days: who was offered other times and has not chosen; with the link where nobody is told by mail. */
function Waiting(props: { readonly zone: string }) {
  const words = useAwayWords();
  const all = useBookingWords();
  const { format } = useLanguage();
  const asked = useAsked("bookings.list", { query: { needsTime: true, limit: OF_A_DAY_MAX } }, ASKED_EVERY_MS);
  const items = asked.status === "ready" ? asked.value.items : [];
  if (items.length === 0) return null;
  const moment = (text: string) => {
    const zoned = Temporal.Instant.from(text).toZonedDateTimeISO(props.zone);
    return `${format.dayShort(epochDayOf(zoned.toPlainDate()))} ${format.time(zoned.epochMilliseconds)}`;
  };
  return (
    <section className={styles.waiting} aria-label={words.waiting}>
      <h3>{words.waiting}</h3>
      <p className={section.quiet}>{words.waitingIntro}</p>
      <ul>
        {items.map(({ id, customer, service, start, offer, link, isMailed }) => (
          <li key={id} className={section.row}>
            <div className={section.what}>
              <b>{customer?.name ?? all.day.nobody}</b>
              <span>
                {[
                  moment(start),
                  service.name,
                  offer!.isOpen ? words.untilWhen(moment(offer!.until)) : words.over,
                  customer?.phone,
                ]
                  .filter((part) => part !== undefined && part !== "")
                  .join(" · ")}
              </span>
            </div>
            {!isMailed && (
              <a href={link} target="_blank" rel="noreferrer">
                {words.linkOf(customer?.name ?? all.day.nobody)}
              </a>
            )}
          </li>
        ))}
      </ul>
    </section>
  );
}

/** Where the next booking is, on a day without any. */
function NextBooking(props: {
  readonly after: string;
  readonly zone: string;
  readonly onDay: (day: Temporal.PlainDate) => void;
}) {
  const words = useBookingWords();
  const { format } = useLanguage();
  const asked = useAsked("bookings.list", { query: { start: props.after, limit: 1 } });
  const next = asked.status === "ready" ? asked.value.items[0] : undefined;
  const day =
    next === undefined ? null : Temporal.Instant.from(next.start).toZonedDateTimeISO(props.zone).toPlainDate();
  return (
    <div className={section.empty}>
      <p>{words.day.empty}</p>
      {day !== null && (
        <Button onPress={() => props.onDay(day)}>{words.day.next(format.dayWithYear(epochDayOf(day)))}</Button>
      )}
    </div>
  );
}

/** What was sent with a booking, to be saved. */
function Files({ booking, ids }: { readonly booking: Booking; readonly ids: readonly string[] }) {
  const words = useQuestionWords();
  const { format } = useLanguage();
  return booking.files
    .filter(({ id }) => ids.includes(id))
    .map(({ id, name, bytes }) => (
      <span key={id} className={styles.file}>
        <a href={`/v1/bookings/${booking.id}/files/${id}`} download aria-label={words.save(name)}>
          {name}
        </a>{" "}
        {words.size(format.number(Math.max(1, Math.round(bytes / 1_024))))}
      </span>
    ));
}

function BookingRow(props: {
  readonly booking: Booking;
  readonly zone: string;
  readonly mayDecide: boolean;
  readonly onOpen: (deed: "move" | "cancel" | "decline") => void;
}) {
  const { booking, zone, mayDecide, onOpen } = props;
  const words = useBookingWords();
  const away = useAwayWords();
  const { words: all, format, locale } = useLanguage();
  const who = booking.customer?.name ?? words.day.nobody;
  const time = timesOf(booking, format);
  const hasBegun = Temporal.Instant.compare(booking.start, Temporal.Now.instant()) <= 0;
  const mark = (name: "bookings.approve" | "bookings.noShow" | "bookings.complete", said: string) =>
    void changeOrSay(
      name,
      { params: { id: booking.id }, ifMatch: booking.version },
      { said, offline: all.failures.network, isUndoable: true },
    );
  const approveAll = () =>
    void changeOrSay(
      "bookings.approve",
      { params: { id: booking.id }, query: { which: "all" }, ifMatch: booking.version },
      { said: words.deeds.approved(who), offline: all.failures.network, isUndoable: true },
    );
  const deed = (label: string, onPress: () => void) => (
    <Button key={label} size="small" aria-label={words.deeds.of(label, who, time)} onPress={onPress}>
      {label}
    </Button>
  );
  const deeds = [
    ...(booking.state === "requested"
      ? [
          deed(words.deeds.approve, () => mark("bookings.approve", words.deeds.approved(who))),
          ...(booking.series === null ? [] : [deed(words.deeds.approveAll, approveAll)]),
          deed(words.deeds.decline, () => onOpen("decline")),
        ]
      : []),
    ...(booking.mayChange
      ? [deed(words.deeds.move, () => onOpen("move")), deed(words.deeds.cancel, () => onOpen("cancel"))]
      : []),
    ...(hasBegun && (booking.state === "confirmed" || booking.state === "no-show")
      ? [deed(words.deeds.complete, () => mark("bookings.complete", words.deeds.marked(who)))]
      : []),
    ...(hasBegun && (booking.state === "confirmed" || booking.state === "completed")
      ? [deed(words.deeds.noShow, () => mark("bookings.noShow", words.deeds.marked(who)))]
      : []),
  ];
  return (
    <li className={styles.booking} data-state={booking.state}>
      <time dateTime={booking.start}>{time}</time>
      <div className={section.what}>
        <b>{who}</b>
        <span>
          {[
            booking.service.name,
            booking.series !== null && words.deeds.ofSeries(booking.series.index, booking.series.count),
            booking.subjects.map(({ name }) => name).join(", "),
            booking.places > 1 && words.day.places(booking.places),
            booking.customer?.phone,
            booking.customer?.email,
            booking.previous !== null && words.day.was(timesOf(booking.previous, format)),
            booking.reason !== "" && words.day.because(booking.reason),
            ratedText(booking, words),
          ]
            .filter((part) => typeof part === "string" && part !== "")
            .join(" · ")}
        </span>
        {booking.state === "requested" &&
          booking.unsure.map(({ subject, calendar, freshAt }) => (
            <p key={`${subject.id} ${calendar}`} className={styles.unsure}>
              {freshAt === null
                ? words.day.unsureNever(subject.name, calendar)
                : words.day.unsure(
                    subject.name,
                    calendar,
                    Temporal.ZonedDateTime.from(`${freshAt}[${zone}]`, { offset: "use" }).toLocaleString(locale, {
                      dateStyle: "medium",
                      timeStyle: "short",
                    }),
                  )}
            </p>
          ))}
        {mayDecide && booking.differs !== null && <GivenOtherwise bookingId={booking.id} differs={booking.differs} />}
        {booking.answers.length > 0 && (
          <dl className={styles.answers}>
            {booking.answers.map(({ question, answer, files }) => (
              <div key={question}>
                <dt>{question}</dt>
                <dd>{files.length === 0 || !mayDecide ? answer : <Files booking={booking} ids={files} />}</dd>
              </div>
            ))}
          </dl>
        )}
      </div>
      <span className={styles.state} data-state={booking.state}>
        {booking.offer === null ? words.states[booking.state] : away.needs}
      </span>
      {mayDecide && deeds.length > 0 && <div className={styles.deeds}>{deeds}</div>}
    </li>
  );
}
