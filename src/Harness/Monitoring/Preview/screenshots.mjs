// Opens each dashboard of a preview in headless Chromium, waits until its page is drawn, and writes a picture of it. Reads what to do as JSON from its
// input, writes one line of JSON for each dashboard: its name, and what the page says of its panels.
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { createRequire } from 'node:module';
import { withPalette } from './palette.mjs';

const { modules, program, variables, address, dashboards, query, folder, width, patience } = JSON.parse(readFileSync(0, 'utf8'));
const { chromium } = createRequire(join(modules, 'playwright-core', 'package.json'))('playwright-core');

// Without a sandbox, which root cannot have: it opens the preview's own pages only.
const browser = await chromium.launch({ executablePath: program, args: ['--no-sandbox'], env: { ...process.env, ...variables } });

try {
  const page = await browser.newPage({ viewport: { width, height: 200 }, colorScheme: 'light' });
  const errors = [];
  page.on('pageerror', (error) => errors.push(error.message));
  page.on('console', (message) => message.type() === 'error' && errors.push(message.text()));

  for (const name of dashboards) {
    errors.length = 0;
    await page.goto(`${address}dashboards/${name}?${query}`);
    const drawn = await page.waitForFunction(() => window.preview && window.preview.state !== 'drawing' && window.preview, undefined, { timeout: patience })
      .then((found) => found.jsonValue(), (late) => ({ state: 'failed', message: late.message, panels: [] }));
    writeFileSync(join(folder, `${name}.png`), withPalette(await page.screenshot({ fullPage: true })));
    console.log(JSON.stringify({ name, ...drawn, errors }));
  }
} finally {
  await browser.close();
}
