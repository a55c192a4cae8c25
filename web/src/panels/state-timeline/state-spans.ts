/** A stretch of equal values: from point `from` up to and with `to`. */
export type StateSpan = { readonly value: number; readonly from: number; readonly to: number };

/** The states of a line, one after the other; where there is no value there is no state. */
export function stateSpans(values: Float64Array): StateSpan[] {
  const spans: StateSpan[] = [];
  for (let i = 0; i < values.length; i++) {
    const value = values[i] as number;
    if (Number.isNaN(value)) continue;
    const last = spans.at(-1);
    if (last !== undefined && last.value === value && last.to === i - 1) spans[spans.length - 1] = { ...last, to: i };
    else spans.push({ value, from: i, to: i });
  }
  return spans;
}
