using System.Numerics;
using RegisterEngine.Columns;
using RegisterEngine.Kernels;
using RegisterEngine.Sources.Tables;

namespace RegisterEngine.Sources.Fields;

/// <summary>
/// Some rows of a table. Codes, numbers and dates are read as they are; columns of texts, and whatever nobody reads otherwise, are laid out as the fields of
/// records, so that they are read just as those of a text file.
/// </summary>
internal sealed class TableChunk(IReadOnlyList<BoundField> fields)
{
    private readonly int[] _offsets = new int[(ParseContext.MostRows * 2 * fields.Count) + 1];
    private readonly int _stride = 2 * fields.Count;
    private readonly bool[] _isDirect = new bool[fields.Count];
    private readonly bool[] _isLaidOut = [.. Enumerable.Repeat(true, fields.Count)];
    private readonly ByteBuffer _laidOut = new();
    private readonly ByteBuffer _text = new();
    private ColumnBatch? _batch;
    private int _rows;

    /// <summary>The first row.</summary>
    public int From { get; private set; }

    /// <summary>How many rows.</summary>
    public int Count => _rows;

    /// <summary>The rows as records.</summary>
    public FieldTable Rows => new(_laidOut.Written, _offsets, _stride, _rows);

    /// <summary>Where the offsets of a field stand.</summary>
    public static FieldBounds BoundsOf(int place) => new(2 * place, (2 * place) + 1);

    /// <summary>The column of a field.</summary>
    public Column Column(int place) => _batch![place];

    /// <summary>Whether the column of a field is read as it is.</summary>
    public bool IsDirect(int place) => _isDirect[place];

    /// <summary>Goes to some rows of a batch whose columns are those of the fields.</summary>
    public void Open(ColumnBatch batch, int from, int rows)
    {
        _batch = batch;
        From = from;
        _rows = rows;
        _laidOut.Clear();
        Pad();
        for (int place = 0; place < fields.Count; place++)
        {
            ColumnType type = batch[place].Field.Type;
            _isDirect[place] = IsDirect(fields[place].Column, type);
            if (_isDirect[place])
            {
                LayOutNothing(place);
                continue;
            }
            _isLaidOut[place] = true;
            if (type.HasOffsets)
                LayOutTexts(place, batch[place]);
            else
                LayOutValues(place, batch[place]);
        }
        Pad();
    }

    /// <summary>The value of a row as text; empty where it has none. Good until the next is asked for.</summary>
    public ReadOnlySpan<byte> Text(int place, int row) => ValueText.Of(_batch![place], From + row, _text);

    /// <summary>Whether a column is read as it is.</summary>
    public static bool IsDirect(RegisterColumn column, ColumnType type) => type.Kind == TypeKind.Dictionary || column switch
    {
        RegisterColumn.PositionSize or RegisterColumn.Pay => TypedNumbers.IsScalable(type),
        RegisterColumn.StartDate => TypedDates.IsDate(type),
        RegisterColumn.Sex => false,
        _ => TypedNumbers.IsWhole(type),
    };

    private void Pad()
    {
        _laidOut.Reserve(FieldTable.Padding)[..FieldTable.Padding].Clear();
        _laidOut.Advance(FieldTable.Padding);
    }

    private void LayOutNothing(int place)
    {
        if (!_isLaidOut[place])
            return;
        for (int row = 0; row < ParseContext.MostRows; row++)
            SetBounds(row, place, FieldTable.Padding, FieldTable.Padding);
        _isLaidOut[place] = false;
    }

    // All texts at once; their offsets tell where each stands.
    private void LayOutTexts(int place, Column column)
    {
        if (column.Field.Type.Width == sizeof(long))
            LayOutTexts<long>(place, column);
        else
            LayOutTexts<int>(place, column);
    }

    private void LayOutTexts<T>(int place, Column column)
        where T : unmanaged, IBinaryInteger<T>
    {
        ReadOnlySpan<T> ends = column.As<T>().Slice(From, _rows + 1);
        int first = int.CreateTruncating(ends[0]);
        int shift = _laidOut.Length - first;
        _laidOut.Append(column.Data.Span[first..int.CreateTruncating(ends[_rows])]);
        bool hasNulls = column.NullCount > 0;
        for (int row = 0; row < _rows; row++)
        {
            int start = int.CreateTruncating(ends[row]) + shift;
            bool isNull = hasNulls && column.IsNull(From + row);
            SetBounds(row, place, start, isNull ? start : int.CreateTruncating(ends[row + 1]) + shift);
        }
    }

    private void LayOutValues(int place, Column column)
    {
        for (int row = 0; row < _rows; row++)
        {
            int start = _laidOut.Length;
            if (!column.IsNull(From + row))
                ValueText.Append(_laidOut, column, From + row);
            SetBounds(row, place, start, _laidOut.Length);
        }
    }

    private void SetBounds(int row, int place, int start, int end)
    {
        int at = (row * _stride) + (2 * place);
        _offsets[at] = start - 1;
        _offsets[at + 1] = end;
    }
}
