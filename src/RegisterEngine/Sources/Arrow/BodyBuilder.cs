using RegisterEngine.Columns;

namespace RegisterEngine.Sources.Arrow;

/// <summary>Lists the nodes and buffers of a batch, without copying what lies in memory as it is to be written.</summary>
internal sealed class BodyBuilder
{
    /// <summary>Bytes at whose multiples buffers begin.</summary>
    public const int Alignment = 64;

    private readonly List<long> _nodes = [];
    private readonly List<long> _places = [];
    private readonly List<ReadOnlyMemory<byte>> _buffers = [];

    /// <summary>Bytes of all buffers.</summary>
    public long Length { get; private set; }

    /// <summary>The buffers.</summary>
    public IReadOnlyList<ReadOnlyMemory<byte>> Buffers => _buffers;

    /// <summary>Forgets all.</summary>
    public void Clear()
    {
        _nodes.Clear();
        _places.Clear();
        _buffers.Clear();
        Length = 0;
    }

    /// <summary>Metadata of the batch.</summary>
    public FlatObject Metadata(int rows) => new(
        FlatField.Int64(0, rows), FlatField.Of(1, new FlatStructs(_nodes, 2)), FlatField.Of(2, new FlatStructs(_places, 2)));

    /// <summary>Adds a column of some rows, with other values in place of its own where these are given.</summary>
    public void Add(Column column, int rows, ReadOnlyMemory<byte>? values = null)
    {
        ColumnType type = column.Field.Type;
        _nodes.Add(rows);
        _nodes.Add(type.Kind == TypeKind.Null ? rows : column.NullCount);
        if (type.Kind == TypeKind.Null)
            return;
        Add(column.NullCount == 0 ? default : column.Validity[..((rows + 7) / 8)]);
        if (values is { } given)
            Add(given);
        else if (!type.HasOffsets)
            Add(column.Values[..(type.Kind == TypeKind.Boolean ? (rows + 7) / 8 : rows * type.Width)]);
        else if (rows == 0)
        {
            Add(new byte[type.Width]);
            Add(default);
        }
        else if (type.Width == sizeof(long))
            AddTexts(column, column.As<long>()[..(rows + 1)]);
        else
            AddTexts(column, column.As<int>()[..(rows + 1)]);
    }

    private void AddTexts<T>(Column column, ReadOnlySpan<T> offsets)
        where T : unmanaged, System.Numerics.IBinaryInteger<T>
    {
        int first = int.CreateTruncating(offsets[0]);
        int last = int.CreateTruncating(offsets[^1]);
        if (first == 0)
            Add(column.Values[..(offsets.Length * column.Field.Type.Width)]);
        else
        {
            var shifted = new T[offsets.Length];
            for (int i = 0; i < shifted.Length; i++)
                shifted[i] = offsets[i] - offsets[0];
            Add(Kernels.Buffers.AsBytes<T>(shifted).ToArray());
        }
        Add(column.Data[first..last]);
    }

    private void Add(ReadOnlyMemory<byte> buffer)
    {
        _places.Add(Length);
        _places.Add(buffer.Length);
        _buffers.Add(buffer);
        Length += buffer.Length + (-buffer.Length & (Alignment - 1));
    }
}
