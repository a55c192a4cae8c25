import type { UseMutationResult, UseQueryResult } from '@tanstack/react-query';
import { useState } from 'react';
import type { LogRuleFault, SaveLogRulesRequest, StoredLogRules } from '#core/api/log-rule-api.ts';
import type { LogRules } from '#core/api/log-rules.ts';
import { Button } from '#web/ui/button.tsx';
import { EmptyState } from '#web/ui/empty-state.tsx';
import { ErrorCard } from '#web/ui/error-card.tsx';
import { Panel } from '#web/ui/panel.tsx';
import { queryState } from '#web/ui/query-state.ts';
import styles from './parsing.module.css';
import { newRule, type RuleDraft } from './rule-draft.ts';
import { RuleRow } from './rule-row.tsx';
import { faultsOf } from './use-log-rules.ts';
import { doubled, moved, type RulesEdit } from './use-rules-draft.ts';
import { VersionsDialog } from './versions-dialog.tsx';

type RulesPanelProps = {
  readonly current: StoredLogRules;
  readonly stored: UseQueryResult<StoredLogRules>;
  readonly edit: RulesEdit;
  /** What is to be saved; undefined while it cannot be read. */
  readonly rules: LogRules | undefined;
  readonly faults: readonly LogRuleFault[];
  readonly save: UseMutationResult<StoredLogRules, Error, SaveLogRulesRequest>;
  readonly restore: UseMutationResult<StoredLogRules, Error, number>;
  readonly selected: number;
  readonly select: (place: number) => void;
  readonly onSaved: (saved: StoredLogRules) => void;
};

/** All rules in the order in which they are applied, with what each has done since it is in force. */
export function RulesPanel(props: RulesPanelProps) {
  const { current, stored, edit, rules, faults, save, selected, select, onSaved } = props;
  const [showsVersions, setShowsVersions] = useState(false);
  const list = edit.draft.rules;
  const add = (
    <Button
      look={list.length === 0 ? 'solid' : 'plain'}
      onClick={() => {
        edit.setRules((before) => [...before, newRule()]);
        select(list.length);
      }}
    >
      Add rule
    </Button>
  );
  return (
    <Panel
      title="Parsing rules"
      note={noteOf(current)}
      menu={
        <>
          {edit.isChanged && <Button onClick={() => edit.discard(current)}>Discard</Button>}
          {current.version > 0 && <Button onClick={() => setShowsVersions(true)}>Versions</Button>}
          {edit.isChanged && (
            <Button
              look="solid"
              disabled={rules === undefined || faults.length > 0 || save.isPending}
              onClick={() =>
                rules !== undefined && save.mutate({ version: edit.version, rules }, { onSuccess: onSaved })
              }
            >
              Save rules
            </Button>
          )}
        </>
      }
      state={queryState(stored)}
    >
      <div className={styles.stack}>
        {current.version !== edit.version && <Newer {...{ current, edit }} />}
        {save.error !== null && faultsOf(save.error).length === 0 && <ErrorCard error={save.error} />}
        {list.length === 0 ? (
          <EmptyState title="No rules yet" action={add}>
            Formats of logs are recognised without rules. A rule does what is special here: it takes messages apart into
            fields, masks what must not be stored, sends lines elsewhere, or leaves them out. Rules are applied in order
            to every line as it comes; lines that are stored already stay as they are.
          </EmptyState>
        ) : (
          <ol className={styles.rules} aria-label="Parsing rules">
            {list.map((rule, place) => (
              <RuleRow
                key={rule.key}
                {...{ rule, place }}
                count={list.length}
                isOpen={place === selected}
                isFaulty={faults.some((fault) => fault.rule === place)}
                counts={countsOf(current, edit.storedPlace(rule))}
                onOpen={() => select(place)}
                onChange={(changed) => edit.setRules((all) => all.map((one) => (one === rule ? changed : one)))}
                {...actsOn(place, { edit, select })}
              />
            ))}
          </ol>
        )}
        {list.length > 0 && (
          <div className={styles.buttons}>
            {add}
            <span className={styles.note}>
              Applied in this order to every line as it comes, after its format was recognised. Counts are since the
              rules came into force or the intake started.
            </span>
          </div>
        )}
      </div>
      {showsVersions && <VersionsDialog {...props} onClose={() => setShowsVersions(false)} />}
    </Panel>
  );
}

function actsOn(place: number, { edit, select }: Pick<RulesPanelProps, 'edit' | 'select'>) {
  const to = (next: number, change: (rules: readonly RuleDraft[]) => readonly RuleDraft[]): void => {
    edit.setRules(change);
    select(next);
  };
  return {
    onMove: (by: -1 | 1) => to(place + by, (rules) => moved(rules, place, by)),
    onDouble: () => to(place + 1, (rules) => doubled(rules, place)),
    onRemove: () => to(Math.max(0, place - 1), (rules) => rules.filter((_, i) => i !== place)),
  };
}

function Newer({ current, edit }: Pick<RulesPanelProps, 'current' | 'edit'>) {
  return (
    <div className={styles.buttons}>
      <output>
        {current.updatedBy} saved version {current.version} meanwhile.
      </output>
      <Button onClick={() => edit.discard(current)}>Load it{edit.isChanged ? ' and discard mine' : ''}</Button>
    </div>
  );
}

function noteOf({ version, updatedAt, updatedBy }: StoredLogRules): string {
  if (version === 0) return '';
  return `version ${version}, saved ${new Date(updatedAt).toLocaleString('en')} by ${updatedBy}`;
}

/** Counts are of the enabled rules, in order. */
function countsOf({ rules, counts }: StoredLogRules, place: number | undefined) {
  if (place === undefined || rules.rules[place]?.enabled !== true) return undefined;
  return counts.rules[rules.rules.slice(0, place).filter(({ enabled }) => enabled).length];
}
