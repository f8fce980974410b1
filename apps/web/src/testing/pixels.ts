import { existsSync, mkdirSync, mkdtempSync, readFileSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import type { Page } from "playwright-core";

/**
 * Pictures of the page beside those that were committed. A baseline is a WebP of half the screen's size: small, and what the
 * edges of letters differ by from run to run is averaged away.
 */

const FOLDER = fileURLToPath(new URL("baselines/", import.meta.url));
const MADE_WITH = join(FOLDER, "chromium.txt");
const QUALITY = 0.85;
/** By so much of 255 a channel of a pixel has to differ to count: more than the loss of a baseline, less than a missing ribbon. */
const CHANNEL_MIN = 40;
/** The share of pixels that may count. */
export const SHARE_MAX = 0.002;

/** Whether baselines are written instead of compared: `UPDATE_BASELINES=1`. */
export const isUpdating = process.env["UPDATE_BASELINES"] === "1";

const majorOf = (version: string): string => version.split(".")[0]!;

/** Why pictures of this browser cannot be compared: another Chromium draws letters its own way. Null when they can. */
export function whyNoBaselines(version: string): string | null {
  if (isUpdating) return null;
  if (!existsSync(MADE_WITH)) return "there are no baselines yet: UPDATE_BASELINES=1 makes them";
  const [made, here] = [readFileSync(MADE_WITH, "utf8").trim(), majorOf(version)];
  return made === here ? null : `the baselines are of Chromium ${made}, this is ${here}`;
}

/** The page as it is now, as a baseline is kept. */
export async function pictureOf(page: Page): Promise<Buffer> {
  await page.evaluate(() => document.fonts.ready.then(() => undefined));
  await page.waitForLoadState("networkidle");
  const png = await page.screenshot({ animations: "disabled", caret: "hide", scale: "css" });
  return inBlankPage(page, shrunk, { png: png.toString("base64"), quality: QUALITY }).then((webp) =>
    Buffer.from(webp, "base64"),
  );
}

/** Writes a baseline, and of which Chromium. */
export function keepBaseline(name: string, picture: Buffer, version: string): void {
  mkdirSync(FOLDER, { recursive: true });
  writeFileSync(join(FOLDER, `${name}.webp`), picture);
  writeFileSync(MADE_WITH, `${majorOf(version)}\n`);
}

/**
 * The share of pixels, 0 to 1, in which a picture differs from the baseline; 1 where the sizes do. When it is more than may
 * be, the picture and the difference are written to a directory, which `files` names.
 */
export async function differenceFrom(
  name: string,
  picture: Buffer,
  page: Page,
): Promise<{ readonly share: number; readonly files: string }> {
  const baseline = readFileSync(join(FOLDER, `${name}.webp`));
  const given = { one: baseline.toString("base64"), other: picture.toString("base64"), least: CHANNEL_MIN };
  const { share, marked } = await inBlankPage(page, compared, given);
  if (share <= SHARE_MAX) return { share, files: "" };
  const files = mkdtempSync(join(tmpdir(), `pixels-${name}-`));
  writeFileSync(join(files, "actual.webp"), picture);
  writeFileSync(join(files, "difference.png"), Buffer.from(marked, "base64"));
  return { share, files };
}

/** Runs in a page without a policy: pictures given as text could not be read in ours. */
async function inBlankPage<Given, Found>(
  page: Page,
  run: (given: Given) => Promise<Found>,
  given: Given,
): Promise<Found> {
  const blank = await page.context().newPage();
  try {
    return await blank.evaluate(run as (given: unknown) => Promise<Found>, given);
  } finally {
    await blank.close();
  }
}

async function shrunk({ png, quality }: { png: string; quality: number }): Promise<string> {
  const picture = await createImageBitmap(new Blob([Uint8Array.fromBase64(png)], { type: "image/png" }));
  const canvas = new OffscreenCanvas(Math.round(picture.width / 2), Math.round(picture.height / 2));
  const context = canvas.getContext("2d")!;
  context.imageSmoothingQuality = "high";
  context.drawImage(picture, 0, 0, canvas.width, canvas.height);
  const blob = await canvas.convertToBlob({ type: "image/webp", quality });
  return new Uint8Array(await blob.arrayBuffer()).toBase64();
}

async function compared({ one, other, least }: { one: string; other: string; least: number }) {
  const read = async (text: string) => {
    const picture = await createImageBitmap(new Blob([Uint8Array.fromBase64(text)], { type: "image/webp" }));
    const canvas = new OffscreenCanvas(picture.width, picture.height);
    const context = canvas.getContext("2d", { willReadFrequently: true })!;
    context.drawImage(picture, 0, 0);
    return { canvas, context };
  };
  const [before, now] = [await read(one), await read(other)];
  const { width, height } = before.canvas;
  if (now.canvas.width !== width || now.canvas.height !== height) return { share: 1, marked: "" };
  const [was, is] = [before.context, now.context].map((context) => context.getImageData(0, 0, width, height).data);
  const marks = new ImageData(width, height);
  let differing = 0;
  for (let at = 0; at < is!.length; at += 4) {
    const channels = [0, 1, 2].map((channel) => Math.abs(is![at + channel]! - was![at + channel]!));
    const isOther = Math.max(...channels) > least;
    if (isOther) differing++;
    marks.data.set(isOther ? [220, 0, 60, 255] : [is![at]!, is![at + 1]!, is![at + 2]!, 50], at);
  }
  before.context.clearRect(0, 0, width, height);
  before.context.putImageData(marks, 0, 0);
  const blob = await before.canvas.convertToBlob({ type: "image/png" });
  return { share: differing / (width * height), marked: new Uint8Array(await blob.arrayBuffer()).toBase64() };
}
