import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Project } from '../../domain/project.ts';
import type { KnownBase } from '../../state/appState.ts';
import { useAppState } from '../../state/useAppState.ts';
import { Button } from '../../ui/Button.tsx';
import { useFormat } from '../../ui/format.ts';
import styles from './BaseList.module.css';
import { BaseTile } from './BaseTile.tsx';

/** The networks at hand and the one to try next; the rest of the catalogue is a click away. */
export function BaseList({ project }: { readonly project: Project }) {
  const { t } = useTranslation('base');
  const format = useFormat();
  const bases = useAppState((state) => state.bases);
  const [showsAll, setShowsAll] = useState(false);
  const first = firstShown(bases);
  const numMore = bases.length - first.length;
  const shown = showsAll ? bases : first;
  return (
    <section aria-labelledby="bases">
      <h2 id="bases" className="visually-hidden">
        {t('bases')}
      </h2>
      <ul className={styles['tiles']}>
        {shown.map((known) => (
          <BaseTile key={known.base.id} known={known} isInUse={known.base.id === project.baseId} />
        ))}
      </ul>
      {shown.some(({ base }) => !base.isVerified && base.origin === 'catalogue') ? (
        <p className={styles['note']}>{t('unverifiedNote')}</p>
      ) : null}
      {numMore === 0 ? null : (
        <div className={styles['more']}>
          <Button
            aria-expanded={showsAll}
            onClick={() => {
              setShowsAll(!showsAll);
            }}
          >
            {showsAll
              ? t('fewer')
              : t('more', { count: numMore, formatted: format.number(numMore) })}
          </Button>
        </div>
      )}
    </section>
  );
}

/** Whatever is or was being worked with, and the first that is not: the catalogue begins with the best start. */
function firstShown(bases: readonly KnownBase[]): readonly KnownBase[] {
  const isUntouched = ({ availability }: KnownBase) =>
    availability.status === 'not-stored' && availability.bytesKept === 0;
  const next = bases.find(isUntouched);
  return bases.filter((known) => known === next || !isUntouched(known));
}
