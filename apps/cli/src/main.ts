// hourwright COMMAND …: what needs no running server. The answer alone on stdout, messages on stderr, no stack traces.
import { conflicts } from "./conflicts/conflicts.ts";
import { constraints } from "./constraints.ts";
import { expand, type CommandPorts } from "./expand.ts";
import { ical } from "./ical/ical.ts";
import { model } from "./model/model.ts";
import { writeWhole } from "./model/write-whole.ts";
import { plugin } from "./plugin/plugin.ts";
import { readBounded } from "./read-file.ts";
import { processPorts } from "./solve/process-ports.ts";
import { solve } from "./solve/solve.ts";

const io: CommandPorts = {
  out: (text) => void process.stdout.write(text),
  err: (text) => void process.stderr.write(text),
  read: (path) => readBounded(path),
};

const commands: Readonly<
  Record<string, { readonly about: string; readonly run: (args: readonly string[]) => Promise<number> }>
> = {
  conflicts: {
    about:
      "FILE.ics… [--per-file] [--zone ZONE] [--from DATE] [--to DATE] [--json]   what clashes, and what would help",
    run: (args) => conflicts(args, io, Temporal.Now.instant().epochMilliseconds),
  },
  constraints: {
    about:
      "[--json]   every rule that a plan may be judged by, each with an example that keeps it and one that breaks it",
    run: async (args) => constraints(args, io),
  },
  demo: {
    about:
      "[--size small|large]   fills an empty DATA_DIR (or DATABASE_URL) with the demo; large: 300 people, 10,000 events",
    // The server's code is read only when it is asked for: the other tools start in a moment.
    run: async (args) => (await import("./demo/demo.ts")).demo(args, process.env, io),
  },
  expand: { about: "CASES.json   the dates of recurrence rules", run: (args) => expand(args, io) },
  ical: {
    about:
      "check|print|to-jcal|to-jscalendar FILE… [--json] [--strict]   what is wrong with iCalendar files, and other forms of them",
    run: (args) => ical(args, io),
  },
  model: {
    about:
      "history|train|evaluate|list|promote|features [VERSION] [HISTORY.jsonl|--simulated SEED] [--json]   learns what is uncertain, and how well",
    run: async (args) => {
      if (args[0] !== "history")
        return model(args, { ...io, write: writeWhole, now: () => Temporal.Now.instant().toString() });
      const { history, systemClock } = await import("./model/history.ts");
      return history(args.slice(1), process.env, io, systemClock);
    },
  },
  plugin: {
    about: "hash|check FOLDER [--json]   the hash by which a plug-in is allowed; whether it keeps what it says",
    run: (args) => plugin(args, io),
  },
  solve: {
    about:
      "timetable|meetings|roster|season FILE [--seconds 60] [--seed 1] [--out FILE] [--check SOLUTION] [--json]   plans what a file describes",
    run: (args) => solve(args, processPorts(io)),
  },
};

// Whoever reads the answer may stop early (`… | head`): that is no failure of ours.
process.stdout.on("error", (error: NodeJS.ErrnoException) => {
  if (error.code !== "EPIPE") throw error;
  process.exit();
});

const [name = "help", ...args] = process.argv.slice(2);
const command = Object.hasOwn(commands, name) ? commands[name] : undefined;
if (command === undefined) {
  const help = `hourwright COMMAND …\n${Object.entries(commands)
    .map(([word, { about }]) => `  ${word} ${about}`)
    .join("\n")}\n`;
  if (name === "help" || name === "--help") io.out(help);
  else io.err(`There is no command "${name}".\n${help}`);
  process.exitCode = name === "help" || name === "--help" ? 0 : 2;
} else {
  process.exitCode = await command.run(args);
}
