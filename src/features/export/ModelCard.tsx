import { useTranslation } from 'react-i18next';
import type { Project } from '../../domain/project.ts';
import type { CompletedRun } from '../../domain/trainingRun.ts';
import { heldOutEvaluation, selectedRun } from '../../state/selectedRun.ts';
import { useAppState } from '../../state/useAppState.ts';
import { Button } from '../../ui/Button.tsx';
import { Card } from '../../ui/Card.tsx';
import { useCounts } from '../../ui/counts.ts';
import { downloadFile } from '../../ui/download.ts';
import { useFormat } from '../../ui/format.ts';
import { DownloadIcon } from '../../ui/icons.tsx';
import { LinkButton } from '../../ui/LinkButton.tsx';
import { stepHref } from '../../ui/route.ts';
import styles from './ExportPage.module.css';
import { InputContract } from './InputContract.tsx';

/** What the zip holds, with the key of its description, and what opens it. */
const LAYERS_MODEL = {
  title: 'model.title',
  contents: [
    ['index.html', 'page'],
    ['demo/', 'program'],
    ['model.json', 'model'],
    ['weights.bin', 'weights'],
    ['metadata.json', 'metadata'],
    ['labels.txt', 'labels'],
    ['preprocessing.json', 'preprocessing'],
  ],
  programs: ['page', 'tfjs', 'teachableMachine'],
} as const;

/** The same for a base that runs as it is: its operations have no layers. */
const GRAPH_MODEL = {
  title: 'model.graphTitle',
  contents: [
    ['model.json', 'graph'],
    ['weights.bin', 'weights'],
    ['labels.txt', 'labels'],
    ['preprocessing.json', 'preprocessing'],
  ],
  programs: ['tfjsGraph'],
} as const;

/** The trained model as a zip: what is inside, what opens it, and what it wants to be fed. */
export function ModelCard({ project }: { readonly project: Project }) {
  const { t } = useTranslation('export');
  const run = useAppState(selectedRun);
  const bases = useAppState((state) => state.bases);
  const baseId = run?.classifier.baseId ?? project.baseId;
  const isOpaque = bases.some(({ model }) => model?.id === baseId && model.isOpaque);
  const { title, contents, programs } = isOpaque ? GRAPH_MODEL : LAYERS_MODEL;
  return (
    <Card as="section" aria-labelledby="model">
      <h2 id="model">{t(title)}</h2>
      {isOpaque ? <p className={styles['summary']}>{t('model.graphOnly')}</p> : null}
      {run === null ? (
        <>
          <p className={styles['summary']}>{t('model.noRun')}</p>
          <LinkButton variant="primary" href={stepHref(project.id, 'train')}>
            {t('model.toTrain')}
          </LinkButton>
        </>
      ) : (
        <DownloadModel run={run} />
      )}
      <h3 className={styles['heading']}>{t('model.inside')}</h3>
      <ul className={styles['list']}>
        {contents.map(([path, key]) => (
          <li key={path}>
            <code>{path}</code>
            <span>{t(`contents.${key}`)}</span>
          </li>
        ))}
      </ul>
      <h3 className={styles['heading']}>{t('model.opens')}</h3>
      <ul className={styles['plain']}>
        {programs.map((program) => (
          <li key={program}>{t(`programs.${program}`)}</li>
        ))}
      </ul>
      {run === null ? null : <InputContract classifier={run.classifier} isOpaque={isOpaque} />}
    </Card>
  );
}

function DownloadModel({ run }: { readonly run: CompletedRun }) {
  const { t } = useTranslation('export');
  const format = useFormat();
  const counts = useCounts();
  const number = useAppState(({ runs }) => runs.length - runs.indexOf(run));
  const isSaving = useAppState((state) => state.saving.status === 'running');
  const exportTfjs = useAppState((state) => state.exportTfjs);
  const evaluation = heldOutEvaluation(run);
  const download = async () => {
    const file = await exportTfjs(run.headId);
    if (file !== null) downloadFile(file.blob, file.fileName);
  };
  const facts = [
    t('model.run', { number }),
    counts.classes(run.classifier.labels.length),
    ...(evaluation === null
      ? []
      : [t('model.accuracy', { accuracy: format.percent(evaluation.accuracy) })]),
  ];
  return (
    <>
      <p className={styles['summary']}>{facts.join(' · ')}</p>
      <Button
        variant="primary"
        icon={<DownloadIcon />}
        disabled={isSaving}
        onClick={() => void download()}
      >
        {t('model.download')}
      </Button>
    </>
  );
}
