import { msOf } from "./free.ts";
import { html, type Html } from "./html.ts";
import { addressOfBooking, keyOf, type ManageView } from "./manage-page.ts";

/** Which dates of a series are meant. */
export type Which = "this" | "following" | "all";
const WHICH: readonly Which[] = ["this", "following", "all"];

export const whichOf = (text: string | null): Which => WHICH.find((each) => each === text) ?? "this";

/** All dates of the series, each with what became of it and the way to it. */
export function seriesList({ dates, booking, words, times, lang, embed }: ManageView): Html | null {
  if (booking.series === null || dates.length < 2) return null;
  return html`<section class="dates" aria-labelledby="dates">
    <h2 id="dates">${words.series.allDates}</h2>
    <ol>
      ${dates.map((date) => {
        const isGone = date.state === "cancelled" || date.state === "declined";
        const text = html`${times.moment(msOf(date.start))}–${times.clock(msOf(date.end))}`;
        return html`<li>
          <a
            href="${addressOfBooking({ booking: date, key: keyOf(date), lang, embed })}"
            ${date.id === booking.id && html`aria-current="true"`}
            >${isGone ? html`<s>${text}</s>` : text}</a
          >
          <em>${words.state[date.state]}</em>
        </li>`;
      })}
    </ol>
  </section>`;
}

/** This date, those after it, or all: asked where there are others. */
export function whichChoice({ booking, dates, words, which }: ManageView): Html | null {
  if (booking.series === null || dates.length < 2) return null;
  return html`<fieldset class="line which">
    <legend>${words.series.which}</legend>
    ${WHICH.map((each) => html`<label><input type="radio" name="which" value="${each}" ${each === which && html`checked`} /><span>${words.series.whichOf[each]}</span></label>`)}
  </fieldset>`;
}
