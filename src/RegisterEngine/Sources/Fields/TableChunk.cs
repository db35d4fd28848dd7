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
    private const int ColumnOffsets = ParseContext.MostRows * TextOffsets.Stride;

    private readonly RegisterColumn[] _columns = Arrays.Make(fields, field => field.Column);

    // Column by column, since that is how they are written and read.
    private readonly int[] _offsets = new int[ColumnOffsets * fields.Count];
    private readonly bool[] _isDirect = new bool[fields.Count];

    // Whether the offsets are those of nothing.
    private readonly bool[] _isEmpty = new bool[fields.Count];
    private readonly ByteBuffer _laidOut = new();
    private readonly ByteBuffer _text = new();
    private ColumnBatch? _batch;
    private int _rows;

    /// <summary>The first row.</summary>
    public int From { get; private set; }

    /// <summary>How many rows.</summary>
    public int Count => _rows;

    /// <summary>The rows as records.</summary>
    public FieldTable Rows => new(_laidOut.Written, _offsets, TextOffsets.Stride, _rows);

    /// <summary>Where the offsets of a field stand.</summary>
    public static FieldBounds BoundsOf(int place) => new(ColumnOffsets * place, (ColumnOffsets * place) + 1);

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
        TextOffsets.Pad(_laidOut);
        for (int place = 0; place < _columns.Length; place++)
        {
            ColumnType type = batch[place].Field.Type;
            _isDirect[place] = IsDirect(_columns[place], type);
            if (_isDirect[place])
            {
                LayOutNothing(place);
                continue;
            }
            _isEmpty[place] = false;
            if (type.HasOffsets)
                TextOffsets.Append(batch[place], from, rows, _laidOut, OffsetsOf(place));
            else
                LayOutValues(place, batch[place]);
        }
        TextOffsets.Pad(_laidOut);
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

    private void LayOutNothing(int place)
    {
        if (_isEmpty[place])
            return;
        for (int row = 0; row < ParseContext.MostRows; row++)
            SetBounds(row, place, FieldTable.Padding, FieldTable.Padding);
        _isEmpty[place] = true;
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

    private Span<int> OffsetsOf(int place) => _offsets.AsSpan(ColumnOffsets * place, ColumnOffsets);

    private void SetBounds(int row, int place, int start, int end)
    {
        Span<int> offsets = OffsetsOf(place).Slice(row * TextOffsets.Stride, TextOffsets.Stride);
        (offsets[0], offsets[1]) = (start - 1, end);
    }
}
