import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { existsSync, globSync, readFileSync } from "node:fs";
import { describe, test } from "node:test";
import { refusal } from "./boundaries.ts";
import { importsOf, loadedWith, sourceFiles } from "./imports.ts";

// The rules of the house. Each prints a sentence for every breach.

const files = sourceFiles();
const isTest = (file: string) => /\.test\.tsx?$|\/testing(\/|\.ts$)|\/bench\//.test(file);

describe("the layout", () => {
  test("everyone imports only what their floor allows", () => {
    const breaches = files
      .filter((file) => !isTest(file))
      .flatMap(importsOf)
      .flatMap(({ file, target }) => refusal(file, target) ?? []);
    assert.deepEqual(breaches, []);
  });

  test("a breach would be seen", () => {
    assert.match(refusal("packages/time/src/zone.ts", "packages/ical/src/index.ts") ?? "", /may not import/);
    assert.match(
      refusal("apps/server/src/contexts/claims/take.ts", "apps/server/src/contexts/identity/store.ts") ?? "",
      /public\.ts/,
    );
    assert.match(
      refusal("apps/server/src/contexts/claims/take.ts", "apps/server/src/contexts/calendars/public.ts") ?? "",
      /downwards/,
    );
    assert.equal(
      refusal("apps/server/src/contexts/calendars/commands.ts", "apps/server/src/contexts/claims/public.ts"),
      null,
    );
  });

  test("there is no cycle between packages", () => {
    const edges = new Map<string, Set<string>>();
    for (const { file, target } of files
      .filter((file) => file.startsWith("packages/") && !isTest(file))
      .flatMap(importsOf)) {
      const [from, to] = [file.split("/")[1]!, target.split("/")[1]!];
      if (from !== to) edges.set(from, (edges.get(from) ?? new Set()).add(to));
    }
    const visit = (name: string, path: readonly string[]): void => {
      assert.ok(!path.includes(name), `packages import in a circle: ${[...path, name].join(" → ")}`);
      for (const next of edges.get(name) ?? []) visit(next, [...path, name]);
    };
    for (const name of edges.keys()) visit(name, []);
  });

  test("compute threads load nothing of the database", () => {
    const heavy = ["kysely", "pg", "pg-boss", "fastify", "better-auth"];
    const tasks = files.filter((file) => /\.task\.ts$|\/contexts\/[^/]+\/pure\.ts$/.test(file));
    const breaches = tasks.flatMap((task) => {
      const { packages } = loadedWith(task);
      return heavy.filter((name) => packages.has(name)).map((name) => `${task} loads ${name}`);
    });
    assert.ok(tasks.length > 10);
    assert.ok(loadedWith("apps/server/src/contexts/claims/public.ts").packages.has("kysely"), "a breach would be seen");
    assert.deepEqual(breaches, []);
  });

  test("every package says what it is", () => {
    const silent = globSync("packages/*").filter((folder) => !existsSync(`${folder}/README.md`));
    assert.deepEqual(silent, []);
  });
});

describe("the words", () => {
  const rules: readonly { readonly name: string; readonly pattern: RegExp; readonly unless?: RegExp }[] = [
    { name: "never Date: Temporal says what is meant", pattern: /\bnew Date\b|\bDate\.(now|UTC|parse)\b/ },
    { name: "chance is handed in", pattern: /\bMath\.random\b/ },
    { name: "any is never meant", pattern: /: any\s*(?:[);,=[\]}|&>{]|$)|\bas any\s*([);,.\]]|$)|<any>/ },
    { name: "a TODO has no place here", pattern: /\bTODO\b|\bFIXME\b/ },
    {
      name: "only main.ts speaks with the process",
      pattern: /\bprocess\.(env|exit|argv)\b/,
      unless:
        /^(tools|apps\/cli|apps\/web\/build|apps\/server\/src\/main\.ts|apps\/server\/src\/testing)|\/testing\/|\.test\.ts$|\/bench\//,
    },
    {
      name: "the console belongs to the terminal",
      pattern: /\bconsole\./,
      unless:
        /^(tools|apps\/cli|apps\/web\/build|apps\/web\/src\/testing|apps\/server\/src\/main\.ts)|\.test\.ts$|\/bench\//,
    },
  ];
  for (const { name, pattern, unless } of rules) {
    test(name, () => {
      const breaches = files
        .filter((file) => file !== "tools/tidy/tidy.test.ts" && unless?.test(file) !== true)
        .flatMap((file) =>
          readFileSync(file, "utf8")
            .split("\n")
            .map((line, i) => ({ place: `${file}:${i + 1}`, line })),
        )
        .filter(({ line }) => pattern.test(line.replace(/^\s*(\/\/|\*|\/\*).*$/, "")))
        .map(({ place, line }) => `${place} ${line.trim()}`);
      assert.deepEqual(breaches, []);
    });
  }

  test("no file names a path of one machine, or a registry's host", () => {
    const tracked = execFileSync("git", ["ls-files", "-z"], { encoding: "utf8" })
      .split("\0")
      .filter((file) => /\.(ts|tsx|md|json|sh|sql|css|html|yml|yaml)$/.test(file) && existsSync(file));
    const breaches = tracked.filter(
      (file) =>
        file !== "tools/tidy/tidy.test.ts" &&
        /\/root\/|\/home\/\w|registry\.npmjs|"resolved": "http/.test(readFileSync(file, "utf8")),
    );
    assert.deepEqual(breaches, []);
  });

  test("every test has a name of its own in its file", () => {
    for (const file of files.filter((file) => /\.test\.tsx?$/.test(file))) {
      const text = readFileSync(file, "utf8");
      assert.doesNotMatch(text, /\b(test|it|describe)\.(skip|only|todo)\b/, file);
    }
  });
});

describe("refusals", () => {
  /** Refusals that are said in English alone: of what programs meet, or in sentences that a core or another server makes. */
  const ENGLISH_ALONE: Readonly<Record<string, number>> = {
    "apps/server/src/contexts/approvals/commands.ts": 1,
    "apps/server/src/contexts/approvals/decide.ts": 1,
    "apps/server/src/contexts/learning/commands.ts": 1,
    "apps/server/src/contexts/learning/training.ts": 3,
    "apps/server/src/contexts/planning/drafts/commands.ts": 3,
    "apps/server/src/contexts/planning/find-time.ts": 1,
    "apps/server/src/contexts/planning/proposals.ts": 1,
    "apps/server/src/contexts/planning/schedules/optimise.ts": 1,
    "apps/server/src/contexts/workforce/duties/claim.ts": 1,
    "apps/server/src/contexts/workforce/publications/publish.ts": 1,
    "apps/server/src/interfaces/live/live.ts": 2,
    "apps/server/src/interfaces/pages/docs.ts": 1,
    "apps/server/src/interfaces/rest/routes.ts": 4,
    "apps/server/src/interfaces/rest/server.ts": 10,
    "apps/server/src/platform/bundle/operations.ts": 2,
  };

  test("have a reason, so that each page says them in its language", () => {
    const found = files.flatMap((file) => {
      if (!file.startsWith("apps/server/src/") || isTest(file)) return [];
      const count = readFileSync(file, "utf8").match(/Problems\.refuse\(/g)?.length ?? 0;
      return count === 0 ? [] : [[file, count] as const];
    });
    assert.deepEqual(Object.fromEntries(found), ENGLISH_ALONE);
  });
});
