// Live in Chinese.
import type { Text } from '../en.ts';
import type { liveEn } from './en.ts';

export const liveZhCN: Record<keyof typeof liveEn, Text> = {
  'live.view.title': '实时',
};
