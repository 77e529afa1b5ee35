// The tables of channels and of pages in Chinese.
import type { Text } from '../en.ts';
import type { tablesEn } from './en.ts';

export const tablesZhCN: Record<keyof typeof tablesEn, Text> = {
  'table.search': '搜索',
  'table.none': '没有名为“{text}”的行。',
  'table.none.clear': '显示全部',
  'table.columns': '列',
  'table.columns.usual': '恢复默认列',
  'table.beside': '比率下方显示',
  'table.beside.rest': '与其余对比',
  'table.beside.before': '与上期对比',
  'table.little': '数据不足',
  'table.above': '比其余高 {points} 个百分点（其余为 {rest}）',
  'table.below': '比其余低 {points} 个百分点（其余为 {rest}）',
  'table.sure': '超出偶然波动（校正后 p 为 {p}）',
  'table.rest.is': '“其余”指总体中不属于该行的部分。加粗的差异超出偶然波动。',
  'table.test': '差异如何检验',
  'table.test.is':
    '双比例 z 检验，并按行数以 Holm 方法校正：若实际毫无差异，20 张表中最多一张会因偶然出现加粗。数据不足：任意一侧的期望转化数（下单、咨询、支付）或期望未转化数少于 5。同一人的多次访问并非相互独立，因此按访问统计时差异会显得略为确定。',
  'table.before.is': '各项数字与对比周期相比；比率变化超出偶然波动时才着色。',
  'table.best.visitor': '{name} 转化最好：{rate} 的访客下单，其余为 {rest}。',
  'table.best.visit': '{name} 转化最好：{rate} 的访问产生下单，其余为 {rest}。',
  'table.best.none': '没有哪一行的下单转化率高于其余且超出偶然波动。',
};
