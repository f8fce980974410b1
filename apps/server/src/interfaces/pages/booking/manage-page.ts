import type { Catalogue, OperationAnswer } from "@hourwright/contract";
import { monthPart } from "./calendar.ts";
import { msOf, type Free, type PublicPage } from "./free.ts";
import { html, type Html } from "./html.ts";
import { icon } from "./icons.ts";
import { dayText, type Times } from "./times.ts";
import { ratingPart, type Answering } from "./rating-part.ts";
import { seriesList, whichChoice, type Which } from "./manage-series.ts";
import type { Reader, Words } from "./words.ts";

export type Booking = OperationAnswer<Catalogue["bookings.read"]>;

/** What is being done with a booking. */
export type Deed = "look" | "move" | "cancel";

export type ManageView = {
  readonly booking: Booking;
  readonly key: string;
  readonly link: string;
  readonly page: PublicPage | null;
  readonly reader: Reader;
  readonly words: Words;
  readonly times: Times;
  readonly nowMs: number;
  readonly deed: Deed;
  readonly lang: string | null;
  readonly embed: boolean;
  /** Of its service, while it is moved; null where that is not offered any more. */
  readonly free: Free | null;
  /** The time it would be moved to. */
  readonly atMs: number | null;
  readonly notice: Html | null;
  /** All dates of its series, by time; of no series it alone. */
  readonly dates: readonly Booking[];
  /** Which of them were meant by what was refused. */
  readonly which: Which;
  /** What was typed of an answer that was refused. */
  readonly answering: Answering | null;
};

type Place = Pick<ManageView, "booking" | "key" | "lang" | "embed">;

/** What the link of a booking says to prove that one may. */
export const keyOf = ({ link }: Booking): string => new URL(link, "http://booking").searchParams.get("key") ?? "";

/** The address of a booking's page. */
export function addressOfBooking(
  { booking, key, lang, embed }: Place,
  change: {
    readonly deed?: Deed;
    readonly on?: string;
    readonly at?: string;
    readonly lang?: string;
    readonly part?: string;
    /** What is said once of what was just done. */
    readonly said?: "stayed" | "rated";
    readonly which?: Which;
  } = {},
): string {
  const search = new URLSearchParams({ key });
  const language = change.lang ?? lang;
  if (language !== null) search.set("lang", language);
  if (embed) search.set("embed", "1");
  if (change.deed !== undefined && change.deed !== "look") search.set("deed", change.deed);
  if (change.on !== undefined) search.set("on", change.on);
  if (change.at !== undefined) search.set("at", change.at);
  if (change.said !== undefined) search.set("said", change.said);
  if (change.which !== undefined && change.which !== "this") search.set("which", change.which);
  return `/booking/${booking.id}${change.part ?? ""}?${search}`;
}

/** A booking's own page: what was booked, a calendar file, and the ways to move or cancel it; nobody signs in. */
export function manageMain(view: ManageView): Html {
  const { words, booking } = view;
  return html`<main id="main" tabindex="-1">
    <div class="sheet single">
      <section>
        ${view.notice}
        <p class="step">
          <i class="done">${icon("check", 11)}</i
          >${[booking.service.name, booking.series !== null && words.series.dateOf(booking.series.index, booking.series.count)].filter((text) => text !== false).join(" · ")}
        </p>
        <h1 id="state" tabindex="-1">${stateText(booking, words)}</h1>
        ${view.deed === "move" ? movePart(view) : html`${view.deed === "look" && offerPart(view)} ${view.deed === "look" && ratingPart(view, hidden(view))} ${summary(view)} ${view.deed === "cancel" ? cancelPart(view) : ways(view)} ${view.deed === "look" && seriesList(view)}`}
      </section>
    </div>
  </main>`;
}

/** What became of it, in a heading. */
export const stateText = ({ offer, state }: Booking, words: Words): string =>
  offer === null ? words.state[state] : words.offer.state;

/** The times that are offered instead, each a button: choosing one moves it at once. */
function offerPart(view: ManageView): Html | null {
  const { words, times, booking } = view;
  const { offer } = booking;
  if (offer === null) return null;
  if (!offer.isOpen) return html`<p class="more">${words.offer.over}</p>`;
  return html`<form class="ask offer" method="post" action="/booking/${booking.id}/choose">
    ${hidden(view)}
    <p>${words.offer.body(times.moment(msOf(offer.until)))}</p>
    <ul class="nearest">
      ${offer.times.map(({ start }) => html`<li><button class="slot" name="start" value="${Temporal.Instant.from(start).toString()}" aria-label="${words.offer.choose(times.moment(msOf(start)), times.zoneName)}">${times.moment(msOf(start))}</button></li>`)}
    </ul>
    <p class="more">${words.offer.none}</p>
  </form>`;
}

function summary({ booking, words, times, reader, link, ...view }: ManageView): Html {
  const [startMs, endMs] = [msOf(booking.start), msOf(booking.end)];
  const more = booking.state in words.stateMore ? words.stateMore[booking.state as "requested"] : null;
  const names = booking.subjects.map(({ name }) => name).join(", ");
  const row = (name: string, value: string | Html) =>
    value === ""
      ? null
      : html`<div>
          <dt>${name}</dt>
          <dd>${value}</dd>
        </div>`;
  return html`${more !== null && html`<p class="more">${more}</p>`}
    <dl class="facts">
      ${row(words.when, html`<b>${dayText(times.dayOf(startMs), reader.locale)}, ${times.range(startMs, endMs)}</b> ${times.zoneName}`)}
      ${booking.previous !== null && row(words.before, html`<s>${times.moment(msOf(booking.previous.start))}</s>`)}
      ${row(words.what, booking.service.name)} ${row(words.whom, names)}
      ${booking.places > 1 && row(words.places, String(booking.places))} ${row(words.where, whereOf(booking))}
      ${row(words.name, booking.customer === null ? "" : `${booking.customer.name}, ${booking.customer.email}`)}
      ${booking.package !== null && row(words.package.code, words.package.leftOf(booking.package.name, booking.package.left))}
      ${booking.answers.map(({ question, answer, files }) => row(question, files.length === 0 ? answer : fileLinks(booking, files)))}
      ${row(words.reason, booking.reason)} ${row(words.policy, booking.policy)}
    </dl>
    ${
      booking.state !== "held" &&
      view.deed === "look" &&
      html`<div class="keep">
        <p>${booking.isMailed ? words.mailed(booking.customer?.email ?? "") : words.notMailed}</p>
        <label for="link">${words.yourLink}</label><input class="field" id="link" readonly value="${link}" />
      </div>`
    }`;
}

/** Files that were sent with it, to be saved. */
const fileLinks = (booking: Booking, ids: readonly string[]): Html =>
  html`${booking.files
    .filter(({ id }) => ids.includes(id))
    .map(
      ({ id, name }) =>
        html`<a
          href="/v1/bookings/${booking.id}/files/${id}?${new URLSearchParams({ key: keyOf(booking) }).toString()}"
          download
          >${name}</a
        > `,
    )}`;

function whereOf({ where, state }: Booking): string | Html {
  const isWeb = where.kind === "link" && where.text.startsWith("https://");
  if (!isWeb) return where.text;
  return state === "confirmed"
    ? html`<a href="${where.text}" rel="noopener noreferrer" target="_blank">${where.text}</a>`
    : "";
}

function ways(view: ManageView): Html {
  const { booking, words, times, page } = view;
  const file = html`<a
    class="alt"
    href="${addressOfBooking(view, { part: "/calendar.ics", ...(view.dates.length > 1 ? { which: "all" as const } : {}) })}"
    download
    >${icon("file", 15)} ${words.calendarFile}</a
  >`;
  const isAlive = booking.state === "confirmed" || booking.state === "requested";
  const service = page?.services.find(({ id }) => id === booking.service.id);
  const again =
    page !== null &&
    html`<a class="alt" href="/book/${page.who}${service === undefined ? "" : `/${service.slug}`}"
      >${words.bookAnother}</a
    >`;
  if (!isAlive) return html`<div class="ways">${again}</div>`;
  if (!booking.mayChange)
    return html`<div class="ways">${file} ${again}</div>
      <p class="more">${words.tooLate}</p>`;
  return html`<div class="ways">
      ${file} <a class="alt" href="${addressOfBooking(view, { deed: "move" })}">${words.move}</a>
      <a class="alt" href="${addressOfBooking(view, { deed: "cancel" })}">${words.cancel}</a>
    </div>
    ${booking.offer === null && html`<p class="more">${words.changeableUntil(times.moment(msOf(booking.changeUntil)), times.zoneName)}</p>`}`;
}

const hidden = ({ key, lang, embed }: ManageView): Html =>
  html`<input
      type="hidden"
      name="key"
      value="${key}"
    />${lang !== null && html`<input type="hidden" name="lang" value="${lang}" />`}${embed && html`<input type="hidden" name="embed" value="1" />`}`;

function cancelPart(view: ManageView): Html {
  const { booking, words } = view;
  return html`<form class="ask" method="post" action="/booking/${booking.id}/cancel">
    ${hidden(view)}
    <h2 tabindex="-1" id="ask">${words.cancelTitle}</h2>
    ${whichChoice(view)}
    <div class="line">
      <label for="reason">${words.cancelWhy} <em>${words.optional}</em></label>
      <textarea class="field" id="reason" name="reason" rows="2" maxlength="500"></textarea>
    </div>
    <div class="ways">
      <button class="alt">${words.cancelYes}</button> <a class="go" href="${addressOfBooking(view)}">${words.keepIt}</a>
    </div>
  </form>`;
}

function movePart(view: ManageView): Html {
  const { free, words, times, reader, nowMs, booking, atMs } = view;
  const back = html`<a class="alt" href="${addressOfBooking(view)}">${words.keepIt}</a>`;
  if (free === null)
    return html`<p>${words.notOfferedBody}</p>
      ${back}`;
  const linkTo = (day: Temporal.PlainDate) => addressOfBooking(view, { deed: "move", on: day.toString() });
  const slots = free.day === null ? [] : (free.byDay.get(free.day.toString()) ?? []);
  const at = atMs === null ? null : (free.slots.find(({ startMs }) => startMs === atMs) ?? null);
  const instant = (ms: number) => Temporal.Instant.fromEpochMilliseconds(ms).toString();
  return html`<h2 tabindex="-1" id="ask">${words.moveTitle}</h2>
    <p class="more">${words.before}: <b>${times.moment(msOf(booking.start))}</b> ${times.zoneName}</p>
    ${monthPart({ free, times, today: times.dayOf(nowMs), reader, words, linkTo })}
    ${
      free.day !== null &&
      html`<div class="day-head">
          <h3 id="day" tabindex="-1">${dayText(free.day, reader.locale)}</h3>
          <span>${words.timesOf(slots.length)} · ${times.zoneName}</span>
        </div>
        <ul class="slots">
          ${slots.map(({ startMs }) => html`<li><a class="slot" href="${addressOfBooking(view, { deed: "move", on: times.dayOf(startMs).toString(), at: instant(startMs) })}" data-keep="slot-${startMs}" rel="nofollow" ${startMs === atMs && html`aria-current="true"`}>${times.clock(startMs)}</a></li>`)}
        </ul>`
    }
    <form class="ask" method="post" action="/booking/${booking.id}/move">
      ${hidden(view)} ${at !== null && html`<input type="hidden" name="start" value="${instant(at.startMs)}" />`}
      ${at !== null && whichChoice(view)}
      <div class="ways">
        ${at !== null && html`<button class="go">${words.moveTo(times.moment(at.startMs), times.zoneName)}</button>`}
        ${back}
      </div>
    </form>`;
}
