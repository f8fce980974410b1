import { decimals, type en } from "./models-en.ts";

export const de: typeof en = (format) => {
  const commitments = (count: number) => format.plural(count, { one: "# Termin", other: "# Terminen" });
  const people = (count: number) => format.plural(count, { one: "# Person", other: "# Personen" });
  return {
    title: "Aus der Geschichte der Organisation",
    intro:
      "Was aus Geplantem wird: verschoben, abgesagt, abgelehnt oder im Konflikt. Gelernt wird aus dem, was war, ohne Namen. Es warnt und entscheidet nichts.",
    madeUp:
      "Dies ist eine Demo: Ihre Geschichte hat ein angegebener Zufall erfunden. So zeigt der Bericht neben dem Erreichten auch, was bestenfalls möglich ist. Auch eine Erprobung wird an erfundenen Wochen geprüft.",
    off: "Aus der Geschichte wird nichts gelernt. Es beginnt, sobald die Menschen hier zugestimmt haben.",
    offForOthers: "Aus der Geschichte wird nichts gelernt. Die Verwaltung kann beginnen, sobald alle zugestimmt haben.",
    allow: "Lernen erlauben …",
    allowTitle: "Wozu haben die Menschen hier zugestimmt?",
    allowSubmit: "Lernen erlauben",
    changeWords: "Wortlaut ändern …",
    changeTitle: "Wozu haben die Menschen stattdessen zugestimmt?",
    changeSubmit: "Sichern",
    changeHint:
      "Was unter anderem Wortlaut gelesen wurde, zählt nicht mehr. Neues wird noch einmal gelesen, die letzten 29 Tage.",
    consent: "Wer wann wozu zugestimmt hat",
    consentHint: "Zum Beispiel: Alle haben am 12. Januar zugestimmt, dass Verschieben und Absagen gelernt wird.",
    consentNeeded: "Ohne Zustimmung wird von niemandem gelernt.",
    optOut: "Wer das Lernen oben ausschaltet, bleibt außen vor; was davon gelesen war, wird gelöscht.",
    agreed: (consent) => `Zugestimmt: „${consent}“`,
    stop: "Nicht mehr lernen",
    said: {
      on: "Aus der Geschichte wird gelernt",
      off: "Aus der Geschichte wird nicht gelernt",
      words: "Der Wortlaut ist geändert",
    },
    history: "Geschichte",
    count: (rows, count) => `Aus ${commitments(rows)} von ${people(count)} kann gelernt werden.`,
    few: (usable, needed) =>
      `Noch nicht genug Geschichte: ${format.number(usable)} von ${format.number(needed)} Terminen. Bis dahin gibt es kein Modell und keine Vorhersage.`,
    fewHint: (rows) =>
      `Bisher ${format.plural(rows, { one: "# gelesen", other: "# gelesen" })}; Menschen zählen ab 100. Die letzten 29 Tage werden sofort gelesen, dann jeder Tag.`,
    madeUpCount: (rows) => `${format.plural(rows, { one: "# erfundener Termin", other: "# erfundene Termine" })}.`,
    progress: "Wie viel Geschichte es gibt",
    download: "Geschichte herunterladen",
    downloadHint: "Zeilen ohne Namen und Titel, für hourwright model train.",
    train: "Modell lernen lassen",
    weekly: "Jede Woche wird von selbst neu gelernt.",
    training: (part) => `Ein Modell lernt: ${format.percent(part)}`,
    waiting: "Das Lernen wartet, bis es an der Reihe ist.",
    cancel: "Lernen abbrechen",
    trainingSaid: { started: "Das Lernen hat begonnen", cancelled: "Das Lernen ist abgebrochen" },
    cancelled: "Das letzte Lernen wurde abgebrochen.",
    failed: (sentence) => `Aus dem letzten Lernen wurde nichts: ${sentence}`,
    foretelling: {
      off: "Vorhergesagt wird nichts: Kein Modell ist zugelassen und freigegeben.",
      canary: (version) =>
        `Modell ${version} wird bei 5 % der Menschen erprobt, immer denselben; für alle anderen wird nichts vorhergesagt.`,
      serving: (version) => `Modell ${version} sagt für alle vorher.`,
      both: (serving, canary) =>
        `Modell ${serving} sagt für alle vorher; Modell ${canary} wird bei 5 % der Menschen erprobt.`,
      coming: (count) =>
        format.plural(count, {
          one: "Vorhergesagt ist etwas zu # kommenden Termin.",
          other: "Vorhergesagt ist etwas zu # kommenden Terminen.",
        }),
    },
    versions: "Modelle",
    none: "Noch gibt es kein Modell. Ob eines erprobt werden darf, entscheiden Wochen, die es nicht gesehen hat.",
    noneForOthers: "Noch gibt es kein Modell.",
    model: (version) => `Modell ${version}`,
    states: {
      refused: "bleibt aus",
      candidate: "darf erprobt werden",
      canary: "bei 5 % erprobt",
      serving: "gilt für alle",
      retired: "beiseitegelegt",
      "rolled back": "zurückgenommen",
    },
    brief: (auc, baseline) => `AUC ${decimals(auc, format)}, einfach ${decimals(baseline, format)}`,
    from: (day, rows) => `${day} · aus ${commitments(rows)}`,
    watched: (count, needed) =>
      `${format.number(Math.min(count, needed))} von ${format.number(needed)} Ausgängen gesehen, bevor es für alle gelten darf`,
    try: "Bei 5 % erproben",
    serve: "Für alle freigeben",
    rollBack: "Zurücknehmen",
    retire: "Beiseitelegen",
    remove: "Löschen",
    of: (deed, version) => `${deed}: Modell ${version}`,
    removeTitle: (version) => `Modell ${version} löschen?`,
    removeSentence: "Mit dem Modell gehen seine Karte und seine Messwerte. Das lässt sich nicht rückgängig machen.",
    details: "Karte und Messwerte",
    measures: "In Wochen, die es nicht gesehen hatte",
    heads: { of: "Gemessen", auc: "AUC (Fläche)", f1: "Makro-F1", calibration: "Daneben um", worst: "Höchstens" },
    measured: {
      model: "Dieses Modell",
      rules: "Einfach: Regeln",
      "logistic regression": "Einfach: Regression",
      limit: "Das Bestmögliche",
    },
    number: (value) => decimals(value, format),
    limitHint: "Das Bestmögliche erreicht, wer den Zufall kennt, der alles erfunden hat: Besser kann es niemand.",
    noLimit: "Das Bestmögliche ist nicht bekannt: Dies sind wirkliche Menschen.",
    outputs: "Nach dem, was daraus wird",
    outputHeads: {
      output: "Ausgang",
      happened: "Eingetreten",
      auc: "AUC (Fläche)",
      limit: "Möglich",
      calibration: "Daneben um",
    },
    output: {
      no_conflict: "Findet ohne Konflikt statt",
      time_overlap: "Anderes liegt quer",
      travel_conflict: "Der Weg ist zu lang",
      capacity_overload: "Zu viel an diesem Tag",
      resource_conflict: "Raum oder Gerät belegt",
      moved: "Verschoben",
      cancelled: "Abgesagt",
      refused: "Von jemandem abgelehnt",
      missed: "Jemand kam nicht",
    },
    card: "Woraus es gelernt hat",
    cardRows: (rows, count, from, to) => `Aus ${commitments(rows)} von ${people(count)}, ${from} bis ${to}.`,
    cardLeft: (rows) => `${format.number(rows)} von Menschen mit wenigen blieben außen vor.`,
    judged: (fit, validation, heldOut) =>
      `Gelernt aus ${format.number(fit)}, angehalten von ${format.number(validation)}, geprüft an den letzten ${format.number(heldOut)}.`,
    schema: (version, hash) => `Merkmale ${version}, ${hash}`,
    steps: "Was daraus wurde",
    forget: "Geschichte und Modelle löschen …",
    forgetTitle: "Alles löschen, was aus der Geschichte gelernt wurde?",
    forgetSentence:
      "Die Geschichte, alle Modelle und der Schlüssel, der Menschen benannte, gehen; das Lernen endet. Das lässt sich nicht rückgängig machen.",
    forgetSubmit: "Alles löschen",
    forgotten: "Geschichte und Modelle sind gelöscht",
  };
};
