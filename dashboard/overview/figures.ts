// The overview's figures: one question, cut by channel and by time, asked together so that the page shows one moment.
import { getMetrics, type MetricsAnswer, type MetricsQuestion } from '../api.ts';
import { asking } from '../asking.ts';
import { stepOf } from '../chart/step.ts';
import { metricsAsked } from '../data.ts';
import { address } from '../state.ts';

export interface Figures {
  /** What all of them answer, but for the grouping. */
  asked: MetricsQuestion;
  channels: MetricsAnswer;
  /** By hour, day, week or month, as the chart shows it. */
  series: MetricsAnswer;
}

export const figures = asking(
  () => {
    const asked = address.value.view === 'overview' ? metricsAsked() : null;
    return asked && { store: asked.store, asked, by: stepOf(asked) };
  },
  async ({ asked, by }): Promise<Figures> => {
    const [channels, series] = await Promise.all([
      getMetrics({ ...asked, by: 'channel' }),
      getMetrics({ ...asked, by }),
    ]);
    return { asked, channels, series };
  },
);
