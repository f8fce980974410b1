// The process of a plug-in. It reads orders, a line each, and answers each with a line. The plug-in's module runs in a context of
// its own that holds the language and nothing else: no process, no timers, no fetch, nothing to import. This file is all that the
// process may read.
import { constants, createContext, runInContext, SourceTextModule } from "node:vm";

type Order = { readonly load: string } | { readonly call: string; readonly given: string };
type Bridge = (name: string, given: string) => string;

/** Runs inside the context, before the module does: only texts go in and out, so that no object of this process is ever inside. */
const BRIDGE = `(namespace) => {
  const { parse, stringify } = JSON;
  let running = null;
  const calls = {
    __proto__: null,
    breaches: (question) => namespace.breaches(question),
    delta: ({ question, change }) => namespace.delta(question, change),
    begin(problem) {
      running = namespace.search(problem);
      return null;
    },
    next(scores) {
      const { done, value } = running.next(scores);
      return done ? null : value;
    },
  };
  return (name, given) => {
    try {
      const answer = calls[name](parse(given));
      if (typeof answer?.then === "function") throw new Error("a promise is no answer");
      return stringify({ answer });
    } catch (error) {
      let thrown = "something that cannot be shown";
      try {
        thrown = String(error?.message ?? error);
      } catch {}
      return stringify({ thrown });
    }
  };
}`;

// Permissions do not cover signals to other processes: nobody who got out of the context is to find them.
for (const name of ["kill", "_kill", "getBuiltinModule"]) Reflect.deleteProperty(process, name);

const context = createContext(constants.DONT_CONTEXTIFY, { codeGeneration: { strings: false, wasm: false } });
const makeBridge = runInContext(BRIDGE, context) as (namespace: object) => Bridge;
let bridge: Bridge | null = null;

let text = "";
process.stdin.setEncoding("utf8");
for await (const part of process.stdin as AsyncIterable<string>) {
  text += part;
  if (!text.endsWith("\n")) continue;
  const order = JSON.parse(text) as Order;
  text = "";
  process.stdout.write(`${await obey(order)}\n`);
}

async function obey(order: Order): Promise<string> {
  if ("call" in order) return bridge!(order.call, order.given);
  try {
    await load(order.load);
    return JSON.stringify({ answer: null });
  } catch (error) {
    return JSON.stringify({ thrown: messageOf(error) });
  }
}

/** What was thrown comes from inside: nothing of it is trusted but a text. */
function messageOf(error: unknown): string {
  try {
    const message = (error as { readonly message?: unknown }).message;
    if (typeof message === "string") return message;
  } catch {
    // Said below.
  }
  return "something that cannot be shown";
}

async function load(source: string): Promise<void> {
  const barrier = new SourceTextModule('throw new Error("a plug-in imports nothing")', { context });
  await barrier.link(refuseImport);
  await barrier.evaluate().catch(() => {});
  const module = new SourceTextModule(source, { context, importModuleDynamically: () => barrier });
  await module.link(refuseImport);
  bridge = makeBridge(module.namespace);
  await module.evaluate();
}

function refuseImport(): never {
  throw new Error("a plug-in imports nothing");
}
