import type { Words } from "../words.ts";

/** “de Paris”, “d’Oslo”. */
const ofPlace = (place: string): string => (/^[aeiouyàâäéèêëîïôöùûü]/iu.test(place) ? `d’${place}` : `de ${place}`);

export const fr: Words = {
  locale: "fr",
  severalFrom: (count, moment) => `${count} dates à partir du ${moment}`,
  several: (count) => `Cela concerne ${count} dates d’une série. Chacune peut aussi être consultée séparément.`,
  zoneTime: (place) => `heure ${ofPlace(place)}`,
  subject: {
    requested: (service, moment) => `Demandé : ${service}, ${moment}`,
    confirmed: (service, moment) => `Réservé : ${service}, ${moment}`,
    approved: (service, moment) => `Confirmé : ${service}, ${moment}`,
    declined: (service, moment) => `Refusé : ${service}, ${moment}`,
    moved: (service, moment) => `Nouvel horaire : ${service}, ${moment}`,
    changed: (service, moment) => `Modifié : ${service}, ${moment}`,
    offered: (service, moment) => `Merci de choisir un autre horaire : ${service}, ${moment}`,
    kept: (service, moment) => `Rien ne change : ${service}, ${moment}`,
    cancelled: (service, moment) => `Annulé : ${service}, ${moment}`,
    reminder: (service, moment) => `Rappel : ${service}, ${moment}`,
    offer: (service, moment) => `Un horaire s’est libéré : ${service}, ${moment}`,
    rating: (service, moment) => `Comment cela s’est-il passé ? ${service}, ${moment}`,
  },
  hello: (name) => (name === null ? "Bonjour," : `Bonjour ${name},`),
  lead: {
    requested: ({ organisation }) =>
      `Votre demande a été transmise à ${organisation}. L’horaire vous est réservé ; vous recevrez un message dès qu’il sera confirmé ou refusé.`,
    confirmed: ({ service, organisation }) => `Vous avez réservé « ${service} » auprès de ${organisation}.`,
    approved: ({ service, organisation }) => `${organisation} a confirmé votre réservation « ${service} ».`,
    declined: ({ service, organisation }) =>
      `${organisation} ne peut pas accepter votre réservation « ${service} ». L’horaire est de nouveau libre.`,
    moved: ({ service, organisation }) =>
      `Votre réservation « ${service} » auprès de ${organisation} a changé d’horaire.`,
    changed: ({ service, organisation }) =>
      `Votre réservation « ${service} » auprès de ${organisation} garde son horaire ; la personne ou le matériel a changé.`,
    offered: ({ service, organisation }) =>
      `${organisation} ne peut pas maintenir l’horaire de votre réservation (${service}) : une personne ou un équipement n’est pas disponible. Merci de choisir l’un des horaires ci-dessous. D’ici là, votre réservation reste inchangée.`,
    kept: ({ service, organisation }) =>
      `Votre réservation (${service}) auprès de ${organisation} peut finalement rester à son horaire. Vous n’avez rien à faire.`,
    cancelledByThem: ({ service, organisation }) => `${organisation} a annulé votre réservation « ${service} ».`,
    cancelledByYou: ({ service, organisation }) =>
      `Vous avez annulé votre réservation « ${service} » auprès de ${organisation}.`,
    reminder: ({ service, organisation }) =>
      `Nous vous rappelons votre réservation « ${service} » auprès de ${organisation}.`,
    offer: ({ service, organisation }) =>
      `Vous attendez « ${service} » auprès de ${organisation} : cet horaire s’est libéré pour vous.`,
    rating: ({ service, organisation }) =>
      `Merci de votre visite chez ${organisation} (${service}). Nous avons une seule question à vous poser : y répondre est facultatif et ne prend qu’un instant.`,
  },
  asksAgain: "Le nouvel horaire doit encore être confirmé. Vous recevrez alors un message.",
  offeredUntil: (moment) =>
    `Il vous est réservé jusqu’au ${moment}, dans le même fuseau. Ensuite, il est proposé à la personne suivante.`,
  howWasIt: "Comment s’est passée votre visite ?",
  question: "Question",
  rate: "Répondre",
  answerOffer: "Prendre cet horaire ou le laisser passer",
  whyOffer: (organisation) =>
    `Vous recevez ce message parce que cette adresse a été inscrite sur une liste d’attente de ${organisation}.`,
  when: "Quand",
  before: "Avant",
  instead: "À la place",
  until: "À choisir avant",
  cannotBe: "Impossible",
  choose: "Choisir l’un de ces horaires",
  service: "Quoi",
  whom: "Avec",
  where: "Où",
  places: "Places",
  reason: "Motif",
  policy: "Conditions",
  onYourClock: (place, moment) => `À votre heure, ${place} : ${moment}`,
  manage: "Voir, déplacer ou annuler la réservation",
  look: "Voir la réservation",
  keepLink: "Toute personne disposant de ce lien peut modifier la réservation.",
  whyThis: (organisation) =>
    `Vous recevez ce message parce que cette adresse a été indiquée pour une réservation auprès de ${organisation}.`,
  test: {
    subject: "L’envoi de messages fonctionne",
    text: "Voici le message de test que vous avez demandé. Les messages aux clients peuvent être envoyés.",
  },
};
