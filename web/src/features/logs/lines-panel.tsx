import { IconPlayerPause, IconPlayerPlay } from '@tabler/icons-react';
import { useMemo, useState } from 'react';
import { Button } from '#web/ui/button.tsx';
import { ErrorCard } from '#web/ui/error-card.tsx';
import { FieldList } from './field-list.tsx';
import { soughtTexts } from './highlights.ts';
import { HistogramPanel } from './histogram-panel.tsx';
import { LinkedLine } from './linked-line.tsx';
import { LogTable } from './log-table.tsx';
import styles from './logs.module.css';
import { NoLines } from './no-lines.tsx';
import { type LogLines, useLogList } from './use-log-list.ts';
import type { LogView } from './use-log-view.ts';
import { ViewSwitch } from './view-switch.tsx';

/** The answer of a query without pipes: how many when, which fields, and the lines. */
export function LinesPanel({ view }: { readonly view: LogView }) {
  const { asked, order, read } = view;
  const lines = useLogList(asked, order);
  const { list, state } = lines;
  const sought = useMemo(() => (read.query === undefined ? [] : soughtTexts(read.query.filter)), [read]);
  const { row: linked } = view;
  const [arrivedAt] = useState(linked);
  const isAbsent =
    linked !== undefined &&
    linked === arrivedAt &&
    state.kind === 'ready' &&
    !state.rows.some(({ id }) => id === linked);
  const isEmpty = state.kind === 'ready' && state.rows.length === 0;
  return (
    <>
      <HistogramPanel query={asked} />
      {isAbsent && <LinkedLine id={linked} view={view} />}
      <div className={styles.below}>
        <FieldList view={view} />
        <section className={styles.lines} aria-label="Lines" data-state={state.kind}>
          <LinesBar lines={lines} view={view} />
          {state.kind === 'error' && <ErrorCard error={state.error} retry={list.retry} query={asked} />}
          {state.kind === 'loading' && state.rows.length === 0 && (
            <output className={styles.loading} aria-label="Loading" />
          )}
          {isEmpty && <NoLines view={view} />}
          {state.rows.length > 0 && <LogTable key={asked} {...{ list, state, view, sought }} />}
        </section>
      </div>
    </>
  );
}

function LinesBar({ lines, view }: { readonly lines: LogLines; readonly view: LogView }) {
  const { state, isTailing, setTailing } = lines;
  const { rows, hasMore, skipped, isLoadingMore } = state;
  return (
    <header className={styles.linesHead}>
      <h2 className="visually-hidden">Lines</h2>
      <ViewSwitch view={view} />
      <span data-figure="rows">
        {rows.length.toLocaleString('en')}
        {hasMore ? ' so far, more as you scroll' : ''}
        {isLoadingMore ? ' …' : ''}
      </span>
      <span className={styles.spacer} />
      <output className={styles.skipped}>
        {skipped > 0 && `${skipped.toLocaleString('en')} lines came too fast to be shown`}
      </output>
      <Button aria-pressed={isTailing} title="New lines as they come" onClick={() => setTailing(!isTailing)}>
        {isTailing ? <IconPlayerPause size={15} aria-hidden="true" /> : <IconPlayerPlay size={15} aria-hidden="true" />}
        Live tail
      </Button>
    </header>
  );
}
