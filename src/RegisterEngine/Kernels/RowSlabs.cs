using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace RegisterEngine.Kernels;

/// <summary>
/// Memory for rows of 32 bytes, in slabs of one size: on large pages, and aligned, so that no row lies in two lines of the cache. A row's place is its number over all slabs.
/// </summary>
/// <remarks>Slabs are added by one thread at a time; rows may be written and read by all meanwhile.</remarks>
/// <param name="slabRows">Rows of a slab, a power of two.</param>
internal sealed class RowSlabs(int slabRows)
{
    /// <summary>Bytes of a row.</summary>
    public const int RowBytes = 32;

    private const int CacheLine = 64;

    private readonly int _shift = BitOperations.Log2((uint)slabRows);
    private volatile Slab[] _slabs = [];

    /// <summary>How many rows there is room for.</summary>
    public long Count => (long)_slabs.Length << _shift;

    /// <summary>Adds a slab, and returns the place of its first row.</summary>
    public int Add()
    {
        int first = checked((int)Count);
        _slabs = [.. _slabs, Slab.Allocate(slabRows * RowBytes)];
        return first;
    }

    /// <summary>Some rows side by side, which must lie in one slab.</summary>
    public Span<T> Rows<T>(int place, int count)
        where T : unmanaged
    {
        ArgumentOutOfRangeException.ThrowIfNotEqual(Unsafe.SizeOf<T>(), RowBytes);
        return MemoryMarshal.Cast<byte, T>(_slabs[place >> _shift].Bytes.Slice((place & (slabRows - 1)) * RowBytes, count * RowBytes));
    }

    /// <summary>Writes rows of four words, each to a place of its own.</summary>
    /// <param name="first">The first word of each row; so for the second and the third.</param>
    /// <param name="second">The second words.</param>
    /// <param name="third">The third words.</param>
    /// <param name="low">The lower half of the fourth words.</param>
    /// <param name="high">The upper half of the fourth words.</param>
    /// <param name="places">Where each row goes.</param>
    /// <remarks>One store for a row: the processor can then wait for five times as many lines of the cache at once as with one for each column.</remarks>
    public unsafe void Scatter(
        ReadOnlySpan<ulong> first, ReadOnlySpan<ulong> second, ReadOnlySpan<long> third, ReadOnlySpan<int> low, ReadOnlySpan<int> high, ReadOnlySpan<int> places)
    {
        Slab[] slabs = _slabs;
        second = second[..first.Length];
        third = third[..first.Length];
        low = low[..first.Length];
        high = high[..first.Length];
        places = places[..first.Length];
        int shift = _shift, mask = slabRows - 1;
        for (int i = 0; i < first.Length; i++)
        {
            int place = places[i];
            byte* row = slabs[place >> shift].Address + ((nint)(place & mask) * RowBytes);
            // The next row of whoever writes here will want the line behind this one.
            if (Sse.IsSupported)
                Sse.Prefetch0(row + CacheLine);
            ulong fourth = (uint)low[i] | ((ulong)(uint)high[i] << 32);
            Vector256.Create(first[i], second[i], (ulong)third[i], fourth).StoreAligned((ulong*)row);
        }
        GC.KeepAlive(slabs);
    }

    /// <summary>The specification of <see cref="Scatter"/>.</summary>
    public void ScatterScalar(
        ReadOnlySpan<ulong> first, ReadOnlySpan<ulong> second, ReadOnlySpan<long> third, ReadOnlySpan<int> low, ReadOnlySpan<int> high, ReadOnlySpan<int> places)
    {
        for (int i = 0; i < first.Length; i++)
        {
            Span<byte> row = _slabs[places[i] >> _shift].Bytes.Slice((places[i] & (slabRows - 1)) * RowBytes, RowBytes);
            MemoryMarshal.Write(row, first[i]);
            MemoryMarshal.Write(row[8..], second[i]);
            MemoryMarshal.Write(row[16..], third[i]);
            MemoryMarshal.Write(row[24..], low[i]);
            MemoryMarshal.Write(row[28..], high[i]);
        }
    }

    // The collector never moves a pinned array, and keeps it as long as the slab is there.
    private unsafe readonly struct Slab(byte[] array, int skip, int bytes)
    {
        public byte* Address { get; } = (byte*)Unsafe.AsPointer(ref MemoryMarshal.GetArrayDataReference(array)) + skip;

        public Span<byte> Bytes => array.AsSpan(skip, bytes);

        public static Slab Allocate(int bytes)
        {
            byte[] array = HugePages.AllocateAligned(bytes, out int skip);
            return new Slab(array, skip, bytes);
        }
    }
}
