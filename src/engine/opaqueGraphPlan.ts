import type * as converter from '@tensorflow/tfjs-converter';
import * as tf from '@tensorflow/tfjs-core';
import { GraftError } from '../domain/errors.ts';
import type { Network } from '../network/network.ts';
import type { OpaqueGraph } from '../network/opaqueGraph.ts';
import { createPlan, type Plan } from './plan.ts';

type GraphModel = ReturnType<typeof converter.loadGraphModelSync>;

export interface OpaquePlanParts {
  readonly graph: OpaqueGraph;
  /** The node whose output is taken. */
  readonly nodeName: string;
  /** [height, width, channels] */
  readonly inputShape: readonly number[];
  /** What follows, such as a pooling and a head, as a network behind the one that it is given. */
  readonly tail: (output: Network) => Network;
}

/**
 * A plan of a graph that runs as it is, by TF.js' own converter, up to a node; what follows is a plan as
 * any other, so that pooling and heads are the same for every base. The output of the node is read back
 * in between, the price of keeping the two apart. The converter is loaded at the first call.
 * Errors: base-invalid where the graph cannot run, or gives no output a photo at that node.
 */
export async function createOpaquePlan(parts: OpaquePlanParts): Promise<Plan> {
  const { graph, nodeName, inputShape, tail } = parts;
  const model = await loadGraph(graph);
  const runNode = (batch: Float32Array, numPhotos: number) =>
    readNode(model, nodeName, batch, [numPhotos, ...inputShape]);
  const inputSize = inputShape.reduce((product, size) => product * size, 1);
  try {
    const { shape } = await runNode(new Float32Array(inputSize), 1);
    const [numRows, ...nodeShape] = shape;
    if (numRows !== 1) refuse(nodeName, 'does not give one output a photo');
    const tailPlan = createPlan(tail(outputOf(nodeName, nodeShape)), nodeShape);
    const runTail = async (batch: Float32Array, numPhotos: number) =>
      tailPlan.run((await runNode(batch, numPhotos)).values, numPhotos);
    // Graphs for phones often fix the batch.
    const takesOneByOne = model.inputs[0]?.shape?.[0] === 1;
    return {
      inputSize,
      outputSize: tailPlan.outputSize,
      run: async (batch, numPhotos) => {
        if (!takesOneByOne) return runTail(batch, numPhotos);
        const outputs = new Float32Array(numPhotos * tailPlan.outputSize);
        for (let photo = 0; photo < numPhotos; photo++) {
          const input = batch.subarray(photo * inputSize, (photo + 1) * inputSize);
          outputs.set(await runTail(input, 1), photo * tailPlan.outputSize);
        }
        return outputs;
      },
      dispose: () => {
        model.dispose();
        tailPlan.dispose();
      },
    };
  } catch (thrown) {
    model.dispose();
    throw thrown;
  }
}

/** The graph in TF.js' own runner; the caller disposes it. Errors: base-invalid. */
export async function loadGraph({ modelJson, weights }: OpaqueGraph): Promise<GraphModel> {
  const { loadGraphModelSync } = await import('@tensorflow/tfjs-converter');
  const bytes = weights.read(0, weights.size);
  try {
    // The converter wants a buffer of its own, and a file's bytes may be part of a larger one.
    const buffer =
      bytes.byteLength === bytes.buffer.byteLength ? bytes.buffer : bytes.slice().buffer;
    return loadGraphModelSync([JSON.parse(modelJson) as tf.io.ModelJSON, buffer]);
  } catch (thrown) {
    throw new GraftError('base-invalid', `The graph cannot be loaded: ${String(thrown)}`);
  }
}

async function readNode(
  model: GraphModel,
  nodeName: string,
  batch: Float32Array,
  batchShape: readonly number[],
): Promise<{ values: Float32Array; shape: readonly number[] }> {
  const input = tf.tensor(batch, [...batchShape], 'float32');
  try {
    const outputs = await model.executeAsync(input, nodeName);
    const output = Array.isArray(outputs) ? outputs[0] : outputs;
    if (output === undefined) return refuse(nodeName, 'gives nothing');
    try {
      return { values: Float32Array.from(await output.data()), shape: output.shape };
    } finally {
      tf.dispose(outputs);
    }
  } catch (thrown) {
    if (thrown instanceof GraftError) throw thrown;
    return refuse(nodeName, `cannot be computed: ${String(thrown)}`);
  } finally {
    input.dispose();
  }
}

function outputOf(nodeName: string, shape: readonly number[]): Network {
  return { layers: [{ kind: 'input', shape, name: nodeName, inputs: [], tensors: {} }] };
}

function refuse(node: string, problem: string): never {
  throw new GraftError('base-invalid', `The node ${node} ${problem}`, { layer: node });
}
