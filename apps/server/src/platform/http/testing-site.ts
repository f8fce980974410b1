// What tests of fetching need: a certificate of feeds.example, made for them alone:
// openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -days 36500 -subj /CN=feeds.example -addext subjectAltName=DNS:feeds.example
import { once } from "node:events";
import { createServer, type RequestListener } from "node:http";
import { createServer as createTlsServer } from "node:https";
import type { AddressInfo } from "node:net";

export const TEST_CERT = `-----BEGIN CERTIFICATE-----
MIIBoDCCAUegAwIBAgIUQ6Zi0dBUTBQ11HLh2+2R5My3gr4wCgYIKoZIzj0EAwIw
GDEWMBQGA1UEAwwNZmVlZHMuZXhhbXBsZTAgFw0yNjExMjEwOTM3NTFaGA8yMTI2
MTAyODA5Mzc1MVowGDEWMBQGA1UEAwwNZmVlZHMuZXhhbXBsZTBZMBMGByqGSM49
AgEGCCqGSM49AwEHA0IABP2gVfLp8apf5oaCoSEDbi7DDLjoiJFrYLbEIEff6prl
SoYK/abLoZIU3tK0ALt+6elxILsSC+qPclabEvGUCcmjbTBrMB0GA1UdDgQWBBTH
iQiCC4aufzCyv9xfcKcUJdGmGzAfBgNVHSMEGDAWgBTHiQiCC4aufzCyv9xfcKcU
JdGmGzAPBgNVHRMBAf8EBTADAQH/MBgGA1UdEQQRMA+CDWZlZWRzLmV4YW1wbGUw
CgYIKoZIzj0EAwIDRwAwRAIgAmVhzcb4LytgYs7IGhjCWaMgmZApTun63YRD//KH
SDICIDYe39tHNnSBq4m1QopnsX0wZsZbHA6EXHP/B1hMPNP/
-----END CERTIFICATE-----
`;

const TEST_KEY = `-----BEGIN PRIVATE KEY-----
MIGHAgEAMBMGByqGSM49AgEGCCqGSM49AwEHBG0wawIBAQQgXDTglKI0aHSIGca6
UjXe7WBjbCWxqxIGoZMagn3DdA+hRANCAAT9oFXy6fGqX+aGgqEhA24uwwy46IiR
a2C2xCBH3+qa5UqGCv2my6GSFN7StAC7funpcSC7Egvqj3JWmxLxlAnJ
-----END PRIVATE KEY-----
`;

/** A real web server on a free port of this machine, ended with what is open on it. */
export type TestSite = AsyncDisposable & { readonly port: number };

export async function startSite(answer: RequestListener, { tls = false } = {}): Promise<TestSite> {
  const server = tls ? createTlsServer({ cert: TEST_CERT, key: TEST_KEY }, answer) : createServer(answer);
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  return {
    port: (server.address() as AddressInfo).port,
    async [Symbol.asyncDispose]() {
      server.close();
      server.closeAllConnections();
      await once(server, "close");
    },
  };
}
