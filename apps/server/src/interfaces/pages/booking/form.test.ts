// Strategy: forms with files whose bodies stall, of one address and of several, by the function that reads them.
import assert from "node:assert/strict";
import { PassThrough } from "node:stream";
import { describe, test } from "node:test";
import type { FastifyRequest } from "fastify";
import { Unavailable } from "../../../platform/failure.ts";
import { formOf, FORMS_OF_ADDRESS_MAX } from "./form.ts";

const PART = '--x\r\ncontent-disposition: form-data; name="name"\r\n\r\nAda\r\n';

/** A form with files of which nothing has come yet. */
function begun(address: string) {
  const body = new PassThrough();
  const headers = { "content-type": "multipart/form-data; boundary=x" };
  const request = { headers, body, ip: address, log: { info: () => {} } } as unknown as FastifyRequest;
  return { body, form: formOf(request, address) };
}

describe("forms with files", () => {
  test("that one address begins and never ends keep nobody else from sending theirs", async () => {
    const stalled = Array.from({ length: FORMS_OF_ADDRESS_MAX }, () => begun("one"));
    for (const { body } of stalled) body.write(PART);
    await assert.rejects(begun("one").form, Unavailable);

    const other = begun("other");
    other.body.end(`${PART}--x--\r\n`);
    assert.equal((await other.form).fields.get("name"), "Ada");

    for (const { body } of stalled) body.end("--x--\r\n");
    for (const { form } of stalled) assert.equal((await form).fields.get("name"), "Ada");
    const again = begun("one");
    again.body.end(`${PART}--x--\r\n`);
    assert.equal((await again.form).fields.get("name"), "Ada", "what has ended counts no more");
  });
});
