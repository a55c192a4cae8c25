/** Whether a text is wholly as a glob says: `*` any text, `?` one character. Linear but for the stars, of which only the last is tried again. */
export function compileGlob(glob: string): (text: string) => boolean {
  if (!/[*?]/.test(glob)) return (text) => text === glob;
  return (text) => {
    let at = 0;
    let g = 0;
    let star = -1;
    let mark = 0;
    while (at < text.length) {
      const char = glob[g];
      if (char === '*') {
        star = g++;
        mark = at;
      } else if (char === '?' || (char !== undefined && char === text[at])) {
        g++;
        at++;
      } else if (star >= 0) {
        g = star + 1;
        at = ++mark;
      } else return false;
    }
    while (glob[g] === '*') g++;
    return g === glob.length;
  };
}
