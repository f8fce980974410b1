// Strategy: who has booked is found, noted, shown with what they booked and agreed to, and forgotten; others come from a file.
import assert from "node:assert/strict";
import { after, before, describe, test } from "node:test";
import { OWNER, startOwnServer, type OwnServer } from "../../../../server/src/testing/own-server.ts";
import { findings } from "../../testing/axe.ts";
import { buildPage, closeAll, eventually, openPlace, settled, whyNoBrowser } from "../../testing/browser.ts";

const skip = await whyNoBrowser();

describe("customers in Chromium", { skip }, () => {
  let own: OwnServer;
  before(async () => {
    buildPage();
    own = await startOwnServer();
    const room = await own.owner("resources.create", { body: { name: "Room", kind: "room" } });
    const service = await own.owner("services.create", {
      body: {
        name: "Interview",
        slug: "interview",
        lengths: [30],
        roles: [{ name: "Room", anyOf: [room.id] }],
        questions: [{ id: "news", kind: "consent", label: "News by mail" }],
      },
    });
    const { stranger } = own.server;
    const now = Temporal.Now.instant();
    const query = { from: now.toString(), to: now.add({ hours: 24 * 7 }).toString(), limit: 1 };
    const ask = () => stranger("services.slots", { params: { id: service.id }, query });
    const [slot] = (await eventually(ask, ({ items }) => items.length > 0)).items;
    const held = await stranger("holds.create", { body: { serviceId: service.id, start: slot!.start } });
    const customer = { name: "Ada Learner", email: "ada@example.org", phone: "+420 1" };
    await stranger("bookings.create", { body: { holdId: held.id, key: held.key, customer, answers: { news: "yes" } } });
  });
  after(async () => {
    await closeAll();
    await own[Symbol.asyncDispose]();
  });
  const open = (context: object = {}) =>
    openPlace({ server: own.server, account: OWNER, path: "/bookings/customers", context });
  const customers = async () => (await own.owner("customers.list", { query: {} })).items;

  test("are found, noted, and shown with what they booked and agreed to", async () => {
    await using place = await open();
    const { page } = place;
    await page.getByRole("button", { name: "Open Ada Learner" }).waitFor();
    await page.getByLabel("Search by name, address or number").fill("nobody here");
    await page.getByText("Nobody matches “nobody here”.").waitFor();
    await page.getByLabel("Search by name, address or number").fill("LEARN");
    await page.getByRole("button", { name: "Open Ada Learner" }).click();
    const sheet = page.getByRole("dialog", { name: "Ada Learner" });
    await sheet.getByText("Interview").waitFor();
    await sheet.getByText("confirmed").waitFor();
    await sheet.getByRole("button", { name: "Withdraw: News by mail" }).click();
    await sheet.getByText(/withdrawn on/).waitFor();
    await sheet.getByLabel("Notes").fill("Wants the window open");
    await settled(page);
    assert.deepEqual(await findings(page), []);
    await sheet.getByRole("button", { name: "Save" }).click();
    await page.getByText(/Wants the window open/).waitFor();
    assert.equal((await customers())[0]!.notes, "Wants the window open");
    assert.deepEqual(place.complaints, []);
  });

  test("stand as they are when somebody else books under their address, until it is taken over", async () => {
    const { stranger } = own.server;
    const [service] = (await own.owner("services.list", {})).items;
    const now = Temporal.Now.instant();
    const query = { from: now.toString(), to: now.add({ hours: 24 * 7 }).toString(), limit: 1 };
    const [slot] = (await stranger("services.slots", { params: { id: service!.id }, query })).items;
    const held = await stranger("holds.create", { body: { serviceId: service!.id, start: slot!.start } });
    const customer = { name: "Ada Lovelace", email: "ada@example.org", phone: "+420 2" };
    const booking = await stranger("bookings.create", { body: { holdId: held.id, key: held.key, customer } });
    await using place = await open({ viewport: { width: 360, height: 800 } });
    const { page } = place;
    await page.getByRole("button", { name: "Open Ada Learner" }).click();
    const sheet = page.getByRole("dialog", { name: "Ada Learner" });
    await sheet.getByText("Given differently: Ada Lovelace, +420 2").waitFor();
    await settled(page);
    assert.deepEqual(await findings(page), []);
    await sheet.getByRole("button", { name: "Take over into the record: Ada Lovelace, +420 2" }).click();
    await sheet.getByText("Given differently: Ada Lovelace, +420 2").waitFor({ state: "detached" });
    assert.equal(await sheet.getByLabel("Name").inputValue(), "Ada Lovelace");
    await sheet.getByLabel("Name").fill("Ada Learner");
    await sheet.getByLabel("Phone").fill("+420 1");
    await sheet.getByRole("button", { name: "Save" }).click();
    await sheet.waitFor({ state: "detached" });
    assert.equal((await customers())[0]!.name, "Ada Learner");
    await page.goto(`${own.server.url}/bookings/${slot!.start.slice(0, 10)}`);
    await page.getByText("Given differently: Ada Lovelace, +420 2").waitFor();
    await settled(page);
    assert.deepEqual(await findings(page), []);
    assert.deepEqual(place.complaints, []);
    await own.owner("bookings.cancel", { params: { id: booking.id }, body: {} });
  });

  test("come from a file that is looked at first, on a phone in the dark", async () => {
    await using place = await open({ viewport: { width: 390, height: 844 }, colorScheme: "dark" });
    const { page } = place;
    await page.getByRole("button", { name: "Take in a file" }).click();
    const sheet = page.getByRole("dialog", { name: "Customers from a file" });
    const choose = async (text: string) => {
      const [chooser] = await Promise.all([
        page.waitForEvent("filechooser"),
        sheet.getByRole("button", { name: "Choose a file" }).click(),
      ]);
      await chooser.setFiles({ name: "customers.csv", mimeType: "text/csv", buffer: Buffer.from(text) });
    };
    await choose("name;email\nBen;ben(at)example.org\n");
    await sheet.getByText("Line 2").waitFor();
    await sheet.getByText("“ben(at)example.org” is no address.").waitFor();
    await settled(page);
    assert.deepEqual(await findings(page), []);
    assert.ok(await sheet.getByRole("button", { name: "Take them in" }).isDisabled());
    await choose("name;email\nBen;ben@example.org\nAda Learner;ada@example.org\n");
    await sheet.getByText("1 new · 0 with something new · 1 as they are").waitFor();
    await sheet.getByRole("button", { name: "Take them in" }).click();
    await page.getByRole("button", { name: "Open Ben" }).waitFor();
    assert.equal((await customers()).length, 2);
    assert.deepEqual(place.complaints, []);
  });

  test("are forgotten after one more question, but not before they came", async () => {
    await using place = await open();
    const { page } = place;
    const forget = async (name: string) => {
      await page.getByRole("button", { name: `Open ${name}` }).click();
      await page.getByRole("dialog", { name }).getByRole("button", { name: "Forget for ever" }).click();
      const sure = page.getByRole("alertdialog", { name: `Forget ${name} for ever?` });
      await settled(page);
      assert.deepEqual(await findings(page), []);
      await sure.getByRole("button", { name: "Forget for ever" }).click();
      await sure.waitFor({ state: "detached" });
    };
    await forget("Ben");
    await page.getByRole("button", { name: "Open Ben" }).waitFor({ state: "detached" });
    await forget("Ada Learner");
    await page
      .getByText(/Cancel what they have booked ahead/)
      .first()
      .waitFor();
    assert.deepEqual(
      (await customers()).map(({ name }) => name),
      ["Ada Learner"],
    );
  });
});
