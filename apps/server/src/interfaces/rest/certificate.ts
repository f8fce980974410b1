import { readFileSync } from "node:fs";
import { createSecureContext } from "node:tls";
import { CannotStart } from "../../platform/failure.ts";

/** A certificate with its key, as PEM, known to fit each other. */
export type Certificate = { readonly cert: Buffer; readonly key: Buffer };

/** Reads both files. `CannotStart` with a sentence when one cannot be read, is no PEM, or is not the other's. */
export function readCertificate(certFile: string, keyFile: string): Certificate {
  const cert = readOf("TLS_CERT", certFile);
  const key = readOf("TLS_KEY", keyFile);
  parse(`TLS_CERT ${certFile} holds no certificate in PEM.`, { cert });
  parse(`TLS_KEY ${keyFile} holds no private key in PEM without a passphrase.`, { key });
  parse(`TLS_KEY ${keyFile} is not the key of the certificate in TLS_CERT ${certFile}.`, { cert, key });
  return { cert, key };
}

function readOf(name: string, file: string): Buffer {
  try {
    return readFileSync(file);
  } catch (error) {
    throw new CannotStart(`${name} ${file} cannot be read.`, { cause: error });
  }
}

function parse(sentence: string, parts: { readonly cert?: Buffer; readonly key?: Buffer }): void {
  try {
    createSecureContext(parts);
  } catch (error) {
    throw new CannotStart(sentence, { cause: error });
  }
}
