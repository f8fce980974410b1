import type { Words } from "../words.ts";

export const en: Words = {
  locale: "en-GB",
  severalFrom: (count, moment) => `${count} dates from ${moment}`,
  several: (count) => `This is about ${count} dates of a series. Each of them can still be looked at alone.`,
  zoneTime: (place) => `${place} time`,
  subject: {
    requested: (service, moment) => `Asked for: ${service}, ${moment}`,
    confirmed: (service, moment) => `Booked: ${service}, ${moment}`,
    approved: (service, moment) => `Confirmed: ${service}, ${moment}`,
    declined: (service, moment) => `Declined: ${service}, ${moment}`,
    moved: (service, moment) => `New time: ${service}, ${moment}`,
    changed: (service, moment) => `Changed: ${service}, ${moment}`,
    offered: (service, moment) => `Please choose another time: ${service}, ${moment}`,
    kept: (service, moment) => `It stays: ${service}, ${moment}`,
    cancelled: (service, moment) => `Cancelled: ${service}, ${moment}`,
    reminder: (service, moment) => `Reminder: ${service}, ${moment}`,
    offer: (service, moment) => `A time is free: ${service}, ${moment}`,
    rating: (service, moment) => `How was it? ${service}, ${moment}`,
  },
  hello: (name) => (name === null ? "Hello," : `Hello ${name},`),
  lead: {
    requested: ({ organisation }) =>
      `We have asked ${organisation}. The time is kept for you, and we write again once it is confirmed or declined.`,
    confirmed: ({ service, organisation }) => `You have booked ${service} with ${organisation}.`,
    approved: ({ service, organisation }) => `${organisation} has confirmed your booking of ${service}.`,
    declined: ({ service, organisation }) =>
      `${organisation} cannot take your booking of ${service}. The time is free again.`,
    moved: ({ service, organisation }) => `Your booking of ${service} with ${organisation} is at another time now.`,
    changed: ({ service, organisation }) =>
      `Your booking of ${service} with ${organisation} stays at its time, with somebody or something else.`,
    offered: ({ service, organisation }) =>
      `${organisation} cannot keep the time of your booking of ${service}: whoever or whatever it was with is not available. Please choose one of these times. Your booking stays as it is until then.`,
    kept: ({ service, organisation }) =>
      `Your booking of ${service} with ${organisation} can stay at its time after all. You need not do anything.`,
    cancelledByThem: ({ service, organisation }) => `${organisation} has cancelled your booking of ${service}.`,
    cancelledByYou: ({ service, organisation }) =>
      `You have cancelled your booking of ${service} with ${organisation}.`,
    reminder: ({ service, organisation }) => `This is a reminder of your booking of ${service} with ${organisation}.`,
    offer: ({ service, organisation }) =>
      `You wait for ${service} with ${organisation}, and this time has become free for you.`,
    rating: ({ service, organisation }) =>
      `You were at ${organisation} for ${service}. May we ask you one question? It takes a moment, and you need not answer.`,
  },
  asksAgain: "The new time still has to be confirmed. We write again when it is.",
  offeredUntil: (moment) => `It is kept for you until ${moment}, in the same zone. Then it goes to the next who waits.`,
  howWasIt: "How was your visit?",
  question: "Question",
  rate: "Answer",
  answerOffer: "Take it, or let it pass",
  whyOffer: (organisation) => `You get this message because this address was put on a waiting list of ${organisation}.`,
  when: "When",
  before: "Before",
  instead: "Instead",
  until: "Choose until",
  cannotBe: "Not possible",
  choose: "Choose one of these times",
  service: "What",
  whom: "With",
  where: "Where",
  places: "Places",
  reason: "Reason",
  policy: "Terms",
  onYourClock: (place, moment) => `On your clock in ${place}: ${moment}`,
  manage: "See, move or cancel the booking",
  look: "See the booking",
  keepLink: "Whoever has this link can change the booking.",
  whyThis: (organisation) => `You get this message because this address was given for a booking with ${organisation}.`,
  test: {
    subject: "Mail works",
    text: "This is the test message that you have asked for. Mail to customers can be sent.",
  },
};
