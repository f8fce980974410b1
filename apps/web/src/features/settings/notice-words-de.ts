import type { NoticeWords } from "./notice-words-en.ts";

export const de = (): NoticeWords => ({
  intro: "Was dich betrifft, steht unter der Glocke. Per E-Mail liest du davon auch, was du hier wählst.",
  language: "E-Mail kommt auf",
  languages: { en: "Englisch", de: "Deutsch" },
  mail: "Auch per E-Mail",
  kinds: {
    cover: "Wenn jemand krank ist und du nach der Schicht gefragt wirst",
    swap: "Wenn dir ein Tausch vorgeschlagen wird, und was aus deinen wird",
    "open-shift": "Wenn eine Schicht angeboten wird, die du übernehmen kannst",
    approval: "Wenn du etwas genehmigen sollst, und was aus deinen Anträgen wird",
    roster: "Wenn ein Dienstplan mit Schichten von dir veröffentlicht oder geändert wird",
  },
  saved: "Deine E-Mail wurde geändert",
});
