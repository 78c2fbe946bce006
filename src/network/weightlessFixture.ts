import type { Architecture } from './architectures/architecture.ts';
import type { LayerKind, Network, TensorRole, WeightTensor } from './network.ts';

type Shapes = Readonly<Partial<Record<TensorRole, readonly number[]>>>;

/** A tensor of which only the shape may be looked at. */
function shapeOnly(shape: readonly number[]): WeightTensor {
  return {
    shape,
    get values(): Float32Array {
      throw new Error('A weight was read');
    },
  };
}

/** A chain of layers with tensors of these shapes. */
export function weightless(
  layers: readonly (readonly [name: string, settings: LayerKind, shapes: Shapes])[],
): Network {
  return {
    layers: layers.map(([name, settings, shapes], position) => ({
      ...settings,
      name,
      inputs: position === 0 ? [] : [position - 1],
      tensors: Object.fromEntries(
        Object.entries(shapes).map(([role, shape]) => [role, shapeOnly(shape)]),
      ),
    })),
  };
}

/** A published graph at its true size, without the hundreds of megabytes of weights. */
export function networkWithoutWeights({ layers }: Architecture): Network {
  return {
    layers: layers.map(({ name, inputs, settings, variables }) => ({
      ...settings,
      name,
      inputs,
      tensors: Object.fromEntries(
        variables.flatMap(({ role, shape }) =>
          role === null ? [] : [[role, shapeOnly(shape.map((size) => size ?? NaN))]],
        ),
      ),
    })),
  };
}
