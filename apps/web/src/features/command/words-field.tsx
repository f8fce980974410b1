import { useLayoutEffect, useRef, useState, type KeyboardEvent } from "react";
import type { Part } from "@hourwright/language";
import styles from "./command.module.css";

/** A part as it is underlined: where it stands, its kind, and what it was understood as. */
export type Underlined = Part & { readonly gloss: string };

/** One line of words with what was understood underlined, live; the meaning stands below each part. */
export function WordsField(props: {
  readonly text: string;
  readonly parts: readonly Underlined[];
  /** The part that Tab has chosen, or -1. */
  readonly chosenPart: number;
  readonly label: string;
  readonly placeholder: string;
  readonly listId: string;
  /** The id of the chosen result. */
  readonly activeId: string | undefined;
  readonly onText: (text: string) => void;
  readonly onKeyDown: (event: KeyboardEvent<HTMLInputElement>) => void;
}) {
  const { text, parts, chosenPart, label, placeholder, listId, activeId, onText, onKeyDown } = props;
  const input = useRef<HTMLInputElement>(null);
  const under = useRef<HTMLDivElement>(null);
  const [scrolled, setScrolled] = useState(0);
  useLayoutEffect(() => input.current?.focus(), []);
  useLayoutEffect(() => fitGlosses(under.current)); // At each letter typed: what stands where has changed.
  return (
    <div className={styles.words}>
      <input
        ref={input}
        type="text"
        role="combobox"
        aria-expanded="true"
        aria-controls={listId}
        aria-activedescendant={activeId}
        aria-label={label}
        placeholder={placeholder}
        autoComplete="off"
        spellCheck={false}
        maxLength={TEXT_UNITS_MAX}
        value={text}
        onChange={(event) => onText(event.target.value)}
        onKeyDown={onKeyDown}
        onScroll={(event) => setScrolled(event.currentTarget.scrollLeft)}
      />
      <div ref={under} className={styles.under} style={{ insetInlineStart: -scrolled }} aria-hidden="true">
        {piecesOf(text, parts).map((piece) =>
          piece.part === null ? (
            <span key={piece.from}>{piece.text}</span>
          ) : (
            <span
              key={piece.from}
              className={styles.part}
              data-kind={piece.part.kind}
              data-ambiguous={piece.part.isAmbiguous || undefined}
              data-chosen={parts[chosenPart] === piece.part || undefined}
            >
              {piece.text}
              <small>{piece.part.gloss}</small>
            </span>
          ),
        )}
      </div>
    </div>
  );
}

/** Longer than any plan; the parser reads 500 of them. */
const TEXT_UNITS_MAX = 2_000;

const GLOSS_GAP = 8;

/** A gloss may run past its part, up to the next one's. */
function fitGlosses(under: HTMLElement | null): void {
  const parts = [...(under?.querySelectorAll<HTMLElement>("[data-kind]") ?? [])];
  for (const [index, part] of parts.entries()) {
    const next = parts[index + 1];
    const room = next === undefined ? GLOSS_MAX : Math.abs(next.offsetLeft - part.offsetLeft) - GLOSS_GAP;
    part.querySelector("small")!.style.maxWidth = `${Math.max(part.offsetWidth, room)}px`;
  }
}

const GLOSS_MAX = 200;

type Piece = { readonly from: number; readonly text: string; readonly part: Underlined | null };

function piecesOf(text: string, parts: readonly Underlined[]): Piece[] {
  const pieces: Piece[] = [];
  let at = 0;
  for (const part of parts) {
    if (part.from > at) pieces.push({ from: at, text: text.slice(at, part.from), part: null });
    pieces.push({ from: part.from, text: text.slice(part.from, part.to), part });
    at = part.to;
  }
  if (at < text.length) pieces.push({ from: at, text: text.slice(at), part: null });
  return pieces;
}
