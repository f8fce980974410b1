import type { rules as english } from "../en/rules.ts";

export const rules: typeof english = (format) => {
  const clock = (minute: number) => format.wallTime(minute * 60_000);
  const hoursText = (hours: number) => format.duration(Math.round(hours * 60));
  const things = (count: number) => format.plural(count, { one: "# Termin", other: "# Termine" });
  const days = (count: number) => format.plural(count, { one: "# Tag", other: "# Tage" });
  const round = (count: number) => Math.round(count * 10) / 10;
  const each = ({ weeks }: { weeks: number }) => format.plural(weeks, { one: "Je Woche", other: "Je # Wochen" });
  const stretch = ({ day }: { day: string }, { weeks }: { weeks: number }) =>
    format.plural(weeks, { one: `der Woche ab ${day}`, other: `den # Wochen ab ${day}` });
  return {
    rules: {
      everybody: "Alle",
      everything: "Alle und alles",
      allThings: "Alle Räume und Ressourcen",
      inCalendar: (name) => `In „${name}“`,
      ofCalendar: (name, sentence) => `In „${name}“: ${sentence}`,
      hard: "Hart",
      soft: "Weich",
      standing: {
        title: "Verletzte Regeln",
        count: (count) => format.plural(count, { other: "#-mal" }),
        hard: (count) => `${format.number(count)} hart`,
        cut: (count) => `Aufgelistet sind nur die frühesten ${format.number(count)}.`,
        incomplete: "Eine Erweiterung wurde nicht nach allem gefragt: Es kann mehr sein.",
        holds: (year) => `Alle Regeln sind ${year} eingehalten.`,
        failed: "Ob die Regeln eingehalten sind, ließ sich nicht erfragen.",
      },
      something: "etwas anderem",
      quoted: (title) => `„${title}“`,
      both: (first, second) => `${first} und ${second}`,
      andMore: (first, count) => `${first} und ${format.number(count)} weiteren`,
      parameters: {
        "day-hours hours": "Höchstens Stunden",
        "day-share share": "Höchstens belegt",
        "day-times times": "Höchstens Termine",
        "in-a-row longest": "Höchstens Minuten ohne Pause",
        "in-a-row pause": "Was als Pause zählt",
        "focus stretch": "Minuten am Stück",
        "lunch from": "Mittag von",
        "lunch to": "Mittag bis",
        "lunch minutes": "Wie lang",
        "week-hours hours": "Höchstens Stunden",
        "week-times times": "Höchstens Termine",
        "fairness above": "Höchstens Stunden über dem Durchschnitt",
        "fairness weeks": "Verglichen über so viele Wochen",
        "fairness-times above": "Höchstens Termine über dem Durchschnitt",
        "fairness-times weeks": "Verglichen über so viele Wochen",
        "travel speed": "Wie schnell: 5 zu Fuß, 15 mit dem Rad, 40 mit dem Auto in der Stadt",
        "travel slack": "Minuten neben dem Weg selbst",
        "travel longest": "Der längste Weg, der zählt",
        "buffer pause": "Die Pause",
        "rest rest": "Stunden Ruhe",
        "hours from": "Von",
        "hours to": "Bis",
        "preferred-hours from": "Von",
        "preferred-hours to": "Bis",
        "notice notice": "Mindestens Stunden vorher",
        "window days": "Höchstens Tage voraus",
        "skills level": "Mindestens Stufe",
      },
      constraints: {
        "day-hours": {
          title: "Stunden am Tag",
          rule: "Ein Tag fasst so viele Stunden und nicht mehr.",
          kept: "Eine Stunde zu sechs anderen.",
          broken: "Drei Stunden zu sechs anderen.",
          says: (facts) => `Höchstens ${hoursText(facts.hours)} am Tag`,
          breach: (told, facts) =>
            `${told.who}: ${hoursText(facts.taken)} am ${told.day}, gewünscht sind höchstens ${hoursText(facts.hours)}.`,
        },
        "day-share": {
          title: "Anteil des Tages",
          rule: "Ein Teil des Arbeitstages bleibt frei.",
          kept: "Eine Stunde von neun zu sieben anderen.",
          broken: "Die letzten zwei von neun Stunden.",
          says: (facts) => `Höchstens ${format.percent(facts.share)} der eigenen Arbeitszeit belegt`,
          breach: (told, facts) =>
            `${told.who}: ${format.percent(facts.part)} der Arbeitszeit am ${told.day} belegt, gewünscht sind höchstens ${format.percent(facts.share)}.`,
        },
        "day-times": {
          title: "Termine am Tag",
          rule: "So viele Termine beginnen an einem Tag und nicht mehr.",
          kept: "Ein sechster zu fünf anderen.",
          broken: "Ein siebter zu sechs anderen.",
          says: (facts) => `Höchstens ${things(facts.times)} am Tag`,
          breach: (told, facts) =>
            `${told.who}: ${things(facts.begun)} am ${told.day}, gewünscht sind höchstens ${format.number(facts.times)}.`,
        },
        "in-a-row": {
          title: "Termine am Stück",
          rule: "Nach so langer Zeit ohne Pause kommt eine.",
          kept: "Zwei Stunden, dann noch eine.",
          broken: "Drei Stunden, dann sofort noch eine.",
          says: (facts) =>
            `Eine Pause von ${format.duration(facts.pause)} nach höchstens ${format.duration(facts.longest)}`,
          breach: (told, facts) =>
            `${told.who}: keine Pause über ${format.duration(facts.minutes)}, ${told.when}, gewünscht ist eine nach ${format.duration(facts.longest)}.`,
        },
        focus: {
          title: "Fokuszeit",
          rule: "Ein langes Stück jedes Tages bleibt frei von Terminen.",
          kept: "Der Vormittag ist belegt, der Nachmittag nicht.",
          broken: "Was bleibt, zerfällt in Stücke.",
          says: (facts) => `${format.duration(facts.stretch)} am Stück bleiben jeden Tag frei von Terminen`,
          breach: (told, facts) =>
            facts.longest === 0
              ? `${told.who}: keine freie Zeit am Stück am ${told.day}, gewünscht sind ${format.duration(facts.stretch)}.`
              : `${told.who}: höchstens ${format.duration(facts.longest)} am Stück am ${told.day}, gewünscht sind ${format.duration(facts.stretch)}.`,
        },
        lunch: {
          title: "Mittagspause",
          rule: "Es bleibt Zeit für eine Mittagspause.",
          kept: "Eine halbe Stunde am Mittag bleibt frei.",
          broken: "Eine Viertelstunde bleibt übrig.",
          says: (facts) =>
            `${format.duration(facts.minutes)} Mittagspause zwischen ${clock(facts.from)} und ${clock(facts.to)}`,
          breach: (told, facts) =>
            facts.longest === 0
              ? `${told.who}: keine Zeit für eine Mittagspause, ${told.when}, gewünscht sind ${format.duration(facts.minutes)}.`
              : `${told.who}: nur ${format.duration(facts.longest)} Mittagspause, ${told.when}, gewünscht sind ${format.duration(facts.minutes)}.`,
        },
        "week-hours": {
          title: "Stunden in der Woche",
          rule: "Eine Woche fasst so viele Stunden und nicht mehr.",
          kept: "Acht Stunden von zehn.",
          broken: "Zwölf Stunden von zehn.",
          says: (facts) => `Höchstens ${hoursText(facts.hours)} in der Woche`,
          breach: (told, facts) =>
            `${told.who}: ${hoursText(facts.taken)} in der Woche ab ${told.day}, gewünscht sind höchstens ${hoursText(facts.hours)}.`,
        },
        "week-times": {
          title: "Termine in der Woche",
          rule: "So viele Termine beginnen in einer Woche und nicht mehr.",
          kept: "Ein zweiter von zwei.",
          broken: "Ein zweiter, wo einer genug ist.",
          says: (facts) => `Höchstens ${things(facts.times)} in der Woche`,
          breach: (told, facts) =>
            `${told.who}: ${things(facts.begun)} in der Woche ab ${told.day}, gewünscht sind höchstens ${format.number(facts.times)}.`,
        },
        fairness: {
          title: "Gleich verteilte Stunden",
          rule: "Niemand in einem Team hat viel mehr Stunden als der Durchschnitt.",
          kept: "Eine Stunde mehr, wo alle vier haben.",
          broken: "Zwei Stunden mehr, wo andere zwei und eine haben.",
          says: (facts) => `${each(facts)} niemand mehr als ${hoursText(facts.above)} über dem Durchschnitt`,
          breach: (told, facts) =>
            `${told.who}: ${hoursText(facts.own)} in ${stretch(told, facts)}. Der Durchschnitt von ${format.number(facts.people)} ist ${hoursText(facts.mean)}${told.others === "" ? "" : `, am wenigsten hat ${told.others}, ${hoursText(facts.least)}`}; gewünscht sind höchstens ${hoursText(facts.above)} darüber.`,
        },
        "fairness-times": {
          title: "Gleich verteilte Termine",
          rule: "Niemand in einem Team hat viel mehr Termine als der Durchschnitt, wie lang sie auch sind.",
          kept: "Ein dritter, wo alle zwei haben.",
          broken: "Ein fünfter, wo andere einen haben.",
          says: (facts) => `${each(facts)} niemand mehr als ${things(facts.above)} über dem Durchschnitt`,
          breach: (told, facts) =>
            `${told.who}: ${things(facts.own)} in ${stretch(told, facts)}. Der Durchschnitt von ${format.number(facts.people)} ist ${format.number(round(facts.mean))}${told.others === "" ? "" : `, am wenigsten hat ${told.others}, ${format.number(facts.least)}`}; gewünscht sind höchstens ${format.number(facts.above)} darüber.`,
        },
        travel: {
          title: "Zeit für den Weg",
          rule: "Von einem Ort zum nächsten ist Zeit für den Weg.",
          kept: "Eine Stunde für einen Weg von einer halben.",
          broken: "Zehn Minuten für einen Weg von einer halben Stunde.",
          says: (facts) =>
            `Zeit für den Weg zwischen zwei Orten, mit ${format.number(facts.speed)} km/h, und ${format.duration(facts.slack)} mehr`,
          breach: (told, facts) =>
            facts.there === 0
              ? `${told.who} braucht ${format.duration(facts.way)} für den Weg zwischen ${told.what}, vor ${told.when}, und hat keine Zeit dafür.`
              : `${told.who} braucht ${format.duration(facts.way)} für den Weg zwischen ${told.what}, vor ${told.when}, und hat ${format.duration(facts.there)}.`,
        },
        buffer: {
          title: "Pause zwischen zwei Terminen",
          rule: "Ein Termin beginnt nicht, wenn der andere endet.",
          kept: "Eine Viertelstunde zwischen den beiden.",
          broken: "Einer beginnt, wenn der andere endet.",
          says: (facts) => `Eine Pause von ${format.duration(facts.pause)} zwischen zwei Terminen`,
          breach: (told, facts) =>
            facts.there === 0
              ? `${told.who}: keine Pause zwischen ${told.what}, vor ${told.when}, gewünscht sind ${format.duration(facts.pause)}.`
              : `${told.who}: ${format.duration(facts.there)} Pause zwischen ${told.what}, vor ${told.when}, gewünscht sind ${format.duration(facts.pause)}.`,
        },
        rest: {
          title: "Ruhe zwischen zwei Tagen",
          rule: "Zwischen zwei Arbeitstagen liegt eine Nachtruhe.",
          kept: "Von acht Uhr abends bis acht Uhr morgens.",
          broken: "Von elf Uhr abends bis sieben Uhr morgens.",
          says: (facts) => `${hoursText(facts.rest)} Ruhe zwischen zwei Arbeitstagen`,
          breach: (told, facts) =>
            `${told.who}: ${format.duration(facts.there)} Ruhe zwischen ${told.what}, vor ${told.when}, gewünscht sind ${format.duration(facts.rest)}.`,
        },
        outside: {
          title: "In den eigenen Zeiten",
          rule: "Niemand und nichts wird außerhalb der eigenen Zeiten belegt.",
          kept: "Am Nachmittag.",
          broken: "Bis eine Stunde nach Schluss.",
          says: () => "Nichts außerhalb der eigenen Zeiten",
          breach: (told, facts) =>
            `${told.who}: ${told.what}, ${told.when}, liegt ${format.duration(facts.outside)} außerhalb der eigenen Zeiten.`,
        },
        holiday: {
          title: "Feiertage",
          rule: "An einem Feiertag wird nicht gearbeitet.",
          kept: "Ein Montag wie jeder andere.",
          broken: "Der Montag ist ein Feiertag.",
          says: () => "Nichts an Feiertagen",
          breach: (told) => `${told.who}: ${told.what}, ${told.when}, liegt auf einem Feiertag.`,
        },
        hours: {
          title: "Erlaubte Zeiten",
          rule: "Nichts liegt außerhalb zweier Uhrzeiten.",
          kept: "Von neun bis zehn.",
          broken: "Von sieben bis halb neun.",
          says: (facts) => `Nichts außerhalb von ${clock(facts.from)} bis ${clock(facts.to)}`,
          breach: (told, facts) =>
            `${told.who}: ${told.what}, ${told.when}, liegt außerhalb von ${clock(facts.from)} bis ${clock(facts.to)}.`,
        },
        "preferred-hours": {
          title: "Bevorzugte Zeiten",
          rule: "Termine liegen in den Zeiten, die jemand bevorzugt.",
          kept: "Am bevorzugten Vormittag.",
          broken: "Stattdessen am Nachmittag.",
          says: (facts) => `Lieber zwischen ${clock(facts.from)} und ${clock(facts.to)}`,
          breach: (told, facts) =>
            `${told.who}: ${told.what}, ${told.when}, liegt außerhalb der bevorzugten Zeiten von ${clock(facts.from)} bis ${clock(facts.to)}.`,
        },
        notice: {
          title: "Vorlauf",
          rule: "Nichts wird zu kurzfristig geplant.",
          kept: "In fünf Stunden.",
          broken: "In einer Stunde.",
          says: (facts) => `Mindestens ${hoursText(facts.notice)} vorher`,
          breach: (told, facts) =>
            `${told.what}, ${told.when}, kommt mit weniger als ${hoursText(facts.notice)} Vorlauf.`,
        },
        window: {
          title: "Planungsfrist",
          rule: "Nichts wird zu weit voraus geplant.",
          kept: "Später am selben Tag.",
          broken: "Zwei Tage voraus, wo einer erlaubt ist.",
          says: (facts) => `Höchstens ${days(facts.days)} voraus`,
          breach: (told, facts) =>
            `${told.what}, ${told.when}, liegt ${days(facts.ahead)} voraus, die Grenze ist ${format.number(facts.days)}.`,
        },
        apart: {
          title: "Getrennt",
          rule: "Manche Personen sind in nichts gemeinsam.",
          kept: "Mit jemand anderem.",
          broken: "Mit jemandem, von dem man getrennt bleibt.",
          says: (_facts, others) => `In nichts gemeinsam mit ${others}`,
          breach: (told) =>
            `${told.what}, ${told.when}, bringt ${told.who} mit ${told.others} zusammen: sie bleiben getrennt.`,
        },
        together: {
          title: "Nicht ohne jemanden",
          rule: "Manche werden nur zusammen mit anderen eingeplant.",
          kept: "Ein Fahrschüler mit einer Fahrlehrerin.",
          broken: "Ein Fahrschüler allein.",
          says: (_facts, others) => `Nur zusammen mit ${others}`,
          breach: (told) =>
            `${told.what}, ${told.when}, nimmt ${told.who} ohne ${told.others}, und jemand davon muss dabei sein.`,
        },
        rooms: {
          title: "Erlaubte Räume und Dinge",
          rule: "Nur manche Räume und Dinge werden benutzt.",
          kept: "In einem erlaubten Raum.",
          broken: "In einem anderen Raum.",
          says: (_facts, others) => `Nur ${others}`,
          breach: (told) => `${told.what}, ${told.when}, braucht ${told.others}; ${told.who} darf das nicht benutzen.`,
        },
        skills: {
          title: "Fähigkeiten",
          rule: "Wer etwas tut, kann es auch.",
          kept: "Wer es tut, hat die Fähigkeit auf der nötigen Stufe.",
          broken: "Wer es tut, hat eine andere Fähigkeit.",
          says: (facts, others) => (facts.level === 1 ? `Nötig: ${others}` : `Nötig: ${others}, Stufe ${facts.level}`),
          breach: (told, facts) => {
            const needs = `nötig für ${told.what}, ${told.when}${facts.level === 1 ? "" : `, ist Stufe ${facts.level}`}.`;
            if (facts.ended !== undefined)
              return `${told.who}: „${told.others}“ endete am ${format.date(facts.ended)}; ${needs}`;
            if (facts.begins !== undefined)
              return `${told.who}: „${told.others}“ erst ab ${format.date(facts.begins)}; ${needs}`;
            return facts.has === 0
              ? `${told.who}: „${told.others}“ fehlt; ${needs}`
              : `${told.who}: „${told.others}“ auf Stufe ${facts.has}; ${needs}`;
          },
        },
        capacity: {
          title: "Plätze",
          rule: "Es gibt einen Platz für alle.",
          kept: "Zehn Personen in einem Raum für zwölf.",
          broken: "Zwanzig Personen in einem Raum für zwölf.",
          says: () => "Nicht mehr Personen als Plätze",
          breach: (told, facts) =>
            `${told.who} hat ${format.plural(facts.places, { one: "# Platz", other: "# Plätze" })}, und ${told.what}, ${told.when}, bringt ${format.plural(facts.guests, { one: "# Person", other: "# Personen" })}.`,
        },
      },
    },
  };
};
