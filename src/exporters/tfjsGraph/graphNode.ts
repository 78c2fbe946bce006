/** A node as `model.json` of a TF.js graph model has it. */
export interface GraphModelNode {
  readonly name: string;
  readonly op: string;
  readonly input: readonly string[];
  readonly attr: Readonly<Record<string, unknown>>;
}

/** Texts are base64, whole numbers are texts: TensorFlow's protocol buffers as JSON. */
export const textAttribute = (text: string) => ({ s: btoa(text) });

export const textsAttribute = (texts: readonly string[]) => ({
  list: { s: texts.map((text) => btoa(text)) },
});

export const integersAttribute = (values: readonly number[]) => ({
  list: { i: values.map(String) },
});

export const typeAttribute = (type: 'DT_FLOAT' | 'DT_INT32') => ({ type });

/** Sizes as TensorFlow's graphs state them; -1 is any. */
export const shapeMessage = (sizes: readonly number[]) => ({
  dim: sizes.map((size) => ({ size: String(size) })),
});

/** One number for each of batch, height, width and channels. */
export const imageSizes = ([height, width]: readonly [number, number]) =>
  integersAttribute([1, height, width, 1]);
