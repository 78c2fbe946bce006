const GAP = 4;
const MARGIN = 8;

/** Puts a popover under its button, or above it where there is more room, and inside the window. */
export function placeBelow(popover: HTMLElement, anchor: HTMLElement): void {
  const at = anchor.getBoundingClientRect();
  const { offsetWidth: width, offsetHeight: height } = popover;
  const left = Math.min(at.left, innerWidth - width - MARGIN);
  const fitsBelow = at.bottom + GAP + height + MARGIN <= innerHeight;
  const top = fitsBelow ? at.bottom + GAP : at.top - GAP - height;
  popover.style.left = `${String(Math.max(MARGIN, left))}px`;
  popover.style.top = `${String(Math.max(MARGIN, top))}px`;
}
