using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace RegisterEngine.Kernels;

/// <summary>
/// Memory in blocks of 4 KB, cut from slabs of one size: on large pages, never moved, each block aligned to its size. A place is the number of a word of four bytes over all slabs.
/// </summary>
/// <remarks>Slabs are added by one thread at a time; blocks may be written and read by all meanwhile.</remarks>
/// <param name="slabBlocks">Blocks of a slab, a power of two.</param>
internal sealed class BlockSlabs(int slabBlocks)
{
    /// <summary>Bytes of a block.</summary>
    public const int BlockBytes = 1 << 12;

    /// <summary>Words of a block: the place of its first is its number times as many.</summary>
    public const int BlockWords = BlockBytes / sizeof(uint);

    /// <summary>Words of a row as <see cref="ScatterFive"/> writes it.</summary>
    public const int Five = 5;

    /// <summary>Words of a row as <see cref="ScatterEight"/> writes it.</summary>
    public const int Eight = 8;

    private const int CacheLine = 64;
    private const int ExpectedLines = 6;

    private readonly int _shift = BitOperations.Log2((uint)slabBlocks);
    private volatile Slab[] _slabs = [];

    /// <summary>How many blocks there are.</summary>
    public long Count => (long)_slabs.Length << _shift;

    /// <summary>Adds a slab.</summary>
    public void Add() => _slabs = [.. _slabs, Slab.Allocate(slabBlocks * BlockBytes)];

    /// <summary>The words of a block.</summary>
    public Span<uint> Words(int block) =>
        MemoryMarshal.Cast<byte, uint>(_slabs[block >> _shift].Bytes.Slice((block & (slabBlocks - 1)) * BlockBytes, BlockBytes));

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

    /// <summary>Writes rows of two double words and one word, each to a place of its own.</summary>
    /// <param name="first">The first double word of each row.</param>
    /// <param name="second">The second.</param>
    /// <param name="third">The word behind them.</param>
    /// <param name="places">Where each row goes: its words must lie in one block.</param>
    /// <remarks>Two stores for a row: the processor can then wait for more lines of the cache at once than with one for each word.</remarks>
    public unsafe void ScatterFive(ReadOnlySpan<ulong> first, ReadOnlySpan<ulong> second, ReadOnlySpan<uint> third, ReadOnlySpan<uint> places)
    {
        Slab[] slabs = _slabs;
        second = second[..first.Length];
        third = third[..first.Length];
        places = places[..first.Length];
        int shift = _shift + BitOperations.Log2(BlockWords);
        uint mask = (1u << shift) - 1;
        for (int i = 0; i < first.Length; i++)
        {
            uint place = places[i];
            uint* row = (uint*)slabs[place >> shift].Address + (place & mask);
            Expect(row);
            Vector128.Create(first[i], second[i]).Store((ulong*)row);
            row[Five - 1] = third[i];
        }
        GC.KeepAlive(slabs);
    }

    /// <summary>Writes rows of four double words, each to a place of its own.</summary>
    /// <param name="first">The first double word of each row; so for the second and the third.</param>
    /// <param name="second">The second double words.</param>
    /// <param name="third">The third double words.</param>
    /// <param name="low">The lower half of the fourth double words.</param>
    /// <param name="high">The upper half of the fourth double words.</param>
    /// <param name="places">Where each row goes: its words must lie in one block.</param>
    public unsafe void ScatterEight(
        ReadOnlySpan<ulong> first, ReadOnlySpan<ulong> second, ReadOnlySpan<long> third, ReadOnlySpan<int> low, ReadOnlySpan<int> high, ReadOnlySpan<uint> places)
    {
        Slab[] slabs = _slabs;
        second = second[..first.Length];
        third = third[..first.Length];
        low = low[..first.Length];
        high = high[..first.Length];
        places = places[..first.Length];
        int shift = _shift + BitOperations.Log2(BlockWords);
        uint mask = (1u << shift) - 1;
        for (int i = 0; i < first.Length; i++)
        {
            uint place = places[i];
            uint* row = (uint*)slabs[place >> shift].Address + (place & mask);
            Expect(row);
            Vector256.Create(first[i], second[i], (ulong)third[i], Join(low[i], high[i])).Store((ulong*)row);
        }
        GC.KeepAlive(slabs);
    }

    /// <summary>The specification of <see cref="ScatterFive"/>.</summary>
    public void ScatterFiveScalar(ReadOnlySpan<ulong> first, ReadOnlySpan<ulong> second, ReadOnlySpan<uint> third, ReadOnlySpan<uint> places)
    {
        for (int i = 0; i < first.Length; i++)
        {
            Span<uint> row = RowAt(places[i], Five);
            PutDouble(row, 0, first[i]);
            PutDouble(row, 1, second[i]);
            row[Five - 1] = third[i];
        }
    }

    /// <summary>The specification of <see cref="ScatterEight"/>.</summary>
    public void ScatterEightScalar(
        ReadOnlySpan<ulong> first, ReadOnlySpan<ulong> second, ReadOnlySpan<long> third, ReadOnlySpan<int> low, ReadOnlySpan<int> high, ReadOnlySpan<uint> places)
    {
        for (int i = 0; i < first.Length; i++)
        {
            Span<uint> row = RowAt(places[i], Eight);
            PutDouble(row, 0, first[i]);
            PutDouble(row, 1, second[i]);
            PutDouble(row, 2, (ulong)third[i]);
            PutDouble(row, 3, Join(low[i], high[i]));
        }
    }

    private Span<uint> RowAt(uint place, int words) => Words((int)(place / BlockWords)).Slice((int)(place % BlockWords), words);

    private static void PutDouble(Span<uint> row, int at, ulong value) => (row[2 * at], row[(2 * at) + 1]) = ((uint)value, (uint)(value >> 32));

    private static ulong Join(int low, int high) => (uint)low | ((ulong)(uint)high << 32);

    // The next row of whoever writes here will want the line behind this one.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static unsafe void Expect(uint* row)
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
