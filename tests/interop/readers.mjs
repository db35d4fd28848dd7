// Rows of files as implementations of others read them, as texts.

import { readFileSync } from 'node:fs';
import { DuckDBInstance } from '@duckdb/node-api';
import * as arrow from 'apache-arrow';
import { parquetReadObjects } from 'hyparquet';
import { compressors } from 'hyparquet-compressors';
import polars from 'nodejs-polars';
import { readParquet } from 'parquet-wasm/node';
import { columns, dayText, decimalText, momentText } from './table.mjs';

export async function readByDuckDb(file) {
  const connection = await (await DuckDBInstance.create(':memory:')).connect();
  const casts = columns.map((c) => (c.name === 'moment' ? "strftime(moment, '%Y-%m-%dT%H:%M:%S')" : `${c.name}::varchar`));
  return (await connection.runAndReadAll(`select ${casts.join(', ')} from read_parquet('${file}')`)).getRows();
}

export function readByArrowJs(file) {
  return fromArrow(arrow.tableFromIPC(readFileSync(file)));
}

export function readByParquetWasm(file) {
  return fromArrow(arrow.tableFromIPC(readParquet(readFileSync(file)).intoIPCStream()));
}

export function readByPolars(file) {
  const frame = file.endsWith('.parquet') ? polars.readParquet(file) : polars.readIPC(readFileSync(file));
  const texts = frame.select(...columns.map((c) => (c.sql === 'DOUBLE' ? polars.col(c.name) : polars.col(c.name).cast(polars.Utf8))));
  return texts.rows().map((row) => row.map((value, c) => {
    if (value === null) return null;
    return columns[c].sql === 'TIMESTAMP' ? String(value).replace(' ', 'T').slice(0, 19) : String(value);
  }));
}

export async function readByHyparquet(file) {
  const bytes = readFileSync(file);
  const buffer = bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.byteLength);
  const rows = await parquetReadObjects({ file: { byteLength: buffer.byteLength, slice: (from, to) => buffer.slice(from, to) }, compressors });
  return rows.map((row) => columns.map((c) => {
    const value = row[c.name];
    if (value === null || value === undefined) return null;
    if (c.sql === 'DATE') return value.toISOString().slice(0, 10);
    if (c.sql === 'TIMESTAMP') return value.toISOString().slice(0, 19);
    if (c.sql.startsWith('DECIMAL')) return decimalText(BigInt(Math.round(Number(value) * 100)));
    return String(value);
  }));
}

function fromArrow(table) {
  const vectors = columns.map((c) => table.getChild(c.name));
  return Array.from({ length: table.numRows }, (_, r) => vectors.map((vector, c) => {
    const value = vector.get(r);
    if (value === null) return null;
    const { sql } = columns[c];
    if (sql === 'DATE') return dayText(Math.round(Number(value) / 86400000));
    if (sql === 'TIMESTAMP') return momentText(BigInt(Math.round(Number(value) * 1000)));
    if (sql.startsWith('DECIMAL')) return decimalText(decimalOf(value));
    return String(value);
  }));
}

function decimalOf(words) {
  let all = 0n;
  for (let i = words.length - 1; i >= 0; i--) all = (all << 32n) | BigInt(words[i]);
  return BigInt.asIntN(32 * words.length, all);
}
