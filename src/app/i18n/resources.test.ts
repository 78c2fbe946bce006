import { describe, expect, test } from 'vitest';
import { zhCN } from './chineseTexts.ts';
import { pickLanguage } from './i18n.ts';
import { en } from './resources.ts';

type Texts = Map<string, string>;

function flatten(value: unknown, path = '', into: Texts = new Map()): Texts {
  if (typeof value === 'string') into.set(path, value);
  else
    for (const [key, child] of Object.entries(value as Record<string, unknown>))
      flatten(child, path === '' ? key : `${path}.${key}`, into);
  return into;
}

/** Chinese has one plural form, so `_one` and `_other` count as one key. */
const stem = (key: string) => key.replace(/_(one|other)$/, '');
const placeholders = (text: string) => [...text.matchAll(/\{\{(\w+)\}\}/g)].map((m) => m[1]).sort();

const english = flatten(en);
const chinese = flatten(zhCN);

describe('languages', () => {
  test('have the same keys', () => {
    const keys = (texts: Texts) => [...new Set([...texts.keys()].map(stem))].sort();
    expect(keys(chinese)).toEqual(keys(english));
  });

  test('have the same placeholders in every text', () => {
    for (const [key, text] of chinese) {
      const original = english.get(key) ?? english.get(stem(key));
      expect(original, key).toBeDefined();
      expect(placeholders(text), key).toEqual(placeholders(original ?? ''));
    }
  });

  test('say something under every key', () => {
    for (const [key, text] of [...english, ...chinese]) expect(text.trim(), key).not.toBe('');
  });

  test('are picked by the first wish that is spoken', () => {
    expect(pickLanguage(['fr-FR', 'zh-TW', 'en'])).toBe('zh-CN');
    expect(pickLanguage(['en-GB'])).toBe('en');
    expect(pickLanguage([])).toBe('en');
  });
});
