import { PLACES, TYPES, type Commitment, type Share } from "./commitment.ts";

export type FeatureGroup = "temporal" | "spatial" | "attendees" | "context" | "historical" | "organizational";

/** One number that a model sees: what it is, in which unit, between which bounds, and where it comes from. */
export type Feature = {
  readonly name: string;
  readonly group: FeatureGroup;
  readonly unit: string;
  /** What is outside of these is seen as the bound; the model sees 0 for `from` and 1 for `to`. */
  readonly from: number;
  readonly to: number;
  readonly sentence: string;
  /** The contexts that know it. */
  readonly source: string;
  readonly of: (commitment: Commitment) => number;
};

const HOURS = 24;
const DAY_MINUTES = 1_440;
const LENGTH_MINUTES_MAX = 480;
const PEOPLE_MAX = 30;
const NOON_MINUTE = 720;

/** As if so many things had gone as they usually go: little history is not yet a habit. */
const SHRINKING = 5;
const USUAL = { moved: 0.15, cancelled: 0.08, attended: 0.95, refused: 0.1, atWork: 0.9 };

const shareOf = ({ part, all }: Share, usual: number): number => (part + SHRINKING * usual) / (all + SHRINKING);
const yes = (is: boolean): number => (is ? 1 : 0);

type Rest = readonly [
  name: string,
  unit: string,
  bounds: readonly [from: number, to: number],
  sentence: string,
  of: (commitment: Commitment) => number,
];

const group =
  (group: FeatureGroup, source: string) =>
  ([name, unit, [from, to], sentence, of]: Rest): Feature => ({ name, group, unit, from, to, sentence, source, of });

const temporal: readonly Rest[] = [
  ["start_hour", "hours", [0, HOURS], "When it starts, as hours of the local day.", (c) => c.startMinute / 60],
  [
    "end_hour",
    "hours",
    [0, 2 * HOURS],
    "When it ends, as hours from the midnight before it.",
    (c) => (c.startMinute + c.lengthMinutes) / 60,
  ],
  ["duration_minutes", "minutes", [0, LENGTH_MINUTES_MAX], "How long it is.", (c) => c.lengthMinutes],
  ["day_of_week", "day", [1, 7], "1 Monday to 7 Sunday.", (c) => c.weekday],
  ["week_of_year", "week", [1, 53], "The ISO week.", (c) => c.weekOfYear],
  ["is_weekend", "yes or no", [0, 1], "It is on a Saturday or Sunday.", (c) => yes(c.weekday >= 6)],
  ["is_holiday", "yes or no", [0, 1], "It is on a holiday.", (c) => yes(c.isHoliday)],
  [
    "lead_time_hours",
    "hours",
    [0, 30 * HOURS],
    "How long before it starts the prediction is asked for.",
    (c) => c.leadMinutes / 60,
  ],
  [
    "is_edge_of_week",
    "yes or no",
    [0, 1],
    "It is on a Monday morning or a Friday afternoon.",
    (c) => yes(c.weekday === 1 ? c.startMinute < NOON_MINUTE : c.weekday === 5 && c.startMinute >= NOON_MINUTE),
  ],
];

const spatial: readonly Rest[] = [
  ["has_location", "yes or no", [0, 1], "It says where it is.", (c) => yes(c.place !== "none")],
  ["travel_time_minutes", "minutes", [0, 180], "The way there from what is before it.", (c) => c.travelMinutes],
  [
    "location_type",
    "step",
    [0, PLACES.length - 1],
    "How far from the own desk: none, remote, own site, other site, outside.",
    (c) => PLACES.indexOf(c.place),
  ],
  ["is_remote", "yes or no", [0, 1], "It is on a screen.", (c) => yes(c.place === "remote")],
  [
    "timezone_offset",
    "minutes",
    [0, DAY_MINUTES],
    "The largest difference between the zones of those who attend.",
    (c) => c.zoneDifferenceMinutes,
  ],
  [
    "is_other_site",
    "yes or no",
    [0, 1],
    "It is at another site of the organisation.",
    (c) => yes(c.place === "other site"),
  ],
  ["is_outside", "yes or no", [0, 1], "It is outside of the organisation's sites.", (c) => yes(c.place === "outside")],
];

const attendees: readonly Rest[] = [
  ["attendee_count", "people", [0, PEOPLE_MAX], "How many attend.", (c) => c.attendees.count],
  [
    "external_attendees",
    "people",
    [0, PEOPLE_MAX],
    "How many are not of the organisation.",
    (c) => c.attendees.external,
  ],
  ["vip_attendees", "people", [0, 10], "How many are marked as hard to get.", (c) => c.attendees.vip],
  [
    "recurring_attendees",
    "people",
    [0, PEOPLE_MAX],
    "How many attend most things of this type.",
    (c) => c.attendees.regular,
  ],
  ["new_attendees", "people", [0, PEOPLE_MAX], "How many never met the organiser.", (c) => c.attendees.fresh],
  ["optional_attendees", "people", [0, PEOPLE_MAX], "How many may stay away.", (c) => c.attendees.optional],
  ["accepted_attendees", "people", [0, PEOPLE_MAX], "How many have accepted.", (c) => c.attendees.accepted],
  ["declined_attendees", "people", [0, PEOPLE_MAX], "How many have declined.", (c) => c.attendees.declined],
];

const context: readonly Rest[] = [
  [
    "meeting_type",
    "step",
    [0, TYPES.length - 1],
    "How many others it binds: focus, one to one, team, customer, class.",
    (c) => TYPES.indexOf(c.type),
  ],
  ["is_one_to_one", "yes or no", [0, 1], "It is of two people.", (c) => yes(c.type === "one to one")],
  ["is_team", "yes or no", [0, 1], "It is of a team.", (c) => yes(c.type === "team")],
  ["is_customer", "yes or no", [0, 1], "It is with a customer.", (c) => yes(c.type === "customer")],
  ["is_class", "yes or no", [0, 1], "It is a lesson or a course.", (c) => yes(c.type === "class")],
  [
    "priority_level",
    "step",
    [1, 9],
    "9 for the highest priority to 1 for the lowest, 5 when nobody said.",
    (c) => (c.priority === 0 ? 5 : 10 - c.priority),
  ],
  ["is_recurring", "yes or no", [0, 1], "It is a date of a series.", (c) => yes(c.isRecurring)],
  ["buffer_time_before", "minutes", [0, 120], "The pause that is asked for before it.", (c) => c.bufferBeforeMinutes],
  ["buffer_time_after", "minutes", [0, 120], "The pause that is asked for after it.", (c) => c.bufferAfterMinutes],
  [
    "overlap_minutes",
    "minutes",
    [0, LENGTH_MINUTES_MAX],
    "The longest time that it shares with one other thing.",
    (c) => c.overlapMinutes,
  ],
  [
    "gap_before_minutes",
    "minutes",
    [0, LENGTH_MINUTES_MAX],
    "The time since what is before it on that day; all of it when there is nothing.",
    (c) => c.gapBeforeMinutes ?? LENGTH_MINUTES_MAX,
  ],
  [
    "gap_after_minutes",
    "minutes",
    [0, LENGTH_MINUTES_MAX],
    "The time to what is after it on that day; all of it when there is nothing.",
    (c) => c.gapAfterMinutes ?? LENGTH_MINUTES_MAX,
  ],
  ["same_day_count", "things", [0, 15], "Other things of the organiser on that day.", (c) => c.sameDayCount],
  ["same_day_minutes", "minutes", [0, 600], "How long these are together.", (c) => c.sameDayMinutes],
];

const historical: readonly Rest[] = [
  ["user_pattern_score", "part", [0, 1], "How well the hour suits the organiser.", (c) => c.history.hourScore],
  ["historical_conflicts", "conflicts", [0, 50], "Conflicts of the organiser in 90 days.", (c) => c.history.conflicts],
  [
    "reschedule_frequency",
    "part",
    [0, 1],
    "Which part of the organiser's things was moved.",
    (c) => shareOf(c.history.moved, USUAL.moved),
  ],
  [
    "cancellation_rate",
    "part",
    [0, 1],
    "Which part of the organiser's things was cancelled.",
    (c) => shareOf(c.history.cancelled, USUAL.cancelled),
  ],
  [
    "attendance_rate",
    "part",
    [0, 1],
    "Which part of what the organiser was expected at was attended.",
    (c) => shareOf(c.history.attended, USUAL.attended),
  ],
  [
    "series_move_rate",
    "part",
    [0, 1],
    "Which part of the past dates of its series was moved.",
    (c) => shareOf(c.history.seriesMoved, USUAL.moved),
  ],
  [
    "refusal_rate",
    "part",
    [0, 1],
    "Which part of their invitations those who attend refused.",
    (c) => shareOf(c.history.refused, USUAL.refused),
  ],
];

const organizational: readonly Rest[] = [
  [
    "department_load",
    "part",
    [0, 1],
    "How much of the team's open time is taken in that week.",
    (c) => c.organisation.load,
  ],
  [
    "team_capacity",
    "part",
    [0, 1],
    "Which part of the team is at work on that day.",
    (c) => shareOf(c.organisation.atWork, USUAL.atWork),
  ],
  [
    "business_hours",
    "minutes",
    [0, LENGTH_MINUTES_MAX],
    "How much of it lies within opening hours.",
    (c) => c.organisation.openMinutes,
  ],
  [
    "company_policies",
    "rules",
    [0, 5],
    "How many wishes of the organisation it breaks.",
    (c) => c.organisation.rulesBroken,
  ],
  [
    "seasonal_patterns",
    "times",
    [0, 2],
    "How busy this week of the year usually is, 1 as usual.",
    (c) => c.organisation.season,
  ],
];

/** The fifty, in the order in which models see them [LN1]. Whoever changes one raises the version of the schema. */
export const FEATURES: readonly Feature[] = [
  ...temporal.map(group("temporal", "calendars")),
  ...spatial.map(group("spatial", "calendars, claims")),
  ...attendees.map(group("attendees", "calendars, identity")),
  ...context.map(group("context", "calendars, claims")),
  ...historical.map(group("historical", "calendars, planning")),
  ...organizational.map(group("organizational", "workforce, capacity, planning")),
];
