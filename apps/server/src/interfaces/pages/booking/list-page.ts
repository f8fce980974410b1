import type { PublicPage } from "./free.ts";
import { html, type Html } from "./html.ts";
import { serviceCard } from "./service-page.ts";
import { addressOf, type State } from "./state.ts";
import type { Reader, Words } from "./words.ts";

/** What an organisation offers, each with the way to its times. */
export function listMain(page: PublicPage, state: State, words: Words, reader: Reader): Html {
  const cards = page.services.map(
    (service) =>
      html`<li>
        ${serviceCard(service, addressOf(`/book/${page.who}/${service.slug}`, state), false, words, reader)}
      </li>`,
  );
  return html`<main id="main" tabindex="-1">
    <div class="sheet single">
      <section>
        <h1>${words.whatToBook}</h1>
        ${page.greeting !== "" && html`<p class="more">${page.greeting}</p>`}
        ${
          cards.length === 0
            ? html`<p class="more">${words.nothingOffered}</p>`
            : html`<ul class="services">
                ${cards}
              </ul>`
        }
      </section>
    </div>
  </main>`;
}
