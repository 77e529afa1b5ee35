// Whom a sign-in link is for when nobody is named.
export const OWNER = 'owner@tundish.local';
