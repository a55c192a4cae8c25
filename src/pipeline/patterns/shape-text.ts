import { type LineShape, MAX_SHAPE_TOKENS, WILDCARD } from './line-shape.ts';

/** Longer words are cut where a pattern is written down. */
const MAX_WORD = 80;

/** The words of a shape as texts, variable pieces as `<*>`. */
export function wordsOf(shape: LineShape): string[] {
  const { bytes, starts, ends, wildStarts, wildEnds, wilds } = shape;
  let wild = 0;
  const words = Array.from({ length: shape.count }, (_, i) => {
    let text = '';
    let from = starts[i] ?? 0;
    const end = ends[i] ?? 0;
    for (; wild < wilds && (wildStarts[wild] ?? 0) < end; wild += 1) {
      text += `${bytes.toString('utf8', from, wildStarts[wild])}${WILDCARD}`;
      from = wildEnds[wild] ?? end;
    }
    return cut(text + bytes.toString('utf8', from, end));
  });
  return words.length < MAX_SHAPE_TOKENS ? words : [...words.slice(0, -1), '…'];
}

/** The text that stands at a word's place in the line, as it is. */
export function wordText(shape: LineShape, word: number): string {
  return cut(shape.bytes.toString('utf8', shape.starts[word], shape.ends[word]));
}

const cut = (text: string): string => (text.length <= MAX_WORD ? text : `${text.slice(0, MAX_WORD - 1)}…`);
