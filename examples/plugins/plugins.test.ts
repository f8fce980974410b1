import assert from "node:assert/strict";
import { globSync } from "node:fs";
import { describe, test } from "node:test";
import { fileURLToPath } from "node:url";
import { checkPlugin, readPlugin } from "@hourwright/plugin";

const here = fileURLToPath(new URL(".", import.meta.url));

describe("the plug-ins of the examples", () => {
  for (const file of globSync("*/plugin.json", { cwd: here })) {
    test(`${file} keeps what it says`, async () => {
      const plugin = await readPlugin(`${here}${file.replace("/plugin.json", "")}`);
      assert.ok("read" in plugin, JSON.stringify(plugin));
      const lines = await checkPlugin(plugin.read);
      assert.ok(lines.length >= 2);
      for (const { isRight, tried, says } of lines) assert.ok(isRight, `${tried} ${says}`);
    });
  }
});
