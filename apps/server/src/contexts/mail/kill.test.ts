// A server is killed while a mail server has its message and has not answered yet; the next one finds what it left.
import assert from "node:assert/strict";
import { fork } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { after, before, describe, test } from "node:test";
import { fileURLToPath } from "node:url";
import { createClient } from "@hourwright/client";
import { systemClock } from "../../platform/clock.ts";
import { becomes, eventually } from "../../testing/eventually.ts";
import { copyDemo, COORDINATOR, startTestServer } from "../../testing/server.ts";
import { NEWS_WAIT_MS } from "./model.ts";
import { SEND_MS_MAX } from "./smtp.ts";
import { readMessage, startMailServer, type TestMailServer } from "./testing.ts";

const MAIN = fileURLToPath(new URL("../../main.ts", import.meta.url));

describe("a server that is killed while it hands a message over", () => {
  const place = mkdtempSync(join(tmpdir(), "hourwright-mail-"));
  const dataDir = join(place, "data");
  let post: TestMailServer;
  let settings: Record<string, string>;
  before(async () => {
    await copyDemo(dataDir, systemClock);
    post = await startMailServer();
    settings = { DATA_DIR: dataDir, SMTP_URL: `smtp://127.0.0.1:${post.port}`, MAIL_FROM: "us@larkfield.example" };
  });
  after(async () => {
    await post[Symbol.asyncDispose]();
    rmSync(place, { recursive: true, force: true });
  });

  const arrived = (messages: number) => eventually(`${messages} messages`, () => post.arrived.length >= messages);

  async function startProcess() {
    const child = fork(MAIN, [], {
      env: { ...process.env, PORT: "0", LOG_LEVEL: "silent", RATE_LIMIT: "off", ...settings },
      stdio: ["ignore", "pipe", "pipe", "ipc"],
    });
    const url = await new Promise<string>((resolve, reject) => {
      createInterface({ input: child.stdout! }).on("line", (line) => {
        const found = /ready at (http:\S+)/.exec(line)?.[1];
        if (found !== undefined) resolve(found);
      });
      child.once("exit", () => reject(new Error("it ended")));
    });
    return { child, url };
  }

  /** The first service that asks nothing, at its first slot. */
  async function book(url: string): Promise<string> {
    const stranger = createClient({ baseUrl: url });
    const { services } = await stranger("bookingPage.show", { params: { who: "larkfield" } });
    const { id } = services.find(({ questions }) => questions.every(({ isRequired }) => !isRequired))!;
    const now = Temporal.Now.instant();
    const query = { from: now.toString(), to: now.add({ hours: 24 * 60 }).toString(), limit: 1 };
    const [slot] = (await stranger("services.slots", { params: { id }, query })).items;
    const held = await stranger("holds.create", { body: { serviceId: id, start: slot!.start } });
    const customer = { name: "Ada Learner", email: "ada@example.org" };
    return (await stranger("bookings.create", { body: { holdId: held.id, key: held.key, customer } })).id;
  }

  test("sends the same again, under the Message-ID it had", async () => {
    const { child, url } = await startProcess();
    post.replies.push("take-and-wait");
    const bookingId = await book(url);
    await arrived(1);
    const gone = once(child, "exit");
    child.kill("SIGKILL");
    await gone;
    // Its mark ends some time after the longest dialogue.
    const aheadMs = 2 * SEND_MS_MAX + NEWS_WAIT_MS;
    await using server = await startTestServer(settings, {
      ...systemClock,
      nowMs: () => systemClock.nowMs() + aheadMs,
    });
    await arrived(2);
    const [first, second] = post.arrived.map(({ raw }) => readMessage(raw));
    assert.equal(second!.headers.get("message-id"), first!.headers.get("message-id"));
    assert.equal(second!.headers.get("subject"), first!.headers.get("subject"));
    const owner = await server.signedIn(COORDINATOR);
    const state = async () =>
      (await owner("mail.list", { query: { bookingId } })).items.find(({ says }) => says !== "reminder")?.state;
    await becomes(state, "sent");
    assert.equal(post.arrived.length, 2);
  });
});
