// Click identifiers: parameters a platform adds to the address when somebody follows its link or its ad.
import type { Channel } from '../list.ts';

export interface Click {
  source: string;
  home: Channel;
  /** Only ads carry it. The others are on every link out of the platform. */
  ad: boolean;
  /** Sources of the same owner, which may name the place more exactly than the identifier does. */
  family: readonly string[];
}

const GOOGLE = ['google', 'youtube', 'gmail', 'google_news', 'doubleclick'];
const META = ['facebook', 'instagram', 'messenger', 'whatsapp', 'threads', 'meta_ai'];
const TENCENT = ['tencent_ads', 'wechat', 'qq', 'qzone', 'tencent_video', 'qq_music'];

const click = (source: string, home: Channel, ad: boolean, family: readonly string[] = []): Click => ({
  source,
  home,
  ad,
  family,
});

/** By the parameter's name in lower case. When a page carries several, an ad's wins, then the earlier here. */
export const CLICKS: ReadonlyMap<string, Click> = new Map([
  ['gclid', click('google', 'organic_search', true, GOOGLE)],
  ['gbraid', click('google', 'organic_search', true, GOOGLE)],
  ['wbraid', click('google', 'organic_search', true, GOOGLE)],
  ['dclid', click('doubleclick', 'display', true, GOOGLE)],
  ['msclkid', click('bing', 'organic_search', true)],
  ['yclid', click('yandex', 'organic_search', true)],
  ['bd_vid', click('baidu', 'organic_search', true, ['tieba', 'haokan', 'baidu_union'])],
  ['qhclickid', click('360', 'organic_search', true)],
  ['sg_vid', click('sogou', 'organic_search', true)],
  ['ttclid', click('tiktok', 'organic_social', true, ['tiktok_shop', 'lemon8'])],
  ['twclid', click('x', 'organic_social', true)],
  ['li_fat_id', click('linkedin', 'organic_social', true)],
  ['sccid', click('snapchat', 'organic_social', true)],
  ['rdt_cid', click('reddit', 'organic_social', true)],
  ['epik', click('pinterest', 'organic_social', true)],
  ['gdt_vid', click('tencent_ads', 'organic_social', true, TENCENT)],
  ['qz_gdt', click('tencent_ads', 'organic_social', true, TENCENT)],
  ['ndclid', click('nextdoor', 'organic_social', true)],
  ['qclid', click('quora', 'organic_social', true)],
  ['tblci', click('taboola', 'display', true)],
  ['obclid', click('outbrain', 'display', true)],
  ['dicbo', click('outbrain', 'display', true)],
  ['fbclid', click('facebook', 'organic_social', false, META)],
  ['igshid', click('instagram', 'organic_social', false, META)],
  ['igsh', click('instagram', 'organic_social', false, META)],
  // Google adds it to unpaid results of its shopping surfaces.
  ['srsltid', click('google', 'shopping', false, GOOGLE)],
  ['ysclid', click('yandex', 'organic_search', false)],
  ['mc_cid', click('mailchimp', 'email', false)],
  ['mc_eid', click('mailchimp', 'email', false)],
  ['_kx', click('klaviyo', 'email', false)],
  ['awc', click('awin', 'affiliate', false)],
  ['cjevent', click('cj', 'affiliate', false)],
  ['irclickid', click('impact', 'affiliate', false)],
  ['sscid', click('shareasale', 'affiliate', false)],
  ['ranmid', click('rakuten_advertising', 'affiliate', false)],
]);
