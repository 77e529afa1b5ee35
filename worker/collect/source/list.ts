// The closed list of channels, in the order in which the rules decide.

export const CHANNELS = [
  'paid_search',
  'paid_social',
  'paid_video',
  'display',
  'paid_other',
  'shopping',
  'organic_social',
  'organic_video',
  'ai_assistant',
  'organic_search',
  'email',
  'affiliate',
  'audio',
  'sms',
  'push',
  'messaging',
  'referral',
  'direct',
] as const;
export type Channel = (typeof CHANNELS)[number];
