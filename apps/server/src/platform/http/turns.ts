import { Unavailable } from "../failure.ts";

/** Does work for an address, unless as much is done already as may be at once; then it throws `Unavailable`. */
export type Turns = <T>(address: string, work: () => Promise<T>) => Promise<T>;

/** So much at once in this process, and of one address less: who begins things and never ends them keeps out nobody else. */
export function createTurns(name: string, { all, ofOne }: { readonly all: number; readonly ofOne: number }): Turns {
  const taken: string[] = [];
  return async (address, work) => {
    const own = taken.filter((each) => each === address).length;
    if (taken.length >= all || own >= ofOne) throw new Unavailable(`as many ${name} as can be are being read`);
    taken.push(address);
    try {
      return await work();
    } finally {
      taken.splice(taken.indexOf(address), 1);
    }
  };
}
