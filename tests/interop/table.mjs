// The table that all sides must agree on: what each value is, as text. null where there is none.

export const columns = [
  { name: 'id', sql: 'INTEGER' },
  { name: 'big', sql: 'BIGINT' },
  { name: 'real', sql: 'DOUBLE' },
  { name: 'text', sql: 'VARCHAR' },
  { name: 'code', sql: 'VARCHAR' },
  { name: 'flag', sql: 'BOOLEAN' },
  { name: 'day', sql: 'DATE' },
  { name: 'size', sql: 'DECIMAL(9,2)' },
  { name: 'nothing', sql: 'VARCHAR' },
  { name: 'moment', sql: 'TIMESTAMP' },
];

const texts = ['', 'a', 'Ås', 'Tromsø', '日本', 'en litt lengre tekst enn seksten byte', '😀', 'x"y;z,\n', ' blank '];
const codes = ['7174', '7076', '0301', 'Sykepleier'];
const bigs = ['-9223372036854775808', '9223372036854775807', '0', '-1', '123456789012'];
const reals = [0, -0.1, 1e300, -1e-300, 1.5, 123456.789, Number.MAX_VALUE, Number.MIN_VALUE];

// Rows of texts; every seventh value is missing, but never an id.
export function rowsOf(count) {
  const rows = [];
  for (let i = 0; i < count; i++) {
    const date = new Date(Date.UTC(1985 + (i % 60), i % 12, 1 + (i % 28)));
    const day = date.toISOString().slice(0, 10);
    const row = [
      String(i % 3 === 0 ? i : -i),
      i < bigs.length ? bigs[i] : String(BigInt(i) * 1000003n),
      String(reals[i % reals.length] + (i % 16 > 7 ? i : 0)),
      texts[i % texts.length] + (i % 4 === 0 ? '' : i),
      codes[(i >> 2) % codes.length],
      String(i % 5 < 2),
      day,
      `${i % 2 ? '-' : ''}${i % 9999}.${String(i % 100).padStart(2, '0')}`.replace(/^-0\.00$/, '0.00'),
      null,
      `${day}T${String(i % 24).padStart(2, '0')}:${String(i % 60).padStart(2, '0')}:07`,
    ];
    rows.push(row.map((value, c) => (c > 0 && (i * 3 + c * 5) % 7 === 0 ? null : value)));
  }
  return rows;
}

const pad = (number, digits) => String(number).padStart(digits, '0');

export function dayText(days) {
  return new Date(Number(days) * 86400000).toISOString().slice(0, 10);
}

export function momentText(micros) {
  const seconds = BigInt(micros) / 1000000n;
  return new Date(Number(seconds) * 1000).toISOString().slice(0, 19);
}

export function decimalText(units) {
  const sign = units < 0n ? '-' : '';
  const all = units < 0n ? -units : units;
  return `${sign}${all / 100n}.${pad(all % 100n, 2)}`;
}

// The first difference in words, or null.
export function difference(expected, actual) {
  if (expected.length !== actual.length) return `${actual.length} rows, not ${expected.length}`;
  for (let r = 0; r < expected.length; r++)
    for (let c = 0; c < columns.length; c++) {
      const [a, b] = [expected[r][c], actual[r][c] ?? null];
      const same = a === b || (columns[c].sql === 'DOUBLE' && a !== null && b !== null && Number(a) === Number(b));
      if (!same) return `row ${r}, column ${columns[c].name}: ${JSON.stringify(b)}, not ${JSON.stringify(a)}`;
    }
  return null;
}

// CSV as RegisterEngine writes it: an empty field is a missing value, an empty text is quoted.
export function parseCsv(text) {
  const rows = [];
  let [row, field, quoted, wasQuoted] = [[], '', false, false];
  const end = () => { row.push(field === '' && !wasQuoted ? null : field); field = ''; wasQuoted = false; };
  for (let i = 0; i < text.length; i++) {
    const c = text[i];
    if (quoted) {
      if (c !== '"') field += c;
      else if (text[i + 1] === '"') { field += '"'; i++; }
      else quoted = false;
    } else if (c === '"') { quoted = true; wasQuoted = true; }
    else if (c === ',') end();
    else if (c === '\n') { end(); rows.push(row); row = []; }
    else field += c;
  }
  return rows.slice(1);
}
