// Random names: store ids and token secrets.
const ALPHABET = '0123456789abcdefghijklmnopqrstuvwxyz';

/** Text of [0-9a-z], 5.17 random bits a character. */
export function randomText(length: number): string {
  let text = '';
  while (text.length < length)
    // 252 is the largest multiple of 36 in a byte; what is above it would favour the first characters.
    for (const byte of crypto.getRandomValues(new Uint8Array(length)))
      if (byte < 252 && text.length < length) text += ALPHABET[byte % 36];
  return text;
}
