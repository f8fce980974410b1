import type { identitySays as english, InAnyLanguage } from "@hourwright/contract";
import type { Formats } from "../../format.ts";

/** What refusals about people, things and accounts say to do, by reason. */
export const identitySays = (format: Formats): InAnyLanguage<typeof english> => {
  const { number } = format;
  const already = ({ most }: { readonly most: number }) => `Es gibt schon ${number(most)}, mehr sind nicht möglich.`;
  return {
    "wrong-credentials": {
      check: () => "Bitte beides prüfen, und ob die Feststelltaste an ist.",
      join: () => "Zu dieser Adresse gibt es hier schon ein Konto: bitte mit dessen Passwort beitreten.",
    },
    "session-ended": {
      ended: () => "Bitte wieder anmelden.",
      twice: () => "Die Sitzung wurde zur Sicherheit beendet. Bitte wieder anmelden.",
    },
    "demo-only": {
      "sign-in": () => "Bitte mit E-Mail-Adresse und Passwort anmelden.",
    },
    "account-disabled": {
      reached: () => "Konten der Demo sind aus, weil andere Geräte diesen Server erreichen.",
    },
    "setup-code-wrong": {
      read: () => "Bitte noch einmal im Terminal nachsehen; der Code ändert sich mit jedem Start.",
    },
    "setup-done": {
      "sign-in": () => "Bitte anmelden oder um eine Einladung bitten.",
    },
    "unknown-zone": {
      zone: ({ zone }) => `Eine Zeitzone „${zone}“ gibt es nicht. Zeitzonen heißen etwa Europe/Prague.`,
    },
    "unknown-pool": {
      pool: () => "Er wurde aufgelöst, oder es gab ihn nie.",
    },
    "email-taken": {
      other: ({ email, name, retired }) =>
        `„${email}“ ist die Adresse von ${name}${retired ? ", nicht mehr hier: bitte stattdessen wieder aufnehmen" : ""}.`,
      "signs-in": ({ name }) => `${name} hat schon ein Konto.`,
      invited: () => "Bitte um eine Einladung auf den eigenen Namen bitten.",
      member: () => "Das Konto gibt es schon: bitte anmelden.",
    },
    needed: {
      yourself: () => "Sich selbst kann niemand entfernen; das muss jemand anderes tun.",
      owner: () => "Nur wer selbst die Inhaberschaft hat, kann jemanden mit dieser Rolle entfernen.",
      "last-owner": ({ name }) =>
        `Nur ${name} hat die Inhaberschaft. Bitte zuerst noch jemanden mit dieser Rolle einladen.`,
    },
    retired: {
      nothing: ({ name }) => `${name} nimmt nichts Neues an.`,
    },
    "thresholds-out-of-order": {
      order: () => "Erst kommt ruhig, dann voll, dann zu viel.",
    },
    "role-too-high": {
      owner: () => "Die Inhaberschaft vergibt nur, wer sie selbst hat.",
    },
    "invitation-over": {
      ask: () => "Bitte um einen neuen Link bitten.",
    },
    "invitation-not-yours": {
      address: () => "Bitte mit der Adresse beitreten, an die sie ging.",
    },
    "department-invalid": {
      parent: () => "Die Abteilung darüber gibt es nicht mehr.",
      deep: ({ levels, most }) => `Sie läge auf Ebene ${number(levels)}, möglich sind höchstens ${number(most)}.`,
      named: ({ name }) => `Daneben gibt es schon eine Abteilung „${name}“.`,
      itself: ({ name }) => `„${name}“ kann nicht zu sich selbst gehören.`,
      loop: ({ name, parent }) =>
        `„${name}“ kann nicht zu „${parent}“ gehören, denn „${parent}“ gehört schon zu „${name}“.`,
      twice: () => "Jemand ist doppelt genannt.",
      department: () => "Eine der Abteilungen gibt es nicht mehr.",
      person: () => "Jemand davon ist nicht hier.",
      manager: () => "Jemand, der sie führen soll, ist nicht hier.",
    },
    "department-not-empty": {
      inside: ({ name, people, departments }) =>
        `Zu „${name}“ ${people + departments === 1 ? "gehört" : "gehören"} noch ${format.list([
          ...(people === 0 ? [] : [format.plural(people, { one: "eine Person", other: "# Personen" })]),
          ...(departments === 0 ? [] : [format.plural(departments, { one: "eine Abteilung", other: "# Abteilungen" })]),
        ])}: bitte zuerst anderswo unterbringen.`,
    },
    "too-many-departments": {
      most: already,
    },
    "too-many-tokens": {
      most: ({ most }) => `Es gibt schon ${number(most)}: bitte zuerst eines widerrufen.`,
    },
    "no-demo": {
      nothing: () => "Es gibt nichts zu entfernen.",
    },
  };
};
