import type { Formats } from "../../messages/format.ts";

/** The words of what was learned of whoever looks. They come with Settings. */
export const en = (format: Formats) => ({
  intro: "What your own answers and hours have taught. Only you see it, and only what you are offered follows it.",
  on: "Learn from how I answer repairs, and from when I plan",
  off: "Nothing is learned of you, and nothing is kept. Repairs are offered to you as they are to everybody.",
  switchOff: {
    title: "Forget what was learned?",
    sentence: "All your answers and hours are deleted. This cannot be undone.",
    submit: "Switch off and forget",
  },
  said: { on: "Learning is on", off: "What was learned is forgotten", weight: "The weight is as it was" },
  answers: "How you answer repairs",
  nothing: (few: number) =>
    `Nothing yet. Each repair you take or refuse moves the weights a little; after ${format.number(few)} answers chances are told as well.`,
  count: (count: number) => format.plural(count, { one: "# answer so far.", other: "# answers so far." }),
  state: {
    none: (left: number) => `Chances are told after ${format.plural(left, { one: "# more.", other: "# more." })}`,
    few: (left: number) =>
      `Chances are told in tenths; after ${format.plural(left, { one: "# more", other: "# more" })} they mean what they say.`,
    calibrated: () => "Chances mean what they say.",
  },
  calibration: (error: number, noise: number) =>
    `On your last answers they were off by ${format.percent(error)} on average, where chance alone makes ${format.percent(noise)}.`,
  weights: "What counts in a repair",
  weightsHint:
    "The line marks the default. No answer moves one by more than a fiftieth, and none goes past half or double.",
  costs: {
    distance: "Far from its time of day",
    "other day": "On another day",
    people: "Others are concerned",
    length: "It becomes shorter",
    "unloved hour": "At an hour you avoid",
    focus: "It takes focus time",
    load: "It fills a full day",
    way: "More time on the way",
    "other place": "In another place",
  },
  factor: (factor: number) =>
    Math.abs(factor - 1) < 0.005 ? "as the default" : `${format.number(Math.round(factor * 100) / 100)} × the default`,
  resetWeight: (name: string) => `Reset: ${name}`,
  toDefault: "Reset",
  forgetAnswers: "Forget all answers",
  forgetAnswersTitle: "Forget all answers?",
  forgetAnswersSentence:
    "All weights go back to their defaults, and no chances are told until there are answers again. This cannot be undone.",
  forget: "Forget",
  hours: "Hours you prefer",
  hoursNothing: "Nothing yet. What you plan, accept, refuse or move in your own time says which hours you like.",
  seen: (count: number, zone: string) =>
    `From ${format.plural(count, { one: "# thing", other: "# things" })} of yours, old ones counting less. Times are those of ${zone}.`,
  prefers: (stretches: readonly string[], more: number) =>
    `Prefers: ${format.list(more > 0 ? [...stretches, `${format.number(more)} more`] : stretches)}.`,
  avoids: (stretches: readonly string[], more: number) =>
    `Avoids: ${format.list(more > 0 ? [...stretches, `${format.number(more)} more`] : stretches)}.`,
  even: "No hour stands out yet.",
  stretch: (weekday: string, from: string, to: string) => `${weekday} ${from}–${to}`,
  strip: "The hours of a week: the stronger the colour, the better they suit",
  forgetHours: "Forget these hours",
  forgetHoursTitle: "Forget your hours?",
  forgetHoursSentence: "All hours count alike again, until you plan. This cannot be undone.",
});

export type LearnedWords = ReturnType<typeof en>;
