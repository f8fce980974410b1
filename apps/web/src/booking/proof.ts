import { leadingZeros } from "./sha256.ts";

/** So long it counts before the page has its turn: what is pressed meanwhile is seen at once. */
const SLICE_MS = 8;
/** Numbers that are tried between two looks at the clock. */
const AT_ONCE = 64;

let turn = 0;

/** Finds the number that a form's challenge asks for, while its page is read. Sent without it the form works as well, less often. */
export function startProof(): void {
  const own = ++turn;
  const field = document.querySelector<HTMLInputElement>("input[data-challenge]");
  const { challenge, bits } = field?.dataset ?? {};
  if (field === null || challenge === undefined) return;
  let number = 0;
  const slice = () => {
    const endMs = performance.now() + SLICE_MS;
    while (own === turn && performance.now() < endMs)
      for (let left = AT_ONCE; left > 0; left--, number++) {
        const proof = `${challenge}.${number}`;
        if (leadingZeros(proof) < Number(bits)) continue;
        field.value = proof;
        return;
      }
    if (own === turn) setTimeout(slice);
  };
  setTimeout(slice);
}
