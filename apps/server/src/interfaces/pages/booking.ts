import type { FastifyInstance, FastifyReply, FastifyRequest } from "fastify";
import { isRefused, refuseRequest, type Problem, type Refused } from "@hourwright/contract";
import { tooMany } from "../../platform/http/rate-limits.ts";
import { failureOf, type RestPorts } from "../rest/routes.ts";
import { answerAsked, showAsked } from "./booking/asked-page.ts";
import { askAs, type Ask } from "./booking/ask.ts";
import { formOf, isFilesForm, type Form, type SentFile } from "./booking/form.ts";
import { sendSheet, type Assets, type Brand } from "./booking/layout.ts";
import { calendarFile, cancelIt, chooseIt, manageIt, moveIt, rateIt } from "./booking/manage-requests.ts";
import { problemMain, textOf, type Sent } from "./booking/problem-page.ts";
import {
  changeTime,
  confirmIt,
  holdDates,
  holdIt,
  keepLonger,
  removeFile,
  listServices,
  showService,
} from "./booking/service-requests.ts";
import { createStamps, type Stamps } from "./booking/stamp.ts";
import { leaveList, passIt, showWaiting, waitForIt, waitForm, waitInLanguage } from "./booking/waiting-requests.ts";
import { readerOf, wordsOf, type Reader, type Words } from "./booking/words.ts";

export type BookingPagePorts = RestPorts & {
  /** Signs forms. */
  readonly secret: string;
  readonly publicUrl: () => string;
  readonly assets: Assets;
};

/** One request of a page, and what it needs to answer. */
export type Visit = {
  readonly request: FastifyRequest;
  readonly reply: FastifyReply;
  readonly ask: Ask;
  /** Of the address, or of the form. */
  readonly given: URLSearchParams;
  /** That the form brought. */
  readonly files: readonly SentFile[];
  readonly params: Readonly<Record<string, string>>;
  readonly reader: Reader;
  readonly words: Words;
  readonly nowMs: number;
  readonly stamps: Stamps;
  readonly assets: Assets;
  readonly publicUrl: () => string;
  readonly embed: boolean;
};

type Answer = (visit: Visit) => Promise<FastifyReply>;

const gets: Readonly<Record<string, Answer>> = {
  "/book/:who": listServices,
  "/book/:who/:service": showService,
  "/book/:who/:service/wait": waitForm,
  "/booking/:id": manageIt,
  "/booking/:id/calendar.ics": calendarFile,
  "/waiting/:id": showWaiting,
  "/c/:token": showAsked,
};

const posts: Readonly<Record<string, Answer>> = {
  "/book/:who/:service/hold": holdIt,
  "/book/:who/:service/keep": keepLonger,
  "/book/:who/:service/change": changeTime,
  "/book/:who/:service/remove-file": removeFile,
  "/book/:who/:service/language": showService,
  "/book/:who/:service/dates": holdDates,
  "/book/:who/:service/confirm": confirmIt,
  "/book/:who/:service/wait": waitForIt,
  "/book/:who/:service/wait/language": waitInLanguage,
  "/waiting/:id/pass": passIt,
  "/waiting/:id/leave": leaveList,
  "/c/:token": answerAsked,
  "/booking/:id/move": moveIt,
  "/booking/:id/cancel": cancelIt,
  "/booking/:id/choose": chooseIt,
  "/booking/:id/rate": rateIt,
};

/**
 * The public pages, where customers book without an account: written here, whole without a script, in four languages. They ask
 * the operations as any stranger would; what the server knows of a visit stands in its address and its forms.
 */
export function registerBooking(server: FastifyInstance, ports: BookingPagePorts): void {
  const stamps = createStamps(ports.secret);
  const answer = async (request: FastifyRequest, reply: FastifyReply, how: Answer, isForm: boolean) => {
    const query = new URLSearchParams(request.url.split("?")[1] ?? "");
    const form = isForm ? await readForm(request, ports) : { fields: query, files: [] };
    const isUnread = isRefused(form);
    const { fields: given, files } = isUnread ? { fields: query, files: [] } : form;
    const reader = readerOf(given.get("lang"), request.headers["accept-language"] ?? "");
    const visit: Visit = {
      request,
      reply,
      ask: askAs(request, reply, ports),
      given,
      files,
      params: request.params as Readonly<Record<string, string>>,
      reader,
      words: wordsOf(reader.language),
      nowMs: ports.clock.nowMs(),
      stamps,
      assets: ports.assets,
      publicUrl: ports.publicUrl,
      embed: given.get("embed") === "1",
    };
    if (isUnread) return sendProblemPage(visit, form.refused);
    try {
      return await how(visit);
    } catch (error) {
      if (reply.sent) return reply; // Whoever asked has gone while it was sent.
      request.log.error({ err: error, requestId: request.id }, "a bug ended this request");
      return sendProblemPage(visit, refuseRequest("internal", "nothing", {}).refused);
    }
  };
  for (const [path, how] of Object.entries(gets))
    server.get(path, (request, reply) => answer(request, reply, how, false));
  for (const [path, how] of Object.entries(posts))
    server.post(path, (request, reply) => answer(request, reply, how, true));
}

/** Forms with files count as what they ask for does, before they are read: each takes memory and time. */
async function readForm(request: FastifyRequest, ports: BookingPagePorts): Promise<Form | Refused> {
  try {
    const address = ports.tracer.hashAddress(request.ip);
    if (!isFilesForm(request)) return await formOf(request, address);
    const budget = await ports.limits.byStranger(address, "booking");
    return budget.allowed ? await formOf(request, address) : tooMany(budget);
  } catch (error) {
    const refused = failureOf(error, request);
    if (refused === null) throw error;
    return { refused };
  }
}

/** An address whose parts cannot be is, to whoever reads pages, an address of nothing. */
const asPage = (problem: Problem): Problem =>
  problem.code === "request/invalid" ? { ...problem, status: 404 } : problem;

/** A page that says why there is no other. */
export function sendProblemPage(visit: Visit, refused: Problem, brand: Brand | null = null): FastifyReply {
  const problem = asPage(refused);
  const { request, reply, words, given } = visit;
  const wait = problem.extra["retryAfterSeconds"];
  if (typeof wait === "number") reply.header("retry-after", String(wait));
  const path = request.url.split("?")[0]!;
  const sent: Sent | null = request.method === "POST" ? { path, fields: given } : null;
  return sendSheet(reply, visit.assets, {
    reader: visit.reader,
    words,
    brand,
    title: textOf(problem, words, request.id)[0],
    embed: visit.embed,
    step: "said",
    inLanguage: (language) =>
      `${sent === null ? path : path.replace(/\/\w+$/, "")}?${new URLSearchParams({ lang: language })}`,
    main: problemMain(problem, words, request.id, sent),
    status: problem.status,
  });
}
