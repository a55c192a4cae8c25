/** SVG path of values at equal distances in a box of px; NaN breaks the line, a flat line lies in the middle. */
export function sparklinePath(values: ArrayLike<number>, width: number, height: number): string {
  const known = Array.from(values).filter((value) => Number.isFinite(value));
  if (known.length === 0) return '';
  const [low, high] = [Math.min(...known), Math.max(...known)];
  const x = (i: number): number => (values.length < 2 ? width / 2 : 1 + (i / (values.length - 1)) * (width - 2));
  const y = (value: number): number =>
    high === low ? height / 2 : height - 1 - ((value - low) / (high - low)) * (height - 2);
  let path = '';
  let pen = 'M';
  for (let i = 0; i < values.length; i++) {
    const value = values[i] as number;
    if (!Number.isFinite(value)) pen = 'M';
    else {
      path += `${pen}${x(i).toFixed(1)} ${y(value).toFixed(1)}`;
      pen = 'L';
    }
  }
  return path;
}
