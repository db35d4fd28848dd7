using RegisterEngine.Columns;
using RegisterEngine.Kernels;

namespace RegisterEngine.Sources.Fields;

/// <summary>Reads all columns of the unit, or all of the job, into the code of their tuple.</summary>
internal sealed class TupleParser : FieldParser
{
    private readonly CodeRun[] _runs;
    private readonly TupleBook _book;
    private readonly int[] _tuple;

    // For each run and each of its columns, the place in the tuple.
    private readonly int[][] _places;
    private readonly int[][] _entries;
    private readonly int[] _none = new int[ParseContext.MostRows];

    // Where there is one run: the tuple of each entry.
    private int[] _tupleOfEntry = [];

    // Where there are several: combinations of entries.
    private readonly Combinations _seen = new();

    // Where all are dictionary codes of a table.
    private readonly CodedTuples _coded;

    /// <summary>A parser of some runs of fields; columns that no run has are missing in every row.</summary>
    public TupleParser(
        IReadOnlyList<IReadOnlyList<BoundField>> runs, IReadOnlyList<RegisterColumn> columns, BatchColumn target, byte quote, TextDecoder decoder,
        RegisterBooks books)
        : base(runs[0][0], target, quote)
    {
        _runs = Arrays.Make(runs, run => new CodeRun(run, quote, decoder, books));
        _book = target == BatchColumn.Unit ? books.Units : books.Jobs;
        _tuple = new int[columns.Count];
        _places = Arrays.Make(_runs, run => Arrays.Make(run.Columns, column => RegisterColumns.PlaceOf(column, columns)));
        _entries = Arrays.Make(_runs.Length, _ => new int[ParseContext.MostRows]);
        _coded = new CodedTuples(Arrays.Make(_runs, run => new CodedColumn(run.Place, run.Reader)), TupleOf);
    }

    /// <inheritdoc/>
    public override void Parse(ParseContext context)
    {
        int rows = context.Rows.Rows;
        Span<int> values = context.Batch.Numbers(Target).Slice(context.At, rows);
        foreach (CodeRun run in _runs)
            if (run.ForgetIfFull())
                Forget();
        if (_coded.TryParse(context, values))
            return;
        for (int i = 0; i < _runs.Length; i++)
            _runs[i].Parse(context, _entries[i].AsSpan(0, rows));
        if (_runs.Length == 1)
            FromOneRun(_entries[0], values);
        else
            FromRuns(values);
    }

    private void FromOneRun(ReadOnlySpan<int> entries, Span<int> values)
    {
        for (int row = 0; row < values.Length; row++)
        {
            int entry = entries[row];
            if (entry >= _tupleOfEntry.Length || _tupleOfEntry[entry] < 0)
                Learn(entry);
            values[row] = _tupleOfEntry[entry];
        }
    }

    private void Learn(int entry)
    {
        int known = _tupleOfEntry.Length;
        if (entry >= known)
        {
            Array.Resize(ref _tupleOfEntry, Math.Max(256, entry * 2));
            _tupleOfEntry.AsSpan(known).Fill(TextTable.None);
        }
        _tupleOfEntry[entry] = Tuple([entry]);
    }

    private void FromRuns(Span<int> values)
    {
        var rows = new CombinationRows(EntriesOf(0, values.Length), EntriesOf(1, values.Length), EntriesOf(2, values.Length), EntriesOf(3, values.Length));
        for (int row = 0; (row = _seen.Find(row, rows, values)) < values.Length; row++)
        {
            Combination key = rows[row];
            _seen.Add(key, values[row] = Tuple([key.First, key.Second, key.Third, key.Fourth]));
        }
    }

    private ReadOnlySpan<int> EntriesOf(int run, int rows) => run < _entries.Length ? _entries[run].AsSpan(0, rows) : _none.AsSpan(0, rows);

    private int Tuple(ReadOnlySpan<int> entries)
    {
        _tuple.AsSpan().Fill(CodeBook.Missing);
        for (int i = 0; i < _runs.Length; i++)
        {
            ReadOnlySpan<int> codes = _runs[i].CodesOf(entries[i]);
            for (int j = 0; j < codes.Length; j++)
                _tuple[_places[i][j]] = codes[j];
        }
        return _book.Code(_tuple);
    }

    // Of codes, one for each run.
    private int TupleOf(ReadOnlySpan<int> codes)
    {
        _tuple.AsSpan().Fill(CodeBook.Missing);
        for (int i = 0; i < codes.Length; i++)
            _tuple[_places[i][0]] = codes[i];
        return _book.Code(_tuple);
    }

    private void Forget()
    {
        _tupleOfEntry.AsSpan().Fill(TextTable.None);
        _seen.Clear();
        _coded.Forget();
    }
}
