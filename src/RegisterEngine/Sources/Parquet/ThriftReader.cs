using System.Text;
using RegisterEngine.Sources.Compression;

namespace RegisterEngine.Sources.Parquet;

/// <summary>Wire types of Thrift's compact protocol.</summary>
internal enum ThriftType : byte
{
    Stop,
    True,
    False,
    Byte,
    Int16,
    Int32,
    Int64,
    Double,
    Binary,
    List,
    Set,
    Map,
    Struct,
    Uuid,
}

/// <summary>Reads Thrift's compact protocol.</summary>
/// <remarks>
/// Apache Thrift, "Thrift Compact protocol". Nothing is allocated but what the bytes hold, and structures may be nested only so deep.
/// </remarks>
internal ref struct ThriftReader(ReadOnlySpan<byte> bytes)
{
    private const int Deepest = 32;

    private readonly ReadOnlySpan<byte> _bytes = bytes;
    private int _depth;

    /// <summary>Bytes that have been read.</summary>
    public int Position { get; private set; }

    /// <summary>Goes into a structure; <see cref="Next"/> then reads its fields.</summary>
    public StructScope Enter()
    {
        if (++_depth > Deepest)
            throw new MalformedException("structures are nested too deep");
        return default;
    }

    /// <summary>The next field of a structure; false after its last.</summary>
    public bool Next(ref StructScope scope)
    {
        byte head = Byte();
        var type = (ThriftType)(head & 15);
        if (type == ThriftType.Stop)
        {
            _depth--;
            return false;
        }
        if (type > ThriftType.Uuid)
            throw new MalformedException($"there is no wire type {head & 15}");
        scope.Field = head >> 4 == 0 ? (int)Int() : scope.Field + (head >> 4);
        scope.Type = type;
        return true;
    }

    /// <summary>Goes over the value of a field.</summary>
    public void Skip(ThriftType type)
    {
        switch (type)
        {
            case ThriftType.True or ThriftType.False: break;
            case ThriftType.Byte: Byte(); break;
            case ThriftType.Int16 or ThriftType.Int32 or ThriftType.Int64: Varint(); break;
            case ThriftType.Double: Take(8); break;
            case ThriftType.Binary: Binary(); break;
            case ThriftType.Uuid: Take(16); break;
            case ThriftType.Struct: SkipStruct(); break;
            case ThriftType.Map: SkipMap(); break;
            default: SkipList(); break;
        }
    }

    /// <summary>A list's length and the type of its items, each of which takes a byte at least.</summary>
    public (int Count, ThriftType Type) List()
    {
        byte head = Byte();
        long count = head >> 4 == 15 ? (long)Math.Min(Varint(), long.MaxValue) : head >> 4;
        var type = (ThriftType)(head & 15);
        if (count > _bytes.Length - Position)
            throw new CutShortException($"a list of {count} items is cut short");
        return ((int)count, type);
    }

    /// <summary>A number of a field whose type has been read.</summary>
    public long Int(ThriftType type) => type switch
    {
        ThriftType.Byte => (sbyte)Byte(),
        ThriftType.Int16 or ThriftType.Int32 or ThriftType.Int64 => Int(),
        _ => throw new MalformedException($"a {type} stands where a number should"),
    };

    /// <summary>A 32-bit number of a field whose type has been read.</summary>
    public int Int32(ThriftType type) => Int(type) is var number && number == (int)number
        ? (int)number
        : throw new MalformedException($"the number {number} has more than 32 bits");

    /// <summary>A truth value, which its type tells.</summary>
    public static bool Bool(ThriftType type) => type switch
    {
        ThriftType.True => true,
        ThriftType.False => false,
        _ => throw new MalformedException($"a {type} stands where a truth value should"),
    };

    /// <summary>Bytes.</summary>
    public ReadOnlySpan<byte> Binary(ThriftType type = ThriftType.Binary)
    {
        if (type != ThriftType.Binary)
            throw new MalformedException($"a {type} stands where bytes should");
        ulong length = Varint();
        return length <= (ulong)(_bytes.Length - Position) ? Take((int)length) : throw new CutShortException($"a value of {length} bytes is cut short");
    }

    /// <summary>A text; whatever is no UTF-8 in it becomes a replacement character.</summary>
    public string Text(ThriftType type) => Encoding.UTF8.GetString(Binary(type));

    private void SkipStruct()
    {
        StructScope scope = Enter();
        while (Next(ref scope))
            Skip(scope.Type);
    }

    private void SkipList()
    {
        (int count, ThriftType type) = List();
        SkipItems(count, type);
    }

    private void SkipMap()
    {
        ulong count = Varint();
        if (count == 0)
            return;
        if (count > (ulong)(_bytes.Length - Position))
            throw new CutShortException("a map is cut short");
        byte types = Byte();
        for (ulong i = 0; i < count; i++)
        {
            SkipItems(1, (ThriftType)(types >> 4));
            SkipItems(1, (ThriftType)(types & 15));
        }
    }

    // A truth value takes a byte in a list, though none as a field.
    private void SkipItems(int count, ThriftType type)
    {
        if (++_depth > Deepest)
            throw new MalformedException("structures are nested too deep");
        for (int i = 0; i < count; i++)
            if (type is ThriftType.True or ThriftType.False)
                Byte();
            else if (type is ThriftType.Stop or > ThriftType.Uuid)
                throw new MalformedException($"there is no wire type {(int)type}");
            else
                Skip(type);
        _depth--;
    }

    private long Int()
    {
        ulong zigzag = Varint();
        return (long)(zigzag >> 1) ^ -(long)(zigzag & 1);
    }

    private ulong Varint()
    {
        ulong value = 0;
        for (int shift = 0; shift < 64; shift += 7)
        {
            byte part = Byte();
            value |= (ulong)(part & 0x7F) << shift;
            if ((part & 0x80) == 0)
                return value;
        }
        throw new MalformedException("a number has too many bytes");
    }

    private byte Byte() => Take(1)[0];

    private ReadOnlySpan<byte> Take(int count)
    {
        if (count > _bytes.Length - Position)
            throw new CutShortException("a structure is cut short");
        ReadOnlySpan<byte> taken = _bytes.Slice(Position, count);
        Position += count;
        return taken;
    }

    /// <summary>Where a reader stands in a structure.</summary>
    public struct StructScope
    {
        /// <summary>The number of the field.</summary>
        public int Field { get; set; }

        /// <summary>The type of its value.</summary>
        public ThriftType Type { get; set; }
    }
}
