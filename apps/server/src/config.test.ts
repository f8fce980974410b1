import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { describeSettings, isReachable, readConfig, type Config } from "./config.ts";

const wrong = (environment: Record<string, string>) => {
  const config = readConfig(environment);
  return "wrong" in config ? config.wrong : [];
};

describe("the settings", () => {
  test("need none to be given", () => {
    const config = readConfig({});
    assert.ok(!("wrong" in config));
    assert.equal(config.port, 4680);
    assert.equal(config.host, "localhost");
    assert.equal(config.databaseUrl, null);
  });

  const table: [name: string, environment: Record<string, string>, sentence: RegExp][] = [
    ["a port that is none", { PORT: "eighty" }, /^PORT must be a whole number from 0 to 65535; it is "eighty"\.$/],
    ["a port out of range", { PORT: "70000" }, /^PORT must/],
    [
      "a database of another kind",
      { DATABASE_URL: "mysql://x" },
      /^DATABASE_URL must be an address beginning with postgres:/,
    ],
    ["a public address without protocol", { PUBLIC_URL: "hourwright.example" }, /^PUBLIC_URL must/],
    [
      "a proxy that is no network",
      { TRUST_PROXY: "10.0.0.0/8, proxy" },
      /^TRUST_PROXY must be a list .* proxy is none/,
    ],
    [
      "a mail server that is none",
      { SMTP_URL: "mail.example.org", MAIL_FROM: "a@b.example" },
      /^SMTP_URL must look like/,
    ],
    [
      "a user without a password",
      { SMTP_URL: "smtp://us@mail.example", MAIL_FROM: "a@b.example" },
      /^SMTP_URL must name a user and a password/,
    ],
    [
      "a sender with a name, or more than one line",
      { SMTP_URL: "smtp://mail.example", MAIL_FROM: "Us <a@b.example>\r\nBcc: c@d.example" },
      /^MAIL_FROM must be an address such as/,
    ],
    ["mail without a sender", { SMTP_URL: "smtp://mail.example" }, /^SMTP_URL and MAIL_FROM must be given together\.$/],
    ["half of a certificate", { TLS_CERT: "a.pem" }, /^TLS_CERT and TLS_KEY must be given together\.$/],
    ["a secret that can be guessed", { AUTH_SECRET: "short" }, /^AUTH_SECRET must have at least 32 characters/],
    ["a log level that is none", { LOG_LEVEL: "loud" }, /^LOG_LEVEL must be one of fatal, error/],
    ["a demo that is neither", { DEMO: "yes" }, /^DEMO must be 1/],
    [
      "limits switched off for the world",
      { RATE_LIMIT: "off", HOST: "0.0.0.0" },
      /^RATE_LIMIT must be on where other machines/,
    ],
  ];
  for (const [name, environment, sentence] of table) {
    test(`${name}: one clear sentence`, () => {
      assert.equal(wrong(environment).length, 1);
      assert.match(wrong(environment)[0]!, sentence);
    });
  }

  test("say all that is wrong at once, and take an empty value as not given", () => {
    assert.equal(wrong({ PORT: "x", LOG_LEVEL: "y" }).length, 2);
    assert.equal(wrong({ PORT: "", DATABASE_URL: "" }).length, 0);
  });

  test("read where mail goes, and repeat no password", () => {
    const config = readConfig({ SMTP_URL: "smtps://us%40b:p%25@mail.example", MAIL_FROM: "a@b.example" });
    assert.ok(!("wrong" in config));
    assert.deepEqual(config.smtp, {
      host: "mail.example",
      port: 465,
      isSecure: true,
      login: { user: "us@b", pass: "p%" },
    });
    const [sentence] = wrong({ SMTP_URL: "http://us:hidden@mail.example", MAIL_FROM: "a@b.example" });
    assert.ok(!sentence!.includes("hidden"));
  });

  test("accept the names of other deployments", () => {
    const environment = {
      NODE_ENV: "production",
      GOOGLE_CLIENT_ID: "a",
      GOOGLE_CLIENT_SECRET: "b",
      REDIS_URL: "redis://localhost",
      LOG_LEVEL: "info",
      RATE_LIMIT_REQUESTS: "100",
      RATE_LIMIT_WINDOW: "900000",
    };
    const config = readConfig(environment);
    assert.ok(!("wrong" in config));
    assert.equal(config.rateLimitRequests, 100);
  });

  test("tell whether other machines can reach the server, by where it listens, its address or its proxy", () => {
    const reachable = (environment: Record<string, string>) => isReachable(readConfig(environment) as Config);
    assert.equal(reachable({}), false);
    assert.equal(reachable({ HOST: "127.0.0.1", PUBLIC_URL: "http://localhost:4680" }), false);
    assert.equal(reachable({ HOST: "0.0.0.0" }), true);
    assert.equal(reachable({ PUBLIC_URL: "https://hourwright.example" }), true);
    assert.equal(reachable({ TRUST_PROXY: "10.0.0.0/8" }), true);
    assert.equal(reachable({ HOST: "127.0.0.1.evil.example" }), true);
  });

  test("describe themselves, each on a line", () => assert.match(describeSettings(), /^PORT +Port of the web app/));
});
