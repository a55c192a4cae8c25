import type { ReactNode } from 'react';
import type { ErrorCode } from '#core/errors.ts';
import { ApiError } from '#web/data/api-client.ts';
import { ErrorCard } from '#web/ui/error-card.tsx';
import styles from './chart.module.css';
import type { ChartStatus } from './chart-data.ts';
import type { QueryProblem } from './parse-queries.ts';
import type { SourceAnswer } from './use-chart-source.ts';

type Asked = {
  readonly problems: readonly QueryProblem[];
  readonly status: ChartStatus;
  readonly answer: SourceAnswer;
  readonly texts: readonly string[];
};

/** What stands in place of a picture: a query that cannot be read, a failure, no series; undefined = draw. */
export function panelState({ problems, status, answer, texts }: Asked): ReactNode {
  const [problem] = problems;
  const query = texts.join('\n');
  if (problem !== undefined) return <ErrorCard error={new Error(problem.message)} query={problem.text} />;
  if (query.trim() === '') return <Message>No query yet</Message>;
  if (status.kind === 'error' || (answer.error !== undefined && status.series.length === 0)) {
    return <ErrorCard error={answer.error ?? errorOf(status)} retry={answer.retry} query={query} />;
  }
  if (status.kind === 'ready' && status.series.length === 0 && status.tables === undefined) {
    return (
      <Message>
        No series match in this time range
        <code title={query}>{query}</code>
      </Message>
    );
  }
  return undefined;
}

function Message({ children }: { readonly children: ReactNode }) {
  return <div className={styles.message}>{children}</div>;
}

function errorOf({ error }: ChartStatus): Error {
  return new ApiError((error?.code ?? 'internal') as ErrorCode, error?.message ?? 'The live stream failed.', {
    status: 0,
    raw: error?.raw ?? '',
  });
}
