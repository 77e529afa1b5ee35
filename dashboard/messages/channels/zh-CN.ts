// Channels in Chinese.
import type { Text } from '../en.ts';
import type { channelsEn } from './en.ts';

export const channelsZhCN: Record<keyof typeof channelsEn, Text> = {
  'channels.view.title': '渠道',
};
