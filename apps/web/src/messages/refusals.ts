import type { ProblemBody } from "@hourwright/client";
import type { Formats } from "./format.ts";

/** What happened, and what to do. */
export type SaidRefusal = Pick<ProblemBody, "title" | "detail">;

/** Refusals in a language, from their code, reason and facts; null where it has no words for one. */
export type Refusals = (format: Formats) => (problem: ProblemBody) => SaidRefusal | null;
