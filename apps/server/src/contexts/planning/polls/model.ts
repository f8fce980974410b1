/** Some times of which people of the organisation say which would suit them. */
export type Poll = {
  readonly id: string;
  readonly title: string;
  readonly makerId: string;
  /** By start. */
  readonly times: readonly PollTime[];
  /** Who is asked; never the maker. */
  readonly people: readonly string[];
  readonly resourceIds: readonly string[];
  readonly isClosed: boolean;
  /** The place among the times of the one that was picked; null while none is, and where it was closed without. */
  readonly picked: number | null;
  readonly madeMs: number;
};

export type PollTime = { readonly startMs: number; readonly endMs: number };

/** What undo needs of a poll: all but what was answered. */
export type PollContents = Omit<Poll, "id">;

export type Said = "yes" | "maybe" | "no";

/** What people have answered, one word for each time. */
export type Answers = ReadonlyMap<string, readonly Said[]>;

/** What the log of changes calls a poll. */
export const POLL = "poll";
