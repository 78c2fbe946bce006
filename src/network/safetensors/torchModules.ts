import { GraftError } from '../../domain/errors.ts';
import type { Architecture } from '../architectures/architecture.ts';
import { recogniseArchitecture } from '../architectures/recogniseArchitecture.ts';
import { vgg, VGG_DEPTHS } from '../architectures/vgg.ts';
import type { TensorRole } from '../network.ts';
import type { SafetensorsHeader } from './header.ts';

/** A graph that PyTorch's weights belong to. */
export interface TorchNetwork {
  readonly architecture: Architecture;
  /** The module that holds the weights of each layer, by the layer's name. */
  readonly moduleOf: ReadonlyMap<string, string>;
}

/**
 * Recognises VGG (with and without batch norms) and MobileNetV2 by the names that torchvision and timm
 * give their tensors. Errors: base-invalid {file}.
 */
export function recogniseTorchNetwork(header: SafetensorsHeader): TorchNetwork {
  const { tensors, fileName } = header;
  const found = tensors.has('features.0.weight')
    ? recogniseVgg(header)
    : recogniseMobileNetV2(header);
  if (found !== null) return found;
  const message = `${fileName} holds no network that is known by its tensors: ${firstNames(header)}`;
  throw new GraftError('base-invalid', message, { file: fileName });
}

function firstNames({ tensors }: SafetensorsHeader): string {
  return `${[...tensors.keys()].slice(0, 3).join(', ')}, …`;
}

const VGG_HEADS = [
  ['classifier.0', 'classifier.3', 'classifier.6'],
  ['pre_logits.fc1', 'pre_logits.fc2', 'head.fc'],
];

/** What PyTorch calls the tensors of a layer. */
export const TORCH_NAMES: Readonly<Record<TensorRole, string>> = {
  kernel: 'weight',
  bias: 'bias',
  gamma: 'weight',
  beta: 'bias',
  mean: 'running_mean',
  variance: 'running_var',
  alpha: 'weight',
};

function recogniseVgg({ tensors }: SafetensorsHeader): TorchNetwork | null {
  const features = [...tensors.keys()]
    .flatMap((name) => /^features\.(\d+)\.weight$/.exec(name)?.[1] ?? [])
    .sort((a, b) => Number(a) - Number(b))
    .map((index) => `features.${index}`);
  const isConvolution = (module: string) => tensors.get(`${module}.weight`)?.shape.length === 4;
  const numConvolutions = features.filter(isConvolution).length;
  const depth = VGG_DEPTHS.find((layers) => layers === numConvolutions + 3);
  if (depth === undefined) return null;
  const head = VGG_HEADS.find((modules) => isThere({ tensors }, modules)) ?? [];
  const numClasses = tensors.get(`${head.at(-1) ?? ''}.weight`)?.shape[0] ?? null;
  const hasBatchNorm = features.length > numConvolutions;
  const architecture = vgg({ origin: 'torch', depth, numClasses, hasBatchNorm });
  return torchNetwork(architecture, [...features, ...head]);
}

function recogniseMobileNetV2(header: SafetensorsHeader): TorchNetwork | null {
  const { tensors } = header;
  const features = [torchvisionModules(), timmModules()].find((modules) =>
    isThere(header, modules),
  );
  if (features === undefined) return null;
  const head = ['classifier.1', 'classifier'].filter((module) => isThere(header, [module]));
  const modules = [...features, ...head];
  const kernels = modules.flatMap((module) => {
    const [out = 0, inputs = 0, height, width] = tensors.get(`${module}.weight`)?.shape ?? [];
    if (inputs === 0) return [];
    if (height === undefined || width === undefined) return [[inputs, out]];
    // A depthwise kernel is [channels, 1, height, width]; the first convolution has three inputs.
    return [inputs === 1 ? [height, width, out, 1] : [height, width, inputs, out]];
  });
  const architecture = recogniseArchitecture('torch', kernels);
  return architecture === null ? null : torchNetwork(architecture, modules);
}

/** Puts the modules to the layers with weights, both in the order of the graph. */
function torchNetwork(architecture: Architecture, modules: readonly string[]): TorchNetwork {
  const weighted = architecture.layers.filter(({ variables }) => variables.length > 0);
  return {
    architecture,
    moduleOf: new Map(weighted.map(({ name }, i) => [name, modules[i] ?? ''])),
  };
}

function isThere(
  { tensors }: Pick<SafetensorsHeader, 'tensors'>,
  modules: readonly string[],
): boolean {
  return modules.every((module) => tensors.has(`${module}.weight`));
}

/** Blocks per stage of MobileNetV2; the first does not expand. */
const STAGES = [1, 2, 3, 4, 3, 3, 1];

function torchvisionModules(): string[] {
  const numBlocks = STAGES.reduce((sum, count) => sum + count, 0);
  const blocks = Array.from({ length: numBlocks }, (_, i) => `features.${i + 1}.conv`);
  return [
    ...['features.0.0', 'features.0.1'],
    ...blocks.flatMap((block, i) =>
      (i === 0 ? ['0.0', '0.1', '1', '2'] : ['0.0', '0.1', '1.0', '1.1', '2', '3']).map(
        (part) => `${block}.${part}`,
      ),
    ),
    ...[`features.${numBlocks + 1}.0`, `features.${numBlocks + 1}.1`],
  ];
}

function timmModules(): string[] {
  const blocks = STAGES.flatMap((count, stage) =>
    Array.from({ length: count }, (_, i) => `blocks.${stage}.${i}`),
  );
  return [
    ...['conv_stem', 'bn1'],
    ...blocks.flatMap((block, i) =>
      (i === 0
        ? ['conv_dw', 'bn1', 'conv_pw', 'bn2']
        : ['conv_pw', 'bn1', 'conv_dw', 'bn2', 'conv_pwl', 'bn3']
      ).map((part) => `${block}.${part}`),
    ),
    ...['conv_head', 'bn2'],
  ];
}
