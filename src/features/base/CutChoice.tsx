import { useTranslation } from 'react-i18next';
import {
  activationBytes,
  activationSize,
  type BaseSummary,
  type LayerSummary,
} from '../../domain/baseSummary.ts';
import { cutKey, type Cut } from '../../domain/cut.ts';
import { useFormat } from '../../ui/format.ts';
import styles from './CutChoice.module.css';
import { isSameCut } from './cutEditing.ts';
import { useLayerText } from './useLayerText.ts';

/** Photos that a size is told for. */
export const PHOTOS_FOR_SIZE = 1000;

interface CutChoiceProps {
  readonly summary: BaseSummary;
  readonly cut: Cut;
  readonly onChoose: (cut: Cut) => void;
}

/** The cuts worth trying, with what each costs; and the one in force where it is another. */
export function CutChoice({ summary: { layers, suggestedCuts }, cut, onChoose }: CutChoiceProps) {
  const { t } = useTranslation('base');
  const isSuggested = suggestedCuts.some((suggested) => isAtSameLayer(suggested.cut, cut));
  return (
    <fieldset className={styles['group']}>
      <legend className={styles['legend']}>{t('cut.sensible')}</legend>
      {suggestedCuts.map(({ cut: suggested, reason, isDefault }) => {
        const isChosen = isAtSameLayer(suggested, cut);
        return (
          <CutOption
            key={cutKey(suggested)}
            layers={layers}
            // With the pooling in force, so that the size is the one that counts.
            cut={isChosen ? cut : suggested}
            note={
              isDefault
                ? `${t(`cut.reason.${reason}`)}, ${t('cut.default')}`
                : t(`cut.reason.${reason}`)
            }
            isChosen={isChosen}
            onChoose={() => {
              if (!isSameCut(suggested, cut)) onChoose(suggested);
            }}
          />
        );
      })}
      {isSuggested ? null : (
        <CutOption
          layers={layers}
          cut={cut}
          note={t(cut.positions.length > 1 ? 'cut.several' : 'cut.otherLayer')}
          isChosen
          onChoose={() => undefined}
        />
      )}
    </fieldset>
  );
}

function isAtSameLayer(a: Cut, b: Cut): boolean {
  return a.positions.join() === b.positions.join();
}

interface CutOptionProps {
  readonly layers: readonly LayerSummary[];
  readonly cut: Cut;
  readonly note: string;
  readonly isChosen: boolean;
  readonly onChoose: () => void;
}

function CutOption({ layers, cut, note, isChosen, onChoose }: CutOptionProps) {
  const { t } = useTranslation('base');
  const format = useFormat();
  const text = useLayerText();
  const cutLayers = cut.positions.flatMap((position) => layers[position] ?? []);
  const size = activationSize(layers, cut);
  const bytes = format.bytes(activationBytes(PHOTOS_FOR_SIZE, size));
  return (
    <label className={styles['choice']}>
      <input type="radio" name="sensible-cut" checked={isChosen} onChange={onChoose} />
      <span>
        <span className={styles['name']}>{cutLayers.map(({ name }) => name).join(' + ')}</span>
        <span className={styles['hint']}>
          {note}
          {cutLayers.length === 1 ? ` · ${text.shape(cutLayers[0]?.outputShape ?? [])}` : null}
        </span>
        <span className={styles['hint']}>
          {t('cut.values', { values: format.number(size) })} · {t('cut.per1000', { size: bytes })}
        </span>
      </span>
    </label>
  );
}
