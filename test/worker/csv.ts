// Reads CSV as RFC 4180 says, without the product's own writer.

/** Lines as objects by the names in the head. */
export function parse(text: string): Record<string, string>[] {
  const lines: string[][] = [];
  let line: string[] = [];
  let at = 0;
  while (at < text.length) {
    let cell = '';
    if (text[at] === '"') {
      for (at++; ; at++) {
        if (at >= text.length) throw new Error('A quote is not closed.');
        if (text[at] !== '"') cell += text[at];
        else if (text[at + 1] === '"') cell += text[++at];
        else break;
      }
      at++;
    } else {
      const end = /,|\r\n|$/g;
      end.lastIndex = at;
      const stop = end.exec(text)?.index ?? text.length;
      cell = text.slice(at, stop);
      at = stop;
    }
    line.push(cell);
    if (text[at] === ',') {
      at++;
      if (at === text.length) line.push('');
      continue;
    }
    if (text.slice(at, at + 2) !== '\r\n') throw new Error(`A line ends wrongly at ${at}.`);
    at += 2;
    lines.push(line);
    line = [];
  }
  const [head = [], ...rows] = lines;
  return rows.map((cells) => {
    if (cells.length !== head.length) throw new Error('A line has not as many cells as the head.');
    return Object.fromEntries(head.map((name, n) => [name, cells[n] as string]));
  });
}
