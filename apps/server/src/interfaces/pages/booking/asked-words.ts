import type { Language } from "./words.ts";

type State = "open" | "late" | "yes" | "no" | "taken" | "over" | "cancelled" | "declined" | "done" | "cannot";

/** What somebody is told who is asked to work a shift or to swap, in one language. */
export type AskedWords = {
  readonly step: Readonly<Record<"cover" | "swap", (others: string) => string>>;
  readonly title: Readonly<Record<"cover" | "swap", Readonly<Record<State, string>>>>;
  readonly lead: Readonly<Record<"cover" | "swap", (name: string, by: string, others: string) => string>>;
  /** What follows from a state, beside its title. */
  readonly more: Readonly<Partial<Record<State, string>>>;
  readonly yes: Readonly<Record<"cover" | "swap", string>>;
  readonly no: string;
  readonly stillYes: string;
  readonly shift: string;
  readonly youWork: string;
  readonly youGive: string;
  readonly site: string;
  readonly note: (by: string) => string;
  readonly until: string;
  readonly zone: string;
  readonly why: string;
  readonly private: string;
  readonly and: (names: readonly string[]) => string;
};

const listIn = (language: Language) => (names: readonly string[]) =>
  new Intl.ListFormat(language, { type: "conjunction" }).format(names);

const en: AskedWords = {
  step: { cover: (others) => `Cover for ${others}`, swap: (others) => `Swap with ${others}` },
  title: {
    cover: {
      open: "Can you work this shift?",
      late: "Can you still work this shift?",
      yes: "The shift is yours. Thank you!",
      no: "You have said no",
      taken: "Somebody else has taken it. Thank you!",
      over: "Nobody is asked any more",
      cancelled: "You are not needed any more",
      declined: "You have said no",
      done: "The shift is yours. Thank you!",
      cannot: "This shift cannot be yours",
    },
    swap: {
      open: "Do you swap?",
      late: "Do you swap?",
      yes: "You have said yes",
      no: "You have said no",
      taken: "The swap is decided",
      over: "One of the shifts has begun",
      cancelled: "The swap was taken back",
      declined: "The swap does not take place",
      done: "Everybody agrees",
      cannot: "This swap cannot be done",
    },
  },
  lead: {
    cover: (name, by, others) => `Hello ${name}, ${others} is away, and ${by} asks you to work this shift.`,
    swap: (name, by, others) =>
      `Hello ${name}, ${by} proposes to swap shifts${others === by ? "" : `, with ${others} as well`}.`,
  },
  more: {
    late: "The time to answer has gone by and others are asked as well. Whoever says yes first has it.",
    yes: "It stands in your schedule.",
    no: "If you can after all, say so while nobody else has.",
    taken: "Others were asked too, and one of them was first. Nothing changes for you.",
    over: "Nothing changes for you.",
    cancelled: "Nothing changes for you.",
    declined: "Somebody has said no. Nothing changes for you.",
    done: "Whoever approves swaps is asked now. Until then nothing changes.",
  },
  yes: { cover: "Yes, I work it", swap: "Yes, I swap" },
  no: "No",
  stillYes: "Yes, I can after all",
  shift: "Shift",
  youWork: "You work",
  youGive: "You give",
  site: "Where",
  note: (by) => `${by} writes`,
  until: "Answer until",
  zone: "Times are in",
  why: "Why",
  private: "This link is for you alone: whoever has it can answer for you.",
  and: listIn("en"),
};

const de: AskedWords = {
  step: { cover: (others) => `Vertretung für ${others}`, swap: (others) => `Tausch mit ${others}` },
  title: {
    cover: {
      open: "Ist diese Schicht möglich?",
      late: "Ist diese Schicht noch möglich?",
      yes: "Die Schicht ist vergeben – danke!",
      no: "Abgesagt",
      taken: "Jemand anderes hat sie übernommen. Danke!",
      over: "Es wird niemand mehr gefragt",
      cancelled: "Die Vertretung ist nicht mehr nötig",
      declined: "Abgesagt",
      done: "Die Schicht ist vergeben – danke!",
      cannot: "Diese Schicht ist nicht möglich",
    },
    swap: {
      open: "Schichten tauschen?",
      late: "Schichten tauschen?",
      yes: "Zugesagt",
      no: "Abgesagt",
      taken: "Über den Tausch ist entschieden",
      over: "Eine der Schichten hat begonnen",
      cancelled: "Der Tausch wurde zurückgezogen",
      declined: "Der Tausch kommt nicht zustande",
      done: "Alle sind einverstanden",
      cannot: "Dieser Tausch ist nicht möglich",
    },
  },
  lead: {
    cover: (name, by, others) => `Hallo ${name}, ${others} fällt aus, und ${by} bittet um Übernahme dieser Schicht.`,
    swap: (name, by, others) =>
      `Hallo ${name}, ${by} schlägt einen Tausch von Schichten vor${others === by ? "" : `, auch mit ${others}`}.`,
  },
  more: {
    late: "Die Frist ist um, andere werden auch gefragt. Wer zuerst zusagt, bekommt die Schicht.",
    yes: "Die Schicht steht jetzt im eigenen Dienstplan.",
    no: "Doch möglich? Eine Zusage geht noch, solange niemand anderes zugesagt hat.",
    taken: "Auch andere wurden gefragt, und jemand war schneller. Am eigenen Dienstplan ändert sich nichts.",
    over: "Am eigenen Dienstplan ändert sich nichts.",
    cancelled: "Am eigenen Dienstplan ändert sich nichts.",
    declined: "Jemand hat abgesagt. Am eigenen Dienstplan ändert sich nichts.",
    done: "Nun wird gefragt, wer Tausche genehmigt. Bis dahin ändert sich nichts.",
  },
  yes: { cover: "Ja, ich übernehme", swap: "Ja, ich tausche" },
  no: "Nein",
  stillYes: "Ja, doch",
  shift: "Schicht",
  youWork: "Neu zu arbeiten",
  youGive: "Abzugeben",
  site: "Wo",
  note: (by) => `${by} schreibt`,
  until: "Antwort bis",
  zone: "Zeiten in",
  why: "Grund",
  private: "Dieser Link ist persönlich: wer ihn hat, kann damit antworten.",
  and: listIn("de"),
};

const fr: AskedWords = {
  step: { cover: (others) => `Remplacement de ${others}`, swap: (others) => `Échange avec ${others}` },
  title: {
    cover: {
      open: "Pouvez-vous assurer ce service ?",
      late: "Pouvez-vous encore assurer ce service ?",
      yes: "Le service est à vous. Merci !",
      no: "Vous avez répondu non",
      taken: "Quelqu’un d’autre l’a pris. Merci !",
      over: "Plus personne n’est sollicité",
      cancelled: "Le remplacement n’est plus nécessaire",
      declined: "Vous avez répondu non",
      done: "Le service est à vous. Merci !",
      cannot: "Ce service ne peut pas être le vôtre",
    },
    swap: {
      open: "Acceptez-vous l’échange ?",
      late: "Acceptez-vous l’échange ?",
      yes: "Vous avez répondu oui",
      no: "Vous avez répondu non",
      taken: "L’échange est décidé",
      over: "L’un des services a commencé",
      cancelled: "L’échange a été retiré",
      declined: "L’échange n’a pas lieu",
      done: "Tout le monde est d’accord",
      cannot: "Cet échange est impossible",
    },
  },
  lead: {
    cover: (name, by, others) =>
      `Bonjour ${name}, ${others} n’est pas disponible, et ${by} vous demande d’assurer ce service.`,
    swap: (name, by, others) =>
      `Bonjour ${name}, ${by} propose un échange de services${others === by ? "" : `, avec ${others} aussi`}.`,
  },
  more: {
    late: "Le délai est passé et d’autres sont sollicités. Le premier oui l’emporte.",
    yes: "Il figure dans votre planning.",
    no: "Si vous pouvez finalement, dites-le tant que personne d’autre n’a accepté.",
    taken: "D’autres ont été sollicités, et quelqu’un a été plus rapide. Rien ne change pour vous.",
    over: "Rien ne change pour vous.",
    cancelled: "Rien ne change pour vous.",
    declined: "Quelqu’un a répondu non. Rien ne change pour vous.",
    done: "Les responsables sont sollicités. D’ici là, rien ne change.",
  },
  yes: { cover: "Oui, je l’assure", swap: "Oui, j’échange" },
  no: "Non",
  stillYes: "Oui, finalement",
  shift: "Service",
  youWork: "Vous assurez",
  youGive: "Vous cédez",
  site: "Où",
  note: (by) => `${by} écrit`,
  until: "Répondre avant",
  zone: "Heures de",
  why: "Raison",
  private: "Ce lien est personnel : qui le possède peut répondre à votre place.",
  and: listIn("fr"),
};

const es: AskedWords = {
  step: { cover: (others) => `Sustitución de ${others}`, swap: (others) => `Cambio con ${others}` },
  title: {
    cover: {
      open: "¿Puedes hacer este turno?",
      late: "¿Puedes hacer todavía este turno?",
      yes: "El turno es tuyo. ¡Gracias!",
      no: "Has dicho que no",
      taken: "Otra persona lo ha aceptado. ¡Gracias!",
      over: "Ya no se pregunta a nadie",
      cancelled: "Ya no hace falta",
      declined: "Has dicho que no",
      done: "El turno es tuyo. ¡Gracias!",
      cannot: "Este turno no puede ser tuyo",
    },
    swap: {
      open: "¿Aceptas el cambio?",
      late: "¿Aceptas el cambio?",
      yes: "Has dicho que sí",
      no: "Has dicho que no",
      taken: "El cambio está decidido",
      over: "Uno de los turnos ha empezado",
      cancelled: "El cambio se ha retirado",
      declined: "El cambio no se hace",
      done: "Todos están de acuerdo",
      cannot: "Este cambio no es posible",
    },
  },
  lead: {
    cover: (name, by, others) => `Hola ${name}: ${others} no está, y ${by} te pide que hagas este turno.`,
    swap: (name, by, others) =>
      `Hola ${name}: ${by} propone cambiar turnos${others === by ? "" : `, también con ${others}`}.`,
  },
  more: {
    late: "El plazo ha pasado y se pregunta a otras personas. Quien diga sí primero lo tiene.",
    yes: "Está en tu horario.",
    no: "Si al final puedes, dilo mientras nadie más haya aceptado.",
    taken: "Se preguntó a otras personas y alguien fue más rápido. Para ti no cambia nada.",
    over: "Para ti no cambia nada.",
    cancelled: "Para ti no cambia nada.",
    declined: "Alguien ha dicho que no. Para ti no cambia nada.",
    done: "Ahora se pregunta a quien aprueba los cambios. Hasta entonces no cambia nada.",
  },
  yes: { cover: "Sí, lo hago", swap: "Sí, cambio" },
  no: "No",
  stillYes: "Sí, al final puedo",
  shift: "Turno",
  youWork: "Haces",
  youGive: "Cedes",
  site: "Dónde",
  note: (by) => `${by} escribe`,
  until: "Responder hasta",
  zone: "Horas de",
  why: "Motivo",
  private: "Este enlace es solo para ti: quien lo tiene puede responder por ti.",
  and: listIn("es"),
};

const tables: Readonly<Record<Language, AskedWords>> = { en, de, fr, es };
export const askedWordsOf = (language: Language): AskedWords => tables[language];
