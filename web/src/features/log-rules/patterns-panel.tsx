import { useState } from 'react';
import type { LogRuleFault } from '#core/api/log-rule-api.ts';
import { Field } from '#web/ui/field.tsx';
import { Panel } from '#web/ui/panel.tsx';
import styles from './parsing.module.css';
import { TextArea } from './text-area.tsx';
import { useGrokPatterns } from './use-log-rules.ts';

const MAX_FOUND = 30;

type PatternsPanelProps = {
  readonly text: string;
  readonly faults: readonly LogRuleFault[];
  readonly onChange: (text: string) => void;
};

/** Grok patterns of one's own, and those that come with the product. */
export function PatternsPanel({ text, faults, onChange }: PatternsPanelProps) {
  const [wanted, setWanted] = useState('');
  const library = useGrokPatterns();
  const words = wanted.toLowerCase();
  const found = (library.data?.patterns ?? []).filter(({ name }) => name.toLowerCase().includes(words));
  return (
    <Panel title="Grok patterns" note="of your own, for all rules; they win over those that are built in">
      <div className={styles.stack}>
        <TextArea
          label="A name and its pattern, one a line"
          placeholder="ORDER_ID [A-Z]{2}\d{6}"
          value={text}
          onChange={onChange}
        />
        {faults.map(({ message }) => (
          <p key={message} className={styles.fault} role="alert">
            {message}
          </p>
        ))}
        <details>
          <summary>Built-in patterns</summary>
          <div className={styles.stack}>
            <Field
              label="Find by name"
              placeholder="HTTP"
              value={wanted}
              onChange={({ target }) => setWanted(target.value)}
            />
            <dl className={styles.library}>
              {found.slice(0, MAX_FOUND).map(({ name, pattern }) => (
                <div key={name}>
                  <dt>{name}</dt>
                  <dd>{pattern}</dd>
                </div>
              ))}
            </dl>
            {found.length > MAX_FOUND && <p className={styles.note}>{found.length - MAX_FOUND} more</p>}
          </div>
        </details>
      </div>
    </Panel>
  );
}
