// Places where people follow, watch and write to each other: social networks, video sites, messengers.
import type { Table } from './table.ts';

/**
 * WeChat is a social network here and not a messenger: what brings a shop its visitors there are
 * articles of official accounts, Moments and Channels, which are feeds, and its ads are feed ads.
 * WeCom, with which a shop's staff write to customers, is a messenger. TikTok, Douyin and Kuaishou are
 * social as in GA4, which keeps "video" for sites one goes to for a film. Toutiao is a feed; its search
 * has a host of its own.
 */
export const SOCIAL: Table = {
  bluesky: 'bsky.app bsky.social',
  dcard: 'dcard.tw',
  douban: 'douban.com 豆瓣',
  douyin: 'douyin.com iesdouyin.com amemv.com 抖音',
  dzen: 'dzen.ru zen.yandex.ru zen.yandex.com',
  facebook:
    'facebook.com fb.com fb.me fb.watch fb meta facebookmobilefeed facebookdesktopfeed facebookstories facebookreels facebookmarketplace',
  hacker_news: 'news.ycombinator.com',
  instagram:
    'instagram.com ig.me instagr.am ig insta igshopping instagramfeed instagramstories instagramreels',
  jike: 'okjike.com 即刻',
  kuaishou: 'kuaishou.com kuaishouapp.com gifshow.com chenzhongtech.com kwai.com kwai 快手',
  lemon8: 'lemon8-app.com',
  linkedin: 'linkedin.com linkedin.cn lnkd.in 领英',
  linktree: 'linktr.ee',
  maimai: 'maimai.cn 脉脉',
  mastodon: 'mastodon.social mastodon.online mstdn.social mstdn.jp',
  naver_blog: 'blog.naver.com cafe.naver.com',
  nextdoor: 'nextdoor.*',
  ocean_engine: 'oceanengine.com 巨量引擎',
  ok: 'ok.ru odnoklassniki.ru odnoklassniki',
  pinterest: 'pinterest.* pin.it',
  ptt: 'ptt.cc',
  quora: 'quora.com',
  qzone: 'qzone.qq.com qq空间',
  reddit: 'reddit.com redd.it',
  snapchat: 'snapchat.com snap',
  threads: 'threads.net threads.com',
  tieba: 'tieba.baidu.com 贴吧 百度贴吧',
  tiktok: 'tiktok.com tiktokv.com tt',
  toutiao: 'toutiao.com toutiao.cn 今日头条 头条',
  tumblr: 'tumblr.com',
  vk: 'vk.com vk.ru vkontakte',
  wechat:
    'weixin.qq.com wx.qq.com wechat.com servicewechat.com weixin wx gzh mpweixin weixinmp wechatmp gongzhonghao pengyouquan shipinhao 微信 公众号 微信公众号 朋友圈 视频号 小程序',
  weibo: 'weibo.com weibo.cn t.cn sinaweibo 微博 新浪微博',
  x: 'x.com twitter.com t.co twitter',
  xiaohongshu: 'xiaohongshu.com xhslink.com rednote.com xhs rednote littleredbook 小红书',
  xing: 'xing.com',
  zhihu: 'zhihu.com 知乎',
};

export const VIDEO: Table = {
  acfun: 'acfun.cn',
  bilibili: 'bilibili.com bilibili.tv b23.tv bili b站 哔哩哔哩',
  dailymotion: 'dailymotion.com dai.ly',
  douyu: 'douyu.com 斗鱼',
  haokan: 'haokan.baidu.com 好看视频',
  huya: 'huya.com 虎牙',
  iqiyi: 'iqiyi.com iq.com 爱奇艺',
  kick: 'kick.com',
  mgtv: 'mgtv.com 芒果tv',
  niconico: 'nicovideo.jp nico.ms',
  rumble: 'rumble.com',
  rutube: 'rutube.ru',
  tencent_video: 'v.qq.com 腾讯视频',
  twitch: 'twitch.tv',
  vimeo: 'vimeo.com',
  xigua: 'ixigua.com 西瓜视频',
  youku: 'youku.com 优酷',
  youtube: 'youtube.* youtu.be youtube-nocookie.com yt',
};

export const MESSENGERS: Table = {
  dingtalk: 'dingtalk.com dingding 钉钉',
  discord: 'discord.com discord.gg discordapp.com',
  feishu: 'feishu.cn larksuite.com lark 飞书',
  google_chat: 'chat.google.com',
  imessage: '',
  kakaotalk: 'pf.kakao.com talk.kakao.com open.kakao.com kakao',
  line: 'line.me lin.ee lineoa',
  messenger: 'messenger.com m.me facebookmessenger fbmessenger',
  qq: 'qm.qq.com im.qq.com c.pc.qq.com tencentqq',
  signal: 'signal.me signal.group',
  skype: 'skype.com',
  slack: 'slack.com',
  teams:
    'teams.microsoft.com teams.live.com teams.cloud.microsoft teams.cdn.office.net msteams microsoftteams',
  telegram: 't.me telegram.org telegram.me tg',
  viber: 'viber.com',
  wecom: 'work.weixin.qq.com wework wxwork qiyeweixin qywx 企业微信',
  whatsapp: 'whatsapp.com wa.me wa',
  zalo: 'zalo.me zaloapp.com',
};
