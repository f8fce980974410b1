// Tasks for the pool's own test.

export async function* count(to: number): AsyncGenerator<number, string> {
  for (let i = 0; i < to; i++) yield i;
  return `counted ${to}`;
}

export async function* fail(): AsyncGenerator<never, never> {
  throw new Error("on purpose");
}

export async function* spin(): AsyncGenerator<never, never> {
  for (;;); // Never gives the thread back.
}
