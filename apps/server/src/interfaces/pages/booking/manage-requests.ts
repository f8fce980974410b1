import type { FastifyReply } from "fastify";
import { FileAnswer } from "../../../platform/operations/context.ts";
import {
  isRefused,
  limits,
  type Catalogue,
  type OperationAnswer,
  type Problem,
  type Refused,
} from "@hourwright/contract";
import { sendProblemPage, type Visit } from "../booking.ts";
import { msOf, readFree, type Free, type PublicPage } from "./free.ts";
import { html, type Html } from "./html.ts";
import { notice, sendSheet } from "./layout.ts";
import {
  addressOfBooking,
  keyOf as linkKeyOf,
  manageMain,
  stateText,
  type Booking,
  type Deed,
  type ManageView,
} from "./manage-page.ts";
import { whichOf } from "./manage-series.ts";
import { limitText, textOf } from "./problem-page.ts";
import { answeringIn, type Answering } from "./rating-part.ts";
import type { ToldDate } from "./series-part.ts";
import { stateOf } from "./state.ts";
import { timesIn, type Times } from "./times.ts";

// What a booking's own page answers to who has its link.

/** `GET /booking/{id}?key=`: the booking, or the way to move or cancel it. */
export function manageIt(visit: Visit): Promise<FastifyReply> {
  const asked = visit.given.get("deed");
  return sendBooking(visit, asked === "move" || asked === "cancel" ? asked : "look");
}

/** `GET /booking/{id}/calendar.ics?key=` */
export async function calendarFile(visit: Visit): Promise<FastifyReply> {
  const which = visit.given.get("which") === "all" ? "all" : "this";
  const file = await visit.ask("bookings.calendar", { params: idOf(visit), query: { key: keyOf(visit), which } });
  if (isRefused(file)) return sendProblemPage(visit, file.refused);
  if (!(file instanceof FileAnswer)) throw new Error("the calendar is no file");
  const parts: Uint8Array[] = [];
  for await (const part of file.parts) parts.push(part);
  return visit.reply
    .header("content-type", file.mediaType)
    .header("content-disposition", `attachment; filename="${file.fileName}"`)
    .header("cache-control", "no-store")
    .send(Buffer.concat(parts));
}

/** `POST /booking/{id}/move` */
export async function moveIt(visit: Visit): Promise<FastifyReply> {
  const { ask, given } = visit;
  const body = { key: keyOf(visit), start: given.get("start") ?? "", which: whichOf(given.get("which")) };
  const moved = await ask("bookings.reschedule", { params: idOf(visit), body });
  return isRefused(moved) ? sendBooking(visit, "move", moved.refused) : backTo(visit, moved);
}

/** `POST /booking/{id}/cancel` */
export async function cancelIt(visit: Visit): Promise<FastifyReply> {
  const { ask, given } = visit;
  const reason = (given.get("reason") ?? "").slice(0, REASON_CHARACTERS_MAX);
  const body = { key: keyOf(visit), reason, which: whichOf(given.get("which")) };
  const cancelled = await ask("bookings.cancel", { params: idOf(visit), body });
  return isRefused(cancelled) ? sendBooking(visit, "look", cancelled.refused) : backTo(visit, cancelled);
}

/** `POST /booking/{id}/choose`: one of the times that are offered instead. */
export async function chooseIt(visit: Visit): Promise<FastifyReply> {
  const body = { key: keyOf(visit), start: visit.given.get("start") ?? "" };
  const chosen = await visit.ask("bookings.choose", { params: idOf(visit), body });
  if (isRefused(chosen)) return sendBooking(visit, "look", chosen.refused);
  return backTo(visit, { ...chosen, changed: [chosen.id], stayed: [] });
}

/** `POST /booking/{id}/rate`: how the visit was. */
export async function rateIt(visit: Visit): Promise<FastifyReply> {
  const { words } = visit;
  const answering = answeringIn(visit.given);
  const { score, comment } = answering;
  const wrong =
    score === null
      ? words.rating.choose
      : comment.length > limits.RATING_COMMENT_CHARACTERS_MAX
        ? words.tooLong(words.rating.comment)
        : null;
  if (wrong !== null) return sendBooking(visit, "look", null, { answering, wrong });
  const body = { key: keyOf(visit), score: score!, comment };
  const rated = await visit.ask("bookings.rate", { params: idOf(visit), body });
  if (isRefused(rated)) return sendBooking(visit, "look", rated.refused, { answering, wrong: null });
  return visit.reply
    .code(303)
    .header("location", addressOfBooking(placeOf(visit, rated), { said: "rated" }))
    .header("cache-control", "no-store")
    .send();
}

const REASON_CHARACTERS_MAX = 500;

const idOf = ({ params }: Visit) => ({ id: params["id"] });
const keyOf = ({ given }: Visit): string => given.get("key") ?? "";

const backTo = (visit: Visit, booking: OperationAnswer<Catalogue["bookings.cancel"]>): FastifyReply =>
  visit.reply
    .code(303)
    .header("location", addressOfBooking(placeOf(visit, booking), booking.stayed.length > 0 ? { said: "stayed" } : {}))
    .header("cache-control", "no-store")
    .send();

type Place = Parameters<typeof addressOfBooking>[0];

const placeOf = (visit: Visit, booking: Booking): Place => ({
  booking,
  key: keyOf(visit),
  lang: stateOf(visit.given).lang,
  embed: visit.embed,
});

/** What was typed of an answer, and what is wrong with it. */
type Answered = { readonly answering: Answering; readonly wrong: string | null };

async function sendBooking(
  visit: Visit,
  deed: Deed,
  problem: Problem | null = null,
  answered: Answered | null = null,
): Promise<FastifyReply> {
  const { ask, reader, words, nowMs, reply, assets, given } = visit;
  const booking = await ask("bookings.read", { params: idOf(visit), query: { key: keyOf(visit) } });
  if (isRefused(booking)) return sendProblemPage(visit, booking.refused);
  const page = booking.who === null ? null : await ask("bookingPage.show", { params: { who: booking.who } });
  if (isRefused(page)) return sendProblemPage(visit, page.refused);
  const series = await ask("bookings.series", { params: idOf(visit), query: { key: keyOf(visit) } });
  if (isRefused(series)) return sendProblemPage(visit, series.refused, page);
  const mayMove = deed === "look" || booking.mayChange ? deed : "look";
  const times = timesIn(booking.zone, reader.locale, words);
  const free = mayMove === "move" ? await freeFor(visit, booking, page) : null;
  if (isRefused(free)) return sendProblemPage(visit, free.refused, page);
  const start = given.get("at");
  const place = placeOf(visit, booking);
  const view: ManageView = {
    ...place,
    page,
    reader,
    words,
    times,
    nowMs,
    free,
    deed: mayMove,
    link: visit.publicUrl() + addressOfBooking({ ...place, lang: null, embed: false }),
    atMs: start !== null && /^\d{4}-[\d:TZ.-]{1,30}$/.test(start) ? msOf(start) : null,
    notice: problem === null ? saidNotice(visit, answered) : refusedNotice(problem, visit, times, place, series.items),
    dates: series.items,
    which: whichOf(given.get("which")),
    answering: answered?.answering ?? null,
  };
  const title = `${stateText(booking, words)}: ${booking.service.name}`;
  return sendSheet(reply, assets, {
    reader,
    words,
    title,
    brand: page,
    embed: visit.embed,
    step: "said",
    inLanguage: (lang) => addressOfBooking(place, { deed: mayMove, lang }),
    main: manageMain(view),
    status: problem?.status ?? (answered === null ? 200 : 422),
  });
}

function saidNotice({ given, words }: Visit, answered: Answered | null): Html | null {
  if (answered !== null) return notice(answered.wrong ?? "", words.rating.kept);
  const said = given.get("said");
  if (said === "rated") return notice(words.rating.thanks, "", null, "said");
  return said === "stayed" ? notice(words.series.stayedTitle, words.series.stayedBody, null, "said") : null;
}

/** The dates of a series that clash where they would be moved to, each with the ways to move it alone. */
function clashNotice(
  problem: Problem,
  { words, reader }: Visit,
  times: Times,
  place: Place,
  all: readonly Booking[],
): Html {
  const clashing = (problem.extra["dates"] as readonly ToldDate[]).filter(({ fits }) => !fits);
  return notice(
    words.series.notMovedTitle,
    words.series.notMovedBody,
    html`<ul class="dates">
      ${clashing.map(({ index, start, alternatives }) => {
        const own = all.find(({ series }) => series?.index === index);
        if (own === undefined) return null;
        const linkTo = (ms: number) =>
          addressOfBooking(
            { ...place, booking: own, key: linkKeyOf(own) },
            { deed: "move", on: times.dayOf(ms).toString(), at: instantText(ms), lang: reader.language },
          );
        return html`<li>
          <span>${words.series.dateOf(index, own.series!.count)}: <s>${times.moment(msOf(start))}</s></span>
          <ul class="nearest">
            ${alternatives.map((slot) => html`<li><a class="slot" href="${linkTo(msOf(slot.start))}">${times.moment(msOf(slot.start))}</a></li>`)}
          </ul>
        </li>`;
      })}
    </ul>`,
  );
}

/** Why it could not be changed, with the nearest times where it is one that was taken. */
function refusedNotice(problem: Problem, visit: Visit, times: Times, place: Place, all: readonly Booking[]): Html {
  const { words, request } = visit;
  const { code, extra } = problem;
  if (code === "bookings/dates-clash") return clashNotice(problem, visit, times, place, all);
  const limit = limitText(problem, words);
  if (limit !== null) return notice(words.notOfferedTitle, limit);
  if (code !== "bookings/slot-taken" && code !== "bookings/not-offered")
    return notice(...textOf(problem, words, request.id));
  const listed = Array.isArray(extra["alternatives"]) ? (extra["alternatives"] as { readonly start: string }[]) : [];
  const links = listed.map(({ start }) => {
    const ms = msOf(start);
    const change = { deed: "move", on: times.dayOf(ms).toString(), at: instantText(ms) } as const;
    return html`<li><a class="slot" href="${addressOfBooking(place, change)}">${times.moment(ms)}</a></li>`;
  });
  const title = code === "bookings/slot-taken" ? words.takenTitle : words.notOfferedTitle;
  return notice(
    title,
    links.length === 0 ? "" : words.nearest,
    html`<ul class="nearest">
      ${links}
    </ul>`,
  );
}

const instantText = (ms: number): string => Temporal.Instant.fromEpochMilliseconds(ms).toString();

/** Where a booking could be moved to; null where its service is not offered any more. */
async function freeFor(visit: Visit, booking: Booking, page: PublicPage | null): Promise<Free | Refused | null> {
  const service = page?.services.find(({ id }) => id === booking.service.id);
  if (service === undefined) return null;
  const minutes = Math.round((msOf(booking.end) - msOf(booking.start)) / 60_000);
  if (!service.lengths.includes(minutes)) return null;
  const times = timesIn(booking.zone, visit.reader.locale, visit.words);
  const known = new Set(service.choices.flatMap(({ anyOf }) => anyOf.map(({ id }) => id)));
  const choose = booking.subjects.map(({ id }) => id).filter((id) => known.has(id));
  const on = stateOf(visit.given).on ?? times.dayOf(msOf(booking.start));
  const wish = { serviceId: service.id, minutes, choose, places: booking.places, on };
  return readFree(visit.ask, wish, times, visit.nowMs);
}
