// Files of the table by implementations of others.

import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { DuckDBInstance } from '@duckdb/node-api';
import * as arrow from 'apache-arrow';
import polars from 'nodejs-polars';
import { Compression, Table, WriterPropertiesBuilder, WriterVersion, writeParquet } from 'parquet-wasm/node';
import { columns } from './table.mjs';

const quote = (value) => (value === null ? 'NULL' : `'${value.replaceAll("'", "''")}'`);

// DuckDB: six codecs, both versions of pages.
export async function writeByDuckDb(rows, folder, label) {
  const files = [];
  const connection = await (await DuckDBInstance.create(':memory:')).connect();
  await connection.run(`create table t (${columns.map((c) => `${c.name} ${c.sql}`).join(', ')})`);
  for (let at = 0; at < rows.length; at += 500)
    await connection.run(`insert into t values ${rows.slice(at, at + 500).map((row) => `(${row.map(quote).join(', ')})`).join(', ')}`);
  for (const codec of ['uncompressed', 'snappy', 'gzip', 'zstd', 'brotli', 'lz4_raw'])
    for (const version of ['V1', 'V2']) {
      const file = join(folder, `${label}-duckdb-${codec}-${version}.parquet`);
      await connection.run(`copy t to '${file}' (format parquet, compression ${codec}, parquet_version ${version}, row_group_size 2048)`);
      files.push(file);
    }
  return files;
}

// Apache Arrow for JavaScript: streams and files; codes as dictionaries.
export function writeByArrowJs(rows, folder, label) {
  const table = arrowTable(rows);
  const stream = join(folder, `${label}-arrowjs.arrows`);
  const file = join(folder, `${label}-arrowjs.arrow`);
  writeFileSync(stream, arrow.tableToIPC(table, 'stream'));
  writeFileSync(file, arrow.tableToIPC(table, 'file'));
  return [stream, file];
}

export function writeByParquetWasm(rows, folder, label) {
  const files = [];
  const ipc = arrow.tableToIPC(arrowTable(rows), 'stream');
  for (const [name, codec] of [['snappy', Compression.SNAPPY], ['zstd', Compression.ZSTD], ['gzip', Compression.GZIP], ['lz4', Compression.LZ4_RAW], ['brotli', Compression.BROTLI]])
    for (const [version, number] of [['V1', WriterVersion.V1], ['V2', WriterVersion.V2]]) {
      const file = join(folder, `${label}-parquetwasm-${name}-${version}.parquet`);
      const properties = new WriterPropertiesBuilder().setCompression(codec).setWriterVersion(number).setMaxRowGroupSize(1000).build();
      writeFileSync(file, writeParquet(Table.fromIPCStream(ipc), properties));
      files.push(file);
    }
  return files;
}

export function writeByPolars(parquet, folder, label) {
  const frame = polars.readParquet(parquet);
  const files = [];
  for (const compression of ['uncompressed', 'snappy', 'gzip', 'zstd', 'brotli', 'lz4']) {
    const file = join(folder, `${label}-polars-${compression}.parquet`);
    frame.writeParquet(file, { compression });
    files.push(file);
  }
  for (const compression of ['uncompressed', 'lz4', 'zstd']) {
    const file = join(folder, `${label}-polars-${compression}.arrow`);
    frame.writeIPC(file, { compression });
    files.push(file);
  }
  return files;
}

export function arrowTable(rows) {
  const of = (c, type, convert) => arrow.vectorFromArray(rows.map((row) => (row[c] === null ? null : convert(row[c]))), type);
  const day = (text) => Date.parse(`${text.slice(0, 10)}T00:00:00Z`);
  return new arrow.Table({
    id: of(0, new arrow.Int32(), Number),
    big: of(1, new arrow.Int64(), BigInt),
    real: of(2, new arrow.Float64(), Number),
    text: of(3, new arrow.Utf8(), String),
    code: of(4, new arrow.Dictionary(new arrow.Utf8(), new arrow.Int16()), String),
    flag: of(5, new arrow.Bool(), (text) => text === 'true'),
    day: of(6, new arrow.DateDay(), (text) => new Date(day(text))),
    size: of(7, new arrow.Decimal(2, 9, 128), (text) => decimalWords(BigInt(text.replace('.', '')))),
    nothing: of(8, new arrow.Utf8(), String),
    moment: of(9, new arrow.TimestampMicrosecond(), (text) => Date.parse(`${text}Z`)),
  });
}

function decimalWords(units) {
  const words = new Uint32Array(4);
  const all = BigInt.asUintN(128, units);
  for (let i = 0; i < 4; i++) words[i] = Number((all >> BigInt(32 * i)) & 0xffffffffn);
  return words;
}
