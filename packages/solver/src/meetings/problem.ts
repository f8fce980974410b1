import { assert, type Random } from "@hourwright/std";
import { put } from "../move.ts";
import type { Advice, Neighbour, Problem } from "../problem.ts";
import { meetingConstraints } from "./constraints.ts";
import { meetingModel, type MeetingModel } from "./model.ts";
import { planRefusal, type MeetingPlan } from "./plan.ts";

const ADVICE: Advice = { hardPoints: 200, startTemperature: 200, endTemperature: 1 };

/** Meetings to be given times and rooms; only slots within a day and rooms with enough seats are looked at. The plan must be possible (`planRefusal`). */
export function meetingProblem(plan: MeetingPlan): Problem<MeetingModel> {
  const refusal = planRefusal(plan);
  assert(refusal === null, refusal ?? "");
  const domains = plan.meetings.map((_, meeting) => domainOf(plan, meeting));
  return {
    start: Int32Array.from(domains, (domain) => domain[0]!),
    domainOf: (meeting) => domains[meeting]!,
    model: (values) => meetingModel(plan, values),
    constraints: meetingConstraints(plan),
    neighbours: neighboursOf(domains),
    advice: ADVICE,
  };
}

function domainOf({ rooms, dayGrains, meetings }: MeetingPlan, meeting: number): Int32Array {
  const { grains, required, preferred } = meetings[meeting]!;
  const invited = required.length + preferred.length;
  const slots: number[] = [];
  let first = 0;
  for (const count of dayGrains) {
    for (let grain = first; grain + grains <= first + count; grain++) {
      for (const [room, { seats }] of rooms.entries()) if (seats >= invited) slots.push(grain * rooms.length + room);
    }
    first += count;
  }
  return Int32Array.from(slots);
}

function neighboursOf(domains: readonly Int32Array[]): Neighbour<MeetingModel>[] {
  const any = (random: Random, count: number): number => Math.floor(random() * count);
  const allowed = domains.map((domain) => new Set(domain));
  return [
    {
      name: "to any slot",
      share: 0.7,
      propose(_, random, move) {
        const meeting = any(random, domains.length);
        const domain = domains[meeting]!;
        put(move, meeting, domain[any(random, domain.length)]!);
      },
    },
    {
      name: "exchange two meetings",
      share: 0.3,
      propose({ values }, random, move) {
        const [first, second] = [any(random, domains.length), any(random, domains.length)];
        const [one, other] = [values[first]!, values[second]!];
        if (first === second || !allowed[first]!.has(other) || !allowed[second]!.has(one)) return;
        put(move, first, other);
        put(move, second, one);
      },
    },
  ];
}
