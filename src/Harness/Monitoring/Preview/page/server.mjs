// What the page asks its server.

async function ask(path, parameters = {}) {
  const answer = await fetch(`${path}?${new URLSearchParams(parameters)}`);

  if (!answer.headers.get('content-type')?.startsWith('application/json')) {
    throw new Error(`${path} answered ${answer.status}: ${(await answer.text()).slice(0, 300)}`);
  }

  return answer.json();
}

export const dashboards = () => ask('/api/dashboards');

/** A dashboard with where its data comes from: `json`, and `recorded` with the time it is of, null for the running platform. */
export const dashboard = (name) => ask(`/api/dashboards/${name}`);

/** Runs of load and chaos between two times in seconds: `from`, `to`, `text`. */
export const runs = (from, to) => ask('/api/runs', { from, to });

/** Prometheus' HTTP API (https://prometheus.io/docs/prometheus/latest/querying/api/) behind the server. */
export class Prometheus {
  #source;

  /** @param source `running` or `recorded` */
  constructor(source) {
    this.#source = source;
  }

  async #ask(path, parameters) {
    const answer = await ask(`/prometheus/${this.#source}/api/v1/${path}`, parameters);

    if (answer.status !== 'success') {
      throw new Error(`Prometheus refused ${parameters.query ?? path}: ${answer.error}`);
    }

    return answer.data;
  }

  /** Every series of a query over time: its labels, and pairs of seconds and numbers. */
  async range(query, from, to, step) {
    const { result } = await this.#ask('query_range', { query, start: from, end: to, step });

    return result.map((one) => ({ labels: one.metric, values: one.values.map(([time, text]) => [time, number(text)]) }));
  }

  /** Every series of a query at one time. */
  async instant(query, time) {
    const { result } = await this.#ask('query', { query, time });

    return result.map((one) => ({ labels: one.metric, values: [[one.value[0], number(one.value[1])]] }));
  }

  /** Values of a label among the series that a selector finds. */
  labelValues(selector, label, from, to) {
    return this.#ask(`label/${label}/values`, { 'match[]': selector, start: from, end: to });
  }
}

const number = (text) => (text === '+Inf' ? Infinity : text === '-Inf' ? -Infinity : Number(text));
