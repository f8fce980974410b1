import type { PublicPage } from "./free.ts";
import { html, type Html } from "./html.ts";
import { hiddenFields, type State } from "./state.ts";
import type { Words } from "./words.ts";

/** Begins the name of a question's field. */
const FIELD = "r.";

/** What was answered; what is no answer is as if it were not there. */
export function routingAnswers({ routing }: PublicPage, given: URLSearchParams): Readonly<Record<string, string>> {
  const answers = routing.questions.flatMap(({ id, options }) => {
    const answer = given.get(FIELD + id);
    return answer !== null && options.includes(answer) ? [[id, answer] as const] : [];
  });
  return Object.fromEntries(answers);
}

/** What an organisation asks first, to lead to what fits; and the way past it. */
export function routingMain(
  { who, greeting, routing }: PublicPage,
  state: State,
  answers: Readonly<Record<string, string>>,
  words: Words,
): Html {
  const lang = state.lang === null ? "" : `&lang=${encodeURIComponent(state.lang)}`;
  return html`<main id="main" tabindex="-1">
    <div class="sheet single">
      <section>
        <h1>${words.routing.title}</h1>
        ${greeting !== "" && html`<p class="more">${greeting}</p>`}
        <form method="get" action="/book/${who}">
          ${hiddenFields(state, true)}
          <div class="fields">
            ${routing.questions.map(
              ({ id, label, options }) =>
                html`<fieldset class="line">
                  <legend>${label}</legend>
                  <div class="side-by-side stacked">
                    ${options.map(
                      (option) =>
                        html`<label
                          ><input
                            type="radio"
                            name="${FIELD}${id}"
                            value="${option}"
                            required
                            ${answers[id] === option && html`checked`}
                          /><span>${option}</span></label
                        >`,
                    )}
                  </div>
                </fieldset>`,
            )}
          </div>
          <div class="ways"><button class="go">${words.routing.go}</button></div>
        </form>
        <p class="wait"><a href="/book/${who}?all=1${lang}${state.embed ? "&embed=1" : ""}">${words.routing.all}</a></p>
      </section>
    </div>
  </main>`;
}
