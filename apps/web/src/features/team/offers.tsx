import { wordsOfObjection, type Answer } from "../../data/api.ts";
import { changeOrSay, useAsked } from "../../data/office.ts";
import { textOfDay } from "../../data/roster.ts";
import { useLanguage } from "../../messages/index.tsx";
import { Answered } from "../../shell/section.tsx";
import { Button } from "../../ui/button.tsx";
import styles from "./team.module.css";
import { useExchangeWords } from "./use-exchange-words.ts";
import { useShiftText } from "./use-shift-text.ts";

type Offer = Answer<"openShifts.list">["items"][number];
type Bid = Offer["bids"][number];

const SHOWN_MAX = 30;

/** What is offered on a day, who bids on it, and giving it to somebody. */
export function OffersOn({ day }: { readonly day: number }) {
  const query = {
    from: textOfDay(day),
    to: textOfDay(day + 1),
    states: ["open" as const, "filled" as const],
    limit: SHOWN_MAX,
  };
  const asked = useAsked("openShifts.list", { query });
  return (
    <Answered asked={asked}>{({ items }) => items.map((offer) => <Offered key={offer.id} offer={offer} />)}</Answered>
  );
}

function Offered({ offer }: { readonly offer: Offer }) {
  const { id, day, shift, bids, placesLeft, places, note, state } = offer;
  const { offers: text } = useExchangeWords();
  const { words: all } = useLanguage();
  const { ofShift } = useShiftText();
  const what = ofShift(day, shift);
  return (
    <div className={styles.call}>
      <b>{what}</b>
      <small>
        {text.places(placesLeft, places)}
        {note === "" ? "" : ` · ${text.note(note)}`}
      </small>
      {bids.length === 0 && <p className={styles.quiet}>{text.noBids}</p>}
      <ul className={styles.sentences}>
        {bids.map((bid) => (
          <BidLine key={bid.personId} id={id} bid={bid} isOpen={state === "open"} />
        ))}
      </ul>
      {state === "open" && (
        <div className={styles.deeds}>
          <Button
            size="small"
            aria-label={text.removeOf(what)}
            onPress={() =>
              void changeOrSay(
                "openShifts.remove",
                { params: { id } },
                { said: text.removed(what), offline: all.failures.network, isUndoable: true },
              )
            }
          >
            {text.remove}
          </Button>
        </div>
      )}
    </div>
  );
}

function BidLine({ id, bid, isOpen }: { readonly id: string; readonly bid: Bid; readonly isOpen: boolean }) {
  const { personId, name, state, objections, broken, rules } = bid;
  const { offers: text } = useExchangeWords();
  const { words: all } = useLanguage();
  const give = () =>
    void changeOrSay(
      "openShifts.award",
      { params: { id }, body: { personId, despiteRules: broken.length > 0 } },
      { said: text.given(name), offline: all.failures.network, isUndoable: true },
    );
  return (
    <li>
      <b>{name}</b>
      {state === "won" && ` · ${text.given(name)}`}
      {[...objections, ...rules].map(wordsOfObjection).map((sentence) => (
        <small key={sentence} className={styles.bad}>
          {sentence}
        </small>
      ))}
      {isOpen && state === "bid" && objections.length === 0 && (
        <div className={styles.deeds}>
          <Button
            size="small"
            kind="primary"
            aria-label={broken.length > 0 ? text.giveAnywayTo(name) : text.giveTo(name)}
            onPress={give}
          >
            {broken.length > 0 ? text.giveAnyway : text.give}
          </Button>
        </div>
      )}
    </li>
  );
}

/** Open shifts of the days to come that one may bid on, or has. */
export function OffersToMe({ today, days }: { readonly today: number; readonly days: number }) {
  const { offers: text } = useExchangeWords();
  const query = {
    from: textOfDay(today),
    to: textOfDay(today + days),
    states: ["open" as const, "filled" as const],
    limit: SHOWN_MAX,
  };
  const asked = useAsked("openShifts.list", { query });
  const items =
    asked.status === "ready"
      ? asked.value.items.filter(
          ({ mayBid, mine, state }) => (state === "open" && mayBid) || mine === "bid" || mine === "won",
        )
      : [];
  if (items.length === 0) return null;
  return (
    <section aria-label={text.title}>
      <h2>{text.title}</h2>
      <ul className={styles.days}>
        {items.map((offer) => (
          <OfferToMe key={offer.id} offer={offer} />
        ))}
      </ul>
    </section>
  );
}

function OfferToMe({ offer }: { readonly offer: Offer }) {
  const { id, day, shift, mine, note, award } = offer;
  const { offers: text } = useExchangeWords();
  const { words: all } = useLanguage();
  const { ofShift } = useShiftText();
  const what = ofShift(day, shift);
  const offline = all.failures.network;
  const bid = () =>
    void changeOrSay(
      "openShifts.bid",
      { params: { id } },
      { said: award === "first" ? text.won(what) : text.bidden(what), offline },
    );
  const withdraw = () =>
    void changeOrSay("openShifts.withdrawBid", { params: { id } }, { said: text.withdrawn(what), offline });
  return (
    <li style={{ gridTemplateColumns: "minmax(0, 1fr) auto" }}>
      <span>
        {what}
        <small>
          {[mine === "bid" ? text.waiting : "", mine === "won" ? text.yours : "", note === "" ? "" : text.note(note)]
            .filter(Boolean)
            .join(" · ")}
        </small>
      </span>
      {mine === "bid" && (
        <Button size="small" aria-label={text.withdrawOf(what)} onPress={withdraw}>
          {text.withdraw}
        </Button>
      )}
      {(mine === null || mine === "withdrawn") && (
        <Button size="small" kind="primary" aria-label={text.bidOn(what)} onPress={bid}>
          {text.bid}
        </Button>
      )}
    </li>
  );
}
