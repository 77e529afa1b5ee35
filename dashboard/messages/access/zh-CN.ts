// The same in simplified Chinese. A missing key does not compile.
import type { Text } from '../en.ts';
import type { accessEn } from './en.ts';

export const accessZhCN: Record<keyof typeof accessEn, Text> = {};
