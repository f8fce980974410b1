import { goTo } from "./pages.ts";

/** So long after the last key the list of zones is asked for. */
const SEARCH_MS = 200;

const own = Intl.DateTimeFormat().resolvedOptions().timeZone;
let isDetected = false;

/** Shows times on the customer's own clock: all of them where the service lets them, else the chosen one beside it. */
export function startZones(): void {
  const line = document.querySelector<HTMLElement>(".zone[data-detect]");
  if (line !== null && !isDetected && line.dataset["detect"] !== own) {
    const address = new URL(location.href);
    address.searchParams.set("zone", own);
    void goTo(address.href, { isBack: true }).then(() => history.replaceState(null, "", address));
  }
  isDetected = true;
  document.querySelectorAll<HTMLElement>("[data-theirs]").forEach(showTheirs);
  document.querySelector<HTMLInputElement>("input#find")?.addEventListener("input", searchSoon);
}

function showTheirs(line: HTMLElement): void {
  const { theirs = "", zone, ms } = line.dataset;
  const clock = (timeZone: string | undefined) =>
    new Intl.DateTimeFormat(document.documentElement.dataset["locale"], {
      timeZone,
      hour: "2-digit",
      minute: "2-digit",
    }).format(Number(ms));
  const [here, there] = [clock(own), clock(zone)];
  if (here === there) return;
  const place = own.slice(own.lastIndexOf("/") + 1).replaceAll("_", " ");
  line.textContent = theirs.replace("{place}", place).replace("{time}", there).replace("{theirs}", here);
}

let soon: ReturnType<typeof setTimeout> | undefined;

function searchSoon(event: Event): void {
  const field = event.target as HTMLInputElement;
  clearTimeout(soon);
  soon = setTimeout(() => void search(field), SEARCH_MS);
}

async function search(field: HTMLInputElement): Promise<void> {
  const asked = field.value;
  const fields = new URLSearchParams(new FormData(field.form!) as unknown as Record<string, string>);
  try {
    const answer = await fetch(`${location.pathname}?${fields}`, { headers: { accept: "text/html" } });
    const page = new DOMParser().parseFromString(await answer.text(), "text/html");
    const found = page.querySelector("#found");
    if (field.value === asked && found !== null)
      document.querySelector("#found")?.replaceWith(document.adoptNode(found));
  } catch {
    return; // The button asks as well, and says what is wrong.
  }
}
