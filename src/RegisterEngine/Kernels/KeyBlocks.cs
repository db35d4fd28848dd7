using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics.X86;

namespace RegisterEngine.Kernels;

/// <summary>Keys dealt out to parts, those of a part in the order they came: for one thread at a time.</summary>
/// <remarks>
/// Blocks of keys are cut from a few large arrays: were each one of its own, a key would touch its beginning, where the length stands, beside its place. What was cut is
/// used again once all parts are cleared.
/// </remarks>
/// <param name="parts">How many parts there are.</param>
internal sealed class KeyBlocks<T>(int parts)
    where T : unmanaged, IBinaryInteger<T>
{
    /// <summary>Keys of a block.</summary>
    public const int BlockKeys = 1 << BlockBits;

    private const int BlockBits = 10;
    private const int SlabBits = 20;
    private const int CacheLine = 64;

    private readonly List<int>[] _blocks = Arrays.Make(parts, _ => new List<int>());

    // By part, where the next key goes; at the beginning of a block where the part has none that is open.
    private readonly int[] _next = new int[parts];
    private T[][] _slabs = [];
    private int _cut;

    /// <summary>Adds each key to the part that its bits from one on tell.</summary>
    /// <exception cref="IndexOutOfRangeException">There is no such part.</exception>
    public void Deal(ReadOnlySpan<T> keys, int partShift)
    {
        Span<int> places = _next;
        T[][] slabs = _slabs;
        foreach (T key in keys)
        {
            ref int next = ref places[int.CreateTruncating(key >> partShift)];
            if ((next & (BlockKeys - 1)) == 0)
                slabs = Open(int.CreateTruncating(key >> partShift));
            Put(slabs, next, key);
            next++;
        }
    }

    /// <summary>Adds each key to a part.</summary>
    /// <exception cref="IndexOutOfRangeException">There is no such part.</exception>
    public void Deal(ReadOnlySpan<T> keys, ReadOnlySpan<uint> partOf)
    {
        Span<int> places = _next;
        T[][] slabs = _slabs;
        partOf = partOf[..keys.Length];
        for (int i = 0; i < keys.Length; i++)
        {
            ref int next = ref places[(int)partOf[i]];
            if ((next & (BlockKeys - 1)) == 0)
                slabs = Open((int)partOf[i]);
            Put(slabs, next, keys[i]);
            next++;
        }
    }

    /// <summary>How many keys a part has.</summary>
    public int CountOf(int part) => (_blocks[part].Count * BlockKeys) - (-_next[part] & (BlockKeys - 1));

    /// <summary>How many blocks a part has; all but the last are full.</summary>
    public int BlocksOf(int part) => _blocks[part].Count;

    /// <summary>The keys of a block, which may be overwritten.</summary>
    public Span<T> Block(int part, int at)
    {
        int first = _blocks[part][at];
        return _slabs[first >> SlabBits].AsSpan(first & ((1 << SlabBits) - 1), Math.Min(BlockKeys, CountOf(part) - (at * BlockKeys)));
    }

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

    /// <summary>Forgets the keys of a part.</summary>
    public void Clear(int part)
    {
        _blocks[part].Clear();
        _next[part] = 0;
    }

    /// <summary>Forgets the keys of all parts; their memory is used again.</summary>
    public void Clear()
    {
        for (int part = 0; part < parts; part++)
            Clear(part);
        _cut = 0;
    }

    /// <summary>Forgets the keys of all parts and gives their memory up.</summary>
    public void Release()
    {
        Clear();
        _slabs = [];
    }

    // The place lies in a block that was cut from the slabs. The line behind it will be wanted by a later key of the part.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static unsafe void Put(T[][] slabs, int place, T key)
    {
        T[] slab = Unsafe.Add(ref MemoryMarshal.GetArrayDataReference(slabs), place >> SlabBits);
        ref T slot = ref Unsafe.Add(ref MemoryMarshal.GetArrayDataReference(slab), place & ((1 << SlabBits) - 1));
        if (Sse.IsSupported)
            Sse.Prefetch0(Unsafe.AsPointer(ref Unsafe.AddByteOffset(ref slot, CacheLine)));
        slot = key;
    }

    private T[][] Open(int part)
    {
        if (_cut == _slabs.Length << SlabBits)
            _slabs = [.. _slabs, HugePages.Allocate<T>(1 << SlabBits)];
        _blocks[part].Add(_cut);
        _next[part] = _cut;
        _cut = checked(_cut + BlockKeys);
        return _slabs;
    }
}
