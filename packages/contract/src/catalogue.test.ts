import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { describe, test } from "node:test";
import { buildSchema } from "graphql";
import protobuf from "protobufjs";
import { z } from "zod";
import { catalogue } from "./catalogue.ts";
import type { Operation } from "./operation.ts";
import { printGraphql } from "./print/graphql.ts";
import { printOpenApi } from "./print/openapi.ts";
import { printProto, type FieldLock } from "./print/proto.ts";
import { jsonSchemaOf, type JsonSchema } from "./print/schema.ts";
import { problemAreas } from "./problems.ts";

const operations = Object.entries(catalogue) as [string, Operation][];
const knownCodes = new Set<string>(problemAreas.flatMap((area) => area.codes));
const lockFile = new URL("../proto.lock.json", import.meta.url);

describe("the catalogue", () => {
  for (const [id, entry] of operations) {
    test(`${id} stands under its own id, refuses only what is listed, and names each path parameter`, () => {
      assert.equal(entry.id, id);
      for (const code of entry.problems) assert.ok(knownCodes.has(code), `${id} names an unknown problem ${code}`);
      const inPath = [...entry.path.matchAll(/\{(\w+)\}/g)].map((match) => match[1]!);
      assert.deepEqual(inPath, Object.keys(entry.params?.shape ?? {}));
    });
  }

  test("no two operations share an address", () => {
    const addresses = operations.map(([, entry]) => `${entry.method} ${entry.path}`);
    assert.equal(new Set(addresses).size, addresses.length);
  });

  test("every command that makes something can be repeated safely, or says why it need not be", () => {
    const unsafe = operations.filter(
      ([, entry]) => entry.kind === "command" && entry.status === 201 && !entry.idempotent,
    );
    assert.deepEqual(unsafe.map(([id]) => id).sort(), [
      "invitations.create",
      "provisioningTokens.create",
      "session.start",
      "setup.finish",
    ]); // A second sign-in, link or token harms nobody.
  });

  test("each worked example passes the schema it is an example of", () => {
    for (const [id, entry] of operations) {
      if (entry.example.body === undefined) continue;
      const parsed = entry.body!.safeParse(entry.example.body);
      assert.ok(parsed.success, `${id}: ${parsed.success ? "" : z.prettifyError(parsed.error)}`);
    }
  });
});

describe("the subset of schemas that every printer can print", () => {
  const allowed = new Set(["object", "array", "string", "integer", "number", "boolean", "null"]);
  function check(schema: JsonSchema, place: string): void {
    if (schema.$ref !== undefined || schema.enum !== undefined || schema.const !== undefined) return;
    for (const part of schema.anyOf ?? schema.oneOf ?? []) check(part, `${place}|`);
    if (schema.anyOf !== undefined || schema.oneOf !== undefined) return;
    assert.ok(
      schema.type !== undefined && allowed.has(schema.type),
      `${place} has a type no printer knows: ${JSON.stringify(schema)}`,
    );
    for (const [name, property] of Object.entries(schema.properties ?? {})) check(property, `${place}.${name}`);
    if (schema.items !== undefined) check(schema.items, `${place}[]`);
  }

  for (const [id, entry] of operations) {
    test(`${id} keeps to it`, () => {
      for (const schema of [entry.params, entry.query, entry.body]) {
        if (schema !== undefined) check(jsonSchemaOf(schema, "input").root, id);
      }
      if (entry.answer instanceof z.ZodType) check(jsonSchemaOf(entry.answer, "output").root, `${id} answer`);
    });
  }
});

describe("what is printed from the catalogue", () => {
  test("OpenAPI names every public operation once and every reference leads somewhere", () => {
    const text = JSON.stringify(printOpenApi("http://localhost:4680"));
    const printed = JSON.parse(text) as { components: { schemas: Record<string, unknown> } };
    for (const [id, entry] of operations) {
      assert.equal(text.includes(`"operationId":"${id}"`), entry.internal !== true, id);
    }
    for (const [, name] of text.matchAll(/"#\/components\/schemas\/(\w+)"/g)) {
      assert.ok(printed.components.schemas[name!] !== undefined, `nothing is called ${name}`);
    }
    assert.ok(!text.includes("$defs"));
  });

  test("the GraphQL SDL builds a schema", () => {
    const schema = buildSchema(printGraphql());
    assert.ok(schema.getQueryType()!.getFields()["eventsList"] !== undefined);
    assert.ok(schema.getMutationType()!.getFields()["eventsCreate"] !== undefined);
  });

  test("the proto parses, and its field numbers are those of the committed lock", () => {
    const committed = JSON.parse(readFileSync(lockFile, "utf8")) as FieldLock;
    const { text, lock } = printProto(committed);
    assert.ok(protobuf.parse(text).root.lookupService("hourwright.v1.EventsService").methods["Create"] !== undefined);
    assert.deepEqual(lock, committed, "new fields: run node tools/generate/run.ts");
  });
});
