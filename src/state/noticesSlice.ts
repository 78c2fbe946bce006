import { toGraftError } from '../domain/errors.ts';
import type { Notice, NoticesSlice } from './appState.ts';
import type { Failure } from './failure.ts';
import type { SetState, SliceContext } from './store.ts';

/** Older notices make room: nobody reads a tower of them, and undo reaches this far back. */
const MAX_NOTICES = 20;

let lastNoticeId = 0;

/** Shows a message, with a way to take the change back if `undo` is given. */
export function notify(
  set: SetState,
  message: Notice['message'],
  undo: Notice['undo'] = null,
): void {
  const notice: Notice = { id: ++lastNoticeId, message, undo };
  set((state) => ({ notices: [...state.notices, notice].slice(-MAX_NOTICES) }));
}

export function toFailure(thrown: unknown): Failure {
  const { code, details, message } = toGraftError(thrown);
  return { code, details, message };
}

/** Shows what went wrong, unless the user cancelled. */
export function notifyFailure(set: SetState, thrown: unknown): void {
  const failure = toFailure(thrown);
  if (failure.code !== 'cancelled') notify(set, { kind: 'failed', failure });
}

export function createNoticesSlice({ set, get }: SliceContext): NoticesSlice {
  const dismissNotice = (id: number) => {
    set((state) => ({ notices: state.notices.filter((notice) => notice.id !== id) }));
  };
  return {
    notices: [],
    dismissNotice,
    undoLast: async () => {
      const notice = get().notices.findLast(({ undo }) => undo !== null);
      if (notice?.undo == null) return;
      // First, so that a second press takes back the change before.
      dismissNotice(notice.id);
      await notice.undo();
    },
  };
}
