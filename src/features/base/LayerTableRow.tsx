import { memo } from 'react';
import { useTranslation } from 'react-i18next';
import { useFormat } from '../../ui/format.ts';
import styles from './LayerTable.module.css';
import type { LayerRow } from './layerRows.ts';
import { useLayerText } from './useLayerText.ts';

interface LayerTableRowProps {
  readonly row: LayerRow;
  /** From 1, with the heading. */
  readonly rowIndex: number;
  /** Pixels. */
  readonly top: number;
  readonly isCut: boolean;
  readonly isSensible: boolean;
  readonly isTogether: boolean;
  /** `false` for a layer that cannot be taken together with the chosen ones. */
  readonly canBeChosen: boolean;
  readonly onChoose: (position: number) => void;
}

export const LayerTableRow = memo(function LayerTableRow(props: LayerTableRowProps) {
  const { row, isCut, isTogether, onChoose } = props;
  const { t } = useTranslation('base');
  const format = useFormat();
  const text = useLayerText();
  const { position, name } = row;
  return (
    <div
      role="row"
      aria-rowindex={props.rowIndex}
      className={styles['row']}
      data-use={row.use}
      data-cut={isCut}
      style={{ transform: `translateY(${String(props.top)}px)` }}
    >
      <span role="cell" data-column="cut">
        {position === null ? null : (
          <input
            type={isTogether ? 'checkbox' : 'radio'}
            name="cut-layer"
            data-position={position}
            checked={isCut}
            disabled={!props.canBeChosen}
            aria-label={t(isTogether ? 'table.take' : 'table.cutAt', { name })}
            onChange={() => {
              onChoose(position);
            }}
          />
        )}
      </span>
      <span role="rowheader" data-column="layer" title={name}>
        {name}
        {props.isSensible ? (
          <span className={styles['sensible']}>{t('table.sensible')}</span>
        ) : null}
      </span>
      <span role="cell" data-column="kind">
        {text.kind(row)}
      </span>
      <span role="cell" data-column="shape">
        {text.shape(row.outputShape)}
      </span>
      <span role="cell" data-column="parameters">
        {format.number(row.numParameters)}
      </span>
      <span role="cell" data-column="use">
        {t(`table.${row.use}`)}
      </span>
    </div>
  );
});
