import type { Words } from "../words.ts";

export const es: Words = {
  locale: "es",
  severalFrom: (count, moment) => `${count} fechas desde el ${moment}`,
  several: (count) => `Se trata de ${count} fechas de una serie. Cada una se puede consultar también por separado.`,
  zoneTime: (place) => `hora de ${place}`,
  subject: {
    requested: (service, moment) => `Solicitada: ${service}, ${moment}`,
    confirmed: (service, moment) => `Reservada: ${service}, ${moment}`,
    approved: (service, moment) => `Confirmada: ${service}, ${moment}`,
    declined: (service, moment) => `Rechazada: ${service}, ${moment}`,
    moved: (service, moment) => `Nueva hora: ${service}, ${moment}`,
    changed: (service, moment) => `Cambiada: ${service}, ${moment}`,
    offered: (service, moment) => `Elige otra hora: ${service}, ${moment}`,
    kept: (service, moment) => `Se mantiene: ${service}, ${moment}`,
    cancelled: (service, moment) => `Cancelada: ${service}, ${moment}`,
    reminder: (service, moment) => `Recordatorio: ${service}, ${moment}`,
    offer: (service, moment) => `Hay una hora libre: ${service}, ${moment}`,
    rating: (service, moment) => `¿Qué tal ha ido? ${service}, ${moment}`,
  },
  hello: (name) => (name === null ? "Hola:" : `Hola, ${name}:`),
  lead: {
    requested: ({ organisation }) =>
      `Hemos enviado la solicitud a ${organisation}. La hora queda reservada y te escribiremos cuando se confirme o se rechace.`,
    confirmed: ({ service, organisation }) => `Has reservado «${service}» con ${organisation}.`,
    approved: ({ service, organisation }) => `${organisation} ha confirmado tu reserva de «${service}».`,
    declined: ({ service, organisation }) =>
      `${organisation} no puede aceptar tu reserva de «${service}». La hora vuelve a estar libre.`,
    moved: ({ service, organisation }) => `Tu reserva de «${service}» con ${organisation} tiene ahora otra hora.`,
    changed: ({ service, organisation }) =>
      `Tu reserva de «${service}» con ${organisation} mantiene la hora; ha cambiado con quién o con qué.`,
    offered: ({ service, organisation }) =>
      `${organisation} no puede mantener la hora de tu reserva de «${service}»: alguien o algo no está disponible. Elige una de estas horas. Hasta entonces, tu reserva sigue como está.`,
    kept: ({ service, organisation }) =>
      `Tu reserva de «${service}» con ${organisation} puede mantener su hora. No tienes que hacer nada.`,
    cancelledByThem: ({ service, organisation }) => `${organisation} ha cancelado tu reserva de «${service}».`,
    cancelledByYou: ({ service, organisation }) => `Has cancelado tu reserva de «${service}» con ${organisation}.`,
    reminder: ({ service, organisation }) => `Te recordamos tu reserva de «${service}» con ${organisation}.`,
    offer: ({ service, organisation }) =>
      `Estás en la lista de espera de «${service}» con ${organisation}, y esta hora ha quedado libre para ti.`,
    rating: ({ service, organisation }) =>
      `Gracias por tu visita a ${organisation} («${service}»). Solo queremos hacerte una pregunta: responder es voluntario y lleva un momento.`,
  },
  asksAgain: "La nueva hora todavía debe confirmarse. Te escribiremos cuando se confirme.",
  offeredUntil: (moment) =>
    `Se guarda para ti hasta el ${moment}, en la misma zona horaria. Después pasa a la siguiente persona.`,
  howWasIt: "¿Qué tal ha ido tu visita?",
  question: "Pregunta",
  rate: "Responder",
  answerOffer: "Aceptarla o dejarla pasar",
  whyOffer: (organisation) =>
    `Recibes este mensaje porque esta dirección se apuntó a una lista de espera de ${organisation}.`,
  when: "Cuándo",
  before: "Antes",
  instead: "En su lugar",
  until: "Elegir antes de",
  cannotBe: "No es posible",
  choose: "Elegir una de estas horas",
  service: "Qué",
  whom: "Con",
  where: "Dónde",
  places: "Plazas",
  reason: "Motivo",
  policy: "Condiciones",
  onYourClock: (place, moment) => `En tu reloj, ${place}: ${moment}`,
  manage: "Ver, mover o cancelar la reserva",
  look: "Ver la reserva",
  keepLink: "Quien tenga este enlace puede cambiar la reserva.",
  whyThis: (organisation) => `Recibes este mensaje porque se indicó esta dirección en una reserva con ${organisation}.`,
  test: {
    subject: "El correo funciona",
    text: "Este es el mensaje de prueba que has pedido. Se pueden enviar mensajes a los clientes.",
  },
};
