import { type KeyboardEvent, type PointerEvent, useMemo, useState } from 'react';
import type { LogHistogramAnswer } from '#core/api/logs.ts';
import { durationText } from '#web/app/time/time-range.ts';
import { formatClock, timeAxisLabels } from '#web/format/time.ts';
import { formatValue } from '#web/format/value.ts';
import { barPaths } from './bar-path.ts';
import styles from './histogram.module.css';
import { lookOfLevel, WORST_FIRST } from './levels.ts';

export type HistogramProps = {
  readonly answer: LogHistogramAnswer;
  /** Length of the range, ms. */
  readonly spanMs: number;
  readonly onZoom: (fromMs: number, toMs: number) => void;
};

const TICKS: readonly number[] = [0, 0.25, 0.5, 0.75, 1];

type Brush = { readonly from: number; readonly to: number };

/** Lines over time by level, worst lowest. Drag or Shift + arrow keys select a span, Enter zooms to it. */
export function Histogram({ answer, spanMs, onZoom }: HistogramProps) {
  const { start, step } = answer;
  const parts = useMemo(() => answer.series.toSorted((a, b) => rank(a.value) - rank(b.value)), [answer]);
  const count = answer.series[0]?.counts.length ?? Math.max(1, Math.ceil(spanMs / step));
  const most = useMemo(() => mostOf(parts, count), [parts, count]);
  const [brush, setBrush] = useState<Brush>();
  const [first, last] = brush === undefined ? [0, 0] : [Math.min(brush.from, brush.to), Math.max(brush.from, brush.to)];
  const zoom = (): void => {
    setBrush(undefined);
    if (brush !== undefined) onZoom(start + first * step, start + (last + 1) * step);
  };
  const bucketAt = ({ currentTarget, clientX }: PointerEvent<HTMLElement>): number => {
    const { left, width } = currentTarget.getBoundingClientRect();
    return Math.min(count - 1, Math.max(0, Math.floor(((clientX - left) / width) * count)));
  };
  const onKeyDown = (event: KeyboardEvent): void => {
    const move = event.key === 'ArrowLeft' ? -1 : event.key === 'ArrowRight' ? 1 : 0;
    if (move !== 0) {
      const to = Math.min(count - 1, Math.max(0, (brush?.to ?? count) + move));
      setBrush({ from: event.shiftKey ? (brush?.from ?? to) : to, to });
    } else if (event.key === 'Enter') zoom();
    else if (event.key === 'Escape') setBrush(undefined);
    else return;
    event.preventDefault();
    event.stopPropagation();
  };
  return (
    <div className={styles.chart}>
      <div className={styles.scale} aria-hidden="true">
        <span>{formatValue(most, '')}</span>
        <span>0</span>
      </div>
      {/* oxlint-disable jsx-a11y/no-noninteractive-tabindex, jsx-a11y/no-noninteractive-element-interactions -- a drawing that is worked with pointer and keys, as charts are */}
      <section
        className={styles.plot}
        aria-label="Lines over time: arrow keys select, Enter zooms"
        tabIndex={0}
        onKeyDown={onKeyDown}
        onPointerDown={(event) => {
          event.currentTarget.setPointerCapture(event.pointerId);
          setBrush({ from: bucketAt(event), to: bucketAt(event) });
        }}
        onPointerMove={(event) => {
          if (event.buttons === 1 && brush !== undefined) setBrush({ ...brush, to: bucketAt(event) });
        }}
        onPointerUp={zoom}
        onPointerCancel={() => setBrush(undefined)}
      >
        <svg viewBox={`0 0 ${count} 1`} preserveAspectRatio="none" role="img" aria-label={summary(answer)}>
          {barPaths(
            parts.map(({ counts }) => counts),
            most,
          ).map((path, index) => (
            <path key={parts[index]?.value} d={path} fill={fillOf(parts[index]?.value ?? '')} />
          ))}
        </svg>
        {brush !== undefined && (
          <div
            className={styles.brush}
            style={{ left: `${(first / count) * 100}%`, width: `${((last + 1 - first) / count) * 100}%` }}
          >
            <output>
              {formatClock(start + first * step)} – {formatClock(start + (last + 1) * step)}
            </output>
          </div>
        )}
      </section>
      <div className={styles.axis} aria-hidden="true">
        {timeAxisLabels(
          TICKS.map((part) => start + part * count * step),
          (count * step) / TICKS.length,
        ).map((label, index) => (
          <span key={TICKS[index]}>{label}</span>
        ))}
      </div>
    </div>
  );
}

function mostOf(parts: LogHistogramAnswer['series'], count: number): number {
  let most = 1;
  for (let index = 0; index < count; index++) {
    most = Math.max(
      most,
      parts.reduce((sum, { counts }) => sum + (counts[index] ?? 0), 0),
    );
  }
  return most;
}

function fillOf(level: string): string {
  const { fill, colour } = lookOfLevel(level);
  return fill ?? colour;
}

const rank = (level: string): number => (WORST_FIRST as readonly string[]).indexOf(level);

const summary = ({ total, step, series }: LogHistogramAnswer): string =>
  `${total} lines in steps of ${durationText(step)}: ${series.map(({ value, total: lines }) => `${lookOfLevel(value).word} ${lines}`).join(', ')}`;
