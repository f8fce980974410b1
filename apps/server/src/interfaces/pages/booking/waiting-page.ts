import { limits, type Catalogue, type OperationAnswer } from "@hourwright/contract";
import { detailFields, honeypot, type Wrong } from "./details.ts";
import { msOf, type Offered, type PublicPage } from "./free.ts";
import { html, type Html } from "./html.ts";
import { addressOf, hiddenFields, type State } from "./state.ts";
import { dateText, minutesText, weekdayTexts, type Times } from "./times.ts";
import type { Reader, Words } from "./words.ts";

export type Wish = OperationAnswer<Catalogue["waitingList.read"]>;

/** What somebody has written on the form so far, as they wrote it. */
export type WaitFields = {
  readonly first: string;
  readonly last: string;
  readonly weekdays: readonly number[];
  readonly from: string;
  readonly to: string;
};

export type WaitView = {
  readonly page: PublicPage;
  readonly service: Offered;
  readonly minutes: number;
  readonly state: State;
  readonly reader: Reader;
  readonly words: Words;
  readonly fields: WaitFields;
  readonly today: Temporal.PlainDate;
  readonly stamp: string;
  readonly wrong: readonly Wrong[];
  readonly notice: Html | null;
};

const WEEKDAYS = [1, 2, 3, 4, 5, 6, 7];

/** The form for who waits: when they could come, and who they are. */
export function waitMain(view: WaitView): Html {
  const { page, service, minutes, state, reader, words, fields, stamp, wrong } = view;
  const path = `/book/${page.who}/${service.slug}`;
  return html`<main id="main" tabindex="-1">
    <div class="sheet single">
      <section class="details">
        ${view.notice}
        <p class="step">${service.name}, ${minutesText(minutes, reader.locale)}</p>
        <h1>${words.waiting.title(service.name)}</h1>
        <p class="more">${words.waiting.intro}</p>
        <form id="booking" method="post" action="${path}/wait" novalidate>
          ${hiddenFields({ ...state, step: null, hold: null, repeat: null }, false)}
          <input type="hidden" name="stamp" value="${stamp}" />
          <div class="fields">${daysPart(view)} ${weekdaysPart(fields, reader, words)} ${hoursPart(view)}</div>
          ${detailFields(state.details, { questions: [], package: "none" }, wrong, words)} ${honeypot(words)}
        </form>
        <div class="last">
          <button class="go" form="booking">${words.waiting.submit}</button>
        </div>
        <p class="wait"><a href="${addressOf(path, state)}">${words.back}</a></p>
      </section>
    </div>
  </main>`;
}

const whyOf = (wrong: readonly Wrong[], field: string): string | null =>
  wrong.find((each) => each.field === field)?.why ?? null;

type Input = { readonly field: string; readonly label: string; readonly value: string; readonly own: Html };

function inputLine({ field, label, value, own }: Input, wrong: readonly Wrong[]): Html {
  const why = whyOf(wrong, field);
  return html`<div class="line">
    <label for="${field}">${label}</label>
    <input
      class="field"
      id="${field}"
      name="${field}"
      value="${value}"
      ${own}
      ${why !== null && html`aria-invalid="true" aria-describedby="why-${field}"`}
    />
    ${why !== null && html`<p class="why" id="why-${field}">${why}</p>`}
  </div>`;
}

function daysPart({ words, fields, today, wrong }: WaitView): Html {
  const farthest = today.add({ days: limits.WISH_DAYS_MAX });
  const own = html`type="date" required min="${today.toString()}" max="${farthest.toString()}"`;
  return html`<fieldset class="line">
    <legend>${words.waiting.days}</legend>
    <div class="pair">
      ${inputLine({ field: "first", label: words.waiting.first, value: fields.first, own }, wrong)}
      ${inputLine({ field: "last", label: words.waiting.last, value: fields.last, own }, wrong)}
    </div>
  </fieldset>`;
}

const weekdaysPart = ({ weekdays }: WaitFields, { locale }: Reader, words: Words): Html =>
  html`<fieldset class="line">
    <legend>${words.waiting.weekdays} <em>${words.waiting.weekdaysHint}</em></legend>
    <div class="side-by-side">
      ${WEEKDAYS.map((day) => {
        const { short, long } = weekdayTexts(day, locale);
        return html`<label
          ><input
            type="checkbox"
            name="weekday"
            value="${day}"
            aria-label="${long}"
            ${weekdays.includes(day) && html`checked`}
          /><span>${short}</span></label
        >`;
      })}
    </div>
  </fieldset>`;

function hoursPart({ words, fields, wrong }: WaitView): Html {
  const own = html`type="time"`;
  return html`<fieldset class="line">
    <legend>${words.waiting.hours} <em>${words.optional}</em></legend>
    <div class="pair">
      ${inputLine({ field: "from", label: words.waiting.from, value: fields.from, own }, wrong)}
      ${inputLine({ field: "to", label: words.waiting.to, value: fields.to, own }, wrong)}
    </div>
  </fieldset>`;
}

export type WaitingView = {
  readonly wish: Wish;
  readonly key: string;
  readonly lang: string | null;
  readonly embed: boolean;
  readonly link: string;
  readonly page: PublicPage | null;
  readonly reader: Reader;
  readonly words: Words;
  readonly times: Times;
  readonly notice: Html | null;
};

/** The page of who waits: their place, what is offered to them, and the way off the list. */
export function waitingMain(view: WaitingView): Html {
  const { wish, words } = view;
  const isOpen = wish.state === "waiting" || wish.state === "offered";
  return html`<main id="main" tabindex="-1">
    <div class="sheet single">
      <section>
        ${view.notice}
        <p class="step">${words.waiting.title(wish.service.name)}</p>
        <h1 id="state" tabindex="-1">${words.waiting.state[wish.state]}</h1>
        ${wish.place !== null && html`<p class="more">${words.waiting.place(wish.place)}</p>`} ${offerPart(view)}
        ${facts(view)} ${isOpen && keepPart(view)} ${ways(view, isOpen)}
      </section>
    </div>
  </main>`;
}

function offerPart(view: WaitingView): Html | null {
  const { wish, words, times } = view;
  const { offer } = wish;
  if (offer === null) return null;
  const moment = (text: string) => times.moment(msOf(text));
  return html`<div class="keep">
    <h2>${words.waiting.offered(moment(offer.start), times.zoneName)}</h2>
    <p>${words.waiting.offeredUntil(moment(offer.until), times.zoneName)}</p>
    <div class="ways">
      ${offer.link !== "" && html`<a class="go" href="${withReader(offer.link, view)}">${words.waiting.take}</a>`}
      ${deedForm(view, "pass", words.waiting.pass)}
    </div>
    <p class="more">${words.waiting.passMore}</p>
  </div>`;
}

const withReader = (link: string, { lang, embed }: WaitingView): string =>
  `${link}${lang === null ? "" : `&lang=${encodeURIComponent(lang)}`}${embed ? "&embed=1" : ""}`;

const deedForm = ({ wish, key, lang, embed }: WaitingView, deed: "pass" | "leave", label: string): Html =>
  html`<form method="post" action="/waiting/${wish.id}/${deed}">
    <input type="hidden" name="key" value="${key}" />
    ${lang !== null && html`<input type="hidden" name="lang" value="${lang}" />`}
    ${embed && html`<input type="hidden" name="embed" value="1" />`}
    <button class="alt">${label}</button>
  </form>`;

function facts({ wish, words, reader, page }: WaitingView): Html {
  const day = (text: string) => dateText(Temporal.PlainDate.from(text), reader.locale);
  const clock = (minute: number) =>
    `${String(Math.floor(minute / 60)).padStart(2, "0")}:${String(minute % 60).padStart(2, "0")}`;
  const weekdays = wish.weekdays.toSorted((a, b) => a - b).map((each) => weekdayTexts(each, reader.locale).long);
  const isAnyHour = wish.fromMinute === 0 && wish.toMinute === 1_440;
  const all = page?.services.find(({ id }) => id === wish.service.id)?.choices.flatMap(({ anyOf }) => anyOf) ?? [];
  const names = all.filter(({ id }) => wish.choose.includes(id)).map(({ name }) => name);
  const { waiting } = words;
  const rows: readonly (readonly [string, string])[] = [
    [words.what, `${wish.service.name}, ${minutesText(wish.minutes, reader.locale)}`],
    [words.when, [`${day(wish.firstDay)} – ${day(wish.lastDay)}`, ...weekdays].join(", ")],
    [waiting.from, isAnyHour ? "" : clock(wish.fromMinute)],
    [waiting.to, isAnyHour ? "" : clock(wish.toMinute)],
    [words.whom, names.join(", ")],
    [words.places, wish.places > 1 ? String(wish.places) : ""],
    [words.name, wish.customer === null ? "" : `${wish.customer.name}, ${wish.customer.email}`],
  ];
  return html`<dl class="facts">
    ${rows
      .filter(([, value]) => value !== "")
      .map(
        ([name, value]) =>
          html`<div>
            <dt>${name}</dt>
            <dd>${value}</dd>
          </div>`,
      )}
  </dl>`;
}

const keepPart = ({ wish, words, link }: WaitingView): Html =>
  html`<div class="keep">
    <p>${wish.isMailed ? words.waiting.mailed(wish.customer?.email ?? "") : words.waiting.notMailed}</p>
    <label for="link">${words.waiting.yourLink}</label><input class="field" id="link" readonly value="${link}" />
  </div>`;

function ways(view: WaitingView, isOpen: boolean): Html {
  const { wish, words, page } = view;
  const service = page?.services.find(({ id }) => id === wish.service.id);
  return html`<div class="ways">
    ${wish.booking !== null && html`<a class="go" href="${withReader(wish.booking.link, view)}">${words.waiting.toBooking}</a>`}
    ${page !== null && html`<a class="alt" href="/book/${page.who}${service === undefined ? "" : `/${service.slug}`}">${words.waiting.again}</a>`}
    ${isOpen && deedForm(view, "leave", words.waiting.leave)}
  </div>`;
}
