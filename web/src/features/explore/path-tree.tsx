import { IconChevronDown, IconChevronRight } from '@tabler/icons-react';
import { useState } from 'react';
import type { PathNode } from '#core/api/query.ts';
import { EmptyState } from '#web/ui/empty-state.tsx';
import { ErrorCard } from '#web/ui/error-card.tsx';
import styles from './explore.module.css';
import { usePaths } from './use-discovery.ts';

export type PathTreeProps = { readonly onPath: (path: string) => void };

/** The tree of Graphite paths; a branch is asked for when it is opened. */
export function PathTree({ onPath }: PathTreeProps) {
  const roots = usePaths('', true);
  if (roots.error !== null && roots.data === undefined) {
    return <ErrorCard error={roots.error} retry={() => void roots.refetch()} />;
  }
  if (roots.data?.length === 0) {
    return (
      <EmptyState
        title="No Graphite paths yet"
        command='echo "servers.web1.load 0.5 $(date +%s)" | nc -w1 127.0.0.1 2003'
      >
        Series with dotted names appear here.
      </EmptyState>
    );
  }
  return <Branch nodes={roots.data ?? []} depth={0} onPath={onPath} />;
}

type BranchProps = PathTreeProps & { readonly nodes: readonly PathNode[]; readonly depth: number };

function Branch({ nodes, depth, onPath }: BranchProps) {
  return (
    <ul className={styles.list} aria-label={depth === 0 ? 'Graphite paths' : undefined}>
      {nodes.map((node) => (
        <Node key={node.path} node={node} depth={depth} onPath={onPath} />
      ))}
    </ul>
  );
}

function Node({ node, depth, onPath }: PathTreeProps & { readonly node: PathNode; readonly depth: number }) {
  const [isOpen, setOpen] = useState(false);
  const children = usePaths(node.path, isOpen && node.branch);
  const indent = { paddingLeft: 8 + depth * 14 };
  return (
    <li>
      <span className={styles.node}>
        <button
          type="button"
          className={styles.entry}
          style={indent}
          aria-expanded={node.branch ? isOpen : undefined}
          onClick={() => (node.branch ? setOpen(!isOpen) : onPath(node.path))}
        >
          {node.branch && (isOpen ? <IconChevronDown size={14} /> : <IconChevronRight size={14} />)}
          <span className={styles.entryName}>{node.node}</span>
        </button>
        {node.branch && (
          <button
            type="button"
            className={styles.all}
            title={`All of ${node.path}.*`}
            onClick={() => onPath(`${node.path}.*`)}
          >
            all
          </button>
        )}
      </span>
      {isOpen && children.data !== undefined && <Branch nodes={children.data} depth={depth + 1} onPath={onPath} />}
    </li>
  );
}
