// Tagged addresses and in-app browsers, and what a visit that lands so is: channel, source, medium.

export interface Row {
  query?: string;
  referrer?: string;
  userAgent?: string;
  expected: string | null;
}

const tag = (query: string, expected: string | null, referrer?: string): Row => ({
  query: `?${query}`,
  expected,
  ...(referrer === undefined ? {} : { referrer }),
});
const utm = (source: string, medium: string, expected: string | null): Row =>
  tag(`utm_source=${encodeURIComponent(source)}&utm_medium=${encodeURIComponent(medium)}`, expected);

export const TAGS: readonly Row[] = [
  // Paid: the medium, by source.
  utm('google', 'cpc', 'paid_search google cpc'),
  utm('GOOGLE', 'CPC', 'paid_search google cpc'),
  utm('google-ads', 'ppc', 'paid_search google ppc'),
  utm('adwords', 'cpc', 'paid_search google cpc'),
  utm('www.google.com', 'cpm', 'paid_search google cpm'),
  utm('https://www.google.de/', 'paid', 'paid_search google paid'),
  utm('baidu', 'cpc', 'paid_search baidu cpc'),
  utm('百度', 'cpc', 'paid_search baidu cpc'),
  utm('360', 'cpc', 'paid_search 360 cpc'),
  utm('facebook', 'paid_social', 'paid_social facebook paid_social'),
  utm('fb', 'cpc', 'paid_social facebook cpc'),
  utm('ig', 'paid', 'paid_social instagram paid'),
  utm('meta', 'retargeting', 'paid_social facebook retargeting'),
  utm('tiktok', 'cpm', 'paid_social tiktok cpm'),
  utm('小红书', 'cpc', 'paid_social xiaohongshu cpc'),
  utm('wechat', 'cpm', 'paid_social wechat cpm'),
  utm('line', 'cpc', 'paid_social line cpc'),
  utm('youtube', 'cpv_cpc', 'paid_video youtube cpv_cpc'),
  utm('bilibili', 'cpc', 'paid_video bilibili cpc'),
  utm('agency', 'paid_search', 'paid_search agency paid_search'),
  utm('agency', 'paid-social', 'paid_social agency paid-social'),
  utm('agency', 'paidvideo', 'paid_video agency paidvideo'),
  utm('agency', 'cpm', 'display agency cpm'),
  utm('google', 'display', 'display google display'),
  utm('facebook', 'banner', 'display facebook banner'),
  utm('paper', 'interstitial', 'display paper interstitial'),
  utm('criteo', 'cpc', 'display criteo cpc'),
  utm('amazon', 'cpc', 'paid_other amazon cpc'),
  utm('chatgpt', 'cpc', 'paid_other chatgpt cpc'),
  utm('agency', 'cpa', 'paid_other agency cpa'),
  // Words that begin with p are not paid for that.
  utm('app', 'push', 'push app push'),
  utm('show', 'podcast', 'audio show podcast'),
  utm('paper', 'print', 'referral paper print'),
  utm('paper', 'unpaid', 'referral paper unpaid'),
  utm('paper', 'not_retargeting', 'referral paper not_retargeting'),

  // Click identifiers of ads.
  tag('gclid=1', 'paid_search google cpc'),
  tag('GCLID=1', 'paid_search google cpc'),
  tag('gbraid=1', 'paid_search google cpc'),
  tag('wbraid=1', 'paid_search google cpc'),
  tag('msclkid=1', 'paid_search bing cpc'),
  tag('yclid=1', 'paid_search yandex cpc'),
  tag('bd_vid=1', 'paid_search baidu cpc'),
  tag('qhclickid=1', 'paid_search 360 cpc'),
  tag('ttclid=1', 'paid_social tiktok cpc'),
  tag('twclid=1', 'paid_social x cpc'),
  tag('li_fat_id=1', 'paid_social linkedin cpc'),
  tag('ScCid=1', 'paid_social snapchat cpc'),
  tag('rdt_cid=1', 'paid_social reddit cpc'),
  tag('epik=1', 'paid_social pinterest cpc'),
  tag('gdt_vid=1', 'paid_social tencent_ads cpc'),
  tag('dclid=1', 'display doubleclick display'),
  tag('gclid=', 'paid_search google cpc'),
  tag('gclid=1&utm_source=youtube', 'paid_video youtube cpc'),
  tag('gclid=1', 'paid_video youtube cpc', 'https://www.youtube.com/'),
  tag('gclid=1&utm_source=newsletter', 'paid_search google cpc'),
  tag('gclid=1&utm_source=google&utm_medium=organic', 'paid_search google organic'),
  tag('gclid=1&utm_medium=display', 'display google display'),
  tag('gclid=1', 'paid_search google cpc', 'https://checkout.stripe.com/'),
  tag('gclid=1', 'paid_search google cpc', 'https://partner.example/'),
  tag('gdt_vid=1&utm_source=weixin', 'paid_social wechat cpc'),
  // Click identifiers that every link carries.
  tag('fbclid=1', 'organic_social facebook social'),
  tag('fbclid=1', 'organic_social instagram social', 'https://l.instagram.com/'),
  tag('fbclid=1', 'organic_social facebook social', 'https://www.google.com/'),
  tag('fbclid=1&utm_source=ig&utm_medium=social', 'organic_social instagram social'),
  tag('fbclid=1&utm_source=fb&utm_medium=paid', 'paid_social facebook paid'),
  tag('fbclid=1&utm_medium=cpc', 'paid_social facebook cpc'),
  tag('fbclid=1&utm_source=newsletter&utm_medium=email', 'email newsletter email'),
  tag('fbclid=1&utm_source=ann', 'organic_social ann social'),
  tag('fbclid=1&utm_source=paypal', 'organic_social facebook social'),
  tag('igshid=1', 'organic_social instagram social'),
  tag('srsltid=1', 'shopping google referral'),
  tag('srsltid=1', 'shopping google referral', 'https://www.google.com/'),
  tag('srsltid=1&gclid=1', 'paid_search google cpc'),
  tag('mc_cid=1', 'email mailchimp email'),
  tag('awc=1', 'affiliate awin affiliate'),

  // Unpaid tags.
  utm('google', 'organic', 'organic_search google organic'),
  utm('google', 'product_sync', 'shopping google product_sync'),
  utm('google_shopping', 'organic', 'shopping google organic'),
  utm('taobao', 'referral', 'shopping taobao referral'),
  utm('拼多多', 'link', 'shopping pinduoduo link'),
  utm('facebook', 'social', 'organic_social facebook social'),
  utm('ann', 'social-network', 'organic_social ann social-network'),
  utm('ann', 'social media', 'organic_social ann social media'),
  utm('ann', 'sm', 'organic_social ann sm'),
  utm('IGShopping', 'Social', 'organic_social instagram social'),
  utm('facebook', 'mobile', 'organic_social facebook mobile'),
  utm('xiaohongshu', 'kol', 'organic_social xiaohongshu kol'),
  utm('xhs', 'referral', 'organic_social xiaohongshu referral'),
  utm('weixin', 'gzh', 'organic_social wechat gzh'),
  utm('微信', 'article', 'organic_social wechat article'),
  utm('douyin', 'live', 'organic_social douyin live'),
  utm('ann', 'short_video', 'organic_video ann short_video'),
  utm('bili', 'link', 'organic_video bilibili link'),
  utm('yt', 'description', 'organic_video youtube description'),
  utm('chatgpt.com', 'referral', 'ai_assistant chatgpt referral'),
  tag('utm_source=chatgpt.com', 'ai_assistant chatgpt referral'),
  tag('utm_source=openai', 'ai_assistant chatgpt referral'),
  tag('utm_source=copilot.com', 'ai_assistant copilot referral'),
  tag('utm_source=perplexity', 'ai_assistant perplexity referral'),
  tag('utm_source=豆包', 'ai_assistant doubao referral'),
  utm('klaviyo', 'email', 'email klaviyo email'),
  utm('summer', 'E-Mail', 'email summer e-mail'),
  utm('summer', 'e_mail', 'email summer e_mail'),
  utm('summer', 'edm', 'email summer edm'),
  tag('utm_source=newsletter', 'email newsletter email'),
  utm('google', 'email', 'email google email'),
  utm('klaviyo', 'sms', 'sms klaviyo sms'),
  utm('ann', 'affiliate', 'affiliate ann affiliate'),
  utm('xiaohongshu', 'affiliate', 'affiliate xiaohongshu affiliate'),
  utm('spotify', 'host_read', 'audio spotify host_read'),
  utm('show', 'audio', 'audio show audio'),
  tag('utm_source=sms', 'sms sms sms'),
  utm('shop', 'web_push', 'push shop web_push'),
  utm('shop', 'mobile_notification', 'push shop mobile_notification'),
  utm('wechat', 'push', 'push wechat push'),
  tag('utm_source=firebase', 'push firebase push'),
  utm('whatsapp', 'link', 'messaging whatsapp link'),
  utm('shop', 'telegram', 'messaging shop telegram'),
  utm('paper', 'referral', 'referral paper referral'),
  utm('flyer', 'qr', 'referral flyer qr'),
  // A campaign with "shop" in its name is any campaign of a shop.
  tag('utm_source=fb&utm_medium=social&utm_campaign=shopping', 'organic_social facebook social'),
  tag('utm_campaign=spring', 'referral null referral'),
  // The source from the referrer, the medium from the tag.
  tag('utm_medium=cpc', 'paid_search google cpc', 'https://www.google.com/'),
  tag('utm_medium=email', 'email null email'),
  // The address before the referrer.
  tag('utm_source=weibo', 'organic_social weibo social', 'https://www.google.com/'),
  tag('utm_source=weibo', 'organic_social weibo social', 'https://www.shop.example/'),
  tag('utm_source=weibo', 'organic_social weibo social', 'https://www.paypal.com/'),
  // Gateways are sources only where the shop advertises there.
  tag('utm_source=stripe', null),
  utm('stripe.com', 'referral', null),
  utm('paypal', 'checkout', null),
  utm('klarna', 'affiliate', 'affiliate klarna affiliate'),
  // Tags that say nothing.
  utm('(direct)', '(none)', null),
  utm('(not set)', '(not set)', null),
  utm('direct', 'none', null),
  utm('{{site_source_name}}', '{medium}', null),
  utm('__SOURCE__', 'null', null),
  utm('  ', '', null),
  tag('utm_term=shoes&utm_content=a', null),
  tag('utm_source=(direct)', 'organic_search bing organic', 'https://www.bing.com/'),
  tag('color=red', null),
  // The names of things every object has are no sources.
  tag('utm_source=constructor', 'referral constructor referral'),
  tag('utm_source=__proto__', 'referral __proto__ referral'),
  tag('utm_source=google&utm_source=bing', 'organic_search google organic'),
];

const ANDROID =
  'Mozilla/5.0 (Linux; Android 14; Pixel 8; wv) AppleWebKit/537.36 (KHTML, like Gecko) Version/4.0 Chrome/126.0.0.0 Mobile Safari/537.36';
const IPHONE =
  'Mozilla/5.0 (iPhone; CPU iPhone OS 17_5 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Mobile/15E148';
const WECHAT = `${ANDROID} XWEB/1160117 MMWEBSDK/20240404 MicroMessenger/8.0.49.2600(0x2800313B) WeChat/arm64`;

/** In-app browsers. Real people's all, which the robots' test checks too. */
export const BROWSERS: readonly Row[] = [
  { userAgent: WECHAT, expected: 'organic_social wechat social' },
  { userAgent: `${IPHONE} MicroMessenger/8.0.49(0x18003137)`, expected: 'organic_social wechat social' },
  { userAgent: `${IPHONE} wxwork/4.1.20 MicroMessenger/7.0.1`, expected: 'messaging wecom messaging' },
  {
    userAgent: `${IPHONE} Weibo (iPhone14,5__weibo__14.5.0__iphone__os17.5)`,
    expected: 'organic_social weibo social',
  },
  {
    userAgent: `${ANDROID} aweme_290700 JsSdk/1.0 NetType/WIFI AppName/aweme`,
    expected: 'organic_social douyin social',
  },
  {
    userAgent: `${ANDROID} NewsArticle/9.7.0 ToutiaoMicroApp/3.0`,
    expected: 'organic_social toutiao social',
  },
  { userAgent: `${ANDROID} Kwai/12.5.10 ksNebula/1`, expected: 'organic_social kuaishou social' },
  { userAgent: `${ANDROID} xhsdiscover/8.35 NetType/WiFi`, expected: 'organic_social xiaohongshu social' },
  {
    userAgent: `${IPHONE} AliApp(DingTalk/7.5.10) com.laiwang.DingTalk/1`,
    expected: 'messaging dingtalk messaging',
  },
  {
    userAgent: `${IPHONE} ZhihuHybrid osee2unifiedRelease/10 Zhihu/10`,
    expected: 'organic_social zhihu social',
  },
  { userAgent: `${ANDROID} BiliApp/7800300 mobi_app/android`, expected: 'organic_video bilibili video' },
  { userAgent: `${ANDROID} baiduboxapp/13.60.0.10`, expected: 'organic_search baidu organic' },
  { userAgent: `${ANDROID} MQQBrowser/6.2 TBS/046 QQ/9.0.60.17095`, expected: 'messaging qq messaging' },
  { userAgent: `${IPHONE} AliApp(TB/10.35.10)`, expected: 'shopping taobao referral' },
  { userAgent: `${IPHONE} jdapp;iPhone;13.0.0`, expected: 'shopping jd referral' },
  { userAgent: `${IPHONE} [FBAN/FBIOS;FBAV/466.0.0.34;FBBV/1]`, expected: 'organic_social facebook social' },
  { userAgent: `${ANDROID} [FB_IAB/FB4A;FBAV/466.0.0.34;]`, expected: 'organic_social facebook social' },
  { userAgent: `${IPHONE} [FBAN/MessengerForiOS;FBAV/466.0]`, expected: 'messaging messenger messaging' },
  {
    userAgent: `${IPHONE} Instagram 334.0.4.32.98 (iPhone14,5; iOS 17_5)`,
    expected: 'organic_social instagram social',
  },
  { userAgent: `${IPHONE} Barcelona 334.0.4 (iPhone14,5)`, expected: 'organic_social threads social' },
  { userAgent: `${IPHONE} Safari Line/14.8.0`, expected: 'messaging line messaging' },
  { userAgent: `${IPHONE} Twitter for iPhone/10.45`, expected: 'organic_social x social' },
  { userAgent: `${IPHONE} [Pinterest/iOS]`, expected: 'organic_social pinterest social' },
  {
    userAgent: `${IPHONE} Snapchat/12.90.0.46 (like Safari/8617)`,
    expected: 'organic_social snapchat social',
  },
  {
    userAgent: `${IPHONE} musical_ly_34.7.0 JsSdk/2.0 BytedanceWebview/d8a21c6`,
    expected: 'organic_social tiktok social',
  },
  { userAgent: `${ANDROID} trill_340703 AppName/trill`, expected: 'organic_social tiktok social' },
  { userAgent: `${IPHONE} [LinkedInApp]/9.29.7`, expected: 'organic_social linkedin social' },
  { userAgent: `${ANDROID} KAKAOTALK 10.8.0`, expected: 'messaging kakaotalk messaging' },
  { userAgent: `${ANDROID} NAVER(inapp; search; 2000; 12.5.0)`, expected: 'organic_search naver organic' },
  { userAgent: `${IPHONE} GSA/320.0.6 Safari/604.1`, expected: 'organic_search google organic' },
  // A wallet's browser is a payment, not a place.
  { userAgent: `${IPHONE} AliApp(AP/10.5.88) AlipayClient/10.5.88`, expected: null },
  // Browsers are not places anybody comes from.
  { userAgent: ANDROID, expected: null },
  { userAgent: `${IPHONE} Version/17.5 Safari/604.1`, expected: null },
  { userAgent: `${ANDROID} MQQBrowser/14.9`, expected: null },
  { userAgent: `${ANDROID} UCBrowser/16.5`, expected: null },
  { userAgent: `${ANDROID} Pipeline/2.0 Deadline/3.1`, expected: null },
  // The app counts only when referrer and campaign say nothing.
  { userAgent: WECHAT, referrer: 'https://www.baidu.com/', expected: 'organic_search baidu organic' },
  {
    userAgent: WECHAT,
    referrer: 'https://some-paper.example/',
    expected: 'referral some-paper.example referral',
  },
  { userAgent: WECHAT, query: '?utm_source=summer&utm_medium=email', expected: 'email summer email' },
  { userAgent: WECHAT, query: '?utm_medium=email', expected: 'email null email' },
  { userAgent: WECHAT, query: '?fbclid=1', expected: 'organic_social facebook social' },
  { userAgent: WECHAT, referrer: 'garbage', expected: 'organic_social wechat social' },
  // Back from paying, or from page to page, inside the app.
  { userAgent: WECHAT, referrer: 'https://wx.tenpay.com/', expected: null },
  { userAgent: WECHAT, referrer: 'https://www.shop.example/cart', expected: null },
];
