import { readConfig } from "../../../server/src/config.ts";
import { fillServer } from "../../../server/src/fill.ts";
import type { DemoSize } from "../../../server/src/demo/fill.ts";
import { CannotStart } from "../../../server/src/platform/failure.ts";
import { systemClock } from "../../../server/src/platform/clock.ts";
import type { CommandPorts } from "../expand.ts";

const SIZES: readonly DemoSize[] = ["small", "large"];

/** `demo [--size small|large]`: fills an empty database. 0 done, 1 when it is not empty or cannot be opened, 2 for wrong words. */
export async function demo(
  args: readonly string[],
  settings: Readonly<Record<string, string | undefined>>,
  io: Pick<CommandPorts, "out" | "err">,
): Promise<number> {
  const size = sizeOf(args);
  if (size === null) {
    io.err("demo takes --size small or --size large, and nothing else.\n");
    return 2;
  }
  const config = readConfig(settings);
  if ("wrong" in config) {
    io.err(`${config.wrong.join("\n")}\n`);
    return 2;
  }
  const place = config.databaseUrl === null ? config.dataDir : "this database";
  const startedMs = performance.now();
  try {
    const isFilled = await fillServer(config, systemClock, size, (sentence) => io.err(`${sentence}\n`));
    if (!isFilled) {
      io.err(
        `There is an organisation in ${place} already, and nothing was changed. DATA_DIR names another directory.\n`,
      );
      return 1;
    }
  } catch (error) {
    if (!(error instanceof CannotStart)) throw error;
    io.err(`${error.message}\n`);
    return 1;
  }
  const seconds = Math.round((performance.now() - startedMs) / 1_000);
  io.out(`The ${size} demo is in ${place} (${seconds} s). npm start shows it.\n`);
  return 0;
}

function sizeOf(args: readonly string[]): DemoSize | null {
  if (args.length === 0) return "small";
  const given = args.length === 1 ? /^--size=(.*)$/.exec(args[0]!)?.[1] : args[0] === "--size" ? args[1] : undefined;
  return args.length <= 2 ? (SIZES.find((size) => size === given) ?? null) : null;
}
