import type { InAnyLanguage, workforceSays as english } from "@hourwright/contract";
import type { Formats } from "../../format.ts";
import { dayText, momentText } from "./days.ts";
import { sayObjections } from "./objections.ts";

const SWAPS_OVER = {
  agreed: "Alle haben schon zugestimmt.",
  declined: "Jemand hat abgelehnt.",
  withdrawn: "Der Tausch wurde zurückgezogen.",
  over: "Eine der Schichten hat begonnen.",
} as const;

const COVERS_OVER = {
  covered: "Jemand anderes hat die Schicht übernommen. Vielen Dank!",
  nobody: "Es wird niemand mehr gefragt: Die Zeit zum Antworten ist vorbei.",
  over: "Die Schicht hat begonnen.",
  cancelled: "Es wird niemand mehr gebraucht: Die Anfrage wurde zurückgenommen.",
} as const;

const DECIDED = {
  requested: "ist angefragt",
  approved: "wurde genehmigt",
  declined: "wurde abgelehnt",
  withdrawn: "wurde zurückgezogen",
} as const;

type Objection = { readonly who: string | null; readonly of?: unknown };

/** What speaks against something: in full where its facts are known, in short by its code where they are not. */
const objectionsIn = (format: Formats) => {
  const say = sayObjections(format);
  const objection =
    (short: string) =>
    ({ who, of }: Objection): string => {
      const sentence = say(of) ?? short;
      return who === null || sentence.startsWith(who) ? sentence : `${who}: ${sentence}`;
    };
  return {
    "same-id": objection("Das ist schon genehmigt."),
    "too-many": objection("Es gibt schon zu viele Änderungen."),
    span: objection("Der Zeitraum ist leer, verkehrt herum oder zu lang."),
    shift: objection("Die Schicht geht so nicht: Dauer, Pausen oder eine Uhrumstellung passen nicht."),
    "no-contract": objection("Dann gilt kein Vertrag."),
    "no-such-shift": objection("Diese Schicht gibt es nicht mehr."),
    "absence-overlaps": objection("Zu dieser Zeit gibt es schon eine andere Abwesenheit."),
    "over-absence": objection("Abwesend zu dieser Zeit."),
    "over-shift": objection("Zu dieser Zeit gibt es schon eine andere Schicht."),
    "not-on-call": objection("Nicht in der ganzen Zeit ist Bereitschaft."),
    left: objection("Nicht mehr hier."),
    skill: objection("Eine Fähigkeit fehlt, die dafür nötig ist."),
    rule: objection("Eine Regel des Vertrags wäre verletzt."),
    nobody: objection("Ohne Vertrag gibt es keinen Dienstplan."),
    barred: objection("Etwas spricht dagegen."),
  };
};

const SHIFT_FAULTS = {
  shift: () => "Eine Schicht hat eine Dauer von höchstens einem Tag und einen kurzen Namen.",
  break: () => "Eine Pause liegt innerhalb der Schicht, hat eine Dauer und überschneidet keine andere.",
};

const FAULTS = {
  ...SHIFT_FAULTS,
  days: () => "Das Ende liegt vor dem Beginn.",
  nominal: () => "So viele Stunden hat der Zeitraum nicht.",
  "part-time": () => "Der Anteil an der Vollzeit ist größer als 0 % und höchstens 100 %.",
  cost: () => "Die Kosten einer Stunde sind ein Betrag in einer Währung.",
  pattern: () => "Das Muster hat zu wenige oder zu viele Wochen, oder ein Tag zu viele Schichten.",
  "shift-overlap": () => "Zwei Schichten des Musters überschneiden sich.",
  rule: () => "Eine Regel liegt außerhalb des Möglichen oder steht doppelt da.",
  "too-many": () => "Es sind zu viele Fassungen.",
  "same-id": () => "Zwei Fassungen haben dieselbe Kennung.",
  overlap: () => "Eine andere Fassung gilt dann schon: Eine Änderung beginnt nach allen, die es gibt.",
};

const noSkill = (): string => "Diese Fähigkeit gibt es nicht mehr.";

/** What refusals about people's work say to do, by reason. */
export const workforceSays = (format: Formats): InAnyLanguage<typeof english> => {
  const { number } = format;
  const objections = objectionsIn(format);
  const day = (text: string) => dayText(text, format);
  const days = (count: number) => format.plural(count, { one: "# Tag", other: "# Tage" });
  const already = ({ most }: { readonly most: number }) => `Es gibt schon ${number(most)}, mehr sind nicht möglich.`;
  const turned = ({ from, until }: { readonly from: string; readonly until: string }) =>
    `Das Ende (${momentText(until, format)}) liegt vor dem Beginn (${momentText(from, format)}).`;
  const where = ({ weekday, day: on }: { readonly weekday: number | null; readonly day: string | null }) =>
    weekday === null ? day(on ?? "") : format.weekdayLong(weekday);
  const openShiftInvalid = {
    "wrong-shift": SHIFT_FAULTS.shift,
    "wrong-break": SHIFT_FAULTS.break,
    full: ({ most }: { readonly most: number }) => `Zugleich können höchstens ${number(most)} Schichten offen sein.`,
    "no-skill": noSkill,
    skipped: () => "Zu dieser Zeit werden die Uhren vorgestellt: Die Schicht gibt es nicht.",
    begun: () => "Die Schicht hat schon begonnen.",
  };
  return {
    "closes-before-opens": {
      later: ({ from, to, ...on }) => `${where(on)}, ${from} bis ${to} Uhr: Das Ende muss nach dem Beginn liegen.`,
      midnight: (on) => `${where(on)}: Was um 24:00 Uhr beginnt, gehört zum nächsten Tag.`,
    },
    "stretches-meet": {
      meet: ({ opens, closes, ...on }) =>
        `${where(on)}: ${opens} Uhr liegt vor ${closes} Uhr. Bitte beides zu einer Zeit zusammenfassen.`,
    },
    "too-many-holidays": {
      most: ({ most }) => `Geführt werden höchstens ${number(most)}.`,
    },
    "layer-invalid": {
      regions: () => "Es sind Feiertage von zwei Regionen. Eine davon gehört zum Ort oder zur Person.",
      region: ({ region }) => `Für „${region}“ sind keine Feiertage bekannt.`,
      days: ({ days: count, most }) =>
        `${days(count)} ${count === 1 ? "hat" : "haben"} eigene Zeiten, möglich sind höchstens ${number(most)}. Wochen mit einer Saison reichen weiter.`,
      season: ({ from, until }) => `Die Saison endet (${day(until)}), bevor sie beginnt (${day(from)}).`,
      mixed: () => "Abwesenheit hat zwei Tage oder zwei Uhrzeiten.",
      times: ({ start, end }) =>
        `Das Ende (${momentText(end, format)}) liegt nicht nach dem Beginn (${momentText(start, format)}).`,
      turned,
      long: ({ from, until, most }) => `Vom ${day(from)} bis ${day(until)} sind es mehr als ${days(most)}.`,
      "too-many": ({ most }) => `Möglich sind höchstens ${number(most)} Einträge.`,
    },
    "bad-window": {
      turned: () => "Der letzte Tag muss nach dem ersten liegen.",
      years: ({ from, to }) => `Möglich sind die Jahre ${from} bis ${to}.`,
      days: ({ most }) => `Auf einmal höchstens ${days(most)}, und mindestens einer.`,
      "people-days": ({ people, most }) =>
        `Auf einmal höchstens ${format.plural(people, { one: "# Person", other: "# Personen" })} und zusammen ${days(most)}: bitte Personen oder eine Gruppe wählen.`,
      "days-of-years": ({ most, from, to }) => `Auf einmal höchstens ${days(most)}, in den Jahren ${from} bis ${to}.`,
      people: ({ most }) =>
        `Das Jahr wird für höchstens ${format.plural(most, { one: "# Person", other: "# Personen" })} auf einmal gezählt: bitte den Entwurf einer Gruppe oder einzelner Personen wählen.`,
      months: ({ most }) => `Auf einmal höchstens ${format.plural(most, { one: "# Monat", other: "# Monate" })}.`,
      "months-turned": () => "Der letzte Monat darf nicht vor dem ersten liegen.",
      "people-months": ({ people }) =>
        `Bitte weniger Monate oder eine Abteilung wählen: ${format.plural(people, { one: "# Person hatte", other: "# Personen hatten" })} in der Zeit einen Vertrag.`,
      together: ({ most }) => `Bitte weniger Tage wählen: für alle zusammen höchstens ${number(most)}.`,
    },
    "no-availability": {
      file: () => "Gelesen wird eine Kalenderdatei mit VAVAILABILITY (RFC 7953) von begrenzter Größe.",
    },
    "too-many-parts": {
      file: () => "So viele einzelne Tage und Zeiten passen nicht in eine Datei.",
    },
    "skill-invalid": {
      named: ({ name }) => `Eine Fähigkeit „${name}“ gibt es schon.`,
      levels: () => "Zwei Stufen heißen gleich.",
      level: ({ name, most, level }) =>
        `„${name}“ hat ${format.plural(most, { one: "nur eine Stufe", other: "# Stufen" })}, und Stufe ${number(level)} ist nicht darunter.`,
      turned,
    },
    "skill-named": {
      demand: ({ demand, name }) => `Der Bedarf „${demand}“ verlangt „${name}“: bitte zuerst den Bedarf ändern.`,
      rules: ({ count, name }) =>
        `${format.plural(count, { one: "Eine Regel verlangt", other: "# Regeln verlangen" })} „${name}“: bitte zuerst ${count === 1 ? "sie" : "diese"} ändern.`,
    },
    "too-many-skills": {
      organisation: already,
      person: ({ most }) => `Eine Person hat höchstens ${number(most)}.`,
    },
    "contract-invalid": {
      ...FAULTS,
      "rule-set": () => "Dieses Regelwerk gibt es nicht mehr.",
    },
    "contracts-overlap": {
      overlap: FAULTS.overlap,
      followed: () => "Darauf folgt schon eine andere Fassung, und sie bestimmt das Ende.",
    },
    "rules-contradict": {
      rules: () =>
        "Mit diesen Regeln lassen sich die verlangten Stunden nicht arbeiten: bitte eine lockern oder Stunden kürzen.",
    },
    "too-many-contracts": {
      most: ({ most }) => `Möglich sind höchstens ${number(most)}.`,
    },
    "rule-set-invalid": {
      rules: FAULTS.rule,
      named: ({ name }) => `Ein Regelwerk „${name}“ gibt es schon.`,
    },
    "rule-set-named": {
      contracts: ({ count, name }) =>
        `„${name}“ gilt in ${format.plural(count, { one: "einer Fassung eines Vertrags", other: "# Fassungen von Verträgen" })} und bleibt, solange das so ist.`,
    },
    "too-many-rule-sets": {
      most: already,
    },
    "adjustment-invalid": {
      gone: ({ name }) => `${name} ist nicht mehr hier.`,
      other: () => "Die andere Person gibt es nicht.",
      mixed: () => "Eine Abwesenheit hat zwei Tage oder zwei genaue Zeiten.",
      turned,
      minutes: () => "Eine Abwesenheit beginnt und endet zu einer vollen Minute.",
      alone: () => "Zu einem Tausch gehören zwei Personen.",
      "no-shift": ({ day: on, starts }) => `Am ${day(on)} beginnt um ${starts} Uhr keine Schicht.`,
    },
    "adjustment-refused": objections,
    "adjustment-decided": {
      decided: ({ state, by, day: on }) =>
        `Die Anfrage ${DECIDED[state]}${by === null ? "" : ` (${by}${on === null ? "" : `, ${day(on)}`})`}.`,
    },
    "demand-invalid": {
      fault: () =>
        "Zeiten überschneiden sich oder haben keine Dauer, gewünscht sind weniger als nötig, oder der Bedarf gilt an keinem Tag.",
      skill: noSkill,
      crowded: ({ most, site }) =>
        `An einem Standort werden höchstens ${number(most)} Fähigkeiten und Stufen verlangt; in „${site}“ wären es mehr.`,
    },
    "too-many-demands": {
      most: already,
    },
    "draft-invalid": {
      ...SHIFT_FAULTS,
      turned: () => "Das Ende liegt vor dem Beginn.",
      long: ({ most }) => `Ein Entwurf umfasst höchstens ${days(most)}.`,
      "team-or-people": () => "Ein Entwurf ist für eine Gruppe oder für einzelne Personen: bitte eines davon wählen.",
      team: () => "Diese Gruppe gibt es nicht mehr.",
      person: () => "Jemand davon ist nicht hier.",
      everybody: () =>
        "Bitte eine Gruppe oder Personen aus der eigenen Zuständigkeit wählen: Den Dienstplan aller schreibt die Administration.",
      full: ({ most }) => `Ein Entwurf hat höchstens ${number(most)} Schichten.`,
      crowded: ({ most }) => `Eine Person hat in einem Entwurf höchstens ${number(most)} Schichten.`,
      copy: () => "Den Entwurf, der kopiert werden soll, gibt es nicht.",
      "no-shift": () => "Diese Schicht ist nicht mehr im Entwurf: bitte noch einmal ansehen.",
      "not-theirs": () => "Der Entwurf ist nur für Personen, die er nennt, aus der eigenen Zuständigkeit.",
      outside: ({ day: on, from, to }) =>
        `Der ${day(on)} gehört nicht dazu: Der Entwurf reicht vom ${day(from)} bis vor den ${day(to)}.`,
      "left-out": () => "Eine gestrichene Schicht kommt zurück, wenn sie aus dem Entwurf entfernt wird.",
      empty: () => "Der Entwurf bringt keine Schicht dazu und streicht keine: Es gibt nichts zu veröffentlichen.",
      "not-planned": () => "Jemand im Entwurf arbeitet nicht mehr hier oder wird von anderen eingeteilt.",
      kept: () => "Eine Schicht, die bleiben soll, ist nicht mehr im Entwurf: bitte noch einmal ansehen.",
      wish: () => "Ein Wunsch ist von jemandem, der in diesem Entwurf nicht eingeteilt wird.",
    },
    "too-many-drafts": {
      most: ({ most }) => `Es gibt schon ${number(most)} offene Entwürfe, mehr sind nicht möglich.`,
    },
    "draft-closed": {
      closed: ({ name, state, day: on }) =>
        `„${name}“ wurde ${on === null ? "" : `am ${day(on)} `}${state === "published" ? "veröffentlicht" : "verworfen"}: Zum Weiterarbeiten bitte in einen neuen Entwurf kopieren.`,
    },
    "draft-refused": {
      ...objections,
      ...openShiftInvalid,
      gone: ({ name }) => `${name} ist nicht mehr hier.`,
    },
    "roster-plan-refused": {
      running: () => "Der Plan wird schon berechnet: bitte warten oder ihn abbrechen.",
      others: ({ most }) =>
        `${format.plural(most, { one: "Ein eigener Dienstplan wird", other: "# eigene Dienstpläne werden" })} schon berechnet. Bitte auf einen davon warten.`,
      another: () => "Inzwischen wurde ein anderer Plan des Entwurfs verlangt.",
      nobody: () =>
        "An diesen Tagen hat niemand aus der eigenen Zuständigkeit einen Vertrag: Es ist niemand einzuteilen.",
      people: ({ people, most }) =>
        `Auf einmal werden höchstens ${number(most)} Personen eingeteilt, und hier sind es ${number(people)}: bitte den Entwurf einer Gruppe oder einzelner Personen planen.`,
      "no-demand": () =>
        "An diesen Tagen wird niemand gebraucht: bitte zuerst angeben, wer wo und wann gebraucht wird.",
      changing: () =>
        "Der Entwurf wird gerade laufend geändert; der Plan wurde nicht übernommen. Bitte später noch einmal planen.",
    },
    "rules-broken": {
      rules: ({ count }) =>
        `${format.plural(count, { one: "Eine Regel wäre", other: "# Regeln wären" })} verletzt: bitte den Entwurf ändern oder trotzdem veröffentlichen.`,
    },
    "not-concerned": {
      nothing: () => "Darin ist keine eigene Schicht: Es gibt nichts zur Kenntnis zu nehmen.",
    },
    "cover-invalid": {
      skill: noSkill,
      works: ({ name }) => `${name} arbeitet dann. Bitte zuerst die Abwesenheit eintragen.`,
      "not-missing": ({ name, day: on, starts }) => `${name}: Am ${day(on)} um ${starts} Uhr fehlt keine Schicht.`,
      begun: () => "Die Schicht hat schon begonnen.",
      full: ({ count }) => `Es laufen schon ${format.plural(count, { one: "# Anfrage", other: "# Anfragen" })}.`,
      person: () => "Jemand davon hat dann keinen Vertrag, oder andere sind zuständig.",
    },
    "cover-running": {
      asked: ({ name }) => `Für ${name} wird schon jemand um Vertretung gefragt.`,
    },
    "nobody-to-cover": {
      ...objections,
      nobody: () => "Bei allen, die gefragt werden könnten, spricht etwas dagegen.",
    },
    "cover-over": {
      state: ({ state }) => COVERS_OVER[state],
      back: () => "Die Schicht wird nun doch wie geplant gearbeitet. Vielen Dank!",
    },
    "not-asked": {
      turn: () => "Noch sind andere an der Reihe: Die Frage kommt, sobald es so weit ist.",
      swap: () => "Hier sind andere gefragt.",
    },
    "open-shift-invalid": openShiftInvalid,
    "open-shift-over": {
      begun: () => "Die Schicht hat begonnen.",
      filled: () => "Alle Plätze sind vergeben. Vielen Dank!",
      back: () => "Das Angebot wurde zurückgenommen.",
      full: ({ most }) => `Es haben sich schon ${number(most)} beworben.`,
      yours: () => "Es ist schon die eigene Schicht: Jemand anderem gibt sie, wer zuständig ist.",
      theirs: () => "Diese Person hat die Schicht schon.",
    },
    "bid-refused": {
      ...objections,
      nobody: () => "Diese Person gibt es hier nicht.",
    },
    "swap-invalid": {
      "no-shift": () => "Zu dieser Zeit beginnt keine Schicht.",
      person: () => "Jemand davon ist nicht mehr hier.",
      full: ({ most }) => `Es warten schon ${number(most)} Tausche.`,
      "not-there": () => "Eine der Schichten gibt es nicht mehr.",
      begun: () => "Eine der Schichten hat schon begonnen.",
      count: ({ most }) => `Ein Tausch umfasst eine bis ${number(most)} Schichten.`,
      alone: () => "Mit sich selbst tauscht niemand.",
      one: () => "Jede Person gibt eine Schicht ab und nimmt eine.",
      ring: () =>
        "Zwei tauschen je eine Schicht, oder drei im Kreis: Jede Person gibt der nächsten, die letzte der ersten.",
    },
    "swap-refused": objections,
    "swap-over": {
      state: ({ state }) => SWAPS_OVER[state],
    },
    clock: {
      in: ({ since }) => `Gekommen am ${momentText(since, format)}: bitte zuerst gehen oder eine Korrektur anfragen.`,
      out: () => "Noch nicht gekommen: bitte zuerst kommen oder eine Korrektur anfragen.",
      unknown: () => "Dieses Kommen und Gehen gibt es nicht.",
      which: () => "Bitte angeben, welches Kommen und Gehen nicht stattgefunden hat.",
      full: () => "Es warten schon zu viele Korrekturen auf eine Antwort.",
      half: () => "Bitte Beginn und Ende angeben, oder keines von beiden: Dann hat es nicht stattgefunden.",
      turned: () => "Das Ende muss nach dem Beginn liegen.",
      day: () => "Möglich ist höchstens ein Tag.",
      ahead: () => "Was noch bevorsteht, lässt sich nicht korrigieren.",
    },
  };
};
