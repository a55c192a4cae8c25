import { useState } from 'react';
import { readBlacklistConf } from '#core/ingest-rules/blacklist-conf.ts';
import { Button } from '#web/ui/button.tsx';
import { ErrorCard } from '#web/ui/error-card.tsx';
import { Panel } from '#web/ui/panel.tsx';
import { queryState } from '#web/ui/query-state.ts';
import { ConfText } from './conf-text.tsx';
import styles from './mapping.module.css';
import { useIngestRules } from './use-ingest-rules.ts';

/** The rules that drop series, and how those of carbon's blacklist.conf join them. */
export function BlacklistPanel() {
  const [text, setText] = useState('');
  const { stored, save } = useIngestRules();
  const { data } = stored;
  const drops = data?.rules.drops ?? [];
  const { rules, faults } = readBlacklistConf(text);
  const fresh = rules.filter(({ selector }) => !drops.some((rule) => rule.selector === selector));
  const change = (next: typeof drops, done: () => void = () => undefined): void =>
    save.mutate({ version: data?.version ?? 0, changed: { drops: next } }, { onSuccess: done });
  return (
    <Panel title="Drop rules" note={`${drops.length} rules`} state={queryState(stored)}>
      <div className={styles.stack}>
        {drops.length > 0 && (
          <ul className={styles.drops} aria-label="Drop rules">
            {drops.map((rule) => (
              <li key={rule.selector}>
                <code>{rule.selector}</code> <span className={styles.note}>{rule.note}</span>{' '}
                <Button
                  look="quiet"
                  aria-label={`Remove ${rule.selector}`}
                  disabled={save.isPending}
                  onClick={() => change(drops.filter((one) => one !== rule))}
                >
                  Remove
                </Button>
              </li>
            ))}
          </ul>
        )}
        <ConfText
          label="Lines of blacklist.conf to add: one regular expression a line, found anywhere in a name"
          placeholder="^stats_counts\."
          text={text}
          faults={faults}
          onChange={setText}
        />
        {save.error !== null && <ErrorCard error={save.error} />}
        <div className={styles.buttons}>
          <Button
            disabled={fresh.length === 0 || faults.length > 0 || save.isPending}
            onClick={() => change([...drops, ...fresh], () => setText(''))}
          >
            {fresh.length === 0
              ? 'Add drop rules'
              : `Add ${fresh.length} drop ${fresh.length === 1 ? 'rule' : 'rules'}`}
          </Button>
        </div>
      </div>
    </Panel>
  );
}
