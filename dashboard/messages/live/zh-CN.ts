// The texts of the view Live in simplified Chinese. A missing key does not compile.
import type { Text } from '../en.ts';
import type { liveEn } from './en.ts';

export const liveZhCN: Record<keyof typeof liveEn, Text> = {
  'live.headline': { one: '现在有 {count} 位访客在店。', other: '现在有 {count} 位访客在店。' },
  'live.badge': '实时',
  'live.paused': '已暂停',
  'live.period': '“现在”指最近 5 分钟，其余均为最近 30 分钟。',
  'live.incomplete': '今天的访问过多，未能全部查看，数字偏小。',
  'live.pause': '暂停',
  'live.said': '新增：咨询 {inquiries}，下单 {orders}，支付 {payments}。',
  'live.figure.visitors': '访客',
  'live.figure.inquiries': '咨询',
  'live.figure.carts': '未下单的购物车',
  'live.figure.orders': '下单',
  'live.figure.payments': '支付',
  'live.minutes': '逐分钟',
  'live.minutes.hint': '最近 30 分钟每分钟的访客数；圆点表示该分钟有下单。',
  'live.minutes.desc':
    '最近 30 分钟每分钟访客数的柱形图，最多 {most} 位，共下单 {orders} 笔。下方表格列出数字。',
  'live.minutes.minute': '时间',
  'live.pages.views': '浏览页数',
  'live.stream': '正在发生',
  'live.held': '焦点在列表中时，列表保持不动。',
  'live.where': '所在页面与来路',
  'live.where.page': '页面',
  'live.where.now': '现在',
  'live.where.half': '30 分钟',
  'live.none': '最近 30 分钟没有访客。',
  'live.none.hint': '请在另一个窗口打开店铺，几秒内您就会出现在这里。若没有，接入页面会说明原因。',
  'live.none.open': '打开店铺',
};
