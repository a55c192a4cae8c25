import { Button } from './button.tsx';

export type SaveButtonsProps = {
  readonly isPending: boolean;
  /** Absent: there is nothing yet to remove. */
  readonly onRemove?: (() => void) | undefined;
};

/** The end of the form of a stored thing. */
export function SaveButtons({ isPending, onRemove }: SaveButtonsProps) {
  return (
    <>
      <Button look="solid" type="submit" disabled={isPending}>
        Save
      </Button>
      {onRemove !== undefined && (
        <Button look="danger" disabled={isPending} onClick={onRemove}>
          Remove
        </Button>
      )}
    </>
  );
}
