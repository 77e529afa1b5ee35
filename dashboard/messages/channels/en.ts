// The texts of the view Channels in English.

export const channelsEn = {
  'level.choose': 'By',
  'level.channel': 'Channel',
  'level.source': 'Source',
  'level.medium': 'Medium',
  'level.campaign': 'Campaign',
  'level.entry': 'Landing page',
  'level.channel.title': 'By channel',
  'level.channel.total': 'All channels',
  'level.source.title': 'By source',
  'level.source.total': 'All sources',
  'level.medium.title': 'By medium',
  'level.medium.total': 'All mediums',
  'level.campaign.title': 'By campaign',
  'level.campaign.total': 'All campaigns',
  'level.entry.title': 'By landing page',
  'level.entry.total': 'All landing pages',
  'level.hint': 'A row opens what is in it: channel, source, medium, campaign, landing page.',
  'level.source.untagged':
    'No visit here names its source. Links that you share say it by themselves with ?utm_source=letter.',
  'level.medium.untagged':
    'No visit here names its medium. Links that you share say it by themselves with ?utm_medium=email.',
  'level.campaign.untagged':
    'No visit here belongs to a campaign. Links that you share say it by themselves with ?utm_campaign=spring.',
  'channels.scopes':
    'Counting visitors, each belongs to the first visit they ever made: it says who brings people that buy. Counting visits, each has its own channel (a direct one the visitor’s last other within 30 days) and the orders made in it: it says which way in sells.',
};
