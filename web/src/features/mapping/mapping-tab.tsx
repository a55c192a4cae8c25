import { type MappingPass, MappingRule } from '#core/api/mapping.ts';
import { Button } from '#web/ui/button.tsx';
import { EmptyState } from '#web/ui/empty-state.tsx';
import { ErrorCard } from '#web/ui/error-card.tsx';
import { Panel } from '#web/ui/panel.tsx';
import { queryState } from '#web/ui/query-state.ts';
import { BlacklistPanel } from './blacklist-panel.tsx';
import { AGGREGATION_CONF, REWRITE_CONF } from './carbon-confs.ts';
import { ConfPanel } from './conf-panel.tsx';
import styles from './mapping.module.css';
import { RuleRow } from './rule-row.tsx';
import { TestBench } from './test-bench.tsx';
import { type DraftRule, useMapping } from './use-mapping.ts';

const EXAMPLE = MappingRule.parse({ match: 'servers.*.cpu.*', name: 'cpu_$2', labels: { host: '$1' } });

/** Rules that give Graphite paths a name and labels, tried on live paths before they are saved. */
export function MappingTab() {
  const { stored, edited, rules, tried, paths, setPaths, save, edit, discard, drafted, generation } = useMapping();
  const list: readonly DraftRule[] = edited?.rules ?? rules.map((rule, key) => ({ key, rule }));
  const replace = (at: number, rule: MappingRule): void =>
    edit((before) => before.map((one, i) => (i === at ? { ...one, rule } : one)));
  const move = (at: number, by: -1 | 1): void =>
    edit((before) => {
      const [from, to] = [before[at], before[at + by]];
      if (from === undefined || to === undefined) return before;
      return before.map((one, i) => (i === at ? to : i === at + by ? from : one));
    });
  const add = (
    <Button
      onClick={() => edit((before) => [...before, drafted(EXAMPLE)])}
      look={list.length === 0 ? 'solid' : 'plain'}
    >
      Add rule
    </Button>
  );
  return (
    <div className={styles.stack}>
      <Panel
        title="Mapping rules"
        note={stored.data === undefined ? '' : `the first that matches counts; ${passText(stored.data.pass)}`}
        menu={
          edited !== undefined && (
            <>
              <Button onClick={discard}>Discard</Button>
              <Button
                look="solid"
                disabled={save.isPending}
                onClick={() => save.mutate({ version: edited.version, rules: [...rules] })}
              >
                Save
              </Button>
            </>
          )
        }
        state={queryState(stored)}
      >
        <div className={styles.stack}>
          {save.error !== null && <ErrorCard error={save.error} />}
          {list.length === 0 && (
            <EmptyState title="No rules yet" action={add}>
              A rule gives paths such as servers.web-1.cpu.user a name and labels for PromQL. They stay reachable by
              their path.
            </EmptyState>
          )}
          <ol className={styles.rules}>
            {list.map(({ key, rule }, position) => (
              <RuleRow
                key={`${generation} ${key}`}
                rule={rule}
                position={position}
                count={list.length}
                paths={tried.data?.byRule[position]}
                onChange={(changed) => replace(position, changed)}
                onMove={(by) => move(position, by)}
                onRemove={() => edit((before) => before.filter((_, i) => i !== position))}
              />
            ))}
          </ol>
          {list.length > 0 && <div className={styles.buttons}>{add}</div>}
        </div>
      </Panel>
      <TestBench tried={tried} paths={paths} onPaths={setPaths} />
      <ConfPanel conf={AGGREGATION_CONF} />
      <ConfPanel conf={REWRITE_CONF} />
      <BlacklistPanel />
    </div>
  );
}

function passText({ state, seen, total, changed, error }: MappingPass): string {
  if (state === 'running') return `bringing stored paths to the rules: ${seen} of ${total}`;
  return state === 'failed' ? `stored paths were not changed: ${error}` : `${changed} stored paths changed last time`;
}
