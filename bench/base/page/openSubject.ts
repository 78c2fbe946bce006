import { bodyOf, isOpaque } from '../../../src/engine/baseBody.ts';
import { openFiles } from '../../../src/engine/openFiles.ts';
import { vgg } from '../../../src/network/architectures/vgg.ts';
import { attachTensors } from '../../../src/network/attachTensors.ts';
import { pooledNetwork } from '../../../src/network/compose.ts';
import type { Network } from '../../../src/network/network.ts';
import type { Subject } from '../subjects.ts';

/** The subject up to its cut, averaged over the picture. */
export async function openSubject({ files, cutLayer, name }: Subject): Promise<Network> {
  const network = files === null ? madeUpVgg16() : await fetchNetwork(files);
  const position = network.layers.findIndex((layer) => layer.name === cutLayer);
  if (position < 0) throw new Error(`${name} has no layer ${cutLayer}`);
  return pooledNetwork(network, { positions: [position], pooling: 'global-average' });
}

async function fetchNetwork(files: readonly string[]): Promise<Network> {
  const blobs = files.map(async (address) => ({
    name: address.split('/').at(-1) ?? '',
    blob: await (await fetchFile(address)).blob(),
  }));
  const body = bodyOf(await openFiles(await Promise.all(blobs)));
  if (isOpaque(body))
    throw new Error('A graph that runs as it is has no other engine to compare with');
  return body;
}

export async function fetchFile(address: string): Promise<Response> {
  const response = await fetch(address);
  if (!response.ok) throw new Error(`${address}: ${response.status}`);
  return response;
}

/** Without the fully connected layers; weights that keep activations of ordinary size. */
function madeUpVgg16(): Network {
  const { layers } = vgg({ origin: 'keras', depth: 16, numClasses: null, hasBatchNorm: false });
  return attachTensors(layers, (_, variable) => {
    const shape = variable.shape.map((size) => size ?? 0);
    const numInputs = shape.slice(0, -1).reduce((product, size) => product * size, 1);
    const scale = Math.sqrt(6 / numInputs);
    const values = new Float32Array(shape.reduce((product, size) => product * size, 1));
    for (let i = 0; i < values.length; i++) values[i] = scale * (((i * 7919) % 997) / 498 - 1);
    return { shape, values };
  });
}
