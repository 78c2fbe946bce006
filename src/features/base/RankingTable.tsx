import type { ReactNode } from 'react';
import styles from './TransferSection.module.css';

interface RankingTableProps {
  readonly title: string;
  readonly headings: readonly string[];
  /** Rows. */
  readonly children: ReactNode;
}

/** A table that scrolls sideways where it does not fit, by keyboard too. */
export function RankingTable({ title, headings, children }: RankingTableProps) {
  return (
    <div className={styles['scroll']} role="group" aria-label={title} tabIndex={0}>
      <table className={styles['table']}>
        <caption className="visually-hidden">{title}</caption>
        <thead>
          <tr>
            {headings.map((heading) => (
              <th key={heading} scope="col">
                {heading}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>{children}</tbody>
      </table>
    </div>
  );
}
