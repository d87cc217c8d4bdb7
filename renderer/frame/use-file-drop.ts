import { useEffect, useState } from 'react';
import { type Dropped, droppedFiles } from '../state/dropped-files.ts';

/**
 * Takes files and folders dropped anywhere on the window.
 * @returns true while files are held over the window
 */
export function useFileDrop(take: (dropped: Dropped) => void): boolean {
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
      if (event.dataTransfer && !document.querySelector('dialog:modal'))
        void droppedFiles(event.dataTransfer).then(take);
    }

    window.addEventListener('dragover', onDragOver);
    window.addEventListener('dragleave', onDragLeave);
    window.addEventListener('drop', onDrop);
    return () => {
      window.removeEventListener('dragover', onDragOver);
      window.removeEventListener('dragleave', onDragLeave);
      window.removeEventListener('drop', onDrop);
    };
  }, [take]);

  return over;
}
