using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace RegisterEngine.Kernels;

/// <summary>
/// Memory in blocks of 4 KB, cut from slabs of one size: on large pages, never moved, each block aligned to its size. A place is the number of a word of eight bytes over all slabs.
/// </summary>
/// <remarks>Slabs are added by one thread at a time; blocks may be written and read by all meanwhile.</remarks>
/// <param name="slabBlocks">Blocks of a slab, a power of two.</param>
internal sealed class BlockSlabs(int slabBlocks)
{
    /// <summary>Bytes of a block.</summary>
    public const int BlockBytes = 1 << 12;

    /// <summary>Words of a block: the place of its first is its number times as many.</summary>
    public const int BlockWords = BlockBytes / sizeof(ulong);

    /// <summary>Words of a row as <see cref="ScatterThree"/> writes it.</summary>
    public const int Three = 3;

    /// <summary>Words of a row as <see cref="ScatterFour"/> writes it.</summary>
    public const int Four = 4;

    private const int CacheLine = 64;
    private const int ExpectedLines = 6;

    private readonly int _shift = BitOperations.Log2((uint)slabBlocks);
    private volatile Slab[] _slabs = [];

    /// <summary>How many blocks there are.</summary>
    public long Count => (long)_slabs.Length << _shift;

    /// <summary>Adds a slab.</summary>
    public void Add() => _slabs = [.. _slabs, Slab.Allocate(slabBlocks * BlockBytes)];

    /// <summary>The words of a block.</summary>
    public Span<ulong> Words(int block) =>
        MemoryMarshal.Cast<byte, ulong>(_slabs[block >> _shift].Bytes.Slice((block & (slabBlocks - 1)) * BlockBytes, BlockBytes));

    /// <summary>The address of a block, which stays valid as long as these slabs are kept.</summary>
    public nint AddressOf(int block) => _slabs[block >> _shift].Address + ((nint)(block & (slabBlocks - 1)) * BlockBytes);

    /// <summary>Asks for the beginning of a block that will be read soon: the processor itself foresees nothing beyond the end of another.</summary>
    public unsafe void Expect(int block)
    {
        if (!Sse.IsSupported)
            return;
        byte* first = (byte*)AddressOf(block);
        for (int line = 0; line < ExpectedLines; line++)
            Sse.Prefetch0(first + (line * CacheLine));
    }

    /// <summary>Writes rows of three words, each to a place of its own.</summary>
    /// <param name="first">The first word of each row; so for the second and the third.</param>
    /// <param name="second">The second words.</param>
    /// <param name="third">The third words.</param>
    /// <param name="places">Where each row goes: its words must lie in one block.</param>
    /// <remarks>Two stores for a row: the processor can then wait for more lines of the cache at once than with one for each word.</remarks>
    public unsafe void ScatterThree(ReadOnlySpan<ulong> first, ReadOnlySpan<long> second, ReadOnlySpan<ulong> third, ReadOnlySpan<int> places)
    {
        Slab[] slabs = _slabs;
        second = second[..first.Length];
        third = third[..first.Length];
        places = places[..first.Length];
        int shift = _shift + BitOperations.Log2(BlockWords), mask = (1 << shift) - 1;
        for (int i = 0; i < first.Length; i++)
        {
            int place = places[i];
            ulong* row = (ulong*)slabs[place >> shift].Address + (place & mask);
            Expect(row);
            Vector128.Create(first[i], (ulong)second[i]).Store(row);
            row[2] = third[i];
        }
        GC.KeepAlive(slabs);
    }

    /// <summary>Writes rows of four words, each to a place of its own.</summary>
    /// <param name="first">The first word of each row; so for the second and the third.</param>
    /// <param name="second">The second words.</param>
    /// <param name="third">The third words.</param>
    /// <param name="low">The lower half of the fourth words.</param>
    /// <param name="high">The upper half of the fourth words.</param>
    /// <param name="places">Where each row goes: its words must lie in one block.</param>
    public unsafe void ScatterFour(
        ReadOnlySpan<ulong> first, ReadOnlySpan<ulong> second, ReadOnlySpan<long> third, ReadOnlySpan<int> low, ReadOnlySpan<int> high, ReadOnlySpan<int> places)
    {
        Slab[] slabs = _slabs;
        second = second[..first.Length];
        third = third[..first.Length];
        low = low[..first.Length];
        high = high[..first.Length];
        places = places[..first.Length];
        int shift = _shift + BitOperations.Log2(BlockWords), mask = (1 << shift) - 1;
        for (int i = 0; i < first.Length; i++)
        {
            int place = places[i];
            ulong* row = (ulong*)slabs[place >> shift].Address + (place & mask);
            Expect(row);
            ulong fourth = (uint)low[i] | ((ulong)(uint)high[i] << 32);
            Vector256.Create(first[i], second[i], (ulong)third[i], fourth).Store(row);
        }
        GC.KeepAlive(slabs);
    }

    /// <summary>The specification of <see cref="ScatterThree"/>.</summary>
    public void ScatterThreeScalar(ReadOnlySpan<ulong> first, ReadOnlySpan<long> second, ReadOnlySpan<ulong> third, ReadOnlySpan<int> places)
    {
        for (int i = 0; i < first.Length; i++)
        {
            Span<ulong> row = RowAt(places[i], Three);
            (row[0], row[1], row[2]) = (first[i], (ulong)second[i], third[i]);
        }
    }

    /// <summary>The specification of <see cref="ScatterFour"/>.</summary>
    public void ScatterFourScalar(
        ReadOnlySpan<ulong> first, ReadOnlySpan<ulong> second, ReadOnlySpan<long> third, ReadOnlySpan<int> low, ReadOnlySpan<int> high, ReadOnlySpan<int> places)
    {
        for (int i = 0; i < first.Length; i++)
        {
            Span<ulong> row = RowAt(places[i], Four);
            (row[0], row[1], row[2], row[3]) = (first[i], second[i], (ulong)third[i], (uint)low[i] | ((ulong)(uint)high[i] << 32));
        }
    }

    private Span<ulong> RowAt(int place, int words) => Words(place / BlockWords).Slice(place % BlockWords, words);

    // The next row of whoever writes here will want the line behind this one.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static unsafe void Expect(ulong* row)
    {
        if (Sse.IsSupported)
            Sse.Prefetch0((byte*)row + CacheLine);
    }

    // The collector never moves a pinned array, and keeps it as long as the slab is there.
    private unsafe readonly struct Slab(byte[] array, int skip, int bytes)
    {
        public nint Address { get; } = (nint)Unsafe.AsPointer(ref MemoryMarshal.GetArrayDataReference(array)) + skip;

        public Span<byte> Bytes => array.AsSpan(skip, bytes);

        public static Slab Allocate(int bytes)
        {
            byte[] array = HugePages.AllocateAligned(bytes, BlockBytes, out int skip);
            return new Slab(array, skip, bytes);
        }
    }
}
