// Links that ask the shop something: who follows one writes or calls.

/**
 * The link's address; its first group is the scheme where that says the way, else it is a chat. Hosts match as a whole
 * or by their end behind a dot, never as a part. A link that only passes a page on to friends asks nobody: an address
 * without anybody in it, and what is called share.
 */
export const LINK =
  /^(?:(tel|mailto|sms)|weixin|aliim|https?:..(?:\w+\.)*(?:(?:wa|m|t|zalo|ig|line).me|lin.ee|whatsapp.com|(?:work.weixin|wpa)\.qq.com|amos\.alicdn.com))[:/](?!\?|.*(?:share|R\/msg|send\/?\?t))/;
