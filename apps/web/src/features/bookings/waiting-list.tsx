import { useState } from "react";
import type { Answer } from "../../data/api.ts";
import { say } from "../../data/history.ts";
import { change, changeOrSay, useAsked } from "../../data/office.ts";
import { useLanguage } from "../../messages/index.tsx";
import { Answered, Rows, Section, Sheet, What } from "../../shell/section.tsx";
import section from "../../shell/section.module.css";
import { Button } from "../../ui/button.tsx";
import { Choice } from "../../ui/field.tsx";
import styles from "./bookings.module.css";
import { epochDayOf } from "./day-sheet.tsx";
import { useBookingWords } from "./use-booking-words.ts";

type Wish = Answer<"waitingList.list">["items"][number];

/** Offers end, and others are made, while somebody looks. */
const ASKED_EVERY_MS = 10_000;
const SHOWN_MAX = 200;
/** Free times to choose from for an offer by hand. */
const TIMES_MAX = 100;
const DAY_MINUTES = 1_440;
const LISTS = ["open", "booked", "withdrawn", "over"] as const;
type List = (typeof LISTS)[number];

/** Who waits for what, what is offered to whom and until when. */
export function WaitingList() {
  const words = useBookingWords();
  const text = words.waiting;
  const [list, setList] = useState<List>("open");
  const query = { limit: SHOWN_MAX, ...(list === "open" ? {} : { state: list }) };
  const asked = useAsked("waitingList.list", { query }, ASKED_EVERY_MS);
  const [offering, setOffering] = useState<Wish | null>(null);
  return (
    <Section title={words.sections.waiting} intro={text.intro}>
      <Choice
        label={text.show}
        value={list}
        options={LISTS.map((value) => ({ value, label: text.lists[value] }))}
        onChange={(value) => setList(value as List)}
      />
      <Answered asked={asked}>
        {({ items, nextCursor }) => (
          <>
            <Rows items={items} label={words.sections.waiting} empty={text.none[list]}>
              {(wish) => <WishRow key={wish.id} wish={wish} onOffer={() => setOffering(wish)} />}
            </Rows>
            {nextCursor !== null && <p className={section.quiet}>{text.more(SHOWN_MAX)}</p>}
          </>
        )}
      </Answered>
      {offering !== null && <OfferSheet wish={offering} onClose={() => setOffering(null)} />}
    </Section>
  );
}

function WishRow({ wish, onOffer }: { readonly wish: Wish; readonly onOffer: () => void }) {
  const words = useBookingWords();
  const text = words.waiting;
  const { words: all, format } = useLanguage();
  const who = wish.customer?.name ?? words.day.nobody;
  const day = (date: string) => format.date(epochDayOf(Temporal.PlainDate.from(date)));
  const isAnyHour = wish.fromMinute === 0 && wish.toMinute === DAY_MINUTES;
  const { offer } = wish;
  const isOpen = wish.state === "waiting" || wish.state === "offered";
  const remove = () =>
    void changeOrSay(
      "waitingList.remove",
      { params: { id: wish.id } },
      { said: text.removed(who), offline: all.failures.network, isUndoable: true },
    );
  const copy = async () => {
    await navigator.clipboard.writeText(new URL(wish.link, location.origin).href);
    say(text.copied);
  };
  return (
    <li className={`${section.row} ${styles.package}`}>
      <What
        name={wish.place === null ? who : `${format.number(wish.place)}. ${who}`}
        more={[
          wish.service.name,
          `${day(wish.firstDay)} – ${day(wish.lastDay)}`,
          wish.weekdays
            .toSorted((a, b) => a - b)
            .map(format.weekdayShort)
            .join(", "),
          isAnyHour ? "" : `${clockOf(wish.fromMinute)}–${clockOf(wish.toMinute)}`,
          wish.places > 1 ? words.day.places(wish.places) : "",
          wish.passed > 0 ? text.passed(wish.passed) : "",
          wish.customer?.email ?? "",
        ]}
      />
      {offer !== null && <b>{text.offered(whenOf(offer.start, day), whenOf(offer.until, day))}</b>}
      {isOpen && !wish.isMailed && (
        <Button size="small" aria-label={text.of(text.copy, who)} onPress={() => void copy()}>
          {text.copy}
        </Button>
      )}
      {wish.state === "waiting" && (
        <Button size="small" aria-label={text.of(text.offer, who)} onPress={onOffer}>
          {text.offer}
        </Button>
      )}
      {isOpen && (
        <Button size="small" aria-label={text.of(text.remove, who)} onPress={remove}>
          {text.remove}
        </Button>
      )}
    </li>
  );
}

const clockOf = (minute: number): string =>
  `${String(Math.floor(minute / 60)).padStart(2, "0")}:${String(minute % 60).padStart(2, "0")}`;

/** A moment as it is told to the customer: in the zone that its text is written in. */
const whenOf = (moment: string, day: (date: string) => string): string =>
  `${day(moment.slice(0, 10))}, ${moment.slice(11, 16)}`;

/** Offers a free time to somebody out of turn. */
function OfferSheet({ wish, onClose }: { readonly wish: Wish; readonly onClose: () => void }) {
  const words = useBookingWords();
  const text = words.waiting;
  const { words: all, format } = useLanguage();
  const from = Temporal.PlainDate.from(wish.firstDay).toZonedDateTime(wish.zone);
  const to = Temporal.PlainDate.from(wish.lastDay).add({ days: 1 }).toZonedDateTime(wish.zone);
  const asked = useAsked("services.slots", {
    params: { id: wish.serviceId },
    query: {
      from: from.toString({ timeZoneName: "never" }),
      to: to.toString({ timeZoneName: "never" }),
      zone: wish.zone,
      minutes: wish.minutes,
      choose: wish.choose,
      places: wish.places,
      limit: TIMES_MAX,
    },
  });
  const [chosen, setChosen] = useState<string | null>(null);
  const who = wish.customer?.name ?? words.day.nobody;
  const day = (date: string) => format.date(epochDayOf(Temporal.PlainDate.from(date)));
  const items = asked.status === "ready" ? asked.value.items : [];
  const start = chosen ?? items[0]?.start ?? null;
  const offer = async () =>
    start === null
      ? null
      : change(
          "waitingList.offer",
          { params: { id: wish.id }, body: { start } },
          { said: text.didOffer(who), offline: all.failures.network, isUndoable: true },
        );
  return (
    <Sheet title={text.of(text.offer, who)} submit={text.offer} onSubmit={offer} onClose={onClose}>
      {() => (
        <Answered asked={asked}>
          {() =>
            items.length === 0 ? (
              <p className={section.quiet}>{text.noTimes}</p>
            ) : (
              <Choice
                label={text.time}
                value={start ?? ""}
                options={items.map((slot) => ({ value: slot.start, label: whenOf(slot.start, day) }))}
                onChange={setChosen}
              />
            )
          }
        </Answered>
      )}
    </Sheet>
  );
}
