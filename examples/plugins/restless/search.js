// Hill climbing that begins anew from chance: asks about every neighbour of a plan at once, goes to the best of them, and begins
// somewhere else when none is better. A generator: it yields plans and is given what each of them breaks.

const BATCH_MAX = 256;

export function* search({ values, domains, start, seed }) {
  const random = randomFrom(seed);
  let plan = start;
  let [score] = yield [plan];
  for (let climb = 0; climb < values.climbs; climb++) {
    for (;;) {
      const near = neighboursOf(plan, domains, random);
      if (near.length === 0) return;
      const scores = yield near;
      const best = scores.reduce((least, each, i) => (isBetter(each, scores[least]) ? i : least), 0);
      if (!isBetter(scores[best], score)) break;
      [plan, score] = [near[best], scores[best]];
    }
    plan = domains.map((count) => Math.floor(random() * count));
    [score] = yield [plan];
  }
}

const isBetter = ([hard, soft], [otherHard, otherSoft]) => hard < otherHard || (hard === otherHard && soft < otherSoft);

/** Every plan that differs in one variable; of too many as many by chance. */
function neighboursOf(plan, domains, random) {
  const all = domains.flatMap((count, variable) =>
    Array.from({ length: count }, (_, value) => value)
      .filter((value) => value !== plan[variable])
      .map((value) => plan.with(variable, value)),
  );
  while (all.length > BATCH_MAX) all.splice(Math.floor(random() * all.length), 1);
  return all;
}

/** A small generator of chance (xorshift): the same seed, the same plans. */
function randomFrom(seed) {
  let state = seed >>> 0 || 1;
  return () => {
    state ^= state << 13;
    state ^= state >>> 17;
    state ^= state << 5;
    return (state >>> 0) / 2 ** 32;
  };
}
