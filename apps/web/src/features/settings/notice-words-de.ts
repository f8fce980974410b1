import type { NoticeWords } from "./notice-words-en.ts";

export const de = (): NoticeWords => ({
  intro: "Was einen selbst betrifft, steht unter der Glocke. Per E-Mail kommt davon auch, was hier gewählt ist.",
  language: "E-Mail kommt auf",
  languages: { en: "Englisch", de: "Deutsch" },
  mail: "Auch per E-Mail",
  kinds: {
    cover: "Wenn jemand krank ist, und die Frage nach der Schicht kommt",
    swap: "Wenn ein Tausch vorgeschlagen wird, und was aus eigenen wird",
    "open-shift": "Wenn eine Schicht angeboten wird, die sich übernehmen lässt",
    approval: "Wenn etwas zu genehmigen ist, und was aus eigenen Anträgen wird",
    roster: "Wenn ein Dienstplan mit eigenen Schichten veröffentlicht oder geändert wird",
  },
  saved: "Deine E-Mail wurde geändert",
});
