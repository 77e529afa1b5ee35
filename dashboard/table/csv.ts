// Where the figures on the screen are as CSV: the same question, asked by a link.

export const csvAddress = (path: string, question: object): string => {
  const query = new URLSearchParams();
  for (const [name, values] of Object.entries(question))
    for (const value of [values].flat()) if (value !== undefined) query.append(name, String(value));
  query.set('format', 'csv');
  return `${path}?${query}`;
};
