// `<hourwright-booking who="larkfield" service="driving-lesson">` shows a booking page inside another site's page. It keeps
// nothing, sets no cookie and takes no focus; without it a plain link to the page does the same.

/** A page that says it is taller than this is not believed. */
const HEIGHT_MAX = 5_000;
const HEIGHT_FIRST = 640;

/** Where this script came from: the page comes from there as well. */
const origin = new URL((document.currentScript as HTMLScriptElement).src).origin;

/** What a link with prefilled fields may hold, as attributes. */
const FIELDS = ["lang", "minutes", "places", "on", "zone", "name", "email", "phone"] as const;

class HourwrightBooking extends HTMLElement {
  static observedAttributes = ["who", "service", ...FIELDS];
  readonly #frame = document.createElement("iframe");
  readonly #resize = ({ source, origin: from, data }: MessageEvent<unknown>): void => {
    if (from !== origin || source !== this.#frame.contentWindow) return;
    const { hourwright, height } = data as { readonly hourwright?: unknown; readonly height?: unknown };
    if (hourwright === "height" && typeof height === "number" && height > 0)
      this.#frame.height = String(Math.min(height, HEIGHT_MAX));
  };

  connectedCallback(): void {
    const frame = this.#frame;
    frame.width = "100%";
    frame.height = String(HEIGHT_FIRST);
    frame.style.border = "0";
    frame.style.display = "block";
    frame.loading = "lazy";
    frame.title = this.getAttribute("label") ?? "Booking";
    this.attachRoot().append(frame);
    this.show();
    addEventListener("message", this.#resize);
  }

  disconnectedCallback(): void {
    removeEventListener("message", this.#resize);
  }

  attributeChangedCallback(): void {
    if (this.isConnected) this.show();
  }

  private attachRoot(): ShadowRoot {
    return this.shadowRoot ?? this.attachShadow({ mode: "open" });
  }

  private show(): void {
    const path = ["book", this.getAttribute("who") ?? "", this.getAttribute("service") ?? ""].filter(
      (part) => part !== "",
    );
    const address = new URL(`/${path.map(encodeURIComponent).join("/")}`, origin);
    address.searchParams.set("embed", "1");
    for (const field of FIELDS) {
      const value = this.getAttribute(field);
      if (value !== null) address.searchParams.set(field, value);
    }
    if (this.#frame.src !== address.href) this.#frame.src = address.href;
  }
}

if (customElements.get("hourwright-booking") === undefined)
  customElements.define("hourwright-booking", HourwrightBooking);
