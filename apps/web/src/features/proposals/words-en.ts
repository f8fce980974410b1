import type { Formats } from "../../messages/format.ts";

/** The words of the panel of stored proposals. They come with it, not with the first page. */
export const en = (format: Formats) => ({
  title: "Proposals",
  calm: "Nothing moves until somebody accepts it.",
  loading: "Looking at what it would do now …",
  none: "Nothing is proposed.",
  noneHint:
    "Save repairs, a better order or a change of an event as a proposal; while you carry an event, press P. Whoever is asked looks at it, and accepts all of it or some.",
  gone: "This proposal is not there any more, or it is not for you.",
  back: "All proposals",
  again: "Look again",
  by: (name: string) => `by ${name}`,
  mine: "yours",
  states: {
    open: "open",
    accepted: "accepted",
    declined: "declined",
    withdrawn: "taken back",
    expired: "expired",
  },
  ended: {
    accepted: (name: string) => `All of it is accepted, the last by ${name}.`,
    declined: (name: string) => `${name} has declined it. What was accepted stays.`,
    withdrawn: (name: string) => `${name} has taken it back. What was accepted stays.`,
    expired: "Nobody has answered in time. What was accepted stays.",
  },
  left: (open: number, all: number) =>
    open === all
      ? format.plural(all, { one: "# change", other: "# changes" })
      : `${format.number(open)} of ${format.plural(all, { one: "# change", other: "# changes" })} open`,
  until: (day: string) => `until ${day}`,
  checkedAt: (time: string) => `checked at ${time}`,
  checking: "checking …",
  changes: (ticked: number, all: number) => `Changes, ${format.number(ticked)} of ${format.number(all)}`,
  include: (says: string) => `Include: ${says}`,
  accepted: "accepted",
  leftOut: "left out",
  gonePlace: "away",
  notThere: "new",
  moved: { moved: "moved since", changed: "changed since", gone: "vanished", locked: "locked" },
  alone: "Not by itself: it needs another of these changes.",
  warns: (sentence: string) => `A wish would not hold: ${sentence}`,
  acceptOne: (says: string) => `Accept this: ${says}`,
  accept: (count: number) => `Accept ${format.number(count)}`,
  acceptName: (count: number) => format.plural(count, { one: "Accept # change", other: "Accept # changes" }),
  accepting: "Accepting …",
  done: (summary: string) => `${summary}.`,
  decline: "Decline",
  withdraw: "Take back",
  declined: (title: string) => `Declined “${title}”`,
  withdrawn: (title: string) => `Took back “${title}”`,
  reviewers: "Asked to look at it",
  nobodyAsked: "Nobody but you sees it.",
  ask: "Ask somebody",
  askChoose: "Choose a person",
  asked: (name: string) => `${name} is asked to look at it`,
  unask: (name: string) => `Do not ask ${name} any more`,
  unasked: (name: string) => `${name} is not asked any more`,
  keys: { step: "step", toggle: "leave out", one: "accept this", all: "accept all" },
  space: "Space",
});

export type ProposalWords = ReturnType<typeof en>;
