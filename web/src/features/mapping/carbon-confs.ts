import { printAggregationConf, readAggregationConf } from '#core/ingest-rules/aggregation-conf.ts';
import { printRewriteConf, readRewriteConf } from '#core/ingest-rules/rewrite-conf.ts';
import type { Conf } from './conf-panel.tsx';

/** Rules that make one series of many as samples come in. */
export const AGGREGATION_CONF: Conf = {
  name: 'aggregation rules',
  title: 'Aggregation rules',
  label: 'One rule a line, as in aggregation-rules.conf: output (seconds) = method input',
  placeholder: '<env>.all.<app>.requests (60) = sum <env>.apps.<app>.*.requests',
  note: ({ counts: { inputs, outputs, written, late, overflow } }) =>
    `${inputs} series under rules, ${outputs} made, ${written} values written, ${late} late, ${overflow} without room`,
  print: ({ aggregations }) => printAggregationConf(aggregations),
  read: (text) => {
    const { rules, faults } = readAggregationConf(text);
    return { changed: { aggregations: [...rules] }, faults };
  },
};

/** Rules that give series another name as samples come in. */
export const REWRITE_CONF: Conf = {
  name: 'rewrite rules',
  title: 'Rewrite rules',
  label: 'As in rewrite-rules.conf: [pre] before aggregation, [post] after it, and lines pattern = replacement',
  placeholder: '[pre]\n^collectd\\.([^.]+)\\. = servers.\\1.\n[post]\n_sum$ = ',
  note: ({ rules }) => `${rules.rewrites.length} rules; new samples only, what is stored keeps its name`,
  print: ({ rewrites }) => printRewriteConf(rewrites),
  read: (text) => {
    const { rules, faults } = readRewriteConf(text);
    return { changed: { rewrites: [...rules] }, faults };
  },
};
