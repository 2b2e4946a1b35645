// The list of dashboards.
import { dashboards } from './server.mjs';
import { element } from './elements.mjs';

document.getElementById('dashboards').append(
  ...(await dashboards()).map((dashboard) =>
    element('li', {},
      element('a', { href: `/dashboards/${dashboard.name}` }, dashboard.title),
      element('p', {}, dashboard.description, ...(dashboard.recorded ? [' ', element('strong', { className: 'mark' }, 'Recorded series')] : [])))));
