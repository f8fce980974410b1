import type { Formats } from "../../messages/format.ts";

/** Words that come with what they are said in. */
export const en = (format: Formats) => ({
  title: "Nothing is booked twice",
  intro: (requests: number, room: string, when: string) =>
    `${format.number(requests)} requests ask for ${room} on ${when}, as many of them at once as your browser sends. One may have it.`,
  run: (requests: number) => `Send ${format.number(requests)} requests`,
  running: "Sending …",
  again: "Once more",
  noRoom: "There is no room here that forbids to be taken twice.",
  won: "won",
  refused: "politely refused",
  failed: "failed",
  wonWords: "has the room",
  alternatives: (times: string) => `free instead: ${times}`,
  noAlternatives: "no other time was offered",
  measured: (count: number, atOnce: number, ms: number) =>
    `${format.number(count)} real requests, ${format.number(atOnce)} in flight at a time, answered within ${format.number(ms)} ms. Nothing here is simulated.`,
  takenBack: "The one that won was taken back: the room is free again.",
  notTakenBack: "The one that won could not be taken back; it stands in your calendar.",
  list: "Answers",
  event: "Proof",
  back: "Back to the year",
});

export type ProofWords = ReturnType<typeof en>;
