// What a figure means to the eye, wherever it stands: whose colour it has, and whether more of it is good.
/** Of those who asked, of those who did not, or of everybody. */
type RateTone = 'consulting' | 'silent' | 'whole';

const TONES: Readonly<Record<string, RateTone>> = {
  consult_rate: 'consulting',
  consult_conversion: 'consulting',
  silent_conversion: 'silent',
};

export const toneOf = (name: string): RateTone => TONES[name] ?? 'whole';

/** More inquiries may mean more interest or less clear pages: neither good nor bad by themselves. */
export const goodOf = (name: string): 'up' | 'neither' => (name === 'consult_rate' ? 'neither' : 'up');
