/** What a plan of calendars may be improved in. `conflicts` is hard whether it is named or not; the others count when they are. */
export type ObjectiveId = (typeof OBJECTIVE_IDS)[number];

export const OBJECTIVE_IDS = ["conflicts", "focus", "fragmentation", "travel", "balance", "preferences"] as const;

/** One thing to improve, as it is measured and shown. */
export type Objective = {
  readonly title: string;
  /** times: pairs at once. minutes: of all people. share: 0 to 1. liking: -100 to 100. */
  readonly unit: "times" | "minutes" | "share" | "liking";
  readonly better: "more" | "less";
  /** What it measures, in one sentence. */
  readonly says: string;
};

export const objectives: Readonly<Record<ObjectiveId, Objective>> = {
  conflicts: {
    title: "Fewer conflicts",
    unit: "times",
    better: "less",
    says: "How often somebody or something is taken twice at once, where one of the two could move.",
  },
  focus: {
    title: "More focus time",
    unit: "minutes",
    better: "more",
    says: "Free time within people's hours in stretches that are long enough.",
  },
  fragmentation: {
    title: "Fewer pieces",
    unit: "share",
    better: "less",
    says: "1 − the sum of the squared shares of each free stretch in a person's day, on average: 0 is one stretch.",
  },
  travel: {
    title: "Less on the way",
    unit: "minutes",
    better: "less",
    says: "Time between places on the same day, of all people.",
  },
  balance: {
    title: "Balanced days",
    unit: "share",
    better: "less",
    says: "How far the taken shares of people's days lie apart: their standard deviation.",
  },
  preferences: {
    title: "Preferred hours",
    unit: "liking",
    better: "more",
    says: "How much people like the hours of what may move, on average.",
  },
};

/** What an objective may weigh against the others; 1 unless said. Whole. */
export const OBJECTIVE_WEIGHT_MAX = 100;
