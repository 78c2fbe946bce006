import { useTranslation } from 'react-i18next';
import type { Notice, NoticeKey } from '../../state/appState.ts';
import { useFormat } from '../../ui/format.ts';
import { useMessages } from '../../ui/messages.ts';

const NOTICE_KEYS = {
  'project-deleted': 'done.project-deleted',
  'class-deleted': 'done.class-deleted',
  'photos-deleted': 'done.photos-deleted',
  'photos-moved': 'done.photos-moved',
  'photos-added': 'done.photos-added',
  'project-opened': 'done.project-opened',
  'model-opened': 'done.model-opened',
  'moved-to-processor': 'done.moved-to-processor',
} as const satisfies Record<NoticeKey, string>;

/** A notice in words. */
export function useNoticeText(): (notice: Notice) => string {
  const { t } = useTranslation('messages');
  const format = useFormat();
  const messages = useMessages();
  return ({ message }) => {
    if (message.kind === 'failed') return messages.failure(message.failure);
    const { key, name, count } = message;
    return t(NOTICE_KEYS[key], { name, count, formatted: format.number(count) });
  };
}
