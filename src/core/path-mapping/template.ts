const PLACE = /\$(?:\{(\d+)\}|(\d+))/g;

/** `$1` and `${1}` replaced by the captures, from 1; what was not captured is ''. */
export function expandTemplate(template: string, captures: readonly string[]): string {
  return template.replace(PLACE, (_, braced: string | undefined, bare: string | undefined) => {
    return captures[Number(braced ?? bare) - 1] ?? '';
  });
}

/** The highest place that a template names; 0: none. */
export function highestPlace(template: string): number {
  return Math.max(0, ...[...template.matchAll(PLACE)].map(([, braced, bare]) => Number(braced ?? bare)));
}
