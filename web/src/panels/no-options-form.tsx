/** A panel type without options of its own. */
export function NoOptionsForm() {
  return null;
}
