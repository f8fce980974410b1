import type { Free } from "./free.ts";
import { html, type Html } from "./html.ts";
import { icon } from "./icons.ts";
import { dateText, firstWeekdayOf, monthName, monthText, weekdayTexts, type Times } from "./times.ts";
import type { Reader, Words } from "./words.ts";

type Shown = {
  readonly free: Free;
  readonly times: Times;
  readonly today: Temporal.PlainDate;
  readonly reader: Reader;
  readonly words: Words;
  /** The page with a day in front. */
  readonly linkTo: (day: Temporal.PlainDate) => string;
};

/** A month: days with times are links and carry a mark, the others are plain. An empty one says which time is next. */
export function monthPart(shown: Shown): Html {
  const { free, reader, words, linkTo, today, times } = shown;
  const { month } = free;
  const before = month.subtract({ months: 1 });
  const after = month.add({ months: 1 });
  const isPast = Temporal.PlainDate.compare(month, today) <= 0;
  const isEnd = free.slots.length === 0 && (free.nextMs === null || isBefore(free.nextMs, month, times));
  return html`<div class="month">
    <div class="month-head">
      <h2 id="month" tabindex="-1">${monthText(month, reader.locale)}</h2>
      ${isPast ? html`<span class="step-month"></span>` : monthLink(linkTo(before), words.previousMonth(monthText(before, reader.locale)), "previous")}
      ${isEnd ? html`<span class="step-month"></span>` : monthLink(linkTo(after), words.nextMonth(monthText(after, reader.locale)), "next")}
    </div>
    ${daysTable(shown)} ${free.day === null && emptyMonth(free, words, times, reader, linkTo)}
  </div>`;
}

const isBefore = (ms: number, month: Temporal.PlainDate, times: Times): boolean =>
  Temporal.PlainDate.compare(times.dayOf(ms), month) < 0;

const monthLink = (href: string, name: string, direction: "previous" | "next"): Html =>
  html`<a class="step-month" href="${href}" aria-label="${name}" data-keep="${direction}" rel="nofollow"
    >${icon(direction, 18)}</a
  >`;

function daysTable({ free, reader, words, linkTo, today }: Shown): Html {
  const { locale } = reader;
  const first = firstWeekdayOf(locale);
  const weekdays = Array.from({ length: 7 }, (_, index) => ((first - 1 + index) % 7) + 1);
  const { month } = free;
  const blanks = (month.dayOfWeek - first + 7) % 7;
  const cells = [
    ...Array.from({ length: blanks }, () => null),
    ...Array.from({ length: month.daysInMonth }, (_, index) => month.with({ day: index + 1 })),
  ];
  const weeks = Array.from({ length: Math.ceil(cells.length / 7) }, (_, index) =>
    cells.slice(index * 7, index * 7 + 7),
  );
  const dayCell = (day: Temporal.PlainDate | null): Html => {
    if (day === null) return html`<td></td>`;
    const times = free.byDay.get(day.toString())?.length ?? 0;
    if (times === 0) return html`<td><span ${day.equals(today) && html`class="today"`}>${day.day}</span></td>`;
    const isChosen = free.day?.equals(day) === true;
    return html`<td>
      <a
        class="${markOf(times)}"
        href="${linkTo(day)}"
        rel="nofollow"
        data-keep="${day.toString()}"
        aria-label="${words.dayWith(dateText(day, locale), times)}"
        ${isChosen && html`aria-current="date"`}
        >${day.day}</a
      >
    </td>`;
  };
  return html`<table class="days" aria-labelledby="month">
    <thead>
      <tr>
        ${weekdays.map((weekday) => {
          const { short, long } = weekdayTexts(weekday, locale);
          return html`<th scope="col" abbr="${long}">${short}</th>`;
        })}
      </tr>
    </thead>
    <tbody>
      ${weeks.map(
        (week) =>
          html`<tr>
            ${week.map(dayCell)}
          </tr>`,
      )}
    </tbody>
  </table>`;
}

/** Few, some or many: up to two times, up to five, or more. */
const markOf = (times: number): string => (times <= 2 ? "few" : times <= 5 ? "some" : "many");

function emptyMonth(
  { month, nextMs }: Free,
  words: Words,
  times: Times,
  reader: Reader,
  linkTo: Shown["linkTo"],
): Html {
  const next =
    nextMs === null
      ? html`<p>${words.noneAhead}</p>`
      : html`<a class="go" href="${linkTo(times.dayOf(nextMs))}" data-keep="next-free" rel="nofollow"
          >${words.nextFree(times.moment(nextMs))}</a
        >`;
  return html`<div class="empty">
    <h3>${words.emptyMonth(monthName(month, reader.locale))}</h3>
    ${next}
  </div>`;
}
