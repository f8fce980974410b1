import { crc32, deflateSync } from "node:zlib";
import { MARK_LINES, MARK_STROKE, MARK_UNITS, markPath } from "./src/ui/mark-lines.ts";

/**
 * The icons of the installed app, drawn from the one mark: white bars on a square of the accent, as in the rail. An SVG for
 * browsers, PNGs for systems that take nothing else.
 */

/** The square that the mark stands in the middle of, in its units. */
const UNITS = 32;
const MARGIN = (UNITS - MARK_UNITS) / 2;
const CORNER = 10;
/** `--accent` of the light theme, as systems can read it. */
const GROUND = { hex: "#285cc2", rgb: [0x28, 0x5c, 0xc2] } as const;
const INK = [255, 255, 255] as const;

export type IconForm = "rounded" | "whole";

/** Each file of the built app that is an icon, by its name. `whole` fills its square: systems cut their own shape out of it. */
export function drawIcons(): ReadonlyMap<string, string | Buffer> {
  return new Map<string, string | Buffer>([
    ["icon.svg", svgIcon()],
    ["icon-192.png", pngIcon(192, "rounded")],
    ["icon-512.png", pngIcon(512, "rounded")],
    ["icon-maskable-512.png", pngIcon(512, "whole")],
    ["apple-touch-icon.png", pngIcon(180, "whole")],
  ]);
}

function svgIcon(): string {
  const square = `<rect width="${UNITS}" height="${UNITS}" rx="${CORNER}" fill="${GROUND.hex}"/>`;
  const stroke = `fill="none" stroke="#fff" stroke-width="${MARK_STROKE}" stroke-linecap="round"`;
  const mark = `<path d="${markPath(MARGIN)}" ${stroke}/>`;
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${UNITS} ${UNITS}">${square}${mark}</svg>\n`;
}

/** The icon as a PNG (ISO/IEC 15948) of `size` by `size` pixels in RGBA. O(size²): 0.1 s for 512. */
export function pngIcon(size: number, form: IconForm): Buffer {
  const rows = Buffer.alloc(size * (1 + 4 * size)); // Each row begins with its filter: 0, none.
  for (let y = 0; y < size; y++)
    for (let x = 0; x < size; x++) rows.set(pixelAt(x, y, size, form), y * (1 + 4 * size) + 1 + 4 * x);
  const header = Buffer.alloc(13);
  header.writeUInt32BE(size, 0);
  header.writeUInt32BE(size, 4);
  header.set([8, 6], 8); // Eight bits each of red, green, blue and alpha; the rest is 0: nothing interlaced.
  const signature = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]);
  const rest = [chunk("IHDR", header), chunk("IDAT", deflateSync(rows, { level: 9 })), chunk("IEND", Buffer.alloc(0))];
  return Buffer.concat([signature, ...rest]);
}

function chunk(type: string, body: Buffer): Buffer {
  const named = Buffer.concat([Buffer.from(type, "latin1"), body]);
  const [length, check] = [Buffer.alloc(4), Buffer.alloc(4)];
  length.writeUInt32BE(body.length);
  check.writeUInt32BE(crc32(named));
  return Buffer.concat([length, named, check]);
}

/** Edges are smooth: a pixel is covered by as much as its middle is inside of, half a pixel to either side. */
function pixelAt(x: number, y: number, size: number, form: IconForm): readonly number[] {
  const unitsAPixel = UNITS / size;
  const [atX, atY] = [(x + 0.5) * unitsAPixel, (y + 0.5) * unitsAPixel];
  const covered = (distance: number) => Math.min(1, Math.max(0, 0.5 - distance / unitsAPixel));
  const ink = covered(distanceToMark(atX - MARGIN, atY - MARGIN));
  const ground = form === "whole" ? 1 : covered(distanceToSquare(atX, atY));
  const [red, green, blue] = GROUND.rgb.map((value, i) => Math.round(value + (INK[i]! - value) * ink));
  return [red!, green!, blue!, Math.round(255 * ground)];
}

/** How far a point is outside of the nearest bar; below 0 inside. */
function distanceToMark(x: number, y: number): number {
  const away = MARK_LINES.map((line) => {
    const nearestX = Math.min(line.x + line.width, Math.max(line.x, x));
    return Math.hypot(x - nearestX, y - line.y) - MARK_STROKE / 2;
  });
  return Math.min(...away);
}

function distanceToSquare(x: number, y: number): number {
  const half = UNITS / 2;
  const [outX, outY] = [Math.abs(x - half) - (half - CORNER), Math.abs(y - half) - (half - CORNER)];
  return Math.hypot(Math.max(outX, 0), Math.max(outY, 0)) + Math.min(Math.max(outX, outY), 0) - CORNER;
}
