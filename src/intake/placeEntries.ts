import type { SplitAssignment } from '../domain/project.ts';
import { shownName } from '../domain/shownName.ts';
import type { ExpandedEntry, IntakeEntry, IntakeItem, PlacedEntry } from './entry.ts';
import { teachableMachineClass } from './teachableMachine.ts';

const SPLIT_OF_FOLDER: ReadonlyMap<string, SplitAssignment> = new Map([
  ['train', 'train'],
  ['training', 'train'],
  ['val', 'validation'],
  ['valid', 'validation'],
  ['validation', 'validation'],
  ['dev', 'validation'],
  ['test', 'test'],
  ['testing', 'test'],
]);

/**
 * Finds the class, split and source of each entry.
 *
 * The class is the folder that the file lies in, however deep. A folder called train, val, test and the like,
 * above or below the class folder, is a split. One that stands beside class folders is a class itself:
 * `vehicles/train/1.jpg` with `vehicles/car/1.jpg`. Since only the whole listing tells, files directly in
 * such a folder come last; all others come in their order. `isClassGiven`: class folders mean nothing.
 */
export async function* placeEntries(
  expanded: AsyncIterable<ExpandedEntry>,
  isClassGiven: boolean,
): AsyncGenerator<IntakeItem> {
  const waiting: { readonly entry: IntakeEntry; readonly folders: readonly string[] }[] = [];
  /** Folders that class folders lie in. */
  const classParents = new Set<string>();
  for await (const item of expanded) {
    if (item.kind === 'problem') {
      yield item;
      continue;
    }
    const { entry } = item;
    const folders = foldersOf(entry.path);
    if (isClassGiven) {
      yield photo({ ...place(entry, folders, false), className: null });
    } else if (isSplit(folders.at(-1))) {
      waiting.push({ entry, folders });
    } else {
      if (folders.length > 0) classParents.add(parentOf(folders));
      yield photo(place(entry, folders, false));
    }
  }
  for (const { entry, folders } of waiting) {
    yield photo(place(entry, folders, classParents.has(parentOf(folders))));
  }
}

function place(
  entry: IntakeEntry,
  folders: readonly string[],
  isLastFolderClass: boolean,
): PlacedEntry {
  const levels = isLastFolderClass ? folders.slice(0, -1) : folders;
  const splitFolder = levels.findLast(isSplit);
  const classFolder = isLastFolderClass ? folders.at(-1) : folders.findLast((f) => !isSplit(f));
  const ofTeachableMachine = teachableMachineClass(entry.path);
  const className = shownName(ofTeachableMachine ?? classFolder ?? '');
  return {
    entry,
    className: className === '' ? null : className,
    split: SPLIT_OF_FOLDER.get(splitFolder?.toLowerCase() ?? '') ?? 'auto',
    source: ofTeachableMachine === null ? 'file' : 'teachable-machine',
  };
}

/** Names of the folders, outermost first, without drive letters and steps that lead nowhere. */
function foldersOf(path: string): string[] {
  const folders = path.split('/').slice(0, -1);
  return folders.filter((name) => !['', '.', '..'].includes(name) && !/^[a-z]:$/iu.test(name));
}

function parentOf(folders: readonly string[]): string {
  return folders.slice(0, -1).join('/');
}

function isSplit(folder: string | undefined): boolean {
  return SPLIT_OF_FOLDER.has(folder?.toLowerCase() ?? '');
}

function photo(placed: PlacedEntry): IntakeItem {
  return { kind: 'photo', placed };
}
