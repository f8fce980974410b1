import assert from "node:assert/strict";
import { randomBytes } from "node:crypto";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, test } from "node:test";
import { readConfig, type Config } from "../../../server/src/config.ts";
import { markReady, openOrganisation } from "../../../server/src/contexts/identity/public.ts";
import { openGround } from "../../../server/src/ground.ts";
import { systemClock } from "../../../server/src/platform/clock.ts";
import { idMaker } from "../../../server/src/platform/ids.ts";
import { silent } from "../../../server/src/platform/log.ts";
import { demo } from "./demo.ts";

/** What a command says, and with which code it ends. */
async function run(args: readonly string[], settings: Readonly<Record<string, string>>) {
  const said: string[] = [];
  const say = (text: string) => void said.push(text);
  const code = await demo(args, settings, { out: say, err: say });
  return { code, said: said.join("") };
}

describe("hourwright demo", () => {
  test("says in a sentence what it does not understand", async () => {
    for (const args of [["--size"], ["--size", "huge"], ["large"], ["--size", "large", "more"]]) {
      const expected = { code: 2, said: "demo takes --size small or --size large, and nothing else.\n" };
      assert.deepEqual(await run(args, {}), expected);
    }
    const { code, said } = await run(["--size=large"], { PORT: "none" });
    assert.equal(code, 2);
    assert.match(said, /PORT/);
  });

  test("changes nothing where something is", async () => {
    const directory = mkdtempSync(join(tmpdir(), "hourwright-demo-"));
    const dataDir = join(directory, "data");
    const newId = idMaker(systemClock, randomBytes);
    const tools = { clock: systemClock, log: silent, ids: newId };
    const { database } = await openGround(readConfig({ DATA_DIR: dataDir }) as Config, tools);
    const own = { slug: "own", name: "Own", zone: "Europe/Prague", firstWeekday: 1, demo: false };
    await markReady(database, (await openOrganisation({ database, newId }, own))!);
    await database[Symbol.asyncDispose]();
    assert.deepEqual(await run(["--size", "large"], { DATA_DIR: dataDir }), {
      code: 1,
      said: `There is an organisation in ${dataDir} already, and nothing was changed. DATA_DIR names another directory.\n`,
    });
    rmSync(directory, { recursive: true });
  });
});
