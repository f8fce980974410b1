import type { LineFacts } from "@hourwright/roster";
import type { PlanFacts } from "@hourwright/roster/planning";
import type { ObjectionFacts, StretchFacts } from "@hourwright/schedule";
import type { Formats } from "../../format.ts";
import { planWordsIn } from "./plans.ts";
import { ABSENCES, shiftWordsIn } from "./shifts.ts";
import { lineWordsIn, stretchWordsIn } from "./stretches.ts";

/** What only the effect of a request tells, beside what speaks for and against a schedule. */
type EffectFacts =
  | { readonly kind: "paid-work"; readonly minutes: number }
  | {
      readonly kind: "missed";
      readonly site: string;
      readonly name: string | null;
      readonly day: string;
      readonly from: string;
      readonly to: string;
    };

export type SaidFacts = ObjectionFacts | EffectFacts | PlanFacts | StretchFacts | LineFacts;
type Of<Kind extends SaidFacts["kind"]> = SaidFacts & { readonly kind: Kind };
type Rule = Of<"rule">["rule"];

const FAULTS = {
  shift: "Eine Schicht hat eine Dauer von höchstens einem Tag und einen kurzen Namen.",
  break: "Eine Pause liegt innerhalb der Schicht, hat eine Dauer und überschneidet keine andere.",
} as const;

/** What is said for or against a schedule, of it, or of a plan, by its kind; null where the page does not know the kind. */
export function sayObjections(format: Formats): (facts: unknown) => string | null {
  const objections = wordsIn(format);
  const sayObjection = (facts: ObjectionFacts) => (objections[facts.kind] as (of: ObjectionFacts) => string)(facts);
  const says: Words = {
    ...objections,
    ...planWordsIn(format, sayObjection),
    ...stretchWordsIn(format),
    ...lineWordsIn(format),
  };
  return (facts) => {
    if (typeof facts !== "object" || facts === null || !("kind" in facts)) return null;
    const { kind } = facts;
    if (typeof kind !== "string" || !Object.hasOwn(says, kind)) return null;
    return (says[kind as SaidFacts["kind"]] as (of: unknown) => string)(facts);
  };
}

type Words<Kinds extends SaidFacts["kind"] = SaidFacts["kind"]> = {
  readonly [Kind in Kinds]: (facts: Of<Kind>) => string;
};

function wordsIn(format: Formats): Words<(ObjectionFacts | EffectFacts)["kind"]> {
  const { number, plural, duration, list } = format;
  const { day, clock, shift, absence, onDay, begins, placed } = shiftWordsIn(format);
  const days = (count: number) => plural(count, { one: "# Tag", other: "# Tage" });
  const worked = ({ rule, measured }: Of<"rule">) => {
    switch (rule.kind) {
      case "rest":
      case "week-rest":
        return `${duration(measured)} Ruhe`;
      case "days":
        return `Arbeit an ${plural(measured, { one: "# Tag", other: "# Tagen" })} nacheinander`;
      case "nights":
        return plural(measured, { one: "# Nacht nacheinander", other: "# Nächte nacheinander" });
      case "weekends":
        return plural(measured, { one: "# freies Wochenende", other: "# freie Wochenenden" });
      case "curfew":
        return `${duration(measured)} Arbeit zu einer gesperrten Zeit`;
      default:
        return `${duration(measured)} Arbeit`;
    }
  };
  const asked = (rule: Rule) => {
    switch (rule.kind) {
      case "shift":
        return `höchstens ${duration(rule.minutesMax)} Arbeit je Schicht`;
      case "day":
        return `höchstens ${duration(rule.minutesMax)} Arbeit am Tag`;
      case "week":
        return `höchstens ${duration(rule.minutesMax)} Arbeit in der Woche`;
      case "rolling":
        return `höchstens ${duration(rule.minutesMax)} Arbeit innerhalb von ${plural(rule.days, { one: "# Tag", other: "# Tagen" })}`;
      case "rest":
        return `mindestens ${duration(rule.minutesMin)} Ruhe zwischen Schichten`;
      case "week-rest":
        return `mindestens ${duration(rule.minutesMin)} Ruhe am Stück in jeder Woche`;
      case "days":
        return `Arbeit an höchstens ${plural(rule.max, { one: "# Tag", other: "# Tagen" })} nacheinander`;
      case "nights":
        return `höchstens ${plural(rule.max, { one: "# Nacht", other: "# Nächte" })} nacheinander`;
      case "weekends":
        return `mindestens ${number(rule.freeMin)} von ${plural(rule.of, { one: "# Wochenende", other: "# Wochenenden" })} nacheinander frei`;
      case "curfew":
        return `keine Arbeit von ${clock(rule.fromMinute)} bis ${clock(rule.toMinute)} Uhr`;
    }
  };
  return {
    "adjustments-max": ({ most }) => `Eine Person hat höchstens ${number(most)} Änderungen.`,
    "too-many": () => "Von dieser Person gibt es schon zu viele Änderungen.",
    "approved-already": () => "Diese Änderung ist schon genehmigt.",
    "absence-span": () => "Eine Abwesenheit endet nach ihrem Beginn, in ganzen Tagen oder Minuten.",
    "absence-days": ({ most }) => `Eine Abwesenheit hat höchstens ${days(most)}.`,
    "call-span": () => "Ein Einsatz hat eine Dauer von höchstens einem Tag.",
    "not-on-call": () => "Nicht in der ganzen Zeit ist Bereitschaft.",
    "no-contract": ({ day: on }) => (on === null ? "Dann gilt kein Vertrag." : `Am ${day(on)} gilt kein Vertrag.`),
    "absences-overlap": ({ type, other }) => `${ABSENCES[type]} überschneidet sich mit ${absence(other)}.`,
    "shift-fault": ({ about }) => FAULTS[about],
    "clocks-skip": (facts) => `Die Uhren werden vorgestellt: ${onDay(facts)} gibt es nicht.`,
    "no-such-shift": (facts) => `Keine Schicht beginnt ${begins(facts)}.`,
    "shift-away": ({ absence: away, ...facts }) =>
      `Die Schicht ${begins(facts)} fällt zum Teil aus: ${away === null ? "Abwesenheit" : absence(away)}.`,
    "shifts-overlap": ({ other, ...facts }) => `${onDay(facts)} überschneidet sich mit ${placed(other)}.`,
    "in-absence": ({ absence: away, mayInterrupt, ...facts }) =>
      `${onDay(facts)} liegt in ${absence(away)}.${mayInterrupt ? " Als Unterbrechung lässt es sich vereinbaren." : ""}`,
    "their-shift-missing": ({ name, ...facts }) => `${name} hat ${begins(facts)} keine Schicht.`,
    "their-contract-missing": ({ name, day: on }) => `${name} hat am ${day(on)} keinen Vertrag.`,
    "their-shifts-overlap": ({ name, other, ...facts }) =>
      `${name}: ${onDay(facts)} überschneidet sich mit ${shift(other.shift)}${other.isOfContract ? " des Vertrags" : ""} am ${day(other.day)}.`,
    "their-absence": ({ name, absence: away, ...facts }) =>
      `${name} ist dann abwesend: ${onDay(facts)} liegt in ${absence(away)}.`,
    "their-skill-missing": ({ name, skill, day: on }) => `${name}: Am ${day(on)} fehlt „${skill}“.`,
    "their-time-off": ({ name }) => `${name} ist dann abwesend.`,
    "shift-gone": () => "Diese Schicht gibt es nicht mehr.",
    "nothing-to-swap": () => "Ohne Vertrag gibt es nichts zu tauschen.",
    "nothing-to-change": () => "Ohne Vertrag gibt es nichts zu ändern.",
    "no-contract-ever": () => "Es gibt keinen Vertrag.",
    "no-roster": () => "Ohne Vertrag gibt es keinen Dienstplan.",
    left: () => "Nicht mehr hier.",
    "left-yourself": () => "Das eigene Konto gehört nicht mehr dazu.",
    barred: () => "Es geht nicht.",
    lacks: ({ what }) => `Es fehlt „${what}“.`,
    "free-day": () => "An diesem Tag keine Schicht.",
    "below-hours": ({ minutes }) => `${duration(minutes)} unter den Stunden des Vertrags in dieser Woche.`,
    "over-hours": ({ minutes }) => `${duration(minutes)} über den Stunden des Vertrags in dieser Woche.`,
    rest: ({ minutes }) => `Mindestens ${duration(minutes)} bis zur nächsten Schicht.`,
    covered: ({ count, days: within }) =>
      `In ${plural(within, { one: "# Tag", other: "# Tagen" })} ${count === 0 ? "niemanden vertreten" : plural(count, { one: "einmal vertreten", other: "#-mal vertreten" })}.`,
    site: ({ site }) => `Arbeitet in ${site}.`,
    "start-instead": ({ fromMinute }) => `Stattdessen um ${clock(fromMinute)} Uhr beginnen`,
    "keeps-rules": (facts) => `${onDay(facts)} hält alle Regeln ein.`,
    "give-to": ({ name }) => `An ${name} geben`,
    "hours-planned": ({ minutes, of, skill }) =>
      `${duration(minutes)} von ${duration(of)} geplant${skill === null ? "" : `; mit „${skill}“`}.`,
    "leave-open": () => "Offen lassen",
    "can-ask": () => "Nach dem Veröffentlichen kann sie gewünscht werden.",
    rule: (facts) => {
      const { rule, fromDay, untilDay } = facts;
      const when = fromDay === untilDay ? `am ${day(fromDay)}` : `vom ${day(fromDay)} bis ${day(untilDay)}`;
      return `${worked(facts)} ${when}. Die Regel: ${asked(rule)}.`;
    },
    "paid-work": () => "Bezahlte Arbeit",
    missed: ({ site, name, day: on, from, to }) =>
      `Besetzung: ${list([site, ...(name === null ? [] : [name])])}, ${day(on)}, ${from}–${to} Uhr`,
  };
}
