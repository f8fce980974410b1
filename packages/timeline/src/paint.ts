/**
 * What can be drawn, as plain values in CSS pixels: painting is a loop over these without a decision in it,
 * and a test reads them instead of pixels.
 */
export type Paint =
  | ({ readonly op: "box"; readonly ink: Ink } & Box)
  | ({ readonly op: "outline"; readonly ink: Ink; readonly lineWidth: number; readonly dashed: boolean } & Box)
  | ({ readonly op: "hatch"; readonly ink: Ink } & Box)
  | {
      readonly op: "text";
      readonly x: number;
      readonly middle: number;
      readonly text: string;
      readonly font: Font;
      readonly align: "start" | "center" | "end";
      readonly ink: Ink;
      readonly alpha: number;
    }
  | {
      readonly op: "glyph";
      readonly kind: Glyph;
      readonly x: number;
      readonly y: number;
      readonly radius: number;
      readonly ink: Ink;
    }
  | {
      readonly op: "clip";
      readonly x: number;
      readonly y: number;
      readonly width: number;
      readonly height: number;
      readonly radius: number;
    }
  | { readonly op: "unclip" };

/** A rectangle with one radius for its corners; `startOnly` rounds the two at the inline start. */
type Box = {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
  readonly radius: number;
  readonly startOnly?: boolean;
  readonly alpha: number;
};

/** A colour by what it is for. With a hue, the theme adds lightness and chroma. */
export type Ink =
  | "surface"
  | "weekend"
  | "line"
  | "line-strong"
  | "text"
  | "text-2"
  | "text-3"
  | "accent"
  | "on-accent"
  | "conflict"
  | "leave"
  | "leave-text"
  | "leave-edge"
  | "leave-hatch"
  | "accent-soft"
  | "focus"
  | "cap-open"
  | "cap-steady"
  | "cap-full"
  | "cap-over"
  | "cap-open-edge"
  | "cap-steady-edge"
  | "cap-full-edge"
  | "cap-over-edge"
  | { readonly role: "bar" | "bar-edge" | "bar-text" | "tick"; readonly hue: number };

export type Font = "number" | "number-past" | "number-today" | "bar" | "block" | "overflow";

/** ▲ a person booked twice, ◆ travel, ■ room or equipment, ● load. */
export type Glyph = "time" | "travel" | "resource" | "load";

/** Width of a text, CSS px. Handed in: only a screen knows its fonts. */
export type Measure = (text: string, font: Font) => number;
