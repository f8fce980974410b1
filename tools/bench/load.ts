import { assert } from "@hourwright/std";
import { openWire } from "../../apps/server/src/testing/wire.ts";

/** What is asked: always the same address, or another one each time. */
export type Asked = { readonly url: string; readonly token: string; readonly path: (count: number) => string };

export type Load = { readonly answers: number; readonly seconds: number; readonly bytesOfAnswer: number };

/** Asks over some connections for so long, each the next question as soon as it has its answer. */
export async function askFor({ url, token, path }: Asked, connections: number, forMs: number): Promise<Load> {
  const startedMs = performance.now();
  const untilMs = startedMs + forMs;
  let answers = 0;
  let bytesOfAnswer = 0;
  await Promise.all(
    Array.from({ length: connections }, async () => {
      using wire = await openWire(url);
      while (performance.now() < untilMs) {
        const answer = await wire.ask({ method: "GET", path: path(answers++), token });
        assert(answer.status === 200, answer.text().slice(0, 600));
        bytesOfAnswer = answer.bytes;
      }
    }),
  );
  return { answers, seconds: (performance.now() - startedMs) / 1_000, bytesOfAnswer };
}
