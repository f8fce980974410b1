import assert from "node:assert/strict";
import { once } from "node:events";
import { describe, test } from "node:test";
import { openPluginHost, type Notice } from "./host.ts";
import { LIMITS, nodeOptions, startNode } from "./process.ts";
import { algorithmOf, CONSTRAINT_SOURCE, constraintOf, questionOf, taking } from "./testing.ts";

/** A busy machine is no malice: only what is never to end is given little time. */
const PATIENT = { ...LIMITS, startMs: 30_000, callMs: 20_000, allMs: 60_000 };
const QUICK = { callMs: 1_000 };
const OUT_OF_MEMORY = /Array buffer allocation failed|was ended by the system .* more than 128 MB/;
const line = questionOf(taking(540, 600), taking(570, 600));
const GOOD = constraintOf(CONSTRAINT_SOURCE);

/** Asks a constraint with this as its `breaches`, and gives the sentence with which it is switched off; or what it answers. */
async function judge(source: string, limits = {}) {
  const plugin = constraintOf(source);
  const notices: Notice[] = [];
  const host = openPluginHost({
    allowed: new Set([plugin.hash, GOOD.hash]),
    limits: { ...PATIENT, ...limits },
    onNotice: (notice) => notices.push(notice),
  });
  await using run = host.openConstraint(plugin);
  const answer = await run.breaches(line);
  if ("value" in answer) return JSON.stringify(answer.value);
  assert.deepEqual(notices, [answer.off]);
  assert.deepEqual(await run.breaches(line), answer, "it stays off");
  assert.deepEqual(host.notices(), notices);
  return answer.off.sentence;
}

const answering = (expression: string) =>
  `export const breaches = (question) => ${expression}; export const delta = () => 0;`;

describe("[PL3] [PL4] [PL5] a plug-in that means harm is switched off with a notice", () => {
  const cases: [name: string, source: string, sentence: RegExp, limits?: object][] = [
    [
      "an endless loop",
      answering("{ for (;;); }"),
      /^The plug-in apart 1\.0\.0 is switched off: it took longer than 1000 ms\.$/,
      QUICK,
    ],
    ["an endless loop before it is asked", "for (;;);", /took longer than 3000 ms/, { startMs: 3_000 }],
    ["a promise that never settles", answering("new Promise(() => {})"), /a promise is no answer/],
    ["an asynchronous function", `export async function breaches() { return []; }`, /a promise is no answer/],
    [
      "waiting before it is asked",
      `await new Promise(() => {}); ${CONSTRAINT_SOURCE}`,
      /took longer than 3000 ms/,
      { startMs: 3_000 },
    ],
    [
      "waiting for another thread",
      answering("Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0)"),
      /took longer than/,
      QUICK,
    ],
    ["1 GB of bytes", answering("new Uint8Array(2 ** 30).fill(1).slice(0, 0)"), OUT_OF_MEMORY],
    [
      "1 GB in pieces",
      answering("Array.from({ length: 1_000 }, () => new Uint8Array(2 ** 20).fill(1))"),
      OUT_OF_MEMORY,
    ],
    ["1 GB of numbers", answering("Array.from({ length: 1_000 }, () => Array(100_000).fill(1.5))"), OUT_OF_MEMORY],
    ["endless recursion", `export function breaches(question) { return [breaches(question)]; }`, /Maximum call stack/],
    ["ending its process", answering("process.exit(0)"), /process is not defined/],
    ["killing whoever started it", answering("process.kill(process.ppid)"), /process is not defined/],
    ["reading a file", `import { readFileSync } from "node:fs"; ${CONSTRAINT_SOURCE}`, /a plug-in imports nothing/],
    ["reading a file later", `const fs = await import("node:fs"); ${CONSTRAINT_SOURCE}`, /imports nothing/],
    ["another process", `import "node:child_process"; ${CONSTRAINT_SOURCE}`, /a plug-in imports nothing/],
    ["the network", answering('fetch("http://127.0.0.1")'), /fetch is not defined/],
    [
      "code made of words",
      answering('Reflect.construct(Function, ["return process"])()'),
      /Code generation from strings disallowed/,
    ],
    [
      "code made by the constructor of the world",
      answering('globalThis.constructor.constructor("return process")()'),
      /Code generation from strings disallowed/,
    ],
    ["timers", answering("setTimeout(() => {}, 1)"), /setTimeout is not defined/],
    ["throwing a string", answering('{ throw "no\\u001b[2J" }'), /it throws: no\uFFFD\[2J\.$/],
    ["throwing nothing", answering("{ throw undefined }"), /it throws: undefined/],
    [
      "throwing what throws when it is looked at",
      answering("{ throw { get message() { throw 1 } } }"),
      /something that cannot be shown/,
    ],
    ["being no module", "export const = 1", /it throws: Unexpected token/],
    ["having no such function", "export const delta = 1", /breaches is not a function/],
    ["a flood of output", answering('["x".repeat(5_000_000)]'), /answers with more than 1000000 bytes/],
    ["nothing", answering("undefined"), /what it answers is a list/],
    ["a circle", answering("{ const a = []; a.push(a); return a }"), /circular/i],
    [
      "a prototype in its answer",
      answering(`[JSON.parse('{ "__proto__": { "polluted": 1 }, "polluted": 1 }')]`),
      /a breach has no "startMs"/,
    ],
  ];
  for (const [name, source, sentence, limits] of cases) {
    test(name, async () => {
      assert.match(await judge(source, limits), sentence);
      assert.equal((Object.prototype as { polluted?: unknown }).polluted, undefined);
    });
  }

  test("no object of its process is ever inside, by which it could get out", async () => {
    const looking = `
      const thrown = [];
      for (const from of [() => import("x"), () => import("node:fs"), () => import("x", { with: { type: "json" } })])
        await from().catch((error) => thrown.push(error));
      export function breaches(question) {
        const deep = () => deep();
        try { deep() } catch (error) { thrown.push(error) }
        try { new WebAssembly.Module(new Uint8Array(8)) } catch (error) { thrown.push(error) }
        Error.prepareStackTrace = (_, calls) => calls;
        const calls = new Error().stack;
        const outside = [
          ...thrown.filter((error) => !(error instanceof Error)),
          ...calls.flatMap((call) => [call.getThis(), call.getFunction()]).filter((each) => each !== undefined),
          ...[question, calls, calls[0], import.meta].filter((each) => (each.constructor ?? Object).constructor !== Function),
        ];
        throw new Error(thrown.length + " thrown, " + outside.length + " from outside");
      }`;
    assert.match(await judge(looking), /it throws: 5 thrown, 0 from outside\.$/);
  });

  test("what it does to the language is its own matter", async () => {
    const tampering = `
      JSON.stringify = () => "nonsense"; JSON.parse = () => null; Promise.prototype.then = null;
      Object.prototype.polluted = 1; String.prototype.slice = () => "nonsense";
      ${CONSTRAINT_SOURCE}`;
    assert.match(await judge(tampering), /^\[\{"startMs":34200000,/);
    assert.equal((Object.prototype as { polluted?: unknown }).polluted, undefined);
  });

  test("what it throws out of a promise ends it, and no other", async () => {
    const [bad, good] = [constraintOf(`Promise.reject(new Error("late")); ${CONSTRAINT_SOURCE}`), GOOD];
    const host = openPluginHost({ allowed: new Set([bad.hash, good.hash]), limits: PATIENT });
    await using first = host.openConstraint(bad);
    await using second = host.openConstraint(good);
    const [lost, found] = await Promise.all([first.breaches(line), second.breaches(line)]);
    assert.ok("off" in lost && /ended its process/.test(lost.off.sentence), JSON.stringify(lost));
    assert.ok("value" in found && found.value.length === 1);
    assert.equal(host.notices().length, 1);
  });

  test("whoever gives up a question that takes long ends it, and the plug-in stays on", async () => {
    const slow = constraintOf(answering("{ for (;;); }"));
    const host = openPluginHost({ allowed: new Set([slow.hash]), limits: PATIENT });
    const run = host.openConstraint(slow);
    const answer = assert.rejects(run.breaches(line), /the run of a plug-in has ended/);
    await run[Symbol.asyncDispose]();
    await answer;
    await assert.rejects(run.breaches(line), /the run of a plug-in has ended/);
    assert.deepEqual(host.notices(), []);
  });

  test("slowness in all, though no call is too slow", async () => {
    const slow = constraintOf(`
      const now = () => Temporal.Now.instant().epochMilliseconds;
      const wait = (ms) => { const from = now(); while (now() - from < ms); };
      export const breaches = () => { wait(400); return []; };
      export const delta = () => 0;`);
    const host = openPluginHost({ allowed: new Set([slow.hash]), limits: { ...PATIENT, allMs: 3_000 } });
    await using run = host.openConstraint(slow);
    let answered = 0;
    for (; answered < 20 && "value" in (await run.breaches(line)); answered++);
    assert.ok(answered > 0 && answered <= 8, `${answered} answers`);
    assert.match(host.notices()[0]!.sentence, /took longer than \d+ ms/);
  });
});

describe("[PL7] a delta that disagrees", () => {
  const change = { gone: 1, come: null };
  const deltaOf = async (source: string, times: number) => {
    const plugin = constraintOf(`${CONSTRAINT_SOURCE.replace("export function delta", "function truly")} ${source}`);
    const host = openPluginHost({ allowed: new Set([plugin.hash]), limits: PATIENT });
    await using run = host.openConstraint(plugin);
    const answers = [];
    for (let i = 0; i < times; i++) answers.push(await run.delta(line, change));
    return answers.map((answer) => ("off" in answer ? answer.off.sentence : answer.value));
  };

  test("with two full answers switches its constraint off", async () => {
    const [sentence] = await deltaOf("export const delta = () => -29;", 1);
    assert.equal(sentence, "The plug-in apart 1.0.0 is switched off: it says a delta of -29, but 30 units become 0.");
  });

  test("is found later too, when it was true at first", async () => {
    const source = "let asked = 0; export const delta = (...given) => asked++ < 5 ? truly(...given) : 7;";
    const answers = await deltaOf(source, 20);
    assert.deepEqual(answers.slice(0, 5), [-30, -30, -30, -30, -30]);
    assert.equal(answers.indexOf(7), 5);
    assert.match(String(answers[16]), /says a delta of 7/);
    assert.equal(answers[17], answers[16]);
  });

  test("is not there when it is true", async () => {
    assert.deepEqual(await deltaOf("export const delta = truly;", 17), Array(17).fill(-30));
  });
});

describe("an algorithm that means harm", () => {
  const problem = { values: {}, domains: [3, 3], start: [0, 0], seed: 1 };
  const score = ([a, b]: readonly number[]) => ({ hard: a === b ? 1 : 0, soft: a! + b! });
  const run = async (source: string, limits = {}) => {
    const plugin = algorithmOf(source);
    return openPluginHost({ allowed: new Set([plugin.hash]), limits: { ...PATIENT, ...limits } }).search(
      plugin,
      problem,
      score,
    );
  };

  const cases: [name: string, source: string, sentence: RegExp, limits?: object][] = [
    ["is endless between two turns", "for (;;);", /took longer than 1000 ms/, QUICK],
    ["yields values that there are not", "yield [[0, 3]];", /a value is a whole number from 0 to 2/],
    ["yields plans that are too short", "yield [[0]];", /a plan has 2 values, not 1/],
    ["yields too many plans", "yield Array(300).fill([0, 0]);", /at most 256 entries/],
    ["yields no list", "yield 1;", /what it yields is a list/],
  ];
  for (const [name, body, sentence, limits] of cases) {
    test(`and ${name} is switched off`, async () => {
      const answer = await run(`export function* search() { ${body} }`, limits);
      assert.match("off" in answer ? answer.off.sentence : "it is on", sentence);
    });
  }

  test("[PL8] is given the best that it has asked about when it never ends", async () => {
    const endless = "export function* search() { yield [[2, 1], [0, 1]]; for (;;) yield [[2, 2]]; }";
    const answer = await run(endless, { callMs: 2_000, allMs: 4_000 });
    assert.ok("value" in answer);
    const { turns, stopped, ...best } = answer.value;
    assert.deepEqual(best, { values: [0, 1], score: { hard: 0, soft: 1 } });
    assert.ok(turns > 1 && stopped !== "ended");
  });
});

test("[PL8] the best so far is given to whoever stops a search", async () => {
  const plugin = algorithmOf("export function* search({ start }) { for (;;) yield [start]; }");
  const host = openPluginHost({ allowed: new Set([plugin.hash]), limits: PATIENT });
  const signal = { aborted: false };
  let asked = 0;
  const score = () => {
    signal.aborted = ++asked > 3;
    return { hard: 0, soft: 10 - asked };
  };
  const answer = await host.search(plugin, { values: {}, domains: [1], start: [0], seed: 1 }, score, signal);
  assert.deepEqual(answer, { value: { values: [0], score: { hard: 0, soft: 6 }, turns: 3, stopped: "cancelled" } });
});

describe("[PL3] the process of a plug-in", () => {
  /** The same options without the context: what the process itself may do, should somebody get out of the context. */
  async function attempt(body: string): Promise<string> {
    const script = `const out = (text) => process.stdout.write(String(text)); try { ${body} } catch (error) { out(error.code ?? error) }`;
    const child = startNode([...nodeOptions(LIMITS), "--input-type=module", "-e", script], LIMITS);
    let said = "";
    child.stdout!.on("data", (part: Buffer) => (said += part.toString()));
    child.stdin!.end();
    await once(child, "close");
    return said;
  }

  const barred: [name: string, script: string][] = [
    ["read a file", 'out((await import("node:fs")).readFileSync("/etc/hostname"))'],
    ["list a folder", 'out((await import("node:fs")).readdirSync("/"))'],
    ["write a file", 'out((await import("node:fs")).writeFileSync("/tmp/x", "x"))'],
    ["start a process", 'out((await import("node:child_process")).spawnSync("ls").status)'],
    ["start a thread", 'new (await import("node:worker_threads")).Worker("1", { eval: true }); out("started")'],
    ["be looked into", '(await import("node:inspector")).open(); out("open")'],
    ["use WASI", 'new (await import("node:wasi")).WASI({ version: "preview1" }); out("made")'],
    ["load an addon", 'process.dlopen({ exports: {} }, "/tmp/x.node"); out("loaded")'],
  ];
  for (const [name, script] of barred) {
    test(`may not ${name}`, async () => assert.match(await attempt(script), /^ERR_(ACCESS_DENIED|DLOPEN_DISABLED)$/));
  }

  test("may not connect to anything", async () => {
    const connecting = `
      const { connect } = await import("node:net");
      const socket = connect(9, "127.0.0.1");
      socket.on("error", (error) => out(error.code)).on("connect", () => out("connected"));`;
    assert.match(await attempt(connecting), /^ERR_ACCESS_DENIED$/);
  });

  test("has no environment", async () => {
    const names = (await attempt("out(Object.keys(process.env).join())")).split(",");
    assert.deepEqual(
      names.filter((name) => !["", "PWD", "_", "SHLVL", "OLDPWD"].includes(name)),
      [],
    );
  });
});
