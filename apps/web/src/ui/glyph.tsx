import type { Glyph as Kind } from "@hourwright/timeline";

export { glyphOf } from "./glyph-of.ts";

const SHAPES: Readonly<Record<Kind, string>> = {
  time: "M5 .6 9.8 9.2H.2z",
  travel: "M5 0 10 5 5 10 0 5z",
  resource: "M1 1h8v8H1z",
  load: "M5 .5a4.5 4.5 0 1 0 0 9 4.5 4.5 0 1 0 0-9",
};

/** The sign of a conflict, the same everywhere: ▲ ◆ ■ ●. `word` says it where no word stands beside it. */
export function Glyph({ kind, size = 10, word }: { kind: Kind; size?: number; word?: string }) {
  const spoken = word === undefined ? { "aria-hidden": true } : { role: "img", "aria-label": word };
  return (
    <svg width={size} height={size} viewBox="0 0 10 10" focusable="false" {...spoken}>
      <path d={SHAPES[kind]} fill="currentColor" />
    </svg>
  );
}
