import { checkPlugin, readPlugin, type CheckLine, type Plugin } from "@hourwright/plugin";
import type { CommandPorts } from "../expand.ts";

const USAGE = `Usage: hourwright plugin hash FOLDER           the hash by which an administrator allows it; nothing of it runs
       hourwright plugin check FOLDER [--json]  runs it against its own worked examples, and finds deltas that disagree
`;

/** `hourwright plugin hash|check FOLDER`. Status 0; 1 when something that was tried is not right; 2 when it cannot be read. */
export async function plugin(args: readonly string[], io: Pick<CommandPorts, "out" | "err">): Promise<number> {
  const [what, folder, form, ...rest] = args;
  const isKnown = what === "check" ? form === undefined || form === "--json" : what === "hash" && form === undefined;
  if (!isKnown || folder === undefined || rest.length > 0) {
    io.err(USAGE);
    return 2;
  }
  const found = await readPlugin(folder);
  if ("refused" in found) {
    io.err(`${folder}: ${found.refused}\n`);
    return 2;
  }
  if (what === "hash") {
    io.out(`${found.read.hash}\n`);
    return 0;
  }
  const lines = await checkPlugin(found.read);
  io.out(form === "--json" ? `${JSON.stringify(answerOf(found.read, lines), null, 2)}\n` : textOf(found.read, lines));
  return lines.every(({ isRight }) => isRight) ? 0 : 1;
}

function answerOf({ manifest, hash }: Plugin, lines: readonly CheckLine[]) {
  const { name, version, kind, title, parameters } = manifest;
  const checks = lines.map(({ tried, isRight: right, says }) => ({ tried, right, says }));
  return { name, version, kind, title, hash, parameters, right: lines.every(({ isRight }) => isRight), checks };
}

const textOf = ({ manifest, hash }: Plugin, lines: readonly CheckLine[]): string =>
  [
    `${manifest.name} ${manifest.version}: ${manifest.title} (${manifest.kind})\n`,
    ...lines.map(({ tried, isRight, says }) => `  ${isRight ? "right" : "WRONG"}: ${tried} ${says}\n`),
    `  ${hash}\n`,
  ].join("");
