// What a contact form looks like, and what other forms look like, by names that the shop gave. An attribute a line.

/** A field by which the shop can answer. */
export const ANSWERABLE =
  /e-?mail|phone|mobile|(^|[^a-z])(tel|qq)([^a-z]|$)|whatsapp|we-?chat|weixin|邮箱|邮件|电话|手机|微信/im;

/** A field of forms that order, sign in or pay, whatever else they ask. An e-mail address is none of these. */
export const FIELD_OF_ANOTHER =
  /password|passwd|one-time-code|^cc-(name|num|exp|csc|type)|card[-_ ]?n(o|um)|cvv|(^|[^a-z])(iban|zip|plz)|street|(^|[^l\s_-])[-_ ]?addr|post(al)?[-_ ]?code|coupon|voucher|密码|地址|邮编/im;

/** A field of forms that judge a product, or comment on an article. */
export const FIELD_OF_REVIEW =
  /(^|[^p])review|(^|[^a-z])(star[-_]?)?(ratings?|stars?)([^a-z]|$)|comment_post_id/im;

/** What shops call forms that ask no question: in their id, name, class or action. */
export const ANOTHER =
  /(^|[^p])review|check[-_]?out|comments?[-_]?(form|post|respond)|payment|newsletter|subscri|regist|password|(^|[^a-z])(search|ratings?|cart|log[-_]?in|sign[-_]?(in|up)|sendfriend)([^a-z]|$)/im;
