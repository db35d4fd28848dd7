using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics.X86;

namespace RegisterEngine.Kernels;

/// <summary>Keys dealt out to parts, those of a part in the order they came: for one thread at a time, but for parts that are cleared by several.</summary>
/// <param name="parts">How many parts there are.</param>
/// <param name="pool">Where their memory comes from.</param>
internal sealed class KeyBlocks<T>(int parts, BlockPool pool)
    where T : unmanaged, IBinaryInteger<T>
{
    private const int CacheLine = 64;

    private readonly List<int>[] _blocks = Arrays.Make(parts, _ => new List<int>());

    // By part, the address where the next key goes; at the end of a block, or 0, where the part has none that is open.
    private readonly nint[] _next = new nint[parts];

    /// <summary>Keys of a block.</summary>
    public static int BlockKeys => BlockSlabs.BlockBytes / Unsafe.SizeOf<T>();

    /// <summary>Adds each key to the part that its bits from one on tell.</summary>
    /// <exception cref="IndexOutOfRangeException">There is no such part.</exception>
    public void Deal(ReadOnlySpan<T> keys, int partShift)
    {
        Span<nint> places = _next;
        foreach (T key in keys)
        {
            ref nint next = ref places[int.CreateTruncating(key >> partShift)];
            if (IsAtEnd(next))
                next = Open(int.CreateTruncating(key >> partShift));
            Put(next, key);
            next += Unsafe.SizeOf<T>();
        }
    }

    /// <summary>Adds each key to a part.</summary>
    /// <exception cref="IndexOutOfRangeException">There is no such part.</exception>
    public void Deal(ReadOnlySpan<T> keys, ReadOnlySpan<uint> partOf)
    {
        Span<nint> places = _next;
        partOf = partOf[..keys.Length];
        for (int i = 0; i < keys.Length; i++)
        {
            ref nint next = ref places[(int)partOf[i]];
            if (IsAtEnd(next))
                next = Open((int)partOf[i]);
            Put(next, keys[i]);
            next += Unsafe.SizeOf<T>();
        }
    }

    /// <summary>How many keys a part has.</summary>
    public int CountOf(int part) => (_blocks[part].Count * BlockKeys) - ((int)(-_next[part] & (BlockSlabs.BlockBytes - 1)) / Unsafe.SizeOf<T>());

    /// <summary>How many blocks a part has; all but the last are full.</summary>
    public int BlocksOf(int part) => _blocks[part].Count;

    /// <summary>The keys of a block, which may be overwritten.</summary>
    public Span<T> Block(int part, int at) =>
        MemoryMarshal.Cast<uint, T>(pool.Slabs.Words(_blocks[part][at]))[..Math.Min(BlockKeys, CountOf(part) - (at * BlockKeys))];

    /// <summary>Copies the keys of a part; returns how many.</summary>
    public int CopyTo(int part, Span<T> target)
    {
        int copied = 0;
        for (int at = 0; at < BlocksOf(part); at++)
        {
            Span<T> block = Block(part, at);
            block.CopyTo(target[copied..]);
            copied += block.Length;
        }
        return copied;
    }

    /// <summary>Forgets the keys of a part, and gives their memory back.</summary>
    public void Clear(int part)
    {
        pool.Return(_blocks[part]);
        _blocks[part].Clear();
        _next[part] = 0;
    }

    private static bool IsAtEnd(nint next) => (next & (BlockSlabs.BlockBytes - 1)) == 0;

    // The address lies in a block that is rented. The line behind it will be wanted by a later key of the part.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static unsafe void Put(nint address, T key)
    {
        if (Sse.IsSupported)
            Sse.Prefetch0((byte*)address + CacheLine);
        *(T*)address = key;
    }

    private nint Open(int part)
    {
        int block = pool.Rent();
        _blocks[part].Add(block);
        return pool.Slabs.AddressOf(block);
    }
}
