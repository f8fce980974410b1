// Strategy: a real mail server on this machine takes, refuses, breaks off and never answers.
import assert from "node:assert/strict";
import { createServer } from "node:net";
import { after, before, describe, test } from "node:test";
import { systemClock } from "../../platform/clock.ts";
import { smtpSender, type SmtpSettings } from "./smtp.ts";
import { startMailServer, type Reply, type TestMailServer } from "./testing.ts";

describe("handing a message over", () => {
  let server: TestMailServer;
  before(async () => void (server = await startMailServer({ login: { user: "us", pass: "p@ss" } })));
  after(() => server[Symbol.asyncDispose]());

  const message = Buffer.from("Subject: Hello\r\n\r\n.A line that begins with a dot\r\n");
  const to = "ada@example.org";
  const settings = (change: Partial<SmtpSettings> = {}): SmtpSettings => ({
    host: "127.0.0.1",
    port: server.port,
    isSecure: false,
    login: { user: "us", pass: "p@ss" },
    ...change,
  });
  const send = (change: Partial<SmtpSettings> = {}, clock: Pick<typeof systemClock, "setTimer"> = systemClock) =>
    smtpSender(settings(change), "us@larkfield.example", clock).send(to, message);
  const answered = (reply: Reply) => {
    server.replies.push(reply);
    return send();
  };

  test("is done when the server has taken it, as it is", async () => {
    assert.deepEqual(await send(), { kind: "accepted" });
    assert.deepEqual(server.arrived.at(-1), { to, raw: message.toString() });
  });

  test("is tried again where the server says so, and not where it never will", async () => {
    assert.deepEqual(await answered({ code: 451, text: "Greylisted" }), {
      kind: "refused",
      isFinal: false,
      reason: "451 Greylisted",
    });
    assert.deepEqual(await answered({ code: 554, text: `No such user ${to}` }), {
      kind: "refused",
      isFinal: true,
      reason: "554 No such user …",
    });
  });

  test("may have happened where the connection breaks before the answer", async () => {
    assert.equal((await answered("break")).kind, "unanswered");
    assert.equal((await answered("take-and-break")).kind, "unanswered");
  });

  test("does not begin with a wrong password, or where nobody listens: no message is to blame", async () => {
    const begun = server.begun();
    assert.equal((await send({ login: { user: "us", pass: "wrong" } })).kind, "unreachable");
    assert.equal((await send({ port: 1 })).kind, "unreachable");
    assert.equal(server.begun(), begun);
  });

  test("tells no password to another machine in the clear", async () => {
    // This machine under a name that is not known to be it.
    const outcome = await send({ host: "0.0.0.0" });
    assert.equal(outcome.kind, "unreachable");
    assert.match("reason" in outcome ? outcome.reason : "", /cannot be encrypted/);
  });

  test("ends after its time, however silent the server is", async () => {
    const silent = createServer(() => {});
    await new Promise<void>((resolve) => silent.listen(0, "127.0.0.1", () => resolve()));
    const { port } = silent.address() as { port: number };
    const hurried = { setTimer: (_ms: number, fire: () => void) => systemClock.setTimer(50, fire) };
    assert.deepEqual(await send({ port }, hurried), { kind: "unreachable", reason: "it took too long" });
    // The same for a process that stops.
    const never = { setTimer: (ms: number, fire: () => void) => systemClock.setTimer(ms === 5_000 ? 50 : ms, fire) };
    const stopped = smtpSender(settings({ port }), "us@larkfield.example", never).send(
      to,
      message,
      AbortSignal.abort(),
    );
    assert.deepEqual(await stopped, { kind: "unreachable", reason: "this server was stopped meanwhile" });
    silent.close();
  });
});
