import type { FollowWords } from "./follow-words-en.ts";

export const de = (): FollowWords => ({
  title: "In einem anderen Kalender",
  shifts:
    "Die eigenen Schichten im Kalender von Telefon oder Rechner. Er fragt von selbst etwa jede Stunde nach und zeigt, was genehmigt ist.",
  league:
    "Die Spiele im Kalender von Telefon oder Rechner. Er fragt von selbst etwa jede Stunde nach; was nicht veröffentlicht ist, steht als vorläufig darin.",
  make: "Adresse anlegen",
  private: "Privat: Wer sie kennt, kann lesen, was dort steht, und sonst nichts.",
  address: "Private Adresse",
  copy: "Kopieren",
  copied: "Die Adresse ist kopiert",
  notCopied: "Hier lässt sie sich nicht kopieren: bitte markieren und von Hand kopieren",
  open: "In der Kalender-App öffnen",
  remove: "Wegnehmen",
  removeTitle: "Die Adresse wegnehmen?",
  removeSentence:
    "Kalender, die ihr folgen, zeigen von jetzt an nichts Neues. Die nächste Adresse wird eine andere sein.",
  removed: "Die Adresse ist weggenommen",
  of: "Welche Spiele",
  all: "Alle Mannschaften",
});
