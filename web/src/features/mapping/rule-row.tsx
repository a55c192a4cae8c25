import { useState } from 'react';
import type { MappingRule } from '#core/api/mapping.ts';
import { Field, SelectField } from '#web/ui/field.tsx';
import { OrderTools } from '#web/ui/order-tools.tsx';
import { parseLabels, printLabels } from './label-text.ts';
import styles from './mapping.module.css';

const TYPES = [
  { value: 'glob', label: 'glob' },
  { value: 'regex', label: 'regex (RE2)' },
];
const ACTIONS = [
  { value: 'map', label: 'name and labels' },
  { value: 'keep', label: 'keep as it is' },
  { value: 'drop', label: 'drop samples' },
];

export type RuleRowProps = {
  readonly rule: MappingRule;
  readonly position: number;
  readonly count: number;
  /** Paths that this rule takes now; undefined: not known yet. */
  readonly paths: number | undefined;
  readonly onChange: (rule: MappingRule) => void;
  readonly onMove: (by: -1 | 1) => void;
  readonly onRemove: () => void;
};

/** One rule with its place in the order. */
export function RuleRow({ rule, position, count, paths, onChange, onMove, onRemove }: RuleRowProps) {
  const [labels, setLabels] = useState(() => printLabels(rule.labels));
  const number = position + 1;
  const set = (change: Partial<MappingRule>): void => onChange({ ...rule, ...change });
  const isMap = rule.action === 'map';
  return (
    <li className={styles.rule}>
      <Field
        label={`Rule ${number}: match`}
        hint={paths === undefined ? '' : `${paths} paths`}
        value={rule.match}
        onChange={({ target }) => set({ match: target.value })}
      />
      <SelectField
        label="As"
        options={TYPES}
        value={rule.matchType}
        onChange={({ target }) => set({ matchType: target.value as MappingRule['matchType'] })}
      />
      <SelectField
        label="Does"
        options={ACTIONS}
        value={rule.action}
        onChange={({ target }) => set({ action: target.value as MappingRule['action'] })}
      />
      <Field
        label="Name"
        disabled={!isMap}
        placeholder="cpu_$2"
        value={rule.name}
        onChange={({ target }) => set({ name: target.value })}
      />
      <Field
        label="Labels"
        disabled={!isMap}
        placeholder="host=$1"
        value={labels}
        onChange={({ target }) => {
          setLabels(target.value);
          set({ labels: parseLabels(target.value) });
        }}
      />
      <div className={`${styles.buttons} ${styles.row}`}>
        <label className={styles.check}>
          <input
            type="checkbox"
            checked={rule.isEnabled}
            onChange={({ target }) => set({ isEnabled: target.checked })}
          />
          On
        </label>
        <OrderTools name={`rule ${number}`} at={position} count={count} onMove={onMove} onRemove={onRemove} />
      </div>
    </li>
  );
}
