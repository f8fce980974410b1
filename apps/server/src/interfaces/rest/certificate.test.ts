import assert from "node:assert/strict";
import { generateKeyPairSync } from "node:crypto";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, describe, test } from "node:test";
import { CannotStart } from "../../platform/failure.ts";
import { readCertificate } from "./certificate.ts";

// Made for this test alone: openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -days 36500 -subj /CN=localhost
const CERT = `-----BEGIN CERTIFICATE-----
MIIBfjCCASWgAwIBAgIUQRQBbLWugCGYxJ+rul8MqbTE+qIwCgYIKoZIzj0EAwIw
FDESMBAGA1UEAwwJbG9jYWxob3N0MCAXDTI2MTEyMTAyMDA0MFoYDzIxMjYxMDI4
MDIwMDQwWjAUMRIwEAYDVQQDDAlsb2NhbGhvc3QwWTATBgcqhkjOPQIBBggqhkjO
PQMBBwNCAASWYPZ3rVXLyx3TYD4ab7SmTPkHWisLfJ7gQ8KX4vgA2XvdqN/DIZeb
2D/2n0bgHCcuNmEdUFnEd8GhhOWG1olqo1MwUTAdBgNVHQ4EFgQUB6kfQUCishJa
DewEIwumPebuMVswHwYDVR0jBBgwFoAUB6kfQUCishJaDewEIwumPebuMVswDwYD
VR0TAQH/BAUwAwEB/zAKBggqhkjOPQQDAgNHADBEAiAiccfQG2U15RjtFTGvX8l7
irOFajdTxzKPYwF25e5/wwIgNe/Kf0qUe4hnk5ROo+eLUHQELpRbI5y+TMTMsFBW
PwU=
-----END CERTIFICATE-----
`;

describe("a certificate", () => {
  const folder = mkdtempSync(join(tmpdir(), "hourwright-certificate-"));
  after(() => rmSync(folder, { recursive: true }));
  const file = (name: string, text: string): string => {
    writeFileSync(join(folder, name), text);
    return join(folder, name);
  };
  const cert = file("cert.pem", CERT);
  const pem = { type: "pkcs8", format: "pem" } as const;
  const stranger = file("stranger.pem", generateKeyPairSync("ec", { namedCurve: "P-256" }).privateKey.export(pem));

  const refused: [name: string, certFile: string, keyFile: string, sentence: RegExp][] = [
    ["that is not there", join(folder, "none"), stranger, /^TLS_CERT .*none cannot be read\.$/],
    ["whose key is not there", cert, join(folder, "none"), /^TLS_KEY .*none cannot be read\.$/],
    ["that is none", file("text", "hello"), stranger, /^TLS_CERT .*text holds no certificate/],
    ["whose key is none", cert, file("text", "hello"), /^TLS_KEY .*text holds no private key/],
    ["with another's key", cert, stranger, /^TLS_KEY .*stranger\.pem is not the key of the certificate/],
  ];
  for (const [name, certFile, keyFile, sentence] of refused) {
    test(`${name} stops the start with a sentence`, () => {
      assert.throws(
        () => readCertificate(certFile, keyFile),
        (error) => error instanceof CannotStart && sentence.test(error.message),
      );
    });
  }
});
