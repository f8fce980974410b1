import { createStore } from "./store.ts";

/** Rises with each change of ours, with what is undone, and with what others change of what no year shows: whoever shows a list reads it again. */
export const freshness = createStore({ version: 0 });

export const readAgain = (): void => freshness.set(({ version }) => ({ version: version + 1 }));

/** A list that takes longer than that to be read again is not waited for. */
const READ_AGAIN_MS_MAX = 1_000;
const reading = new Set<Promise<unknown>>();

/** Remembers that a list is being read, until it has been or could not be. */
export function whileRead<Value>(read: Promise<Value>): Promise<Value> {
  const over = () => void reading.delete(read);
  reading.add(read);
  read.then(over, over);
  return read;
}

/**
 * Waits until lists have been read that what was changed has read again, `READ_AGAIN_MS_MAX` at most: who changes something else at once
 * then changes what is there now, and is not refused for a version that was on screen a moment longer.
 */
export async function whenRead(): Promise<void> {
  let timer: ReturnType<typeof setTimeout> | undefined;
  const late = new Promise((resolve) => (timer = setTimeout(resolve, READ_AGAIN_MS_MAX)));
  await new Promise((resolve) => setTimeout(resolve, 0)); // Whoever shows a list asks for it when it is rendered.
  await Promise.race([Promise.allSettled(reading), late]);
  clearTimeout(timer);
}
