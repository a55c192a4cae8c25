import { markSought } from './highlights.ts';
import { clip, visibleText } from './visible-text.ts';

const SHOWN = 600;

/** The beginning of a text in one line: control characters as signs, what was searched for marked. */
export function LogMessage({ text, sought }: { readonly text: string; readonly sought: readonly string[] }) {
  const shown = visibleText(clip(text, SHOWN).text);
  return markSought(shown, sought).map((piece, index) =>
    piece.isHit ? <mark key={index}>{piece.text}</mark> : piece.text,
  );
}
