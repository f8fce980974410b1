import { useState, type ReactNode } from "react";
import type { Answer, Me } from "../../data/api.ts";
import { useAsked } from "../../data/office.ts";
import { useLanguage } from "../../messages/index.tsx";
import { Answered, Section } from "../../shell/section.tsx";
import section from "../../shell/section.module.css";
import { Button } from "../../ui/button.tsx";
import { Choice, FieldRow, Refusal, TextInput } from "../../ui/field.tsx";
import { Icon } from "../../ui/icon.tsx";
import styles from "./bookings.module.css";
import { epochDayOf } from "./day-sheet.tsx";
import { AnswerBars, FairShares, Outcomes } from "./figure-charts.tsx";
import { FigureTable } from "./figure-table.tsx";
import own from "./figures.module.css";
import { ownPeriod, PERIOD_KINDS, periodAround, type Period, type PeriodKind } from "./figures-period.ts";
import { useFigureWords } from "./use-figure-words.ts";

export type Figures = Answer<"bookings.figures">;
export type Tally = Figures["total"];

/** How a week, a month, a quarter or a period of one's own went. */
export function FiguresPart({ me }: { readonly me: Me }) {
  const { zone, firstWeekday } = me.organisation;
  const words = useFigureWords();
  const { format } = useLanguage();
  const today = Temporal.Now.plainDateISO(zone);
  const [kind, setKind] = useState<PeriodKind>("month");
  const [day, setDay] = useState(today);
  const [typed, setTyped] = useState({ first: today.with({ day: 1 }).toString(), last: today.toString() });
  const [serviceId, setServiceId] = useState("");
  const period = kind === "own" ? ownPeriod(typed.first, typed.last) : periodAround(kind, day, firstWeekday);
  const choose = (chosen: PeriodKind) => {
    if (chosen === "own" && period !== null)
      setTyped({ first: period.from.toString(), last: period.to.subtract({ days: 1 }).toString() });
    setKind(chosen);
  };
  const dayText = (date: Temporal.PlainDate) => format.date(epochDayOf(date));
  const title =
    period === null ? words.title : words.span(dayText(period.from), dayText(period.to.subtract({ days: 1 })));
  const query = period === null ? null : queryOf(period, serviceId);
  return (
    <Section
      title={title}
      intro={words.intro}
      action={
        <div className={`${styles.steps} ${own.controls}`}>
          <Button onPress={() => print()}>{words.print}</Button>
          {query !== null && (
            <a className={styles.download} href={`/v1/bookings/figures/file?${new URLSearchParams(query)}`} download>
              {words.download}
            </a>
          )}
        </div>
      }
    >
      <div className={own.controls}>
        <div className={styles.steps} role="group" aria-label={words.period}>
          {PERIOD_KINDS.map((each) => (
            <Button
              key={each}
              kind={each === kind ? "primary" : "plain"}
              aria-pressed={each === kind}
              onPress={() => choose(each)}
            >
              {words.periods[each]}
            </Button>
          ))}
          {kind !== "own" && (
            <>
              <Button size="icon" aria-label={words.before} onPress={() => setDay(period!.from.subtract({ days: 1 }))}>
                <Icon name="previous" size={14} />
              </Button>
              <Button onPress={() => setDay(today)}>{words.now}</Button>
              <Button size="icon" aria-label={words.after} onPress={() => setDay(period!.to)}>
                <Icon name="next" size={14} />
              </Button>
            </>
          )}
        </div>
        {kind === "own" && (
          <div className={own.days}>
            <FieldRow>
              <TextInput
                label={words.first}
                type="date"
                value={typed.first}
                onChange={(first) => setTyped((before) => ({ ...before, first }))}
              />
              <TextInput
                label={words.last}
                type="date"
                value={typed.last}
                onChange={(last) => setTyped((before) => ({ ...before, last }))}
              />
            </FieldRow>
            {period === null && <Refusal>{words.wrongPeriod}</Refusal>}
          </div>
        )}
        <div className={own.service}>
          <ServiceChoice value={serviceId} onChange={setServiceId} />
        </div>
      </div>
      {query !== null && <Found query={query} />}
    </Section>
  );
}

const queryOf = ({ from, to }: Period, serviceId: string) => ({
  from: from.toString(),
  to: to.toString(),
  ...(serviceId === "" ? {} : { serviceId }),
});

function ServiceChoice(props: { readonly value: string; readonly onChange: (id: string) => void }) {
  const words = useFigureWords();
  const asked = useAsked("services.list", {});
  const services = asked.status === "ready" ? asked.value.items : [];
  return (
    <Choice
      label={words.service}
      value={props.value}
      options={[
        { value: "", label: words.allServices },
        ...services.map(({ id, name }) => ({ value: id, label: name })),
      ]}
      onChange={props.onChange}
    />
  );
}

function Found({
  query,
}: {
  readonly query: { readonly from: string; readonly to: string; readonly serviceId?: string };
}) {
  const words = useFigureWords();
  const asked = useAsked("bookings.figures", { query });
  return (
    <Answered asked={asked}>
      {(figures) =>
        figures.total.bookings === 0 && figures.total.bookedMinutes === 0 ? (
          <div className={section.empty}>
            <p>{words.empty}</p>
            <p className={section.quiet}>{words.emptyMore}</p>
          </div>
        ) : (
          <>
            <Finding total={figures.total} />
            <Tiles figures={figures} />
            <Outcomes total={figures.total} />
            <FigureTable title={words.byService} rows={figures.services} />
            <FigureTable title={words.bySubject} rows={figures.subjects} />
            <FairShares fairness={figures.fairness} />
            <AnswerBars rating={figures.total.rating} />
          </>
        )
      }
    </Answered>
  );
}

/** What the figures say, in a sentence. */
function Finding({ total }: { readonly total: Tally }) {
  const words = useFigureWords();
  const { format } = useLanguage();
  const { bookedMinutes, openMinutes, utilisation, noShows } = total;
  const booked = format.duration(bookedMinutes);
  const full =
    utilisation === null
      ? words.foundUntimed(booked)
      : words.found(format.percent(utilisation), booked, format.duration(openMinutes!));
  return (
    <p className={own.finding}>
      {full} {noShows.of > 0 && <span>{words.missed(noShows.count, noShows.of)}</span>}
    </p>
  );
}

/** Days from two days on; below, hours and minutes. */
export function useLead(): (minutes: number | null) => string | null {
  const words = useFigureWords();
  const { format } = useLanguage();
  return (minutes) => {
    if (minutes === null) return null;
    return minutes < 2 * DAY_MINUTES ? format.duration(minutes) : words.tiles.days(Math.round(minutes / DAY_MINUTES));
  };
}
const DAY_MINUTES = 1_440;

/** One digit after the point. */
export const oneDigit = (value: number): number => Math.round(value * 10) / 10;

function Tiles({ figures }: { readonly figures: Figures }) {
  const { tiles, unknown } = useFigureWords();
  const { format } = useLanguage();
  const lead = useLead();
  const { total, customers, holds } = figures;
  const { bookedMinutes, openMinutes, utilisation, noShows, rating } = total;
  const booked = format.duration(bookedMinutes);
  const since = (day: string) => tiles.since(format.date(epochDayOf(Temporal.PlainDate.from(day))));
  return (
    <dl className={own.tiles}>
      <Tile
        name={tiles.utilisation}
        value={utilisation === null ? unknown : format.percent(utilisation)}
        more={openMinutes === null ? tiles.noHours : tiles.ofOpen(booked, format.duration(openMinutes))}
      />
      <Tile name={tiles.bookings} value={format.number(total.bookings)} more={tiles.moved(total.moved)} />
      <Tile
        name={tiles.noShows}
        value={noShows.rate === null ? unknown : format.percent(noShows.rate)}
        more={noShows.rate === null ? tiles.noneOver : tiles.ofOver(noShows.count, noShows.of)}
      />
      <Tile name={tiles.lead} value={lead(total.leadMinutes) ?? unknown} more={tiles.median} />
      <Tile
        name={tiles.customers}
        value={format.number(customers.returning + customers.new)}
        more={tiles.newOnes(customers.new)}
      />
      <Tile
        name={tiles.holds}
        value={typeof holds?.rate === "number" ? format.percent(holds.rate) : unknown}
        more={
          holds === null ? (
            tiles.notCounted
          ) : (
            <>
              {tiles.ofHeld(holds.booked, holds.held)}
              {holds.since > figures.from && <span>{since(holds.since)}</span>}
            </>
          )
        }
      />
      <Tile
        name={tiles.rating}
        value={rating === null ? unknown : tiles.ofFive(format.number(oneDigit(rating.mean)))}
        more={rating === null ? tiles.noAnswers : tiles.answers(rating.count)}
      />
    </dl>
  );
}

function Tile(props: { readonly name: string; readonly value: string; readonly more: ReactNode }) {
  return (
    <div>
      <dt>{props.name}</dt>
      <dd>
        <b>{props.value}</b>
        <span>{props.more}</span>
      </dd>
    </div>
  );
}
