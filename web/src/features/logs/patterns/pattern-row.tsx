import { IconChevronRight, IconMinus, IconPlus } from '@tabler/icons-react';
import type { LogPattern } from '#core/api/log-patterns.ts';
import { Button } from '#web/ui/button.tsx';
import { Sparkline } from '#web/ui/sparkline.tsx';
import { withValue } from '../query-edits.ts';
import type { LogView } from '../use-log-view.ts';
import { clip, visibleText } from '../visible-text.ts';
import { PatternMarks } from './pattern-marks.tsx';
import { labelOf, shareText } from './pattern-rows.ts';
import { PatternText } from './pattern-text.tsx';
import styles from './patterns.module.css';

export type PatternRowProps = {
  readonly pattern: LogPattern;
  readonly total: number;
  readonly view: LogView;
  readonly isOpen: boolean;
  readonly onToggle: () => void;
  readonly isSelected: boolean;
  readonly onSelect: (isSelected: boolean) => void;
};

/** One pattern: how many lines, since when more or less, and what they look like. */
export function PatternRow({ pattern, total, view, isOpen, onToggle, isSelected, onSelect }: PatternRowProps) {
  const { id, count, before, trend, service, name, words } = pattern;
  const label = visibleText(clip(labelOf(pattern), 80).text);
  const { query } = view.read;
  const narrow = (exclude: boolean): void => {
    if (query === undefined) return;
    if (exclude) view.setText(withValue(query, 'pattern', id, true));
    else view.showLines(withValue(query, 'pattern', id));
  };
  return (
    <tr className={styles.row} data-open={isOpen} data-pattern={id}>
      <td className={styles.select}>
        <label>
          <input
            type="checkbox"
            aria-label={`Select ${label}`}
            checked={isSelected}
            onChange={({ target }) => onSelect(target.checked)}
          />
        </label>
      </td>
      <td className={styles.number}>{count.toLocaleString('en')}</td>
      <td className={styles.share}>{shareText(count, total)}</td>
      <td className={styles.trend} title={`${before.toLocaleString('en')} in the time of the same length before`}>
        <Sparkline values={trend} width={96} label={`Trend: ${count} lines now, ${before} before`} />
      </td>
      <td className={styles.text}>
        <button type="button" className={styles.open} aria-expanded={isOpen} onClick={onToggle}>
          <IconChevronRight size={13} aria-hidden="true" />
          <span className={styles.words}>
            <PatternMarks pattern={pattern} />
            {service !== '' && <span className={styles.service}>{visibleText(service)}</span>}
            {name !== '' && <strong className={styles.name}>{visibleText(name)}</strong>}
            {pattern.isOther ? <em>lines without a pattern of their own</em> : <PatternText words={words} />}
          </span>
        </button>
      </td>
      <td className={styles.acts}>
        <Button look="quiet" aria-label={`Lines of ${label}`} title="Only its lines" onClick={() => narrow(false)}>
          <IconPlus size={14} />
        </Button>
        <Button look="quiet" aria-label={`Without ${label}`} title="Without its lines" onClick={() => narrow(true)}>
          <IconMinus size={14} />
        </Button>
      </td>
    </tr>
  );
}
