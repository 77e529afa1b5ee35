// Settings in Chinese.
import type { Text } from '../en.ts';
import type { settingsEn } from './en.ts';

export const settingsZhCN: Record<keyof typeof settingsEn, Text> = {
  'settings.view.title': '{store}的设置',
  'settings.list': '设置的各个部分',
  'settings.none': '您可以查看本店铺的数据；设置由店主和编辑者管理。',
  'settings.recounting': '设置已更改，正在重新统计全部数据。完成之前，数据中新旧口径并存。',
  'settings.save': '保存',
  'settings.saving': '正在保存…',
  'settings.saved': '已保存。',
  'settings.saved.recounting': '已保存。一分钟内将开始重新统计全部数据；完成之前，数据中新旧口径并存。',
  'settings.unsaved': '尚未保存。',
  'settings.forget': '放弃更改',
  'settings.refused': '服务器不接受该值：{detail}',

  'settings.store.title': '店铺',
  'settings.store.lead': '店铺的名称，以及允许事件来自哪里。',
  'settings.store.timezone.hint': '决定一天从何时开始。更改后会重新统计全部数据，包括以往的数据。',
  'settings.store.currency.hint':
    '无法更改：金额按收到时的币种保存，换成其他币种会改变其含义。如需其他币种，请新建店铺。',
};
