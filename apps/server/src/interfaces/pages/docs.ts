import { randomBytes } from "node:crypto";
import type { FastifyInstance, FastifyReply } from "fastify";
import { z } from "zod";
import {
  catalogue,
  liveCloseCodes,
  liveFromClient,
  liveFromServer,
  printOpenApi,
  problemAreas,
  requestProblems,
  type Operation,
  type ProblemKind,
} from "@hourwright/contract";
import { pagePolicy } from "../../platform/http/security-headers.ts";
import { sendRefusal } from "../rest/routes.ts";
import { escaped as text } from "./booking/html.ts";
import { tour } from "./tour.ts";

/** `/openapi.json`, `/docs` with a tour and every operation, and one page for each problem: printed from the catalogue. */
export function registerDocs(server: FastifyInstance, publicUrl: () => string): void {
  server.get("/openapi.json", (_request, reply) =>
    reply.header("cache-control", "no-cache").send(printOpenApi(publicUrl())),
  );
  server.get("/docs", (_request, reply) => sendPage(reply, "The API in five minutes", docsPage(publicUrl())));
  server.get("/problems", (_request, reply) => sendPage(reply, "Problems", problemsPage()));
  server.get<{ Params: { area: string; name: string } }>("/problems/:area/:name", (request, reply) => {
    const { area, name } = request.params;
    const kinds: Readonly<Record<string, ProblemKind>> = problemAreas.find((each) => each.area === area)?.kinds ?? {};
    const kind = Object.hasOwn(kinds, name) ? kinds[name] : undefined;
    if (kind === undefined) {
      return sendRefusal(
        reply,
        requestProblems.refuse("not-found", "No problem has this name. /problems lists them.").refused,
        request.id,
      );
    }
    const operations = (Object.values(catalogue) as Operation[]).filter((entry) =>
      entry.problems.includes(`${area}/${name}`),
    );
    const where =
      operations.length === 0
        ? "<p>Any address may answer with it.</p>"
        : `<p>Answered by:</p><ul>${operations.map((entry) => `<li><code>${entry.method} ${text(entry.path)}</code> ${text(entry.summary)}</li>`).join("")}</ul>`;
    return sendPage(
      reply,
      kind.title,
      `<p><code>${text(`${area}/${name}`)}</code> · status ${kind.status}</p><p>${text(kind.about)}</p>${where}<p><a href="/problems">All problems</a></p>`,
    );
  });
}

function docsPage(url: string): string {
  const steps = tour(url).map(
    (step) => `<h3>${text(step.title)}</h3><p>${text(step.about)}</p><pre>${text(step.command)}</pre>`,
  );
  const rows = (Object.values(catalogue) as Operation[])
    .filter((entry) => entry.internal !== true)
    .map(
      (entry) =>
        `<tr><td><code>${entry.method}</code></td><td><code>${text(entry.path)}</code></td><td>${text(entry.summary)}</td></tr>`,
    );
  return `<p>Everything the web app does, it does through this API. The whole description is at <a href="/openapi.json">/openapi.json</a> (OpenAPI 3.1); every refusal has <a href="/problems">a page</a>.</p>
<h2>A tour in ${steps.length} steps</h2>${steps.join("")}
${livePart()}
<h2>Every operation</h2><table><thead><tr><th>Method</th><th>Address</th><th>What it does</th></tr></thead><tbody>${rows.join("")}</tbody></table>`;
}

/** The messages of the WebSocket, read from their schemas. */
function livePart(): string {
  const table = (schema: z.ZodType) =>
    `<table><tbody>${messagesOf(schema)
      .map(({ type, fields, about }) => {
        return `<tr><td><code>${text(type)}</code></td><td><code>${text(fields)}</code></td><td>${text(about)}</td></tr>`;
      })
      .join("")}</tbody></table>`;
  const codes = Object.entries(liveCloseCodes).map(([code, why]) => `<li><code>${code}</code> ${text(why)}</li>`);
  return `<h2>Live</h2><p><code>POST /v1/live/tickets</code> gives a ticket for the WebSocket <code>/v1/live?ticket=…</code>. Each message is one JSON object.</p>
<h3>You say</h3>${table(liveFromClient)}<h3>The server says</h3>${table(liveFromServer)}<p>It closes with:</p><ul>${codes.join("")}</ul>`;
}

type Shown = { readonly type: string; readonly fields: string; readonly about: string };

/** One row for each message of a union; a topic of its own is one of its own. */
function messagesOf(schema: z.ZodType): Shown[] {
  if (schema instanceof z.ZodDiscriminatedUnion) return schema.options.flatMap((each) => messagesOf(each as z.ZodType));
  const { type, topic, ...fields } = (schema as z.ZodObject).shape as Record<string, z.ZodType>;
  const values = (part: z.ZodType | undefined) =>
    part instanceof z.ZodLiteral ? part.values.values().toArray() : part instanceof z.ZodEnum ? part.options : [];
  const topics = values(topic).length === 1 ? ` ${values(topic)[0]}` : "";
  return [
    {
      type: `${values(type).join(" ")}${topics}`,
      fields: [...(topic === undefined || topics !== "" ? [] : ["topic"]), ...Object.keys(fields)].join(", "),
      about: schema.description ?? "",
    },
  ];
}

function problemsPage(): string {
  const rows = problemAreas.flatMap(({ area, kinds }) =>
    Object.entries(kinds as Record<string, { status: number; title: string }>).map(
      ([name, kind]) =>
        `<tr><td>${kind.status}</td><td><a href="/problems/${area}/${name}"><code>${area}/${name}</code></a></td><td>${text(kind.title)}</td></tr>`,
    ),
  );
  return `<table><thead><tr><th>Status</th><th>Code</th><th>Title</th></tr></thead><tbody>${rows.join("")}</tbody></table>`;
}

function sendPage(reply: FastifyReply, title: string, body: string): FastifyReply {
  const nonce = randomBytes(16).toString("base64url");
  return reply
    .header("content-security-policy", pagePolicy(nonce))
    .type("text/html; charset=utf-8")
    .send(
      `<!doctype html><html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width,initial-scale=1"><title>${text(title)} · Hourwright</title><style nonce="${nonce}">${STYLE}</style></head><body><main><p><a href="/">Hourwright</a></p><h1>${text(title)}</h1>${body}</main></body></html>`,
    );
}

const STYLE = `:root{color-scheme:light dark;--text:light-dark(#1c2230,#eceef3);--soft:light-dark(#f3f5f8,#20242d);--line:light-dark(#dfe3ea,#343a46);--accent:light-dark(#2b5bd0,#8fb0ff)}
body{margin:0;font:15px/1.55 ui-sans-serif,system-ui,sans-serif;color:var(--text);background:light-dark(#fbfcfd,#15181f)}
main{max-width:62rem;margin:0 auto;padding:2rem 1.25rem 4rem}a{color:var(--accent)}h1{font-size:1.6rem;letter-spacing:-.01em}h2{margin-top:2.5rem}
pre{background:var(--soft);border:1px solid var(--line);border-radius:8px;padding:.75rem 1rem;overflow:auto}code,pre{font-family:ui-monospace,monospace;font-size:.9em}
table{border-collapse:collapse;width:100%}td,th{text-align:start;padding:.4rem .75rem .4rem 0;border-bottom:1px solid var(--line);vertical-align:top}`;
