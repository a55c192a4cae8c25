import { IconArrowDown, IconArrowUp, IconCopy, IconTrash } from '@tabler/icons-react';
import { Button } from './button.tsx';

export type OrderToolsProps = {
  /** What it is, with its number: `rule 2`. */
  readonly name: string;
  /** Its place among `count`, from 0. */
  readonly at: number;
  readonly count: number;
  readonly onMove: (by: -1 | 1) => void;
  readonly onDouble?: () => void;
  readonly onRemove?: () => void;
};

/** The buttons of one of several things in an order. */
export function OrderTools({ name, at, count, onMove, onDouble, onRemove }: OrderToolsProps) {
  return (
    <>
      <Button look="quiet" data-move="up" aria-label={`Move ${name} up`} disabled={at === 0} onClick={() => onMove(-1)}>
        <IconArrowUp size={16} />
      </Button>
      <Button
        look="quiet"
        data-move="down"
        aria-label={`Move ${name} down`}
        disabled={at + 1 === count}
        onClick={() => onMove(1)}
      >
        <IconArrowDown size={16} />
      </Button>
      {onDouble !== undefined && (
        <Button look="quiet" aria-label={`Duplicate ${name}`} onClick={onDouble}>
          <IconCopy size={16} />
        </Button>
      )}
      {onRemove !== undefined && (
        <Button look="quiet" aria-label={`Remove ${name}`} onClick={onRemove}>
          <IconTrash size={16} />
        </Button>
      )}
    </>
  );
}
