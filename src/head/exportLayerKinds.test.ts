import { beforeAll, describe, expect, it } from 'vitest';
import type { GraftError } from '../domain/errors.ts';
import { useTestBackend } from '../engine/backendFixture.ts';
import { relativeDistance } from '../engine/goldenFixture.ts';
import { figureInput, loadFigure, readFigures } from '../engine/kerasFiguresFixture.ts';
import { predictWithLayers } from '../engine/layersModelFixture.ts';
import { fileBytes, fileText } from '../exporters/exportFixture.ts';
import { tfjsLayersFiles } from '../exporters/tfjsLayers.ts';
import type { Network } from '../network/network.ts';

const FIGURES = [...readFigures('keras2'), ...readFigures('keras3')];

/** What TF.js layers have no words for. */
const UNSAYABLE = ['upsampling, bilinear', 'depthwise convolution, strided and dilated'];

function exported(network: Network) {
  const files = tfjsLayersFiles(network);
  const { buffer } = fileBytes(files, 'weights.bin');
  return { modelJson: fileText(files, 'model.json'), weights: buffer };
}

beforeAll(() => useTestBackend('cpu'));

describe('an export to TF.js layers', () => {
  it.each(FIGURES.filter(({ name }) => !UNSAYABLE.includes(name)))(
    'answers like Keras: $name',
    async (figure) => {
      const files = exported(loadFigure(figure));
      const shape = [2, ...figure.inputShape];
      const output = await predictWithLayers(files, figureInput(figure), shape);
      expect(output).toHaveLength(figure.output.length);
      expect(relativeDistance(output, figure.output)).toBeLessThan(2e-5);
    },
  );

  it.each(FIGURES.filter(({ name }) => UNSAYABLE.includes(name)))(
    'is refused where TF.js layers have no words: $name',
    (figure) => {
      expect(() => exported(loadFigure(figure))).toThrow(
        expect.objectContaining({ code: 'unsupported-layer' } satisfies Partial<GraftError>),
      );
    },
  );
});
