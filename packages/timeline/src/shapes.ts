import type { Ink, Paint } from "./paint.ts";

/** A filled rectangle. */
export function filled(
  frame: { readonly x: number; readonly y: number; readonly width: number; readonly height: number },
  ink: Ink,
  { radius = 0, alpha = 1 }: { readonly radius?: number; readonly alpha?: number } = {},
): Paint {
  const { x, y, width, height } = frame;
  return { op: "box", x, y, width, height, radius, ink, alpha };
}

/** A line around a rectangle, inside its edges. */
export function outlined(
  frame: { readonly x: number; readonly y: number; readonly width: number; readonly height: number },
  ink: Ink,
  more: { readonly radius: number; readonly lineWidth?: number; readonly dashed?: boolean; readonly alpha?: number },
): Paint {
  const { radius, lineWidth = 1, dashed = false, alpha = 1 } = more;
  const half = lineWidth / 2;
  return {
    op: "outline",
    x: frame.x + half,
    y: frame.y + half,
    width: frame.width - lineWidth,
    height: frame.height - lineWidth,
    radius,
    ink,
    lineWidth,
    dashed,
    alpha,
  };
}
