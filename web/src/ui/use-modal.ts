import { type RefObject, useEffect, useEffectEvent, useRef } from 'react';

/** Shows a dialog as modal while it is drawn; Escape and a click beside it ask to close. */
export function useModal(onClose: () => void): RefObject<HTMLDialogElement | null> {
  const ref = useRef<HTMLDialogElement>(null);
  const onCancel = useEffectEvent((event: Event) => {
    event.preventDefault();
    onClose();
  });
  const onClick = useEffectEvent((event: Event) => {
    if (event.target === ref.current) onClose();
  });
  useEffect(() => {
    const dialog = ref.current;
    if (dialog === null) return;
    dialog.showModal();
    dialog.addEventListener('cancel', onCancel);
    dialog.addEventListener('click', onClick);
    return () => {
      dialog.removeEventListener('cancel', onCancel);
      dialog.removeEventListener('click', onClick);
      dialog.close();
    };
  }, []);
  return ref;
}
