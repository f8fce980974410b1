import { Lru } from "@hourwright/std";
import type { Unit } from "../../../platform/db/database.ts";
import { isHeld } from "../../../platform/http/reply.ts";
import type { Caller } from "../../../platform/operations/context.ts";
import { endSessionsOf } from "../directory.ts";
import { projected, readAsked, readShown, versionOf } from "./answers.ts";
import { isFault, type Fault } from "./fault.ts";
import { groups } from "./groups.ts";
import { readPatch } from "./patch.ts";
import type { ResourceType } from "./schemas.ts";
import { directoryOf, liveToken, noteUse, type Directory } from "./tokens.ts";
import { users } from "./users.ts";
import type { Resource } from "./values.ts";
import { revoked, unknown, type ScimPorts, type Visit, type Writing, type Written } from "./writing.ts";

export type ScimAnswer = {
  readonly status: 200 | 201 | 204 | 304;
  readonly body: Resource | null;
  readonly location?: string;
  readonly version?: string;
};
type Faulty = { readonly fault: Fault };
export type Kind = "Users" | "Groups";

export type Scim = {
  readonly directoryOf: (authorization: string | null) => Promise<Directory | null>;
  readonly list: (visit: Visit, kind: Kind, asked: Resource) => Promise<ScimAnswer | Faulty>;
  readonly read: (visit: Visit, kind: Kind, id: string, asked: Resource) => Promise<ScimAnswer | Faulty>;
  readonly create: (visit: Visit, kind: Kind, body: Resource, asked: Resource) => Promise<ScimAnswer | Faulty>;
  readonly replace: (
    visit: Visit,
    kind: Kind,
    id: string,
    body: Resource,
    asked: Resource,
  ) => Promise<ScimAnswer | Faulty>;
  readonly patch: (
    visit: Visit,
    kind: Kind,
    id: string,
    body: Resource,
    asked: Resource,
  ) => Promise<ScimAnswer | Faulty>;
  readonly remove: (visit: Visit, kind: Kind, id: string) => Promise<ScimAnswer | Faulty>;
};

/** Uses are noted so often: who looks wants to know whether it is used at all. */
const NOTED_MS = 3_600_000;
const NOTED_MAX = 1_000;

const kinds = { Users: users, Groups: groups };

/** People and teams for directories: every request is one unit, judged by the token that it came with. */
export function createScim(ports: ScimPorts): Scim {
  const noted = new Lru<string, number>(NOTED_MAX);

  const contextOf = ({ directory, requestId }: Visit, operation: string, label: string) => ({
    organisation: directory.organisation,
    actor: { kind: "system" as const, userId: null, personId: null, label },
    operation,
    requestId,
  });

  const reading = (visit: Visit, operation: string, work: (unit: Unit) => Promise<ScimAnswer | Faulty>) =>
    ports.database.inOrganisation(
      contextOf(visit, operation, "Directory"),
      async (unit) => ((await liveToken(unit, visit.directory)) === null ? revoked : work(unit)),
      { lane: "read" },
    );

  async function writing(
    visit: Visit,
    type: ResourceType,
    operation: string,
    status: 200 | 201 | 204,
    asked: Resource,
    work: (writing: Writing) => Promise<Written | Faulty>,
  ): Promise<ScimAnswer | Faulty> {
    const shown = readShown(asked);
    if (isFault(shown)) return shown;
    const written = await ports.database.inOrganisation(contextOf(visit, operation, "Directory"), async (unit) => {
      const name = await liveToken(unit, visit.directory);
      const done = name === null ? revoked : await work({ unit, caller: callerOf(visit, name), ports, visit });
      // What is refused is rolled back.
      return isFault(done) ? { ...done, refused: true } : done;
    });
    if (isFault(written)) return { fault: written.fault };
    const { resource, left } = written;
    if (left !== undefined && left !== null)
      for (const sessionId of await endSessionsOf(ports.database, visit.directory.organisation, left))
        ports.sessionEnded(sessionId);
    return resource === null || status === 204 ? { status: 204, body: null } : answerOf(type, resource, status, shown);
  }

  const note = async (visit: Visit) => {
    const { tokenId } = visit.directory;
    const nowMs = ports.clock.nowMs();
    if (nowMs - (noted.get(tokenId) ?? -Infinity) < NOTED_MS) return;
    noted.set(tokenId, nowMs);
    await ports.database.inOrganisation(contextOf(visit, "scim.use", "Directory"), (unit) =>
      noteUse(unit, visit.directory),
    );
  };

  const noting =
    <Args extends readonly unknown[]>(answer: (visit: Visit, ...args: Args) => Promise<ScimAnswer | Faulty>) =>
    async (visit: Visit, ...args: Args) => {
      const answered = await answer(visit, ...args);
      if (!isFault(answered)) await note(visit);
      return answered;
    };

  return {
    directoryOf: (authorization) => directoryOf(ports.database, ports.clock, authorization),
    list: noting(async (visit, kind: Kind, given: Resource) => {
      const { type, list } = kinds[kind];
      const asked = readAsked(type, given);
      if (isFault(asked)) return asked;
      return reading(visit, `scim.list${kind}`, async (unit) => ({
        status: 200,
        body: await list(unit, asked, visit.base),
      }));
    }),
    read: noting(async (visit, kind: Kind, id: string, given: Resource) => {
      const { type, one } = kinds[kind];
      const shown = readShown(given);
      if (isFault(shown)) return shown;
      return reading(visit, `scim.read${kind}`, async (unit) => {
        const resource = await one(unit, id, visit.base);
        if (resource === null) return unknown;
        const version = versionOf(resource);
        if (isHeld(visit.ifNoneMatch, version)) return { status: 304, body: null, version };
        return answerOf(type, resource, 200, shown);
      });
    }),
    create: noting((visit, kind: Kind, body: Resource, asked: Resource) =>
      writing(visit, kinds[kind].type, `scim.create${kind}`, 201, asked, (within) => kinds[kind].create(within, body)),
    ),
    replace: noting((visit, kind: Kind, id: string, body: Resource, asked: Resource) =>
      writing(visit, kinds[kind].type, `scim.replace${kind}`, 200, asked, (within) =>
        kinds[kind].replace(within, id, body),
      ),
    ),
    patch: noting(async (visit, kind: Kind, id: string, body: Resource, asked: Resource) => {
      const operations = readPatch(body);
      if (isFault(operations)) return operations;
      const { type, patch } = kinds[kind];
      return writing(visit, type, `scim.patch${kind}`, 200, asked, (within) => patch(within, id, operations));
    }),
    remove: noting((visit, kind: Kind, id: string) =>
      writing(visit, kinds[kind].type, `scim.remove${kind}`, 204, {}, (within) => kinds[kind].remove(within, id)),
    ),
  };
}

function answerOf(
  type: ResourceType,
  resource: Resource,
  status: 200 | 201,
  shown: Parameters<typeof projected>[2],
): ScimAnswer {
  const { location } = resource["meta"] as { readonly location: string };
  return { status, body: projected(type, resource, shown), version: versionOf(resource), location };
}

const callerOf = ({ directory }: Visit, name: string): Caller => ({
  userId: directory.tokenId,
  personId: directory.tokenId,
  organisation: directory.organisation,
  role: "administrator",
  name,
  email: "",
  sessionId: directory.tokenId,
  via: "token",
});
