import { ApiError } from '#web/data/api-client.ts';
import { Button } from './button.tsx';
import styles from './error-card.module.css';

export type ErrorCardProps = {
  readonly error: unknown;
  readonly retry?: (() => void) | undefined;
  /** What was asked, to judge the error by. */
  readonly query?: string | undefined;
};

/** A failure where it happened: what failed, what was asked, Retry, and the answer as sent. */
export function ErrorCard({ error, retry, query }: ErrorCardProps) {
  const { title, text, raw } = describe(error);
  return (
    <div className={styles.card} role="alert">
      <p className={styles.title}>
        <span aria-hidden="true">■</span> {title}
      </p>
      <p className={styles.text}>{text}</p>
      {query !== undefined && <code className={styles.query}>{query}</code>}
      <div className={styles.actions}>
        {retry !== undefined && <Button onClick={retry}>Retry</Button>}
        {raw !== '' && (
          <details>
            <summary>Raw answer</summary>
            <pre>{raw}</pre>
          </details>
        )}
      </div>
    </div>
  );
}

function describe(error: unknown): { title: string; text: string; raw: string } {
  if (!(error instanceof ApiError)) {
    return {
      title: 'This part of the page failed',
      text: error instanceof Error ? error.message : String(error),
      raw: '',
    };
  }
  return { title: titleOf(error), text: error.message, raw: error.raw };
}

/** Limits and permissions are named as such, never shown as missing data. */
function titleOf({ code, status }: ApiError): string {
  switch (code) {
    case 'forbidden':
      return 'Not allowed';
    case 'unauthenticated':
      return 'Signed out';
    case 'not_found':
      return 'Not found';
    case 'bad_query':
    case 'bad_request':
      return 'The request was not understood';
    case 'limit_memory':
      return 'Memory limit of a query reached';
    case 'limit_rows':
      return 'Row limit of a query reached';
    case 'limit_series':
      return 'Too many series for one query';
    case 'limit_time':
      return 'Time limit of a query reached';
    case 'disk_full':
      return 'The disk is full';
    case 'unavailable':
      return status === 0 ? 'No answer from the server' : 'Not available right now';
    default:
      return `Request failed (${status})`;
  }
}
