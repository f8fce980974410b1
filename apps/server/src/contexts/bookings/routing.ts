import { refuseBooking, type Catalogue, type OperationInput, type Refused } from "@hourwright/contract";
import type { Service } from "./model.ts";

// Pure: a list of rules, of which the first that matches says where the answers lead.

/** As the contract has it. */
export type Routing = OperationInput<Catalogue["bookingPage.putRouting"]>["body"];
export type RoutingRule = Routing["rules"][number];

/** By the questions' ids; who has not answered one has none of its answers. */
export type RoutingAnswers = Readonly<Record<string, string>>;

const matches = ({ when }: RoutingRule, answers: RoutingAnswers): boolean =>
  when.every(({ question, answer }) => answers[question] === answer);

/** The first rule that matches; null where none does, and everything is shown. */
export const leadsTo = ({ rules }: Routing, answers: RoutingAnswers): RoutingRule | null =>
  rules.find((rule) => matches(rule, answers)) ?? null;

/** Why it cannot be; null where it can. Each rule has to be reached by some answers. At most 8⁵ answers are looked at. */
export function whyInvalidRouting(
  { questions, rules }: Routing,
  services: readonly Pick<Service, "id" | "roles">[],
): Refused<"bookings/routing-invalid"> | null {
  const asked = new Map(questions.map((question) => [question.id, question]));
  if (asked.size < questions.length) return refuseBooking("routing-invalid", "same-id", {});
  for (const [at, { when, serviceId, choose }] of rules.entries()) {
    const rule = at + 1;
    const named = new Set(when.map(({ question }) => question));
    if (named.size < when.length) return refuseBooking("routing-invalid", "twice", { rule });
    for (const { question, answer } of when) {
      if (!asked.has(question)) return refuseBooking("routing-invalid", "unasked", { rule });
      if (!asked.get(question)!.options.includes(answer))
        return refuseBooking("routing-invalid", "answer", { rule, answer });
    }
    const service = services.find(({ id }) => id === serviceId);
    if (service === undefined) return refuseBooking("routing-invalid", "service", { rule });
    const choices = new Set(service.roles.flatMap(({ anyOf, assign }) => (assign === "customer" ? anyOf : [])));
    if (!choose.every((id) => choices.has(id))) return refuseBooking("routing-invalid", "choice", { rule });
  }
  const reached = new Set(allAnswers(questions).map((answers) => rules.findIndex((rule) => matches(rule, answers))));
  const never = rules.findIndex((_, at) => !reached.has(at));
  return never < 0 ? null : refuseBooking("routing-invalid", "unreached", { rule: never + 1 });
}

function allAnswers(questions: Routing["questions"]): readonly RoutingAnswers[] {
  let all: RoutingAnswers[] = [{}];
  for (const { id, options } of questions)
    all = all.flatMap((answers) => options.map((option) => ({ ...answers, [id]: option })));
  return all;
}
