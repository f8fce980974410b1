import { html, type Html } from "./html.ts";
import { icon } from "./icons.ts";
import { placeOf } from "./times.ts";
import type { Words } from "./words.ts";

/** Zones of one answer. */
const FOUND_MAX = 12;

const names = Intl.supportedValuesOf("timeZone");

/** Whether times can be shown in it. */
export function isZone(name: string): boolean {
  try {
    return name !== "" && new Intl.DateTimeFormat("en", { timeZone: name }).resolvedOptions().timeZone !== "";
  } catch {
    return false;
  }
}

const bare = (text: string): string =>
  text.normalize("NFD").replaceAll(/\p{M}/gu, "").toLowerCase().replaceAll("_", " ");

/** Zones whose name holds what was asked; those whose city begins with it come first. */
function zonesLike(asked: string): readonly string[] {
  const wanted = bare(asked.trim());
  if (wanted === "") return [];
  const isFirst = (name: string) => bare(placeOf(name)).startsWith(wanted);
  const found = names.filter((name) => bare(name).includes(wanted));
  return [...found.filter(isFirst), ...found.filter((name) => !isFirst(name))].slice(0, FOUND_MAX);
}

/** Looking for another time zone: a field, and what was found as links. */
export function zonePart(
  asked: string,
  words: Words,
  hidden: Html,
  own: readonly string[],
  linkTo: (zone: string) => string,
): Html {
  const found = asked === "" ? own : zonesLike(asked);
  return html`<section class="zones" aria-labelledby="zone-title">
    <h2 id="zone-title" tabindex="-1">${words.zoneChange}</h2>
    <form method="get" data-keep-form>
      ${hidden}
      <label for="find">${words.zoneSearch}</label>
      <div class="find">
        <input class="field" id="find" name="find" type="search" value="${asked}" maxlength="64" autocomplete="off" />
        <button class="alt">${words.zoneFind}</button>
      </div>
    </form>
    <div id="found">
      ${found.length === 0 && html`<p>${words.zoneNone}</p>`}
      <ul>
        ${found.map(
          (name) =>
            html`<li>
              <a class="alt" href="${linkTo(name)}" rel="nofollow"
                >${icon("globe", 15)} ${placeOf(name)}<small>${name}</small></a
              >
            </li>`,
        )}
      </ul>
    </div>
  </section>`;
}
