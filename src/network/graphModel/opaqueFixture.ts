import { loadGraphModel, type GraphModelFiles } from '../loadGraphModel.ts';
import type { OpaqueGraph } from '../opaqueGraph.ts';
import {
  graphInput,
  graphModelFixture,
  graphNode,
  sizes,
  weights,
  windowAttributes,
} from './graphFixture.ts';

/** A small graph with a sine and cumulative sums, which no layer stands for; a row and a softmax behind. */

export const OPAQUE_SIDE = 6;
/** Nodes of the graph without its constants: the picture, [side, side, 4], and the row of 4. */
export const SUMS = 2;
export const ROW = 3;

export function opaqueFixture(channels: number, batchSize = '-1'): GraphModelFiles {
  const files = graphModelFixture(
    [
      graphInput('in', OPAQUE_SIDE, OPAQUE_SIDE, channels),
      graphNode('Conv2D', 'conv', ['in', 'w'], windowAttributes(1, 'SAME')),
      graphNode('Sin', 'sine', ['conv', '^classifier/unused']),
      graphNode('Cumsum', 'sums', ['sine', 'axis']),
      graphNode('Mean', 'row', ['sums', 'axes']),
      graphNode('NoOp', 'classifier/unused', []),
      graphNode('Softmax', 'answer', ['row', '^classifier/unused']),
    ],
    [weights('w', [3, 3, channels, 4]), sizes('axis', [1], []), sizes('axes', [1, 2])],
  );
  return {
    ...files,
    modelJson: files.modelJson.replace('{"size":"-1"}', `{"size":"${batchSize}"}`),
  };
}

export function opaqueGraphOf(files: GraphModelFiles): OpaqueGraph {
  const opened = loadGraphModel(files);
  if ('network' in opened) throw new Error('The graph was mapped');
  return opened;
}
