import { setImmediate } from "node:timers/promises";

/**
 * Asks one question for all who wait for it: `ask` is handed a function that gives it the keys of everybody who has come
 * by then, and says the values in the same order. One question is under way at a time, and whoever comes meanwhile is in
 * the next one, so that nobody is answered by what was read before they came. Fails for all of a question alike.
 */
export function together<Key, Value>(
  ask: (take: () => readonly Key[]) => Promise<readonly Value[]>,
  keysMax: number,
): (key: Key) => Promise<Value> {
  type Waiting = { readonly key: Key; readonly answer: PromiseWithResolvers<Value> };
  const waiting: Waiting[] = [];
  let isAsking = false;

  async function askOn(): Promise<void> {
    isAsking = true;
    while (waiting.length > 0) {
      await setImmediate(); // Whoever comes in this turn of the event loop comes along.
      let asked: readonly Waiting[] = [];
      const take = () => (asked = waiting.splice(0, keysMax)).map(({ key }) => key);
      try {
        const values = await ask(take);
        asked.forEach(({ answer }, i) => answer.resolve(values[i]!));
      } catch (error) {
        // What failed before it took anybody has failed for who waited.
        const failed = asked.length > 0 ? asked : waiting.splice(0, keysMax);
        for (const { answer } of failed) answer.reject(error);
      }
    }
    isAsking = false;
  }

  return (key) => {
    const answer = Promise.withResolvers<Value>();
    waiting.push({ key, answer });
    if (!isAsking) void askOn();
    return answer.promise;
  };
}
