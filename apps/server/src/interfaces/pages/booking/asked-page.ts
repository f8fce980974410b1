import type { FastifyReply } from "fastify";
import { isRefused, type Catalogue, type OperationAnswer, type Problem } from "@hourwright/contract";
import { sendProblemPage, type Visit } from "../booking.ts";
import { askedWordsOf, type AskedWords } from "./asked-words.ts";
import { msOf } from "./free.ts";
import { html, type Html } from "./html.ts";
import { notice, sendSheet } from "./layout.ts";
import { textOf } from "./problem-page.ts";
import { stateOf } from "./state.ts";
import { dayText, timesIn, type Times } from "./times.ts";
import type { Reader } from "./words.ts";

// What somebody is asked by a link that they were mailed: whether they work a shift, or swap. Reading it changes nothing.

type Asked = OperationAnswer<Catalogue["asked.read"]>;

/** `GET /c/{token}` */
export const showAsked = (visit: Visit): Promise<FastifyReply> => sendAsked(visit, null);

/** `POST /c/{token}`: yes or no. What became of it meanwhile is what the page says then. */
export async function answerAsked(visit: Visit): Promise<FastifyReply> {
  const says = visit.given.get("says") === "yes" ? "yes" : "no";
  const answer = await visit.ask("asked.answer", { params: { token: visit.params["token"] }, body: { says } });
  if (isRefused(answer)) return sendAsked(visit, answer.refused);
  return visit.reply
    .code(303)
    .header("location", addressOf(visit, stateOf(visit.given).lang))
    .header("cache-control", "no-store")
    .send();
}

const addressOf = ({ params }: Visit, lang: string | null): string =>
  `/c/${encodeURIComponent(params["token"] ?? "")}${lang === null ? "" : `?lang=${encodeURIComponent(lang)}`}`;

/** How the organisation's mark is coloured where it has no public page. */
const HUE = 250;

async function sendAsked(visit: Visit, problem: Problem | null): Promise<FastifyReply> {
  const { ask, reader, words, reply, assets, params } = visit;
  const asked = await ask("asked.read", { params: { token: params["token"] } });
  if (isRefused(asked)) return sendProblemPage(visit, asked.refused);
  const own = askedWordsOf(reader.language);
  const times = timesIn(asked.zone, reader.locale, words);
  const title = own.title[asked.what][asked.state];
  reply.header("x-robots-tag", "noindex, nofollow");
  return sendSheet(
    reply,
    { ...assets, script: null },
    {
      reader,
      words,
      brand: { name: asked.organisation, hue: HUE, logo: null },
      title: `${title} ${own.step[asked.what](own.and(asked.others))}`,
      embed: false,
      step: "said",
      inLanguage: (lang) => addressOf(visit, lang),
      main: askedMain(asked, {
        own,
        times,
        reader,
        address: addressOf(visit, stateOf(visit.given).lang),
        said: saidOf(visit, asked, problem),
      }),
      foot: [own.private],
      status: problem?.status ?? 200,
    },
  );
}

/** What a refused answer says that the state of the page does not. */
function saidOf({ words, request }: Visit, { state }: Asked, problem: Problem | null): Html | null {
  if (problem === null || (state !== "open" && state !== "late")) return null;
  const isOurs = problem.code.startsWith("workforce/") || problem.code.startsWith("approvals/");
  return isOurs ? notice(problem.title, problem.detail) : notice(...textOf(problem, words, request.id));
}

type View = {
  readonly own: AskedWords;
  readonly times: Times;
  readonly reader: Reader;
  readonly address: string;
  readonly said: Html | null;
};

function askedMain(asked: Asked, view: View): Html {
  const { own } = view;
  const others = own.and(asked.others);
  const isOpen = asked.state === "open" || asked.state === "late";
  const more = own.more[asked.state];
  return html`<main id="main" tabindex="-1">
    <div class="sheet single">
      <section>
        ${view.said}
        <p class="step">${own.step[asked.what](others)}</p>
        <h1 id="state" tabindex="-1">${own.title[asked.what][asked.state]}</h1>
        ${isOpen && html`<p class="more">${own.lead[asked.what](asked.name, asked.by, own.and(withoutAsker(asked)))}</p>`}
        ${more !== undefined && html`<p class="more">${more}</p>`} ${facts(asked, view)} ${ways(asked, view)}
      </section>
    </div>
  </main>`;
}

/** Who takes part beside who asks; who asks where there is nobody else. */
function withoutAsker({ others, by }: Asked): readonly string[] {
  const rest = others.filter((name) => name !== by);
  return rest.length === 0 ? others : rest;
}

function ways({ what, state }: Asked, { own, address }: View): Html | null {
  const isAsked = state === "open" || state === "late";
  if (!isAsked && !(what === "cover" && state === "no")) return null;
  return html`<form method="post" action="${address}">
    <div class="ways">
      <button class="go" name="says" value="yes">${isAsked ? own.yes[what] : own.stillYes}</button>
      ${isAsked && html`<button class="alt" name="says" value="no">${own.no}</button>`}
    </div>
  </form>`;
}

function facts(asked: Asked, view: View): Html {
  const { own, times } = view;
  const spans = (label: string, list: Asked["takes"]) =>
    list.map((each): readonly [string, string] => [label, spanText(each, view)]);
  const sites = [...new Set(asked.takes.flatMap(({ site }) => site ?? []))];
  const rows: readonly (readonly [string, string])[] = [
    ...spans(asked.gives.length > 0 ? own.youWork : own.shift, asked.takes),
    ...spans(own.youGive, asked.gives),
    [own.site, sites.join(", ")],
    [own.zone, `${times.zoneName} (${times.offset(msOf(asked.takes[0]?.start ?? asked.gives[0]!.start))})`],
    [own.note(asked.by), asked.note],
    [own.until, asked.until === null ? "" : times.moment(msOf(asked.until))],
    [own.why, asked.why],
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

/** “Monday 1 March, 22:00–06:00 (Tuesday 2 March), night shift”; times are not torn apart at the end of a line. */
function spanText({ name, start, end }: Asked["takes"][number], { times, reader }: View): string {
  const [from, to] = [msOf(start), msOf(end)];
  const [first, last] = [times.dayOf(from), times.dayOf(to)];
  const beyond = first.equals(last) ? "" : ` (${dayText(last, reader.locale)})`;
  const when = `${dayText(first, reader.locale)}, ${times.clock(from)}${DASH}${times.clock(to)}${beyond}`;
  return name === "" ? when : `${when}, ${name}`;
}

/** Between word joiners, so that no line breaks at it. */
const DASH = "\u2060–\u2060";
