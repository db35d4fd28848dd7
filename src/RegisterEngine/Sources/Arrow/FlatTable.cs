using System.Buffers.Binary;
using System.Text;
using System.Text.Unicode;
using RegisterEngine.Sources.Compression;

namespace RegisterEngine.Sources.Arrow;

/// <summary>A table of FlatBuffers. Every step is checked, so that no bytes lead outside.</summary>
/// <remarks>Google, "FlatBuffers Internals".</remarks>
internal readonly ref struct FlatTable
{
    private readonly ReadOnlySpan<byte> _bytes;
    private readonly int _at;
    private readonly int _fields;
    private readonly int _fieldBytes;

    private FlatTable(ReadOnlySpan<byte> bytes, long at)
    {
        _bytes = bytes;
        _at = Checked(bytes, at, sizeof(int));
        long fields = at - BinaryPrimitives.ReadInt32LittleEndian(bytes[_at..]);
        _fields = Checked(bytes, fields, 2 * sizeof(ushort));
        _fieldBytes = BinaryPrimitives.ReadUInt16LittleEndian(bytes[_fields..]);
        if (_fieldBytes < 2 * sizeof(ushort))
            throw Damaged();
        Checked(bytes, _fields, _fieldBytes);
    }

    /// <summary>The table that bytes begin with.</summary>
    /// <exception cref="MalformedException">There is none.</exception>
    public static FlatTable Root(ReadOnlySpan<byte> bytes) => new(bytes, Checked(bytes, BinaryPrimitives.ReadUInt32LittleEndian(bytes[Checked(bytes, 0, 4)..]), 4));

    /// <summary>A number of one byte.</summary>
    public byte Byte(int field, byte otherwise = 0) => At(field, 1) is var at && at == 0 ? otherwise : _bytes[at];

    /// <summary>A truth value.</summary>
    public bool Bool(int field, bool otherwise = false) => Byte(field, otherwise ? (byte)1 : (byte)0) != 0;

    /// <summary>A number of two bytes.</summary>
    public short Int16(int field, short otherwise = 0) => At(field, 2) is var at && at == 0 ? otherwise : BinaryPrimitives.ReadInt16LittleEndian(_bytes[at..]);

    /// <summary>A number of four bytes.</summary>
    public int Int32(int field, int otherwise = 0) => At(field, 4) is var at && at == 0 ? otherwise : BinaryPrimitives.ReadInt32LittleEndian(_bytes[at..]);

    /// <summary>A number of eight bytes.</summary>
    public long Int64(int field, long otherwise = 0) => At(field, 8) is var at && at == 0 ? otherwise : BinaryPrimitives.ReadInt64LittleEndian(_bytes[at..]);

    /// <summary>A table within the table; false where there is none.</summary>
    public bool TryTable(int field, out FlatTable table)
    {
        int at = At(field, 4);
        table = at == 0 ? default : new FlatTable(_bytes, Follow(at));
        return at != 0;
    }

    /// <summary>A text; null where there is none.</summary>
    public string? Text(int field)
    {
        FlatSequence bytes = Sequence(field, 1);
        if (!bytes.Exists)
            return null;
        return Utf8.IsValid(bytes.Items) ? Encoding.UTF8.GetString(bytes.Items) : throw new MalformedException("a name or text in the metadata is no UTF-8");
    }

    /// <summary>Items of some bytes; empty where there are none.</summary>
    public FlatSequence Sequence(int field, int itemBytes)
    {
        int at = At(field, 4);
        if (at == 0)
            return default;
        int start = Checked(_bytes, Follow(at), sizeof(int));
        uint count = BinaryPrimitives.ReadUInt32LittleEndian(_bytes[start..]);
        if (count > (_bytes.Length - start - sizeof(int)) / itemBytes)
            throw Damaged();
        return new FlatSequence(_bytes, start + sizeof(int), (int)count, itemBytes);
    }

    /// <summary>The table that an offset of a sequence leads to.</summary>
    internal static FlatTable Of(ReadOnlySpan<byte> bytes, long at) => new(bytes, at);

    private long Follow(int at) => at + (long)BinaryPrimitives.ReadUInt32LittleEndian(_bytes[at..]);

    // Where the value of a field stands; 0 where the table lacks it, for nothing can stand there.
    private int At(int field, int bytes)
    {
        int entry = (field + 2) * sizeof(ushort);
        if (entry + sizeof(ushort) > _fieldBytes)
            return 0;
        int offset = BinaryPrimitives.ReadUInt16LittleEndian(_bytes[(_fields + entry)..]);
        return offset == 0 ? 0 : Checked(_bytes, _at + offset, bytes);
    }

    private static int Checked(ReadOnlySpan<byte> bytes, long at, int length) =>
        at >= 0 && at <= bytes.Length - length ? (int)at : throw Damaged();

    private static MalformedException Damaged() => new("the metadata is damaged: an offset leads outside");
}

/// <summary>A sequence of FlatBuffers (which call it a vector).</summary>
internal readonly ref struct FlatSequence(ReadOnlySpan<byte> bytes, int at, int count, int itemBytes)
{
    private readonly ReadOnlySpan<byte> _bytes = bytes;

    /// <summary>Whether there is one, empty or not.</summary>
    public bool Exists => at > 0;

    /// <summary>How many items.</summary>
    public int Count => count;

    /// <summary>The bytes of all items.</summary>
    public ReadOnlySpan<byte> Items => _bytes.Slice(at, count * itemBytes);

    /// <summary>The bytes of an item.</summary>
    public ReadOnlySpan<byte> this[int item] => Items.Slice(item * itemBytes, itemBytes);

    /// <summary>A number of an item of eight-byte numbers.</summary>
    public long Int64(int item, int place = 0) => BinaryPrimitives.ReadInt64LittleEndian(this[item][(place * sizeof(long))..]);

    /// <summary>An item that is a table.</summary>
    public FlatTable Table(int item)
    {
        int start = at + (item * itemBytes);
        return FlatTable.Of(_bytes, start + (long)BinaryPrimitives.ReadUInt32LittleEndian(this[item]));
    }
}
