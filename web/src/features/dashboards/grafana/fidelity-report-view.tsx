import { IconDownload } from '@tabler/icons-react';
import { useState } from 'react';
import {
  FIDELITIES,
  type Fidelity,
  type FidelityNote,
  type FidelityReport,
  type PanelReport,
  reportMarkdown,
} from '#core/grafana/report.ts';
import { downloadText } from '#web/charts/csv.ts';
import { Button } from '#web/ui/button.tsx';
import { Field } from '#web/ui/field.tsx';
import { type Status, StatusPill, StatusShape } from '#web/ui/status-pill.tsx';
import { filterPanels } from './filter-report.ts';
import styles from './report.module.css';

const STATUSES: Readonly<Record<Fidelity, Status>> = { kept: 'ok', approximated: 'warning', unsupported: 'major' };
const WORDS: Readonly<Record<Fidelity, string>> = {
  kept: 'kept',
  approximated: 'approximated',
  unsupported: 'unsupported',
};

/** What became of each panel: counts that filter, panels that open, and the whole as a file. */
export function FidelityReportView({ report }: { readonly report: FidelityReport }) {
  const [status, setStatus] = useState<Fidelity>();
  const [words, setWords] = useState('');
  const shown = filterPanels(report, status, words);
  const save = (kind: 'md' | 'json'): void => {
    const text = kind === 'md' ? reportMarkdown(report) : `${JSON.stringify(report, undefined, 2)}\n`;
    downloadText(`import-report.${kind}`, text, kind === 'md' ? 'text/markdown' : 'application/json');
  };
  return (
    <section className={styles.report} aria-label="What becomes of it">
      <div className={styles.bar}>
        <fieldset className={styles.counts} aria-label="Panels by fidelity">
          {FIDELITIES.map((each) => (
            <button
              key={each}
              type="button"
              className={styles.count}
              aria-pressed={status === each}
              onClick={() => setStatus(status === each ? undefined : each)}
            >
              <StatusPill status={STATUSES[each]} word={`${report.totals[each]} ${WORDS[each]}`} />
            </button>
          ))}
        </fieldset>
        <span className={styles.files}>
          <Button look="quiet" onClick={() => save('md')}>
            <IconDownload size={15} /> Markdown
          </Button>
          <Button look="quiet" onClick={() => save('json')}>
            <IconDownload size={15} /> JSON
          </Button>
        </span>
      </div>
      <Field
        label={<span className="visually-hidden">Find a panel</span>}
        type="search"
        placeholder="Find by title, type or note"
        value={words}
        onChange={({ target }) => setWords(target.value)}
      />
      <div className={styles.list}>
        {report.notes.length > 0 && status === undefined && words === '' && (
          <details className={styles.panel}>
            <summary className={styles.summary}>
              <StatusShape status={STATUSES[worstOf(report.notes)]} />
              <span className={styles.title}>The dashboard itself</span>
              <span className={styles.type}>
                {report.notes.length} {report.notes.length === 1 ? 'note' : 'notes'}
              </span>
            </summary>
            <Notes notes={report.notes} />
          </details>
        )}
        {shown.map((panel) => (
          <PanelLine key={panel.id} panel={panel} />
        ))}
        {shown.length === 0 && <p className={styles.none}>No panel matches.</p>}
      </div>
    </section>
  );
}

function PanelLine({ panel }: { readonly panel: PanelReport }) {
  const head = (
    <>
      <StatusShape status={STATUSES[panel.status]} />
      <span className={styles.title}>{panel.title || panel.type}</span>
      <span className={styles.type}>
        {panel.type} · {WORDS[panel.status]}
      </span>
    </>
  );
  if (panel.notes.length === 0) return <div className={`${styles.panel} ${styles.summary}`}>{head}</div>;
  return (
    <details className={styles.panel}>
      <summary className={styles.summary}>{head}</summary>
      <Notes notes={panel.notes} />
    </details>
  );
}

function Notes({ notes }: { readonly notes: readonly FidelityNote[] }) {
  return (
    <ul className={styles.notes}>
      {notes.map(({ what, how, level }) => (
        <li key={`${what}\n${how}`}>
          <StatusShape status={STATUSES[level]} />
          <span>
            <strong>{what}</strong> {how}
          </span>
        </li>
      ))}
    </ul>
  );
}

function worstOf(notes: readonly FidelityNote[]): Fidelity {
  return FIDELITIES.findLast((each) => notes.some(({ level }) => level === each)) ?? 'kept';
}
