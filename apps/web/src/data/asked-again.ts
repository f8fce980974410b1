import { isOffline } from "./api.ts";

/** What nobody answered, with the key it was asked under and when, oldest first. */
const unanswered = new Map<string, { readonly key: string; readonly atMs: number }>();
/** Who asks for the same after so long wants another one. */
const UNANSWERED_MS_MAX = 600_000;
/** More than anybody leaves unsaid in open forms. */
const UNANSWERED_MAX = 20;

/**
 * Asks for something to be made, under a key. When no answer comes, nobody knows whether it was made: asked for again word for
 * word it goes under the same key, so that the server makes it once and answers the same.
 */
export async function askedAgain<Value>(
  asked: object,
  ask: (idempotencyKey: string) => Promise<Value>,
): Promise<Value> {
  const text = JSON.stringify(asked);
  const before = unanswered.get(text);
  const isFresh = before !== undefined && performance.now() - before.atMs < UNANSWERED_MS_MAX;
  const key = isFresh ? before.key : newKey();
  unanswered.delete(text); // Who wants two of the same may ask for both at once.
  try {
    return await ask(key);
  } catch (error) {
    if (isOffline(error)) keep(text, key);
    throw error;
  }
}

/** After something was removed or undone: it may be what was made though its answer was lost, and is to be made anew. */
export function forgetUnanswered(): void {
  unanswered.clear();
}

function keep(text: string, key: string): void {
  unanswered.set(text, { key, atMs: performance.now() });
  for (const oldest of unanswered.keys()) {
    if (unanswered.size <= UNANSWERED_MAX) return;
    unanswered.delete(oldest);
  }
}

/** Not `randomUUID`, which is missing where a server is reached without https. */
const newKey = (): string =>
  Array.from(crypto.getRandomValues(new Uint32Array(4)), (part) => part.toString(36)).join("-");
