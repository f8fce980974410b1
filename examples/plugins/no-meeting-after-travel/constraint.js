// A meeting must not begin right after its person has come from another place. Focus time is no meeting, and what happens
// nowhere moves nobody.

const MINUTE_MS = 60_000;

/** Every breach that begins in `part`. Pure: the same question, the same answer. */
export function breaches({ values, part, taken }) {
  const found = [];
  const placed = taken.map((taking, at) => ({ ...taking, at })).filter(({ site }) => site !== null);
  for (const [i, taking] of placed.entries()) {
    if (taking.startMs < part.startMs || taking.startMs >= part.endMs) continue;
    const last = placed[i - 1];
    if (last === undefined || last.site === taking.site || taking.isFocus) continue;
    const there = (taking.startMs - last.endMs) / MINUTE_MS;
    if (there < 0 || there >= values.pause) continue; // What goes on still is another rule's matter.
    found.push({
      startMs: taking.startMs,
      endMs: taking.endMs,
      taken: [last.at, taking.at],
      units: values.pause - there,
      facts: { there, pause: values.pause },
    });
  }
  return found;
}

/**
 * How many units more there would be after a change: one taking goes, one comes. Only who stands beside a change can be touched
 * by it; here the line is short, so that it is simply counted twice.
 */
export function delta(question, { gone, come }) {
  const left = question.taken.filter((_, at) => at !== gone);
  const taken = come === null ? left : [...left, come];
  taken.sort((a, b) => a.startMs - b.startMs || a.endMs - b.endMs);
  return unitsOf({ ...question, taken }) - unitsOf(question);
}

const unitsOf = (question) => breaches(question).reduce((sum, { units }) => sum + units, 0);
