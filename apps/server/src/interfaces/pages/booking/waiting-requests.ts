import type { FastifyReply } from "fastify";
import { isRefused, limits, type Problem } from "@hourwright/contract";
import { sendProblemPage, type Visit } from "../booking.ts";
import { HONEYPOT, wrongIn, wrongList, type Wrong } from "./details.ts";
import { html, type Html } from "./html.ts";
import { notice, sendSheet } from "./layout.ts";
import { textOf } from "./problem-page.ts";
import { sceneOf, seeOther, withReader, type Scene } from "./service-requests.ts";
import { addressOf, stateOf } from "./state.ts";
import { timesIn } from "./times.ts";
import { waitingMain, waitMain, type WaitFields, type WaitView } from "./waiting-page.ts";

// What who waits for a time is answered: the form, and their own page by its link.

/** Until so many days after the first somebody waits unless they say otherwise. */
const WAIT_DAYS = 28;

/** `GET /book/{who}/{service}/wait` */
export async function waitForm(visit: Visit): Promise<FastifyReply> {
  const scene = await sceneOf(visit);
  if (isRefused(scene)) return sendProblemPage(visit, scene.refused);
  const today = todayOf(visit, scene);
  const on = scene.state.on;
  const first = on === null || Temporal.PlainDate.compare(on, today) < 0 ? today : on;
  const fields = { first: first.toString(), last: first.add({ days: WAIT_DAYS }).toString() };
  return sendForm(visit, scene, { ...fields, weekdays: [], from: "", to: "" });
}

/** `POST …/wait/language`: the form with all that is written, in the language that it names. */
export async function waitInLanguage(visit: Visit): Promise<FastifyReply> {
  const scene = await sceneOf(visit);
  return isRefused(scene) ? sendProblemPage(visit, scene.refused) : sendForm(visit, scene, fieldsOf(visit.given));
}

/** `POST /book/{who}/{service}/wait` */
export async function waitForIt(visit: Visit): Promise<FastifyReply> {
  const scene = await sceneOf(visit);
  if (isRefused(scene)) return sendProblemPage(visit, scene.refused);
  const { ask, given, words, reader, stamps, nowMs } = visit;
  const { state, service, minutes, times } = scene;
  const fields = fieldsOf(given);
  const wrong = [
    ...wrongDays(fields, visit, todayOf(visit, scene)),
    ...wrongIn(state.details, { questions: [], package: "none" }, words),
  ];
  if (wrong.length > 0)
    return sendForm(visit, scene, fields, {
      status: 422,
      wrong,
      notice: notice(words.wrongTitle(wrong.length), "", wrongList(wrong)),
    });
  if ((given.get(HONEYPOT) ?? "") !== "" || stamps.isTooSoon(given.get("stamp") ?? "", nowMs))
    return sendForm(visit, scene, fields, { status: 422, notice: notice(words.againTitle, words.againBody) });
  const { name, email, phone } = state.details;
  const once = given.get("stamp") ?? "";
  const wish = await ask("waitingList.create", {
    once: `wait ${once}`,
    body: {
      serviceId: service.id,
      firstDay: fields.first,
      lastDay: fields.last,
      weekdays: [...fields.weekdays],
      fromMinute: minuteOf(fields.from) ?? 0,
      toMinute: minuteOf(fields.to) ?? 1_440,
      minutes,
      choose: state.choose,
      places: state.places,
      customer: { name: name.trim(), email: email.trim(), phone: phone.trim() },
      zone: times.zone,
      language: reader.language,
    },
  });
  if (!isRefused(wish)) return seeOther(visit, withReader(wish.link, state));
  return sendForm(visit, scene, fields, {
    status: wish.refused.status,
    notice: refusedNotice(wish.refused, visit),
  });
}

const todayOf = ({ nowMs }: Visit, { service }: Scene): Temporal.PlainDate =>
  Temporal.Instant.fromEpochMilliseconds(nowMs).toZonedDateTimeISO(service.zone).toPlainDate();

const TEXT_CHARACTERS_MAX = 20;

function fieldsOf(given: URLSearchParams): WaitFields {
  const text = (name: string) => (given.get(name) ?? "").slice(0, TEXT_CHARACTERS_MAX);
  const weekdays = [1, 2, 3, 4, 5, 6, 7].filter((day) => given.getAll("weekday").includes(String(day)));
  return { first: text("first"), last: text("last"), weekdays, from: text("from"), to: text("to") };
}

/** Minutes of the clock; null where nothing, or no time, is written. */
function minuteOf(text: string): number | null {
  const found = /^([01]\d|2[0-3]):([0-5]\d)/.exec(text);
  return found === null ? null : Number(found[1]) * 60 + Number(found[2]);
}

function isDay(text: string): boolean {
  if (!/^\d{4}-\d{2}-\d{2}$/.test(text)) return false;
  try {
    return Temporal.PlainDate.from(text, { overflow: "reject" }) !== null;
  } catch {
    return false; // 30 February.
  }
}

function wrongDays({ first, last, from, to }: WaitFields, { words }: Visit, today: Temporal.PlainDate): Wrong[] {
  const { waiting } = words;
  const missing = (["first", "last"] as const).flatMap((field) =>
    isDay({ first, last }[field]) ? [] : [{ field, why: words.wanted(waiting[field]) }],
  );
  if (missing.length > 0) return missing;
  const wrong: Wrong[] = [];
  if (last < first) wrong.push({ field: "last", why: waiting.turned });
  else if (last < today.toString()) wrong.push({ field: "last", why: waiting.past });
  else if (last > today.add({ days: limits.WISH_DAYS_MAX }).toString())
    wrong.push({ field: "last", why: waiting.tooFar });
  const [fromMinute, toMinute] = [minuteOf(from), minuteOf(to)];
  if (toMinute !== null && toMinute <= (fromMinute ?? 0)) wrong.push({ field: "to", why: waiting.hoursTurned });
  return wrong;
}

function refusedNotice(problem: Problem, { words, request }: Visit): Html {
  if (problem.code === "bookings/waiting-full") return notice(words.notOfferedTitle, words.waiting.full);
  return notice(...textOf(problem, words, request.id));
}

function sendForm(
  visit: Visit,
  scene: Scene,
  fields: WaitFields,
  said: { readonly status?: number; readonly wrong?: readonly Wrong[]; readonly notice?: Html } = {},
): FastifyReply {
  const { reply, assets, reader, words, stamps, nowMs, given } = visit;
  const { page, service, minutes, state } = scene;
  const view: WaitView = {
    page,
    service,
    minutes,
    state,
    reader,
    words,
    fields,
    today: todayOf(visit, scene),
    stamp: given.get("stamp") ?? stamps.issue(nowMs),
    wrong: said.wrong ?? [],
    notice: said.notice ?? null,
  };
  return sendSheet(reply, assets, {
    reader,
    words,
    brand: page,
    title: words.waiting.title(service.name),
    embed: state.embed,
    step: "details",
    inLanguage: (lang) => addressOf(`/book/${page.who}/${service.slug}/wait`, { ...state, lang }),
    form: {
      action: `/book/${page.who}/${service.slug}/wait/language`,
      first: html`<button class="hidden" form="booking" tabindex="-1" aria-hidden="true"></button>`,
    },
    main: waitMain(view),
    foot: [words.noAccount],
    status: said.status ?? 200,
  });
}

const keyOf = ({ given }: Visit): string => given.get("key") ?? "";
const idOf = ({ params }: Visit) => ({ id: params["id"] });

/** `GET /waiting/{id}?key=` */
export const showWaiting = (visit: Visit): Promise<FastifyReply> => sendWaiting(visit);

/** `POST /waiting/{id}/pass` */
export async function passIt(visit: Visit): Promise<FastifyReply> {
  const passed = await visit.ask("waitingList.pass", { params: idOf(visit), body: { key: keyOf(visit) } });
  return isRefused(passed) ? notNow(visit, passed.refused) : backTo(visit);
}

/** `POST /waiting/{id}/leave` */
export async function leaveList(visit: Visit): Promise<FastifyReply> {
  const left = await visit.ask("waitingList.remove", { params: idOf(visit), query: { key: keyOf(visit) } });
  return isRefused(left) ? notNow(visit, left.refused) : backTo(visit);
}

/** What is not possible any more has become something else: the page says what. */
const notNow = (visit: Visit, problem: Problem): FastifyReply | Promise<FastifyReply> =>
  problem.code === "bookings/wrong-state" ? backTo(visit) : sendWaiting(visit, problem);

const backTo = (visit: Visit): FastifyReply => seeOther(visit, addressOfWish(visit, stateOf(visit.given).lang));

function addressOfWish(visit: Visit, lang: string | null): string {
  const search = new URLSearchParams({ key: keyOf(visit) });
  if (lang !== null) search.set("lang", lang);
  if (visit.embed) search.set("embed", "1");
  return `/waiting/${encodeURIComponent(visit.params["id"] ?? "")}?${search}`;
}

async function sendWaiting(visit: Visit, problem: Problem | null = null): Promise<FastifyReply> {
  const { ask, reader, words, reply, assets, request } = visit;
  const wish = await ask("waitingList.read", { params: idOf(visit), query: { key: keyOf(visit) } });
  if (isRefused(wish)) return sendProblemPage(visit, wish.refused);
  const page = wish.who === null ? null : await ask("bookingPage.show", { params: { who: wish.who } });
  if (isRefused(page)) return sendProblemPage(visit, page.refused);
  return sendSheet(reply, assets, {
    reader,
    words,
    brand: page,
    title: words.waiting.state[wish.state],
    embed: visit.embed,
    step: "said",
    inLanguage: (lang) => addressOfWish(visit, lang),
    main: waitingMain({
      wish,
      key: keyOf(visit),
      lang: stateOf(visit.given).lang,
      embed: visit.embed,
      link: visit.publicUrl() + wish.link,
      page,
      reader,
      words,
      times: timesIn(wish.zone, reader.locale, words),
      notice: problem === null ? null : notice(...textOf(problem, words, request.id)),
    }),
    status: problem?.status ?? 200,
  });
}
