import { listZip, looksLikeZip } from '../zipReading.ts';

/** Files of models; a single one is never a project. */
const MODEL_NAME = /\.(?:json|h5|hdf5|keras|safetensors|bin|onnx|tflite|html?)$/iu;
/** What tells a zip of a model from a project, in any folder of it. */
const MODEL_PATH =
  /(?:^|\/)(?:model\.json|[^/]+\.(?:h5|hdf5|keras|safetensors|onnx|tflite|html?))$/iu;

/** Whether a single file is to be opened as a `.graft` file, also where it is too damaged to be one. */
export async function isGraftArchive(file: File): Promise<boolean> {
  if (MODEL_NAME.test(file.name)) return false;
  if (/\.graft$/iu.test(file.name) || !(await looksLikeZip(file))) return true;
  const paths = new Set<string>();
  try {
    for await (const { path } of listZip(file)) paths.add(path);
  } catch {
    // Its directory cannot be read; which of the two it was, nobody can tell.
  }
  // A project may have bases with it, which are models.
  const isModel = [...paths].some((path) => MODEL_PATH.test(path));
  return paths.has('project.json') || !isModel;
}
