// Pages whose files come when a test lets them, and what moves on them by itself.

/** In the page: notes each thing that moves by itself, with its place before and after. */
function watchShifts() {
  window.shifts = [];
  const place = ({ x, y, width, height }) => [x, y, width, height].map(Math.round).join(" ");
  new PerformanceObserver((list) => {
    for (const { value, sources, startTime } of list.getEntries()) {
      const moved = sources.map(({ node, previousRect, currentRect }) =>
        `${(node?.outerHTML ?? node?.textContent ?? "").slice(0, 80)}: ${place(previousRect)} -> ${place(currentRect)}`);
      window.shifts.push(`${value} after ${Math.round(startTime)} ms: ${moved.join("; ")}`);
    }
  }).observe({ type: "layout-shift", buffered: true });
}

/** Each thing that moved by itself since the last `forgetShifts`. */
export const shifts = (page) => page.evaluate(() => window.shifts);
export const forgetShifts = (page) => page.evaluate(() => { window.shifts = []; });

/** A page to which files of these patterns come when each is let go. */
export async function held(t, { browser, receiver }, path, files, options) {
  const gates = Object.fromEntries(files.map((pattern) => {
    let open;
    const opened = new Promise((resolve) => { open = resolve; });
    return [pattern, { open, opened }];
  }));
  const session = await browser.open(`${receiver.origin}${path}`, {
    wait: false,
    ...options,
    before: async (page) => {
      for (const [pattern, { opened }] of Object.entries(gates)) {
        await page.route(pattern, async (route) => { await opened; await route.continue(); });
      }
      await page.addInitScript(watchShifts);
    },
  });
  t.after(async () => {
    for (const { open } of Object.values(gates)) open();
    await session.close();
    session.watch.clean();
  });
  return { page: session.page, let: (pattern) => gates[pattern].open() };
}
