export { CALENDAR_ADDRESSES_MAX, FOLLOWED_DAYS_AHEAD, FOLLOWED_DAYS_BEHIND } from "./areas/addresses.ts";
export { MISSED_TOLD_MAX } from "./areas/adjustments.ts";
export {
  APPROVAL_DEADLINE_MINUTES_MAX,
  APPROVAL_POLICIES_MAX,
  APPROVAL_REASON_MAX,
  APPROVAL_STEPS_MAX,
  APPROVALS_DECIDED_MAX,
  APPROVALS_WAITING_MAX,
  APPROVERS_OF_A_STEP_MAX,
  DEPUTIES_MAX,
  EFFECT_LINES_MAX,
} from "./areas/approvals.ts";
export {
  AVAILABILITY_DAYS_MAX,
  DAYS_WITH_HOURS_MAX,
  HOLIDAYS_CHANGED_MAX,
  LAYER_DAYS_MAX,
  LAYERS_OF_ONE_MAX,
  PATTERN_WEEKS_MAX,
} from "./areas/availability.ts";
export { CHANGES_OF_A_PAGE_MAX } from "./areas/changes.ts";
export {
  ATTENDEES_MAX,
  EVENT_BYTES_MAX,
  EVENTS_BY_ID_MAX,
  EVENTS_OF_A_WINDOW_MAX,
  IMPORT_BYTES_MAX,
} from "./areas/calendars.ts";
export {
  DEPARTMENT_LEVELS_MAX,
  DEPARTMENT_MANAGERS_MAX,
  DEPARTMENTS_MAX,
  PEOPLE_PLACED_MAX,
} from "./areas/departments.ts";
export {
  LEAGUE_FINDINGS_MAX,
  LEAGUE_FIXTURES_MAX,
  LEAGUE_PLAN_SECONDS_MAX,
  LEAGUE_PLANS_OF_ONE_MAX,
  LEAGUE_ROUNDS_MAX,
  LEAGUE_TEAMS_MAX,
  LEAGUE_TEAMS_MIN,
  LEAGUES_MAX,
} from "./areas/leagues.ts";
export { LIVE_MESSAGE_BYTES_MAX, TICKET_SECONDS } from "./areas/live.ts";
export { CONFLICTS_KEPT_AT_ONCE_MAX, GIVEN_EVENTS_MAX, REPAIRS_OF_A_PROPOSAL_MAX } from "./areas/planning.ts";
export { CONFLICTS_OF_AN_ANSWER_MAX, KEPT_NOTE_CHARACTERS_MAX } from "./areas/planning-things.ts";
export { BREACHES_OF_AN_ANSWER_MAX, RULE_WEIGHT_MAX, RULES_MAX } from "./areas/rules.ts";
export { PROVISIONING_TOKENS_MAX } from "./areas/provisioning.ts";
export { BUNDLE_ASKED_MAX } from "./areas/bundles.ts";
export { PLACES_MAX } from "./areas/places.ts";
export { PLUGINS_ALLOWED_MAX } from "./areas/plugins.ts";
export { CONSENT_CHARACTERS_MAX, HISTORY_ROWS_MAX } from "./areas/models.ts";
export { EVENTS_MOVED_MAX } from "./areas/optimise.ts";
export { OPTIMISE_SECONDS_MAX, SEARCH_POINTS_MAX } from "./areas/plan-things.ts";
export { POLL_PEOPLE_MAX, POLL_TIMES_MAX, POLLS_OPEN_MAX } from "./areas/polls.ts";
export {
  PROPOSAL_CHANGES_MAX,
  PROPOSAL_DAYS_MAX,
  PROPOSAL_INPUT_BYTES_MAX,
  PROPOSAL_REVIEWERS_MAX,
  PROPOSALS_OPEN_MAX,
} from "./areas/proposals.ts";
export { PROPOSAL_NOTE_CHARACTERS_MAX } from "./areas/proposed-times.ts";
export { PAGE_ITEMS_DEFAULT, PAGE_ITEMS_MAX, TEXT_CHARACTERS_MAX, TITLE_CHARACTERS_MAX } from "./values.ts";
export { INVITATION_DAYS_MAX, INVITATION_USES_MAX } from "./areas/invitations.ts";
export { FOCUS_MINUTES_MAX, FOCUS_MINUTES_MIN } from "./identity-values.ts";
export { PEOPLE_OF_A_SKILL_MAX, SKILL_LEVEL_MAX, SKILLS_MAX, SKILLS_OF_A_PERSON_MAX } from "./areas/skills.ts";
export { COVERAGE_DAYS_MAX, DEMAND_PEOPLE_MAX, DEMAND_STRETCHES_MAX, DEMANDS_MAX } from "./areas/demand.ts";
export {
  ALTERNATIVES_MAX,
  DRAFT_DAYS_MAX,
  DRAFT_EDITS_MAX,
  DRAFT_FINDINGS_MAX,
  DRAFT_ITEMS_MAX,
  DRAFT_ITEMS_OF_A_PERSON_MAX,
  DRAFTS_LISTED_MAX,
  DRAFTS_OPEN_MAX,
} from "./areas/drafts.ts";
export {
  FAIRNESS_DAYS,
  LEFT_OUT_TOLD_MAX,
  ROSTER_PLAN_PEOPLE_MAX,
  ROSTER_PLAN_SECONDS_MAX,
  ROSTER_PLANS_OF_ONE_MAX,
  UNMET_PEOPLE_MAX,
  UNMET_TOLD_MAX,
} from "./areas/roster-plans.ts";
export { CANDIDATES_MAX, COVER_PEOPLE_MAX, COVERS_ASKING_MAX } from "./areas/covers.ts";
export { BIDS_MAX, OPEN_SHIFTS_MAX } from "./areas/open-shifts.ts";
export { SWAPS_ASKING_MAX } from "./areas/swaps.ts";
export { CONTRACT_VERSIONS_MAX, RULE_SETS_MAX } from "./areas/contracts.ts";
export {
  STAFF_FILE_BYTES_MAX,
  STAFF_FILE_LINES_MAX,
  STAFF_FILE_PROBLEMS_MAX,
  STAFF_FILE_ROWS_MAX,
} from "./areas/staff-file.ts";
export { FIGURE_MONTHS_MAX } from "./areas/staff-figures.ts";
export { SCHEDULE_DAYS_MAX, SCHEDULE_PEOPLE_MAX, SCHEDULE_PERSON_DAYS_MAX } from "./areas/schedules.ts";
export { ACCOUNT_DAYS_MAX, ACCOUNT_MONTHS_MAX, CLOCKED_LISTED_MAX } from "./areas/time-accounts.ts";
export { HOLIDAYS_MAX, STRETCHES_OF_A_WEEK_MAX } from "./areas/workforce.ts";
export {
  FILE_BYTES_DEFAULT,
  FILE_BYTES_MAX,
  FILE_NAME_CHARACTERS_MAX,
  FILE_TYPES,
  FILES_BYTES_OF_ORGANISATION_MAX,
  FILES_OF_ORGANISATION_MAX,
  FILES_OF_QUESTION_MAX,
} from "./booking-values.ts";
export { ANSWER_CHARACTERS_MAX } from "./areas/bookings.ts";
export { REMINDER_MINUTES_MAX, REMINDERS_MAX } from "./areas/mail.ts";
export { PACKAGE_CODE_CHARACTERS, PACKAGE_KINDS_MAX, PACKAGE_UNITS_MAX } from "./areas/packages.ts";
export { AWAY_DAYS_MAX, OFFERED_TIMES, STAND_IN_SESSIONS_MAX } from "./areas/stand-ins.ts";
export {
  OFFER_MINUTES_MAX,
  OFFERS_PASSED_MAX,
  WISH_DAYS_MAX,
  WISHES_OF_A_CUSTOMER_MAX,
  WISHES_OF_A_SERVICE_MAX,
} from "./areas/waiting-list.ts";
export { SERIES_DATES_MAX, SERIES_SPAN_DAYS_MAX } from "./areas/booking-series.ts";
export {
  LOGO_CHARACTERS_MAX,
  RATING_AFTER_MINUTES_MAX,
  RATING_QUESTION_CHARACTERS_MAX,
  PROOF_BITS,
  SERVICES_MAX,
  SERVICE_QUESTIONS_MAX,
  SERVICE_SUBJECTS_MAX,
  SLOT_DAYS_MAX,
  SLOTS_MAX,
} from "./areas/services.ts";
export { CUSTOMERS_FILE_PROBLEMS_MAX, CUSTOMERS_FILE_ROWS_MAX, CUSTOMERS_SEARCHED_MAX } from "./areas/customers.ts";
export {
  FIGURES_BOOKINGS_MAX,
  FIGURES_DAYS_MAX,
  FIGURES_SUBJECTS_MAX,
  RATING_CHANGE_DAYS,
  RATING_COMMENT_CHARACTERS_MAX,
  RATING_OPEN_DAYS,
  SCORE_MAX,
} from "./areas/figures.ts";
