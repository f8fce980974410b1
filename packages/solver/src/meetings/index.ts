export { MEETING_WEIGHTS } from "./constraints.ts";
export { meetsOf, type MeetingModel } from "./model.ts";
export { planRefusal, type Meet, type Meeting, type MeetingPlan } from "./plan.ts";
export { meetingProblem } from "./problem.ts";
