// Draws a picture of the page into a PNG: an SVG with its colours written into it, or a canvas as it is.

/** Pixels of the file for one of the page: sharp on fine screens and in print. */
const SCALE = 2;
const PADDING = 24;
const TITLE = { size: 19, height: 28 };
const LINE = { size: 14, height: 21 };
/** Between the words and the picture. */
const GAP = 14;

/** What style sheets say of an SVG's elements: outside the page it has none. */
const STYLED = [
  'fill',
  'stroke',
  'stroke-width',
  'stroke-dasharray',
  'stop-color',
  'stop-opacity',
  'opacity',
  'font-family',
  'font-size',
  'font-weight',
  'letter-spacing',
  'text-anchor',
  'visibility',
] as const;

interface Drawn {
  width: number;
  height: number;
  image: CanvasImageSource;
}

/** A copy of the element that looks the same without the page, its overhanging words included. */
const standalone = (svg: SVGSVGElement): { text: string; width: number; height: number } => {
  const copy = svg.cloneNode(true) as SVGSVGElement;
  const originals = [svg, ...svg.querySelectorAll('*')];
  for (const [n, element] of [copy, ...copy.querySelectorAll('*')].entries()) {
    const styles = getComputedStyle(originals[n] as Element);
    // As attributes: the page's policy allows no styles of an element's own.
    for (const name of STYLED) element.setAttribute(name, styles.getPropertyValue(name));
    element.removeAttribute('class');
  }
  const box = svg.getBBox();
  const [left, top] = [Math.min(0, Math.floor(box.x)), Math.min(0, Math.floor(box.y))];
  const width = Math.max(svg.clientWidth, Math.ceil(box.x + box.width)) - left;
  const height = Math.max(svg.clientHeight, Math.ceil(box.y + box.height)) - top;
  copy.setAttribute('xmlns', 'http://www.w3.org/2000/svg');
  copy.setAttribute('viewBox', `${left} ${top} ${width} ${height}`);
  copy.setAttribute('width', String(width * SCALE));
  copy.setAttribute('height', String(height * SCALE));
  return { text: new XMLSerializer().serializeToString(copy), width, height };
};

const imageOf = async (svg: SVGSVGElement): Promise<Drawn> => {
  const { text, width, height } = standalone(svg);
  const image = new Image();
  // data: and not blob:, because the page's policy allows no other images.
  image.src = `data:image/svg+xml;charset=utf-8,${encodeURIComponent(text)}`;
  await image.decode();
  return { image, width, height };
};

const drawnOf = async (element: SVGSVGElement | HTMLCanvasElement): Promise<Drawn> =>
  element instanceof HTMLCanvasElement
    ? { image: element, width: element.clientWidth, height: element.clientHeight }
    : imageOf(element);

/** The picture in the theme on the screen, with these lines above it. */
export const pngOf = async (
  element: SVGSVGElement | HTMLCanvasElement,
  lines: readonly string[],
): Promise<Blob> => {
  const { image, width, height } = await drawnOf(element);
  const theme = getComputedStyle(document.documentElement);
  const { fontFamily } = getComputedStyle(document.body);
  const sheet = document.createElement('canvas');
  const pen = sheet.getContext('2d');
  if (pen === null) throw new Error('This browser draws no canvas.');
  const fontOf = (n: number) =>
    n === 0 ? `600 ${TITLE.size}px ${fontFamily}` : `${LINE.size}px ${fontFamily}`;
  const written = lines.map((line, n) => {
    pen.font = fontOf(n);
    return pen.measureText(line).width;
  });
  const head = lines.length === 0 ? 0 : TITLE.height + LINE.height * (lines.length - 1) + GAP;
  sheet.width = Math.ceil((Math.max(width, ...written) + 2 * PADDING) * SCALE);
  sheet.height = Math.ceil((head + height + 2 * PADDING) * SCALE);
  pen.fillStyle = theme.getPropertyValue('--surface');
  pen.fillRect(0, 0, sheet.width, sheet.height);
  pen.scale(SCALE, SCALE);
  for (const [n, line] of lines.entries()) {
    pen.font = fontOf(n);
    pen.fillStyle = theme.getPropertyValue(n === 0 ? '--ink' : '--ink-soft');
    pen.fillText(line, PADDING, PADDING + (n === 0 ? TITLE.size : TITLE.height + LINE.height * n - 6));
  }
  pen.drawImage(image, PADDING, PADDING + head, width, height);
  return new Promise((resolve, reject) => {
    sheet.toBlob((blob) => (blob === null ? reject(new Error('Nothing was drawn.')) : resolve(blob)));
  });
};
