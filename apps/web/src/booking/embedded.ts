/** What the page says to the one it is shown in: how tall it is. Nothing else, and nothing is listened to. */
export function startEmbed(): void {
  if (document.documentElement.dataset["embed"] !== "1" || parent === self) return;
  const page = document.querySelector(".page")!;
  const tell = () => parent.postMessage({ hourwright: "height", height: Math.ceil(page.scrollHeight) }, "*");
  new ResizeObserver(tell).observe(page);
  tell();
}
