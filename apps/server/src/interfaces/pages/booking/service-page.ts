import { monthPart } from "./calendar.ts";
import { detailFields, honeypot, type Wrong } from "./details.ts";
import type { HeldFile } from "./files-part.ts";
import { clashedDates, heldDates, repeatChoice, type Clashed } from "./series-part.ts";
import type { Free, Offered, PublicPage, Slot } from "./free.ts";
import { html, type Html } from "./html.ts";
import { icon, ring } from "./icons.ts";
import { addressOf, hiddenFields, type State } from "./state.ts";
import { dayText, minutesText, priceText, spanText, type Times } from "./times.ts";
import type { Reader, Words } from "./words.ts";
import { zonePart } from "./zones.ts";

/** A time that is kept for this customer for some minutes. */
export type Hold = {
  readonly id: string;
  readonly key: string;
  readonly startMs: number;
  readonly endMs: number;
  readonly untilMs: number;
  /** All that is held with it, by time: of a series several. */
  readonly dates: readonly { readonly startMs: number; readonly endMs: number }[];
  /** Of an offer to somebody who waits: who they are. */
  /** What was sent for its questions so far. */
  readonly files: readonly HeldFile[];
  /** Whether it needs a yes. */
  readonly needsApproval: boolean;
  readonly forWhom: { readonly name: string; readonly email: string; readonly phone: string } | null;
};

/** Everything that one sight of a service's page shows. */
export type View = {
  readonly state: State;
  readonly reader: Reader;
  readonly words: Words;
  readonly times: Times;
  readonly nowMs: number;
  readonly page: PublicPage;
  readonly service: Offered;
  readonly minutes: number;
  readonly free: Free;
  readonly hold: Hold | null;
  /** What was asked in the search for a zone. */
  readonly find: string;
  readonly stamp: string;
  /** What the script finds a number for; null where nothing is asked. */
  readonly proof: { readonly challenge: string; readonly bits: number } | null;
  readonly notice: Html | null;
  readonly wrong: readonly Wrong[];
  /** Dates of a series of which some are not free. */
  readonly clashed: Clashed | null;
};

/** Places that one booking asks for on this page; more are asked for by word of mouth. */
const PLACES_SHOWN_MAX = 6;

export const pathOf = ({ page, service }: Pick<View, "page" | "service">): string =>
  `/book/${page.who}/${service.slug}`;

/** Which part is in front on a small screen. */
export const stepOf = ({ hold, state, clashed }: View): string =>
  hold === null && clashed === null ? (state.step ?? "time") : "details";

/** The time that the next button is about: what is held, else the first of the day. */
function chosenOf({ hold, free }: View): Slot | null {
  if (hold !== null) return { ...hold, placesLeft: 1 };
  return (free.day === null ? undefined : free.byDay.get(free.day.toString())?.[0]) ?? null;
}

/** The three steps on one page. On a small screen one is in front; nothing is hidden from who has no script. */
export function serviceMain(view: View): Html {
  const chosen = chosenOf(view);
  return html`<main
    id="main"
    tabindex="-1"
    ${view.hold !== null && html`data-until="${view.hold.untilMs}" data-now="${view.nowMs}"`}
  >
    <h1 class="hidden">${view.words.book(view.page.name)}: ${view.service.name}</h1>
    <div class="sheet">
      ${view.notice} ${pickLine(view)} ${servicePart(view)}
      ${view.state.step === "zone" ? zoneSearch(view) : timePart(view, chosen)} ${detailsPart(view, chosen)}
    </div>
  </main>`;
}

/** What the form of the page is sent with by who presses no button; null where there is none to fill in. */
export function firstOf(view: View): Html | null {
  const chosen = view.clashed === null ? chosenOf(view) : null;
  return chosen === null ? null : firstButton(chosen);
}

/** Enter in a field presses the first button of a form, wherever it stands: this one books, as the last one does. */
const firstButton = ({ startMs }: Slot): Html =>
  html`<button
    class="hidden"
    form="booking"
    tabindex="-1"
    aria-hidden="true"
    name="start"
    value="${instantOf(startMs)}"
  ></button>`;

const instantOf = (ms: number): string => Temporal.Instant.fromEpochMilliseconds(ms).toString();

const linkWith = (view: View, change: Partial<State>): string => addressOf(pathOf(view), { ...view.state, ...change });

/** On a small screen: what is chosen so far, and the way back to it. */
function pickLine(view: View): Html {
  const { hold, times, words, service, minutes, reader } = view;
  const what = `${service.name}, ${minutesText(minutes, reader.locale)}`;
  if (hold !== null)
    return html`<div class="pick">
      <b>${times.moment(hold.startMs)}–${times.clock(hold.endMs)}</b
      ><span
        >${[times.zoneName, what, hold.dates.length > 1 && words.series.heldDates(hold.dates.length)].filter((text) => text !== false).join(" · ")}</span
      >
      <button form="booking" formaction="${pathOf(view)}/change" formnovalidate>${words.change}</button>
    </div>`;
  const more = [chosenNames(view), whereText(service)].filter((text) => text !== "").join(" · ");
  return html`<div class="pick">
    <b>${what}</b><span>${more}</span>
    <a href="${linkWith(view, { step: view.state.step === "service" ? null : "service" })}" data-keep="pick"
      >${view.state.step === "service" ? words.done : words.change}</a
    >
  </div>`;
}

const whereText = ({ where }: Offered): string =>
  where.kind === "address" || where.kind === "phone" ? where.text : "";

function chosenNames({ service, state, words }: View): string {
  if (service.choices.length === 0) return "";
  const all = service.choices.flatMap(({ anyOf }) => anyOf);
  const names = all.filter(({ id }) => state.choose.includes(id)).map(({ name }) => name);
  return names.length === 0 ? words.withAnyone : words.withChosen(names.join(", "));
}

function servicePart(view: View): Html {
  const { words, page, service, reader } = view;
  return html`<section class="service" aria-labelledby="service-title">
    <p class="step"><i class="done">1</i>${words.stepService}</p>
    <h2 id="service-title">${words.whatToBook}</h2>
    <ul class="services">
      ${page.services.map((each) => html`<li>${serviceCard(each, addressOf(`/book/${page.who}/${each.slug}`, { ...view.state, minutes: null, choose: [], places: 1, hold: null, on: null, step: null }), each.id === service.id, words, reader)}</li>`)}
    </ul>
    ${lengthChoice(view)} ${service.choices.map((role) => roleChoice(view, role))} ${placesChoice(view)}
    <ul class="facts">
      ${whereText(service) !== "" && html`<li>${icon("pin", 14)}<span>${whereText(service)}</span></li>`}
      ${service.noticeMinutes > 0 && html`<li>${icon("clock", 14)}<span>${words.bookAhead(spanText(service.noticeMinutes, reader.locale))}</span></li>`}
      ${service.needsApproval && html`<li>${icon("check", 14)}<span>${words.asksFirst}</span></li>`}
    </ul>
    <a class="go narrow-only" href="${linkWith(view, { step: null })}" data-keep="pick">${words.done}</a>
  </section>`;
}

/** One service of a list, as a link to its page. */
export function serviceCard(service: Offered, href: string, isChosen: boolean, words: Words, { locale }: Reader): Html {
  const lengths = service.lengths.map((minutes) => minutesText(minutes, locale)).join(" / ");
  const more = [
    service.description,
    service.places > 1 ? words.placesOf(service.places) : "",
    priceText(service.price),
  ];
  return html`<a
    class="card"
    href="${href}"
    ${isChosen && html`aria-current="true"`}
    data-keep="service-${service.slug}"
  >
    <b>${service.name}</b><em>${lengths}</em><span>${more.filter((text) => text !== "").join(" · ")}</span>
  </a>`;
}

type Option = {
  readonly key: string;
  readonly label: string;
  readonly isChosen: boolean;
  readonly change: Partial<State>;
};

/** A row of options, each of them a link: they work without a script. */
function optionRow(view: View, title: string, options: readonly Option[]): Html {
  return html`<div class="options" role="group" aria-label="${title}">
    <p>${title}</p>
    <ul>
      ${options.map(({ key, label, isChosen, change }) => html`<li><a class="chip" href="${linkWith(view, { hold: null, ...change })}" ${isChosen && html`aria-current="true"`} data-keep="${key}" rel="nofollow">${label}</a></li>`)}
    </ul>
  </div>`;
}

function lengthChoice(view: View): Html | null {
  const { service, minutes, words, reader } = view;
  if (service.lengths.length < 2) return null;
  const options = service.lengths.map((each) => ({
    key: `minutes-${each}`,
    label: minutesText(each, reader.locale),
    isChosen: each === minutes,
    change: { minutes: each },
  }));
  return optionRow(view, words.howLong, options);
}

function roleChoice(view: View, { name, anyOf }: Offered["choices"][number]): Html {
  const { state, words } = view;
  const others = state.choose.filter((id) => !anyOf.some((each) => each.id === id));
  const isAnyone = others.length === state.choose.length;
  return optionRow(view, words.withWhom(name), [
    { key: `any-${name}`, label: words.anyone, isChosen: isAnyone, change: { choose: others } },
    ...anyOf.map((each) => ({
      key: each.id,
      label: each.name,
      isChosen: state.choose.includes(each.id),
      change: { choose: [...others, each.id] },
    })),
  ]);
}

function placesChoice(view: View): Html | null {
  const { service, state, words } = view;
  if (service.places < 2) return null;
  const options = Array.from({ length: Math.min(service.places, PLACES_SHOWN_MAX) }, (_, index) => ({
    key: `places-${index + 1}`,
    label: String(index + 1),
    isChosen: state.places === index + 1,
    change: { places: index + 1 },
  }));
  return optionRow(view, words.howMany, options);
}

function timePart(view: View, chosen: Slot | null): Html {
  const { free, words, times, reader, nowMs } = view;
  const linkTo = (day: Temporal.PlainDate) => linkWith(view, { on: day, step: null });
  return html`<section class="time" aria-labelledby="month">
    <p class="step"><i class="${chosen === null ? "" : "done"}">2</i>${words.stepTime}</p>
    ${monthPart({ free, times, today: times.dayOf(nowMs), reader, words, linkTo })}
    ${free.day !== null && dayTimes(view, free.day, chosen)} ${zoneLine(view, chosen)}
    ${view.hold === null && waitLine(view)}
    ${view.hold === null && chosen !== null && html`<div class="stick"><button class="go" form="booking" formaction="${pathOf(view)}/hold" formnovalidate name="start" value="${instantOf(chosen.startMs)}">${words.continueWith(times.clock(chosen.startMs), times.zoneName)}</button></div>`}
  </section>`;
}

/** The way to the waiting list: in front where nothing is free, beside the times where something is. */
const waitLine = (view: View): Html =>
  html`<p class="wait">
    <a
      class="${view.free.day === null ? "alt" : ""}"
      href="${addressOf(`${pathOf(view)}/wait`, { ...view.state, step: null, hold: null, repeat: null })}"
      rel="nofollow"
      >${view.words.waiting.ask}</a
    >
  </p>`;

function dayTimes(view: View, day: Temporal.PlainDate, chosen: Slot | null): Html {
  const { free, words, times, reader, service } = view;
  const slots = free.byDay.get(day.toString()) ?? [];
  return html`<div class="day-head">
      <h3 id="day" tabindex="-1">${dayText(day, reader.locale)}</h3>
      <span>${words.timesOf(slots.length)} · ${times.zoneName}, ${times.offset(slots[0]!.startMs)}</span>
    </div>
    <ul class="slots">
      ${slots.map(
        (slot) =>
          html`<li>
            ${slotButton(view, slot, slot.startMs === chosen?.startMs, service.places > 1 ? words.placesLeft(slot.placesLeft) : null)}
          </li>`,
      )}
    </ul>`;
}

/** A time: pressing it holds it. With its day where it stands among those of other days. */
export function slotButton(
  view: View,
  { startMs }: Slot,
  isChosen: boolean,
  more: string | null,
  withDay = false,
): Html {
  const text = withDay ? view.times.moment(startMs) : view.times.clock(startMs);
  return html`<button
    class="slot"
    form="booking"
    formaction="${pathOf(view)}/hold"
    formnovalidate
    name="start"
    value="${instantOf(startMs)}"
    data-keep="slot-${startMs}"
    ${isChosen && html`aria-pressed="true"`}
  >
    <span>${text}</span>${more !== null && html`<small>${more}</small>`}
  </button>`;
}

/** Next to every list of times: in which zone they are, and on whose clock. */
function zoneLine(view: View, chosen: Slot | null): Html {
  const { service, words, times } = view;
  const theirs =
    service.isZoneLocked && chosen !== null
      ? html`<span data-theirs="${words.onYourClock}" data-zone="${times.zone}" data-ms="${chosen.startMs}"></span>`
      : null;
  const change = html`<a href="${linkWith(view, { step: "zone" })}" data-keep="zone">${words.zoneChange}</a>`;
  return html`<p class="zone" ${!service.isZoneLocked && view.state.zone === null && html`data-detect="${times.zone}"`}>
    ${icon("globe", 15)}<span
      ><b>${words.allTimesAre(times.zoneName)}</b> ${service.isZoneLocked ? words.zoneFixed : change} ${theirs}</span
    >
  </p>`;
}

function zoneSearch(view: View): Html {
  const { state, words, service, find } = view;
  const own = [...new Set([service.zone, ...(state.zone === null ? [] : [state.zone]), "UTC"])];
  const linkTo = (zone: string) => linkWith(view, { zone, step: null, hold: null });
  return html`<section class="time">
    <p class="step"><i>2</i>${words.stepTime}</p>
    ${zonePart(find, words, hiddenFields(state, true), own, linkTo)}
  </section>`;
}

/** Files are sent in parts. */
const inParts = ({ questions }: Offered): Html | null =>
  questions.some(({ kind }) => kind === "file") ? html`enctype="multipart/form-data"` : null;

function detailsPart(view: View, chosen: Slot | null): Html {
  const { words, service, state, wrong, times, hold, minutes, reader, clashed } = view;
  if (clashed !== null)
    return html`<section class="details" aria-labelledby="details-title">
      <p class="step"><i>3</i>${words.stepDetails}</p>
      <h2 id="details-title" tabindex="-1">${words.series.allDates}</h2>
      ${clashedDates(view, pathOf(view), clashed)}
    </section>`;
  if (chosen === null) return html`<section class="details"></section>`;
  const moment = times.moment(chosen.startMs);
  const label = labelOf(view, moment);
  return html`<section class="details" aria-labelledby="details-title">
    <p class="step"><i>3</i>${words.stepDetails}</p>
    <h2 id="details-title" tabindex="-1">${words.yourDetails}</h2>
    <form id="booking" method="post" action="${pathOf(view)}/confirm" novalidate ${inParts(service)}>
      ${hiddenFields({ ...state, step: null, repeat: null }, false)}
      <input type="hidden" name="stamp" value="${view.stamp}" />
      ${view.proof !== null && html`<input type="hidden" name="proof" data-challenge="${view.proof.challenge}" data-bits="${view.proof.bits}" />`}
      ${hold !== null && hold.dates.length > 1 ? heldDates(view, pathOf(view)) : repeatChoice(view, pathOf(view), instantOf(chosen.startMs))}
      ${detailFields(state.details, service, wrong, words, { held: hold?.files ?? [], locale: reader.locale, action: `${pathOf(view)}/remove-file` })}
      ${honeypot(words)}
    </form>
    ${
      service.policy !== "" &&
      html`<details class="policy">
        <summary>${words.policy}</summary>
        <p>${service.policy}</p>
      </details>`
    }
    <div class="last">
      <div class="sum">
        <b
          >${dayText(times.dayOf(chosen.startMs), reader.locale)}, ${times.range(chosen.startMs, chosen.endMs)}
          ${times.zoneName}</b
        >
        <span
          >${[`${service.name}, ${minutesText(minutes, reader.locale)}`, chosenNames(view), priceText(service.price)].filter((text) => text !== "").join(" · ")}</span
        >
      </div>
      <button class="go" form="booking" name="start" value="${instantOf(chosen.startMs)}">${label}</button>
      ${hold !== null && holdLine(view, hold)}
    </div>
  </section>`;
}

/** What the last button does: book, or ask for, one date or all that are held. */
function labelOf({ words, service, hold, times: { zoneName } }: View, moment: string): string {
  const dates = hold?.dates.length ?? 1;
  const asks = hold?.needsApproval ?? service.needsApproval;
  if (dates > 1) return words.series[asks ? "askDates" : "bookDates"](dates, moment, zoneName);
  return asks ? words.askFor(moment, zoneName) : words.bookFor(moment, zoneName);
}

const holdLine = (view: View, hold: Hold): Html =>
  html`<p class="hold" data-left="${view.words.heldFor}">
    ${ring}<span>${view.words.heldUntil(view.times.clock(hold.untilMs), view.times.zoneName)}</span>
    ${
      view.state.hold?.isKept === false &&
      html`<button form="booking" formaction="${pathOf(view)}/keep" formnovalidate data-keep="keep">
        ${view.words.keepLonger}
      </button>`
    }
  </p>`;
