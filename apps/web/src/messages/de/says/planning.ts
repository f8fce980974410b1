import type { InAnyLanguage, planningSays as english } from "@hourwright/contract";
import type { Formats } from "../../format.ts";

const PROPOSALS_OVER = {
  accepted: "Alles daraus wurde angenommen.",
  declined: "Der Vorschlag wurde abgelehnt.",
  withdrawn: "Der Vorschlag wurde zurückgezogen.",
  expired: "Niemand hat rechtzeitig geantwortet.",
} as const;

const NOBODY_HELD = {
  team: "Diese Gruppe gibt es nicht mehr.",
  calendar: "Diesen Kalender gibt es nicht mehr.",
  service: "Dieses Angebot gibt es nicht mehr.",
  person: "Diese Person oder Sache gibt es nicht mehr.",
  organisation: "Diese Person oder Sache gibt es nicht mehr.",
} as const;

const SCOPES = {
  team: "eine Gruppe",
  calendar: "einen Kalender",
  service: "ein Angebot",
  person: "eine einzelne Person",
  organisation: "die Organisation",
} as const;

const NOT_NAMED = {
  people: "Jemand, den die Regel nennt, ist nicht hier.",
  things: "Etwas, das die Regel nennt, ist hier kein Raum und kein Gegenstand.",
  skills: "Diese Fähigkeit gibt es nicht mehr.",
} as const;

const NAMED_ONE = {
  people: "mindestens eine Person",
  things: "mindestens einen Raum oder Gegenstand",
  skills: "mindestens eine Fähigkeit",
} as const;

/** What refusals about conflicts, rules, polls and proposals say to do, by reason. What rules are called, the page knows better than a refusal. */
export const planningSays = (format: Formats): InAnyLanguage<typeof english> => {
  const { number } = format;
  const open = ({ most }: { readonly most: number }) => `Es sind schon ${number(most)} offen.`;
  const title = () => "Bitte einen Titel angeben, damit alle wissen, worum es geht.";
  const parameter = ({ name }: { readonly name: string }) => `Eine Angabe „${name}“ hat sie nicht.`;
  const range = ({ from, to, value }: { readonly from: number; readonly to: number; readonly value: number }) =>
    `Eine Zahl muss von ${number(from)} bis ${number(to)} reichen, und ${number(value)} liegt nicht darin.`;
  return {
    "conflict-gone": {
      gone: () => "Er wurde inzwischen gelöst: bitte die Konflikte noch einmal ansehen.",
    },
    "repair-stale": {
      "not-offered": () => "Sie wird nicht mehr angeboten: bitte noch einmal nach Lösungen fragen.",
      taken: () => "Jemand hat eine ihrer Zeiten belegt: bitte noch einmal nach Lösungen fragen.",
      moved: () => "Jemand hat einen ihrer Termine verschoben: bitte noch einmal nach Lösungen fragen.",
      "moved-since": () => "Jemand hat einen der Termine verschoben: bitte noch einmal ansehen.",
    },
    "not-yours": {
      events: () => "Keiner der beiden Termine lässt sich hier ändern.",
    },
    "too-many-kept": {
      most: ({ most }) => `Behalten werden höchstens ${number(most)}.`,
    },
    "rule-stands": {
      stands: () => "Bitte diese ändern oder zuerst entfernen.",
    },
    "rule-broken": {
      rules: ({ name, more }) =>
        `Sie gilt für ${name}.${more === 0 ? "" : ` Dagegen ${format.plural(more, { one: "spricht noch eine Regel", other: "sprechen noch # Regeln" })}.`}`,
    },
    "too-many-rules": {
      most: ({ most }) => `Es gibt schon ${number(most)}, mehr sind nicht möglich.`,
    },
    "rule-invalid": {
      about: () => "Worum es in einer Regel geht, bleibt: bitte eine andere daneben anlegen.",
      "not-named": ({ of }) => NOT_NAMED[of],
      compared: ({ most }) =>
        `Verglichen werden höchstens ${format.plural(most, { one: "# Person", other: "# Personen" })}: bitte für Gruppen festlegen oder Personen nennen.`,
      holder: ({ scope }) => NOBODY_HELD[scope],
      constraint: ({ id }) => `Eine Bedingung „${id}“ gibt es nicht.`,
      unsettable: () => "Diese Bedingung wird nicht durch Regeln festgelegt.",
      compares: () => "Diese Regel vergleicht Personen: Sie gilt für eine Gruppe oder für alle, nicht für eine Person.",
      scope: ({ scope }) => `Für ${SCOPES[scope]} wird diese Regel nicht festgelegt.`,
      "holder-or-none": () => "Jede Regel gilt für jemanden, außer der für die ganze Organisation.",
      parameter,
      range,
      whole: ({ value }) => `Nötig ist eine ganze Zahl, und ${number(value)} ist keine.`,
      turned: () => "Das Ende liegt vor dem Beginn.",
      "names-nobody": () => "Diese Regel nennt niemanden und nichts.",
      "names-for": () => "So weit gefasst nennt diese Regel niemanden einzeln.",
      "names-one": ({ kind }) => `Diese Regel nennt ${NAMED_ONE[kind]}.`,
      "names-alone": () => "Diese Regel nennt nur eines: bitte eine andere daneben anlegen.",
      "names-others": () => "Diese Regel nennt andere, nicht die Person selbst.",
    },
    "place-invalid": {
      name: () => "Bitte den Namen angeben, den Räume und Dinge dort als Standort haben.",
      named: ({ name }) => `Einen Ort „${name}“ gibt es schon: bitte diesen ändern.`,
      "too-many": ({ most }) => `Es gibt schon ${format.plural(most, { one: "# Ort", other: "# Orte" })}.`,
      way: () => "Ein Weg führt zu einem anderen Ort, den es gibt.",
    },
    "plugin-invalid": {
      "too-many": ({ most }) => `Es sind schon ${number(most)} erlaubt: bitte zuerst eines vergessen.`,
      named: () => "Ein anderes dieses Namens ist schon erlaubt: bitte dieses zuerst vergessen.",
      hash: () => "Im Ordner des Servers liegt es nicht mehr so: bitte die Liste noch einmal ansehen.",
      algorithm: ({ title: of }) => `„${of}“ ist ein Verfahren, und bisher sind nur Bedingungen möglich.`,
      parameter: ({ title: of, name }) => `„${of}“ hat keine Angabe „${name}“.`,
      range: ({ says, from, to, value }) =>
        `„${says}“ reicht von ${number(from)} bis ${number(to)}, und ${number(value)} liegt nicht darin.`,
    },
    "plan-refused": {
      others: () => "Zwei eigene Pläne werden schon berechnet. Bitte auf einen davon warten.",
      calendar: () => "Diesen Kalender gibt es nicht mehr, oder er ist hier nicht zu sehen.",
      person: () => "Jemand, der dabei sein soll, ist nicht hier.",
    },
    "poll-invalid": {
      nobody: () => "Sonst wird niemand gefragt: bitte jemanden wählen.",
      title,
      times: ({ most, count }) =>
        `Eine Umfrage fragt nach 2 bis ${number(most)} Zeiten, hier ${count === 1 ? "ist" : "sind"} es ${number(count)}.`,
      turned: () => "Eine Zeit endet nach ihrem Beginn.",
      long: () => "Eine Zeit dauert höchstens eine Woche.",
      begun: () => "Eine der Zeiten hat schon begonnen: bitte andere wählen.",
      twice: () => "Eine der Zeiten steht doppelt da.",
      person: () => "Jemand, der gefragt wird, ist nicht hier.",
      thing: () => "Einen der Räume oder Gegenstände gibt es nicht mehr.",
      answers: ({ times, answers }) =>
        `Gefragt wird nach ${format.plural(times, { one: "# Zeit", other: "# Zeiten" })}, und beantwortet ${answers === 1 ? "ist" : "sind"} ${number(answers)}.`,
      unknown: ({ times }) => `Gefragt wird nach ${format.plural(times, { one: "# Zeit", other: "# Zeiten" })}.`,
      past: () => "Diese Zeit hat schon begonnen: bitte eine andere wählen.",
      years: () => "Eine Zeit endet nach ihrem Beginn, in den Jahren, die geführt werden.",
    },
    "poll-over": {
      expired: () => "Die letzte Zeit hat begonnen: bitte mit anderen Zeiten noch einmal fragen.",
      closed: () => "Sie wurde ohne eine Zeit geschlossen.",
      picked: () => "Eine Zeit wurde gewählt, und der Termin steht.",
    },
    "poll-not-yours": {
      maker: () => "Es entscheidet, wer gefragt hat.",
    },
    "too-many-polls": {
      most: open,
    },
    "proposal-invalid": {
      title,
      early: () => "Der Vorschlag wäre vorbei, bevor ihn jemand ansehen kann: bitte ein späteres Ende wählen.",
      late: ({ most }) =>
        `Ein Vorschlag bleibt höchstens ${format.plural(most, { one: "# Tag", other: "# Tage" })}: bitte ein früheres Ende wählen.`,
      unknown: ({ changes }) =>
        `Der Vorschlag hat ${format.plural(changes, { one: "nur # Änderung", other: "nur # Änderungen" })}.`,
      person: () => "Jemand, der ihn ansehen soll, ist nicht hier.",
      gone: ({ place }) => `Änderung ${number(place)}: Den Termin gibt es nicht mehr, oder er ist hier nicht zu sehen.`,
      locked: ({ place, title: of }) => `Änderung ${number(place)}: „${of}“ ist gesperrt und bleibt, wo es ist.`,
    },
    "proposal-over": {
      state: ({ state }) => PROPOSALS_OVER[state],
      taken: () => "Eine dieser Änderungen wurde schon angenommen: bitte noch einmal ansehen.",
    },
    "proposal-not-yours": {
      withdraw: () => "Zurückziehen kann, wer ihn gemacht hat; er lässt sich ablehnen.",
      decline: () => "Es ist der eigene: bitte stattdessen zurückziehen.",
      ask: () => "Wer ihn ansieht, bestimmt, wer ihn gemacht hat.",
    },
    "too-many-proposals": {
      most: open,
    },
  };
};
