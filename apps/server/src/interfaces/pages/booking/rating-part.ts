import { limits } from "@hourwright/contract";
import { msOf } from "./free.ts";
import { html, type Html } from "./html.ts";
import type { ManageView } from "./manage-page.ts";
import type { Words } from "./words.ts";

const SCORES = Array.from({ length: limits.SCORE_MAX }, (_, at) => at + 1);

/** What somebody has typed of an answer that was refused. */
export type Answering = { readonly score: number | null; readonly comment: string };

/** An answer as a form sends it; a score that is none is null. */
export function answeringIn(given: URLSearchParams): Answering {
  const score = Number(given.get("score"));
  // A browser sends line ends as two signs, and counts them as one.
  const comment = (given.get("comment") ?? "").replaceAll("\r\n", "\n");
  return { score: SCORES.includes(score) ? score : null, comment };
}

/** The question after the visit: five answers and a comment; what was said, where it cannot be changed any more. */
export function ratingPart(view: ManageView, hidden: Html): Html | null {
  const { booking, words, times, answering } = view;
  const { rating } = booking;
  if (rating === null) return null;
  const question = rating.question === "" ? words.rating.question : rating.question;
  const said = rating.score !== null && html`<p class="more">${words.rating.said(rating.score)}</p>`;
  if (!rating.isOpen)
    return html`<section class="rate" id="rate">
      <h2>${question}</h2>
      ${said === false ? html`<p class="more">${words.rating.over}</p>` : said}
      ${rating.comment !== "" && html`<p class="more">${rating.comment}</p>`}
    </section>`;
  const score = answering?.score ?? rating.score;
  const comment = answering?.comment ?? rating.comment;
  return html`<form class="ask rate" id="rate" method="post" action="/booking/${booking.id}/rate">
    ${hidden}
    <fieldset>
      <legend>${question}</legend>
      <div class="side-by-side">
        ${SCORES.map((each) => html`<label><input type="radio" name="score" value="${each}" required aria-label="${scoreName(each, words)}" ${each === score && html`checked`} /><span aria-hidden="true">${each}</span></label>`)}
      </div>
      <p class="ends" aria-hidden="true"><span>${words.rating.worst}</span><span>${words.rating.best}</span></p>
    </fieldset>
    <div class="line">
      <label for="comment">${words.rating.comment} <em>${words.optional}</em></label>
      <textarea class="field" id="comment" name="comment" rows="3" maxlength="${limits.RATING_COMMENT_CHARACTERS_MAX}">
${comment}</textarea>
    </div>
    <button class="go">${rating.score === null ? words.rating.send : words.rating.change}</button>
    <p class="more">${words.rating.until(times.moment(msOf(rating.until)))}</p>
  </form>`;
}

const scoreName = (score: number, { rating }: Words): string =>
  score === 1 ? `1: ${rating.worst}` : score === limits.SCORE_MAX ? `${score}: ${rating.best}` : String(score);
