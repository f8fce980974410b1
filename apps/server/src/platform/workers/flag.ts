/** A flag that a thread at work can look at (`isUp`), up as soon as the signal is aborted: what it has so far is enough. */
export function flagOf(enough: AbortSignal | undefined): Int32Array<SharedArrayBuffer> {
  const flag = new Int32Array(new SharedArrayBuffer(4));
  const raise = () => void Atomics.store(flag, 0, 1);
  if (enough?.aborted === true) raise();
  enough?.addEventListener("abort", raise, { once: true });
  return flag;
}

export const isUp = (flag: Int32Array): boolean => Atomics.load(flag, 0) !== 0;
