// What is sent to people or spoken to them: e-mail, text messages, push notices, audio. And plain sites.
import type { Table } from './table.ts';

/** Mail boxes on the web, and the services shops send letters with. */
export const EMAIL: Table = {
  126: 'mail.126.com',
  163: 'mail.163.com',
  activecampaign: 'activehosted.com activecampaign.com',
  aliyun_mail: 'mail.aliyun.com qiye.aliyun.com',
  aol_mail: 'mail.aol.com',
  brevo: 'brevo.com sendinblue.com sendibt2.com sendibt3.com sendinblue',
  constant_contact: 'constantcontact.com',
  convertkit: 'convertkit.com kit.com convertkitmail.com',
  drip: 'getdrip.com',
  edm: '',
  email: 'mail emails',
  fastmail: 'fastmail.com',
  getresponse: 'getresponse.com',
  gmail: 'mail.google.com inbox.google.com gmail.com',
  gmx: 'deref-gmx.net deref-gmx.com deref-gmx.fr deref-gmx.co.uk navigator.gmx.net',
  klaviyo: 'klaviyo.com klclick.com klclick1.com klclick2.com klclick3.com klaviyomail.com',
  mailchimp: 'list-manage.com mailchi.mp campaign-archive.com mailchimp.com',
  mailerlite: 'mailerlite.com',
  mailru_mail: 'e.mail.ru touch.mail.ru light.mail.ru',
  naver_mail: 'mail.naver.com',
  netease_mail: 'mail.yeah.net mail.vip.163.com qiye.163.com',
  newsletter: 'newsletters',
  omnisend: 'omnisend.com',
  outlook:
    'outlook.live.com outlook.office.com outlook.office365.com outlook.cloud.microsoft outlook.com mail.live.com hotmail.com hotmail',
  proton: 'mail.proton.me mail.protonmail.com protonmail',
  qq_mail: 'mail.qq.com exmail.qq.com qqmail',
  sendgrid: 'sendgrid.net sendgrid.com',
  seznam_mail: 'email.seznam.cz',
  shopify_email: '',
  sina_mail: 'mail.sina.com.cn mail.sina.cn',
  sohu_mail: 'mail.sohu.com',
  superhuman: 'mail.superhuman.com',
  t_online: 'email.t-online.de',
  tuta: 'app.tuta.com mail.tutanota.com tutanota',
  web_de: 'deref-web.de navigator.web.de',
  yahoo_mail: 'mail.yahoo.*',
  yandex_mail: 'mail.yandex.*',
  zoho_mail: 'mail.zoho.*',
};

export const AUDIO: Table = {
  apple_podcasts: 'podcasts.apple.com',
  audio: '',
  deezer: 'deezer.com',
  lizhi: 'lizhi.fm 荔枝',
  netease_music: 'music.163.com 网易云音乐',
  overcast: 'overcast.fm',
  pandora: 'pandora.com',
  podcast: 'podcasts',
  qq_music: 'y.qq.com qq音乐',
  soundcloud: 'soundcloud.com',
  spotify: 'spotify.com spotify.link',
  xiaoyuzhou: 'xiaoyuzhoufm.com 小宇宙',
  ximalaya: 'ximalaya.com 喜马拉雅',
};

export const SMS: Table = {
  attentive: 'attentivemobile.com attn.tv',
  postscript: 'postscript.io pscr.pt',
  sms: 'smscampaign textmessage 短信',
  smsbump: 'smsbump.com',
};

export const PUSH: Table = {
  firebase: '',
  jpush: '极光',
  onesignal: 'onesignal.com',
  push: 'webpush pushnotification',
  pushowl: 'pushowl.com',
};

/** Plain sites whose domain would otherwise make something else of them. */
export const SITES: Table = {
  aws: 'aws.amazon.com',
  google_news: 'news.google.*',
};
