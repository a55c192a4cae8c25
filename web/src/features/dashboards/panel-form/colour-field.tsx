import type { Colour } from '#core/api/panel-display.ts';
import { cssColour } from '#web/charts/palette.ts';
import { SelectField } from '#web/ui/field.tsx';
import styles from './form.module.css';

export type ColourFieldProps = {
  readonly label: string;
  /** What no colour means. */
  readonly none: string;
  readonly value: Colour | undefined;
  readonly onChange: (colour: Colour | undefined) => void;
};

const OWN = 'own';
const FIRST_OWN = '#5794f2';

const COLOURS = [
  ...Array.from({ length: 8 }, (_, index) => ({ value: `series-${index + 1}`, label: `Palette ${index + 1}` })),
  { value: 'ok', label: '● OK' },
  { value: 'warning', label: '▲ Warning' },
  { value: 'major', label: '◆ Major' },
  { value: 'critical', label: '■ Critical' },
  { value: OWN, label: 'Own…' },
];

/** A colour of the palette or of a status, which hold in both themes, or one of the user's own. */
export function ColourField({ label, none, value, onChange }: ColourFieldProps) {
  const isOwn = value?.startsWith('#') === true;
  const choose = (chosen: string): void => {
    if (chosen === '') onChange(undefined);
    else onChange(chosen === OWN ? FIRST_OWN : (chosen as Colour));
  };
  return (
    <div className={styles.colour}>
      <span
        className={styles.swatch}
        aria-hidden="true"
        style={value === undefined ? {} : { ['--swatch' as string]: cssColour(value) }}
      />
      <SelectField
        label={label}
        value={isOwn ? OWN : (value ?? '')}
        options={[{ value: '', label: none }, ...COLOURS]}
        onChange={({ target }) => choose(target.value)}
      />
      {isOwn && (
        <input
          type="color"
          className={styles.picker}
          aria-label={`${label}: own`}
          value={value}
          onChange={({ target }) => onChange(target.value.toLowerCase())}
        />
      )}
    </div>
  );
}
