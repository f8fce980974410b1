import { randomBytes } from "node:crypto";
import type { FastifyReply } from "fastify";
import { pagePolicy } from "../../../platform/http/security-headers.ts";
import { html, type Html } from "./html.ts";
import { icon } from "./icons.ts";
import { LANGUAGES, wordsOf, type Reader, type Words } from "./words.ts";

/** Files of the built pages, by address; null where they have not been built: the pages are whole without them. */
export type Assets = { readonly style: string | null; readonly script: string | null };

/** What a page says of whose it is. */
export type Brand = { readonly name: string; readonly hue: number; readonly logo: string | null };

export type Sheet = {
  readonly reader: Reader;
  readonly words: Words;
  readonly brand: Brand | null;
  readonly title: string;
  readonly embed: boolean;
  /** Which part is in front on a small screen. */
  readonly step: string;
  /** This page in another language. */
  readonly inLanguage: (language: string) => string;
  /** Where the form of the page can be sent to be read in another language with all that is written; and its first button. */
  readonly form?: { readonly action: string; readonly first: Html } | null;
  readonly main: Html;
  readonly foot?: readonly string[];
  readonly status?: number;
};

/** Sends a page. It is never kept: times are free for a moment. */
export function sendSheet(reply: FastifyReply, assets: Assets, sheet: Sheet): FastifyReply {
  const nonce = randomBytes(16).toString("base64url");
  if (sheet.embed) reply.removeHeader("x-frame-options");
  return reply
    .code(sheet.status ?? 200)
    .headers({
      "content-security-policy": pagePolicy(nonce, sheet.embed ? "*" : "'none'"),
      // Of this origin alone: with none at all browsers send forms without saying where they come from.
      "referrer-policy": "same-origin",
      "cache-control": "no-store",
      "content-language": sheet.reader.language,
      vary: "accept-language",
    })
    .type("text/html; charset=utf-8")
    .send(printed(sheet, assets, nonce).markup);
}

function printed(sheet: Sheet, { style, script }: Assets, nonce: string): Html {
  const { reader, words, brand, title, embed, step, main, foot = [] } = sheet;
  return html`<!doctype html>
    <html
      lang="${reader.language}"
      data-locale="${reader.locale}"
      data-step="${step}"
      data-embed="${embed ? "1" : "0"}"
    >
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width,initial-scale=1" />
        <meta name="robots" content="noindex" />
        <title>${title}</title>
        ${style !== null && html`<link rel="stylesheet" href="${style}" />`}
        ${script !== null && html`<script type="module" nonce="${nonce}" src="${script}"></script>`}
      </head>
      <body>
        <a class="skip" href="#main">${words.skip}</a>
        <div class="page">
          <header class="top">
            ${brand === null ? html`<span></span>` : html`<div class="brand">${mark(brand)}<span>${brand.name}</span></div>`}
            <span id="first" class="hidden">${sheet.form?.first}</span>
            ${languageSwitch(sheet)}
          </header>
          ${main}
          <footer class="foot">${[...foot, words.poweredBy].map((line) => html`<span>${line}</span>`)}</footer>
        </div>
        <div class="hidden" role="status" id="said"></div>
        <template id="unreachable">${notice(words.unavailableTitle, words.unavailableBody)}</template>
      </body>
    </html>`;
}

/** The host's own mark, or the first letter of its name. */
function mark({ name, logo, hue }: Brand): Html {
  if (logo !== null && logo.startsWith("data:image/"))
    return html`<img class="mark" src="${logo}" alt="" width="30" height="30" />`;
  // The hue stands in the drawing itself: styles have no place in a page of a strict policy.
  return html`<svg class="mark" viewBox="0 0 30 30" aria-hidden="true" focusable="false">
    <rect width="30" height="30" rx="9" fill="oklch(var(--bar-edge) ${hue})" />
    <text x="15" y="20.5" text-anchor="middle">${firstLetterOf(name)}</text>
  </svg>`;
}

const letters = new Intl.Segmenter("en");
const firstLetterOf = (name: string): string => letters.segment(name)[Symbol.iterator]().next().value?.segment ?? "";

/** Links to the same page; buttons of its form where there is one, so that nothing written is lost without a script either. */
function languageSwitch(sheet: Sheet): Html {
  const { reader, words } = sheet;
  return html`<details class="lang">
    <summary>
      ${icon("globe")}<span class="wide">${words.own}</span
      ><span class="narrow" aria-hidden="true">${reader.language.toUpperCase()}</span
      ><span class="hidden">${words.language}</span>${icon("down", 13)}
    </summary>
    <ul>
      ${LANGUAGES.map((language) => html`<li>${toLanguage(sheet, language)}</li>`)}
    </ul>
  </details>`;
}

/** What went wrong or has changed, at the head of a page; it is where reading begins. */
export const notice = (
  title: string,
  body: string | Html,
  more: Html | null = null,
  kind: "wrong" | "said" = "wrong",
): Html =>
  html`<div class="notice ${kind}" id="notice" role="${kind === "wrong" ? "alert" : "status"}" tabindex="-1" autofocus>
    <h2>${title}</h2>
    <p>${body}</p>
    ${more}
  </div>`;

function toLanguage({ reader, inLanguage, form = null }: Sheet, language: Reader["language"]): Html {
  const { own } = wordsOf(language);
  const current = language === reader.language && html`aria-current="true"`;
  // It stands before the form, so its value is the first of that name.
  if (form !== null)
    return html`<button
      form="booking"
      formaction="${form.action}"
      formnovalidate
      name="lang"
      value="${language}"
      lang="${language}"
      ${current}
    >
      ${own}
    </button>`;
  return html`<a href="${inLanguage(language)}" lang="${language}" hreflang="${language}" ${current}>${own}</a>`;
}
