import type { FastifyReply } from "fastify";
import { leadsTo } from "../../../contexts/bookings/public.ts";
import { isRefused, refuseRequest, type Problem, type Refused } from "@hourwright/contract";
import { sendProblemPage, type Visit } from "../booking.ts";
import { HONEYPOT, wrongIn, wrongList, type Wrong } from "./details.ts";
import { msOf, nearestOf, readFree, type Offered, type PublicPage, type Slot } from "./free.ts";
import { sendFiles } from "./files-part.ts";
import { html, type Html } from "./html.ts";
import { notice, sendSheet } from "./layout.ts";
import { listMain } from "./list-page.ts";
import { routingAnswers, routingMain } from "./routing-page.ts";
import { limitText, textOf } from "./problem-page.ts";
import { insteadOf, type Clashed } from "./series-part.ts";
import { firstOf, serviceMain, slotButton, stepOf, type Hold, type View } from "./service-page.ts";
import { addressOf, stateOf, type State } from "./state.ts";
import { spanText, timesIn, type Times } from "./times.ts";
import { isZone } from "./zones.ts";

// What the pages of an organisation and its services answer.

const notFound = refuseRequest("not-found", "offer", {}).refused;

/** `GET /book/{who}`: what is offered. */
export async function listServices(visit: Visit): Promise<FastifyReply> {
  const page = await readPage(visit);
  if (isRefused(page)) return sendProblemPage(visit, page.refused);
  const { words, reader, reply, assets, given } = visit;
  const state = stateOf(given);
  const answers = routingAnswers(page, given);
  const asks = page.routing.questions.length > 0 && given.get("all") !== "1";
  const led = asks ? ledTo(page, state, answers) : null;
  if (led !== null) return seeOther(visit, led);
  const isAsking = asks && Object.keys(answers).length < page.routing.questions.length;
  return sendSheet(reply, assets, {
    reader,
    words,
    brand: page,
    title: words.book(page.name),
    embed: state.embed,
    step: "list",
    inLanguage: (lang) => addressOf(`/book/${page.who}`, { ...state, lang }),
    main: isAsking ? routingMain(page, state, answers, words) : listMain(page, state, words, reader),
    foot: [words.noAccount, words.youGet],
  });
}

/** The page of what the answers lead to, with the answers filled in where its service asks the same; null where no rule matches. */
function ledTo(page: PublicPage, state: State, answers: Readonly<Record<string, string>>): string | null {
  if (Object.keys(answers).length < page.routing.questions.length) return null;
  const rule = leadsTo(page.routing, answers);
  const service = page.services.find(({ id }) => id === rule?.serviceId);
  if (rule === null || service === undefined) return null;
  const same = Object.entries(answers).filter(([id, answer]) =>
    service.questions.some((each) => each.id === id && (each.kind === "text" || each.options.includes(answer))),
  );
  const details = { ...state.details, answers: { ...state.details.answers, ...Object.fromEntries(same) } };
  return addressOf(`/book/${page.who}/${service.slug}`, { ...state, choose: rule.choose, details });
}

const readPage = ({ ask, params }: Visit) => ask("bookingPage.show", { params: { who: params["who"] } });

/** What of a visit stands fast before anything is asked about times. */
export type Scene = {
  readonly page: PublicPage;
  readonly service: Offered;
  readonly minutes: number;
  readonly state: State;
  readonly times: Times;
};

export async function sceneOf(visit: Visit): Promise<Scene | Refused> {
  const page = await readPage(visit);
  if (isRefused(page)) return page;
  const service = page.services.find(({ slug }) => slug === visit.params["service"]);
  if (service === undefined) return { refused: notFound };
  const asked = stateOf(visit.given);
  const known = new Set(service.choices.flatMap(({ anyOf }) => anyOf.map(({ id }) => id)));
  const isOwnZone = service.isZoneLocked || asked.zone === null || !isZone(asked.zone);
  const isLength = asked.minutes !== null && service.lengths.includes(asked.minutes);
  const state: State = {
    ...asked,
    minutes: isLength ? asked.minutes : null,
    repeat: service.seriesMax === null || asked.repeat === null ? null : Math.min(asked.repeat, service.seriesMax),
    choose: asked.choose.filter((id) => known.has(id)),
    places: Math.min(asked.places, service.places),
    zone: isOwnZone ? null : asked.zone,
    step: asked.step === "zone" && service.isZoneLocked ? null : asked.step,
  };
  const times = timesIn(state.zone ?? service.zone, visit.reader.locale, visit.words);
  return { page, service, minutes: state.minutes ?? service.lengths[0]!, state, times };
}

/** What a page says beside what is free: why it is shown again, and what is wrong on it. */
type Said = {
  readonly status?: number;
  readonly wrong?: readonly Wrong[];
  readonly clashed?: Clashed;
  readonly notice?: (view: View) => Html | null;
};

/**
 * `GET /book/{who}/{service}`: its times, or the details of what is held. `POST …/language`: the same with all that is written, in the
 * language that the form names.
 */
export async function showService(visit: Visit): Promise<FastifyReply> {
  const scene = await sceneOf(visit);
  if (isRefused(scene)) return sendProblemPage(visit, scene.refused);
  const { state } = scene;
  if (state.hold === null) return sendService(visit, scene, null);
  const held = await readHold(visit, state.hold);
  if (held === null) return sendService(visit, { ...scene, state: { ...state, hold: null } }, null, holdIsOver(null));
  if (isRefused(held)) return sendProblemPage(visit, held.refused, scene.page);
  if ("link" in held) return seeOther(visit, withReader(held.link, state));
  if (state.hold.isLeft) return sendService(visit, scene, null, stillHeld(held));
  return sendService(visit, held.forWhom === null ? scene : withWhom(scene, held.forWhom), held);
}

/** What is offered to somebody who waits is filled in with who they are; how long it is kept was said with the offer. */
function withWhom(scene: Scene, { name, email, phone }: NonNullable<Hold["forWhom"]>): Scene {
  const { state } = scene;
  const { details, hold } = state;
  const isBare = details.name === "" && details.email === "" && details.phone === "";
  const filled = isBare ? { ...details, name, email, phone } : details;
  return { ...scene, state: { ...state, details: filled, hold: hold === null ? null : { ...hold, isKept: true } } };
}

/** What is held; its own page where it is booked already; null when it is over. */
async function readHold(
  { ask }: Visit,
  { id, key }: Pick<NonNullable<State["hold"]>, "id" | "key">,
): Promise<Hold | { readonly link: string } | Refused | null> {
  const booking = await ask("bookings.read", { params: { id }, query: { key } });
  if (isRefused(booking))
    return booking.refused.status === 404 || booking.refused.code === "request/invalid" ? null : booking;
  if (booking.heldUntil === null) return { link: booking.link };
  const own = { startMs: msOf(booking.start), endMs: msOf(booking.end) };
  const hold = {
    id,
    key,
    ...own,
    untilMs: msOf(booking.heldUntil),
    dates: [own],
    files: booking.files,
    needsApproval: booking.needsApproval,
    forWhom: booking.customer,
  };
  if (booking.series === null) return hold;
  const series = await ask("bookings.series", { params: { id }, query: { key } });
  if (isRefused(series)) return series;
  return { ...hold, dates: series.items.map(({ start, end }) => ({ startMs: msOf(start), endMs: msOf(end) })) };
}

async function sendService(visit: Visit, scene: Scene, hold: Hold | null, said: Said = {}): Promise<FastifyReply> {
  const { ask, nowMs, words, reader, reply, assets, given } = visit;
  const { page, service, minutes, state, times } = scene;
  const { choose, places } = state;
  const on = state.on ?? (hold === null ? null : times.dayOf(hold.startMs));
  const held = hold === null ? null : { ...hold, placesLeft: places };
  const wish = { serviceId: service.id, minutes, choose, places, on, held };
  const free = await readFree(ask, wish, times, nowMs);
  if (isRefused(free)) return sendProblemPage(visit, free.refused, page);
  const view: View = {
    state,
    reader,
    words,
    times,
    nowMs,
    page,
    service,
    minutes,
    free,
    hold,
    find: given.get("find") ?? "",
    stamp: given.get("stamp") ?? visit.stamps.issue(nowMs),
    proof: page.asksForProof ? await readChallenge(visit, service) : null,
    notice: null,
    wrong: said.wrong ?? [],
    clashed: said.clashed ?? null,
  };
  const shown = { ...view, notice: said.notice?.(view) ?? null };
  const first = firstOf(shown);
  return sendSheet(reply, assets, {
    reader,
    words,
    brand: page,
    title: `${service.name} · ${page.name}`,
    embed: state.embed,
    step: stepOf(shown),
    inLanguage: (lang) => addressOf(pathOf(scene), { ...state, lang }),
    form: first === null ? null : { action: `${pathOf(scene)}/language`, first },
    main: serviceMain(shown),
    foot: [words.noAccount, changeText(service, visit), words.youGet],
    status: said.status ?? 200,
  });
}

async function readChallenge({ ask }: Visit, { id }: Offered): Promise<View["proof"]> {
  const asked = await ask("services.challenge", { params: { id } });
  if (isRefused(asked) || asked.challenge === null) return null;
  return { challenge: asked.challenge, bits: asked.bits };
}

/** What the script of a form has found, if it has. */
const proofOf = ({ given }: Visit): { readonly proof?: string } => {
  const proof = given.get("proof") ?? "";
  return proof === "" || proof.length > PROOF_CHARACTERS_MAX ? {} : { proof };
};
const PROOF_CHARACTERS_MAX = 120;

const changeText = ({ cancelUntilMinutes }: Offered, { words, reader }: Visit): string =>
  cancelUntilMinutes === 0 ? words.notChangeable : words.changeUntil(spanText(cancelUntilMinutes, reader.locale));

/** `POST …/hold`: keeps a time while its details are written, in place of what was held before; where it cannot be that stays. */
export async function holdIt(visit: Visit): Promise<FastifyReply> {
  const scene = await sceneOf(visit);
  if (isRefused(scene)) return sendProblemPage(visit, scene.refused);
  const state: State = { ...scene.state, step: null };
  const hold = await takeHold(visit, { ...scene, state });
  if (isRefused(hold)) return sendRefused(visit, { ...scene, state }, hold.refused);
  await sendFiles(visit, scene, hold);
  return seeOther(visit, addressOf(pathOf(scene), heldState({ ...state, hold: null }, hold, scene.times)));
}

const pathOf = ({ page, service }: Scene): string => `/book/${page.who}/${service.slug}`;

const heldState = (state: State, hold: Hold, times: Times): State => ({
  ...state,
  on: times.dayOf(hold.startMs),
  hold: { id: hold.id, key: hold.key, isKept: state.hold?.isKept ?? false, isLeft: false },
});

/** Holds the time that a form names, once however often it is sent; the second time it asks for the nearest as well. */
async function takeHold(visit: Visit, { service, minutes, state, times }: Scene): Promise<Hold | Refused> {
  const { ask, given } = visit;
  const start = given.get("start") ?? "";
  const { choose, places } = state;
  const body = {
    serviceId: service.id,
    start,
    minutes,
    choose,
    places,
    zone: times.zone,
    ...before(state),
    ...proofOf(visit),
  };
  const once = given.get("stamp");
  if (once !== null && once !== "" && once.length <= STAMP_CHARACTERS_MAX) {
    const kept = await ask("holds.create", { body, once: `${once} ${start}` });
    if (isRefused(kept) && kept.refused.status !== 409) return kept;
    if (!isRefused(kept)) {
      const held = await readHold(visit, kept);
      if (held !== null && !isRefused(held) && !("link" in held)) return held; // Else it was given back meanwhile.
    }
  }
  const made = await ask("holds.create", { body });
  if (isRefused(made)) return made;
  const { id, key } = made;
  const own = { startMs: msOf(made.start), endMs: msOf(made.end) };
  return {
    id,
    key,
    ...own,
    untilMs: msOf(made.expiresAt),
    dates: [own],
    files: [],
    needsApproval: service.needsApproval,
    forWhom: null,
  };
}

/**
 * `POST …/dates`: holds a time and its repeats in place of what was held, or shows which of them are not free, each with times
 * beside it. Nothing that was written is lost.
 */
export async function holdDates(visit: Visit): Promise<FastifyReply> {
  const scene = await sceneOf(visit);
  if (isRefused(scene)) return sendProblemPage(visit, scene.refused);
  const { state } = scene;
  if (state.repeat === null)
    return state.hold === null ? holdIt(visit) : seeOther(visit, addressOf(pathOf(scene), state));
  return holdSeries(visit, scene, state.repeat);
}

async function holdSeries(visit: Visit, scene: Scene, count: number): Promise<FastifyReply> {
  const { ask, given } = visit;
  const { service, minutes, state, times } = scene;
  const start = given.get("start") ?? "";
  const made = await ask("holds.createSeries", {
    body: {
      serviceId: service.id,
      start,
      repeat: { unit: "week", count },
      instead: insteadOf(given),
      minutes,
      choose: state.choose,
      places: state.places,
      zone: times.zone,
      ...before(state),
      ...proofOf(visit),
    },
  });
  const bare = { ...scene, state: { ...state, step: null } };
  if (!isRefused(made)) {
    const hold = { id: made.id, key: made.key, isKept: false, isLeft: false };
    const on = times.dayOf(msOf(made.start));
    return seeOther(visit, addressOf(pathOf(scene), { ...bare.state, repeat: null, on, hold }));
  }
  const { code, status, extra } = made.refused;
  if (code !== "bookings/dates-clash") return sendRefused(visit, bare, made.refused);
  return sendService(visit, bare, null, {
    status,
    clashed: { start, dates: extra["dates"] as Clashed["dates"] },
    notice: ({ words }) => notice(words.series.clashTitle, words.series.clashBody),
  });
}

const STAMP_CHARACTERS_MAX = 100;

/** What is held until something else is. */
const before = ({ hold }: State) => (hold === null ? {} : { inPlaceOf: { id: hold.id, key: hold.key } });

/** `POST …/keep`: holds it as long again, once. */
export async function keepLonger(visit: Visit): Promise<FastifyReply> {
  const scene = await sceneOf(visit);
  if (isRefused(scene)) return sendProblemPage(visit, scene.refused);
  const { state } = scene;
  const bare = { ...scene, state: { ...state, hold: null } };
  if (state.hold === null) return sendService(visit, bare, null, holdIsOver(startOf(visit)));
  const { id, key } = state.hold;
  await sendFiles(visit, scene, state.hold);
  const kept = await visit.ask("holds.prolong", { params: { id }, body: { key } });
  if (!isRefused(kept))
    return seeOther(visit, addressOf(pathOf(scene), { ...state, hold: { id, key, isKept: true, isLeft: false } }));
  if (kept.refused.code === "bookings/hold-over" || kept.refused.status === 404)
    return sendService(visit, bare, null, holdIsOver(startOf(visit)));
  return sendRefused(visit, bare, kept.refused);
}

/** What was sent for a time would go with it: it stays held until another is. */
const stillHeld = (held: Hold): Said => ({
  notice: (view) => {
    const { words, state } = view;
    const back = addressOf(pathOf(view), {
      ...state,
      hold: state.hold === null ? null : { ...state.hold, isLeft: false },
    });
    const more = html`<p><a class="go" href="${back}">${words.keepIt}</a></p>`;
    return notice(words.stillHeldTitle, words.stillHeldBody(held.files.length), more, "said");
  },
});

/**
 * `POST …/change`: gives back what is held, and shows the times again. Where files were sent for it, it is held until another time is,
 * and they go over to that.
 */
export async function changeTime(visit: Visit): Promise<FastifyReply> {
  const scene = await sceneOf(visit);
  if (isRefused(scene)) return sendProblemPage(visit, scene.refused);
  const { hold } = scene.state;
  const held = hold === null ? null : await readHold(visit, hold);
  const hasFiles = held !== null && !isRefused(held) && !("link" in held) && held.files.length > 0;
  if (hold !== null && !hasFiles)
    await visit.ask("holds.remove", { params: { id: hold.id }, query: { key: hold.key } });
  const left = hold !== null && hasFiles ? { ...hold, isLeft: true } : null;
  const state: State = { ...scene.state, hold: left, repeat: null };
  if (visit.given.get("over") === "1") return sendService(visit, { ...scene, state }, null, holdIsOver(startOf(visit)));
  return seeOther(visit, addressOf(pathOf(scene), state));
}

/** `POST …/confirm`: books what is held, or the time it names. */
export async function confirmIt(visit: Visit): Promise<FastifyReply> {
  const scene = await sceneOf(visit);
  if (isRefused(scene)) return sendProblemPage(visit, scene.refused);
  const { state, service, times } = scene;
  const { words, given, ask, reader, nowMs, stamps } = visit;
  const taken =
    state.hold === null || state.hold.isLeft ? await takeHold(visit, scene) : await readHold(visit, state.hold);
  const bare = { ...scene, state: { ...state, hold: null } };
  if (taken === null) return sendService(visit, bare, null, holdIsOver(startOf(visit)));
  if (isRefused(taken)) return sendRefused(visit, bare, taken.refused);
  if ("link" in taken) return seeOther(visit, withReader(taken.link, state));
  const sent = await sendFiles(visit, scene, taken);
  const hold: Hold = {
    ...taken,
    files: [...taken.files.filter(({ id }) => sent.kept.every((each) => each.id !== id)), ...sent.kept],
  };
  // Who wants several dates and has not looked at them yet looks at them first.
  if (state.repeat !== null && hold.dates.length === 1)
    return holdSeries(visit, { ...scene, state: heldState(state, hold, times) }, state.repeat);

  const held = { ...scene, state: heldState(state, hold, times) };
  const wrong = withUnfit(wrongIn(state.details, service, words, hold.files), sent.wrong);
  if (wrong.length > 0) return sendWrong(visit, held, hold, wrong);
  if ((given.get(HONEYPOT) ?? "") !== "" || stamps.isTooSoon(given.get("stamp") ?? "", nowMs))
    return sendService(visit, held, hold, { status: 422, notice: () => notice(words.againTitle, words.againBody) });

  const { name, email, phone, answers, package: code } = state.details;
  const booking = await ask("bookings.create", {
    body: {
      holdId: hold.id,
      key: hold.key,
      customer: { name: name.trim(), email: email.trim(), phone: phone.trim() },
      answers: Object.fromEntries(Object.entries(answers).filter(([, answer]) => answer.trim() !== "")),
      ...(service.package === "none" || code.trim() === "" ? {} : { package: code }),
      zone: times.zone,
      language: reader.language,
    },
  });
  if (!isRefused(booking)) return seeOther(visit, withReader(booking.link, state));
  const { refused } = booking;
  if (refused.code === "bookings/hold-over") return sendService(visit, bare, null, holdIsOver(hold.startMs));
  if (refused.code === "bookings/package-unfit")
    return sendWrong(
      visit,
      held,
      hold,
      [{ field: "package", why: packageText(refused.extra, visit, times) }],
      refused.status,
    );
  if (refused.code === "bookings/not-offered")
    return sendService(visit, held, hold, {
      status: refused.status,
      notice: () => notice(words.notOfferedTitle, limitText(refused, words) ?? words.notOfferedBody),
    });
  return sendRefused(visit, held, refused, hold);
}

/** Of a field whose file was refused that is said, and not that it is missing. */
const withUnfit = (wrong: readonly Wrong[], unfit: readonly Wrong[]): readonly Wrong[] => [
  ...wrong.filter(({ field }) => unfit.every((each) => each.field !== field)),
  ...unfit,
];

/** `POST …/remove-file`: takes a file away that was sent, and shows the details again with everything that was written. */
export async function removeFile(visit: Visit): Promise<FastifyReply> {
  const scene = await sceneOf(visit);
  if (isRefused(scene)) return sendProblemPage(visit, scene.refused);
  const { hold } = scene.state;
  if (hold !== null) {
    const params = { id: hold.id, file: visit.given.get("file") ?? "" };
    await visit.ask("holds.removeFile", { params, query: { key: hold.key } });
    await sendFiles(visit, scene, hold);
  }
  return showService(visit);
}

/** Why a package does not pay for it, with what is left where that is the reason. */
function packageText({ reason, left, wanted, expiresAt }: Problem["extra"], { words }: Visit, times: Times): string {
  const said = words.package;
  if (reason === "empty" && typeof left === "number" && typeof wanted === "number") return said.tooFew(left, wanted);
  if (reason === "expired" && typeof expiresAt === "string") return said.expired(times.moment(msOf(expiresAt)));
  return reason === "other-service" ? said.otherService : said.unknown;
}

function startOf({ given }: Visit): number | null {
  try {
    return msOf(given.get("start") ?? "");
  } catch {
    return null;
  }
}

/** The same page, with everything that is wrong on it. */
const sendWrong = (
  visit: Visit,
  scene: Scene,
  hold: Hold,
  wrong: readonly Wrong[],
  status = 422,
): Promise<FastifyReply> =>
  sendService(visit, scene, hold, {
    status,
    wrong,
    notice: ({ words }) => notice(words.wrongTitle(wrong.length), "", wrongList(wrong)),
  });

/** A hold that is over: the times again, those nearest to it first, and everything that was written. */
const holdIsOver = (startMs: number | null): Said => ({
  status: 410,
  notice: (view) =>
    notice(
      view.words.overTitle,
      view.words.overBody,
      startMs === null ? null : nearestList(view, nearestOf(view.free.slots, startMs)),
    ),
});

/** A refused time leads to the nearest that are free; everything else is said above the same page, or alone where that cannot be shown. */
async function sendRefused(
  visit: Visit,
  scene: Scene,
  problem: Problem,
  hold: Hold | null = null,
): Promise<FastifyReply> {
  const { words, request, reply } = visit;
  const { code, status, extra } = problem;
  if (code === "bookings/slot-taken" || code === "bookings/not-offered") {
    const taken = code === "bookings/slot-taken";
    const [title, body] = taken ? [words.takenTitle, words.takenBody] : [words.notOfferedTitle, words.notOfferedBody];
    return sendService(visit, scene, hold, {
      status,
      notice: (view) => notice(title, body, nearestList(view, alternativesOf(extra["alternatives"]))),
    });
  }
  if (status === 429) {
    const wait = extra["retryAfterSeconds"];
    if (typeof wait === "number") reply.header("retry-after", String(wait));
    return sendService(visit, scene, hold, {
      status,
      notice: () => notice(...textOf(problem, words, request.id)),
    });
  }
  return sendProblemPage(visit, problem, scene.page);
}

function alternativesOf(listed: unknown): readonly Slot[] {
  if (!Array.isArray(listed)) return [];
  return (listed as readonly { readonly start: string; readonly end: string; readonly placesLeft: number }[]).map(
    ({ start, end, placesLeft }) => ({ startMs: msOf(start), endMs: msOf(end), placesLeft }),
  );
}

/** Times to take at once in place of another. */
function nearestList(view: View, slots: readonly Slot[]): Html | null {
  if (slots.length === 0) return null;
  return html`<p>${view.words.nearest}, ${view.times.zoneName}:</p>
    <ul class="nearest">
      ${slots.map((slot) => html`<li>${slotButton(view, slot, false, null, true)}</li>`)}
    </ul>`;
}

/** The page that a browser is sent to, so that going back or reloading sends nothing twice. */
export const seeOther = ({ reply }: Visit, address: string): FastifyReply =>
  reply.code(303).header("location", address).header("cache-control", "no-store").send();

/** A booking's page as its reader reads. */
export const withReader = (link: string, { lang, embed }: State): string =>
  `${link}${lang === null ? "" : `&lang=${encodeURIComponent(lang)}`}${embed ? "&embed=1" : ""}`;
