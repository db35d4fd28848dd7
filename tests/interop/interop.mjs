// Both directions: files of others are read by RegisterEngine, and files of RegisterEngine by others; every value must be the same.
// Usage: node interop.mjs PATH-OF-REGISTERENGINE

import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { difference, parseCsv, rowsOf } from './table.mjs';
import { readByArrowJs, readByDuckDb, readByHyparquet, readByParquetWasm, readByPolars } from './readers.mjs';
import { writeByArrowJs, writeByDuckDb, writeByParquetWasm, writeByPolars } from './writers.mjs';

const engine = process.argv[2];
const folder = mkdtempSync(join(tmpdir(), 'registerengine-interop-'));
let [passed, failed] = [0, 0];

const convert = (...args) => execFileSync(engine, ['convert', ...args], { encoding: 'utf8', maxBuffer: 1 << 28 });

async function check(what, expected, read) {
  let problem;
  try {
    problem = difference(expected, await read());
  } catch (error) {
    problem = String(error.stderr || error.stack || error);
  }
  if (problem === null) passed++;
  else {
    failed++;
    console.error(`FAILED ${what}: ${problem}`);
  }
}

try {
  for (const [label, count] of [['none', 0], ['one', 1], ['many', 5000]]) {
    const rows = rowsOf(count);
    const theirs = await writeByDuckDb(rows, folder, label);
    theirs.push(...writeByArrowJs(rows, folder, label), ...writeByParquetWasm(rows, folder, label), ...writeByPolars(theirs[0], folder, label));
    for (const file of theirs)
      await check(`read ${basename(file)}`, rows, () => parseCsv(convert(file, '-')));

    const readers = { duckdb: readByDuckDb, polars: readByPolars, parquetwasm: readByParquetWasm, hyparquet: readByHyparquet };
    for (const codec of ['none', 'snappy', 'zstd']) {
      const ours = join(folder, `${label}-ours-${codec}.parquet`);
      convert(theirs[0], ours, '--compression', codec);
      for (const [name, read] of Object.entries(readers))
        await check(`${name} reads ${basename(ours)}`, rows, () => read(ours));
    }
    for (const ending of ['arrow', 'arrows']) {
      const ours = join(folder, `${label}-ours.${ending}`);
      convert(theirs[0], ours);
      await check(`arrowjs reads ${basename(ours)}`, rows, () => readByArrowJs(ours));
      if (ending === 'arrow') await check(`polars reads ${basename(ours)}`, rows, () => readByPolars(ours));
    }
    const piped = execFileSync(engine, ['convert', '-', '-', '--format', 'arrow'], { input: readFileSync(join(folder, `${label}-arrowjs.arrows`)), maxBuffer: 1 << 28 });
    await check(`a stream of arrowjs through a pipe, ${label}`, rows, () => parseCsv(execFileSync(engine, ['convert', '-', '-'], { encoding: 'utf8', input: readFileSync(join(folder, `${label}-arrowjs.arrows`)), maxBuffer: 1 << 28 })));
    if (piped.subarray(0, 6).toString() !== 'ARROW1') throw new Error('no Arrow file came out of the pipe');
  }
} finally {
  rmSync(folder, { recursive: true });
}
console.log(`${failed > 0 ? 'Failed' : 'Passed'}! - Failed: ${failed}, Passed: ${passed}, Skipped: 0`);
process.exitCode = failed > 0 ? 1 : 0;
