import { describe, expect, it } from 'vitest';
import { classifierNetwork, cutNetwork } from './compose.ts';
import { graphHash } from './graphHash.ts';
import {
  fixtureInput,
  fixtureLayer,
  fixtureModel,
  fixtureTensor,
  type FixtureLayer,
} from './kerasModelFixture.ts';
import { loadTfjsLayers } from './loadTfjsLayers.ts';
import { openNetwork } from './openNetwork.ts';
import { splitClassifier } from './splitClassifier.ts';
import { teachableMachineExport } from './teachableMachineFixture.ts';

/** An average of pixels, then these layers, each behind the one before. */
function modelOf(...layers: FixtureLayer[]) {
  const before = [
    fixtureInput('in', 8, 8, 3),
    fixtureLayer('GlobalAveragePooling2D', 'rows', {}, 'in'),
  ];
  const all = [...before, ...layers];
  const chained = all.map((layer, i) => ({
    ...layer,
    inbound_nodes: i === 0 ? [] : [[[all[i - 1]?.name, 0, 0, {}]]],
  }));
  const tensors = ['a', 'b', 'answer'].flatMap((name) => [
    fixtureTensor(`${name}/kernel`, 3, 3),
    fixtureTensor(`${name}/bias`, 3),
  ]);
  return loadTfjsLayers(fixtureModel(chained, tensors));
}

const dense = (name: string, activation: string) =>
  fixtureLayer('Dense', name, { units: 3, activation });

describe('a classifier', () => {
  it('of Teachable Machine is taken apart at either of its dense layers', async () => {
    const opened = await openNetwork(teachableMachineExport());
    const whole = 'network' in opened ? opened.classifier?.whole : undefined;
    const splits = splitClassifier(whole ?? { layers: [] });
    expect(splits.map(({ head }) => head.hidden?.length ?? 0)).toEqual([0, 1]);
    const [small, large] = splits;
    expect(small?.rows.layers.at(-1)).toMatchObject({ kind: 'dense', activation: 'relu' });
    expect(large?.rows.layers.at(-1)).toMatchObject({ kind: 'global-average-pooling2d' });
    expect(large?.head.hidden?.[0]).toMatchObject({ activation: 'relu' });
    expect(large?.head.hidden?.[0]?.kernel).toHaveLength(4 * 6);
    // Its last layer has no bias.
    expect(large?.head.bias).toEqual(new Float32Array(2));
  });

  it('is the same network put together again', async () => {
    const whole = modelOf(dense('a', 'tanh'), dense('answer', 'softmax'));
    for (const { rows, head } of splitClassifier(whole)) {
      const cut = { positions: [rows.layers.length - 1], pooling: 'none' } as const;
      const again = classifierNetwork({ network: rows, cut, head });
      expect(await graphHash(again)).toBe(await graphHash(whole));
    }
  });

  it('may have its activations as layers, and dropouts between', () => {
    const whole = modelOf(
      fixtureLayer('Dropout', 'd1', { rate: 0.5 }),
      dense('a', 'linear'),
      fixtureLayer('Activation', 'elu', { activation: 'elu' }),
      fixtureLayer('Dropout', 'd2', { rate: 0.5 }),
      dense('answer', 'linear'),
      fixtureLayer('Softmax', 'softmax'),
    );
    const [, last] = splitClassifier(whole);
    expect(last?.head.hidden?.map(({ activation }) => activation)).toEqual(['elu']);
    expect(last?.rows).toEqual(cutNetwork(whole, 1));
  });

  it('keeps what a head cannot have in its rows', () => {
    const whole = modelOf(dense('a', 'selu'), dense('b', 'relu'), dense('answer', 'softmax'));
    const splits = splitClassifier(whole);
    expect(splits.map(({ rows }) => rows.layers.at(-1)?.name)).toEqual(['b', 'a']);
  });

  it.each([
    ['a sigmoid', dense('answer', 'sigmoid')],
    ['logits', dense('answer', 'linear')],
    ['a softmax of nothing', fixtureLayer('Softmax', 'softmax')],
  ])('that ends in %s has no head', (_, last) => {
    expect(splitClassifier(modelOf(last))).toEqual([]);
  });
});
