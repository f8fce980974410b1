// Strategy: a directory talks to a server as RFC 7644 and the common directories do, on both databases; then what it may not.
import assert from "node:assert/strict";
import { after, before, describe, test } from "node:test";
import type { Client } from "@hourwright/client";
import { postgres } from "../../../testing/filled-database.ts";
import {
  COORDINATOR,
  MEMBER,
  NORTHGATE_OWNER,
  refusalOf,
  startTestServer,
  type TestServer,
} from "../../../testing/server.ts";
import { ENTERPRISE, GROUP, USER } from "./schemas.ts";

const kinds = [
  {
    name: "the embedded database",
    skip: false,
    open: async () => ({ url: null, [Symbol.asyncDispose]: async () => {} }),
  },
  postgres,
] as const;

const PATCH_OP = "urn:ietf:params:scim:api:messages:2.0:PatchOp";
const ERROR = "urn:ietf:params:scim:api:messages:2.0:Error";
type Json = Record<string, unknown> & { id: string };
type Listed = { readonly totalResults: number; readonly itemsPerPage: number; readonly Resources: readonly Json[] };

for (const kind of kinds)
  describe(`a directory, with ${kind.name}`, { skip: kind.skip }, () => {
    let database: { readonly url: string | null } & AsyncDisposable;
    let server: TestServer;
    let owner: Client;
    let token: string;
    before(async () => {
      database = await kind.open();
      server = await startTestServer(database.url === null ? {} : { DATABASE_URL: database.url });
      owner = await server.signedIn(COORDINATOR);
      token = (await owner("provisioningTokens.create", { body: { name: "Directory", days: 30 } })).token;
    });
    after(async () => {
      await server[Symbol.asyncDispose]();
      await database[Symbol.asyncDispose]();
    });

    async function ask<Body = Json>(method: string, path: string, body?: object, headers: Record<string, string> = {}) {
      const answer = await fetch(`${server.url}/scim/v2${path}`, {
        method,
        headers: { authorization: `Bearer ${token}`, "content-type": "application/scim+json", ...headers },
        ...(body === undefined ? {} : { body: JSON.stringify(body) }),
      });
      const text = await answer.text();
      return { status: answer.status, headers: answer.headers, body: (text === "" ? null : JSON.parse(text)) as Body };
    }
    const list = async (query: Record<string, string | number>, path = "/Users") =>
      (
        await ask<Listed>(
          "GET",
          `${path}?${new URLSearchParams(Object.entries(query).map(([name, value]) => [name, String(value)]))}`,
        )
      ).body;
    const patch = (id: string, ...Operations: object[]) =>
      ask("PATCH", `/Users/${id}`, { schemas: [PATCH_OP], Operations });
    const make = async (userName: string, more: object = {}) => {
      const { status, body } = await ask("POST", "/Users", { schemas: [USER], userName, ...more });
      assert.equal(status, 201, JSON.stringify(body));
      return body;
    };

    test("learns what there is without a token", async () => {
      const config = await fetch(`${server.url}/scim/v2/ServiceProviderConfig`);
      assert.equal(config.headers.get("content-type"), "application/scim+json; charset=utf-8");
      const said = (await config.json()) as { patch: object; bulk: { supported: boolean }; filter: object };
      assert.deepEqual(
        [said.patch, said.bulk.supported, said.filter],
        [{ supported: true }, false, { supported: true, maxResults: 200 }],
      );
      assert.deepEqual(
        (await list({}, "/ResourceTypes")).Resources.map(({ id }) => id),
        ["User", "Group"],
      );
      assert.equal((await ask("GET", `/Schemas/${ENTERPRISE}`)).body["name"], "EnterpriseUser");
      assert.equal((await ask("GET", "/Schemas?filter=id%20pr")).status, 403);
      assert.deepEqual((await ask("POST", "/Bulk", {})).body, {
        schemas: [ERROR],
        status: "501",
        detail: "ServiceProviderConfig says what is supported.",
      });
      assert.equal((await ask("GET", "/Nothing")).status, 404);
    });

    test("looks for somebody, makes them, and reads them again", async () => {
      assert.equal((await list({ filter: `userName eq "bjensen@example.com"` })).totalResults, 0);
      const { status, headers, body } = await ask("POST", "/Users", {
        schemas: [USER, ENTERPRISE],
        userName: "bjensen@example.com",
        externalId: "bjensen",
        name: { formatted: "Ms. Barbara J Jensen III", familyName: "Jensen", givenName: "Barbara" },
        emails: [{ value: "Barbara.Jensen@example.com", type: "work", primary: true }],
        phoneNumbers: [{ value: "555-0100", type: "work" }],
        active: "True",
        password: "t1meMa$heen",
        shoeSize: 38,
        [ENTERPRISE]: { employeeNumber: "701984", department: "Directory Care" },
      });
      assert.equal(status, 201, JSON.stringify(body));
      assert.equal(headers.get("location"), (body["meta"] as Json)["location"]);
      assert.equal(headers.get("etag"), (body["meta"] as Json)["version"]);
      assert.deepEqual(
        [body["displayName"], body["active"], body["password"], body["shoeSize"], body[ENTERPRISE]],
        [
          "Ms. Barbara J Jensen III",
          true,
          undefined,
          undefined,
          { employeeNumber: "701984", department: "Directory Care" },
        ],
      );
      assert.deepEqual((await ask("GET", `/Users/${body.id}`)).body, body);
      assert.equal(
        (await ask("GET", `/Users/${body.id}`, undefined, { "if-none-match": headers.get("etag")! })).status,
        304,
      );
      for (const filter of [
        `userName eq "BJENSEN@example.com"`,
        `externalId eq "bjensen"`,
        `emails[type eq "work" and value co "barbara"]`,
        `${ENTERPRISE}:department eq "directory care"`,
      ])
        assert.deepEqual((await list({ filter })).Resources, [body], filter);

      const people = await owner("people.list", { query: { search: "Jensen" } });
      assert.deepEqual(
        people.items.map(({ id, email }) => [id, email]),
        [[body.id, "barbara.jensen@example.com"]],
      );
      const departments = (await owner("departments.list", {})).items;
      assert.equal(departments.find(({ name }) => name === "Directory Care")?.people, 1);
    });

    test("is told of what is there already", async () => {
      await make("twin@example.com");
      for (const userName of ["Twin@example.com", COORDINATOR]) {
        const { status, body } = await ask("POST", "/Users", { schemas: [USER], userName });
        assert.deepEqual([status, body["scimType"], body["status"]], [409, "uniqueness", "409"]);
      }
      const other = await make("other-twin", { emails: [{ value: "twin2@example.com" }] });
      assert.equal((await patch(other.id, { op: "replace", path: "userName", value: "TWIN@example.com" })).status, 409);
      assert.equal(
        (await patch(other.id, { op: "replace", path: "emails", value: [{ value: COORDINATOR }] })).status,
        409,
      );
      const [known] = (await list({ filter: `userName eq "${MEMBER}"` })).Resources;
      assert.equal((await patch(known!.id, { op: "add", path: "externalId", value: "m-1" })).body["externalId"], "m-1");
    });

    test("switches somebody off in every way in which it is said, and on again; their sessions are over", async () => {
      const session = await server.token(MEMBER);
      const me = () => fetch(`${server.url}/v1/me`, { headers: { authorization: `Bearer ${session}` } });
      assert.equal((await me()).status, 200);
      const [member] = (await list({ filter: `emails.value eq "${MEMBER}"` })).Resources;
      assert.equal((await patch(member!.id, { op: "Replace", path: "active", value: "False" })).body["active"], false);
      assert.equal((await me()).status, 401);
      const again = await server.token(MEMBER).catch(() => null);
      assert.ok(again === null || (await me()).status === 401);
      const { items } = await owner("people.list", { query: { retired: true } });
      assert.ok(
        items.some(({ id }) => id === member!.id),
        "who is off stays, with what they did",
      );
      assert.equal((await ask("GET", `/Users/${member!.id}`)).body["active"], false);
      assert.equal((await patch(member!.id, { op: "replace", value: { active: true } })).body["active"], true);
      assert.equal((await me()).status, 401, "who was signed in before is not now");
      assert.equal((await (await server.signedIn(MEMBER))("me.read", {})).personId, member!.id);
    });

    test("never takes the last owner away", async () => {
      const theirs = (
        await (
          await server.signedIn(NORTHGATE_OWNER)
        )("provisioningTokens.create", { body: { name: "Theirs" } })
      ).token;
      const there = { authorization: `Bearer ${theirs}` };
      const found = await ask<Listed>(
        "GET",
        `/Users?${new URLSearchParams({ filter: `userName eq "${NORTHGATE_OWNER}"` })}`,
        undefined,
        there,
      );
      const off = { schemas: [PATCH_OP], Operations: [{ op: "replace", path: "active", value: false }] };
      for (const [method, body] of [
        ["PATCH", off],
        ["DELETE", undefined],
      ] as const) {
        const { status } = await ask(method, `/Users/${found.body.Resources[0]!.id}`, body, there);
        assert.equal(status, 409, method);
      }
      await server.signedIn(NORTHGATE_OWNER);
    });

    test("removes somebody, sees them no more, and makes them again as who they were", async () => {
      const made = await make("gone@example.com", { displayName: "Gone Soon" });
      assert.equal((await ask("DELETE", `/Users/${made.id}`)).status, 204);
      for (const method of ["GET", "DELETE"]) assert.equal((await ask(method, `/Users/${made.id}`)).status, 404);
      assert.equal((await patch(made.id, { op: "replace", path: "active", value: true })).status, 404);
      assert.equal((await list({ filter: `userName eq "gone@example.com"` })).totalResults, 0);
      const again = await make("gone@example.com", { displayName: "Here Again" });
      assert.deepEqual([again.id, again["active"], again["displayName"]], [made.id, true, "Here Again"]);
    });

    test("replaces somebody whole; what it has never spoken of stays", async () => {
      const { id } = await make("whole@example.com", {
        displayName: "Whole",
        nickName: "W",
        timezone: "Europe/Berlin",
      });
      const department = await owner("departments.create", { body: { name: `By hand ${kind.name}`, parentId: null } });
      await owner("departments.place", { body: { people: [{ personId: id, departmentId: department.id }] } });
      const put = await ask("PUT", `/Users/${id}`, {
        schemas: [USER],
        userName: "whole@example.com",
        displayName: "Whole II",
      });
      assert.deepEqual(
        [put.body["displayName"], put.body["nickName"], put.body["timezone"], put.body[ENTERPRISE]],
        ["Whole II", undefined, "Europe/Berlin", { department: department.name }],
      );
      assert.equal(
        (await ask("PUT", `/Users/${id}`, { schemas: [USER], displayName: "No name" })).body["scimType"],
        "invalidValue",
      );
      const moved = await patch(id, {
        op: "replace",
        value: { [ENTERPRISE]: { department: `Top ${kind.name} / Deep` } },
      });
      assert.deepEqual(moved.body[ENTERPRISE], { department: `Top ${kind.name} / Deep` });
      const out = await patch(id, { op: "remove", path: `${ENTERPRISE}:department` });
      assert.equal(out.body[ENTERPRISE], undefined);
    });

    test("changes what it has read, and not what was changed meanwhile", async () => {
      const made = await make("etag@example.com");
      const version = (made["meta"] as Json)["version"] as string;
      await owner("people.update", { params: { id: made.id }, body: { name: "Changed by hand" } });
      const change = { schemas: [PATCH_OP], Operations: [{ op: "replace", path: "title", value: "T" }] };
      assert.equal((await ask("PATCH", `/Users/${made.id}`, change, { "if-match": version })).status, 412);
      const now = await ask("GET", `/Users/${made.id}`);
      assert.equal(now.body["displayName"], "Changed by hand");
      const done = await ask("PATCH", `/Users/${made.id}`, change, { "if-match": now.headers.get("etag")! });
      assert.deepEqual([done.status, done.body["title"], done.body["displayName"]], [200, "T", "Changed by hand"]);
    });

    test("names a manager who is here, and is shown who it is", async () => {
      const boss = await make("boss@example.com", { displayName: "The Boss" });
      const made = await make("under@example.com");
      const named = await patch(made.id, { op: "Add", path: `${ENTERPRISE}:manager`, value: boss.id });
      const { manager } = named.body[ENTERPRISE] as { manager: Json };
      assert.deepEqual([manager["value"], manager["displayName"]], [boss.id, "The Boss"]);
      assert.equal(
        (await patch(made.id, { op: "replace", path: `${ENTERPRISE}:manager`, value: "per_nobody" })).body["scimType"],
        "invalidValue",
      );
    });

    test("reads page by page, in order, and only what it asks for", async () => {
      const all = await list({ count: 200 });
      assert.equal(all.Resources.length, all.totalResults);
      const pages = await Promise.all([1, 4, 7].map((startIndex) => list({ startIndex, count: 3 })));
      assert.deepEqual(
        pages.flatMap(({ Resources }) => Resources.map(({ id }) => id)),
        all.Resources.slice(0, 9).map(({ id }) => id),
      );
      assert.deepEqual((await list({ count: 0 })).itemsPerPage, 0);
      assert.deepEqual((await list({ startIndex: 100_000 })).Resources, []);
      assert.equal((await list({ count: 100_000 })).itemsPerPage, Math.min(200, all.totalResults));
      const sorted = await list({ sortBy: "userName", sortOrder: "descending", attributes: "userName", count: 200 });
      const names = sorted.Resources.map((each) => String(each["userName"]).toLowerCase());
      assert.deepEqual(names, names.toSorted().toReversed());
      assert.deepEqual(Object.keys(sorted.Resources[0]!).toSorted(), ["id", "schemas", "userName"]);
      const [lean] = (
        await list({ filter: `userName eq "${COORDINATOR}"`, excludedAttributes: "emails,name.formatted,meta" })
      ).Resources;
      assert.deepEqual([lean!["emails"], lean!["meta"], typeof lean!["displayName"]], [undefined, undefined, "string"]);
      const search = {
        schemas: ["urn:ietf:params:scim:api:messages:2.0:SearchRequest"],
        filter: `active eq true and userName sw "coord"`,
        attributes: ["displayName"],
        startIndex: 1,
        count: 10,
      };
      const found = await ask<Listed>("POST", "/Users/.search", search);
      assert.deepEqual([found.status, found.body.totalResults], [200, 1]);
    });

    test("keeps groups as teams", async () => {
      const [one, two] = [await make("team-one@example.com"), await make("team-two@example.com")];
      const { status, body } = await ask("POST", "/Groups", {
        schemas: [GROUP],
        displayName: "Night crew",
        externalId: "g-1",
        members: [{ value: one.id }],
      });
      assert.equal(status, 201, JSON.stringify(body));
      const group = (...Operations: object[]) =>
        ask("PATCH", `/Groups/${body.id}`, { schemas: [PATCH_OP], Operations });
      const members = async () =>
        (((await ask("GET", `/Groups/${body.id}`)).body["members"] ?? []) as Json[]).map(({ value }) => value);
      await group({ op: "Add", path: "members", value: [{ value: two.id }] });
      assert.deepEqual(new Set(await members()), new Set([one.id, two.id]));
      assert.deepEqual(
        ((await ask("GET", `/Users/${two.id}`)).body["groups"] as Json[]).map(({ display }) => display),
        ["Night crew"],
      );
      await group({ op: "Remove", path: `members[value eq "${one.id}"]` });
      await group({ op: "Remove", path: "members", value: [{ value: two.id }] });
      assert.deepEqual(await members(), []);
      const renamed = await group({ op: "replace", value: { id: body.id, displayName: "Late crew" } });
      assert.equal(renamed.body["displayName"], "Late crew");
      assert.ok((await owner("teams.list", {})).items.some(({ name }) => name === "Late crew"));
      assert.deepEqual(
        (await list({ filter: `displayName eq "late CREW"`, excludedAttributes: "members" }, "/Groups")).Resources.map(
          ({ id }) => id,
        ),
        [body.id],
      );
      assert.equal((await ask("POST", "/Groups", { schemas: [GROUP], displayName: "LATE crew" })).status, 409);
      assert.equal(
        (await group({ op: "add", path: "members", value: [{ value: "per_nobody" }] })).body["scimType"],
        "invalidValue",
      );
      assert.equal(
        (
          await ask("PUT", `/Groups/${body.id}`, {
            schemas: [GROUP],
            displayName: "Late crew",
            members: [{ value: two.id }],
          })
        ).status,
        200,
      );
      assert.deepEqual(await members(), [two.id]);
      assert.equal((await ask("DELETE", `/Groups/${body.id}`)).status, 204);
      assert.equal((await ask("GET", `/Groups/${body.id}`)).status, 404);
    });

    test("sees nothing of another organisation", async () => {
      const theirs = (
        await (
          await server.signedIn(NORTHGATE_OWNER)
        )("provisioningTokens.create", { body: { name: "Theirs" } })
      ).token;
      const here = await make("only-here@example.com");
      const { body: team } = await ask("POST", "/Groups", { schemas: [GROUP], displayName: `Only here ${kind.name}` });
      const there = { authorization: `Bearer ${theirs}` };
      for (const path of [`/Users/${here.id}`, `/Groups/${team.id}`])
        for (const method of ["GET", "PATCH", "PUT", "DELETE"]) {
          const body =
            method === "PATCH"
              ? { schemas: [PATCH_OP], Operations: [{ op: "replace", path: "externalId", value: "x" }] }
              : { schemas: [USER], userName: "x", displayName: "x" };
          const { status } = await ask(method, path, method === "GET" || method === "DELETE" ? undefined : body, there);
          assert.equal(status, 404, `${method} ${path}`);
        }
      const listed = await ask<Listed>(
        "GET",
        `/Users?${new URLSearchParams({ filter: `userName eq "only-here@example.com"` })}`,
        undefined,
        there,
      );
      assert.equal(listed.body.totalResults, 0);
      const stranger = await ask(
        "POST",
        "/Groups",
        { schemas: [GROUP], displayName: "Theirs", members: [{ value: here.id }] },
        there,
      );
      assert.equal(stranger.status, 400);
    });

    test("comes in with a token alone, made by who runs the organisation, until it is revoked", async () => {
      for (const authorization of [
        "",
        "Bearer hws_nothing",
        `Bearer ${await server.token(COORDINATOR)}`,
        `Bearer hws_${"a".repeat(43)}`,
      ]) {
        const { status, headers, body } = await ask("GET", "/Users", undefined, { authorization });
        assert.deepEqual([status, headers.get("www-authenticate"), body["status"]], [401, "Bearer", "401"]);
      }
      assert.equal(
        (await fetch(`${server.url}/v1/people`, { headers: { authorization: `Bearer ${token}` } })).status,
        401,
        "it opens nothing else",
      );
      const member = await server.signedIn(MEMBER);
      assert.equal(
        (await refusalOf(member("provisioningTokens.create", { body: { name: "Mine" } }))).code,
        "request/forbidden",
      );
      const short = await owner("provisioningTokens.create", { body: { name: "Short" } });
      const own = { authorization: `Bearer ${short.token}` };
      assert.equal((await ask("GET", "/Users?count=1", undefined, own)).status, 200);
      const shown = (await owner("provisioningTokens.list", {})).items.find(({ id }) => id === short.id)!;
      assert.ok(shown.usedAt !== null && !("token" in shown));
      await owner("provisioningTokens.remove", { params: { id: short.id } });
      assert.equal((await ask("GET", "/Users?count=1", undefined, own)).status, 401);
    });

    test("is refused in the words of the standard what cannot be read", async () => {
      for (const [query, scimType] of [
        ["filter=userName", "invalidFilter"],
        ["filter=active%20gt%20true", "invalidFilter"],
        ["sortBy=shoeSize", "invalidPath"],
        ["startIndex=x", "invalidValue"],
        ["attributes=%24", "invalidPath"],
      ] as const) {
        const { status, body } = await ask("GET", `/Users?${query}`);
        assert.deepEqual([status, body["schemas"], body["scimType"]], [400, [ERROR], scimType], query);
      }
      const raw = (body: string, type = "application/json") =>
        fetch(`${server.url}/scim/v2/Users`, {
          method: "POST",
          headers: { authorization: `Bearer ${token}`, "content-type": type },
          body,
        });
      assert.equal((await raw("{")).status, 400);
      assert.equal((await raw("[]")).status, 400);
      assert.equal((await raw("{}", "text/plain")).status, 415);
      assert.equal((await raw(`{"schemas":[],"userName":"${"a".repeat(2_200_000)}"}`)).status, 413);
      assert.equal(
        (await raw(`{"schemas":["x"],"userName":"deep","name":${`{"a":`.repeat(30)}1${"}".repeat(30)}}`)).status,
        400,
      );
      for (const id of ["per_\0", "\0", "x", "per_' or 1=1 --"])
        for (const path of ["Users", "Groups"])
          for (const method of ["GET", "DELETE"])
            assert.equal((await ask(method, `/${path}/${encodeURIComponent(id)}`)).status, 404, `${path} ${id}`);
    });

    test("finds nobody by what cannot be written, and gives nobody a name that nobody can read", async () => {
      for (const path of ["/Users", "/Groups"])
        for (const filter of ['userName eq "a\\u0000b"', 'id eq "\\u0000"', 'externalId eq "\\ud800"'])
          assert.equal((await list({ filter }, path)).totalResults, 0, `${path} ${filter}`);
      const halved = `${"x".repeat(199)}😀`;
      const made = await ask("POST", "/Users", { schemas: [USER], userName: "halved", displayName: halved });
      assert.deepEqual([made.status, made.body["displayName"]], [201, "x".repeat(199)]);
      const team = await ask("POST", "/Groups", { schemas: [GROUP], displayName: halved });
      assert.deepEqual([team.status, team.body["displayName"]], [201, "x".repeat(199)]);
      const blank = await ask("POST", "/Users", { schemas: [USER], userName: "blank", displayName: " \n " });
      assert.equal(blank.body["displayName"], "blank");
      assert.equal((await ask("POST", "/Users", { schemas: [USER], userName: "  " })).status, 400);
      const placed = (department: string) =>
        ask("POST", "/Users", { schemas: [USER, ENTERPRISE], userName: "placed", [ENTERPRISE]: { department } });
      assert.equal((await placed(`Care / ${"x".repeat(101)}`)).status, 400);
    });
  });
