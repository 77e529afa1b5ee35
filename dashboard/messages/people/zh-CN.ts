// People in Chinese.
import type { Text } from '../en.ts';
import type { peopleEn } from './en.ts';

export const peopleZhCN: Record<keyof typeof peopleEn, Text> = {
  'people.view.title': '访客',
};
