import type { LogParserCounts } from '#core/api/log-rule-api.ts';
import { OrderTools } from '#web/ui/order-tools.tsx';
import styles from './parsing.module.css';
import type { RuleDraft } from './rule-draft.ts';

type RuleRowProps = {
  readonly rule: RuleDraft;
  readonly place: number;
  readonly count: number;
  readonly isOpen: boolean;
  readonly isFaulty: boolean;
  readonly counts: LogParserCounts['rules'][number] | undefined;
  readonly onOpen: () => void;
  readonly onChange: (rule: RuleDraft) => void;
  readonly onMove: (by: -1 | 1) => void;
  readonly onDouble: () => void;
  readonly onRemove: () => void;
};

/** A rule in the list: its place, whether it is on, and what it has done. */
export function RuleRow({ rule, place, count, isOpen, isFaulty, counts, onOpen, onChange, ...acts }: RuleRowProps) {
  const name = `rule ${place + 1}`;
  return (
    <li className={styles.rule} data-open={isOpen} data-faulty={isFaulty}>
      <input
        type="checkbox"
        aria-label={`${name} is on`}
        checked={rule.enabled}
        onChange={({ target }) => onChange({ ...rule, enabled: target.checked })}
      />
      <button type="button" className={styles.ruleName} aria-current={isOpen} onClick={onOpen}>
        {place + 1}. {rule.name === '' ? 'without a name' : rule.name}
        {isFaulty && <span className={styles.fault}> ▲ cannot be saved</span>}
      </button>
      <span className={styles.counts}>{counts === undefined ? '' : countsText(counts)}</span>
      <span className={styles.tools}>
        <OrderTools name={name} at={place} count={count} {...acts} />
      </span>
    </li>
  );
}

function countsText({ matched, failed, dropped }: LogParserCounts['rules'][number]): string {
  const number = (value: number): string => value.toLocaleString('en');
  return `${number(matched)} matched, ${number(failed)} failed, ${number(dropped)} dropped`;
}
