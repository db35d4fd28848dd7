// The national job in DuckDB: one streaming query makes the panel, two more the tables. Prints what the engine's program prints.
import { DuckDBInstance } from '@duckdb/node-api';

const [, , extracts, threads = '2'] = process.argv;
const text = extracts?.endsWith('text.parquet');
if (!extracts) {
  console.error('usage: node national.mjs EXTRACTS [THREADS]');
  process.exit(2);
}
const instance = await DuckDBInstance.create(':memory:', { threads, memory_limit: '16GB', preserve_insertion_order: 'false' });
const connection = await instance.connect();
const csv = `read_csv('${extracts}', delim=';', header=true, decimal_separator=',', auto_detect=false, columns={aar:'SMALLINT', personid:'BIGINT',
  fodselsaar:'SMALLINT', kjonn:'VARCHAR', kommunenr:'SMALLINT', orgnr:'INTEGER', virksomhet:'VARCHAR', stillingskode:'SMALLINT', stillingsnavn:'VARCHAR',
  tjenesteomrade:'VARCHAR', stillingsprosent:'DECIMAL(5,2)', ansettelsesform:'VARCHAR', ansattdato:'DATE', grunnlonn:'INTEGER'})`;
// Columns that have these types already are taken as they are.
const parquet = `(select aar::SMALLINT as aar, personid::BIGINT as personid, fodselsaar::SMALLINT as fodselsaar, kjonn, kommunenr::SMALLINT as kommunenr, orgnr::INTEGER as orgnr,
  stillingskode::SMALLINT as stillingskode, tjenesteomrade, ${text ? "replace(stillingsprosent, ',', '.')" : 'stillingsprosent'}::DECIMAL(5,2) as stillingsprosent
  from read_parquet('${extracts}'))`;
const rows = extracts.endsWith('.parquet') ? parquet : csv;
await connection.run(`create table panel as
  with job as (select aar, personid, fodselsaar, kjonn, kommunenr, orgnr, stillingskode, tjenesteomrade, stillingsprosent from ${rows}),
  main as (select * exclude (place) from (
    select *, row_number() over (partition by personid, aar order by stillingsprosent desc, orgnr, stillingskode) as place from job) where place = 1),
  linked as (select *, lag(orgnr) over person as orgnr_before, lag(aar) over person as aar_before, lead(orgnr) over person as orgnr_after, lead(aar) over person as aar_after
    from main window person as (partition by personid order by aar)),
  span as (select min(aar) as first, max(aar) as last from (select distinct aar from main))
  select linked.* exclude (orgnr_before, aar_before, orgnr_after, aar_after),
    case when aar = first then null else not coalesce(aar_before = aar - 1 and orgnr_before = orgnr, false) end as new_hire,
    case when aar = last then null else (aar_after is null or aar_after <> aar + 1) end as sector_exit,
    case when aar = last then null else coalesce(aar_after = aar + 1 and orgnr_after <> orgnr, false) end as workplace_move
  from linked, span`);
const national = await connection.runAndReadAll(`select aar, count(*), coalesce(sum(sector_exit::int), 0), coalesce(sum(workplace_move::int), 0),
    coalesce(sum(new_hire::int), 0) from panel where stillingsprosent >= 60 group by aar order by aar`);
await connection.run(`create table cells as select orgnr, aar, new_hire, kjonn, (aar - fodselsaar) // 10 as age_group, count(*) as n,
    coalesce(sum(sector_exit::int), 0) as exits, coalesce(sum(workplace_move::int), 0) as moves from panel group by all`);
const sums = await connection.runAndReadAll(`with weighted as (select n, exits, moves,
    (orgnr % 1000003)::bigint * (aar - 1900) * (case new_hire when true then 3 when false then 2 else 1 end)
      * (case kjonn when 'K' then 2 else 1 end) * (age_group + 1) as weight from cells)
  select count(*), sum(n * weight), sum(exits * weight), sum(moves * weight) from weighted`);
for (const row of national.getRowsJson()) console.log(row.join(' '));
console.log(`cells ${sums.getRowsJson()[0].join(' ')}`);
