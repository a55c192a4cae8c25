import type { UseQueryResult } from '@tanstack/react-query';
import type { TriedLogRules } from '#core/api/log-rule-api.ts';
import { messageOf } from '#core/errors.ts';
import { readLogQuery } from '#web/features/logs/query-edits.ts';
import { Field, SelectField } from '#web/ui/field.tsx';
import { Panel, type PanelState } from '#web/ui/panel.tsx';
import { queryState } from '#web/ui/query-state.ts';
import styles from './parsing.module.css';
import type { StepDraft } from './rule-draft.ts';
import { TextArea } from './text-area.tsx';
import { TriedLine } from './tried-line.tsx';
import type { Samples, SamplesEdit } from './use-bench.ts';

const KINDS = [
  { value: 'stored', label: 'stored lines that a query finds' },
  { value: 'pasted', label: 'pasted lines' },
];

type BenchPanelProps = {
  readonly trial: UseQueryResult<TriedLogRules>;
  /** The rules cannot be read: what is shown is of the rules before. */
  readonly isBroken: boolean;
  readonly edit: SamplesEdit;
  readonly onAdd: (steps: readonly StepDraft[]) => void;
};

/** What the rules, as they are edited, do to samples; nothing is changed by it. */
export function BenchPanel({ trial, isBroken, edit, onAdd }: BenchPanelProps) {
  const { samples, put } = edit;
  const { data } = trial;
  return (
    <Panel className={styles.bench} title="Test bench" note={data === undefined ? '' : summaryOf(data)}>
      <div className={styles.stack}>
        <SelectField
          label="Try the rules on"
          options={KINDS}
          value={samples.kind}
          onChange={({ target }) => put({ samples: target.value === 'pasted' ? 'pasted' : undefined })}
        />
        {samples.kind === 'pasted' ? (
          <PastedSamples {...edit} />
        ) : (
          <Field
            label="Query"
            placeholder="service:shop"
            error={readLogQuery(samples.query).problem?.message}
            hint="The newest 500 lines that it finds, as they are stored: formats were recognised when they came."
            spellCheck={false}
            value={samples.query}
            onChange={({ target }) => put({ q: target.value || undefined })}
          />
        )}
        <Trial state={stateOf(trial, { isBroken, samples })}>
          {data?.lines.map((line, i) => (
            // Lines have no names; their order is theirs.
            // oxlint-disable-next-line react/no-array-index-key
            <TriedLine key={i} line={line} isFirst={i === 0} onAdd={onAdd} />
          ))}
        </Trial>
      </div>
    </Panel>
  );
}

function PastedSamples({ samples, put, setText }: SamplesEdit) {
  const field = (key: 'service' | 'source' | 'host', label: string) => (
    <Field
      label={label}
      spellCheck={false}
      value={samples[key]}
      onChange={({ target }) => put({ [key]: target.value || undefined })}
    />
  );
  return (
    <>
      <TextArea
        label="Lines as they are sent, one a line"
        placeholder="2026-11-25 10:00:01 order=AB123456 took 12ms"
        rows={Math.min(10, Math.max(3, samples.text.split('\n').length))}
        value={samples.text}
        onChange={setText}
      />
      <label className={styles.check}>
        <input
          type="checkbox"
          checked={samples.isOne}
          onChange={({ target }) => put({ one: target.checked ? '1' : undefined })}
        />
        All of it is one event
      </label>
      <div className={styles.options}>
        {field('service', 'Sent for service')}
        {field('source', 'Sent from source')}
        {field('host', 'Sent from host')}
      </div>
    </>
  );
}

type Shown = PanelState & { readonly text?: string };

function Trial({ state, children }: { readonly state: Shown; readonly children: React.ReactNode }) {
  if (state.kind === 'loading') return <output className={styles.note}>Trying …</output>;
  if (state.kind === 'error') return <p className={styles.fault}>{messageOf(state.error)}</p>;
  return (
    <>
      {state.text !== undefined && <p className={styles.note}>{state.text}</p>}
      <ol className={styles.lines} aria-label="Tried lines" data-stale={state.kind === 'stale'}>
        {children}
      </ol>
    </>
  );
}

function stateOf(
  trial: UseQueryResult<TriedLogRules>,
  { isBroken, samples }: { readonly isBroken: boolean; readonly samples: Samples },
): Shown {
  if (samples.kind === 'pasted' && samples.text.trim() === '') {
    return { kind: 'ready', text: 'Paste lines to see what the rules make of them.' };
  }
  const { data } = trial;
  if (isBroken) return { kind: 'stale', note: '', text: 'The rules are not complete: what is shown is of before.' };
  const state = queryState(trial);
  if (data?.total === 0) return { kind: 'ready', text: 'No line is found: try another query, or paste lines.' };
  if (data?.isCut === true) return { ...state, text: 'Time was up before all of the lines were tried.' };
  return state;
}

function summaryOf({ total, dropped, lines }: TriedLogRules): string {
  const shown = lines.length < total ? `, ${lines.length} of them shown` : '';
  return `${total} ${total === 1 ? 'line' : 'lines'} tried${shown}, ${dropped} dropped`;
}
