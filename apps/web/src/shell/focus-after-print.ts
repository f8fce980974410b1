/**
 * Gives the focus back after printing: what is not on paper is hidden while the page is printed, and what is hidden cannot keep
 * it. Called once, as the page starts.
 */
export function keepFocusThroughPrinting(): void {
  const paper = matchMedia("print");
  let held: EventTarget | null = null;
  addEventListener("focusout", ({ target, relatedTarget }) => {
    if (paper.matches && relatedTarget === null) held = target;
  });
  paper.addEventListener("change", () => {
    if (paper.matches) return;
    const isLost = document.activeElement === document.body;
    if (isLost && held instanceof HTMLElement && held.isConnected) held.focus({ preventScroll: true });
    held = null;
  });
}
