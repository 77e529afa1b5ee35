// The texts of the view Channels in English.

export const channelsEn = {
  'channels.view.title': 'Channels',
};
