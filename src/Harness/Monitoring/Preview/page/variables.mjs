// A dashboard's variables: what there is to choose, and what a query is with the choice in it.
import { element } from './elements.mjs';

const labelValues = /^label_values\((?<selector>.+),\s*(?<label>[a-zA-Z_][a-zA-Z0-9_]*)\)$/s;

/** A query as Prometheus takes it. A name that is unknown stays, and Prometheus refuses it. */
export function fill(expression, chosen) {
  return expression.replace(/\$\{?(?<name>[a-z_]+)\}?/g, (all, name) => (Object.hasOwn(chosen, name) ? chosen[name] : all));
}

/** What a series is called: Grafana's `{{label}}`, and like there `Value` where it has none of the labels. */
export function legend(format, labels) {
  return format.replace(/\{\{\s*(?<label>[^}\s]+)\s*\}\}/g, (_, label) => labels[label] ?? '').trim() || 'Value';
}

/** A value inside of a pattern inside of quotes, so that it finds itself and nothing else. */
export function literal(value) {
  return value.replace(/[.*+?^${}()|[\]\\"]/g, '\\\\$&');
}

/**
 * Select boxes for the variables, each filled after those before it, on which it may depend. Returns what is chosen, by name.
 * @param changed called when another value is chosen
 */
export async function choose(place, variables, prometheus, from, to, parameters, changed) {
  const chosen = {};
  const boxes = [];

  for (const variable of variables.filter((one) => one.type !== 'datasource')) {
    if (variable.type !== 'query') {
      throw new Error(`The variable ${variable.name} is of type ${variable.type}; the preview knows datasource and query.`);
    }

    const query = variable.query?.query ?? variable.query;
    const asked = labelValues.exec(query)?.groups;

    if (!asked) {
      throw new Error(`The variable ${variable.name} asks ${query}; the preview knows label_values(selector, label).`);
    }

    const values = await prometheus.labelValues(fill(asked.selector, chosen), asked.label, from, to);
    const all = variable.includeAll ? [element('option', { value: '' }, 'All')] : [];
    const box = element('select', { id: `variable-${variable.name}` }, ...all, ...values.map((value) => element('option', { value }, value)));
    const wanted = parameters.get(`var-${variable.name}`);
    box.value = values.includes(wanted) ? wanted : variable.includeAll ? '' : values[0] ?? '';
    box.addEventListener('change', () => changed(`var-${variable.name}`, box.value));
    chosen[variable.name] = box.value === '' ? variable.allValue ?? '.*' : literal(box.value);
    boxes.push(element('label', { htmlFor: box.id }, variable.label ?? variable.name, ' ', box));
  }

  place.replaceChildren(...boxes);

  return chosen;
}
