// Grafana's units that are in use (https://github.com/grafana/grafana/blob/main/packages/grafana-data/src/valueFormats/categories.ts).

const scaled = (step, names) => (value) => {
  const power = value === 0 ? 0 : Math.min(names.length - 1, Math.max(0, Math.floor(Math.log(Math.abs(value)) / Math.log(step))));

  return `${short(value / step ** power)}${names[power]}`;
};

// Three digits are enough to read, and 0.30000000000000004 is not.
const short = (value) => String(Number(value.toPrecision(3)));

const seconds = (value) => {
  const size = Math.abs(value);

  return value === 0 ? '0 s'
    : size < 1e-3 ? `${short(value * 1e6)} µs`
    : size < 1 ? `${short(value * 1e3)} ms`
    : size < 60 ? `${short(value)} s`
    : `${short(value / 60)} min`;
};

const many = scaled(1000, ['', ' K', ' M', ' G']);
const bytes = scaled(1024, [' B', ' KiB', ' MiB', ' GiB', ' TiB']);

const units = {
  short: many,
  percentunit: (value) => `${short(value * 100)} %`,
  reqps: (value) => `${many(value)} req/s`,
  ops: (value) => `${many(value)} ops/s`,
  s: seconds,
  ms: (value) => seconds(value / 1000),
  bytes,
  Bps: (value) => `${bytes(value)}/s`,
};

/** What the preview can write; the rules of dashboards allow the same. */
export const unitNames = Object.keys(units);

/** Steps of an axis: bytes are counted in powers of two; undefined where those of ten are right. */
export function stepsOf(unit) {
  return unit === 'bytes' || unit === 'Bps' ? Array.from({ length: 50 }, (_, power) => 2 ** power) : undefined;
}

/** How values of a unit are written. An unknown unit is an error. */
export function formatOf(unit) {
  if (!Object.hasOwn(units, unit)) {
    throw new Error(`The preview does not know the unit ${unit}: it writes ${unitNames.join(', ')}.`);
  }

  return (value) => (value === null || Number.isNaN(value) ? '–' : Number.isFinite(value) ? units[unit](value) : value > 0 ? '∞' : '-∞');
}
