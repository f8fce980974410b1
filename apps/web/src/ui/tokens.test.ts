import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { describe, test } from "node:test";

/** Canvas text is invisible to page checkers, so contrast is computed from the tokens themselves (WCAG 2.2 §1.4.3, §1.4.11). */

type Colour = readonly [red: number, green: number, blue: number]; // Linear light, 0 to 1.

const css = readFileSync(new URL("tokens.css", import.meta.url), "utf8");
const THEMES = ["light", "dark"] as const;
const HUES = { programme: 250, fixture: 165, booking: 75, admin: 295, facility: 215 };
const PAST_BAR_ALPHA = 0.78;
const PAST_BLOCK_ALPHA = 0.84;

function tokensOf(theme: (typeof THEMES)[number]): (name: string) => string {
  const block = css.split(`[data-theme="${theme}"] {`)[1]!.split("}")[0]!;
  const values = new Map([...block.matchAll(/--([\w-]+):\s*([^;]+);/g)].map((found) => [found[1]!, found[2]!]));
  return (name) => {
    const value = values.get(name);
    assert.ok(value !== undefined, `no token --${name} in ${theme}`);
    return value;
  };
}

/** `oklch(L C H)` to linear sRGB by Björn Ottosson's matrices, clipped to what a screen shows. */
function colour(text: string): Colour {
  const [lightness, chroma, hue] = /oklch\(([\d.]+) ([\d.]+) ([\d.]+)/.exec(text)!.slice(1).map(Number) as [
    number,
    number,
    number,
  ];
  const a = chroma * Math.cos((hue * Math.PI) / 180);
  const b = chroma * Math.sin((hue * Math.PI) / 180);
  const l = (lightness + 0.3963377774 * a + 0.2158037573 * b) ** 3;
  const m = (lightness - 0.1055613458 * a - 0.0638541728 * b) ** 3;
  const s = (lightness - 0.0894841775 * a - 1.291485548 * b) ** 3;
  const clip = (value: number) => Math.min(1, Math.max(0, value));
  return [
    clip(4.0767416621 * l - 3.3077115913 * m + 0.2309699292 * s),
    clip(-1.2684380046 * l + 2.6097574011 * m - 0.3413193965 * s),
    clip(-0.0041960863 * l - 0.7034186147 * m + 1.707614701 * s),
  ];
}

/** One colour over another at `alpha`, mixed as screens do: on the curve, not in linear light. */
function over(top: Colour, bottom: Colour, alpha: number): Colour {
  const curve = (value: number) => (value <= 0.0031308 ? 12.92 * value : 1.055 * value ** (1 / 2.4) - 0.055);
  const linear = (value: number) => (value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4);
  return [0, 1, 2].map((i) => linear(alpha * curve(top[i]!) + (1 - alpha) * curve(bottom[i]!))) as unknown as Colour;
}

function contrast(one: Colour, other: Colour): number {
  const luminance = ([red, green, blue]: Colour) => 0.2126 * red + 0.7152 * green + 0.0722 * blue;
  const [dark, light] = [luminance(one), luminance(other)].sort((low, high) => low - high) as [number, number];
  return (light + 0.05) / (dark + 0.05);
}

/** What must be read on what, and how well at least. */
const TEXT: readonly (readonly [ink: string, on: string, least: number])[] = [
  ...["text", "text-2", "text-3"].flatMap((ink) =>
    ["canvas", "surface", "raised", "weekend"].map((on) => [ink, on, 4.5] as const),
  ),
  ["accent", "surface", 4.5],
  ["accent", "canvas", 4.5],
  ["accent", "accent-soft", 4.5],
  ["text", "accent-soft", 4.5],
  ["text-2", "accent-soft", 4.5],
  ["on-accent", "accent", 4.5],
  ["conflict", "surface", 4.5],
  ["conflict", "raised", 4.5],
  ["conflict", "canvas", 4.5],
  ["conflict", "accent-soft", 4.5],
  ["conflict", "conflict-soft", 4.5],
  ["text", "conflict-soft", 4.5],
  ["leave-text", "leave", 8],
  ["leave-edge", "surface", 3],
  ["conflict", "weekend", 3],
  ["accent", "weekend", 3],
];

for (const theme of THEMES) {
  describe(`the ${theme} theme`, () => {
    const token = tokensOf(theme);
    const role = (name: string, hue: number) => colour(`oklch(${token(name)} ${hue})`);

    for (const [ink, on, least] of TEXT)
      test(`--${ink} can be read on --${on}`, () => {
        const found = contrast(colour(token(ink)), colour(token(on)));
        assert.ok(found >= least, `${found.toFixed(2)} : 1, at least ${least}`);
      });

    for (const [category, hue] of Object.entries(HUES)) {
      test(`a ${category} bar's label and edge are clear, past ones too`, () => {
        const [bar, text, edge] = [role("bar", hue), role("bar-text", hue), role("bar-edge", hue)];
        const surface = colour(token("surface"));
        const found = [
          [contrast(text, bar), 8, "label on bar"],
          [contrast(text, surface), 4.5, "label past the bar's end"],
          [contrast(edge, surface), 3, "edge"],
          [contrast(over(text, surface, PAST_BAR_ALPHA), over(bar, surface, PAST_BAR_ALPHA)), 4.5, "past label"],
        ] as const;
        for (const [value, least, what] of found)
          assert.ok(value >= least, `${what}: ${value.toFixed(2)}, at least ${least}`);
      });
    }

    test("a timed block's title and second line are clear in any colour, past ones too", () => {
      const surface = colour(token("surface"));
      for (let hue = 0; hue < 360; hue++) {
        const [block, text, second] = [role("block", hue), role("bar-text", hue), role("bar-text2", hue)];
        const past = contrast(over(text, surface, PAST_BLOCK_ALPHA), over(block, surface, PAST_BLOCK_ALPHA));
        const found = [contrast(text, block) / 8, contrast(second, block) / 4.5, past / 4.5];
        assert.ok(
          Math.min(...found) >= 1,
          `hue ${hue}: ${found.map((part) => part.toFixed(2)).join(", ")} of the least`,
        );
      }
    });

    test("any colour a person may choose for a calendar stays legible", () => {
      for (let hue = 0; hue < 360; hue++) {
        const found = contrast(role("bar-text", hue), role("bar", hue));
        assert.ok(found >= 7, `hue ${hue}: ${found.toFixed(2)}`);
      }
    });
  });
}

test("what the system shows around the page has the page's colours, also before any style is there", () => {
  const hexOf = (ink: Colour) =>
    `#${ink
      .map((value) => Math.round(255 * (value <= 0.0031308 ? 12.92 * value : 1.055 * value ** (1 / 2.4) - 0.055)))
      .map((value) => value.toString(16).padStart(2, "0"))
      .join("")}`;
  const file = (path: string) => readFileSync(new URL(path, import.meta.url), "utf8");
  const page = file("../../index.html");
  for (const theme of THEMES)
    assert.match(page, new RegExp(`scheme: ${theme}\\)" content="${hexOf(colour(tokensOf(theme)("surface")))}"`));
  const manifest = JSON.parse(file("../../public/manifest.webmanifest")) as Record<string, unknown>;
  assert.equal(manifest["theme_color"], hexOf(colour(tokensOf("light")("surface"))));
  assert.equal(manifest["background_color"], hexOf(colour(tokensOf("light")("canvas"))));
  assert.match(file("../../icons.ts"), new RegExp(hexOf(colour(tokensOf("light")("accent")))));
});
