import { Duplex } from "node:stream";
import type { Worker } from "node:worker_threads";
import type { ThreadAnswer, ThreadCall } from "./embedded-thread.ts";

const TERMINATE = 0x58; // "X", the wire protocol's goodbye: the thread outlives a client.

/**
 * The database thread as a socket, so that the ordinary `pg` client can talk to it: both databases then share one driver,
 * its types, its errors and its named statements.
 */
export class ThreadSocket extends Duplex {
  readonly #worker: Worker;

  constructor(worker: Worker, heard: (answer: ThreadAnswer) => void) {
    super();
    this.#worker = worker;
    worker.on("message", (answer: ThreadAnswer) => {
      heard(answer);
      if ("bytes" in answer) this.push(answer.bytes);
    });
    worker.on("exit", () => this.destroy());
  }

  // The part of `net.Socket` that `pg` calls.
  connect(): this {
    queueMicrotask(() => this.emit("connect"));
    return this;
  }
  setNoDelay(): this {
    return this;
  }
  setKeepAlive(): this {
    return this;
  }
  ref(): this {
    return this;
  }
  unref(): this {
    return this;
  }

  override _read(): void {
    // Answers are pushed as they come.
  }

  override _write(chunk: Buffer, _encoding: string, done: () => void): void {
    this.#send(chunk);
    done();
  }

  /** One message for all that `pg` wrote in one turn (parse, bind, execute, sync): one round trip instead of four. */
  override _writev(chunks: { chunk: Buffer }[], done: () => void): void {
    this.#send(Buffer.concat(chunks.map(({ chunk }) => chunk)));
    done();
  }

  override _final(done: () => void): void {
    done();
  }

  #send(bytes: Buffer): void {
    if (bytes[0] === TERMINATE) return;
    const copy = new Uint8Array(bytes); // Of its own buffer, which moves to the thread without another copy.
    this.#worker.postMessage({ bytes: copy } satisfies ThreadCall, [copy.buffer]);
  }
}
