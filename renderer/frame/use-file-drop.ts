import { useEffect, useState } from 'react';
import { droppedFiles } from '../state/dropped-files.ts';
import type { Session } from '../state/session.ts';

/**
 * Takes files and folders dropped anywhere on the window; under a dialog only where it asks for them.
 * @returns true while files are held over the window
 */
export function useFileDrop(session: Session): boolean {
  const [over, setOver] = useState(false);

  useEffect(() => {
    const hasFiles = (event: DragEvent) => event.dataTransfer?.types.includes('Files') ?? false;

    function onDragOver(event: DragEvent): void {
      if (!hasFiles(event) || !event.dataTransfer) return;
      event.preventDefault();
      event.dataTransfer.dropEffect = 'copy';
      setOver(true);
    }
    function onDragLeave(event: DragEvent): void {
      if (event.relatedTarget === null) setOver(false);
    }
    function onDrop(event: DragEvent): void {
      setOver(false);
      if (!hasFiles(event) || event.defaultPrevented) return;
      // Else the window would leave Offprint to show the file.
      event.preventDefault();
      const isFree = session.store.get().dialog?.kind === 'backups' || !document.querySelector('dialog:modal');
      if (event.dataTransfer && isFree) void droppedFiles(event.dataTransfer).then((files) => session.takeFiles(files));
    }

    window.addEventListener('dragover', onDragOver);
    window.addEventListener('dragleave', onDragLeave);
    window.addEventListener('drop', onDrop);
    return () => {
      window.removeEventListener('dragover', onDragOver);
      window.removeEventListener('dragleave', onDragLeave);
      window.removeEventListener('drop', onDrop);
    };
  }, [session]);

  return over;
}
