// Settings in Chinese.
import type { Text } from '../en.ts';
import type { settingsEn } from './en.ts';

export const settingsZhCN: Record<keyof typeof settingsEn, Text> = {
  'settings.view.title': '设置',
};
