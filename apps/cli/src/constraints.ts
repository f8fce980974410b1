import {
  catalogue,
  effectOf,
  isSettable,
  presetOf,
  sceneOfExample,
  type Constraint,
  type Example,
  type Parameter,
} from "@hourwright/conflict";
import type { CommandPorts } from "./expand.ts";

/** `hourwright constraints [--json]`: every rule of the catalogue, with its two worked examples as the check judges them. */
export function constraints(args: readonly string[], io: Pick<CommandPorts, "out" | "err">): number {
  const [form, ...rest] = args;
  if (rest.length > 0 || (form !== undefined && form !== "--json")) {
    io.err("Usage: hourwright constraints [--json]\n");
    return 2;
  }
  io.out(form === "--json" ? `${JSON.stringify(catalogue.map(entryOf), null, 2)}\n` : catalogue.map(textOf).join("\n"));
  return 0;
}

function entryOf(constraint: Constraint) {
  const { id, title, rule, isHard, weight, severity, scopes, parameters } = constraint;
  const settable = isSettable(constraint);
  const examples = constraint.examples.map((example) => ({ says: example.says, breaches: judge(constraint, example) }));
  return { id, title, rule, hard: isHard, weight, severity, settable, scopes, parameters, examples };
}

function textOf(constraint: Constraint): string {
  const { id, title, isHard, weight, scopes, parameters } = constraint;
  const kind = isHard ? "hard" : `soft, weight ${weight}`;
  const numbers = Object.entries(parameters).map(([name, parameter]) => `  ${name}: ${numberText(parameter)}\n`);
  const examples = constraint.examples.map((example) => {
    const [first] = judge(constraint, example);
    return `  ${first === undefined ? "kept" : "broken"}: ${example.says}${first === undefined ? "" : ` ${first}`}\n`;
  });
  return [
    `${id}: ${title} (${kind}; ${isSettable(constraint) ? `for ${scopes.join(", ")}` : "not set by rules"})\n`,
    ...numbers,
    ...examples,
  ].join("");
}

const numberText = ({ unit, from, to, preset, says }: Parameter): string => {
  if (unit === "time of day") return `${clockText(preset)}. ${says}.`;
  if (unit === "share") return `${preset * 100} % (${from * 100} to ${to * 100}). ${says}.`;
  return `${preset} ${preset === 1 ? unit.replace(/s$/, "") : unit} (${from} to ${to}). ${says}.`;
};

const clockText = (minute: number): string =>
  new Temporal.PlainTime(Math.floor(minute / 60), minute % 60).toString({ smallestUnit: "minute" });

const PEOPLE = ["Ana", "Ben", "Cleo"];
const SKILLS = ["", "first aid", "diving"];
/** Whom or what a sentence names beside, by number. */
const namesOf =
  ({ names }: Constraint) =>
  (number: number): string =>
    (names?.of === "skills" ? SKILLS : PEOPLE)[number] ?? "somebody else";

/** What the constraint says to the wish of an example. */
function judge(constraint: Constraint, example: Example): string[] {
  const { scene, wish } = sceneOfExample(constraint, example);
  const titleOf = (occurrence: number) => (occurrence === example.there.length ? "Wish" : `Thing ${occurrence + 1}`);
  return effectOf(scene, [presetOf(constraint, example.values, example.named)], [wish]).made.map((breach) =>
    constraint.explain(breach, { subject: "Ana", titleOf, nameOf: namesOf(constraint), zone: "UTC" }),
  );
}
