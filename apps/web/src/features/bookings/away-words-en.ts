import type { Formats } from "../../messages/format.ts";

/** The words of what is done when somebody is away. */
export const en = (format: Formats) => ({
  open: "Somebody is away …",
  title: "Somebody or something is away",
  intro: "What is booked of them stays at its time with another, or its customers choose another time.",
  who: "Who or what",
  choose: "Choose …",
  from: "From (day)",
  fromTime: "At (time, may be empty)",
  until: "Until (day)",
  untilTime: "Until (time, may be empty)",
  bothTimes: "Give both times, or neither.",
  backwards: "It ends before it begins.",
  reason: "Why (told to nobody who may not change it)",
  timeOff: "Enter the time off as well",
  mayNotEnter: "Their opening times are changed by an administrator: the time off is not entered.",
  planning: "Looking who could stand in …",
  none: "Nothing is booked of them then.",
  more: "More is booked: plan the rest after this.",
  count: (bookings: number) => format.plural(bookings, { one: "# time is touched", other: "# times are touched" }),
  planned: (stay: number, offered: number, left: number) =>
    [
      stay > 0 && format.plural(stay, { one: "# stays at its time", other: "# stay at their time" }),
      offered > 0 && format.plural(offered, { one: "# is offered other times", other: "# are offered other times" }),
      left > 0 && format.plural(left, { one: "# is left as it is", other: "# are left as they are" }),
    ]
      .filter((part) => part !== false)
      .join(", "),
  afterwards: "Then",
  for: (who: string, time: string) => `Then, for ${who}, ${time}`,
  with: (name: string) => `Same time with ${name}`,
  offer: "Offer other times",
  leave: "Leave as it is",
  nobody: "Nobody, and nothing near: call them",
  times: (list: string) => `Offered: ${list}`,
  cannot: {
    taken: (name: string) => `${name} has something else`,
    closed: (name: string) => `${name} is not there`,
    rule: (name: string) => `${name}: a rule is against it`,
    way: (name: string) => `${name} could not be there in time`,
    "taking-part": (name: string) => `${name} takes part already`,
    planned: (name: string) => `${name} stands in elsewhere then`,
  },
  apply: "Do this",
  applied: (who: string) => `What was booked of ${who} was arranged`,
  stale: "This is the plan as it is now. Look at it again.",
  doneTitle: "Arranged",
  mailed: "The customers are told by mail.",
  passOn: "Mail is off: pass these links on by hand.",
  linkOf: (who: string) => `Link for ${who}`,
  stillToCall: (who: string) => `Still with them, to be called: ${who}`,
  close: "Close",
  waiting: "Waiting for an answer",
  waitingIntro: "They were offered other times and have not chosen.",
  untilWhen: (moment: string) => `can choose until ${moment}`,
  over: "has not answered in time: call them",
  needs: "needs another time",
});

export type AwayWords = ReturnType<typeof en>;
