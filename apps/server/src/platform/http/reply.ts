import { createHash } from "node:crypto";
import type { FastifyReply } from "fastify";
import { toProblemJson, type Problem } from "@hourwright/contract";

/** Sends one refusal as RFC 9457 says. */
export function sendProblem(reply: FastifyReply, problem: Problem, requestId: string): FastifyReply {
  return reply
    .code(problem.status)
    .header("cache-control", "no-store")
    .header("content-type", "application/problem+json; charset=utf-8")
    .send(JSON.stringify(toProblemJson(problem, requestId)));
}

/** The validator of an answer made from its bytes (RFC 9110 §8.8.3). About 1 ms for a megabyte. */
export const entityTag = (text: string | Buffer): string =>
  `W/"${createHash("sha1").update(text).digest("base64url")}"`;

/** Whether the client already holds it: `If-None-Match` compares weakly (RFC 9110 §13.1.2). */
export function isHeld(ifNoneMatch: string | undefined, etag: string): boolean {
  if (ifNoneMatch === undefined) return false;
  const bare = (tag: string) => tag.trim().replace(/^W\//, "");
  return ifNoneMatch.trim() === "*" || ifNoneMatch.split(",").some((tag) => bare(tag) === bare(etag));
}
