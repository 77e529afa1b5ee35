// Funnels in Chinese.
import type { Text } from '../en.ts';
import type { funnelsEn } from './en.ts';

export const funnelsZhCN: Record<keyof typeof funnelsEn, Text> = {
  'funnels.view.title': '漏斗',
};
