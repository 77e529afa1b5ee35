// People: who may still order or pay, who left where, and what one visitor did.
import type { Store } from '../api.ts';
import { Waiting } from '../parts/frame.tsx';
import { visitor } from './choices.ts';
import { ListsView } from './lists-view.tsx';
import { TimelineView } from './timeline-view.tsx';
import './people.css';

export const People = ({ store }: { store: Store }) => {
  if (store.first_event === null) return <Waiting />;
  return visitor.value === null ? <ListsView store={store} /> : <TimelineView store={store} />;
};
