// OUT PATH W H THEME RATIO SCRIPT; env BASE, AS
import { launchChromium } from "./src/testing/chromium.ts";
const [out, path, w, h, theme, ratio, script] = process.argv.slice(2);
const base = process.env.BASE ?? "http://localhost:4690"; const as = process.env.AS ?? "coordinator";
const browser = await launchChromium();
const context = await browser.newContext({ viewport: { width: +w!, height: +h! }, deviceScaleFactor: +(ratio ?? 1), colorScheme: theme as any, locale: process.env.LANG_ ?? "en-GB", hasTouch: +w! < 700 });
const page = await context.newPage();
page.on("console", (m) => m.type() === "error" && console.log("console:", m.text()));
page.on("pageerror", (e) => console.log("pageerror:", e.message));
const ok = await context.request.post(base + "/v1/session", { data: { email: as + "@larkfield.example", password: "larkfield-demo" } }); if (!ok.ok()) throw new Error(await ok.text());
await page.goto(base + path);
await page.waitForTimeout(1500);
if (script) { const f = new Function("page", `return (async () => { ${script} })()`); await f(page); }
await page.waitForTimeout(800);
await page.screenshot({ path: out! });
await browser.close();
