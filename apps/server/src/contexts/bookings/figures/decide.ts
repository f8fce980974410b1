import { limits } from "@hourwright/contract";
import { intersect, MINUTE_MS, normalise, type Interval } from "@hourwright/time";
import { takesTime, type Booking, type Picked, type Role } from "../model.ts";
import { owedAfter } from "../picking.ts";

// Pure: how a period went, from what was booked and when it could have been. The period is half-open; time is cut at its edges, and
// a booking counts in the period in which it starts.

type State = Exclude<Booking["state"], "held">;

/** One booking, as far as it counts. */
export type FigureBooking = {
  readonly serviceId: string;
  /** Of the service, as it was called when it was booked. */
  readonly service: string;
  readonly sessionId: string;
  readonly customerId: string;
  readonly state: State;
  readonly startMs: number;
  readonly endMs: number;
  readonly madeMs: number;
  readonly picked: Picked;
  readonly candidates: Picked;
  readonly isMoved: boolean;
  /** Until when its customer might cancel. */
  readonly changeUntilMs: number;
  /** When it was cancelled or declined, and by whom; null of what stands, and of what ended before it was kept. */
  readonly ended: { readonly atMs: number; readonly by: "customer" | "organisation" } | null;
  /** What its customer said after it; null: nothing. */
  readonly score: number | null;
};

export type FigureService = {
  readonly id: string;
  readonly name: string;
  readonly roles: readonly Role[];
  /** Its own hours, in order; null: as those of whom it takes. */
  readonly hours: readonly Interval[] | null;
  /** What those who can be its roles are owed now. */
  readonly owed: readonly { readonly role: number; readonly subjectId: string; readonly owed: number }[];
};

export type FigureFacts = {
  readonly fromMs: number;
  readonly toMs: number;
  readonly nowMs: number;
  /** Those that overlap the period or start in it. */
  readonly bookings: readonly FigureBooking[];
  readonly services: readonly FigureService[];
  /** Open stretches in order, none meeting another. Who is not in it has said nothing of hours: rooms. */
  readonly open: ReadonlyMap<string, readonly Interval[]>;
  /** When each customer of the period came first, of what was not cancelled or declined. */
  readonly firstMs: ReadonlyMap<string, number>;
};

export type Tally = {
  readonly bookings: number;
  readonly outcomes: {
    readonly requested: number;
    readonly confirmed: number;
    readonly completed: number;
    readonly noShow: number;
    readonly cancelledByCustomer: number;
    readonly cancelledByOrganisation: number;
    readonly cancelledByNobodyKnown: number;
    readonly declined: number;
  };
  readonly cancelledLate: number;
  readonly moved: number;
  readonly noShows: { readonly count: number; readonly of: number; readonly rate: number | null };
  readonly bookedMinutes: number;
  readonly openMinutes: number | null;
  readonly utilisation: number | null;
  readonly leadMinutes: number | null;
  readonly rating: { readonly count: number; readonly mean: number; readonly distribution: readonly number[] } | null;
};

export type Share = {
  readonly id: string;
  readonly weight: number;
  readonly owed: number;
  readonly got: number;
  readonly offBy: number;
  readonly balance: number;
  readonly isAway: boolean;
};

export type Figures = {
  readonly total: Tally;
  readonly services: readonly ({ readonly id: string; readonly name: string } & Tally)[];
  readonly subjects: readonly ({ readonly id: string } & Tally)[];
  readonly customers: { readonly returning: number; readonly new: number };
  readonly fairness: readonly {
    readonly service: { readonly id: string; readonly name: string };
    readonly role: string;
    readonly subjects: readonly Share[];
  }[];
};

/** O(bookings × those whom one takes + open stretches), and sorting. */
export function figuresOf(facts: FigureFacts): Figures {
  const { bookings, services } = facts;
  const bySubject = groupedBySubject(bookings);
  const byService = Map.groupBy(bookings, ({ serviceId }) => serviceId);
  const openOf = openIn(facts);
  const known = new Set(services.map(({ id }) => id));
  const gone = [...byService].filter(([id]) => !known.has(id)).map(([id, of]) => ({ id, name: of.at(-1)!.service }));
  const everybody = [...new Set([...services.flatMap(subjectsOf), ...bySubject.keys()])];
  const timed = (of: readonly string[]) => of.filter((id) => facts.open.has(id));
  const of = (
    all: readonly FigureBooking[],
    ids: readonly string[],
    hours: readonly Interval[] | null,
    own = groupedBySubject(all),
  ): Tally => {
    const people = timed(ids);
    const taken = takenBy(facts, own, people.length > 0 ? people : ids);
    return tallyOf(facts, all, taken, openOf(people, hours));
  };
  return {
    total: of(bookings, everybody, null, bySubject),
    services: [
      ...services.map((service) => {
        const { id, name, hours } = service;
        return { id, name, ...of(byService.get(id) ?? [], subjectsOf(service), hours) };
      }),
      // Of what is offered no more nobody knows when it was.
      ...gone.map(({ id, name }) => ({ id, name, ...of(byService.get(id)!, [], null) })),
    ],
    subjects: everybody.map((id) => ({ id, ...of(bySubject.get(id) ?? [], [id], null, bySubject) })),
    customers: comers(facts),
    fairness: services.flatMap((service) => sharesOf(facts, service, byService.get(service.id) ?? [])),
  };
}

const subjectsOf = ({ roles }: FigureService): readonly string[] => [...new Set(roles.flatMap(({ anyOf }) => anyOf))];

function groupedBySubject(bookings: readonly FigureBooking[]): ReadonlyMap<string, readonly FigureBooking[]> {
  const grouped = new Map<string, FigureBooking[]>();
  for (const booking of bookings)
    for (const id of new Set(booking.picked.flat())) {
      const own = grouped.get(id);
      if (own === undefined) grouped.set(id, [booking]);
      else own.push(booking);
    }
  return grouped;
}

/** Minutes within the period that are taken of some, each by itself; those who share a class take its time once. */
function takenBy(
  { fromMs, toMs }: FigureFacts,
  bySubject: ReadonlyMap<string, readonly FigureBooking[]>,
  ids: readonly string[],
): number {
  let minutes = 0;
  for (const id of ids) {
    const taken = (bySubject.get(id) ?? []).filter(({ state }) => takesTime(state));
    minutes += minutesIn(normalise(taken.map(({ startMs, endMs }) => ({ startMs, endMs }))), fromMs, toMs);
  }
  return minutes;
}

const minutesIn = (stretches: readonly Interval[], fromMs: number, toMs: number): number =>
  stretches.reduce(
    (sum, { startMs, endMs }) => sum + Math.max(0, Math.min(endMs, toMs) - Math.max(startMs, fromMs)) / MINUTE_MS,
    0,
  );

/** Open minutes of some within the period and, where a service has hours of its own, within these; null where there is nobody. */
function openIn({ open, fromMs, toMs }: FigureFacts) {
  return (ids: readonly string[], hours: readonly Interval[] | null): number | null => {
    if (ids.length === 0) return null;
    return ids.reduce((sum, id) => {
      const stretches = open.get(id)!;
      return sum + minutesIn(hours === null ? stretches : intersect(stretches, hours), fromMs, toMs);
    }, 0);
  };
}

const startsIn = ({ fromMs, toMs }: FigureFacts, { startMs }: FigureBooking): boolean =>
  startMs >= fromMs && startMs < toMs;

function tallyOf(
  facts: FigureFacts,
  all: readonly FigureBooking[],
  bookedMinutes: number,
  openMinutes: number | null,
): Tally {
  const bookings = all.filter((booking) => startsIn(facts, booking));
  const count = (is: (booking: FigureBooking) => boolean) => bookings.filter(is).length;
  const inState = (state: State) => count((booking) => booking.state === state);
  const cancelledBy = (by: "customer" | "organisation" | undefined) =>
    count(({ state, ended }) => state === "cancelled" && ended?.by === by);
  const noShow = inState("no-show");
  const over = count(({ state, endMs }) => OVER.has(state) || (state === "confirmed" && endMs <= facts.nowMs));
  return {
    bookings: bookings.length,
    outcomes: {
      requested: inState("requested"),
      confirmed: inState("confirmed"),
      completed: inState("completed"),
      noShow,
      cancelledByCustomer: cancelledBy("customer"),
      cancelledByOrganisation: cancelledBy("organisation"),
      cancelledByNobodyKnown: cancelledBy(undefined),
      declined: inState("declined"),
    },
    cancelledLate: count(
      ({ state, ended, changeUntilMs }) => state === "cancelled" && ended !== null && ended.atMs >= changeUntilMs,
    ),
    moved: count(({ isMoved }) => isMoved),
    noShows: { count: noShow, of: over, rate: over === 0 ? null : noShow / over },
    bookedMinutes,
    openMinutes,
    utilisation: openMinutes === null || openMinutes === 0 ? null : bookedMinutes / openMinutes,
    leadMinutes: median(bookings.map(({ startMs, madeMs }) => (startMs - madeMs) / MINUTE_MS)),
    rating: ratingOf(bookings.flatMap(({ score }) => (score === null ? [] : [score]))),
  };
}

const OVER: ReadonlySet<State> = new Set(["no-show", "completed"]);

/** Of an even number the middle between both. */
function median(values: readonly number[]): number | null {
  if (values.length === 0) return null;
  const sorted = values.toSorted((a, b) => a - b);
  const half = Math.floor(sorted.length / 2);
  return sorted.length % 2 === 1 ? sorted[half]! : (sorted[half - 1]! + sorted[half]!) / 2;
}

function ratingOf(scores: readonly number[]): Tally["rating"] {
  if (scores.length === 0) return null;
  const distribution = Array.from(
    { length: limits.SCORE_MAX },
    (_, at) => scores.filter((score) => score === at + 1).length,
  );
  return { count: scores.length, mean: scores.reduce((sum, score) => sum + score, 0) / scores.length, distribution };
}

/** Customers of what stands and starts in the period: who came before it as well, and who had not. */
function comers(facts: FigureFacts): Figures["customers"] {
  const here = new Set(
    facts.bookings
      .filter((booking) => startsIn(facts, booking) && takesTime(booking.state))
      .map(({ customerId }) => customerId),
  );
  const returning = [...here].filter((id) => (facts.firstMs.get(id) ?? facts.fromMs) < facts.fromMs).length;
  return { returning, new: here.size - returning };
}

/** Of each role that is shared fairly what everybody was owed and got. Who has joined others was picked from nobody. */
function sharesOf(facts: FigureFacts, service: FigureService, all: readonly FigureBooking[]): Figures["fairness"] {
  const { id, name, roles } = service;
  const charged = all.filter((booking) => startsIn(facts, booking) && booking.candidates.flat().length > 0);
  const [offBy, got] = [new Map<string, number>(), new Map<string, number>()];
  const add = (to: Map<string, number>, role: number, subjectId: string, by: number) =>
    to.set(`${role} ${subjectId}`, (to.get(`${role} ${subjectId}`) ?? 0) + by);
  for (const { candidates, picked } of charged) {
    for (const { role, subjectId, owed } of owedAfter(roles, candidates, picked)) add(offBy, role, subjectId, -owed);
    picked.forEach((of, role) => of.forEach((subjectId) => add(got, role, subjectId, 1)));
    // Picked by hand or as a stand-in, and owed nothing of it.
    picked.forEach((of, role) =>
      of.forEach((subjectId) => candidates[role]?.includes(subjectId) !== true && add(offBy, role, subjectId, 1)),
    );
  }
  return roles.flatMap((role, index) => {
    if (role.assign !== "fair" && role.assign !== "same") return [];
    if (role.anyOf.length <= role.count) return [];
    const subjects = role.anyOf.map((subjectId): Share => {
      const [had, off] = [got.get(`${index} ${subjectId}`) ?? 0, offBy.get(`${index} ${subjectId}`) ?? 0];
      const open = facts.open.get(subjectId);
      return {
        id: subjectId,
        weight: role.weights[subjectId] ?? 1,
        owed: had - off,
        got: had,
        offBy: off,
        balance: service.owed.find((each) => each.role === index && each.subjectId === subjectId)?.owed ?? 0,
        isAway: open !== undefined && minutesIn(open, facts.fromMs, facts.toMs) === 0,
      };
    });
    return [{ service: { id, name }, role: role.name, subjects }];
  });
}
