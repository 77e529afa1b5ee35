// The same words in simplified Chinese. A missing key does not compile.
import type { Text } from '../en.ts';
import type { wordsEn } from './en.ts';

export const wordsZhCN: Record<keyof typeof wordsEn, Text> = {
  'words.visitor': '访客',
  'event.visit': '浏览页面',
  'event.inquiry': '咨询',
  'event.order': '下单',
  'event.payment': '支付',
  'event.product': '浏览商品',
  'event.cart': '加入购物车',
  'event.checkout': '开始结算',
  'event.refund': '退款',
  'event.review': '评价',
  'event.share': '分享',
  'event.custom': '自定义事件',
  'event.engaged': '页面停留',
  'via.chat': '在线聊天',
  'via.form': '表单',
  'via.phone': '电话',
  'via.email': '电子邮件',
  'via.message': '即时消息',
  'via.other': '其他方式',
};
