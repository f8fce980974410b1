import assert from "node:assert/strict";
import { after, before, describe, test } from "node:test";
import { catalogueBreaches } from "../platform/db/catalogue.ts";
import { startTestServer, type TestServer } from "./server.ts";

describe("the whole schema", () => {
  let server: TestServer;
  before(async () => void (server = await startTestServer()));
  after(() => server[Symbol.asyncDispose]());

  test("every tenant's table begins with the organisation, in keys and constraints too, and is protected", async () => {
    assert.deepEqual(await server.application.database.asOwner(catalogueBreaches), []);
  });
});
