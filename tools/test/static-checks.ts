import { spawnSync } from "node:child_process";
import type { Tally } from "./report.ts";

/** What a machine can say without running the product. */
const checks: readonly { readonly name: string; readonly command: readonly string[] }[] = [
  { name: "the types hold", command: ["tsc", "-p", "."] },
  { name: "the linter finds nothing", command: ["oxlint", "--type-aware", "--deny-warnings"] },
  { name: "the format is the formatter's", command: ["oxfmt", "--check", "."] },
  { name: "nothing is exported, installed or kept unused", command: ["knip"] },
];

export function runStaticChecks(tally: Tally): void {
  for (const { name, command } of checks) {
    const [program, ...parameters] = command;
    const { status, stdout, stderr } = spawnSync(`node_modules/.bin/${program!}`, parameters, { encoding: "utf8" });
    if (status === 0) tally.passed++;
    else {
      tally.failed++;
      console.log(`FAILED ${name}: ${command.join(" ")}\n${stdout}${stderr}`);
    }
  }
}
