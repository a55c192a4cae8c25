import { Dialog } from '#web/ui/dialog.tsx';
import styles from './keys-dialog.module.css';
import { PAGES } from './pages.ts';

const KEYS: readonly (readonly [string, string])[] = [
  ['Ctrl K  /', 'Search or run a command'],
  ['t', 'Time range'],
  ['l', 'Live or pause'],
  ['[  ]', 'Earlier, later'],
  ['z', 'Zoom out'],
  ['j  k  Enter', 'Down, up, open in a table'],
  ['?', 'This list'],
  ...PAGES.map(({ key, label }) => [`g ${key}`, `Go to ${label}`] as const),
];

/** All keys that work everywhere. */
export function KeysDialog({ onClose }: { readonly onClose: () => void }) {
  return (
    <Dialog title="Keyboard" onClose={onClose}>
      <dl className={styles.keys}>
        {KEYS.map(([keys, text]) => (
          <div key={keys}>
            <dt>
              {keys.split('  ').map((key) => (
                <kbd key={key}>{key}</kbd>
              ))}
            </dt>
            <dd>{text}</dd>
          </div>
        ))}
      </dl>
    </Dialog>
  );
}
