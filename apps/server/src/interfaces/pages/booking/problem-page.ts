import type { Problem } from "@hourwright/contract";
import { html, type Html } from "./html.ts";
import type { Words } from "./words.ts";

/** What was sent, so that it can be sent again. */
export type Sent = { readonly path: string; readonly fields: URLSearchParams };

/** A refusal that leaves nothing else to show, in words; what was written is kept and can be sent again. */
export function problemMain(problem: Problem, words: Words, requestId: string, sent: Sent | null): Html {
  const [title, body] = textOf(problem, words, requestId);
  const again = html`<form method="post" action="${sent?.path ?? ""}">
    ${[...(sent?.fields ?? [])].map(([name, value]) => html`<input type="hidden" name="${name}" value="${value}" />`)}
    <button class="go">${words.tryAgain}</button>
  </form>`;
  return html`<main id="main" tabindex="-1">
    <div class="sheet single">
      <section>
        <h1 id="notice" tabindex="-1">${title}</h1>
        <p class="more">${body}</p>
        ${sent !== null && (problem.status === 503 || problem.status === 429) && again}
      </section>
    </div>
  </main>`;
}

/** How often a customer may book the same, where that is why; else null. */
export function limitText({ code, extra }: Problem, words: Words): string | null {
  const limit = extra["limit"] as { readonly count: number; readonly days: number } | undefined;
  return code === "bookings/not-offered" && limit !== undefined ? words.tooOften(limit.count, limit.days) : null;
}

/** A title and a sentence for what a page was refused with. */
export function textOf({ code, status, extra }: Problem, words: Words, requestId: string): readonly [string, string] {
  const seconds = extra["retryAfterSeconds"];
  if (status === 429) return [words.tooManyTitle, words.tooManyBody(typeof seconds === "number" ? seconds : 60)];
  if (status === 503) return [words.unavailableTitle, words.unavailableBody];
  if (code === "request/wrong-origin") return [words.foreignTitle, words.foreignBody];
  if (code === "bookings/too-late" || code === "bookings/wrong-state") return [words.notOfferedTitle, words.tooLate];
  if (code === "bookings/not-asked") return [words.rating.notAskedTitle, words.rating.notAskedBody];
  if (code === "bookings/rating-closed") return [words.rating.over, ""];
  if (status >= 500) return [words.bugTitle, words.bugBody(requestId)];
  return [words.notFoundTitle, words.notFoundBody];
}
