using RegisterEngine.Columns;
using RegisterEngine.Kernels;
using RegisterEngine.Sources.Tables;

namespace RegisterEngine.Sources.Arrow;

/// <summary>The one dictionary that a column of a stream or file has, whatever dictionaries its batches come with: all their texts, in the order of arrival.</summary>
internal sealed class DictionaryWriter(Field field)
{
    private readonly TextDictionary _texts = new();
    private readonly Field _field = new("", SchemaWriter.Written(field));
    private ICodes? _mapped;
    private int[] _map = [];
    private int _known;
    private int _written = -1;

    /// <summary>Whether what <see cref="TakeNew"/> gave last adds to what was there.</summary>
    public bool IsDelta { get; private set; }

    /// <summary>The codes of a column in this dictionary, and the column with a bitmap in which codes without a text are missing.</summary>
    public (Column Column, Memory<byte> Codes) Map(Column column, int rows)
    {
        Learn(column.Codes!);
        Memory<byte> memory = Buffers.Allocate(rows * sizeof(int));
        Span<int> target = Buffers.As<int>(memory.Span);
        ReadOnlySpan<int> codes = column.As<int>()[..rows];
        Column? corrected = null;
        for (int row = 0; row < rows; row++)
        {
            int code = codes[row] < 0 || column.IsNull(row) ? -1 : _map[codes[row]];
            target[row] = Math.Max(0, code);
            if (code < 0 && !column.IsNull(row))
                (corrected ??= Copy(column, rows)).SetNull(row);
        }
        return (corrected ?? column, memory);
    }

    /// <summary>The texts that have not been written, as a column; null where all have.</summary>
    public Column? TakeNew()
    {
        if (_written == _texts.Count)
            return null;
        IsDelta = _written >= 0;
        int from = Math.Max(0, _written);
        var column = new Column(_field, _texts.Count - from);
        long end = 0;
        for (int i = 0; i < column.Capacity; i++)
        {
            ReadOnlySpan<byte> text = _texts[from + i];
            column.ReserveData(checked((int)end + text.Length));
            text.CopyTo(column.Data.Span[(int)end..]);
            end += text.Length;
            if (_field.Type.Width == sizeof(long))
                column.As<long>()[i + 1] = end;
            else
                column.As<int>()[i + 1] = (int)end;
        }
        _written = _texts.Count;
        return column;
    }

    // All texts of a dictionary at once, used or not, so that nothing has to be added to it later.
    private void Learn(ICodes codes)
    {
        if (!ReferenceEquals(codes, _mapped))
            _known = 0;
        _mapped = codes;
        if (_map.Length < codes.Count)
            Array.Resize(ref _map, codes.Count);
        for (; _known < codes.Count; _known++)
            _map[_known] = codes switch
            {
                CodeBook book => _texts.CodeOf(book.Utf8(_known)),
                DictionaryValues { Values: var values } => values.IsNull(_known) ? -1 : _texts.CodeOf(values.TextAt(_known)),
                _ => throw new ArgumentException($"The codes of column '{field.Name}' stand for no texts."),
            };
    }

    private static Column Copy(Column column, int rows)
    {
        var copy = new Column(column.Field, column.Capacity, column.Codes);
        for (int row = 0; row < rows; row++)
            if (column.IsNull(row))
                copy.SetNull(row);
        return copy;
    }
}
