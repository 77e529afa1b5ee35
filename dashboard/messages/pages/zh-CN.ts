// Pages in Chinese.
import type { Text } from '../en.ts';
import type { pagesEn } from './en.ts';

export const pagesZhCN: Record<keyof typeof pagesEn, Text> = {
  'pages.view.title': '页面',
};
