import type { LogPattern, PatternMark } from '#core/api/log-patterns.ts';
import styles from './patterns.module.css';

/** Sign, word and explanation of each mark; never colour alone. */
export const MARKS: Readonly<Record<PatternMark, { sign: string; word: string; title: string }>> = {
  new: { sign: '✦', word: 'New', title: 'First seen within a day; its service is older' },
  surging: { sign: '▲', word: 'Surging', title: 'Far more lines than in the time of the same length before' },
  vanished: { sign: '▽', word: 'Vanished', title: 'It came regularly and has not come for long; its service goes on' },
};

/** The marks of a pattern, and how its lines have changed where that says something. */
export function PatternMarks({ pattern }: { readonly pattern: LogPattern }) {
  return (
    <span className={styles.marks}>
      {pattern.isPinned && <span className={styles.mark}>Pinned</span>}
      {pattern.isMuted && <span className={styles.mark}>Muted</span>}
      {pattern.marks.map((mark) => (
        <span key={mark} className={styles.mark} data-mark={mark} title={MARKS[mark].title}>
          <span aria-hidden="true">{MARKS[mark].sign}</span> {MARKS[mark].word}
        </span>
      ))}
    </span>
  );
}
