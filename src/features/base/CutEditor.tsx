import { useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { BaseModel } from '../../domain/baseModel.ts';
import { layerUses, type BaseSummary } from '../../domain/baseSummary.ts';
import type { Cut } from '../../domain/cut.ts';
import type { Project } from '../../domain/project.ts';
import { useAppState } from '../../state/useAppState.ts';
import { NetworkPicture } from '../../ui/charts/NetworkPicture.tsx';
import { useFormat } from '../../ui/format.ts';
import { CutChoice } from './CutChoice.tsx';
import { CutCost } from './CutCost.tsx';
import { cutAt, withLayerToggled } from './cutEditing.ts';
import styles from './CutEditor.module.css';
import { LayerTable } from './LayerTable.tsx';
import { PoolingChoice } from './PoolingChoice.tsx';
import { useLayerText } from './useLayerText.ts';

interface CutEditorProps {
  readonly project: Project;
  readonly base: BaseModel;
  readonly summary: BaseSummary;
}

/** The cut in three ways: as a picture, as a short list of sensible ones, and layer by layer. */
export function CutEditor({ project, base, summary }: CutEditorProps) {
  const { t } = useTranslation('base');
  const format = useFormat();
  const text = useLayerText();
  const setCut = useAppState((state) => state.setCut);
  const isBusy = useAppState(
    ({ training: { status } }) => status !== 'idle' && status !== 'failed',
  );
  const { cut } = project;
  const { layers, suggestedCuts } = summary;
  const [isTogether, setIsTogether] = useState(cut.positions.length > 1);
  const uses = useMemo(() => layerUses(layers, cut), [layers, cut]);
  const numClasses = project.classLabels.length;

  const choose = (next: Cut) => void setCut(next);
  const moveTo = (position: number) => {
    choose(cutAt(layers, position, cut));
  };
  const setTogether = (together: boolean) => {
    setIsTogether(together);
    // Back to one layer: the deepest, where most is known.
    if (!together && cut.positions.length > 1) moveTo(cut.positions.at(-1) ?? 0);
  };
  const cutText = cut.positions
    .flatMap((position) => layers[position] ?? [])
    .map(({ name, outputShape }) => t('cut.at', { name, shape: text.shape(outputShape) }))
    .join(' + ');
  return (
    <fieldset className={styles['editor']} disabled={isBusy} aria-labelledby="cut">
      <div className={styles['picture']}>
        <NetworkPicture
          label={t('cut.picture')}
          layers={layers}
          isUsed={uses.map((use) => use === 'frozen')}
          cut={cut.positions}
          marked={suggestedCuts.flatMap((suggested) => suggested.cut.positions)}
          cutText={cutText}
          headText={t('cut.head', { count: numClasses, formatted: format.number(numClasses) })}
          onMove={isTogether || isBusy ? null : moveTo}
        />
      </div>
      <p className={styles['key']}>{t('cut.key')}</p>
      <div className={styles['columns']}>
        <CutChoice summary={summary} cut={cut} onChoose={choose} />
        <div className={styles['column']}>
          <PoolingChoice
            layers={layers}
            cut={cut}
            isTogether={isTogether}
            onChoose={choose}
            onTogether={setTogether}
          />
          <CutCost project={project} layers={layers} />
        </div>
      </div>
      <LayerTable
        name={base.name}
        summary={summary}
        cut={cut}
        uses={uses}
        numClasses={numClasses}
        isTogether={isTogether}
        onChoose={(position) => {
          if (isTogether) choose(withLayerToggled(cut, position));
          else moveTo(position);
        }}
      />
    </fieldset>
  );
}
