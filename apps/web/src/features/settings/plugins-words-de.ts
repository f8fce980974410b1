import type { PluginWords } from "./plugins-words-en.ts";

export const de = (): PluginWords => ({
  title: "Erweiterungen",
  intro:
    "Regeln, die andere geschrieben haben, als Ordner auf dem Server. Was zugelassen ist, sieht an, was schon steht, und weist hin; es lehnt nichts ab.",
  noFolder: "Dieser Server hat keinen Ordner für Erweiterungen. Wer ihn betreibt, nennt einen mit PLUGINS_DIR.",
  empty: "Der Ordner für Erweiterungen ist leer. Jede gehört in einen eigenen Ordner: plugin.json und ihr Modul.",
  release: (release) => `Fassung ${release}`,
  hash: (hash) => `Prüfsumme ${hash}`,
  allow: "Zulassen",
  allowOf: (title) => `${title} zulassen`,
  again: "Neu zulassen",
  againOf: (title) => `${title} neu zulassen`,
  changeOf: (title) => `Die Zahlen von ${title} ändern`,
  forget: "Verwerfen",
  forgetOf: (title) => `${title} verwerfen`,
  allowed: (title) => `„${title}“ ist zugelassen`,
  forgotten: (title) => `„${title}“ ist nicht mehr zugelassen`,
  warning:
    "Nur zulassen, was gelesen wurde. Es sieht, wann Menschen belegt sind, wo und mit wie vielen, aber keine Namen und Titel. Es läuft für sich, ohne Dateien, Netz und Gedächtnis; doch keine Wand ist ganz dicht.",
  compare:
    "Zugelassen wird, was diese Prüfsumme hat. Zu vergleichen ist sie mit der des Autors oder mit dem Befehl hourwright plugin hash.",
  states: {
    allowed: "zugelassen",
    "not-allowed": "nicht zugelassen",
    changed: "seither geändert",
    off: "abgeschaltet",
    missing: "fehlt",
    unreadable: "unlesbar",
    unused: "nicht verwendet",
  },
  means: {
    changed: "Es ist nicht, was zugelassen wurde, und läuft deshalb nicht.",
    missing: "Zugelassen, und nicht mehr im Ordner.",
    unused: "Ein Verfahren: Der Server fragt bisher nur Regeln.",
  },
});
