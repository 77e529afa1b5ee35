// A view whose script is fetched when it is first shown.
import type { ComponentType } from 'preact';
import { useEffect, useState } from 'preact/hooks';
import { Failure } from '../api.ts';
import { t } from '../messages/index.tsx';
import { Trouble } from './trouble.tsx';

/** The result is a component like the one that `load` brings; until then the page says that it loads. */
export const later = <P extends object>(load: () => Promise<ComponentType<P>>): ComponentType<P> => {
  let known: ComponentType<P> | null = null;
  return (props: P) => {
    const [, setArrived] = useState(known !== null);
    const [failed, setFailed] = useState(false);
    useEffect(() => {
      if (known !== null) return;
      load().then(
        (component) => {
          known = component;
          setArrived(true);
        },
        () => setFailed(true),
      );
    }, []);
    if (known !== null) {
      const View = known;
      return <View {...props} />;
    }
    // A script that does not come is most often an upgrade meanwhile: the page itself is old.
    if (failed) return <Trouble failure={new Failure('network')} onRetry={() => location.reload()} />;
    return (
      <p class="opening" role="status">
        {t('app.loading')}
      </p>
    );
  };
};
