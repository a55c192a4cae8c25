const CENTRE = 50;
const RADIUS = 46;
const HOLE = 26;

/** Path of a slice of a ring (100 × 100 units), from and to as shares 0..1, clockwise from the top. */
export function slicePath(from: number, to: number): string {
  if (to <= from) return '';
  const end = Math.min(to, from + 0.9999);
  const large = end - from > 0.5 ? 1 : 0;
  const outer = `M${point(from, RADIUS)} A${RADIUS} ${RADIUS} 0 ${large} 1 ${point(end, RADIUS)}`;
  return `${outer} L${point(end, HOLE)} A${HOLE} ${HOLE} 0 ${large} 0 ${point(from, HOLE)} Z`;
}

/** Where each of the values begins and ends as a share of their sum; what is not above zero has no share. */
export function sharesOf(values: readonly number[]): { readonly from: number; readonly to: number }[] {
  const parts = values.map((value) => (Number.isFinite(value) && value > 0 ? value : 0));
  const total = parts.reduce((sum, part) => sum + part, 0);
  let before = 0;
  return parts.map((part) => {
    const from = total === 0 ? 0 : before / total;
    before += part;
    return { from, to: total === 0 ? 0 : before / total };
  });
}

function point(share: number, radius: number): string {
  const angle = 2 * Math.PI * share - Math.PI / 2;
  return `${(CENTRE + radius * Math.cos(angle)).toFixed(2)} ${(CENTRE + radius * Math.sin(angle)).toFixed(2)}`;
}
