import type { Client } from "@hourwright/client";
import { listOrganisations, systemContext } from "../../../server/src/contexts/identity/public.ts";
import { COORDINATOR, INSTRUCTOR, startTestServer, type TestServer } from "../../../server/src/testing/server.ts";
import { buildPage } from "./browser.ts";

/** A server of the test's own with the demo, and two who change things beside the page. */
export type Others = AsyncDisposable & {
  readonly server: TestServer;
  readonly coordinator: Client;
  readonly instructor: Client;
  /** A calendar of one of them, which all of the organisation may read. */
  readonly calendarId: string;
  /** Makes an event in it, by its owner: 10 to 11 UTC of the day, standing in nobody's way. */
  create(title: string, day: string, attendees?: readonly string[]): Promise<{ readonly id: string }>;
  /** When an event starts: `2027-11-03T10:00`, in UTC. */
  startOf(id: string): Promise<string>;
  /** Leaves as many changes of an event as if somebody had made them. */
  leaveChanges(id: string, count: number): Promise<void>;
};

/** Starts it, the page built. `owner`: whose the calendar is. */
export async function startWithOthers(owner: "coordinator" | "instructor", calendar: string): Promise<Others> {
  buildPage();
  const server = await startTestServer();
  const clients = { coordinator: await server.signedIn(COORDINATOR), instructor: await server.signedIn(INSTRUCTOR) };
  const { id: calendarId } = await clients[owner]("calendars.create", { body: { name: calendar, sharing: "read" } });
  return {
    server,
    ...clients,
    calendarId,
    create: (title, day, attendees = []) =>
      clients[owner]("events.create", {
        body: {
          title,
          calendarId,
          start: `${day}T10:00:00Z`,
          end: `${day}T11:00:00Z`,
          attendees: [...attendees],
          transparency: "transparent",
          preventConflicts: false,
        },
      }),
    async startOf(id) {
      const { start } = await clients.coordinator("events.read", { params: { id }, query: { timeZone: "UTC" } });
      return start.slice(0, 16);
    },
    async leaveChanges(id, count) {
      const { database } = server.application;
      const { id: organisation } = (await listOrganisations(database)).find(({ slug }) =>
        slug.startsWith("larkfield"),
      )!;
      const change = { kind: "updated" as const, thing: { type: "event", id }, collectionId: calendarId };
      const context = systemContext(organisation, "test", () => "req_test");
      await database.inOrganisation(context, async (unit) =>
        unit.record(...Array.from({ length: count }, () => change)),
      );
    },
    [Symbol.asyncDispose]: () => server[Symbol.asyncDispose](),
  };
}
