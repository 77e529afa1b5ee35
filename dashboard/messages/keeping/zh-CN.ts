// The same in simplified Chinese. A missing key does not compile.
import type { Text } from '../en.ts';
import type { keepingEn } from './en.ts';

export const keepingZhCN: Record<keyof typeof keepingEn, Text> = {
  'retention.title': '保留期限',
  'retention.lead':
    '超过期限的事件会在每天结束后几分钟内永久删除，所有数字随之更新：不再保留的日子没有数据；此前来过的人下次到来时算作新访客。',
  'retention.ever': '永久保留',
  'retention.ever.is': '直到有人抹除访客或删除店铺。',
  'retention.days': '保留若干天',
  'retention.days.is': '至少 30 天。要与去年同期比较整年，需要 730 天。',
  'retention.number': '天数',
  'retention.number.hint': '今天另外保留。',
  'retention.sure': '我知道更早的事件会被删除，无法恢复。',

  'budget.title': '每日事件',
  'budget.lead':
    '当日事件达到上限后，店铺在午夜前不再接收页面的事件：页面中的死循环或恶意请求不应占满数据库。被拒绝的事件由浏览器保留，稍后重发。服务器确认的内容始终接收。',
  'budget.today': '今天 {events} 个事件，上限 {limit}（{share}）',
  'budget.none': '今天还没有事件。',
  'budget.limit': '每日事件上限',
  'budget.limit.hint': '留空为 {usual}。至少 1,000。',
  'budget.claim': '仅由浏览器声明时，最多相信（{currency}）',
  'budget.claim.hint': '超过此数的订单或支付会保留并计数，金额待服务器确认后才计入合计。留空约为一百万美元。',

  'erase.title': '抹除访客',
  'erase.lead':
    '删除与该访客有关的全部事件，以及由此得出的一切：访问、咨询、订单、支付。此后所有数字都是正确的。服务器确认过、但未注明访客的订单会保留，不再归于任何人。',
  'erase.id': '访客编号',
  'erase.id.hint': '见访客的页面；在访客自己的设备上，是店铺本地存储中 tundish 的第一个词。',
  'erase.export': '下载所保留的内容',
  'erase.start': '抹除…',
  'erase.sure': '要删除 {id} 的全部内容吗？此操作无法撤销。',
  'erase.do': '永久抹除',
  'erase.keep': '保留',
  'erase.busy': '正在抹除…',
  'erase.done': { one: '已抹除 {id} 的 {n} 个事件。', other: '已抹除 {id} 的 {n} 个事件。' },
  'erase.nobody': '没有 {id} 的任何内容，未作更改。',
  'erase.again': "仍保存着该编号的设备再次到来时，会记录为新访客：请在那里调用 tundish('optout') 使其停止。",

  'export.title': '导出事件',
  'export.lead': '以 JSON 行的形式导出全部事件；用导入命令读回后，数字完全相同。其余一切都由事件得出。',
  'export.start': '准备文件',
  'export.busy': { one: '已有 {n} 行…', other: '已有 {n} 行…' },
  'export.stop': '停止',
  'export.ready': { one: '文件已就绪，共 {n} 行。', other: '文件已就绪，共 {n} 行。' },
  'export.save': '保存 {file}',

  'delete.title': '删除店铺',
  'delete.lead':
    '店铺会立即对所有人消失：事件、数字、成员、链接、令牌和密钥全部删除。仍带有其标签的页面会被拒绝。此操作无法撤销，请先导出事件。',
  'delete.type': '要删除，请输入店铺的名称：{name}',
  'delete.type.hint': '输入编号 {id} 也可以。',
  'delete.do': '永久删除此店铺',
  'delete.differs': '与店铺名称不符。',
};
