import type { FoundProposal } from '#core/api/collectors.ts';
import { Button } from '#web/ui/button.tsx';
import { ErrorCard } from '#web/ui/error-card.tsx';
import { Panel } from '#web/ui/panel.tsx';
import styles from './collectors.module.css';
import { useDismissProposal } from './use-targets.ts';

type ProposalsPanelProps = {
  readonly proposals: readonly FoundProposal[];
  readonly onAdd: (proposal: FoundProposal) => void;
};

/** What was found on the server's host and does not run by itself. */
export function ProposalsPanel({ proposals, onAdd }: ProposalsPanelProps) {
  const dismissal = useDismissProposal();
  if (proposals.length === 0) return null;
  return (
    <Panel title="Found on this host" note="not collected yet" flush>
      <ul className={styles.proposals}>
        {proposals.map((proposal) => (
          <li key={proposal.id} className={styles.proposal}>
            <div>
              <strong>{proposal.title}</strong> {proposal.target}
              <p className={`${styles.message} ${styles.small}`}>
                {proposal.seen}. {proposal.reason}
              </p>
            </div>
            <div className={styles.buttons}>
              <Button aria-label={`Set up ${proposal.title} ${proposal.target}`} onClick={() => onAdd(proposal)}>
                Set up
              </Button>
              <Button
                look="quiet"
                aria-label={`Dismiss ${proposal.title} ${proposal.target}`}
                disabled={dismissal.isPending}
                onClick={() => dismissal.mutate(proposal.id)}
              >
                Dismiss
              </Button>
            </div>
          </li>
        ))}
      </ul>
      {dismissal.error !== null && <ErrorCard error={dismissal.error} />}
    </Panel>
  );
}
