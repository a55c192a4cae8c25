import { visibleText } from '../visible-text.ts';
import styles from './patterns.module.css';

const WILDCARD = '<*>';

/** The words of a pattern; what varies stands out. */
export function PatternText({ words }: { readonly words: readonly string[] }) {
  if (words.length === 0) return <em className={styles.unknown}>its text is not known any more: look at its lines</em>;
  return words.map((word, index) => (
    <span key={index}>
      {index > 0 && ' '}
      <PatternWord word={word} />
    </span>
  ));
}

/** One word of a pattern. */
export function PatternWord({ word }: { readonly word: string }) {
  return word.split(WILDCARD).map((piece, index) => (
    <span key={index}>
      {index > 0 && <b className={styles.wild}>∗</b>}
      {visibleText(piece)}
    </span>
  ));
}

/** Whether something varies in a word. */
export const isVariable = (word: string): boolean => word.includes(WILDCARD);
