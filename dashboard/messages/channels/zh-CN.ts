// Channels in Chinese.
import type { Text } from '../en.ts';
import type { channelsEn } from './en.ts';

export const channelsZhCN: Record<keyof typeof channelsEn, Text> = {
  'level.choose': '维度',
  'level.channel': '渠道',
  'level.source': '来源',
  'level.medium': '媒介',
  'level.campaign': '活动',
  'level.entry': '落地页',
  'level.channel.title': '渠道对比',
  'level.channel.total': '全部渠道',
  'level.source.title': '来源对比',
  'level.source.total': '全部来源',
  'level.medium.title': '媒介对比',
  'level.medium.total': '全部媒介',
  'level.campaign.title': '活动对比',
  'level.campaign.total': '全部活动',
  'level.entry.title': '落地页对比',
  'level.entry.total': '全部落地页',
  'level.hint': '点击一行可下钻：渠道、来源、媒介、活动、落地页。',
  'level.source.untagged': '这里的访问都没有来源。在您分享的链接后加上 ?utm_source=letter 即可标明。',
  'level.medium.untagged': '这里的访问都没有媒介。在您分享的链接后加上 ?utm_medium=email 即可标明。',
  'level.campaign.untagged':
    '这里的访问都不属于任何活动。在您分享的链接后加上 ?utm_campaign=spring 即可标明。',
  'channels.scopes':
    '按访客统计时，每位访客归于其首次访问的渠道，说明谁带来会购买的人；按访问统计时，每次访问归于自身渠道（直接访问沿用该访客 30 天内最近的其他渠道）及其中产生的订单，说明哪个入口在成交。',
};
