import { Link } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import type { Search } from '#web/app/search.ts';
import { StatusShape } from '#web/ui/status-pill.tsx';
import styles from './sentence.module.css';
import type { StatePart, StateSentence } from './state-sentence.ts';

/** The state of everything in one line; every part leads to its page. */
export function Sentence({ sentence }: { readonly sentence: StateSentence | undefined }) {
  if (sentence === undefined) return <h1 className={styles.sentence}>Overview</h1>;
  return (
    <h1 className={styles.sentence}>
      <StatusShape status={sentence.status} />
      <span>
        {sentence.parts.map((part, index) => (
          <span key={part.text}>
            {index > 0 && '; '}
            <PartLink part={part}>{index === 0 ? capitalised(part.text) : part.text}</PartLink>
          </span>
        ))}
      </span>
    </h1>
  );
}

function PartLink({ part, children }: { part: StatePart; children: ReactNode }) {
  if (part.page === undefined) return children;
  if (part.page === 'hosts') return <Link to="/hosts">{children}</Link>;
  const tab = part.page;
  return (
    <Link to="/settings" search={(search: Search) => ({ ...search, tab })}>
      {children}
    </Link>
  );
}

/** Names keep their case: only words of ours start with a capital. */
function capitalised(text: string): string {
  return /^(storage|collector|nothing) /.test(text) ? text.charAt(0).toUpperCase() + text.slice(1) : text;
}
