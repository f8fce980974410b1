import { isRefused, refusePlanning } from "@hourwright/contract";
import type { Call } from "../../../platform/bundle/bundle.ts";
import type { Handlers } from "../../../platform/operations/dispatcher.ts";
import { windowOfInstants } from "../../claims/pure.ts";
import { answerPoll, closePoll, createPoll, pickTime, putPoll } from "./commands.ts";
import { listPolls, readPoll, shownPoll } from "./queries.ts";

type PollIds =
  | "polls.list"
  | "polls.read"
  | "polls.create"
  | "polls.answer"
  | "polls.pick"
  | "polls.close"
  | "polls.put";

export const pollOperations = ({ call }: { readonly call: Call }): Handlers<PollIds> => ({
  "polls.list": async (_input, context) => ({
    items: await context.read((unit) => listPolls(unit, context.caller!.personId)),
  }),

  "polls.read": ({ params }, context) => context.read((unit) => readPoll(unit, params.id, context.caller!.personId)),

  "polls.create": async ({ body }, context) => {
    const times = body.times.map((time) => windowOfInstants(time));
    const windows = times.flatMap((time) => (isRefused(time) ? [] : [time]));
    if (windows.length < times.length) return refusePlanning("poll-invalid", "years", {});
    const makerId = context.caller!.personId;
    const wish = { ...body, makerId, times: windows.map(({ fromMs, toMs }) => ({ startMs: fromMs, endMs: toMs })) };
    return context.write(async (unit) => {
      const poll = await createPoll(unit, wish);
      if (isRefused(poll)) return poll;
      context.reply.headers["location"] = `/v1/polls/${poll.id}`;
      return shownPoll(unit, poll, makerId);
    });
  },

  "polls.answer": ({ params, body }, context) =>
    context.write(async (unit) => {
      const { personId } = context.caller!;
      const poll = await answerPoll(unit, params.id, personId, body.answers);
      return isRefused(poll) ? poll : shownPoll(unit, poll, personId);
    }),

  "polls.pick": async ({ params, body }, context) => {
    const picked = await pickTime(call, context, params.id, body);
    if (isRefused(picked)) return picked;
    const { personId } = context.caller!;
    const poll = await context.read((unit) => shownPoll(unit, picked.poll, personId));
    if (isRefused(poll)) return poll;
    const {
      eventId,
      poll: { title },
    } = picked;
    return { poll, eventId, requestId: context.requestId, summary: `Picked a time for “${title}”` };
  },

  "polls.close": ({ params }, context) =>
    context.write(async (unit) => {
      const { personId } = context.caller!;
      const poll = await closePoll(unit, params.id, personId);
      return isRefused(poll) ? poll : shownPoll(unit, poll, personId);
    }),

  "polls.put": async ({ params, body }, context) => {
    await context.write((unit) => putPoll(unit, params.id, body.was));
    return null;
  },
});
