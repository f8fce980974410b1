import { isOffline } from "./api.ts";

/** What nobody answered, with the key it was asked under, oldest first. */
const unanswered = new Map<string, string>();
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
  const key = unanswered.get(text) ?? newKey();
  unanswered.delete(text); // Who wants two of the same may ask for both at once.
  try {
    return await ask(key);
  } catch (error) {
    if (isOffline(error)) keep(text, key);
    throw error;
  }
}

function keep(text: string, key: string): void {
  unanswered.set(text, key);
  for (const oldest of unanswered.keys()) {
    if (unanswered.size <= UNANSWERED_MAX) return;
    unanswered.delete(oldest);
  }
}

/** Not `randomUUID`, which is missing where a server is reached without https. */
const newKey = (): string =>
  Array.from(crypto.getRandomValues(new Uint32Array(4)), (part) => part.toString(36)).join("-");
