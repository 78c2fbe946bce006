import { inferShapes } from '../../network/inferShapes.ts';
import type { Network } from '../../network/network.ts';
import type { ExportedFile } from '../exportedFile.ts';
import { addNetwork } from './addNetwork.ts';
import { constantNode, graphModelFiles, inputNode } from './graphModelFiles.ts';
import { TfjsGraphWriter } from './graphWriter.ts';

/**
 * `model.json` and `weights.bin` of the folded network as a TF.js graph model, of operations that TF.js
 * itself has. It takes [batch, …inputShape]. Errors: base-invalid.
 */
export function layersGraphFiles(network: Network, inputShape: readonly number[]): ExportedFile[] {
  inferShapes(network, inputShape);
  const graph = new TfjsGraphWriter();
  const input = { name: 'image', shape: inputShape, batchSize: -1 };
  const last = addNetwork(graph, network, input);
  const output = { ...last, name: 'probabilities' };
  graph.addNamed(output.name, 'Identity', [last.name]);
  const { nodes, constants } = graph.content;
  const all = [inputNode(input), ...constants.map(constantNode), ...nodes];
  return graphModelFiles({ nodes: all, constants, input, output });
}
