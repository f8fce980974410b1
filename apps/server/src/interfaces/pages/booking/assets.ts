import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import type { Assets } from "./layout.ts";

/** Which files of the built web app belong to the public pages: the build has written their addresses down. */
export function bookingAssets(folder: string): Assets {
  const list = join(folder, "booking.json");
  if (!existsSync(list)) return { style: null, script: null };
  const { style, script } = JSON.parse(readFileSync(list, "utf8")) as Assets;
  return { style, script };
}
