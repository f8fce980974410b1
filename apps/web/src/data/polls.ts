import type { Answer } from "@hourwright/client";
import { announce } from "./announcement.ts";
import { api, sentenceOf } from "./api.ts";
import { write, type WriteRefusal } from "./events.ts";
import { noticeSignedOut } from "./session.ts";
import { createStore } from "./store.ts";

export type Poll = Answer<"polls.list">["items"][number];
export type Said = NonNullable<Poll["people"][number]["answers"]>[number];

/** What others and oneself have asked. Null until it was read. */
export const pollsStore = createStore<{
  readonly items: readonly Poll[] | null;
  readonly failed: string | null;
  /** Whether somebody looks: then what others answer is read as it comes. */
  readonly isShown: boolean;
}>({ items: null, failed: null, isShown: false });

/** Reads them again. `failed` is said where nothing answers. */
export async function loadPolls(failed: string): Promise<void> {
  try {
    const { items } = await api("polls.list", {});
    pollsStore.set({ items, failed: null });
  } catch (error) {
    noticeSignedOut(error);
    pollsStore.set({ failed: sentenceOf(error, failed) });
  }
}

let sentence = "";

/** Begins or ends looking at them. `failed` is said where nothing answers. */
export function showPolls(isShown: boolean, failed: string): void {
  sentence = failed;
  pollsStore.set({ isShown });
  if (isShown) void loadPolls(failed);
}

/** Somebody has answered, asked or picked: read again where one looks. */
export function pollsChanged(): void {
  if (pollsStore.get().isShown) void loadPolls(sentence);
}

/** Asks. Answers the poll's id, or why it cannot be asked. */
export async function askOthers(
  body: {
    readonly title: string;
    readonly times: readonly { readonly start: string; readonly end: string }[];
    readonly people: readonly string[];
    readonly resourceIds: readonly string[];
  },
  said: string,
): Promise<{ readonly id: string } | WriteRefusal> {
  let made: Poll | null = null;
  const { title, times, people, resourceIds } = body;
  const refused = await write(said, async () => {
    const answer = await api.full("polls.create", {
      body: { title, times: times.map((each) => ({ ...each })), people: [...people], resourceIds: [...resourceIds] },
    });
    made = answer.value;
    return answer;
  });
  return refused ?? { id: made!["id"] };
}

/** Says which times suit. Null, or why it was not heard. */
export async function answerPoll(
  id: string,
  answers: readonly Said[],
  sentences: { readonly said: string; readonly failed: string },
): Promise<string | null> {
  try {
    replace(await api("polls.answer", { params: { id }, body: { answers: [...answers] } }));
    announce(sentences.said);
    return null;
  } catch (error) {
    noticeSignedOut(error);
    await loadPolls(sentences.failed);
    return sentenceOf(error, sentences.failed);
  }
}

/** Makes the event at one of the times, and closes the poll: one step, which undo takes back. */
export async function pickTime(
  poll: Poll,
  time: number,
  more: { readonly calendarId: string | undefined; readonly insists: boolean; readonly said: string },
): Promise<WriteRefusal | null> {
  const { calendarId, insists, said } = more;
  return write(said, async () => {
    const body = { time, preventConflicts: !insists, ...(calendarId === undefined ? {} : { calendarId }) };
    const answer = await api.full("polls.pick", { params: { id: poll.id }, body });
    replace(answer.value.poll);
    return answer;
  });
}

export async function closePoll(poll: Poll, said: string): Promise<WriteRefusal | null> {
  return write(said, async () => {
    const answer = await api.full("polls.close", { params: { id: poll.id } });
    replace(answer.value);
    return answer;
  });
}

function replace(poll: Poll): void {
  pollsStore.set(({ items }) => ({ items: items?.map((each) => (each.id === poll.id ? poll : each)) ?? null }));
}
