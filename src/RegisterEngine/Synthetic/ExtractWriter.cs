using RegisterEngine.Columns;
using RegisterEngine.Kernels;

namespace RegisterEngine.Synthetic;

/// <summary>Writes the extract of one year, with the traps that are set, and counts what it writes.</summary>
internal sealed class ExtractWriter(MunicipalSector sector, People people, UnitTexts units, TrapPlan traps, ulong seed)
{
    private const int DuplicateOneIn = 400;
    private const int BadRowsOfEachKind = 8;

    // Half of the rejects that a run tolerates unless told otherwise.
    private const int FewestRowsToBadRow = 200;

    // In a file without other quotes the open one comes after this share of the rows.
    private const double PlaceOfUnclosedQuote = 0.8;

    /// <summary>Name of the file of a year.</summary>
    public static string FileName(int year, ExtractFormat format) => $"pai_{year}.{(format == ExtractFormat.Delimited ? "csv" : "txt")}";

    /// <summary>Writes a file, and tells what is in it.</summary>
    public ExtractTruth Write(string folder, RegisterYear year, ExtractFormat format)
    {
        Dialect dialect = traps.DialectOf(year.Year, format);
        string name = FileName(year.Year, format);
        var counts = new Counts();
        using (var file = new OutputFile(Path.Combine(folder, name)))
        {
            var writer = new RowWriter(file.Stream, dialect, year.Year, sector, units, people);
            writer.WriteHeader();
            WriteRows(writer, dialect, year, counts);
            writer.Finish();
            file.Commit();
        }
        return new ExtractTruth
        {
            File = name,
            Year = year.Year,
            Rows = counts.Rows,
            Duplicates = counts.Duplicates,
            BadRows = counts.BadRows,
            InvalidOrganisationNumbers = counts.InvalidOrganisationNumbers,
            LostZeros = counts.LostZeros,
            DecimalPoints = dialect.DecimalSign == '.' ? counts.Rows - counts.BadRows.Values.Sum() : 0,
        };
    }

    private void WriteRows(RowWriter writer, Dialect dialect, RegisterYear year, Counts counts)
    {
        ReadOnlySpan<Employment> jobs = year.Employments;
        if (traps.Has(Traps.Duplicates) || traps.Has(Traps.BadRows))
            WriteWithTraps(writer, dialect, year, counts);
        else
            foreach (Range range in Deliveries(year))
                foreach (ref readonly Employment job in jobs[range])
                    WriteSound(writer, job, dialect, counts, year.Year);
    }

    private void WriteWithTraps(RowWriter writer, Dialect dialect, RegisterYear year, Counts counts)
    {
        ReadOnlySpan<Employment> jobs = year.Employments;
        IReadOnlyList<RowFault> faults = traps.Has(Traps.BadRows) ? RowFault.In(dialect) : [];
        int badEvery = faults.Count == 0 ? int.MaxValue : Math.Max(FewestRowsToBadRow, jobs.Length / (faults.Count * BadRowsOfEachKind));
        int unclosedAt = faults.Count == 0 || dialect.Widths is not null || dialect.HasQuotes ? -1 : (int)(jobs.Length * PlaceOfUnclosedQuote);
        var again = new List<Employment>();
        int bad = 0;
        foreach (Range range in Deliveries(year))
        {
            for (int i = range.Start.Value; i < range.End.Value; i++)
            {
                WriteSound(writer, jobs[i], dialect, counts, year.Year);
                ulong chance = Hashing.Mix(seed ^ ((ulong)year.Year << 32) ^ (ulong)i);
                if (traps.Has(Traps.Duplicates) && chance % DuplicateOneIn == 0)
                {
                    counts.Duplicates++;
                    if (chance >> 63 == 0)
                        WriteSound(writer, jobs[i], dialect, counts, year.Year);
                    else
                        again.Add(jobs[i]);
                }
                if (i % badEvery == badEvery - 1)
                    WriteBad(writer, jobs[i], faults[bad++ % faults.Count], counts);
                if (i == unclosedAt)
                    WriteBad(writer, jobs[i], RowFault.UnclosedQuote, counts);
            }
        }
        foreach (Employment job in again)
            WriteSound(writer, job, dialect, counts, year.Year);
        if (faults.Count > 0 && dialect.HasQuotes)
            WriteBad(writer, jobs[^1], RowFault.UnclosedQuote, counts);
    }

    // The employments of each municipality, as far as it delivers them.
    private IEnumerable<Range> Deliveries(RegisterYear year)
    {
        int start = 0;
        foreach (int end in EndsOfMunicipalities(year))
        {
            int municipality = sector.MunicipalityOfWorkplace[year.Employments[start].Workplace];
            yield return start..(start + traps.Delivered(municipality, year.Year, end - start));
            start = end;
        }
    }

    private List<int> EndsOfMunicipalities(RegisterYear year)
    {
        var ends = new List<int>();
        ReadOnlySpan<Employment> jobs = year.Employments;
        for (int i = 1; i <= jobs.Length; i++)
            if (i == jobs.Length || sector.MunicipalityOfWorkplace[jobs[i].Workplace] != sector.MunicipalityOfWorkplace[jobs[i - 1].Workplace])
                ends.Add(i);
        return ends;
    }

    private void WriteSound(RowWriter writer, in Employment job, Dialect dialect, Counts counts, int year)
    {
        writer.Write(job);
        counts.Rows++;
        if (units.HasInvalidNumber(job.Workplace))
            counts.InvalidOrganisationNumbers++;
        if (dialect.LosesZeros)
            counts.LostZeros += (Positions.All[job.Position].Code[0] == '0' ? 1 : 0) + (units.Municipality(job.Workplace, year)[0] == '0' ? 1 : 0);
    }

    private static void WriteBad(RowWriter writer, in Employment job, RowFault fault, Counts counts)
    {
        writer.Write(job, fault);
        counts.Rows++;
        counts.BadRows[fault.Reason] = counts.BadRows.GetValueOrDefault(fault.Reason) + 1;
    }

    private sealed class Counts
    {
        public int Rows { get; set; }

        public int Duplicates { get; set; }

        public int InvalidOrganisationNumbers { get; set; }

        public int LostZeros { get; set; }

        public SortedDictionary<string, int> BadRows { get; } = new(StringComparer.Ordinal);
    }
}
