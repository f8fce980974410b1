import type { PlanFacts, UnmetFacts, UnmetReasonFacts } from "@hourwright/roster/planning";
import type { AbsenceKind, ObjectionFacts } from "@hourwright/schedule";
import type { Formats } from "../../format.ts";
import { dayText, weekdayText } from "./days.ts";

type Forms = { readonly one: string; readonly other: string };
type Of<Kind extends PlanFacts["kind"]> = PlanFacts & { readonly kind: Kind };
type Reason<Kind extends UnmetReasonFacts["kind"]> = UnmetReasonFacts & { readonly kind: Kind };

/** Where somebody is, after how many they are. */
const AWAY: Readonly<Record<AbsenceKind, Forms>> = {
  leave: { one: "# ist im Urlaub", other: "# sind im Urlaub" },
  sick: { one: "# ist krank", other: "# sind krank" },
  training: { one: "# ist in Fortbildung", other: "# sind in Fortbildung" },
  compensation: { one: "# hat Zeitausgleich", other: "# haben Zeitausgleich" },
  unpaid: { one: "# ist im unbezahlten Urlaub", other: "# sind im unbezahlten Urlaub" },
  parental: { one: "# ist in Elternzeit", other: "# sind in Elternzeit" },
};

const BUSY = {
  time: { one: "# hat dann eine andere Schicht", other: "# haben dann eine andere Schicht" },
  day: { one: "# hat an dem Tag eine andere Schicht", other: "# haben an dem Tag eine andere Schicht" },
  shift: {
    one: "# hat eine Schicht, die sich damit überschneidet",
    other: "# haben eine Schicht, die sich damit überschneidet",
  },
} as const;

const ORDINALS = ["", "", "zweite", "dritte", "vierte", "fünfte", "sechste", "siebte", "achte", "neunte", "zehnte"];
/** As many as the server's own sentence tells. */
const REASONS_TOLD_MAX = 4;

/** What is said of a plan, by its kind. `objection`: what speaks against a shift. */
export function planWordsIn(
  format: Formats,
  objection: (facts: ObjectionFacts) => string,
): { readonly [Kind in PlanFacts["kind"]]: (facts: Of<Kind>) => string } {
  const { number, plural, duration } = format;
  const day = (text: string) => dayText(text, format);
  const clock = (minute: number) => format.wallTime((minute % 1_440) * 60_000);
  const wouldBreak = ({ count, rule, measured }: Reason<"unmet-rule">): string => {
    const would = plural(count, { one: "# würde", other: "# würden" });
    const wouldHave = plural(count, { one: "# hätte", other: "# hätten" });
    switch (rule.kind) {
      case "rest":
        return `${wouldHave} ${duration(measured)} Ruhe (mindestens ${duration(rule.minutesMin)})`;
      case "week-rest":
        return `${wouldHave} in der Woche ${duration(measured)} Ruhe am Stück (mindestens ${duration(rule.minutesMin)})`;
      case "days":
        return `${would} an ${plural(measured, { one: "# Tag", other: "# Tagen" })} nacheinander arbeiten (höchstens ${number(rule.max)})`;
      case "nights":
        return `${would} ${plural(measured, { one: "# Nacht", other: "# Nächte" })} nacheinander arbeiten (höchstens ${number(rule.max)})`;
      case "weekends":
        return `${wouldHave} ${number(measured)} von ${plural(rule.of, { one: "# Wochenende", other: "# Wochenenden" })} frei (mindestens ${number(rule.freeMin)})`;
      case "curfew":
        return `${plural(count, { one: "# darf", other: "# dürfen" })} von ${clock(rule.fromMinute)} bis ${clock(rule.toMinute)} Uhr nicht arbeiten`;
      case "rolling":
        return `${would} innerhalb von ${plural(rule.days, { one: "# Tag", other: "# Tagen" })} ${duration(measured)} arbeiten (höchstens ${duration(rule.minutesMax)})`;
      case "shift":
        return `${would} in einer Schicht ${duration(measured)} arbeiten (höchstens ${duration(rule.minutesMax)})`;
      case "day":
        return `${would} an einem Tag ${duration(measured)} arbeiten (höchstens ${duration(rule.minutesMax)})`;
      case "week":
        return `${would} in einer Woche ${duration(measured)} arbeiten (höchstens ${duration(rule.minutesMax)})`;
    }
  };
  const reasonText = (facts: UnmetReasonFacts): string => {
    const { count } = facts;
    switch (facts.kind) {
      case "unmet-locked":
        return plural(count, { one: "# bleibt, wie es ist", other: "# bleiben, wie es ist" });
      case "unmet-no-contract":
        return plural(count, { one: "# hat dann keinen Vertrag", other: "# haben dann keinen Vertrag" });
      case "unmet-costly":
        return plural(count, {
          one: "# könnte, doch Stunden, Gerechtigkeit, Wünsche oder Änderungen wiegen mehr",
          other: "# könnten, doch Stunden, Gerechtigkeit, Wünsche oder Änderungen wiegen mehr",
        });
      case "unmet-away":
        return plural(
          count,
          facts.type === null ? { one: "# ist dann abwesend", other: "# sind dann abwesend" } : AWAY[facts.type],
        );
      case "unmet-busy":
        return plural(count, BUSY[facts.meets]);
      case "unmet-rule":
        return wouldBreak(facts);
      case "unmet-no-shift":
        return plural(
          count,
          facts.isBefore
            ? {
                one: "# könnte nur mit einer Schicht, die vor dem Entwurf beginnt",
                other: "# könnten nur mit einer Schicht, die vor dem Entwurf beginnt",
              }
            : { one: "# hat dann keine passende Schicht", other: "# haben dann keine passende Schicht" },
        );
    }
  };
  const unmet = ({ site, skill, levelMin, able, there, reasons, ...short }: UnmetFacts): string => {
    const { have } = short;
    const who = have === 0 ? "Niemand" : `Keine ${ORDINALS[have + 1] ?? `${number(have + 1)}.`} Person`;
    const level = levelMin === null ? "" : ` (ab Stufe ${number(levelMin)})`;
    const having = skill === null ? "" : ` mit „${skill}“${level}`;
    const when = `am ${weekdayText(short.day, format)}, ${clock(short.fromMinute)}–${clock(short.toMinute)} Uhr`;
    const what = `${who}${having} in ${site} ${when}.`;
    if (reasons === null) return what;
    if (able === 0)
      return `${what} ${skill === null ? "Dort darf niemand geplant werden." : "Von allen, die dort geplant werden dürfen, hat das niemand."}`;
    const of = plural(
      able,
      skill === null
        ? { one: "Von # Person, die dort arbeitet", other: "Von # Personen, die dort arbeiten" }
        : { one: "Von # Person, die das hat", other: "Von # Personen, die das haben" },
    );
    const parts = [
      ...(there === 0 ? [] : [plural(there, { one: "# ist da", other: "# sind da" })]),
      ...reasons.slice(0, REASONS_TOLD_MAX).map(reasonText),
    ];
    return `${what} ${of}: ${parts.join(", ")}.`;
  };
  const reason = (facts: UnmetReasonFacts) => `${reasonText(facts)}.`;
  return {
    unmet,
    "unmet-locked": reason,
    "unmet-no-contract": reason,
    "unmet-costly": reason,
    "unmet-away": reason,
    "unmet-busy": reason,
    "unmet-rule": reason,
    "unmet-no-shift": reason,
    "wish-off": ({ name, day: on }) => `${name ?? "Jemand"} arbeitet am ${day(on)}, trotz des Wunsches, frei zu haben.`,
    "wish-work": ({ name, day: on }) => `${name ?? "Jemand"} arbeitet am ${day(on)} nicht wie gewünscht.`,
    "draft-changed": ({ name }) => `Die Schichten von ${name ?? "jemandem"} im Entwurf wurden inzwischen geändert.`,
    "open-shift-changed": ({ name }) => `Die offene Schicht für ${name ?? "jemanden"} wurde inzwischen geändert.`,
    "contract-gone": ({ name }) => `${name ?? "Jemand"} hat keinen Vertrag mehr und damit keinen Dienstplan.`,
    "not-planned": ({ name }) =>
      `${name ?? "Jemand"} gehört nicht mehr zu den Personen, die hier geplant werden dürfen.`,
    "left-out": ({ name, of }) => {
      const sentence = objection(of);
      return name === null || sentence.startsWith(name) ? sentence : `${name}: ${sentence}`;
    },
  };
}
