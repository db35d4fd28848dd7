using RegisterEngine.Sources.Fields;

namespace RegisterEngine.Sources;

/// <summary>An extract that has been opened: its layout, and what has become of its rows so far.</summary>
internal abstract class Extract : IDisposable
{
    // A random number of eleven digits is a valid identity number once in 800 times; a real register has nothing else.
    private const int NationalIdsAllowedOneIn = 50;

    private readonly Lock _reporting = new();
    private readonly RejectLog _rejects;
    private readonly Columns.YearSpan? _years;

    protected Extract(ExtractInput input, int origin, SourceOptions options)
    {
        Input = input;
        Origin = origin;
        _years = options.Years;
        _rejects = new RejectLog(input.Name, options.ScratchFolder);
    }

    /// <summary>The input.</summary>
    public ExtractInput Input { get; }

    /// <summary>Its place in the list of inputs.</summary>
    public int Origin { get; }

    /// <summary>How its columns are found in the layout.</summary>
    public abstract FieldBinding Fields { get; }

    /// <summary>Whether the year in its name, where no column has one, is none of those wanted: then nothing but its beginning is read.</summary>
    public bool IsOfOtherYear => _years is { } wanted && Fields.Year is { } year && !wanted.Contains(year);

    /// <summary>What has become of the rows.</summary>
    public SourceCounts Counts { get; } = new();

    /// <summary>Bytes read so far, after decompression of the file as a whole.</summary>
    public abstract long BytesRead { get; }

    /// <summary>The rejected rows, by line, once all is read.</summary>
    public IEnumerable<Reject> Rejects => _rejects.Read(FirstLine);

    /// <summary>The line of the first record; a table counts rows.</summary>
    protected abstract long FirstLine { get; }

    /// <summary>A reader of its pieces for one thread, which may serve other extracts of the same kind too.</summary>
    public abstract PieceReader NewReader(Columns.RegisterBooks books, SourceOptions options);

    /// <summary>Takes what became of a piece. May be called from any thread.</summary>
    /// <exception cref="ExtractException">The column of persons holds national identity numbers.</exception>
    public void Report(int piece, int lines, SourceCounts counts, IReadOnlyList<Reject> rejects)
    {
        lock (_reporting)
        {
            Counts.Merge(counts);
            _rejects.Add(piece, lines, rejects);
            CheckPersons(Input.Name, Counts);
        }
    }

    /// <summary>Sees whether the keys of persons that were counted are national identity numbers.</summary>
    /// <param name="input">Name of the input.</param>
    /// <param name="counts">What was counted so far.</param>
    /// <exception cref="ExtractException">They are.</exception>
    public static void CheckPersons(string input, SourceCounts counts)
    {
        if (counts[Finding.NationalIdPerson] * NationalIdsAllowedOneIn > counts[Finding.ElevenDigitPerson])
            throw new ExtractException(
                input,
                $"the column of persons holds valid national identity numbers ({counts[Finding.NationalIdPerson]} of {counts[Finding.ElevenDigitPerson]} eleven-digit keys so far). They are not processed in clear: give a key with --pseudonymise-key FILE.");
    }

    /// <summary>Takes how many of the accepted rows are of other years than those wanted. May be called from any thread.</summary>
    public void ReportOtherYears(long rows)
    {
        lock (_reporting)
            Counts.CountOtherYears(rows);
    }

    /// <inheritdoc/>
    public virtual void Dispose() => _rejects.Dispose();
}

/// <summary>Reads pieces of extracts of one kind into batches: one for each thread, which owns all the memory that it needs.</summary>
internal abstract class PieceReader : IDisposable
{
    /// <summary>Takes the next piece of an extract; false at its end.</summary>
    public abstract bool Open(Extract extract);

    /// <summary>Reads rows of the open piece until the batch is full; false where no row is left.</summary>
    public abstract bool Read(Columns.ColumnBatch batch);

    /// <summary>Reports what became of the open piece.</summary>
    public abstract void Close();

    /// <inheritdoc/>
    public virtual void Dispose()
    {
    }
}
