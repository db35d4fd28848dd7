using RegisterEngine.Columns;
using RegisterEngine.Kernels;
using RegisterEngine.Sources.Tables;

namespace RegisterEngine.Sources.Fields;

/// <summary>Finds the entries of codes and whole numbers of a table: each distinct one is looked up as text once, not in every row.</summary>
internal sealed class DirectEntries
{
    private readonly CodeMemo<int> _codes = new();
    private readonly NumberMap _numbers = new();
    private readonly ByteBuffer _text = new();
    private int _missing = TextTable.None;

    /// <summary>Forgets all entries.</summary>
    public void Forget()
    {
        _codes.Forget();
        _numbers.Clear();
        _missing = TextTable.None;
    }

    /// <summary>Finds the entry of each row.</summary>
    public void Find(Column column, int from, CodeRun run, Span<int> entries)
    {
        if (column.Codes is DictionaryValues dictionary)
            FindCodes(column, dictionary, from, run, entries);
        else
            FindNumbers(column, from, run, entries);
    }

    private void FindCodes(Column column, DictionaryValues dictionary, int from, CodeRun run, Span<int> entries)
    {
        _codes.Use(dictionary);
        ReadOnlySpan<int> codes = column.As<int>().Slice(from, entries.Length);
        bool hasNulls = column.NullCount > 0;
        for (int row = 0; row < codes.Length; row++)
        {
            if (!hasNulls && (row += _codes.Get(codes[row..], entries[row..])) == codes.Length)
                return;
            if (hasNulls && column.IsNull(from + row))
                entries[row] = Missing(run);
            else if (!_codes.TryGet(codes[row], out entries[row]))
            {
                entries[row] = EntryOf(dictionary.Values, codes[row], run);
                _codes.Set(codes[row], isRead: true, entries[row]);
            }
        }
    }

    private void FindNumbers(Column column, int from, CodeRun run, Span<int> entries)
    {
        Span<long> numbers = stackalloc long[ParseContext.MostRows];
        TypedNumbers.Widen(column, from, numbers[..entries.Length]);
        bool hasNulls = column.NullCount > 0;
        for (int row = 0; row < entries.Length; row++)
        {
            if (hasNulls && column.IsNull(from + row))
                entries[row] = Missing(run);
            else if (!_numbers.TryGet(numbers[row], out entries[row]))
            {
                _text.Clear();
                ValueText.Append(_text, column, from + row);
                _numbers.Add(numbers[row], entries[row] = run.EntryOf(_text.Written));
            }
        }
    }

    // Dictionaries come and go with row groups, and the same numbers come again.
    private int EntryOf(Column values, int row, CodeRun run)
    {
        if (!TypedNumbers.IsWhole(values.Field.Type) || values.IsNull(row))
            return run.EntryOf(_codes.TextOf(row));
        Span<long> number = [0];
        TypedNumbers.Widen(values, row, number);
        if (!_numbers.TryGet(number[0], out int entry))
            _numbers.Add(number[0], entry = run.EntryOf(_codes.TextOf(row)));
        return entry;
    }

    private int Missing(CodeRun run) => _missing == TextTable.None ? _missing = run.EntryOf([]) : _missing;
}
