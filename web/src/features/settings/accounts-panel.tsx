import type { InputAccount } from '#core/api/status.ts';
import { Panel, type PanelState } from '#web/ui/panel.tsx';
import { StatusPill } from '#web/ui/status-pill.tsx';
import { accountBalance, reasonsOf, sumOf } from './account-balance.ts';
import styles from './accounts-panel.module.css';

type AccountsPanelProps = { readonly accounts: readonly InputAccount[]; readonly state: PanelState };

/** “Where did my data go”: for each input, every record received is accounted for. */
export function AccountsPanel({ accounts, state }: AccountsPanelProps) {
  return (
    <Panel
      title="Where did my data go"
      note="received = stored + held + rejected + dropped, since the start"
      flush
      state={state}
    >
      {/* oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- scrolls on narrow screens, by keyboard too */}
      <section className={styles.scroll} tabIndex={0} aria-label="Accounts">
        <table className={styles.table}>
          <thead>
            <tr>
              <th scope="col">Input</th>
              <th scope="col">Received</th>
              <th scope="col">Stored</th>
              <th scope="col">Held</th>
              <th scope="col">Rejected</th>
              <th scope="col">Dropped</th>
              <th scope="col">Balance</th>
            </tr>
          </thead>
          <tbody>
            {accounts.map((account) => (
              <AccountRow key={account.input} account={account} />
            ))}
          </tbody>
        </table>
      </section>
    </Panel>
  );
}

function AccountRow({ account }: { account: InputAccount }) {
  const balance = accountBalance(account);
  return (
    <tr>
      <th scope="row">{account.input}</th>
      <td>{exact(account.received)}</td>
      <td>{exact(account.stored)}</td>
      <td>{exact(account.held)}</td>
      <Reasons counts={account.rejected} />
      <Reasons counts={account.dropped} />
      <td>
        {balance === 0 ? (
          <StatusPill status="ok" word="Exact" />
        ) : (
          <StatusPill status="warning" word={`${exact(Math.abs(balance))} ${balance > 0 ? 'missing' : 'too many'}`} />
        )}
      </td>
    </tr>
  );
}

function Reasons({ counts }: { counts: InputAccount['rejected'] }) {
  return (
    <td>
      {exact(sumOf(counts))}
      {reasonsOf(counts).map(([reason, count]) => (
        <span key={reason} className={styles.reason}>
          {reason.replaceAll('_', ' ')} {exact(count)}
        </span>
      ))}
    </td>
  );
}

function exact(count: number): string {
  return count.toLocaleString('en');
}
