/** A ref for the field one wants to type into first, where the viewer has just asked for it. */
export function focusOnMount(element: HTMLElement | null): void {
  element?.focus();
}
