import { Panel } from '#web/ui/panel.tsx';
import { queryState } from '#web/ui/query-state.ts';
import { RulesWorkbench } from './rules-workbench.tsx';
import { useLogRules } from './use-log-rules.ts';

/** Rules that parse, mask, route and leave out log lines, edited beside the lines that they are tried on. */
export function ParsingTab() {
  const rules = useLogRules();
  const { data } = rules.stored;
  if (data === undefined) return <Panel title="Parsing rules" state={queryState(rules.stored)} />;
  return <RulesWorkbench {...rules} current={data} />;
}
