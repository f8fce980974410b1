import { html, type Html } from "./html.ts";

/** Line icons on a 16 px field, drawn with the text's colour. */
const SHAPES = {
  globe:
    "M13.5 8a5.5 5.5 0 1 1-11 0 5.5 5.5 0 0 1 11 0M2.5 8h11M8 2.5c1.8 1.7 2.5 3.5 2.5 5.5S9.8 11.8 8 13.5C6.2 11.8 5.5 10 5.5 8S6.2 4.2 8 2.5z",
  previous: "M10 3 5 8l5 5",
  next: "m6 3 5 5-5 5",
  down: "m4 6 4 4 4-4",
  pin: "M8 14s4.5-3.8 4.5-7.3a4.5 4.5 0 0 0-9 0C3.5 10.2 8 14 8 14zM9.5 6.7a1.5 1.5 0 1 1-3 0 1.5 1.5 0 0 1 3 0",
  clock: "M13.5 8a5.5 5.5 0 1 1-11 0 5.5 5.5 0 0 1 11 0M8 5v3.2l2 1.3",
  check: "m3.5 8.5 3 3 6-7",
  file: "M8 2.5v7.5M5 7.5l3 3 3-3M3 13.5h10",
  people: "M10.5 5.5a2.5 2.5 0 1 1-5 0 2.5 2.5 0 0 1 5 0M3.5 13.5c.4-2.6 2.2-4 4.5-4s4.1 1.4 4.5 4",
} as const;

export const icon = (name: keyof typeof SHAPES, size = 16): Html =>
  html`<svg class="icon" width="${size}" height="${size}" viewBox="0 0 16 16" aria-hidden="true" focusable="false">
    <path d="${SHAPES[name]}" />
  </svg>`;

/** The ring of a countdown; the script shortens its stroke. */
export const ring: Html = html`<svg
  class="ring"
  width="22"
  height="22"
  viewBox="0 0 22 22"
  aria-hidden="true"
  focusable="false"
>
  <circle cx="11" cy="11" r="8.5" />
  <circle class="left" cx="11" cy="11" r="8.5" pathLength="100" />
</svg>`;
