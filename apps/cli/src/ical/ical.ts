// `hourwright ical check|print|to-jcal|to-jscalendar FILE…`: iCalendar files looked at and turned into other forms, without a server.

import { parseArgs } from "node:util";
import { parse, type ParsedFile } from "@hourwright/ical";
import type { CommandPorts } from "../expand.ts";
import { checked, jcal, jscalendar, printed, type Answer } from "./answers.ts";

const USAGE = "Usage: hourwright ical check|print|to-jcal|to-jscalendar FILE… [--json] [--strict]";
/** Files of one call; a shell gives up at about as many. */
const FILES_MAX = 100_000;

type Options = { readonly strict: boolean };
type Action = (file: ParsedFile, path: string, options: Options) => Answer;

const ACTIONS: Readonly<Record<string, Action>> = {
  check: checked,
  print: printed,
  "to-jcal": jcal,
  "to-jscalendar": jscalendar,
};

/**
 * Answers for each file in the order asked; one that cannot be read never costs the others. Status 0 all well, 1 some
 * file has errors, 2 some file cannot be read, or wrong use.
 */
export async function ical(args: readonly string[], io: CommandPorts): Promise<number> {
  const question = readArguments(args);
  if ("wrong" in question) {
    io.err(`${question.wrong}\n${USAGE}\n`);
    return 2;
  }
  let status = 0;
  for (const path of question.files) {
    const answer = await answerFor(path, question, io);
    if (answer.refused !== undefined) io.err(`${path}: ${answer.refused}\n`);
    for (const message of answer.messages) io.err(`${message}\n`);
    io.out(question.json ? `${JSON.stringify({ file: path, ...answer.json })}\n` : answer.text);
    status = Math.max(status, answer.status);
  }
  return status;
}

type Question = Options & {
  readonly action: Action;
  readonly files: readonly string[];
  readonly json: boolean;
};

function readArguments(args: readonly string[]): Question | { readonly wrong: string } {
  const [name = "", ...rest] = args;
  const action = Object.hasOwn(ACTIONS, name) ? ACTIONS[name] : undefined;
  if (action === undefined)
    return { wrong: name === "" ? "What is to be done?" : `"${name}" is nothing that can be done.` };
  try {
    const { values, positionals: files } = parseArgs({
      args: rest,
      allowPositionals: true,
      options: { json: { type: "boolean", default: false }, strict: { type: "boolean", default: false } },
    });
    if (files.length === 0 || files.length > FILES_MAX) return { wrong: `Name 1 to ${FILES_MAX} files.` };
    return { action, files, ...values };
  } catch (error) {
    return { wrong: (error as Error).message };
  }
}

async function answerFor(path: string, { action, strict }: Question, io: CommandPorts): Promise<Answer> {
  let bytes: Uint8Array;
  try {
    bytes = await io.read(path);
  } catch (error) {
    const { code } = error as { code?: string };
    const refused = code === "ENOENT" ? "there is no such file." : `it cannot be read (${code ?? "unknown"}).`;
    return { refused, json: { refused }, text: "", messages: [], status: 2 };
  }
  return action(parse(bytes), path, { strict });
}
