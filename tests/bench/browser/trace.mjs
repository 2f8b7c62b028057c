// How much processor time the page's main thread takes for each frame, by the browser's own trace.

/** @typedef {{name: string, pid: number, tid: number, ph: string, ts: number, dur: number, tdur?: number}} TraceEvent  times in microseconds */

/**
 * @param {import('playwright-core').CDPSession} session
 * @param {() => Promise<void>} act
 * @returns {Promise<{frames: number[], longest: number, tasks: number[]}>} milliseconds of processor time of each frame: the tasks that drew it and those
 *   since the frame before it; of the longest single task; and of each of them
 */
export async function framesWhile(session, act) {
  /** @type {TraceEvent[]} */
  const events = [];
  const collect = (/** @type {{value: object[]}} */ { value }) => void events.push(.../** @type {TraceEvent[]} */ (value));
  session.on('Tracing.dataCollected', collect);
  const categories = ['toplevel', 'devtools.timeline', 'disabled-by-default-devtools.timeline'];
  await session.send('Tracing.start', { transferMode: 'ReportEvents', traceConfig: { includedCategories: categories, excludedCategories: ['*'] } });
  await act();
  const ended = new Promise((resolve) => session.once('Tracing.tracingComplete', resolve));
  await session.send('Tracing.end');
  await ended;
  session.off('Tracing.dataCollected', collect);

  // The thread that ran frames, should there be several pages.
  const threads = new Map();
  for (const event of events) if (event.name === 'FireAnimationFrame') threads.set(`${event.pid} ${event.tid}`, (threads.get(`${event.pid} ${event.tid}`) ?? 0) + 1);
  const [busiest] = [...threads].sort((a, b) => b[1] - a[1])[0] ?? [''];
  const mine = events.filter((event) => `${event.pid} ${event.tid}` === busiest && event.ph === 'X').sort((a, b) => a.ts - b.ts);
  const drawn = mine.filter((event) => event.name === 'FireAnimationFrame');
  const tasks = mine.filter((event) => event.name === 'RunTask' || event.name === 'ThreadControllerImpl::RunTask');
  const names = new Set(tasks.map((task) => task.name));
  const outermost = names.size > 1 ? tasks.filter((task) => task.name === 'RunTask') : tasks;
  const frames = [];
  /** @type {number[]} */
  const all = [];
  let sum = 0;
  let longest = 0;
  let next = 0;
  for (const task of outermost) {
    const end = task.ts + task.dur;
    const own = (task.tdur ?? 0) / 1000;
    sum += own;
    all.push(own);
    longest = Math.max(longest, own);
    let drew = false;
    while (next < drawn.length && drawn[next].ts < end) {
      drew ||= drawn[next].ts >= task.ts;
      ++next;
    }
    if (!drew) continue;
    frames.push(sum);
    sum = 0;
  }
  // The first frame's share holds what came before it.
  return { frames: frames.slice(1), longest, tasks: all };
}
