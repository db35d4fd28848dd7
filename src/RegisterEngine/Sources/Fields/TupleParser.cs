using RegisterEngine.Columns;
using RegisterEngine.Kernels;

namespace RegisterEngine.Sources.Fields;

/// <summary>Reads all columns of the unit, or all of the job, into the code of their tuple.</summary>
internal sealed class TupleParser : FieldParser
{
    private const int SeenCount = 1 << 12;

    private readonly CodeRun[] _runs;
    private readonly TupleBook _book;
    private readonly int[] _tuple;

    // For each run and each of its columns, the place in the tuple.
    private readonly int[][] _places;
    private readonly int[][] _entries;

    // Where there is one run: the tuple of each entry.
    private int[] _tupleOfEntry = [];

    // Where there are several: combinations of entries.
    private readonly Combination[] _seen = new Combination[SeenCount];

    /// <summary>A parser of some runs of fields; columns that no run has are missing in every row.</summary>
    public TupleParser(
        IReadOnlyList<IReadOnlyList<BoundField>> runs, IReadOnlyList<RegisterColumn> columns, BatchColumn target, byte quote, TextDecoder decoder,
        RegisterBooks books)
        : base(runs[0][0], target, quote)
    {
        _runs = [.. runs.Select(run => new CodeRun(run, quote, decoder, books))];
        _book = target == BatchColumn.Unit ? books.Units : books.Jobs;
        _tuple = new int[columns.Count];
        _places = [.. _runs.Select(run => run.Columns.Select(column => columns.Index().First(indexed => indexed.Item == column).Index).ToArray())];
        _entries = [.. _runs.Select(_ => new int[ParseContext.MostRows])];
        ForgetCombinations();
    }

    /// <inheritdoc/>
    public override void Parse(ParseContext context)
    {
        int rows = context.Rows.Rows;
        Span<int> values = context.Batch.Numbers(Target).Slice(context.At, rows);
        for (int i = 0; i < _runs.Length; i++)
        {
            if (_runs[i].ForgetIfFull())
                Forget();
            _runs[i].Parse(context, _entries[i].AsSpan(0, rows));
        }
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

    // Few combinations of entries occur: a small table remembers those seen lately.
    private void FromRuns(Span<int> values)
    {
        for (int row = 0; row < values.Length; row++)
        {
            (int, int, int, int) key = (EntryOf(0, row), EntryOf(1, row), EntryOf(2, row), EntryOf(3, row));
            ref Combination seen = ref _seen[((key.Item1 * 31) + (key.Item2 * 17) + (key.Item3 * 7) + key.Item4) & (SeenCount - 1)];
            if (seen.Entries != key)
                seen = new Combination(key, Tuple([key.Item1, key.Item2, key.Item3, key.Item4]));
            values[row] = seen.Tuple;
        }
    }

    private int EntryOf(int run, int row) => run < _entries.Length ? _entries[run][row] : 0;

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

    private void Forget()
    {
        _tupleOfEntry.AsSpan().Fill(TextTable.None);
        ForgetCombinations();
    }

    private void ForgetCombinations() => Array.Fill(_seen, new Combination((TextTable.None, 0, 0, 0), TextTable.None));

    private readonly record struct Combination((int, int, int, int) Entries, int Tuple);
}
