// The overview's figures: one question, cut by channel and by day, asked together so that the page shows one moment.
import { getMetrics, type MetricsAnswer, type MetricsQuestion } from '../api.ts';
import { asking } from '../asking.ts';
import { metricsAsked } from '../data.ts';
import { address } from '../state.ts';

export interface Figures {
  /** What all of them answer, but for the grouping. */
  asked: MetricsQuestion;
  channels: MetricsAnswer;
  days: MetricsAnswer;
}

export const figures = asking(
  () => (address.value.view === 'overview' ? metricsAsked() : null),
  async (asked): Promise<Figures> => {
    const [channels, days] = await Promise.all([
      getMetrics({ ...asked, by: 'channel' }),
      getMetrics({ ...asked, by: 'day' }),
    ]);
    return { asked, channels, days };
  },
);
