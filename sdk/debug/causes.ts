// Why no event arrives from a page, or not as expected: a closed list that the console and the dashboard share.

/** What a page in either language says. */
export type Texts = Record<'en' | 'zh-CN', string>;

/** In braces: what the page knows, such as the {host} of the collector. */
export const CAUSES = {
  no_store: {
    en: 'The script tag has no data-store, so that its events belong to no store: copy it again from the dashboard.',
    'zh-CN': '脚本标签没有 data-store，事件不属于任何店铺：请从控制台重新复制标签。',
  },
  unknown_store: {
    en: 'No store has the id {store}: copy the script tag again from the dashboard.',
    'zh-CN': '没有 ID 为 {store} 的店铺：请从控制台重新复制标签。',
  },
  foreign_origin: {
    en: 'The store takes no events from {origin}: put it on the list of its origins.',
    'zh-CN': '该店铺不接受来自 {origin} 的事件：请把它加入店铺的来源列表。',
  },
  blocked_by_policy: {
    en: 'The page’s Content-Security-Policy blocks {url}: add {host} to its {directive}.',
    'zh-CN': '页面的 Content-Security-Policy 拦截了 {url}：请在 {directive} 中加入 {host}。',
  },
  unreachable: {
    en: 'No answer comes from {host}. Open this page in a private window without extensions: if events arrive from there, an extension of this browser blocks them; if not, the network or the server does.',
    'zh-CN':
      '{host} 没有应答。请在不带扩展的无痕窗口中打开本页：若那里能收到事件，就是浏览器扩展拦截了；否则是网络或服务器的问题。',
  },
  file_missing: {
    en: '{url} does not load: check the names in data-adapters; else the page’s policy, an extension or the network blocks it.',
    'zh-CN': '{url} 无法加载：请检查 data-adapters 中的名称；否则是页面的安全策略、扩展或网络拦截了它。',
  },
  consent_pending: {
    en: "The tag waits for consent (data-consent=\"required\"): events are held in memory until tundish('consent', 'granted').",
    'zh-CN':
      "标签在等待同意（data-consent=\"required\"）：调用 tundish('consent', 'granted') 之前，事件只留在内存中。",
  },
  opted_out: {
    en: 'This browser has opted out and is not measured. To undo it, remove tundish.c from its local storage.',
    'zh-CN': '此浏览器已选择退出，不会被统计。要撤销，请从本地存储中删除 tundish.c。',
  },
  cookieless: {
    en: 'The tag has data-privacy="all": everybody is measured without keeping anything on the device.',
    'zh-CN': '标签设有 data-privacy="all"：统计时不会在任何人的设备上保存任何内容。',
  },
  early: {
    en: 'Events left before this log began; the collector answered {status}, where 200 means stored.',
    'zh-CN': '有事件在此日志开始之前已发出；采集端应答 {status}（200 表示已保存）。',
  },
  signal_cookieless: {
    en: 'This browser asks not to be tracked (GPC or DNT): it is measured without keeping anything on the device.',
    'zh-CN': '此浏览器要求不被跟踪（GPC 或 DNT）：统计时不会在设备上保存任何内容。',
  },
  bot: {
    en: 'The collector takes this browser for a robot by its user agent, and robots are not counted: try another.',
    'zh-CN': '采集端根据 user agent 认为此浏览器是机器人，机器人不计入：请换一个浏览器。',
  },
} as const satisfies Record<string, Texts>;
export type Cause = keyof typeof CAUSES;
