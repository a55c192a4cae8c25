import type { SeriesLook } from '#core/api/panel-display.ts';
import { ThresholdRows } from '#web/features/dashboards/threshold-rows.tsx';
import { Field, SelectField } from '#web/ui/field.tsx';
import { CheckList } from './check-list.tsx';
import { ColourField } from './colour-field.tsx';
import styles from './form.module.css';
import { filledOf } from './list-edits.ts';
import { MappingRows } from './mapping-rows.tsx';
import { NumberField } from './number-field.tsx';
import { UnitField } from './unit-field.tsx';

export type LookFieldsProps = { readonly look: SeriesLook; readonly onChange: (look: SeriesLook) => void };

const AXES = [
  { value: '', label: 'As the panel' },
  { value: 'left', label: 'Left' },
  { value: 'right', label: 'Right' },
];
const STYLES = [
  { value: '', label: 'As the panel' },
  { value: 'line', label: 'Line' },
  { value: 'area', label: 'Area' },
  { value: 'bars', label: 'Bars' },
  { value: 'points', label: 'Points' },
];
/** What is on or off, and what it is called. */
const FLAGS: readonly { readonly value: string; readonly label: string; readonly look: SeriesLook }[] = [
  { value: 'hidden', label: 'Not drawn', look: { hidden: true } },
  { value: 'legend', label: 'Not in the legend', look: { legend: false } },
  { value: 'dashed', label: 'Dashed', look: { dashed: true } },
  { value: 'mirrored', label: 'Below zero', look: { mirrored: true } },
  { value: 'stacked', label: 'Beside the stack', look: { stacked: false } },
];

/** Everything that a series can have of its own. */
export function LookFields({ look, onChange }: LookFieldsProps) {
  const change = (part: { [Key in keyof SeriesLook]: SeriesLook[Key] | undefined }): void =>
    onChange(filledOf({ ...look, ...part }));
  const flags = FLAGS.filter(({ value, look: set }) => {
    const key = value as keyof SeriesLook;
    return look[key] === set[key];
  });
  const setFlags = (chosen: readonly string[]): void => {
    const { hidden: _1, legend: _2, dashed: _3, mirrored: _4, stacked: _5, ...rest } = look;
    onChange(Object.assign(rest, ...FLAGS.filter(({ value }) => chosen.includes(value)).map((flag) => flag.look)));
  };
  return (
    <>
      <div className={styles.fields}>
        <Field
          label="Shown as"
          placeholder="{{host}}"
          value={look.name ?? ''}
          maxLength={200}
          onChange={({ target }) => change({ name: target.value })}
        />
        <ColourField
          label="Colour"
          none="Of the palette"
          value={look.colour}
          onChange={(colour) => change({ colour })}
        />
        <SelectField
          label="Axis"
          value={look.axis ?? ''}
          options={AXES}
          onChange={({ target }) =>
            change({ axis: target.value === '' ? undefined : (target.value as SeriesLook['axis']) })
          }
        />
        <UnitField none="As the panel" value={look.unit ?? ''} onChange={(unit) => change({ unit })} />
        <NumberField
          label="Decimals"
          placeholder="as the panel"
          min={0}
          max={10}
          value={look.decimals}
          onChange={(decimals) => change({ decimals: bounded(decimals, 10) })}
        />
        <SelectField
          label="Style"
          value={look.style ?? ''}
          options={STYLES}
          onChange={({ target }) =>
            change({ style: target.value === '' ? undefined : (target.value as SeriesLook['style']) })
          }
        />
        <NumberField
          label="Area opacity (%)"
          placeholder="as the panel"
          min={0}
          max={100}
          value={look.fill === undefined ? undefined : Math.round(look.fill * 100)}
          onChange={(percent) =>
            change({ fill: percent === undefined ? undefined : (bounded(percent, 100) ?? 0) / 100 })
          }
        />
      </div>
      <CheckList label="It is" chosen={flags.map(({ value }) => value)} offered={FLAGS} onChange={setFlags} />
      <details className={styles.more}>
        <summary>
          Words and limits of its own{' '}
          {(look.mappings?.length ?? 0) + (look.thresholds?.length ?? 0) > 0 &&
            `(${(look.mappings?.length ?? 0) + (look.thresholds?.length ?? 0)})`}
        </summary>
        <MappingRows mappings={look.mappings ?? []} onChange={(mappings) => change({ mappings })} />
        <ThresholdRows thresholds={look.thresholds ?? []} onChange={(thresholds) => change({ thresholds })} />
      </details>
    </>
  );
}

function bounded(value: number | undefined, max: number): number | undefined {
  return value === undefined ? undefined : Math.min(max, Math.max(0, Math.round(value)));
}
