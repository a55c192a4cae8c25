import type { ErrorComponentProps } from '@tanstack/react-router';
import { Link } from '@tanstack/react-router';
import { buttonClass } from '#web/ui/button.tsx';
import { EmptyState } from '#web/ui/empty-state.tsx';
import { ErrorCard } from '#web/ui/error-card.tsx';

/** Shown while a page's code is on its way. */
export function PagePending() {
  return <output>Loading …</output>;
}

/** Shown instead of a page that failed to load or to draw. */
export function PageErrorCard({ error, reset }: ErrorComponentProps) {
  return <ErrorCard error={error} retry={reset} />;
}

/** Shown for an address that no page has. */
export function NotFoundPage() {
  return (
    <EmptyState
      page
      title="No page has this address"
      action={
        <Link to="/" className={buttonClass('solid')}>
          Go to the overview
        </Link>
      }
    />
  );
}
