import type { MailedNotice } from "../../notifications/public.ts";

type Language = MailedNotice["language"];

/** What a message is called, what it says first, and what its link does. */
type Says = {
  readonly subject: (title: string) => string;
  readonly lead: (by: string) => string;
  readonly link: string;
};

/** Every word of a message to the organisation's own people, in one language. */
export type PeopleWords = {
  readonly hello: (name: string | null) => string;
  readonly of: (kind: string) => Says;
  readonly what: string;
  readonly when: string;
  readonly by: string;
  readonly keepLink: string;
  readonly whyThis: (organisation: string) => string;
};

/** News of a kind that has no words of its own says what it is called. */
const wordsIn =
  (table: Readonly<Record<string, Says>>, other: Says) =>
  (kind: string): Says =>
    table[kind] ?? other;

const LOOK_EN = "Open Hourwright";
const en: PeopleWords = {
  hello: (name) => (name === null ? "Hello," : `Hello ${name},`),
  of: wordsIn(
    {
      cover: {
        subject: (title) => `Can you work the ${title}?`,
        lead: (by) => `${by} asks whether you can work a shift of somebody who is away. Whoever says yes first has it.`,
        link: "Answer yes or no",
      },
      "cover-over": {
        subject: (title) => `Not needed any more: ${title}`,
        lead: () => "You were asked whether you can work this shift. You need not any more. Thank you!",
        link: LOOK_EN,
      },
      "cover-covered": {
        subject: (title) => `Covered: ${title}`,
        lead: () => "Somebody has said yes to the shift for which you have asked for cover.",
        link: LOOK_EN,
      },
      "cover-nobody": {
        subject: (title) => `Nobody was found: ${title}`,
        lead: () => "Nobody has said yes to the shift for which you have asked for cover, and nobody else is asked.",
        link: LOOK_EN,
      },
      "bid-won": {
        subject: (title) => `The shift is yours: ${title}`,
        lead: () => "The open shift on which you have bid is yours.",
        link: LOOK_EN,
      },
      "bid-lost": {
        subject: (title) => `Somebody else has it: ${title}`,
        lead: () => "The open shift on which you have bid went to somebody else, or is not offered any more.",
        link: LOOK_EN,
      },
      swap: {
        subject: (title) => `Do you swap? ${title}`,
        lead: (by) => `${by} proposes to swap shifts with you.`,
        link: "Look at it, and answer",
      },
      "swap-agreed": {
        subject: (title) => `Everybody agrees to the swap: ${title}`,
        lead: () => "Everybody has said yes. Whoever approves swaps is asked now.",
        link: LOOK_EN,
      },
      "swap-declined": {
        subject: (title) => `No swap: ${title}`,
        lead: () => "The swap does not take place. Nothing changes for you.",
        link: LOOK_EN,
      },
      approval: {
        subject: (title) => `Please approve: ${title}`,
        lead: (by) => `${by} asks for something that you can approve or decline.`,
        link: "See what it would do, and answer",
      },
      "approval-approved": {
        subject: (title) => `Approved: ${title}`,
        lead: () => "What you have asked for, or what concerns you, was approved.",
        link: LOOK_EN,
      },
      "approval-declined": {
        subject: (title) => `Declined: ${title}`,
        lead: () => "What you have asked for, or what concerns you, was declined.",
        link: "Read why",
      },
      "approval-lapsed": {
        subject: (title) => `Nobody answered: ${title}`,
        lead: () => "What you have asked for has lapsed: nobody answered in time.",
        link: LOOK_EN,
      },
      roster: {
        subject: (title) => `Your shifts: ${title}`,
        lead: (by) =>
          `${by} has published a roster that has something new or changed for you. Please say that you have seen it.`,
        link: "See your shifts",
      },
      "roster-withdrawn": {
        subject: (title) => `Taken back: ${title}`,
        lead: (by) => `${by} has taken back a roster that had something new or changed for you.`,
        link: "See your shifts",
      },
    },
    { subject: (title) => title, lead: (by) => `${by} has news for you.`, link: LOOK_EN },
  ),
  what: "What",
  when: "When",
  by: "From",
  keepLink: "This link is for you alone: whoever has it can answer for you.",
  whyThis: (organisation) =>
    `You get this message because you work with ${organisation}. What is mailed to you is chosen in the settings, under notices.`,
};

const LOOK_DE = "Hourwright öffnen";
const de: PeopleWords = {
  hello: (name) => (name === null ? "Hallo," : `Hallo ${name},`),
  of: wordsIn(
    {
      cover: {
        subject: (title) => `Vertretung möglich? ${title}`,
        lead: (by) => `${by} bittet um Übernahme einer Schicht, weil jemand ausfällt. Wer zuerst zusagt, bekommt sie.`,
        link: "Ja oder nein sagen",
      },
      "cover-over": {
        subject: (title) => `Nicht mehr nötig: ${title}`,
        lead: () => "Für diese Schicht wird keine Vertretung mehr gesucht. Danke!",
        link: LOOK_DE,
      },
      "cover-covered": {
        subject: (title) => `Vertretung gefunden: ${title}`,
        lead: () => "Für die Schicht hat jemand zugesagt.",
        link: LOOK_DE,
      },
      "cover-nobody": {
        subject: (title) => `Keine Vertretung gefunden: ${title}`,
        lead: () => "Für die Schicht hat niemand zugesagt, und es wird niemand mehr gefragt.",
        link: LOOK_DE,
      },
      "bid-won": {
        subject: (title) => `Schicht bekommen: ${title}`,
        lead: () => "Die Bewerbung um die offene Schicht war erfolgreich.",
        link: LOOK_DE,
      },
      "bid-lost": {
        subject: (title) => `Schicht anders vergeben: ${title}`,
        lead: () => "Die offene Schicht ging an jemand anderen oder wird nicht mehr angeboten.",
        link: LOOK_DE,
      },
      swap: {
        subject: (title) => `Schichten tauschen? ${title}`,
        lead: (by) => `${by} schlägt einen Tausch von Schichten vor.`,
        link: "Ansehen und antworten",
      },
      "swap-agreed": {
        subject: (title) => `Alle sind einverstanden: ${title}`,
        lead: () => "Alle haben zugesagt. Nun wird gefragt, wer Tausche genehmigt.",
        link: LOOK_DE,
      },
      "swap-declined": {
        subject: (title) => `Kein Tausch: ${title}`,
        lead: () => "Der Tausch kommt nicht zustande. Am eigenen Dienstplan ändert sich nichts.",
        link: LOOK_DE,
      },
      approval: {
        subject: (title) => `Bitte genehmigen: ${title}`,
        lead: (by) => `${by} bittet um eine Genehmigung.`,
        link: "Ansehen, was sich ändert, und antworten",
      },
      "approval-approved": {
        subject: (title) => `Genehmigt: ${title}`,
        lead: () => "Der Antrag wurde genehmigt.",
        link: LOOK_DE,
      },
      "approval-declined": {
        subject: (title) => `Abgelehnt: ${title}`,
        lead: () => "Der Antrag wurde abgelehnt.",
        link: "Grund ansehen",
      },
      "approval-lapsed": {
        subject: (title) => `Niemand hat geantwortet: ${title}`,
        lead: () => "Der Antrag ist verfallen: niemand hat rechtzeitig geantwortet.",
        link: LOOK_DE,
      },
      roster: {
        subject: (title) => `Eigene Schichten: ${title}`,
        lead: (by) =>
          `${by} hat einen Dienstplan veröffentlicht, in dem eigene Schichten neu oder geändert sind. Bitte bestätigen.`,
        link: "Schichten ansehen",
      },
      "roster-withdrawn": {
        subject: (title) => `Zurückgenommen: ${title}`,
        lead: (by) => `${by} hat einen Dienstplan zurückgenommen, in dem eigene Schichten neu oder geändert waren.`,
        link: "Schichten ansehen",
      },
    },
    { subject: (title) => title, lead: (by) => `Neues von ${by}.`, link: LOOK_DE },
  ),
  what: "Was",
  when: "Wann",
  by: "Von",
  keepLink: "Dieser Link ist persönlich: wer ihn hat, kann damit antworten.",
  whyThis: (organisation) =>
    `Diese Nachricht kommt von ${organisation}. Was per Mail kommt, steht in den Einstellungen unter Mitteilungen.`,
};

const tables: Readonly<Record<Language, PeopleWords>> = { en, de };
export const peopleWordsOf = (language: Language): PeopleWords => tables[language];
