import type { SqlConnection } from './sql-connection.ts';

type Query = SqlConnection['query'];

/** Runs statements that somebody else has written in a transaction of their own, begun by `begin` and rolled back. */
export function withTransactions(ask: Query, begin: string, isOpen: () => boolean): Query {
  return async (text, options) => {
    if (options.isForeign !== true) return ask(text, options);
    const { signal } = options;
    await ask(begin, { signal });
    try {
      return await ask(text, options);
    } finally {
      if (isOpen()) await ask('ROLLBACK', { signal });
    }
  };
}
