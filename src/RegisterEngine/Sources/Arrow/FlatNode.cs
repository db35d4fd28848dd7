using System.Buffers.Binary;
using System.Text;
using RegisterEngine.Sources.Tables;

namespace RegisterEngine.Sources.Arrow;

/// <summary>Something that FlatBuffers hold and lead to by an offset. What it leads to is written behind it.</summary>
internal abstract record FlatNode
{
    /// <summary>Writes a buffer whose root this is; it must stand at a multiple of eight bytes.</summary>
    public void WriteRoot(ByteBuffer target)
    {
        int start = target.Length;
        target.Append(0);
        int at = Write(target, start);
        BinaryPrimitives.WriteInt32LittleEndian(target.Written[start..], at - start);
    }

    /// <summary>Appends it, and returns where it stands; <paramref name="start"/> is where the buffer begins, from which alignment counts.</summary>
    public abstract int Write(ByteBuffer target, int start);

    protected static void Align(ByteBuffer target, int start, int bytes, int behind = 0)
    {
        while ((target.Length - start + behind) % bytes != 0)
            target.Append((byte)0);
    }

    protected static void Refer(ByteBuffer target, int at, int to) => BinaryPrimitives.WriteInt32LittleEndian(target.Written[at..], to - at);
}

/// <summary>A text.</summary>
internal sealed record FlatText(string Text) : FlatNode
{
    /// <inheritdoc/>
    public override int Write(ByteBuffer target, int start)
    {
        byte[] bytes = Encoding.UTF8.GetBytes(Text);
        Align(target, start, sizeof(int));
        int at = target.Length;
        target.Append(bytes.Length);
        target.Append(bytes);
        target.Append((byte)0);
        return at;
    }
}

/// <summary>Structures of eight-byte numbers, side by side.</summary>
internal sealed record FlatStructs(IReadOnlyList<long> Numbers, int NumbersEach) : FlatNode
{
    /// <inheritdoc/>
    public override int Write(ByteBuffer target, int start)
    {
        Align(target, start, sizeof(long), sizeof(int));
        int at = target.Length;
        target.Append(Numbers.Count / NumbersEach);
        foreach (long number in Numbers)
            target.Append(number);
        return at;
    }
}

/// <summary>A list of tables.</summary>
internal sealed record FlatList(IReadOnlyList<FlatNode> Items) : FlatNode
{
    /// <inheritdoc/>
    public override int Write(ByteBuffer target, int start)
    {
        Align(target, start, sizeof(int));
        int at = target.Length;
        target.Append(Items.Count);
        for (int i = 0; i < Items.Count; i++)
            target.Append(0);
        for (int i = 0; i < Items.Count; i++)
            Refer(target, at + ((i + 1) * sizeof(int)), Items[i].Write(target, start));
        return at;
    }
}

/// <summary>A table: by number of the field, a number of one, two, four or eight bytes, or something that it leads to.</summary>
internal sealed record FlatObject(params FlatField[] Fields) : FlatNode
{
    /// <inheritdoc/>
    public override int Write(ByteBuffer target, int start)
    {
        int entries = Fields.Length == 0 ? 0 : Fields.Max(field => field.Number) + 1;
        int fieldsAt = target.Length + (-(target.Length - start) & 1);
        Align(target, start, sizeof(ushort));
        Span<int> places = stackalloc int[entries];
        int size = sizeof(int);
        foreach (FlatField field in Fields)
        {
            size += -size & (field.Bytes - 1);
            places[field.Number] = size;
            size += field.Bytes;
        }
        target.Append((ushort)((entries + 2) * sizeof(ushort)));
        target.Append((ushort)size);
        foreach (int place in places)
            target.Append((ushort)place);
        Align(target, start, sizeof(long));
        int at = target.Length;
        target.Reserve(size)[..size].Clear();
        target.Advance(size);
        BinaryPrimitives.WriteInt32LittleEndian(target.Written[at..], at - fieldsAt);
        foreach (FlatField field in Fields)
            if (field.Node is null)
                field.WriteNumber(target.Written.Slice(at + places[field.Number], field.Bytes));
        foreach (FlatField field in Fields)
            if (field.Node is { } node)
                Refer(target, at + places[field.Number], node.Write(target, start));
        return at;
    }
}

/// <summary>A field of a table.</summary>
internal readonly record struct FlatField(int Number, int Bytes, long Value, FlatNode? Node)
{
    public static FlatField Byte(int number, int value) => new(number, 1, value, null);

    public static FlatField Int16(int number, int value) => new(number, 2, value, null);

    public static FlatField Int32(int number, int value) => new(number, 4, value, null);

    public static FlatField Int64(int number, long value) => new(number, 8, value, null);

    public static FlatField Of(int number, FlatNode node) => new(number, 4, 0, node);

    public void WriteNumber(Span<byte> target)
    {
        Span<byte> bytes = stackalloc byte[sizeof(long)];
        BinaryPrimitives.WriteInt64LittleEndian(bytes, Value);
        bytes[..target.Length].CopyTo(target);
    }
}
