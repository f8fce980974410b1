import type { Formats } from "../format.ts";

/** Putting a stretch of time in better order. */
export const optimise = (format: Formats) => ({
  optimise: {
    command: "Put a month in better order",
    title: "Better order",
    calm: "Looking changes nothing; nothing moves until you apply.",
    who: "Whose schedule",
    me: "Mine",
    shown: (count: number) => (count === 1 ? "Whoever is shown" : `All ${format.number(count)} shown`),
    whoHint: "Show people above, and their schedules can be put in order together.",
    window: "From when to when",
    week: (days: string) => `Week ${days}`,
    month: (month: string, year: number) => `${month} ${String(year)}`,
    improve: "What to improve",
    objectives: {
      conflicts: "Fewer conflicts",
      focus: "More focus time",
      fragmentation: "Days in fewer pieces",
      travel: "Less on the way",
      balance: "Even days",
      preferences: "Preferred hours",
    },
    weights: { off: "off", little: "a little", normal: "normal", much: "much" },
    nothingWished: "Choose at least one thing to improve.",
    time: "How long to look",
    seconds: (count: number) => format.plural(count, { one: "# second", other: "# seconds" }),
    look: "Look",
    lookAgain: "Look again",
    looking: "Looking for a better order",
    elapsed: (seconds: number, of: number) => `${format.number(seconds)} of ${format.number(of)} s`,
    finishing: "The best is being put together …",
    stop: "Stop",
    enough: "Take the best so far",
    soFar: (steps: string, alternative: number) =>
      alternative === 0
        ? `${steps} steps so far; fewer points are better.`
        : `${steps} steps so far. Now looking for another order beside the best.`,
    asTable: "As a table",
    stepsHead: "Steps",
    stopped: "Stopped. Nothing was changed.",
    found: (moves: number) =>
      moves === 0
        ? "Nothing was found that would be better."
        : format.plural(moves, {
            one: "A better order with # move. Nothing moves until you apply.",
            other: "A better order with # moves. Nothing moves until you apply.",
          }),
    none: "Nothing would be better elsewhere. It is in good order as it stands.",
    noneHint: "With other things to improve, or more time to look, there may be something.",
    wishes: "Change the wishes",
    ways: "Ways to do it",
    way: (number: number) => (number === 1 ? "Best" : `Another way ${format.number(number - 1)}`),
    wayMoves: (count: number) => format.plural(count, { one: "# move", other: "# moves" }),
    improvements: "What gets better",
    measures: {
      conflicts: "Conflicts",
      focus: "Focus time",
      fragmentation: "Broken-up days",
      travel: "On the way",
      balance: "Uneven days",
      preferences: "Liked hours",
    },
    gain: (measure: string, change: string) => `${measure} ${change}`,
    verdicts: { better: "better", worse: "worse", same: "the same" },
    score: "How it was found",
    hard: "What must hold",
    soft: "What is wished",
    points: (before: string, after: string) => `${before} → ${after} points lost`,
    chart: (what: string, before: string, after: string, steps: string) =>
      `${what}: from ${before} to ${after} points lost, in ${steps} steps.`,
    steps: (steps: string, seconds: string) => `${steps} steps in ${seconds} s; fewer points are better.`,
    contradictions: "What could not be kept",
    moves: (ticked: number, all: number) =>
      ticked === all
        ? format.plural(all, { one: "# move", other: "# moves" })
        : `${format.number(ticked)} of ${format.plural(all, { one: "# move", other: "# moves" })}`,
    tickAll: "Tick all",
    tickNone: "Tick none",
    include: (title: string, from: string, to: string) => `${title}, ${from} to ${to}`,
    apply: (count: number) =>
      count === 0 ? "Nothing is ticked" : format.plural(count, { one: "Apply # move", other: "Apply # moves" }),
    applying: "Applying …",
    tooMany: (most: number) => `One step makes ${format.number(most)} moves at most. Untick some.`,
    stale: "Somebody has moved one of these meanwhile, so none was moved.",
    blocked: (titles: readonly string[]) => `Does not fit: ${format.list(titles)}.`,
    inTheWay: (titles: readonly string[]) => `Not ticked, and in the way: ${format.list(titles)}.`,
    tickToo: "Tick that as well",
  },
});
