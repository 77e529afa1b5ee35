// The adapter for contact forms: submitting one is an inquiry, typing in it is not. Built into t.forms.js.
import { tell } from '../tell.ts';
import { ANOTHER, ANSWERABLE, FIELD_OF_ANOTHER, FIELD_OF_REVIEW } from './signs.ts';

/** What the shop has said itself: not to be recognised, or counted by the tracker as it is declared. */
const DECIDED = '[data-tundish=ignore],[data-tundish-inquiry]';

/** CSS pixels up or left of the window beyond which nothing is shown: traps for robots lie at -9999 or so. */
const OUTSIDE = -3000;

/** Attributes, because a form's properties may be hidden by fields of those names: `form.id` can be an input. */
const said = (elements: Element[], ...names: string[]): string =>
  elements.flatMap((element) => names.map((name) => element.getAttribute(name) ?? '')).join('\n');

/** Whether people see it: a field that only robots fill in must not decide what the form is. */
const isSeen = (field: Element): boolean => {
  const { width, height, right, bottom } = field.getBoundingClientRect();
  return (
    Math.min(width, height) > 1 &&
    Math.min(right, bottom) > OUTSIDE &&
    field.getAttribute('tabindex') !== '-1' &&
    field.checkVisibility?.({ visibilityProperty: true, opacityProperty: true }) !== false
  );
};

/** A custom element may play the part, such as <sl-textarea>. */
const isText = ({ localName }: Element): boolean => localName.endsWith('textarea');

/** By types and names; what people write in the fields is never read. */
const isContactForm = (form: HTMLFormElement): boolean => {
  const fields = [...form.elements];
  const seen = fields.filter(isSeen);
  const inputs = seen.filter((field) => !isText(field));
  const asked = said(inputs, 'type', 'name', 'id', 'autocomplete', 'placeholder');
  return (
    seen.some(isText) &&
    // With novalidate it is the page that says what is missing; the browser knows it all the same.
    !seen.some((field) => field.matches(':invalid')) &&
    ANSWERABLE.test(asked) &&
    !FIELD_OF_ANOTHER.test(`${asked}\n${said(seen, 'name')}`) &&
    // Stars lie hidden behind their pictures.
    !FIELD_OF_REVIEW.test(said(fields, 'name', 'id')) &&
    !ANOTHER.test(said([form], 'id', 'name', 'class', 'action'))
  );
};

/** By the element or what it lies in, out of shadow trees too. */
const isDecided = (element?: Element): boolean =>
  !!element && (!!element.closest(DECIDED) || isDecided((element.getRootNode() as Partial<ShadowRoot>).host));

const onSubmit = (event: Event): void => {
  try {
    const form = event.composedPath()[0] as HTMLFormElement;
    if (!isDecided(form) && !form.querySelector('[data-tundish-inquiry]') && isContactForm(form))
      tell('inquiry', { via: 'form' });
  } catch {
    // No form at all, or one with fields named like its methods. The page goes on.
  }
};

/** A submit does not leave its shadow tree; what comes before it does. Listening twice is listening once. */
const onTouch = (event: Event): void => {
  for (const target of event.composedPath()) {
    if (target instanceof ShadowRoot) target.addEventListener('submit', onSubmit, true);
  }
};

// In the capture phase, before the page could stop the event or send the form by itself.
addEventListener('submit', onSubmit, true);
addEventListener('click', onTouch, true);
addEventListener('keydown', onTouch, true);
