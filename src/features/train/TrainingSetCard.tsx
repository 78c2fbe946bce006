import { memo } from 'react';
import { useTranslation } from 'react-i18next';
import { useAppState } from '../../state/useAppState.ts';
import { Card } from '../../ui/Card.tsx';
import { classColor } from '../../ui/classColors.ts';
import { ClassSwatch } from '../../ui/ClassSwatch.tsx';
import { useCounts } from '../../ui/counts.ts';
import { useFormat } from '../../ui/format.ts';
import { stepHref } from '../../ui/route.ts';
import { numPhotos, trainingSetOf, type PartCounts } from './trainingSet.ts';
import styles from './TrainingSetCard.module.css';

const PARTS = ['train', 'validation', 'test'] as const;

/** The base, and the classes with their photos as the next run will split them. */
export const TrainingSetCard = memo(function TrainingSetCard() {
  const { t } = useTranslation('train');
  const counts = useCounts();
  const project = useAppState((state) => state.project);
  const samples = useAppState((state) => state.samples);
  const bases = useAppState((state) => state.bases);
  if (project === null) return null;

  const base = bases.find((each) => each.base.id === project.baseId)?.base;
  const set = trainingSetOf(project, samples, project.headConfig);
  const largest = Math.max(...set.classes.map((each) => numPhotos(each.counts)));
  return (
    <Card as="section" aria-labelledby="training-set">
      <h2 id="training-set">{t('set.title')}</h2>
      <p className={styles['summary']}>
        {t('set.summary', {
          photos: counts.photos(numPhotos(set.total)),
          classes: counts.classes(set.classes.length),
          base: base?.name ?? project.baseId,
        })}
      </p>
      {base?.quality === 'coarse' ? <p className={styles['note']}>{t('set.coarse')}</p> : null}
      <p className={styles['note']}>
        <a href={stepHref(project.id, 'base')}>{t('set.base')}</a>
      </p>
      <ul className={styles['classes']}>
        {set.classes.map(({ label, counts: ofClass }) => (
          <li key={label.id} className={styles['class']}>
            <span className={styles['name']} title={label.name}>
              <ClassSwatch colorIndex={label.colorIndex} />
              <span>{label.name}</span>
            </span>
            <PartBar counts={ofClass} largest={largest} colorIndex={label.colorIndex} />
            <PartText counts={ofClass} />
          </li>
        ))}
      </ul>
      <ul aria-label={t('set.split')} className={styles['legend']}>
        {PARTS.filter((part) => set.total[part] > 0).map((part) => (
          <li key={part}>
            <span aria-hidden="true" className={styles['key']} data-part={part} />
            {t(`set.${part}`, { photos: counts.photos(set.total[part]) })}
          </li>
        ))}
      </ul>
    </Card>
  );
});

interface PartBarProps {
  readonly counts: PartCounts;
  readonly largest: number;
  readonly colorIndex: number;
}

function PartBar({ counts, largest, colorIndex }: PartBarProps) {
  return (
    <span aria-hidden="true" className={styles['bar']} style={{ color: classColor(colorIndex) }}>
      {PARTS.map((part) => (
        <span
          key={part}
          data-part={part}
          style={{ width: `${String((counts[part] / largest) * 100)}%` }}
        />
      ))}
    </span>
  );
}

function PartText({ counts }: { readonly counts: PartCounts }) {
  const { t } = useTranslation('train');
  const format = useFormat();
  if (numPhotos(counts) === 0) return <span className={styles['empty']}>{t('set.empty')}</span>;
  const texts = PARTS.filter((part) => counts[part] > 0).map((part) =>
    t(`set.short.${part}`, { number: format.number(counts[part]) }),
  );
  return <span className={styles['count']}>{texts.join(' · ')}</span>;
}
