import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import {
  formatsOf,
  needsPhotos,
  proofKindOf,
  type ExportFormat,
} from '../../domain/exportFormat.ts';
import type { ModelSizes } from '../../domain/fileSize.ts';
import type { HeadId } from '../../domain/ids.ts';
import type { Project } from '../../domain/project.ts';
import { heldOutEvaluation, selectedRun } from '../../state/selectedRun.ts';
import { useAppState } from '../../state/useAppState.ts';
import type { CompletedRun } from '../../domain/trainingRun.ts';
import { Card } from '../../ui/Card.tsx';
import { useCounts } from '../../ui/counts.ts';
import { useFormat } from '../../ui/format.ts';
import { LinkButton } from '../../ui/LinkButton.tsx';
import { stepHref } from '../../ui/route.ts';
import { DownloadModel } from './DownloadModel.tsx';
import styles from './ExportPage.module.css';
import { FORMAT_CONTENTS } from './formatContents.ts';
import { FormatPicker } from './FormatPicker.tsx';
import { InputContract } from './InputContract.tsx';
import { MakeQuantised } from './MakeQuantised.tsx';

/** The trained model in a format of choice: what is inside, what opens it, and what it wants to be fed. */
export function ModelCard({ project }: { readonly project: Project }) {
  const { t } = useTranslation('export');
  const run = useAppState(selectedRun);
  const bases = useAppState((state) => state.bases);
  const baseId = run?.classifier.baseId ?? project.baseId;
  const isOpaque = bases.some(({ model }) => model?.id === baseId && model.isOpaque);
  const numPhotos = run?.samples.length ?? 0;
  const formats = formatsOf(isOpaque).filter(
    (format) => run === null || numPhotos > 0 || !needsPhotos(format),
  );
  const [wanted, setWanted] = useState<ExportFormat>('web-page');
  const chosen = formats.includes(wanted) ? wanted : (formats[0] ?? wanted);
  const sizes = useModelSizes(run?.headId ?? null);
  const { files, programs, input } = FORMAT_CONTENTS[chosen];
  const isMeasured = proofKindOf(chosen) === 'measured';
  return (
    <Card as="section" aria-labelledby="model">
      <h2 id="model">{t('model.title')}</h2>
      {isOpaque ? <p className={styles['summary']}>{t('model.graphOnly')}</p> : null}
      {run === null ? (
        <>
          <p className={styles['summary']}>{t('model.noRun')}</p>
          <LinkButton variant="primary" href={stepHref(project.id, 'train')}>
            {t('model.toTrain')}
          </LinkButton>
        </>
      ) : (
        <RunFacts run={run} />
      )}
      <FormatPicker
        formats={formats}
        chosen={chosen}
        sizes={sizes}
        numPhotos={numPhotos}
        onChoose={setWanted}
      />
      {run === null ? null : isMeasured ? (
        <MakeQuantised run={run} />
      ) : (
        <DownloadModel run={run} format={chosen} />
      )}
      <h3 className={styles['heading']}>{t('model.inside')}</h3>
      <ul className={styles['list']}>
        {files.map(([path, key]) => (
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
      {run === null || input === null ? null : (
        <InputContract classifier={run.classifier} input={input} />
      )}
    </Card>
  );
}

function RunFacts({ run }: { readonly run: CompletedRun }) {
  const { t } = useTranslation('export');
  const format = useFormat();
  const counts = useCounts();
  const number = useAppState(({ runs }) => runs.length - runs.indexOf(run));
  const evaluation = heldOutEvaluation(run);
  const facts = [
    t('model.run', { number }),
    counts.classes(run.classifier.labels.length),
    ...(evaluation === null
      ? []
      : [t('model.accuracy', { accuracy: format.percent(evaluation.accuracy) })]),
  ];
  return <p className={styles['summary']}>{facts.join(' · ')}</p>;
}

/** `null` until counted. */
function useModelSizes(headId: HeadId | null): ModelSizes | null {
  const describeModel = useAppState((state) => state.describeModel);
  const [counted, setCounted] = useState<readonly [HeadId, ModelSizes | null] | null>(null);
  useEffect(() => {
    if (headId === null) return;
    let isCurrent = true;
    void describeModel(headId).then((sizes) => {
      if (isCurrent) setCounted([headId, sizes]);
    });
    return () => {
      isCurrent = false;
    };
  }, [headId, describeModel]);
  return counted?.[0] === headId ? counted[1] : null;
}
