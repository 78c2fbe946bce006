import { useEffect, useRef, useState } from 'react';

/** Whether files are being dragged, and not something of the page's own. */
export function hasFiles(data: DataTransfer | null): boolean {
  return data?.types.includes('Files') === true;
}

/**
 * Takes files dropped anywhere on the window that nothing on the page took first.
 * `true` while files hover over the window.
 */
export function useFileDrop(onDrop: (data: DataTransfer) => void): boolean {
  const [isOver, setIsOver] = useState(false);
  const handler = useRef(onDrop);
  useEffect(() => {
    handler.current = onDrop;
  });

  useEffect(() => {
    const over = (event: DragEvent) => {
      if (!hasFiles(event.dataTransfer)) return;
      event.preventDefault();
      setIsOver(true);
    };
    const leave = (event: DragEvent) => {
      // Leaving the window goes to nothing; leaving an element goes to the next one.
      if (event.relatedTarget === null) setIsOver(false);
    };
    const drop = (event: DragEvent) => {
      setIsOver(false);
      if (event.dataTransfer === null || !hasFiles(event.dataTransfer)) return;
      // Without this the browser would leave the page and show the file.
      const wasTaken = event.defaultPrevented;
      event.preventDefault();
      if (!wasTaken) handler.current(event.dataTransfer);
    };
    addEventListener('dragover', over);
    addEventListener('dragleave', leave);
    addEventListener('drop', drop);
    return () => {
      removeEventListener('dragover', over);
      removeEventListener('dragleave', leave);
      removeEventListener('drop', drop);
    };
  }, []);
  return isOver;
}
