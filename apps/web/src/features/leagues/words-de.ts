import { dayOfText } from "../../data/roster.ts";
import type { Formats } from "../../messages/format.ts";
import {
  namesIn,
  type Chosen,
  type Effect,
  type Finding,
  type Fixture,
  type League,
  type Team,
  type Where,
} from "./model.ts";
import type { LeagueWords } from "./words-en.ts";

export const de = (format: Formats): LeagueWords => {
  const day = (text: string) => format.dayShort(dayOfText(text) ?? 0);
  const rounds = (list: readonly number[]) => format.list(list.map((round) => format.number(round)));
  return {
    title: "Ligen",
    intro: "Wer wann wo gegen wen spielt: nach eigenen Regeln geplant, auf Plätzen, die sonst niemand hat.",
    loading: "Einen Moment …",
    begin: "Neue Liga",
    empty: "Noch keine Liga. Aus Mannschaften und Tagen werden die Runden geplant.",
    teams: (count: number) => format.plural(count, { one: "# Mannschaft", other: "# Mannschaften" }),
    roundCount: (count: number) => format.plural(count, { one: "# Runde", other: "# Runden" }),
    notPlanned: "Nicht geplant",
    brokenHard: (count: number) =>
      format.plural(count, { one: "Muss-Regeln sind einmal verletzt", other: "Muss-Regeln sind #-mal verletzt" }),
    holds: "Alle Muss-Regeln gelten",
    published: (count: number, all: number) =>
      count === all ? "Alle veröffentlicht" : `${format.number(count)} von ${format.number(all)} veröffentlicht`,
    points: (count: number) => format.plural(Math.round(count), { one: "# Punkt", other: "# Punkte" }),
    hard: "muss gelten",
    planFirst: "Noch ist nichts geplant. Die Saison zu planen dauert einige Sekunden und lässt sich zurücknehmen.",
    notPlannedYet: "Noch ist nichts geplant.",
    fairness: "Fairness",
    csv: "CSV",
    ics: ".ics",
    follow: "Folgen",
    settings: "Mannschaften und Regeln",
    remove: "Entfernen",
    removed: (name: string) => `${name} wurde entfernt`,
    plan: "Planen",
    planAgain: "Neu planen",
    publish: "Veröffentlichen …",
    changed: (name: string) => `${name} wurde geändert`,
    gridLabel: (name: string) => `${name}: Mannschaften und Runden`,
    team: "Mannschaft",
    round: (round: number) => `Runde ${format.number(round)}`,
    roundOn: (round: number, on: string) => `Runde ${format.number(round)}, ${on}`,
    match: (home: string, away: string) => `${home} – ${away}`,
    free: (name: string) => `${name} spielfrei`,
    findings: (count: number) => format.plural(count, { one: "# verletzt", other: "# verletzt" }),
    cell: (fixture: Fixture | null, team: Team, other: Team | null, round: number) =>
      fixture === null || other === null
        ? `${team.name}, Runde ${format.number(round)}: spielfrei`
        : [
            `${team.name}, Runde ${format.number(round)}: ${fixture.homeId === team.id ? "zu Hause gegen" : "auswärts bei"} ${other.name}`,
            ...(fixture.played ? ["gespielt"] : fixture.locked ? ["gesperrt"] : []),
            ...(fixture.broken.length > 0 ? [`Teil von ${format.number(fixture.broken.length)} Verletzungen`] : []),
          ].join(", "),
    home: "Zu Hause",
    away: "Auswärts",
    brokenMark: "Teil dessen, was nicht gilt",
    carryHint: "Ein Spiel, eine Mannschaft oder eine Runde ziehen – oder mit M und den Pfeilen tragen.",
    carried: "Aufgenommen. Die Pfeile wählen das Ziel, Enter legt ab, Escape lässt es.",
    stays: "Das bleibt, wo es ist.",
    state: "Wie sie steht",
    inHand: "In der Hand",
    showAll: (count: number) => `Alle ${format.number(count)} zeigen`,
    more: (count: number) => `und ${format.number(count)} weitere`,
    titleOf: (chosen: Chosen, league: League) => {
      const name = namesIn(league);
      if (chosen.what === "team") return name(chosen.id);
      if (chosen.what === "round") return `Runde ${format.number(chosen.round)}`;
      const fixture = league.fixtures.find(({ id }) => id === chosen.id);
      return fixture === undefined ? "Kein Spiel" : `${name(fixture.homeId)} – ${name(fixture.awayId)}`;
    },
    optionsOf: ({ what }: Chosen) => (what === "fixture" ? "Verlegen" : "Tauschen mit"),
    option: (key: string, chosen: Chosen, league: League) => {
      if (key === "turn") return "Heimrecht tauschen";
      if (chosen.what === "team") return namesIn(league)(key);
      const round = league.rounds.find((each) => String(each.round) === key);
      const text = `Runde ${key}${round === undefined ? "" : `, ${day(round.day)}`}`;
      return chosen.what === "fixture" ? `In ${text}` : `Mit ${text}`;
    },
    effect: ({ kind, hard, soft }: Effect) => {
      if (kind === "refused") return "nicht möglich";
      if (kind === "same") return "verletzt nichts weiter";
      const parts = [
        ...(hard > 0 ? [`verletzt ${format.number(hard)}`] : hard < 0 ? [`heilt ${format.number(-hard)}`] : []),
        ...(Math.round(soft) === 0
          ? []
          : [`${soft > 0 ? "+" : "−"}${format.number(Math.abs(Math.round(soft)))} Punkte`]),
      ];
      return parts.join(", ");
    },
    effectHint: (hard: string) => `Jetzt sind Muss-Regeln ${hard}-mal verletzt. Weniger Punkte sind besser.`,
    doIt: "So machen",
    moved: (count: number) => format.plural(count, { one: "# Spiel ändert sich:", other: "# Spiele ändern sich:" }),
    movedLine: (from: Where, to: Where, league: League) => {
      const name = namesIn(league);
      const turned = from.homeId === to.awayId;
      const where = from.round === to.round ? `Runde ${from.round}` : `Runde ${from.round} → ${to.round}`;
      return `${name(to.homeId)} – ${name(to.awayId)}: ${where}${turned ? ", Heimrecht getauscht" : ""}`;
    },
    breaks: "Verletzt",
    mends: "Heilt",
    breaksNothing: "Es verletzt nichts und heilt nichts.",
    notPublished: "nicht veröffentlicht",
    isPublished: "veröffentlicht",
    day: "Tag",
    kickOff: "Anstoß",
    lock: "Sperren",
    unlock: "Entsperren",
    lockRound: "Runde sperren",
    unlockRound: "Runde entsperren",
    locked: "Es bleibt, wie es ist",
    unlocked: "Es darf wieder verlegt werden",
    asUsual: "Wieder wie üblich",
    changeTime: "Zeit ändern",
    timeChanged: "Das Spiel hat eine andere Zeit",
    changeDay: "Tag ändern",
    dayChanged: "Die Runde ist an einem anderen Tag",
    sentence: (finding: Finding, league: League) => {
      const { kind, teams, have, limit, units } = finding;
      const name = namesIn(league);
      const [one = "", other = ""] = teams.map(name);
      const who = format.list(teams.map(name));
      const [round = 0] = finding.rounds;
      const known = league.rounds.find((each) => each.round === round);
      const on = `in Runde ${format.number(round)}${known === undefined ? "" : `, ${day(known.day)}`}`;
      const most = `gewünscht sind höchstens ${format.number(limit)}`;
      switch (kind) {
        case "in-a-row":
          return `${one}: ${format.number(have)}-mal nacheinander auf derselben Seite, Runden ${rounds(finding.rounds)}; ${most}.`;
        case "breaks":
          return `${one}: ${format.plural(have, { one: "# Break", other: "# Breaks" })}; ${most}.`;
        case "breaks-of-all":
          return `${format.plural(have, { one: "# Break", other: "# Breaks" })} insgesamt; ${most}.`;
        case "unavailable":
          return `${one} spielt ${on}, obwohl das nicht geht.`;
        case "meet":
          return limit === 1
            ? `${one} und ${other} treffen sich nicht in den gewünschten Runden.`
            : `${one} und ${other} treffen sich in Runde ${rounds(finding.rounds)}, in der sie es nicht sollen.`;
        case "return":
          return `${one} und ${other} treffen sich in den Runden ${rounds(finding.rounds)}: ${format.number(have)} liegen dazwischen, ${format.number(limit)} sind gewünscht.`;
        case "home-together":
          return `${who} sind ${on} zugleich zu Hause; ${most}.`;
        case "balance":
          return teams.length === 1
            ? `${one} ist ${format.number(have)}-mal zu Hause; ${format.number(limit)} wären ausgeglichen.`
            : `${one} und ${other} unterscheiden sich nach Runde ${format.number(round)} um ${format.number(have)} Heimspiele; ${most}.`;
        case "long-trips":
          return `${one} fährt ${on} ${format.number(have)} km; gewünscht sind dann höchstens ${format.number(limit)} km.`;
        case "travel":
          return `${one} fährt ${format.number(have)} km, etwa ${format.number(units * 10)} km mehr als gewünscht.`;
        case "venue-closed":
          return `Der Platz von ${one} ist ${on} geschlossen oder vergeben.`;
        case "venue-shared":
          return `${who} sind ${on} auf demselben Platz zu Hause.`;
        case "halves":
          return `${one} und ${other} treffen sich zweimal in einer Hälfte, in den Runden ${rounds(finding.rounds)}.`;
        case "mirrored":
          return `${one} und ${other} treffen sich in den Runden ${rounds(finding.rounds)}, die einander nicht spiegeln.`;
      }
    },
    planner: {
      title: (name: string) => `„${name}“ planen`,
      explain:
        "Je zwei Mannschaften treffen sich so, dass gilt, was gelten muss, und so wenig wie möglich gegen die Wünsche ist. Niemand erfährt davon.",
      look: "Suchen",
      seconds: (count: number) =>
        count < 60
          ? format.plural(count, { one: "# Sekunde", other: "# Sekunden" })
          : format.plural(count / 60, { one: "# Minute", other: "# Minuten" }),
      few: "So wenig wie möglich ändern",
      fewHint: "Beginnt mit der Saison, wie sie ist.",
      keep: "Was gespielt oder gesperrt ist, bleibt, wie es ist.",
      do: "Planen",
      begun: "Es wird geplant",
      running: "Es wird geplant",
      last: "Letzte Planung",
      enough: "Das Bisherige nehmen",
      stop: "Anhalten",
      failed: (why: string) => `Es ließ sich nicht planen: ${why}`,
      cancelled: "Die Planung wurde angehalten. Die Saison ist, wie sie war.",
      done: (name: string) => `${name} wurde geplant`,
      nothing: "Es war nichts zu ändern.",
      moved: (count: number) =>
        format.plural(count, { one: "# Spiel ist neu oder verlegt.", other: "# Spiele sind neu oder verlegt." }),
      cannot: "Dies lässt sich nicht zusammen einhalten:",
      steps: (steps: string, perSecond: string, seed: number) =>
        `${steps} Schritte, ${perSecond} in der Sekunde, Startwert ${seed}`,
    },
    publisher: {
      title: (name: string) => `„${name}“ veröffentlichen`,
      explain:
        "Jedes Spiel wird ein Termin im Kalender der Liga und belegt seinen Platz. Wer den Kalender sehen darf, sieht es.",
      rounds: "Runden",
      all: "Alle, die nicht vorbei sind",
      upTo: (round: number) => `Bis Runde ${format.number(round)}`,
      count: (count: number) => format.plural(count, { one: "# Spiel ist neu.", other: "# Spiele sind neu." }),
      noVenue: (count: number) =>
        format.plural(count, { one: "# Spiel hat keinen Platz.", other: "# Spiele haben keinen Platz." }),
      hard: (count: number) =>
        format.plural(count, {
          one: "Muss-Regeln sind einmal verletzt; veröffentlicht wird trotzdem.",
          other: "Muss-Regeln sind #-mal verletzt; veröffentlicht wird trotzdem.",
        }),
      do: "Veröffentlichen",
      done: (name: string) => `${name} wurde veröffentlicht`,
      takeBack: "Zurückziehen",
      takenBack: (name: string) => `${name} wurde aus dem Kalender genommen`,
      nearest: (name: string, day: string, time: string) => `${name}: frei am ${day} um ${time}`,
    },
    fair: {
      title: (name: string) => `Fairness von „${name}“`,
      text: "Die Balken einer Spalte sind beim meisten am längsten. Gleichmäßige Spalten sind fair.",
      list: "Fairness je Mannschaft",
      team: "Mannschaft",
      columns: {
        home: "Heim",
        away: "Auswärts",
        breaks: "Breaks",
        row: "In Folge",
        km: "Kilometer",
        weekends: "Heimwochenenden",
        late: "Späte Anstöße",
        rest: "Kürzeste Pause",
      },
      days: (count: number) => format.plural(count, { one: "# Tag", other: "# Tage" }),
      missing: (count: number) =>
        format.plural(count, {
          one: "Von # Platz ist nicht bekannt, wo er liegt: Wege dorthin zählen nicht.",
          other: "Von # Plätzen ist nicht bekannt, wo sie liegen: Wege dorthin zählen nicht.",
        }),
    },
  };
};
