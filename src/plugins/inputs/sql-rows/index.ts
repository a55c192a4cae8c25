import { defineInput } from '#core/plugin/input.ts';
import { createSecretSource } from '#io/secret-references.ts';
import { SqlRowsConfig } from './config.ts';
import { followAll } from './follow-rows.ts';

export default defineInput<SqlRowsConfig>({
  title: 'SQL rows',
  summary: 'New rows of a query as log lines, each exactly once: PostgreSQL, MySQL, MariaDB, SQLite.',
  config: SqlRowsConfig,
  start: async ({ queries }, context) => {
    if (queries.length === 0) return;
    const stored = () => Promise.reject(new Error('a password of an input is written as env:NAME or file:PATH'));
    const { resolve } = createSecretSource(process.env, stored);
    context.pull((pull) => followAll(queries, { pull, secret: resolve }));
  },
});
