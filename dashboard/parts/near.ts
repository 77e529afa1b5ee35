// Whether an element has come near the screen: what is far down the page can wait until somebody goes there.
import type { RefObject } from 'preact';
import { useEffect, useState } from 'preact/hooks';

/** Pixels beyond the screen's edge that count as near: about what a hand scrolls while a script travels. */
const MARGIN = 200;

/** True once and for all. */
export const useNear = (ref: RefObject<Element | null>): boolean => {
  const [near, setNear] = useState(false);
  useEffect(() => {
    const element = ref.current;
    if (near || element === null) return;
    const observer = new IntersectionObserver(
      (entries) => entries.some(({ isIntersecting }) => isIntersecting) && setNear(true),
      { rootMargin: `${MARGIN}px` },
    );
    observer.observe(element);
    return () => observer.disconnect();
  }, [near]);
  return near;
};
