import type { ItemProblem } from "@hourwright/contract";
import { createClient, RequestFailed, type Answer, type ProblemBody } from "@hourwright/client";
import { hearServerDate } from "./clock.ts";

/** The one place from which the web app asks the server anything. Same origin; the session is a cookie. */
export const api = createClient({
  baseUrl: "",
  fetch: async (input, init) => {
    const isWrite = init?.method !== "GET";
    if (isWrite) writes++;
    try {
      const response = await fetch(input, init);
      hearServerDate(response.headers.get("date"));
      return response;
    } finally {
      if (isWrite) writes--;
    }
  },
});

let writes = 0;

/** Whether something is on its way to be written: what is shown may be in foresight of it. */
export const isWriting = (): boolean => writes > 0;

export { RequestFailed, type Answer, type ProblemBody };

export type Session = Answer<"session.read">;
export type Me = NonNullable<Session["me"]>;
export type Calendar = Answer<"calendars.list">["items"][number];
export type Subject = Answer<"people.list">["items"][number];
export type Event = Answer<"events.list">["events"][number];
export type EventDetail = Answer<"events.read">;
export type Conflict = NonNullable<Answer<"events.list">["conflicts"]>[number];
export type Repair = Conflict["repairs"][number];
export type Notice = Answer<"notices.list">["items"][number];
export type Job = Answer<"jobs.read">;

type Said = Pick<ProblemBody, "title" | "detail">;
let inLanguage: (problem: ProblemBody) => Said | null = () => null;

/** Says refusals in the language of the page from now on; `say` answers null where the server's own words have to do. */
export function sayRefusals(say: typeof inLanguage): void {
  inLanguage = say;
}

/** What to tell a person: what happened and what to do, in the language of the page, or in the server's own words. */
export function sentenceOf(error: unknown, fallback: string): string {
  if (!(error instanceof RequestFailed) || isOffline(error)) return fallback;
  return error.problem === null ? error.message : wordsOf(error.problem);
}

/** A problem's title says what happened, its detail what to do (RFC 9457 §3.1): together unless one says both. */
export function wordsOf(problem: ProblemBody): string {
  const { title, detail } = inLanguage(problem) ?? problem;
  // Which field of the request it was is for programs; whoever looks at the form sees it.
  const words = detail.replace(/^(?:body|query|params)(?:\.\w+)*: (.)/, (_, first: string) => first.toUpperCase());
  if (words === "" || words === title) return title;
  return words.startsWith(title) ? words : `${title.replace(/[.!?]$/, "")}. ${words}`;
}

/** What one of many was refused for. */
export function wordsOfItem(problem: ItemProblem): string {
  const said = inLanguage({ ...problem, type: "", title: "", status: 0, instance: "" });
  return said === null || said.detail === "" ? problem.detail : said.detail;
}

/** What is said for or against a schedule, of it, or of a plan: in the language of the page where its facts are known. */
export function wordsOfObjection({ sentence, who = null, facts }: SaidObjection): string {
  if (facts === undefined) return sentence;
  const of = { who, sentence, of: facts };
  return wordsOfItem({ code: "workforce/adjustment-refused", detail: sentence, reason: "barred", facts: of });
}

type SaidObjection = {
  readonly sentence: string;
  /** Of whom, where that is not plain. */
  readonly who?: string | null | undefined;
  readonly facts?: Readonly<Record<string, unknown>> | undefined;
};

/** Why a job has failed. */
export const wordsOfFailure = ({ failure, problem }: Pick<Job, "failure" | "problem">): string =>
  problem === null ? (failure ?? "") : wordsOfItem(problem);

type LineProblem = Answer<"customers.import">["problems"][number];

/** What is wrong with a line of a file. */
export const wordsOfLine = ({ why, code = "files/line", reason, facts }: LineProblem): string =>
  wordsOfItem({ code, detail: why, reason, facts });

/** Whether the server says so; a proxy that asks for its own password says nothing of us. */
export function isSignedOut(error: unknown): boolean {
  return error instanceof RequestFailed && error.status === 401 && error.problem !== null;
}

/** Whether the server did not answer: no network, or a proxy that speaks in its place. */
export function isOffline(error: unknown): boolean {
  if (!(error instanceof RequestFailed)) return false;
  return error.status === 0 || (error.status >= 502 && error.problem === null);
}

/** Whether the connection is gone after a failed request: null when the failure does not tell, as a server's own fault. */
export function isGoneAfter(error: unknown): boolean | null {
  if (!navigator.onLine || isOffline(error)) return true;
  return isSignedOut(error) ? false : null;
}
