import assert from "node:assert/strict";
import { after, before, describe, test } from "node:test";
import { refusalOf } from "../../testing/server.ts";
import { startOwnServer, type OwnServer } from "../../testing/own-server.ts";
import { invitationState } from "./decide.ts";

let own: OwnServer;
before(async () => void (own = await startOwnServer()));
after(() => own[Symbol.asyncDispose]());

const invite = (body: object = {}) => own.owner("invitations.create", { body });
const tokenOf = ({ link }: { readonly link: string }): string => link.split("/join/")[1]!;
const join = (token: string, email: string, more: object = {}) =>
  own.server.stranger("join.accept", {
    body: { token, name: "Petra Malá", email, password: "a long sentence of mine", ...more },
  });
const codeOf = async (call: Promise<unknown>): Promise<string> => (await refusalOf(call)).code;

describe("an invitation", () => {
  const table: [state: string, uses: number, usesMax: number, expiresAtMs: number, revoked: boolean][] = [
    ["open", 0, 1, 11, false],
    ["expired", 0, 1, 10, false],
    ["used", 1, 1, 11, false],
    ["open", 1, 2, 11, false],
    ["revoked", 1, 1, 9, true],
  ];
  for (const [state, uses, usesMax, expiresAtMs, revoked] of table)
    test(`of ${uses}/${usesMax} uses until ${expiresAtMs}${revoked ? ", revoked," : ""} is ${state} at 10`, () =>
      assert.equal(invitationState({ uses, usesMax, expiresAtMs, revoked }, 10), state));

  test("makes a member with a person, a calendar and a session of their own, and works once", async () => {
    const made = await invite();
    const token = tokenOf(made);
    assert.match(made.link, /^http:\/\/localhost:\d+\/join\/[\w-]{32}$/);
    assert.deepEqual(await own.server.stranger("join.read", { params: { token } }), {
      organisation: "Own",
      role: "member",
      email: null,
      name: null,
      expiresAt: made.expiresAt,
    });
    const { me } = await join(token, "petra@own.example");
    assert.deepEqual([me!.name, me!.role, me!.organisation.name], ["Petra Malá", "member", "Own"]);
    const petra = await own.server.signedIn("petra@own.example", "a long sentence of mine");
    const { items } = await petra("calendars.list", {});
    assert.ok(items.some(({ ownerSubjectId, access }) => ownerSubjectId === me!.personId && access === "own"));
    assert.equal(await codeOf(join(token, "other@own.example")), "identity/invitation-over");
    assert.equal(await codeOf(own.server.stranger("join.read", { params: { token } })), "identity/invitation-over");
    assert.equal((await own.owner("invitations.list", {})).items.find(({ id }) => id === made.id)!.state, "used");
  });

  test("with the last use of which two come at once lets one in, and leaves no account of the other", async () => {
    const token = tokenOf(await invite());
    const came = await Promise.allSettled([join(token, "first@own.example"), join(token, "second@own.example")]);
    assert.deepEqual(came.map(({ status }) => status).toSorted(), ["fulfilled", "rejected"]);
    const loser = came[0].status === "rejected" ? "first@own.example" : "second@own.example";
    const again = tokenOf(await invite());
    await join(again, loser, { password: "another long sentence" });
    await own.server.signedIn(loser, "another long sentence");
  });

  test("of an address is for that address alone, and claims the person who has it", async () => {
    const person = await own.owner("people.create", { body: { name: "Karel Novák", email: "karel@own.example" } });
    const token = tokenOf(await invite({ email: "karel@own.example", role: "manager", uses: 9 }));
    assert.equal((await own.server.stranger("join.read", { params: { token } })).name, "Karel Novák");
    assert.equal(await codeOf(join(token, "thief@own.example")), "identity/invitation-not-yours");
    const { me } = await join(token, "karel@own.example");
    assert.deepEqual([me!.personId, me!.role, me!.name], [person.id, "manager", "Karel Novák"]);
    assert.equal((await own.owner("people.list", { query: { search: "Karel" } })).items[0]!.role, "manager");
    assert.equal(await codeOf(invite({ personId: person.id })), "identity/email-taken", "who signs in needs none");
  });

  test("for anybody makes nobody of somebody who is here", async () => {
    await own.owner("people.create", { body: { name: "Boss", email: "boss@own.example" } });
    const token = tokenOf(await invite({ uses: 3 }));
    assert.equal(await codeOf(join(token, "boss@own.example")), "identity/email-taken");
    assert.equal(
      await codeOf(join(token, "owner@own.example", { password: "not the password" })),
      "identity/email-taken",
    );
  });

  test("is over once it is revoked or too old, and a wrong link says the same", async () => {
    const revoked = await invite();
    await own.owner("invitations.remove", { params: { id: revoked.id } });
    const old = await invite({ days: 1 });
    await own.travel({ days: 1, hours: 1 });
    const tokens = [tokenOf(revoked), tokenOf(old), "hw0oiTFbR4pS8sYtS3Xk1uR7"];
    const said = await Promise.all(
      tokens.map((token) => refusalOf(own.server.stranger("join.read", { params: { token } }))),
    );
    assert.deepEqual(new Set(said.map(({ code, detail }) => `${code} ${detail}`)).size, 1);
    for (const token of tokens) assert.equal(await codeOf(join(token, "late@own.example")), "identity/invitation-over");
  });

  test("to be owner is made by owners, and any by administrators alone", async () => {
    await join(tokenOf(await invite({ role: "administrator" })), "admin@own.example");
    await join(tokenOf(await invite({ role: "member" })), "plain@own.example");
    const admin = await own.server.signedIn("admin@own.example", "a long sentence of mine");
    const plain = await own.server.signedIn("plain@own.example", "a long sentence of mine");
    assert.equal(await codeOf(admin("invitations.create", { body: { role: "owner" } })), "identity/role-too-high");
    assert.equal(await codeOf(plain("invitations.create", { body: {} })), "request/forbidden");
    assert.equal(await codeOf(plain("invitations.list", {})), "request/forbidden");
  });

  test("to a person who is retired afterwards ends their sign-in with the next request", async () => {
    const { me } = await join(tokenOf(await invite()), "gone@own.example");
    const gone = await own.server.signedIn("gone@own.example", "a long sentence of mine");
    const { ahead } = await own.owner("people.remove", { params: { id: me!.personId } });
    assert.equal(ahead.planned, 0);
    assert.equal(await codeOf(gone("me.read", {})), "request/unauthenticated");
    await own.owner("people.update", { params: { id: me!.personId }, body: { retired: false } });
    assert.equal((await gone("me.read", {})).personId, me!.personId);
  });
});
