// A visitor by their shortened pseudonym, as a link to what they did.
import { t } from '../messages/index.tsx';
import { Link } from './link.tsx';

/** Characters that are shown: enough to tell the people of one list apart. */
const [WHOLE, BEGINNING, END] = [12, 5, 4];

export const shortId = (visitor: string): string =>
  visitor.length <= WHOLE ? visitor : `${visitor.slice(0, BEGINNING)}…${visitor.slice(-END)}`;

interface Props {
  visitor: string;
  /** What else of the view's own choices the link keeps. */
  own?: Readonly<Record<string, string>>;
}

export const VisitorLink = ({ visitor, own = {} }: Props) => (
  <Link to={{ view: 'people', own: { ...own, visitor } }} class="visitor-id" test="visitor-link">
    <span class="unseen">{t('words.visitor')} </span>
    {shortId(visitor)}
  </Link>
);
