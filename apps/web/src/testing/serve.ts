import { startDouble } from "./double.ts";

/** `node apps/web/src/testing/serve.ts [port] [year] [events] [door]`: the double to look at with a browser. */
const [port = "5601", year = "2027", eventsMin = "0", door = "open"] = process.argv.slice(2);
const double = await startDouble({
  port: Number(port),
  year: Number(year),
  eventsMin: Number(eventsMin),
  door: door === "sign-in" || door === "set-up" ? door : "open",
});
process.stdout.write(`${double.url}\n`);
