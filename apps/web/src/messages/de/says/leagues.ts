import type { InAnyLanguage, leagueSays as english } from "@hourwright/contract";
import type { Formats } from "../../format.ts";
import { dayText } from "./days.ts";

/** What refusals about leagues say to do, by reason. */
export const leagueSays = (format: Formats): InAnyLanguage<typeof english> => {
  const { number, plural } = format;
  const day = (text: string) => dayText(text, format);
  const unplanned = () => "Noch ist nichts geplant: bitte zuerst die Saison planen.";
  const noRound = ({ round, last }: { readonly round: number; readonly last: number }) =>
    `Eine Runde ${number(round)} gibt es nicht, die letzte ist Runde ${number(last)}.`;
  return {
    invalid: {
      "few-teams": () => "Eine Liga hat mindestens zwei Mannschaften.",
      named: ({ team }) => `Zwei Mannschaften heißen „${team}“.`,
      "other-team": ({ team }) => `„${team}“ hat die Kennung einer Mannschaft, die nicht zu dieser Liga gehört.`,
      "rule-team": ({ rule }) => `Regel ${number(rule)} nennt eine Mannschaft, die nicht in der Liga ist.`,
      "rule-itself": ({ rule }) => `Regel ${number(rule)}: Eine Mannschaft spielt nicht gegen sich selbst.`,
      "rule-round": ({ rule, round, last }) => `Regel ${number(rule)}: ${noRound({ round, last })}`,
      days: ({ teams, legs, rounds, days, from, until }) =>
        `${plural(teams, { one: "# Mannschaft braucht", other: "# Mannschaften brauchen" })} bei ${legs === 1 ? "einem Spiel je Paar" : "Hin- und Rückspiel"} ${plural(rounds, { one: "# Runde", other: "# Runden" })}, und ${until === null ? `ab dem ${day(from)}` : `vom ${day(from)} bis ${day(until)}`} ${plural(days, { one: "ist es nur # Tag", other: "sind es nur # Tage" })}: bitte früher beginnen, später enden, einen Wochentag dazunehmen oder weniger Tage auslassen.`,
      years: () => "Ihre Tage liegen außerhalb der Jahre, die geführt werden.",
      calendar: () => "Diesen Kalender gibt es nicht mehr, oder er lässt sich hier nicht ändern.",
      owned: ({ calendar, owner }) =>
        `„${calendar}“ belegt die Zeit von ${owner ?? "jemandem"}: Eine Liga braucht einen Kalender der Organisation.`,
      venue: ({ team }) => `Den Platz von ${team} gibt es nicht mehr.`,
      "venue-retired": ({ venue, team }) => `${venue}, der Platz von ${team}, nimmt nichts Neues mehr an.`,
      thing: ({ team }) => `Was ${team} mitnimmt, gibt es nicht mehr.`,
      fixture: () => "Dieses Spiel gibt es in der Liga nicht mehr.",
      team: () => "Diese Mannschaft gibt es in der Liga nicht mehr.",
      round: noRound,
    },
    "too-many": {
      most: ({ most }) => `Es gibt schon ${number(most)}, mehr sind nicht möglich.`,
    },
    published: {
      teams: () =>
        "Mit anderen Mannschaften ist es eine andere Saison, und etwas von dieser ist veröffentlicht oder gespielt: bitte zuerst zurücknehmen oder eine neue Liga beginnen.",
      ahead: () => "Künftige Spiele sind veröffentlicht: bitte zuerst zurücknehmen.",
    },
    "change-refused": {
      unplanned,
      played: ({ round, match }) => `Runde ${number(round)} ist vorbei, und ${match} müsste sich ändern.`,
      locked: ({ round, match }) =>
        `${match} in Runde ${number(round)} ist gesperrt und müsste sich mit ändern: bitte zuerst entsperren.`,
      there: ({ round }) => `Es ist schon in Runde ${number(round)}.`,
      "same-team": () => "Es ist beide Male dieselbe Mannschaft.",
      "same-round": () => "Es ist beide Male dieselbe Runde.",
      over: ({ round }) => `Runde ${number(round)} ist vorbei.`,
      past: ({ day: on }) => `Der ${day(on)} ist vorbei.`,
      order: ({ round, day: on }) =>
        `Runde ${number(round)} ist am ${day(on)}, und die Runden bleiben in ihrer Reihenfolge: bitte stattdessen die beiden tauschen.`,
      "say-day": ({ round }) => `Runde ${number(round)} ist vorbei: bitte sagen, an welchem Tag das Spiel ist.`,
      far: ({ most }) =>
        `Ein Spiel liegt höchstens ${plural(most, { one: "# Tag", other: "# Tage" })} neben seiner Runde: bitte stattdessen in eine andere Runde legen.`,
      venue: () => "Diesen Platz gibt es nicht mehr, oder er nimmt nichts Neues mehr an.",
      "all-over": () => "Alle diese Runden sind vorbei.",
      "venue-retired": ({ venue, team }) =>
        `${venue ?? "Der Platz"}, wo ${team} zu Hause spielt, nimmt nichts Neues mehr an: bitte einen anderen Platz wählen.`,
    },
    "plan-refused": {
      running: () => "Der Plan wird schon berechnet: bitte warten oder ihn abbrechen.",
      others: ({ most }) =>
        `${plural(most, { one: "Ein eigener Plan wird", other: "# eigene Pläne werden" })} schon berechnet. Bitte auf einen davon warten.`,
      another: () => "Inzwischen wurde ein anderer Plan verlangt.",
      changed: () => "Die Liga wurde während der Planung geändert: bitte ansehen und noch einmal planen.",
    },
    "venue-taken": {
      raced: () => "Ein Platz wurde eben belegt: bitte die Liga noch einmal ansehen.",
      taken: ({ match, venue, day: on, starts, more }) =>
        `${match} kann am ${day(on)} um ${starts} Uhr nicht auf „${venue}“ sein: Er ist schon belegt.${more === 0 ? "" : ` ${plural(more, { one: "Noch ein Spiel hat", other: "Noch # Spiele haben" })} keinen Platz.`}`,
    },
  };
};
