// The same in simplified Chinese. A missing key does not compile.
import type { Text } from '../en.ts';
import type { keepingEn } from './en.ts';

export const keepingZhCN: Record<keyof typeof keepingEn, Text> = {};
