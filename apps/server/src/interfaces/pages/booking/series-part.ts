import { limits } from "@hourwright/contract";
import { msOf } from "./free.ts";
import { html, type Html } from "./html.ts";
import { hiddenFields } from "./state.ts";
import type { View } from "./service-page.ts";

/** One date of a series that could not be held, as it is told. */
export type ToldDate = {
  readonly index: number;
  readonly start: string;
  readonly fits: boolean;
  readonly code: string | null;
  readonly alternatives: readonly { readonly start: string }[];
};

/** The dates of a series that clashed, and under which start it was wished for. */
export type Clashed = { readonly start: string; readonly dates: readonly ToldDate[] };

/** The name of the field that says when a date of a series is to be instead. */
const INSTEAD = "instead.";
/** The answer that leaves a date out. */
const OUT = "out";

export type Instead = { readonly index: number; readonly start: string | null };

/** The dates that a form wants at another time, or left out. */
export const insteadOf = (given: URLSearchParams): readonly Instead[] =>
  [...given]
    .filter(([name]) => name.startsWith(INSTEAD))
    .slice(0, limits.SERIES_DATES_MAX)
    .flatMap(([name, value]) => {
      const index = Number(name.slice(INSTEAD.length));
      if (!Number.isInteger(index) || index < 1 || index > limits.SERIES_DATES_MAX) return [];
      return [{ index, start: value === OUT ? null : value.slice(0, 40) }];
    });

/** How often: once, or weekly as many times as the service offers. */
export function repeatChoice({ service, state, words }: View, path: string, start: string): Html | null {
  if (service.seriesMax === null) return null;
  const counts = Array.from({ length: service.seriesMax - 1 }, (_, at) => at + 2);
  return html`<div class="line repeat">
    <label for="repeat">${words.series.repeat}</label>
    <div>
      <select class="field" id="repeat" name="repeat" aria-describedby="repeat-more">
        <option value="">${words.series.once}</option>
        ${counts.map((count) => html`<option value="${count}" ${count === state.repeat && html`selected`}>${words.series.weekly(count)}</option>`)}
      </select>
      <button class="alt" formnovalidate formaction="${path}/dates" name="start" value="${start}">
        ${words.series.check}
      </button>
    </div>
    <p class="more" id="repeat-more">${words.series.checkFirst}</p>
  </div>`;
}

/** All dates that are held, above the details. */
export function heldDates({ hold, words, times }: View, path: string): Html | null {
  if (hold === null || hold.dates.length < 2) return null;
  return html`<div class="dates">
    <h3>${words.series.heldDates(hold.dates.length)}</h3>
    <ol>
      ${hold.dates.map((date) => html`<li>${times.moment(date.startMs)}–${times.clock(date.endMs)}</li>`)}
    </ol>
    <button class="alt" form="booking" formaction="${path}/change" formnovalidate>${words.change}</button>
  </div>`;
}

/** Dates of which some are not free: each of these goes to a time beside it, or is left out. Details are kept. */
export function clashedDates(view: View, path: string, { start, dates }: Clashed): Html {
  const { state, words, stamp, reader } = view;
  const count = state.repeat ?? dates.length;
  const told = new Map(dates.map((date) => [date.index, date]));
  const all = Array.from({ length: count }, (_, at) => at + 1);
  const line = new Intl.NumberFormat(reader.locale);
  return html`<form id="booking" class="clashes" method="post" action="${path}/dates" novalidate>
    ${hiddenFields({ ...state, step: null }, true)}
    <input type="hidden" name="stamp" value="${stamp}" /><input type="hidden" name="start" value="${start}" />
    <ol>
      ${all.map((index) => html`<li><i aria-hidden="true">${line.format(index)}</i>${dateLine(view, index, told.get(index))}</li>`)}
    </ol>
    <div class="ways">
      <button class="go">${words.series.holdThese}</button>
      <button class="alt" formaction="${path}/change" name="repeat" value="">${words.series.onlyOne}</button>
    </div>
  </form>`;
}

function dateLine({ words, times }: View, index: number, date: ToldDate | undefined): Html {
  const { series } = words;
  const name = INSTEAD + index;
  if (date === undefined)
    return html`<div><em>${series.left}</em><input type="hidden" name="${name}" value="${OUT}" /></div>`;
  const startMs = msOf(date.start);
  if (date.fits)
    return html`<div>
      <b>${times.moment(startMs)}</b> <em>${series.free}</em
      ><input type="hidden" name="${name}" value="${date.start}" />
    </div>`;
  const why = date.code === "bookings/slot-taken" ? series.taken : series.notOffered;
  const options = [
    ...date.alternatives.map(({ start }) => ({ value: start, text: times.moment(msOf(start)) })),
    { value: OUT, text: series.leaveOut },
  ];
  return html`<fieldset>
    <legend><s>${times.moment(startMs)}</s> <em class="why">${why}</em></legend>
    <div class="instead">
      ${options.map(({ value, text }, at) => html`<label><input type="radio" name="${name}" value="${value}" ${at === 0 && html`checked`} /><span>${text}</span></label>`)}
    </div>
  </fieldset>`;
}
