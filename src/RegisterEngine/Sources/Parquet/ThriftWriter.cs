using System.Text;
using RegisterEngine.Sources.Tables;

namespace RegisterEngine.Sources.Parquet;

/// <summary>Writes Thrift's compact protocol.</summary>
internal sealed class ThriftWriter(ByteBuffer target)
{
    private readonly Stack<int> _outer = [];
    private int _last;

    /// <summary>A number of 32 or 64 bits.</summary>
    public void Int(int field, long value, ThriftType type = ThriftType.Int32)
    {
        Head(field, type);
        target.AppendVarint(Zigzag(value));
    }

    /// <summary>A number of 8 bits.</summary>
    public void Byte(int field, byte value)
    {
        Head(field, ThriftType.Byte);
        target.Append(value);
    }

    /// <summary>A truth value.</summary>
    public void Bool(int field, bool value) => Head(field, value ? ThriftType.True : ThriftType.False);

    /// <summary>Bytes.</summary>
    public void Binary(int field, ReadOnlySpan<byte> value)
    {
        Head(field, ThriftType.Binary);
        target.AppendVarint((ulong)value.Length);
        target.Append(value);
    }

    /// <summary>A text.</summary>
    public void Text(int field, string value) => Binary(field, Encoding.UTF8.GetBytes(value));

    /// <summary>A structure.</summary>
    public void Struct(int field, Action fields)
    {
        Head(field, ThriftType.Struct);
        Item(fields);
    }

    /// <summary>A list of structures.</summary>
    public void List<T>(int field, IReadOnlyCollection<T> items, Action<T> fields)
    {
        ListHead(field, items.Count, ThriftType.Struct);
        foreach (T item in items)
            Item(() => fields(item));
    }

    /// <summary>A list of numbers.</summary>
    public void List(int field, IReadOnlyCollection<int> items)
    {
        ListHead(field, items.Count, ThriftType.Int32);
        foreach (int item in items)
            target.AppendVarint(Zigzag(item));
    }

    /// <summary>A list of texts.</summary>
    public void List(int field, IReadOnlyCollection<string> items)
    {
        ListHead(field, items.Count, ThriftType.Binary);
        foreach (string item in items)
        {
            byte[] text = Encoding.UTF8.GetBytes(item);
            target.AppendVarint((ulong)text.Length);
            target.Append(text);
        }
    }

    /// <summary>The fields of a structure, and its end.</summary>
    public void Item(Action fields)
    {
        _outer.Push(_last);
        _last = 0;
        fields();
        target.Append((byte)ThriftType.Stop);
        _last = _outer.Pop();
    }

    private void ListHead(int field, int count, ThriftType type)
    {
        Head(field, ThriftType.List);
        target.Append((byte)((Math.Min(count, 15) << 4) | (int)type));
        if (count >= 15)
            target.AppendVarint((ulong)count);
    }

    private void Head(int field, ThriftType type)
    {
        int step = field - _last;
        if (step is > 0 and <= 15)
            target.Append((byte)((step << 4) | (int)type));
        else
        {
            target.Append((byte)type);
            target.AppendVarint(Zigzag(field));
        }
        _last = field;
    }

    private static ulong Zigzag(long value) => (ulong)((value << 1) ^ (value >> 63));
}
