/** A string that only fits where its kind is expected, so that ids of different things cannot be mixed up. */
export type Id<Kind extends string> = string & { readonly __kind: Kind };

export type ProjectId = Id<'project'>;
export type ClassLabelId = Id<'class-label'>;
export type SampleId = Id<'sample'>;
export type RunId = Id<'run'>;
export type HeadId = Id<'head'>;
/** Name of a base in the catalogue, such as `starter`. */
export type BaseId = Id<'base'>;
/** SHA-256 as 64 lower-case hexadecimal digits. */
export type Sha256 = Id<'sha256'>;
/** Identifies everything that shapes an activation except the photo; see `activationSpaceId`. */
export type ActivationSpaceId = Id<'activation-space'>;

/** A fresh random id (UUID version 4). */
export function newId<T extends Id<string>>(): T {
  return crypto.randomUUID() as string as T;
}
