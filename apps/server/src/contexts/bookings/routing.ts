import type { Catalogue, OperationInput } from "@hourwright/contract";
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
): string | null {
  const asked = new Map(questions.map((question) => [question.id, question]));
  if (asked.size < questions.length) return "Two questions have the same id.";
  for (const [at, { when, serviceId, choose }] of rules.entries()) {
    const rule = `Rule ${at + 1}`;
    const named = new Set(when.map(({ question }) => question));
    if (named.size < when.length) return `${rule} names a question twice.`;
    for (const { question, answer } of when) {
      if (!asked.has(question)) return `${rule} names a question that is not asked.`;
      if (!asked.get(question)!.options.includes(answer)) return `${rule}: “${answer}” is no answer to its question.`;
    }
    const service = services.find(({ id }) => id === serviceId);
    if (service === undefined) return `${rule} leads to a service that is not there.`;
    const choices = new Set(service.roles.flatMap(({ anyOf, assign }) => (assign === "customer" ? anyOf : [])));
    if (!choose.every((id) => choices.has(id))) return `${rule} leads to whom nobody can choose there.`;
  }
  const reached = new Set(allAnswers(questions).map((answers) => rules.findIndex((rule) => matches(rule, answers))));
  const never = rules.findIndex((_, at) => !reached.has(at));
  return never < 0 ? null : `Rule ${never + 1} is never reached: those before it match whatever is answered.`;
}

function allAnswers(questions: Routing["questions"]): readonly RoutingAnswers[] {
  let all: RoutingAnswers[] = [{}];
  for (const { id, options } of questions)
    all = all.flatMap((answers) => options.map((option) => ({ ...answers, [id]: option })));
  return all;
}
