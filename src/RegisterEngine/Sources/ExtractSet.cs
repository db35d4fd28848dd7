using RegisterEngine.Columns;
using RegisterEngine.Kernels;
using RegisterEngine.Sources.Fields;
using RegisterEngine.Sources.Text;

namespace RegisterEngine.Sources;

/// <summary>All extracts of a run. Any number of readers share them: each takes the next piece of whichever extract has one left.</summary>
public sealed class ExtractSet : IDisposable
{
    private readonly Lock _opening = new();
    private readonly IReadOnlyList<ExtractInput> _inputs;
    private readonly SourceOptions _options;
    private readonly Extract?[] _extracts;
    private readonly bool[] _ended;
    private int _opened;

    /// <summary>The extracts of some inputs, none opened yet.</summary>
    /// <param name="inputs">The inputs, in an order that does not depend on how they were named.</param>
    /// <param name="books">Where texts get their codes.</param>
    /// <param name="options">How to read them.</param>
    public ExtractSet(IReadOnlyList<ExtractInput> inputs, RegisterBooks books, SourceOptions options)
    {
        _inputs = inputs;
        _options = options;
        Books = books;
        _extracts = new Extract?[inputs.Count];
        _ended = new bool[inputs.Count];
    }

    /// <summary>Where texts get their codes.</summary>
    public RegisterBooks Books { get; }

    /// <summary>Bytes read so far, after decompression.</summary>
    public long BytesRead => _extracts.Sum(extract => extract?.BytesRead ?? 0);

    /// <summary>Bytes of all inputs before decompression; 0 where nobody knows.</summary>
    public long Length => _inputs.Any(input => input.Length == 0) ? 0 : _inputs.Sum(input => input.Length);

    /// <summary>Bytes of the inputs taken so far, before decompression: that of a compressed input counts when it is read to its end.</summary>
    public long BytesTaken => _extracts.Select((extract, place) => extract is null ? 0 : _ended[place] ? extract.Input.Length : extract.Input.IsPlain ? extract.BytesRead : 0).Sum();

    /// <summary>Rows read so far.</summary>
    public long Rows => _extracts.Sum(extract => extract?.Counts.Read ?? 0);

    /// <summary>What became of the rows of each input, in their order; complete once all readers are at the end.</summary>
    public IReadOnlyList<SourceReport> Reports => Arrays.Make(Array.FindAll(_extracts, extract => extract is not null), extract => new SourceReport(extract!));

    /// <summary>A reader for one thread.</summary>
    public ExtractReader NewReader() => new(this, _options);

    /// <inheritdoc/>
    public void Dispose()
    {
        foreach (Extract? extract in _extracts)
            extract?.Dispose();
    }

    /// <summary>An extract that may have pieces left: one that nobody reads yet, or else any that has not ended; null when all have.</summary>
    internal Extract? Next()
    {
        lock (_opening)
        {
            while (_opened < _inputs.Count)
            {
                int place = _opened++;
                Extract extract = _extracts[place] = Open(_inputs[place], place);
                if (!extract.IsOfOtherYear)
                    return extract;
                _ended[place] = true;
            }
            for (int place = 0; place < _extracts.Length; place++)
                if (!_ended[place])
                    return _extracts[place];
            return null;
        }
    }

    private Extract Open(ExtractInput input, int place) => ExtractFormats.IsTable(input)
        ? new TableExtract(input, place, _options)
        : new TextExtract(input, place, _options.Layouts, _options);

    /// <summary>Says that an extract has no pieces left.</summary>
    internal void End(Extract extract)
    {
        lock (_opening)
            _ended[extract.Origin] = true;
    }
}

/// <summary>Reads employments, batch by batch, from the extracts of a set: for one thread.</summary>
public sealed class ExtractReader : IDisposable
{
    private readonly ExtractSet _set;
    private readonly SourceOptions _options;
    private readonly Dictionary<Type, PieceReader> _readers = [];
    private Extract? _extract;
    private PieceReader? _open;

    internal ExtractReader(ExtractSet set, SourceOptions options)
    {
        _set = set;
        _options = options;
    }

    /// <summary>The fewest rows that a batch must have room for: as many are parsed at once.</summary>
    public const int FewestBatchRows = ParseContext.MostRows;

    /// <summary>Fills a batch with the next rows; false at the end of all extracts. It may come empty where <see cref="SourceOptions.Years"/> are given.</summary>
    /// <exception cref="ArgumentException">The batch has room for less than <see cref="FewestBatchRows"/>.</exception>
    /// <exception cref="ExtractException">An extract cannot be read; the message names it and tells what to do.</exception>
    public bool Read(ColumnBatch batch)
    {
        if (batch.Capacity < FewestBatchRows)
            throw new ArgumentException($"A batch needs room for {FewestBatchRows} rows, not {batch.Capacity}.", nameof(batch));
        while (true)
        {
            if (_open?.Read(batch) == true)
                return true;
            _open?.Close();
            _open = null;
            _extract ??= _set.Next();
            if (_extract is null)
                return false;
            PieceReader reader = ReaderOf(_extract);
            if (reader.Open(_extract))
            {
                _open = reader;
                continue;
            }
            _set.End(_extract);
            _extract = null;
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        foreach (PieceReader reader in _readers.Values)
            reader.Dispose();
    }

    private PieceReader ReaderOf(Extract extract)
    {
        if (!_readers.TryGetValue(extract.GetType(), out PieceReader? reader))
        {
            reader = extract.NewReader(_set.Books, _options);
            if (_options.Years is { } years)
                reader = new YearReader(reader, years);
            _readers[extract.GetType()] = reader;
        }
        return reader;
    }
}
