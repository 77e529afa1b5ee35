// Pages in Chinese.
import type { Text } from '../en.ts';
import type { pagesEn } from './en.ts';

export const pagesZhCN: Record<keyof typeof pagesEn, Text> = {
  'pages.tab': '页面',
  'pages.tab.entry': '入口页',
  'pages.tab.seen': '关注页',
  'pages.tab.exit': '离开页',
  'pages.column.page': '页面',
  'pages.entry.visitor.is': '按访客首次访问的入口页统计。',
  'pages.entry.visit.is': '按每次访问的入口页统计。',
  'pages.exit.visitor.is': '按访客首次访问的离开页统计。如需查看每次访问在哪里结束，请改为统计访问。',
  'pages.exit.visit.is': '按每次访问的离开页统计。',
  'pages.seen.visitor.is':
    '按浏览过该页的访客数排列。在本周期内首次浏览之后咨询、下单或支付的，计入该页；同一访客会计入多个页面，各行不可相加。',
  'pages.seen.visit.is':
    '按浏览过该页的访问数排列。在同一次访问中首次浏览之后咨询、下单或支付的，计入该页；同一次访问会计入多个页面，各行不可相加。',
  'pages.seen.first': '浏览最多的 {n} 个页面。',
  'pages.entry.head': '最多从 {page} 进入：{all} 中的 {count}。',
  'pages.seen.head': '浏览最多的是 {page}：{all} 中的 {count}。',
  'pages.exit.head': '最多从 {page} 离开：{all} 中的 {count}。',
  'pages.none': '没有页面数据',
  'pages.none.hint': '这里显示访问从哪里开始、在哪里结束，以及看过某页的人之后做了什么。',
  'pages.seen.visitors.visitor': '浏览访客',
  'pages.seen.visitors.visit': '访问数',
  'pages.seen.views': '浏览量',
  'pages.seen.exits': '在此离开',
  'pages.seen.exit_rate': '离开率',
  'pages.seen.exit_rate.is': '在该页结束的访问 ÷ 该页浏览量',
  'pages.seen.consult_rate': '之后咨询',
  'pages.seen.visit_to_order_rate': '之后下单',
  'pages.seen.deal_conversion': '之后支付',
  'pages.all': '全部页面',
};
