/** What a catalogue says of one kind of refusal. `title` never varies, so clients may show it. */
export type ProblemKind = {
  readonly status: 400 | 401 | 403 | 404 | 405 | 406 | 409 | 410 | 412 | 413 | 415 | 422 | 428 | 429 | 500 | 503;
  readonly title: string;
  /** For the page served at `/problems/<code>`: when it happens and what to do, in plain sentences. */
  readonly about: string;
};

/** One refusal, as a value: the fields of RFC 9457 §3.1, with our own beside them. */
export type Problem<Code extends string = string> = {
  readonly code: Code;
  readonly status: number;
  readonly title: string;
  /** For the person who asked: what to do about it. Nothing internal. */
  readonly detail: string;
  readonly extra: Readonly<Record<string, unknown>>;
};

/** A refusal as the answer of a command or query: a value, never thrown. */
export type Refused<Code extends string = string> = { readonly refused: Problem<Code> };

export type ItemProblem = {
  readonly code: string;
  readonly detail: string;
  readonly reason?: string | undefined;
  readonly facts?: Readonly<Record<string, unknown>> | undefined;
};

export function isRefused(answer: unknown): answer is Refused {
  return typeof answer === "object" && answer !== null && "refused" in answer;
}

type ProblemOf<Area extends string, Kinds> = `${Area}/${keyof Kinds & string}`;

export type ProblemArea<Area extends string, Kinds extends Readonly<Record<string, ProblemKind>>> = {
  readonly area: Area;
  readonly kinds: Kinds;
  /** Makes one refusal; the only way to one. */
  readonly refuse: <Name extends keyof Kinds & string>(
    name: Name,
    detail: string,
    extra?: Readonly<Record<string, unknown>>,
  ) => Refused<`${Area}/${Name}`>;
  readonly codes: readonly ProblemOf<Area, Kinds>[];
};

/** A context's closed list of refusals. Codes are public API: added, never renamed. */
export function defineProblems<const Area extends string, const Kinds extends Readonly<Record<string, ProblemKind>>>(
  area: Area,
  kinds: Kinds,
): ProblemArea<Area, Kinds> {
  return {
    area,
    kinds,
    codes: Object.keys(kinds).map((name) => `${area}/${name}` as ProblemOf<Area, Kinds>),
    refuse: (name, detail, extra = {}) => {
      const { status, title } = kinds[name]!;
      return { refused: { code: `${area}/${name}`, status, title, detail, extra } };
    },
  };
}

/** The body of the answer; `type` is a page this server serves, `instance` the request's id (RFC 9457 §3.1). */
export function toProblemJson(problem: Problem, requestId: string): Record<string, unknown> {
  const { code, status, title, detail, extra } = problem;
  return { ...extra, type: `/problems/${code}`, status, title, detail, instance: `urn:request:${requestId}`, code };
}

/** What of a refusal stands in a list of what became of each: pages say it in their language by its reason and facts. */
export function itemProblemOf({ refused: { code, detail, extra } }: Refused): ItemProblem {
  const { reason, facts } = extra as { readonly reason?: string; readonly facts?: ItemProblem["facts"] };
  return reason === undefined || facts === undefined ? { code, detail } : { code, detail, reason, facts };
}
