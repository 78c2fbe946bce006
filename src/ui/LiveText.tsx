import { useEffect, useEffectEvent, useState } from 'react';

interface LiveTextProps {
  /** What is so at this moment; empty for nothing. */
  readonly text: string;
  /** Least time between two announcements. */
  readonly intervalMs?: number;
}

/** Tells screen readers what goes on, politely and not more often than one can listen. */
export function LiveText({ text, intervalMs = 5000 }: LiveTextProps) {
  const [announced, setAnnounced] = useState(text);
  const announce = useEffectEvent(() => {
    setAnnounced(text);
  });
  useEffect(() => {
    const timer = setInterval(announce, intervalMs);
    return () => {
      clearInterval(timer);
    };
  }, [intervalMs]);
  return (
    <p role="status" className="visually-hidden">
      {announced}
    </p>
  );
}
